"""A weekday that does not match its date."""

from __future__ import annotations

from pipeline.checking.claims import Today
from pipeline.checking.diagnosis import Failure
from pipeline.checking.rules.rule import Problem, failure_rule


@failure_rule(
    "DATE02",
    "refuted",
    flags=("Data as of the close, «Fri. Dec. 31, 2018».", "The Nasdaq closed at 6,635.28 on «Tuesday»."),
    passes=("Data as of the close, Mon. Dec. 31, 2018.",),
)
def wrong_weekday(failure: Failure) -> Problem | None:
    """A weekday that does not match its date.

    Dates are checked against the calendar: Dec. 31, 2018 was a Monday.
    """
    if failure.cause != "weekday" and not (
        isinstance(failure.statement, Today)
        and failure.statement.day.month is None
        and failure.statement.day.weekday is not None
    ):
        return None
    return Problem(
        f"`{failure.words}` has the wrong weekday: the date is {failure.outcome.truth}",
        "write the weekday of the date, or leave it out",
    )
