"""The oscillators that the ratings count beside momentum's: ultimate, awesome, StochRSI, bull and bear power."""

from __future__ import annotations

from pipeline.facts import oscillation, series
from pipeline.facts.catalogue import Measure, measure
from pipeline.facts.measures.momentum import SETTLED
from pipeline.facts.units import Kind, Unit
from pipeline.facts.view import Found, View

CHANDE = "Chande and Kroll, The New Technical Trader, 1994; 3, 3, 14, 14"
ELDER = "Elder, Trading for a Living, 1993"


@measure("ultimate_oscillator", unit=Unit.INDEX, kind=Kind.INDICATOR, window=28, bars=29, limits=(0, 100),
         source="Williams, Technical Analysis of Stocks and Commodities, 1985: 7, 14, 28 sessions, weights 4, 2, 1",
         phrases=("ultimate oscillator", "Williams ultimate oscillator", "Williams's ultimate oscillator",
                  "ultimate oscillator(7,14,28)", "ultimate", "UO"))  # fmt: skip
def ultimate_oscillator(view: View) -> Found:
    """Williams's ultimate oscillator."""
    return Found(oscillation.ultimate(view), bars=29)


@measure("awesome_oscillator", unit=Unit.PRICE, kind=Kind.INDICATOR, window=34, bars=34,
         source="Williams, New Trading Dimensions, 1998", phrases=("awesome oscillator",
                                                                   "Williams awesome oscillator", "awesome",
                                                                   "AO"))  # fmt: skip
def awesome_oscillator(view: View) -> Found:
    """SMA5 - SMA34 of (high + low) / 2."""
    return Found(float(oscillation.awesome(view)[-1]), bars=34)


@measure("stoch_rsi_k", unit=Unit.INDEX, kind=Kind.INDICATOR, window=14, bars=SETTLED + 15, limits=(0, 100),
         source=CHANDE, phrases=("StochRSI", "stochastic RSI", "Stoch RSI", "StochRSI %K", "stochastic RSI %K",
                  "Stoch RSI %K", "StochRSI's %K"))  # fmt: skip
def stoch_rsi_k(view: View) -> Found:
    """SMA3 of the stochastic(14) of RSI(14), 0 to 100."""
    return Found(float(oscillation.stoch_rsi(view)[0][-1]), of=("rsi_14",))


@measure("stoch_rsi_d", unit=Unit.INDEX, kind=Kind.INDICATOR, window=14, bars=SETTLED + 17, limits=(0, 100),
         source=CHANDE,
         phrases=("StochRSI %D", "stochastic RSI %D", "Stoch RSI %D", "StochRSI signal line", "StochRSI's %D",
                  "StochRSI signal", "stochastic RSI signal", "StochRSI's signal"))  # fmt: skip
def stoch_rsi_d(view: View) -> Found:
    """SMA3 of stoch_rsi_k."""
    return Found(float(oscillation.stoch_rsi(view)[1][-1]), of=("stoch_rsi_k",))


def power(side: str, price: str) -> Measure:
    """One of the two powers."""
    names = (f"{side} power", f"Elder's {side} power")

    @measure(f"{side}_power_13", unit=Unit.PRICE, kind=Kind.INDICATOR, window=13, bars=series.settled(13), source=ELDER,
             phrases=(*names, f"13-day {side} power", f"{side} power(13)", f"{side} power (13)"),
             meaning=f"{price} minus EMA13, a vote of the oscillator rating")  # fmt: skip
    def reading(view: View) -> Found:
        return Found(float(oscillation.power(view, side)[-1]), of=(price.lower(),))

    return reading


MEASURES: tuple[Measure, ...] = (
    ultimate_oscillator, awesome_oscillator, stoch_rsi_k, stoch_rsi_d, power("bull", "High"), power("bear", "Low"),
)  # fmt: skip
