"""A figure that belongs to another timeframe than the one named or implied."""

from __future__ import annotations

from pipeline.checking.diagnosis import Failure
from pipeline.checking.evidence import describe, measure_name
from pipeline.checking.rules.rule import Problem, failure_rule


@failure_rule(
    "BIND02", "refuted",
    flags=("The Nasdaq's RSI(14) stands at «37.76».",),
    passes=("The Nasdaq's weekly RSI(14) stands at 37.76.",),
)  # fmt: skip
def misbound_timeframe(failure: Failure) -> Problem | None:
    """A figure that belongs to another timeframe than the one named or implied.

    A weekly RSI printed as the daily one tells of another market.
    """
    other = failure.cure_ref("timeframe")
    if other is None or failure.ref is None:
        return None
    return Problem(
        f"`{failure.words}` is {describe(failure.prover, other)}; the clause says {measure_name(failure.prover, failure.ref)}",
        f"write {failure.outcome.truth}, {describe(failure.prover, failure.ref)}, or name the {measure_name(failure.prover, other)}",
    )
