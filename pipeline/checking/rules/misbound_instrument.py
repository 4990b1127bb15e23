"""A figure or word that belongs to another instrument than the one its clause names."""

from __future__ import annotations

from pipeline.checking.diagnosis import Failure
from pipeline.checking.rules.rule import Problem, failure_rule, misbound


@failure_rule(
    "BIND01",
    "refuted",
    flags=("The S&P 500 closed at «6,635.28».", "The S&P 500's RSI(14) stands at «42.38»."),
    passes=("The S&P 500 closed at 2,506.85.", "The Nasdaq's RSI(14) stands at 42.38."),
)
def misbound_instrument(failure: Failure) -> Problem | None:
    """A figure or word that belongs to another instrument than the one its clause names.

    The right figure on the wrong index is the most common error of machine-written market copy, and the hardest to
    see.
    """
    return misbound(failure, "instrument")
