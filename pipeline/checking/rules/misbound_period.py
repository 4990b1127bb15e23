"""A change that belongs to another period than the one named or implied."""

from __future__ import annotations

from pipeline.checking.diagnosis import Failure
from pipeline.checking.rules.rule import Problem, failure_rule, misbound


@failure_rule(
    "BIND03",
    "refuted",
    flags=("The Nasdaq fell «9.48%» on the year.",),
    passes=("The Nasdaq fell 3.88% on the year.",),
)
def misbound_period(failure: Failure) -> Problem | None:
    """A change that belongs to another period than the one named or implied.

    A week's gain told as a day's is a false statement made of true digits.
    """
    return misbound(failure, "period")
