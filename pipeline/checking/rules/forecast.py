"""A statement about the future."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.clauses import Clause
from pipeline.checking.evidence import PageView
from pipeline.checking.mentions import Mention
from pipeline.checking.rules.rule import Problem, page_rule, words_found


def _arithmetic(clause: Clause, mention: Mention) -> bool:
    """Whether a word only places a level ("a close above 2,692.23 would be a record", "the pivot will be 5,019.00")."""
    kinds = {other.kind for other in clause.mentions}
    following = clause.tokens[mention.last].norm if mention.last < clause.last else ""
    if "conditional" in mention.values:
        return {"measure", "figure"} <= kinds
    pivots = any(value.startswith("pivot_next") for other in clause.mentions for value in other.values)
    placed = pivots and "figure" in kinds
    return placed and "modal" in mention.values and following in ("be", "lie", "stand", "sit")


@page_rule(
    "INF02",
    "forbidden",
    flags=("The Nasdaq «will» rise.",),
    passes=("The Nasdaq rose 0.77% on the day.",),
)
def forecast(view: PageView) -> Iterator[Problem]:
    """A statement about the future.

    The article says what price and volume did. What will, may or should happen is an opinion.
    """
    return words_found(
        view, "forecast", "speaks of the future", "say where the levels are and leave out what may happen", _arithmetic
    )
