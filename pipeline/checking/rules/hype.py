"""A promise or hype."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.evidence import PageView
from pipeline.checking.rules.rule import Problem, page_rule, words_found


@page_rule(
    "INF05",
    "forbidden",
    flags=("The Nasdaq is a «sure thing».",),
    passes=("The Nasdaq rose 0.77% on the day.",),
)
def hype(view: PageView) -> Iterator[Problem]:
    """A promise or hype.

    Guarantees and superlatives without a record fact mislead.
    """
    return words_found(view, "hype", "promises or hypes", "use a plain word")
