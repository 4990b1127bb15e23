"""Oscillators: RSI with its zones and crossings, stochastic, Williams %R, CCI, rate of change and momentum."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Literal

from pipeline.facts import oscillation, series
from pipeline.facts.catalogue import Label, Measure, label_of, measure
from pipeline.facts.measures.averages import crossing
from pipeline.facts.units import Kind, Unit
from pipeline.facts.view import Found, Missing, View
from pipeline.facts.words import combine, window_words

if TYPE_CHECKING:
    from pipeline.facts.view import Floats

SETTLED = series.settled(14, wilder=True) + 1  # one for the first move
BOTH: tuple[Literal["daily", "weekly"], ...] = ("daily", "weekly")
WILDER = "Wilder, New Concepts in Technical Trading Systems, 1978"
ZONES = (
    Label("overbought", ("overbought",), at_least=Decimal(70)),
    Label("oversold", ("oversold",), at_most=Decimal(30)),
    Label("neutral", ("neutral", "neither overbought nor oversold", "between overbought and oversold")),
)
ZONE_SOURCE = f"{WILDER}: overbought at or above 70, oversold at or below 30"


@measure("rsi_14", unit=Unit.INDEX, kind=Kind.INDICATOR, timeframes=BOTH, window=14, bars=SETTLED, limits=(0, 100),
         source=WILDER,
         phrases=("RSI", "relative strength index", "RSI(14)", "RSI14", "RSI 14", "RSI-14", "RSI (14)",
                  *combine(("14-day", "14-session", "14-period", "14-week", "14-bar", "fourteen-day"),
                           ("RSI", "relative strength index", "relative-strength index")),
                  "relative-strength index", "relative strength indicator", "Wilder's RSI", "RSI reading"))  # fmt: skip
def rsi_14(view: View) -> Found:
    """Wilder RSI(14) on daily closes."""
    return Found(float(series.rsi(view, 14)[-1]))


@measure("rsi_14_completed", unit=Unit.INDEX, kind=Kind.INDICATOR, timeframes=("weekly",), window=14, bars=SETTLED,
         limits=(0, 100), source=WILDER,
         phrases=combine(("RSI", "weekly RSI"), ("of", "at", "for", "at the end of"),
                         ("the last completed week", "the last full week", "the latest completed week")))  # fmt: skip
def rsi_14_completed(view: View) -> Found:
    """Wilder RSI(14) on weekly closes, last completed week."""
    seen = view.completed()
    seen.require(15)
    return Found(float(series.rsi(seen, 14)[-1]), end=seen.as_of, dates=(seen.as_of,))


@measure("rsi_14_zone", unit=Unit.LABEL, kind=Kind.LABEL, timeframes=BOTH, window=14, bars=SETTLED, of="rsi_14",
         labels=ZONES, source=ZONE_SOURCE)  # fmt: skip
def rsi_14_zone(view: View) -> Found:
    """Overbought at or above 70, oversold at or below 30, else neutral."""
    return Found(label_of(ZONES, number(series.rsi(view, 14)[-1])).name, of=("rsi_14",))


@measure("rsi_14_bars_in_zone", unit=Unit.BARS, kind=Kind.STREAK, timeframes=BOTH, window=14, bars=SETTLED,
         of="rsi_14_zone", limits=(1, None), source=ZONE_SOURCE)  # fmt: skip
def rsi_14_bars_in_zone(view: View) -> Found:
    """Consecutive bars in that zone, the current one included."""
    values = series.rsi(view, 14)[SETTLED - 1 :]
    zone = label_of(ZONES, number(values[-1]))
    bars = 0
    for value in values[::-1]:
        if value != value or label_of(ZONES, number(value)) is not zone:
            break
        bars += 1
    if bars == len(values):
        raise Missing(f"has no value: {zone.name} since {view.day(SETTLED - 1)} at least, from which on RSI is told")
    first = view.day(-bars)
    return Found(bars, start=first, end=view.as_of, dates=(first,), of=("rsi_14_zone",))


@measure("rsi_14_change", unit=Unit.INDEX_POINTS, kind=Kind.POINTS, timeframes=BOTH, window=14,
         bars=SETTLED + 5, of="rsi_14", limits=(-100, 100), source=WILDER)  # fmt: skip
def rsi_14_change(view: View) -> Found:
    """RSI(14) minus its value 5 sessions before.

    Weekly, five weekly bars before.
    """
    values = series.rsi(view, 14)
    day = view.day(-6)
    return Found(float(values[-1] - values[-6]), start=day, end=view.as_of, dates=(day,), of=("rsi_14",))


def number(value: float) -> Decimal:
    """A reading as the fact holds it, so that a zone never contradicts the printed value. Raises Missing for NaN."""
    if value != value:
        raise Missing("has no value while the closes do not change")
    return Decimal(repr(float(value))).quantize(Decimal("0.000001"), rounding=ROUND_HALF_UP)


def rsi_crossing(level: int, side: str) -> tuple[Measure, ...]:
    """RSI(14) entering or leaving a zone; the line itself belongs to the zone."""
    sign = 1 if side == "above" else -1

    def sides(view: View) -> Floats:
        import numpy as np

        values = np.round(series.rsi(view, 14), 6)
        inside = values >= level if sign > 0 else values <= level
        return np.where(np.isnan(values), np.nan, np.where(inside, sign, -sign))

    return crossing(
        f"rsi_14_cross_{level}", sides, of="rsi_14", bars=SETTLED + 1, window=14, timeframes=BOTH, made_of=("rsi_14",),
        what=f"RSI(14) entered or left the zone at or {side} {level}", source=ZONE_SOURCE,
    )  # fmt: skip


LANE = "Lane's stochastic, slow 14, 3, 3"
STOCHASTIC = ("stochastic", "stochastic oscillator", "slow stochastic", "slow stochastic oscillator", "stochastics",
              "slow stochastics", "stoch", "slow stoch", "stochastic reading")  # fmt: skip


@measure("stochastic_k", unit=Unit.INDEX, kind=Kind.INDICATOR, window=14, bars=16, limits=(0, 100), source=LANE,
         phrases=(*STOCHASTIC, "%K", "slow %K", "stochastic %K", "slow stochastic %K", "%K line", "stochastic K",
                  "stochastic(14,3,3)", "stochastic's %K", "stoch %K", "%K of the stochastic"))  # fmt: skip
def stochastic_k(view: View) -> Found:
    """Slow %K: SMA3 of fast %K(14)."""
    return Found(float(oscillation.slow_stochastic(view)[0][-1]), bars=16)


@measure("stochastic_d", unit=Unit.INDEX, kind=Kind.INDICATOR, window=14, bars=18, limits=(0, 100), source=LANE,
         phrases=("%D", "slow %D", "stochastic %D", "slow stochastic %D", "%D line", "stochastic D", "stochastic's %D",
                  "stochastic signal line", "stochastic's signal line", "stoch %D",
                  "%D of the stochastic"))  # fmt: skip
def stochastic_d(view: View) -> Found:
    """Slow %D: SMA3 of slow %K."""
    return Found(float(oscillation.slow_stochastic(view)[1][-1]), bars=18, of=("stochastic_k",))


@measure("williams_r_14", unit=Unit.INDEX, kind=Kind.INDICATOR, window=14, bars=14, limits=(-100, 0),
         source="Williams, How I Made One Million Dollars, 1973",
         phrases=("Williams %R", "Williams percent range", "Williams R", "%R", "Williams %R(14)", "Williams %R (14)",
                  "Williams' %R", "Williams's %R", "Williams", "14-day Williams %R", "Wm %R", "%R(14)"))  # fmt: skip
def williams_r_14(view: View) -> Found:
    """Williams %R, -100 to 0."""
    return Found(float(oscillation.williams_r(view)[-1]), bars=14)


@measure("cci_20", unit=Unit.INDEX, kind=Kind.INDICATOR, window=20, bars=20, source="Lambert, 1980, constant 0.015",
         phrases=("CCI", "commodity channel index", "CCI(20)", "CCI (20)", "CCI20", "20-day CCI",
                  "20-day commodity channel index"))  # fmt: skip
def cci_20(view: View) -> Found:
    """Commodity channel index, constant 0.015."""
    value = float(oscillation.cci(view)[-1])
    if value != value:
        raise Missing("has no value while the typical price does not change over 20 bars")
    return Found(value, bars=20)


def rate_of_change(window: int) -> Measure:
    """Percent change over a number of sessions, by its technical name."""

    @measure(f"roc_{window}", unit=Unit.PERCENT, kind=Kind.INDICATOR, window=window, bars=window + 1,
             phrases=(*combine(window_words(window), ("rate of change", "ROC")), f"ROC({window})", f"ROC ({window})",
                      f"rate of change ({window})", f"rate of change over {window} days",
                      f"rate of change over {window} sessions", f"ROC{window}"),
             meaning=f"Close against the close {window} sessions before")  # fmt: skip
    def roc(view: View) -> Found:
        day = view.day(-1 - window)
        value = 100 * (view.last / float(view.close[-1 - window]) - 1)
        return Found(value, window + 1, start=day, end=view.as_of, dates=(day,), of=("close",))

    return roc


@measure("momentum_10", unit=Unit.PRICE, kind=Kind.INDICATOR, window=10, bars=11,
         phrases=("momentum(10)", "momentum (10)", *combine(window_words(10), ("momentum",)),
                  *combine(("momentum over",), ("10", "ten", "the last 10", "the last ten"),
                           ("days", "sessions"))))  # fmt: skip
def momentum_10(view: View) -> Found:
    """Close minus the close 10 sessions before."""
    day = view.day(-11)
    return Found(float(oscillation.momentum(view)[-1]), 11, start=day, end=view.as_of, dates=(day,), of=("close",))


MEASURES: tuple[Measure, ...] = (
    rsi_14, rsi_14_completed, rsi_14_zone, rsi_14_bars_in_zone, rsi_14_change,
    *rsi_crossing(70, "above"), *rsi_crossing(30, "below"),
    stochastic_k, stochastic_d, williams_r_14, cci_20, rate_of_change(10), rate_of_change(20), momentum_10,
)  # fmt: skip
