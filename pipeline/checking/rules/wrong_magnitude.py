"""A verb too strong or too weak for the move."""

from __future__ import annotations

from pipeline.checking.claims import Moved
from pipeline.checking.diagnosis import Failure
from pipeline.checking.rules.rule import Problem, failure_rule


@failure_rule(
    "WORD02",
    "refuted",
    flags=("The Nasdaq «soared» 0.77% on the day.", "The Nasdaq was «little changed» on the day."),
    passes=("The Nasdaq rose 0.77% on the day.", "The Nasdaq edged up 0.77% on the day."),
)
def wrong_magnitude(failure: Failure) -> Problem | None:
    """A verb too strong or too weak for the move.

    Magnitude words are measured in the 14-day average true range times the square root of the period's sessions:
    edge, inch, slip and tick fail above 1.25 of it; surge, soar, plunge, crash and tumble fail below 0.5; flat and
    little changed above 0.25.
    """
    flat = isinstance(failure.statement, Moved) and failure.statement.sign == 0 and failure.cause == "value"
    if failure.cause != "band" and not flat:
        return None
    clause = failure.reading.clause
    return Problem(
        f"`{clause.printed(failure.direction)}` does not fit the size of the move, {failure.outcome.truth}",
        "use a plain verb such as rose or fell",
        clause.place(failure.direction),
    )
