"""A statement put in the mouth of somebody else than the note's speaker or publisher."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.evidence import PageView
from pipeline.checking.rules.rule import Problem, note_faults, page_rule


@page_rule(
    "NOTE06",
    "refuted",
    flags=(
        "«Jane Powell» said the Federal Reserve raised the target range.",
        "Powell said the Federal Reserve raised the target range, «Bloomberg» reported.",
    ),
    passes=("Powell said it raised the target range, the Federal Reserve reported.",),
)
def misattributed_note(view: PageView) -> Iterator[Problem]:
    """A statement put in the mouth of somebody else than the note's speaker or publisher.

    Who said it is part of what the note holds.
    """
    return note_faults(
        view,
        "source",
        "is not the source of note {id}",
        "attribute it to {truth}",
    )
