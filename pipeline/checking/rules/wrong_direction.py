"""A word or sign that says the opposite direction."""

from __future__ import annotations

from pipeline.checking.claims import Moved
from pipeline.checking.diagnosis import Failure
from pipeline.checking.evidence import describe
from pipeline.checking.rules.rule import Problem, failure_rule


@failure_rule(
    "WORD01",
    "refuted",
    flags=("The Nasdaq «fell» 0.77% on the day.", "The Nasdaq «fell» on the day."),
    passes=("The Nasdaq rose 0.77% on the day.", "The Nasdaq was up on the day."),
)
def wrong_direction(failure: Failure) -> Problem | None:
    """A word or sign that says the opposite direction.

    The sign of a change comes from its verb: "fell 0.38%" supports a loss of 0.38% and nothing else.
    """
    moved = isinstance(failure.statement, Moved) and failure.statement.sign != 0 and failure.cause == "value"
    if failure.cause != "sign" and not moved:
        return None
    name = describe(failure.prover, failure.ref) if failure.ref else "the change"
    clause = failure.reading.clause
    return Problem(
        f"`{clause.printed(failure.direction)}` says the wrong direction: {name} is {failure.outcome.truth}",
        "turn the word round",
        clause.place(failure.direction),
    )
