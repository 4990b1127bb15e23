"""A figure that belongs to another measure than the one named."""

from __future__ import annotations

from pipeline.checking.diagnosis import Failure
from pipeline.checking.evidence import describe, measure_name
from pipeline.checking.rules.rule import Problem, failure_rule


@failure_rule(
    "BIND06", "refuted",
    flags=("The Nasdaq's ADX stands at «18.70».",),
    passes=("The Nasdaq's ADX stands at 33.90.",),
)  # fmt: skip
def misbound_measure(failure: Failure) -> Problem | None:
    """A figure that belongs to another measure than the one named.

    The digits exist in the data, under another name.
    """
    other = failure.cure_ref("measure")
    if other is None or failure.ref is None:
        return None
    return Problem(
        f"`{failure.words}` is {describe(failure.prover, other)}; the clause says {measure_name(failure.prover, failure.ref)}",
        f"write {failure.outcome.truth}, {describe(failure.prover, failure.ref)}, or name the {measure_name(failure.prover, other)}",
    )
