"""A figure that belongs to another timeframe than the one named or implied."""

from __future__ import annotations

from pipeline.checking.diagnosis import Failure
from pipeline.checking.rules.rule import Problem, failure_rule, misbound


@failure_rule(
    "BIND02",
    "refuted",
    flags=("The Nasdaq's RSI(14) stands at «37.76».",),
    passes=("The Nasdaq's weekly RSI(14) stands at 37.76.",),
)
def misbound_timeframe(failure: Failure) -> Problem | None:
    """A figure that belongs to another timeframe than the one named or implied.

    A weekly RSI printed as the daily one tells of another market.
    """
    return misbound(failure, "timeframe")
