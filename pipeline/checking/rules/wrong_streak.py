"""A run of sessions or weeks of another length, unit or direction."""

from __future__ import annotations

from pipeline.checking.diagnosis import Failure
from pipeline.checking.evidence import describe
from pipeline.checking.rules.rule import Problem, failure_rule
from pipeline.facts.units import Kind


@failure_rule(
    "REC02",
    "refuted",
    flags=("The Nasdaq rose for a «fifth straight session».",),
    passes=("The Nasdaq rose for a fourth straight session.", "Its winning streak of four sessions."),
)
def wrong_streak(failure: Failure) -> Problem | None:
    """A run of sessions or weeks of another length, unit or direction.

    A streak of weeks is not one of days, and twelve is not eleven.
    """
    ref, prover = failure.ref, failure.prover
    if ref is None or prover.measures[ref.measure].kind is not Kind.STREAK:
        return None
    unit = str(prover.measures[ref.measure].unit)
    run = f"{failure.outcome.truth} {unit.removesuffix('s') if failure.outcome.truth == '1' else unit}"
    return Problem(f"`{failure.words}` is not the run: {describe(prover, ref)} is {run}", f"write {run}")
