"""A claim whose nearest reading is false while another plausible one is true."""

from __future__ import annotations

from pipeline.checking.diagnosis import Failure
from pipeline.checking.rules.rule import Problem, failure_rule


@failure_rule(
    "READ02", "unproved",
    flags=(),
    passes=(),
)  # fmt: skip
def ambiguous(failure: Failure) -> Problem | None:
    """A claim whose nearest reading is false while another plausible one is true.

    A reader would take it the false way. Accepting whichever reading fits would let a swapped index or window
    through.
    """
    if not failure.ambiguous:
        return None
    return Problem(
        f"`{failure.words}` can be read two ways, and the nearer reading is false",
        "name the instrument, measure and period beside the figure",
    )
