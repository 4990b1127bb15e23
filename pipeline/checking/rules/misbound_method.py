"""A figure of the exponential average told as the simple one, or the reverse."""

from __future__ import annotations

from pipeline.checking.diagnosis import Failure
from pipeline.checking.rules.rule import Problem, failure_rule, misbound


@failure_rule(
    "BIND05",
    "refuted",
    flags=("The Nasdaq's 50-day average is «7,056.11».",),
    passes=("The Nasdaq's 50-day exponential average is 7,056.11.",),
)
def misbound_method(failure: Failure) -> Problem | None:
    """A figure of the exponential average told as the simple one, or the reverse.

    An average without a word for its method is the simple one.
    """
    return misbound(failure, "method")
