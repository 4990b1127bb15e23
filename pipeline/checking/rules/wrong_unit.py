"""A figure in the wrong unit."""

from __future__ import annotations

from pipeline.checking.diagnosis import Failure
from pipeline.checking.evidence import describe
from pipeline.checking.rules.rule import Problem, failure_rule


@failure_rule(
    "NUM04",
    "refuted",
    flags=("The Nasdaq trailed the S&P 500 by «0.08%» on the day.",),
    passes=("The Nasdaq trailed the S&P 500 by 0.08 percentage points on the day.",),
)
def wrong_unit(failure: Failure) -> Problem | None:
    """A figure in the wrong unit.

    The difference between two percents is in percentage points: 2% against 1% is one point more, and 100% more.
    """
    if failure.cause != "unit" or failure.ref is None:
        return None
    return Problem(
        f"`{failure.words}` is in percent; {describe(failure.prover, failure.ref)} is in percentage points",
        f"write {failure.outcome.truth}",
    )
