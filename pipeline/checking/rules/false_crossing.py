"""A crossing that did not happen, went the other way or happened on another day."""

from __future__ import annotations

from pipeline.checking.claims import Crossed
from pipeline.checking.diagnosis import Failure
from pipeline.checking.rules.rule import Problem, failure_rule


@failure_rule(
    "WORD05",
    "refuted",
    flags=("The Nasdaq «crossed above» its 50-day average.",),
    passes=("The Nasdaq crossed below its 50-day average on Oct. 4.", "The Nasdaq is below its 50-day average."),
)
def false_crossing(failure: Failure) -> Problem | None:
    """A crossing that did not happen, went the other way or happened on another day.

    A crossing is an event with a date; a price on one side of a line has not crossed it today.
    """
    if not isinstance(failure.statement, Crossed):
        return None
    return Problem(
        f"`{failure.words}` did not happen in this session: the last crossing was {failure.outcome.truth}",
        "give the crossing its side and date, or leave it out",
    )
