"""Volatility: true range, Bollinger bands, realised volatility.

Bollinger's %B is 0 at the lower band and 1 at the upper; the bandwidth is in percent of the middle band. Realised
volatility is annualised over 252 sessions, over 365 on a 24/7 calendar.
"""

from __future__ import annotations

from pipeline.facts import series
from pipeline.facts.catalogue import Measure, measure
from pipeline.facts.units import Kind, Unit
from pipeline.facts.view import Found, Missing, View, once
from pipeline.facts.words import combine, window_words

WILDER = "Wilder, New Concepts in Technical Trading Systems, 1978"
SETTLED = series.settled(14, wilder=True) + 1  # one for the first true range
BOLLINGER = "Bollinger: 20-session mean, 2 population standard deviations"
ATR_NAMES = ("average true range", "ATR", "ATR(14)", "ATR (14)", "14-day average true range", "14-day ATR",
             "14-session average true range", "14-session ATR", "ATR14", "ATR-14", "true range average",
             "fourteen-day average true range")  # fmt: skip


@measure("atr_14", unit=Unit.PRICE, kind=Kind.INDICATOR, window=14, bars=SETTLED, limits=(0, None), source=WILDER,
         phrases=ATR_NAMES)  # fmt: skip
def atr_14(view: View) -> Found:
    """Wilder's average true range."""
    return Found(float(series.atr(view, 14)[-1]))


@measure("atr_pct_14", unit=Unit.PERCENT, kind=Kind.INDICATOR, window=14, bars=SETTLED, limits=(0, None), of="atr_14",
         source=WILDER, phrases=(*ATR_NAMES,
                                 "average true range in percent", "ATR percent", "ATR%", "ATR, %", "ATR in percent",
                                 *combine(("ATR", "average true range"), (", % of", "as % of", "% of",
                                                                          "as a percentage of",
                                          "as a share of", "as a percent of"), ("close", "price", "the close",
                                                                               "the price"))))  # fmt: skip
def atr_pct_14(view: View) -> Found:
    """atr_14 / close."""
    return Found(100 * float(series.atr(view, 14)[-1]) / view.last, of=("atr_14", "close"))


@once
def bands(view: View) -> tuple[float, float, float]:
    """Upper, middle and lower Bollinger band of the latest bar."""
    from ta.volatility import BollingerBands

    found = BollingerBands(view.tail(20)["close"], 20, 2)
    upper, middle, lower = found.bollinger_hband(), found.bollinger_mavg(), found.bollinger_lband()
    return float(upper.iloc[-1]), float(middle.iloc[-1]), float(lower.iloc[-1])


def band(side: str, position: int, meaning: str, phrases: tuple[str, ...]) -> Measure:
    """One of the three lines."""

    @measure(f"bollinger_{side}", unit=Unit.PRICE, kind=Kind.LEVEL, window=20, bars=20, source=BOLLINGER,
             phrases=phrases, meaning=meaning)  # fmt: skip
    def line(view: View) -> Found:
        return Found(bands(view)[position], bars=20)

    return line


@measure("bollinger_percent_b", unit=Unit.RATIO, kind=Kind.INDICATOR, decimals=2, window=20, bars=20, source=BOLLINGER,
         phrases=("%B", "Bollinger %B", "%b", "percent B", "percent b", "Bollinger percent B"))  # fmt: skip
def bollinger_percent_b(view: View) -> Found:
    """(close - lower) / (upper - lower); 0 to 1 inside the bands."""
    upper, _, lower = bands(view)
    if upper == lower:
        raise Missing("has no value while the close does not change over 20 bars")
    return Found((view.last - lower) / (upper - lower), bars=20, of=("close", "bollinger_upper", "bollinger_lower"))


@measure("bollinger_bandwidth", unit=Unit.PERCENT, kind=Kind.INDICATOR, window=20, bars=20, limits=(0, None),
         source=BOLLINGER, phrases=("bandwidth", "Bollinger bandwidth", "band width", "width of the Bollinger bands",
                                    "Bollinger band width"))  # fmt: skip
def bollinger_bandwidth(view: View) -> Found:
    """(upper - lower) / middle."""
    upper, middle, lower = bands(view)
    return Found(100 * (upper - lower) / middle, bars=20, of=("bollinger_upper", "bollinger_middle", "bollinger_lower"))


VOLATILITY = ("realized volatility", "realised volatility", "historical volatility", "realized vol", "realised vol",
              "annualized volatility", "annualised volatility", "realized", "realised", "historical vol",
              "annualized vol", "annualised vol")  # fmt: skip
MONTHS = {20: ("one-month", "1-month"), 60: ("three-month", "3-month")}
"""What traders call the two windows."""


def realized(window: int) -> Measure:
    """Annualised standard deviation of log returns."""

    @measure(f"realized_vol_{window}", unit=Unit.PERCENT, kind=Kind.INDICATOR, window=window, bars=window + 1,
             limits=(0, None), source="Log returns, ddof 1, 252 sessions a year, 365 on a 24/7 calendar",
             phrases=(*combine((*window_words(window), *MONTHS[window]), (*VOLATILITY, "volatility", "vol")),
                      *combine((*VOLATILITY, "volatility", "vol"), (f"over {window}d", f", {window} days",
                               f", {window} day", f", {window}-day", f"over {window} days", f"over {window} sessions",
                               f"over the last {window} sessions", f"({window} days)", f"({window}d)", f"({window})")),
                      *(name for name in VOLATILITY if " " in name)),
             meaning=f"Standard deviation (ddof 1) of {window} daily log returns times sqrt(252), "
                     "365 on a 24/7 calendar")  # fmt: skip
    def volatility(view: View) -> Found:
        import numpy as np

        returns = np.diff(np.log(view.close[-window - 1 :]))
        year = 365 if view.calendar == "24/7" else 252
        return Found(100 * float(returns.std(ddof=1)) * year**0.5, bars=window + 1)

    return volatility


MEASURES: tuple[Measure, ...] = (
    atr_14, atr_pct_14,
    band("upper", 0, "SMA20 + 2 population standard deviations",
         ("upper Bollinger band", "upper band", "upper Bollinger", "Bollinger upper band", "top Bollinger band",
          "top of the Bollinger bands", "top of the Bollinger",
          "top of the bands", "Bollinger top", "upper Bolli", "Bollinger upper")),
    band("middle", 1, "SMA20", ("middle Bollinger band", "middle band", "Bollinger middle band", "Bollinger midline",
                                "mid-band", "midband",
          "middle Bollinger", "Bollinger middle", "middle of the Bollinger bands", "middle of the bands")),
    band("lower", 2, "SMA20 - 2 population standard deviations",
         ("lower Bollinger band", "lower band", "lower Bollinger", "Bollinger lower band", "bottom Bollinger band",
          "bottom of the Bollinger bands", "bottom of the Bollinger",
          "bottom of the bands", "Bollinger bottom", "lower Bolli", "Bollinger lower")),
    bollinger_percent_b, bollinger_bandwidth, realized(20), realized(60),
)  # fmt: skip
