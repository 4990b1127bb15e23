"""A record, or a high or low of a window, that was not set in the session."""

from __future__ import annotations

from pipeline.checking.claims import Flagged, SetToday
from pipeline.checking.diagnosis import Failure
from pipeline.checking.rules.rule import Problem, failure_rule


@failure_rule(
    "REC01", "refuted",
    flags=('The Nasdaq closed at a «record high».',),
    passes=('The Nasdaq closed 18.42% below its record high.',),
)  # fmt: skip
def false_record(failure: Failure) -> Problem | None:
    """A record, or a high or low of a window, that was not set in the session.

    Records are since the data begin; a level named as set today must have today among its dates.
    """
    if not isinstance(failure.statement, Flagged | SetToday):
        return None
    return Problem(
        f"`{failure.words}` was not set in this session: {failure.outcome.truth}",
        "name the level with its date and the distance to it, or leave it out",
    )
