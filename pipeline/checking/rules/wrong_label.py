"""A label the value does not earn."""

from __future__ import annotations

from pipeline.checking.claims import Bound, Flagged, Labelled
from pipeline.checking.diagnosis import Failure
from pipeline.checking.evidence import describe
from pipeline.checking.rules.rule import Problem, failure_rule


@failure_rule(
    "WORD04",
    "refuted",
    flags=("The Nasdaq's RSI(14) is «overbought».",),
    passes=("The Nasdaq's RSI(14) is neutral.", "The Nasdaq's RSI(14) is not overbought."),
)
def wrong_label(failure: Failure) -> Problem | None:
    """A label the value does not earn.

    Overbought and oversold carry thresholds (RSI(14) at or above 70, at or below 30); a label outside them is
    wrong.
    """
    statement, prover = failure.statement, failure.prover
    if isinstance(statement, Bound):
        return Problem(
            f"`{failure.words}` is not the line of {statement.label}, which is {failure.outcome.truth}",
            f"write {failure.outcome.truth}",
        )
    if not isinstance(statement, Labelled | Flagged):
        return None
    return Problem(
        f"`{failure.words}` is not so: {describe(prover, statement.ref)} is {failure.outcome.truth}",
        "use the word the value earns, or leave it out",
    )
