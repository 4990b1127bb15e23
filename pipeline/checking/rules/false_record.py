"""A record, or a high or low of a window, that was not set in the session."""

from __future__ import annotations

from dataclasses import replace

from pipeline.checking.claims import Flagged, SetToday
from pipeline.checking.diagnosis import Failure
from pipeline.checking.evidence import describe
from pipeline.checking.rules.rule import Problem, failure_rule

LEVELS = ("is_record_", "record_", "high_", "low_", "ratio_high_", "ratio_low_")
"""Beginnings of the names of levels that are set on a day."""


@failure_rule(
    "REC01",
    "refuted",
    flags=("The Nasdaq closed at a «record high».",),
    passes=("The Nasdaq did not close at a record high.", "The Nasdaq closed 18.42% below its record high."),
)
def false_record(failure: Failure) -> Problem | None:
    """A record, or a high or low of a window, that was not set in the session.

    Records are since the data begin; a level named as set today must have today among its dates.
    """
    statement = failure.statement
    measure = failure.prover.measures[statement.ref.measure] if isinstance(statement, Flagged | SetToday) else None
    if not isinstance(statement, Flagged | SetToday) or measure is None or not measure.name.startswith(LEVELS):
        return None
    level = replace(
        statement.ref, measure=measure.of if measure.name.startswith("is_") and measure.of else measure.name
    )
    return Problem(
        f"`{failure.words}` was {'not ' if statement.expected else ''}set in this session: "
        f"{describe(failure.prover, level)} is {failure.outcome.truth}",
        "name the level with its date and the distance to it, or leave it out",
    )
