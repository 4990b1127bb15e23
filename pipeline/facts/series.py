"""Series that several measures share, each computed once per view.

All take a view and give a float64 array, one element per bar, NaN while warming up. Recursive averages start from the
plain mean of their first window, as Wilder and TA-Lib do, so that they are exact from the first value on; ta starts
them from the first close or from zero and needs hundreds of bars to forget it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, log
from typing import TYPE_CHECKING

from pipeline.facts.view import Missing, once

if TYPE_CHECKING:
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from pipeline.facts.view import Floats, View

    Ints = NDArray[np.int64]


SEED_WEIGHT, LONGEST = 1e-6, 1000


def settled(window: int, *, wilder: bool = False) -> int:
    """The bars from which a recursive average is told: its seed weighs less than a millionth, or 1,000 at most.

    A value with fewer depends on where the data begin, so it is a gap. The cap is for windows of 200, which are then
    within 0.002 % of their value on full history.
    """
    kept = 1 - (1 / window if wilder else 2 / (window + 1))
    return min(window + ceil(log(SEED_WEIGHT) / log(kept)), LONGEST)


def smooth(values: Floats, window: int, alpha: float) -> Floats:
    """Exponential smoothing seeded with the mean of the first window; leading NaN are skipped and stay."""
    import numpy as np
    import pandas as pd

    skipped = int(np.argmax(~np.isnan(values))) if len(values) else 0
    first = skipped + window - 1
    result = np.full(len(values), np.nan)
    if first < len(values):
        seeded = values[first:].copy()
        seeded[0] = values[skipped : first + 1].mean()
        result[first:] = pd.Series(seeded).ewm(alpha=alpha, adjust=False).mean().to_numpy()
    return result


def exponential(values: Floats, window: int) -> Floats:
    """Exponential moving average, smoothing 2 / (window + 1)."""
    return smooth(values, window, 2 / (window + 1))


def wilder(values: Floats, window: int) -> Floats:
    """Wilder's average, smoothing 1 / window."""
    return smooth(values, window, 1 / window)


@once
def sma(view: View, window: int) -> Floats:
    """Simple moving average of the close."""
    import pandas as pd
    from ta.trend import SMAIndicator

    return SMAIndicator(pd.Series(view.close), window).sma_indicator().to_numpy()  # type: ignore[no-any-return]


@once
def ema(view: View, window: int) -> Floats:
    """Exponential moving average of the close."""
    return exponential(view.close, window)


@once
def macd(view: View) -> Floats:
    """EMA12 - EMA26 of the close."""
    return ema(view, 12) - ema(view, 26)


@once
def macd_signal(view: View) -> Floats:
    """EMA9 of macd."""
    return exponential(macd(view), 9)


@once
def rsi(view: View, window: int) -> Floats:
    """Wilder's RSI; NaN where no close has changed."""
    import numpy as np

    moves = np.diff(view.close, prepend=np.nan)
    gain, loss = (wilder(np.where(np.isnan(moves), np.nan, np.maximum(sign * moves, 0)), window) for sign in (1, -1))
    with np.errstate(invalid="ignore"):
        return 100 * gain / (gain + loss)


@once
def true_range(view: View) -> Floats:
    """The greatest of high - low, |high - previous close| and |low - previous close|; NaN for the first bar."""
    import numpy as np

    previous = np.concatenate(([np.nan], view.close[:-1]))
    return np.maximum(view.high, previous) - np.minimum(view.low, previous)


@once
def atr(view: View, window: int) -> Floats:
    """Wilder's average true range."""
    return wilder(true_range(view), window)


@once
def directional(view: View, window: int) -> tuple[Floats, Floats, Floats]:
    """Wilder's ADX, +DI and -DI; NaN where the range is zero."""
    import numpy as np

    up, down = np.diff(view.high, prepend=np.nan), -np.diff(view.low, prepend=np.nan)
    plus = np.where((up > down) & (up > 0), up, 0.0)
    minus = np.where((down > up) & (down > 0), down, 0.0)
    plus[0] = minus[0] = np.nan
    ranges = atr(view, window)
    with np.errstate(invalid="ignore", divide="ignore"):
        plus_di, minus_di = (100 * wilder(moves, window) / ranges for moves in (plus, minus))
        index = 100 * np.abs(plus_di - minus_di) / (plus_di + minus_di)
    return wilder(index, window), plus_di, minus_di


@once
def volumes(view: View, bars: int) -> Floats:
    """The latest real volumes. Raises Missing where there are none, or one of them is unknown."""
    import numpy as np

    if view.parts is not None:
        raise Missing(f"needs real volume: {view.name} is a ratio, which has none")
    if not view.real_volume:
        raise Missing(f"needs real volume: {view.name} is an index, and the volume printed for it is not its own")
    view.require(bars)
    found = view.columns["volume"][-bars:]
    unknown = np.flatnonzero(np.isnan(found)) - bars
    if n := len(unknown):
        day = view.day(int(unknown[-1]))
        raise Missing(f"needs a volume for each of the last {bars} sessions; {n} have none, the latest {day}")
    return found


@dataclass(frozen=True, slots=True)
class Runs:
    """Unbroken runs of bars: positions of the first and last bar of each, oldest first."""

    starts: Ints
    ends: Ints
    bars: int

    @property
    def lengths(self) -> Ints:
        """Bars in each run."""
        return self.ends - self.starts + 1

    @property
    def current(self) -> int | None:
        """Index of the run that reaches the latest bar, if one does."""
        return len(self.ends) - 1 if len(self.ends) and self.ends[-1] == self.bars - 1 else None


@once
def runs(view: View, sign: int) -> Runs:
    """Runs of bars whose close is strictly above (+1) or below (-1) the one before."""
    import numpy as np

    hits = (sign * np.diff(view.close, prepend=view.close[:1]) > 0).astype(np.int8)
    edges = np.diff(np.concatenate(([0], hits, [0])))
    return Runs(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) - 1, len(view))


@dataclass(frozen=True, slots=True)
class Crossing:
    """The latest move of a series to the other side of a line."""

    day: date
    above: bool
    bars_since: int


@once
def crossing(view: View, name: str, sides: Callable[[View], Floats], first: int = 0) -> Crossing | None:  # noqa: ARG001
    """The latest change of sign of a named series of differences from a position on; zero and NaN are no side."""
    import numpy as np

    differences = sides(view).copy()
    differences[:first] = np.nan
    known = np.flatnonzero(np.nan_to_num(differences) != 0)
    above = differences[known] > 0
    turns = np.flatnonzero(above[1:] != above[:-1]) + 1
    if not len(turns):
        return None
    position = int(known[turns[-1]])
    return Crossing(view.day(position), bool(above[turns[-1]]), len(view) - 1 - position)
