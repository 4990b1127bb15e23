"""A figure that no single change of its binding makes true."""

from __future__ import annotations

from pipeline.checking.claims import Apart, Away, Difference, Elapsed, Parameter, Prior, Size, Times
from pipeline.checking.diagnosis import Failure
from pipeline.checking.evidence import describe, measure_name
from pipeline.checking.rules.rule import Problem, failure_rule


@failure_rule(
    "NUM01",
    "refuted",
    flags=("The Nasdaq closed at «6,653.28».", "The close is «462.35 points» below the 50-day average."),
    passes=("The Nasdaq closed at 6,635.28.", "The close is 452.35 points below the 50-day average."),
)
def wrong_figure(failure: Failure) -> Problem | None:
    """A figure that no single change of its binding makes true.

    The digits themselves are wrong, or several things are.
    """
    return Problem(f"`{failure.words}` is not {_meant(failure)}", f"write {failure.correct}" if failure.correct else "")


def _meant(failure: Failure) -> str:
    """What the figure was given for."""
    prover = failure.prover
    match failure.statement:
        case Parameter():
            return "a window of the measure"
        case Elapsed(right=right):
            return f"the time from {describe(prover, right)}"
        case Size():
            return "how many there are"
        case Prior(ref=ref):
            return f"what {describe(prover, ref)} was before"
        case Times(left=left, right=right):
            return f"how many times {describe(prover, right)} {describe(prover, left)} is"
        case Difference(left=left, right=right) | Apart(left=left, right=right):
            return f"the distance between {describe(prover, left)} and the {measure_name(prover, right)}"
        case Away(ref=ref):
            return f"the distance from {describe(prover, ref)}"
        case _:
            return describe(prover, failure.ref) if failure.ref else "so"
