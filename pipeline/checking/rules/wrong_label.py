"""A label the value does not earn."""

from __future__ import annotations

from pipeline.checking.claims import Bound, Labelled
from pipeline.checking.diagnosis import Failure
from pipeline.checking.rules.rule import Problem, failure_rule


@failure_rule(
    "WORD04", "refuted",
    flags=("The Nasdaq's RSI(14) is «overbought».",),
    passes=("The Nasdaq's RSI(14) is neutral.",),
)  # fmt: skip
def wrong_label(failure: Failure) -> Problem | None:
    """A label the value does not earn.

    Overbought and oversold carry thresholds (RSI(14) at or above 70, at or below 30); a label outside them is
    wrong.
    """
    if not isinstance(failure.statement, Labelled | Bound):
        return None
    return Problem(
        f"`{failure.words}` is not earned: {failure.outcome.truth}",
        "use the label the value earns, or leave it out",
    )
