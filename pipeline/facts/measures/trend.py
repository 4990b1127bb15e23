"""Trend indicators: MACD with its crossings, ADX with the directional indicators.

Exponential and Wilder's averages start from the plain mean of their first window, as in TA-Lib, so no value depends on
how a program began.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.facts import series
from pipeline.facts.catalogue import Measure, measure
from pipeline.facts.measures.averages import crossing
from pipeline.facts.units import Kind, Unit
from pipeline.facts.view import Found, View

if TYPE_CHECKING:
    from pipeline.facts.view import Floats

LINE, SIGNAL = series.settled(26), series.settled(26) + 9 - 1
DIRECTIONAL = series.settled(14, wilder=True) + 1
APPEL = "Appel, 1979: 12, 26, 9"
WILDER = "Wilder, New Concepts in Technical Trading Systems, 1978"


@measure("macd", unit=Unit.PRICE, kind=Kind.INDICATOR, bars=LINE, source=APPEL,
         phrases=("MACD", "MACD line", "moving average convergence divergence",
                  "moving average convergence/divergence", "moving average convergence-divergence",
                  "moving average convergence divergence line", "MACD(12,26,9)",
                  "MACD (12, 26, 9)", "MACD(12, 26, 9)", "MACD reading", "moving-average convergence divergence",
                  "moving-average convergence/divergence"))  # fmt: skip
def macd(view: View) -> Found:
    """EMA12 - EMA26."""
    return Found(float(series.macd(view)[-1]))


@measure("macd_signal", unit=Unit.PRICE, kind=Kind.INDICATOR, bars=SIGNAL, source=APPEL,
         phrases=("signal line", "MACD signal", "MACD signal line", "signal", "MACD's signal line",
                  "MACD's signal", "signal of the MACD"))  # fmt: skip
def macd_signal(view: View) -> Found:
    """EMA9 of macd."""
    return Found(float(series.macd_signal(view)[-1]), of=("macd",))


@measure("macd_histogram", unit=Unit.PRICE, kind=Kind.INDICATOR, bars=SIGNAL, source=APPEL,
         phrases=("histogram", "MACD histogram", "MACD's histogram", "histogram bar", "hist", "hist.",
                  "MACD hist", "MACD hist."))  # fmt: skip
def macd_histogram(view: View) -> Found:
    """macd - macd_signal."""
    return Found(float(series.macd(view)[-1] - series.macd_signal(view)[-1]), of=("macd", "macd_signal"))


def over_signal(view: View) -> Floats:
    """macd - macd_signal."""
    return series.macd(view) - series.macd_signal(view)


def directional(name: str, position: int, meaning: str, bars: int, phrases: tuple[str, ...]) -> Measure:
    """One of ADX, +DI and -DI."""

    @measure(name, unit=Unit.INDEX, kind=Kind.INDICATOR, window=14, bars=bars, limits=(0, 100), source=WILDER,
             phrases=phrases, meaning=meaning)  # fmt: skip
    def reading(view: View) -> Found:
        return Found(float(series.directional(view, 14)[position][-1]))

    return reading


MEASURES: tuple[Measure, ...] = (
    macd, macd_signal, macd_histogram,
    *crossing("macd_cross_signal", over_signal, of="macd_signal", bars=SIGNAL + 1, made_of=("macd", "macd_signal"),
              source=APPEL, what="MACD moved to the other side of its signal line",
              phrases=("MACD crossover", "signal-line crossover", "signal line crossover", "MACD cross",
                       "signal-line cross", "crossing of the signal line")),
    *crossing("macd_cross_zero", series.macd, of="macd", bars=LINE + 1, made_of=("macd",), source=APPEL,
              what="MACD moved to the other side of zero",
              phrases=("zero-line crossover", "zero line crossover", "zero-line cross", "zero line")),
    directional("adx_14", 0, "Wilder's average directional index, 14 sessions", DIRECTIONAL + 13,
                ("ADX", "average directional index", "ADX(14)", "ADX (14)", "14-day ADX", "14-session ADX",
                 "ADX reading", "average directional movement index", "14-day average directional index", "ADX14",
                 "directional index", "average directional index(14)")),
    directional("plus_di_14", 1, "Wilder's positive directional indicator, 14 sessions", DIRECTIONAL,
                ("+DI", "+DI(14)", "+DI (14)", "positive directional indicator", "positive directional line",
                 "positive directional movement",
                 "positive directional indicator line", "positive directional reading", "plus directional indicator",
                 "plus DI",
                 "positive DI", "positive directional index", "DI+", "+DI line", "+DI14")),
    directional("minus_di_14", 2, "Wilder's negative directional indicator, 14 sessions", DIRECTIONAL,
                ("-DI", "-DI(14)", "-DI (14)", "negative directional indicator", "negative directional line",
                 "negative directional movement",
                 "negative directional indicator line", "negative directional reading", "minus directional indicator",
                 "minus DI",
                 "negative DI", "negative directional index", "DI-", "-DI line", "-DI14")),
)  # fmt: skip
