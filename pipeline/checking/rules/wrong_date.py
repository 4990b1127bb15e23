"""A date on which the event did not happen."""

from __future__ import annotations

from pipeline.checking.claims import Dated, Today
from pipeline.checking.diagnosis import Failure
from pipeline.checking.evidence import describe
from pipeline.checking.rules.rule import Problem, failure_rule


@failure_rule(
    "DATE01",
    "refuted",
    flags=("The Nasdaq set its record close on «Aug. 28».", "The Nasdaq closed at 6,635.28 on «Dec. 30»."),
    passes=("The Nasdaq set its record close on Aug. 29.", "The Nasdaq closed at 6,635.28 on Dec. 31."),
)
def wrong_date(failure: Failure) -> Problem | None:
    """A date on which the event did not happen.

    Dates of records, highs, runs and crossings are facts like any other.
    """
    if not isinstance(failure.statement, Dated | Today):
        return None
    if isinstance(failure.statement, Today):
        return Problem(
            f"`{failure.words}` is not the date of the session: that is {failure.outcome.truth}",
            "write the session's date, or name what happened on the other day",
        )
    event = describe(failure.prover, failure.statement.ref)
    return Problem(
        f"`{failure.words}` is not the date of {event}: that is {failure.outcome.truth}",
        f"write {failure.outcome.truth}",
    )
