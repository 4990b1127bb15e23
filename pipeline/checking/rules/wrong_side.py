"""Above for below, or below for above."""

from __future__ import annotations

from pipeline.checking.claims import Ordered, Sided
from pipeline.checking.diagnosis import Failure
from pipeline.checking.rules.rule import Problem, failure_rule


@failure_rule(
    "WORD03",
    "refuted",
    flags=("The Nasdaq closed «above» its 50-day average.",),
    passes=("The Nasdaq closed below its 50-day average.", "The 50-day average lies above the close."),
)
def wrong_side(failure: Failure) -> Problem | None:
    """Above for below, or below for above.

    The side of a level is the first thing a technical reader acts on.
    """
    if failure.cause != "side" and not isinstance(failure.statement, Ordered):
        return None
    if failure.cause not in ("side", "value"):
        return None
    if isinstance(failure.statement, Sided) and failure.statement.count is not None:
        return None
    return Problem(
        f"`{failure.words}` names the wrong side: {failure.outcome.truth}",
        "turn the word round",
    )
