"""Lines over the price that the averages rating counts beside the plain averages: Hull, VWMA, Ichimoku."""

from __future__ import annotations

from pipeline.facts import oscillation
from pipeline.facts.catalogue import Measure, measure
from pipeline.facts.units import Kind, Unit
from pipeline.facts.view import Found, View
from pipeline.facts.words import combine, window_words

HULL = "Hull, 2005: WMA(2 WMA(n / 2) - WMA(n), sqrt n), half and root rounded down"
HOSODA = "Hosoda's Ichimoku, 9, 26, 52; the spans undisplaced, as TradingView's rating takes them"


@measure("hma_9", unit=Unit.PRICE, kind=Kind.LEVEL, window=9, bars=11, source=HULL,
         phrases=("Hull moving average", "Hull average", "HMA", "HMA(9)", "HMA9",
                  *combine(window_words(9), ("Hull moving average", "Hull average", "HMA"))))  # fmt: skip
def hma_9(view: View) -> Found:
    """Hull moving average, a vote of the averages rating."""
    return Found(oscillation.hull(view, 9), bars=11, of=("close",))


@measure("vwma_20", unit=Unit.PRICE, kind=Kind.LEVEL, window=20, bars=20,
         source="Mean of the closes weighted by their sessions' volumes",
         phrases=("volume-weighted moving average", "VWMA", "VWMA(20)", "VWMA20",
                  *combine(window_words(20), ("volume-weighted moving average", "volume-weighted average",
                                              "VWMA"))))  # fmt: skip
def vwma_20(view: View) -> Found:
    """Volume-weighted moving average, only with real volume; a vote of the averages rating."""
    return Found(oscillation.volume_weighted(view, 20), bars=20, of=("close",))


def line(name: str, place: int, bars: int, meaning: str, phrases: tuple[str, ...], of: tuple[str, ...] = ()) -> Measure:
    """One of the four lines of the Ichimoku."""

    @measure(f"ichimoku_{name}", unit=Unit.PRICE, kind=Kind.LEVEL, window=bars, bars=bars, source=HOSODA,
             phrases=phrases, meaning=meaning)  # fmt: skip
    def level(view: View) -> Found:
        return Found(oscillation.ichimoku(view)[place], bars=bars, of=of)

    return level


MEASURES: tuple[Measure, ...] = (
    hma_9, vwma_20,
    line("conversion", 0, 9, "Middle of the 9-session range of highs and lows",
         ("Ichimoku conversion line", "conversion line", "tenkan-sen", "tenkan", "Ichimoku conversion",
          "Ichimoku tenkan", "Ichimoku tenkan-sen")),
    line("base", 1, 26, "Middle of the 26-session range of highs and lows",
         ("Ichimoku base line", "base line", "kijun-sen", "kijun", "Ichimoku base", "Ichimoku kijun",
          "Ichimoku kijun-sen")),
    line("span_a", 2, 26, "Mean of the conversion and the base line, undisplaced: as computed today",
         ("Ichimoku span A", "Ichimoku leading span A", "leading span A", "senkou span A", "span A", "senkou A"),
         ("ichimoku_conversion", "ichimoku_base")),
    line("span_b", 3, 52, "Middle of the 52-session range of highs and lows, undisplaced: as computed today",
         ("Ichimoku span B", "Ichimoku leading span B", "leading span B", "senkou span B", "span B", "senkou B")),
)  # fmt: skip
