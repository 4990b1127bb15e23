"""A change that belongs to another period than the one named or implied."""

from __future__ import annotations

from pipeline.checking.diagnosis import Failure
from pipeline.checking.evidence import describe, measure_name
from pipeline.checking.rules.rule import Problem, failure_rule


@failure_rule(
    "BIND03", "refuted",
    flags=('The Nasdaq fell «9.48%» on the year.',),
    passes=('The Nasdaq fell 3.88% on the year.',),
)  # fmt: skip
def misbound_period(failure: Failure) -> Problem | None:
    """A change that belongs to another period than the one named or implied.

    A week's gain told as a day's is a false statement made of true digits.
    """
    other = failure.cure_ref("period")
    if other is None or failure.ref is None:
        return None
    return Problem(
        f"`{failure.words}` is {describe(failure.prover, other)}; the clause says {measure_name(failure.prover, failure.ref)}",
        f"write {failure.outcome.truth}, {describe(failure.prover, failure.ref)}, or name the {measure_name(failure.prover, other)}",
    )
