"""A figure, date, direction or label that could not be tied to any fact."""

from __future__ import annotations

from pipeline.checking.diagnosis import Failure
from pipeline.checking.rules.rule import Problem, failure_rule


@failure_rule(
    "READ01",
    "unproved",
    flags=("The Nasdaq closed at 6,635.28 in «three» cities.",),
    passes=("The Nasdaq closed at 6,635.28.",),
)
def unread(failure: Failure) -> Problem | None:
    """A figure, date, direction or label that could not be tied to any fact.

    What the checker cannot read it cannot prove, and an unproved statement is never printed.
    """
    if failure.statement is not None:
        return None
    return Problem(
        f"`{failure.words}` is not tied to any measure of the catalogue",
        "name the measure, instrument and period it belongs to, or leave it out",
    )
