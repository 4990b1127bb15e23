"""A count of averages that does not add up."""

from __future__ import annotations

from pipeline.checking.claims import Sided
from pipeline.checking.diagnosis import Failure
from pipeline.checking.rules.rule import Problem, failure_rule
from pipeline.facts.units import Kind


@failure_rule(
    "NUM03",
    "refuted",
    flags=("The Nasdaq closed above «six of the twelve» averages.",),
    passes=("The Nasdaq closed above four of the twelve averages.",),
)
def wrong_tally(failure: Failure) -> Problem | None:
    """A count of averages that does not add up.

    Tallies are exact: all twelve means twelve of twelve.
    """
    ref = failure.ref
    measure = failure.prover.measures[ref.measure] if ref else None
    if not isinstance(failure.statement, Sided) and (measure is None or measure.kind is not Kind.COUNT):
        return None
    return Problem(
        f"`{failure.words}` is not the tally: it is {failure.outcome.truth}",
        f"write {failure.outcome.truth}",
    )
