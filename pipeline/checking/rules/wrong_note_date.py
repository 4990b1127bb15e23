"""A date attributed to a note that is neither in it nor the day it was published."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.evidence import PageView
from pipeline.checking.rules.rule import Problem, note_faults, page_rule


@page_rule(
    "NOTE05",
    "refuted",
    flags=("Powell said on «Dec. 20» that the Federal Reserve raised the target range.",),
    passes=("On Dec. 19, Powell said the Federal Reserve raised the target range.",),
)
def wrong_note_date(view: PageView) -> Iterator[Problem]:
    """A date attributed to a note that is neither in it nor the day it was published.

    A statement of last month told as today's is news that is none.
    """
    return note_faults(
        view,
        "date",
        "is not the date of note {id}",
        "write {truth}",
    )
