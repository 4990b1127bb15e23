"""A figure rounded wrongly, or a hedge on the wrong side."""

from __future__ import annotations

from pipeline.checking.diagnosis import Failure
from pipeline.checking.evidence import describe
from pipeline.checking.rules.rule import Problem, failure_rule


@failure_rule(
    "NUM02",
    "refuted",
    flags=("The Nasdaq rose «0.78%» on the day.", "The Nasdaq fell «more than 4%» this year."),
    passes=("The Nasdaq rose 0.8% on the day.", "The Nasdaq fell nearly 4% this year."),
)
def wrong_rounding(failure: Failure) -> Problem | None:
    """A figure rounded wrongly, or a hedge on the wrong side.

    A figure with d decimals supports a fact that rounds to it at d decimals; over and nearly have a side.
    """
    if failure.cause not in ("rounding", "hedge") or failure.ref is None:
        return None
    wrong = "does not round from" if failure.cause == "rounding" else "is hedged to the wrong side of"
    return Problem(
        f"`{failure.words}` {wrong} {describe(failure.prover, failure.ref)}, {failure.outcome.truth}",
        f"write {failure.correct}",
    )
