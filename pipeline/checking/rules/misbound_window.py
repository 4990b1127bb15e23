"""A figure that belongs to another window than the one named."""

from __future__ import annotations

from pipeline.checking.diagnosis import Failure
from pipeline.checking.rules.rule import Problem, failure_rule, misbound


@failure_rule(
    "BIND04",
    "refuted",
    flags=("The Nasdaq's 50-day average is «7,466.84».",),
    passes=("The Nasdaq's 200-day average is 7,466.84.",),
)
def misbound_window(failure: Failure) -> Problem | None:
    """A figure that belongs to another window than the one named.

    The 50-day and the 200-day average are different facts.
    """
    return misbound(failure, "window")
