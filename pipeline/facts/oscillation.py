"""Oscillators and overlays whose latest values several measures and votes share.

Each is computed on no more bars than its latest values need, and gives an array of those values, oldest first: the
latest one last, and before it as many as a vote compares it with. NaN stands where there are too few bars or the
prices did not move.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.facts import series
from pipeline.facts.view import Missing, once

if TYPE_CHECKING:
    from pipeline.facts.view import Floats, View


def windows(values: Floats, window: int) -> Floats:
    """Every run of a number of values, one a row; one row of NaN where there are too few."""
    import numpy as np

    if len(values) < window:
        return np.full((1, window), np.nan)
    return np.lib.stride_tricks.sliding_window_view(values, window)


def mean(values: Floats, window: int) -> Floats:
    """Simple moving average, without the bars it warms up on."""
    return windows(values, window).mean(axis=1)  # type: ignore[no-any-return]


def weighted(values: Floats, window: int) -> Floats:
    """Linearly weighted moving average, without the bars it warms up on; ta's loops over the bars."""
    import numpy as np

    weights = np.arange(1.0, window + 1)
    return windows(values, window) @ (weights / weights.sum())  # type: ignore[no-any-return]


def position(values: Floats, window: int) -> Floats:
    """Where each value lies in the range of its window, 0 to 100; NaN where the window has no range."""
    import numpy as np

    runs = windows(values, window)
    lowest = runs.min(axis=1)
    with np.errstate(invalid="ignore"):
        return 100 * (runs[:, -1] - lowest) / (runs.max(axis=1) - lowest)  # type: ignore[no-any-return]


@once
def slow_stochastic(view: View) -> tuple[Floats, Floats]:
    """Slow %K and %D of 14, 3, 3, of the latest two bars."""
    from ta.momentum import StochasticOscillator

    frame = view.tail(19)
    found = StochasticOscillator(frame["high"], frame["low"], frame["close"], 14, 3)
    slow = found.stoch_signal().to_numpy()  # what ta calls the signal is slow %K; its stoch() is the fast one
    return slow[-2:], mean(slow[-4:], 3)


@once
def stoch_rsi(view: View) -> tuple[Floats, Floats]:
    """StochRSI %K and %D of 3, 3, 14, 14, of the latest two bars.

    From Wilder's RSI, exact from its first value; the RSI inside ta's StochRSI starts from zero.
    """
    fast = position(series.rsi(view, 14)[-19:], 14)
    slow = mean(fast, 3)
    return slow[-2:], mean(slow, 3)


@once
def williams_r(view: View) -> Floats:
    """Williams %R of 14, of the latest two bars."""
    from ta.momentum import WilliamsRIndicator

    frame = view.tail(15)
    return WilliamsRIndicator(frame["high"], frame["low"], frame["close"], 14).williams_r().to_numpy()[-2:]  # type: ignore[no-any-return]


@once
def cci(view: View) -> Floats:
    """Commodity channel index of 20, constant 0.015, of the latest two bars; ta's loops over the bars."""
    import numpy as np

    runs = windows((view.high[-21:] + view.low[-21:] + view.close[-21:]) / 3, 20)
    middle = runs.mean(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        return (runs - middle)[:, -1] / (0.015 * np.abs(runs - middle).mean(axis=1))  # type: ignore[no-any-return]


@once
def awesome(view: View) -> Floats:
    """Awesome oscillator of 5 and 34, of the latest three bars."""
    from ta.momentum import AwesomeOscillatorIndicator

    frame = view.tail(36)
    return AwesomeOscillatorIndicator(frame["high"], frame["low"], 5, 34).awesome_oscillator().to_numpy()[-3:]  # type: ignore[no-any-return]


@once
def ultimate(view: View) -> float:
    """Ultimate oscillator of 7, 14 and 28, of the latest bar."""
    from ta.momentum import UltimateOscillator

    frame = view.tail(29)
    found = UltimateOscillator(frame["high"], frame["low"], frame["close"], 7, 14, 28).ultimate_oscillator()
    return float(found.iloc[-1])


def momentum(view: View) -> Floats:
    """Close minus the close 10 bars before, of the latest two bars."""
    return view.close[-2:] - view.close[-12:-10]


def power(view: View, side: str) -> Floats:
    """High (bull) or low (bear) minus the EMA of 13, of the latest two bars."""
    return (view.high if side == "bull" else view.low)[-2:] - series.ema(view, 13)[-2:]


def hull(view: View, window: int) -> float:
    """Hull moving average of the latest bar: WMA(2 WMA(n / 2) - WMA(n), sqrt n), half and root rounded down."""
    half, root = window // 2, int(window**0.5)
    closes = view.close[-(window + root - 1) :]
    raw = 2 * weighted(closes, half)[-root:] - weighted(closes, window)[-root:]
    return float(weighted(raw, root)[-1])


def volume_weighted(view: View, window: int) -> float:
    """Mean of the latest closes weighted by their volumes. Raises Missing without real volume."""
    traded = series.volumes(view, window)
    if not traded.any():
        raise Missing(f"needs a volume above zero in the last {window} sessions")
    return float(view.close[-window:] @ traded / traded.sum())


def midpoint(view: View, window: int) -> float:
    """Middle of the range of the latest bars."""
    return (float(view.high[-window:].max()) + float(view.low[-window:].min())) / 2


@once
def ichimoku(view: View) -> tuple[float, float, float, float]:
    """Conversion line, base line, span A and span B of 9, 26 and 52, undisplaced: all of the latest bar."""
    conversion, base = midpoint(view, 9), midpoint(view, 26)
    return conversion, base, (conversion + base) / 2, midpoint(view, 52)
