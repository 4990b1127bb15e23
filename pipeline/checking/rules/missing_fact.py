"""A claim about a measure for which the snapshot holds no fact."""

from __future__ import annotations

from pipeline.checking.diagnosis import Failure
from pipeline.checking.evidence import describe
from pipeline.checking.rules.rule import Problem, failure_rule


@failure_rule(
    "READ03",
    "unproved",
    flags=("The Nasdaq's losing streak is the longest since «Dec. 14».",),
    passes=("The Nasdaq's winning streak is the longest since Aug. 29.",),
)
def missing_fact(failure: Failure) -> Problem | None:
    """A claim about a measure for which the snapshot holds no fact.

    The measure exists, but it has no value here: the gap in the snapshot says why.
    """
    if failure.outcome.holds is not None:
        return None
    ref = failure.ref
    return Problem(
        f"`{failure.words}` is claimed of {describe(failure.prover, ref)}, for which the snapshot has no fact"
        if ref
        else f"`{failure.words}` rests on a fact the snapshot does not have",
        "leave it out; the gaps of the snapshot say why the fact is missing",
    )
