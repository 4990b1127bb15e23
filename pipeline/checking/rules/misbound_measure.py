"""A figure that belongs to another measure than the one named."""

from __future__ import annotations

from pipeline.checking.diagnosis import Failure
from pipeline.checking.rules.rule import Problem, failure_rule, misbound


@failure_rule(
    "BIND06",
    "refuted",
    flags=("The Nasdaq's ADX stands at «18.70».",),
    passes=("The Nasdaq's ADX stands at 33.90.",),
)
def misbound_measure(failure: Failure) -> Problem | None:
    """A figure that belongs to another measure than the one named.

    The digits exist in the data, under another name.
    """
    return misbound(failure, "measure")
