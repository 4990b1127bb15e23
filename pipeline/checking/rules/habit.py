"""A general tendency the snapshot does not hold."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.evidence import PageView
from pipeline.checking.rules.rule import Problem, page_rule, words_found


@page_rule(
    "INF03",
    "forbidden",
    flags=("The Nasdaq «usually» rises.",),
    passes=("The Nasdaq's RSI(14) stands at 42.38.",),
)
def habit(view: PageView) -> Iterator[Problem]:
    """A general tendency the snapshot does not hold.

    What usually follows a reading is statistics the article does not have.
    """
    return words_found(view, "habit", "claims a tendency the facts do not hold", "leave it out")
