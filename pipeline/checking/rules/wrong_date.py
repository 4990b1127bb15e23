"""A date on which the event did not happen."""

from __future__ import annotations

from pipeline.checking.claims import Dated, Today
from pipeline.checking.diagnosis import Failure
from pipeline.checking.rules.rule import Problem, failure_rule


@failure_rule(
    "DATE01", "refuted",
    flags=('The Nasdaq set its record close on «Aug. 28».',),
    passes=('The Nasdaq set its record close on Aug. 29.',),
)  # fmt: skip
def wrong_date(failure: Failure) -> Problem | None:
    """A date on which the event did not happen.

    Dates of records, highs, runs and crossings are facts like any other.
    """
    if not isinstance(failure.statement, Dated | Today):
        return None
    return Problem(
        f"`{failure.words}` is not the date: {failure.outcome.truth}",
        f"write {failure.outcome.truth}",
    )
