"""A state of mind ascribed to the market."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.evidence import PageView
from pipeline.checking.rules.rule import Problem, page_rule, words_found


@page_rule(
    "INF06",
    "forbidden",
    flags=("Investors «fear» more.",),
    passes=("The Nasdaq rose 0.77% on the day.",),
)
def mind_reading(view: PageView) -> Iterator[Problem]:
    """A state of mind ascribed to the market.

    Fear, hope and conviction are not in the bars.
    """
    return words_found(view, "mind", "reads minds", "say what price did")
