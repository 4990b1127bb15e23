"""A figure attributed to a note that does not have it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.evidence import PageView
from pipeline.checking.rules.rule import Problem, note_faults, page_rule


@page_rule(
    "NOTE04",
    "refuted",
    flags=(
        "Powell said the Federal Reserve raised the target range to 2.25% to «2.75%».",
        "The Federal Reserve said the Nasdaq fell «9%».",
    ),
    passes=("Powell said the Federal Reserve raised the target range to 2.25% to 2.5%.",),
)
def wrong_note_figure(view: PageView) -> Iterator[Problem]:
    """A figure attributed to a note that does not have it.

    A figure in a sentence that attributes is the note's. A price claim does not become true by being put in somebody's
    mouth.
    """
    return note_faults(
        view,
        "figure",
        "is no figure of note {id}, by {source}",
        "write a figure of the note ({truth}), or leave the sentence out",
    )
