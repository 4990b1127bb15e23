"""A claim whose nearest reading is false while another plausible one is true."""

from __future__ import annotations

from pipeline.checking.diagnosis import Failure
from pipeline.checking.rules.rule import Problem, failure_rule


@failure_rule(
    "READ02",
    "unproved",
    flags=("The Nasdaq fell 6.38% below its 50-day average and «11.14%» its 200-day average.",),
    passes=("The Nasdaq is 6.38% below its 50-day average and 11.14% below its 200-day average.",),
)
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
