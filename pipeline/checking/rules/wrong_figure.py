"""A figure that no single change of its binding makes true."""

from __future__ import annotations

from pipeline.checking.diagnosis import Failure
from pipeline.checking.evidence import describe
from pipeline.checking.rules.rule import Problem, failure_rule


@failure_rule(
    "NUM01", "refuted",
    flags=('The Nasdaq closed at «6,653.28».',),
    passes=('The Nasdaq closed at 6,635.28.',),
)  # fmt: skip
def wrong_figure(failure: Failure) -> Problem | None:
    """A figure that no single change of its binding makes true.

    The digits themselves are wrong, or several things are.
    """
    ref = failure.ref
    return Problem(
        f"`{failure.words}` is not {describe(failure.prover, ref)}" if ref else f"`{failure.words}` is false",
        f"write {failure.outcome.truth}" if failure.outcome.truth else "",
    )
