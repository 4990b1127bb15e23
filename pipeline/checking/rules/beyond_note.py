"""Words attributed to a note that it does not say."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.evidence import PageView
from pipeline.checking.rules.rule import Problem, note_faults, page_rule


@page_rule(
    "NOTE07",
    "unproved",
    flags=(
        "Powell said the Federal Reserve raised the target range «boldly».",
        "Powell said the Federal Reserve raised «mortgage rates».",
    ),
    passes=("The Federal Reserve raised the target range by a quarter point, according to Jerome Powell.",),
)
def beyond_note(view: PageView) -> Iterator[Problem]:
    """Words attributed to a note that it does not say.

    An article may repeat a note and nothing more: its words in its order, some of them left out, but none that turns
    the statement (not, may, nearly). Prices stand in a sentence of their own.
    """
    return note_faults(
        view,
        "words",
        "is not what note {id} says",
        "repeat the note's own words, and say what prices did in a sentence of its own",
    )
