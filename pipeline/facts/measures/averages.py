"""Moving averages of the close, distances to them, the tally of twelve, crossings, order and slope."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, permutations
from typing import TYPE_CHECKING, Literal

from pipeline.facts import series
from pipeline.facts.catalogue import Label, Measure, measure
from pipeline.facts.units import Kind, Unit
from pipeline.facts.view import Found, Missing, View
from pipeline.facts.words import combine, window_words

if TYPE_CHECKING:
    from pipeline.facts.view import Floats

Method = Literal["sma", "ema"]
WINDOWS = (5, 10, 20, 30, 50, 100, 200)
COUNTED = (5, 10, 20, 50, 100, 200)
TWELVE = tuple(f"{method}_{window}" for window in COUNTED for method in ("sma", "ema"))
STACK = ("close", "sma_20", "sma_50", "sma_100", "sma_200")
SIDES = (Label("above", ("above", "over")), Label("below", ("below", "under", "beneath")))
SOURCES = {
    "sma": "Arithmetic mean of the window's closes",
    "ema": "Smoothing 2 / (window + 1), seeded with the mean of the first window as in TA-Lib",
}
SERIES: dict[Method, Callable[[View, int], Floats]] = {"sma": series.sma, "ema": series.ema}


def average_phrases(method: Method, window: int) -> tuple[str, ...]:
    """Names of an average in prose: without a word for the method it is the simple one."""
    before = window_words(window)
    short = method.upper()
    symbols = (f"{short}({window})", f"{short}{window}", f"{short} {window}", f"{short}-{window}", f"{window} {short}")
    if method == "ema":
        words = combine(before, ("exponential moving average", "exponential average", "exponential mean", "EMA",
                                 "exponentially weighted average", "exponentially weighted moving average",
                                 "exponential MA", "exponential line"))  # fmt: skip
        return (*words, *combine(("exponential",), before, ("average", "moving average", "line")), *symbols)
    words = combine(before, ("moving average", "average", "simple moving average", "simple average", "SMA", "line",
                             "mean", "MA", "moving-average line", "simple mean", "simple MA"))  # fmt: skip
    spelled = combine(("simple",), before, ("average", "moving average", "line"))
    plain = (f"{window}-DMA", f"{window}DMA", f"{window} DMA", f"MA({window})", f"MA{window}")
    return (*words, *spelled, *symbols, *plain)


def needed(method: Method, window: int) -> int:
    """The fewest bars that give an average."""
    return window if method == "sma" else series.settled(window)


def declare(method: Method, window: int) -> tuple[Measure, Measure]:
    """An average and the close's distance from it."""
    name = f"{method}_{window}"
    kind = "simple" if method == "sma" else "exponential"
    bars = needed(method, window)

    @measure(name, unit=Unit.PRICE, kind=Kind.LEVEL, window=window, bars=bars, source=SOURCES[method],
             phrases=average_phrases(method, window),
             meaning=f"{window}-session {kind} moving average of the close")  # fmt: skip
    def average(view: View) -> Found:
        return Found(float(SERIES[method](view, window)[-1]), bars=window if method == "sma" else None)

    @measure(f"distance_{name}", unit=Unit.PERCENT, kind=Kind.DISTANCE, window=window, bars=bars, of=name,
             meaning=f"Close / {name} - 1")  # fmt: skip
    def distance(view: View) -> Found:
        value = float(SERIES[method](view, window)[-1])
        return Found(100 * (view.last / value - 1), bars=window if method == "sma" else None, of=("close", name))

    return average, distance


def count(name: str, side: str, words: tuple[str, ...]) -> Measure:
    """How many of the twelve averages are on a side of the close."""
    sign = 1 if side == "below" else -1

    @measure(name, unit=Unit.COUNT, kind=Kind.COUNT, total=len(TWELVE), bars=needed("ema", max(COUNTED)),
             limits=(0, len(TWELVE)), phrases=words,
             source="SMA and EMA of 5, 10, 20, 50, 100, 200, the set Investing.com lists",
             meaning=f"Averages {side} the close, of SMA and EMA of 5, 10, 20, 50, 100, 200")  # fmt: skip
    def tally(view: View) -> Found:
        latest = [SERIES[method](view, window)[-1] for window in COUNTED for method in SERIES]
        return Found(sum(bool(sign * (view.last - value) > 0) for value in latest), of=("close", *TWELVE))

    return tally


def crossing(
    name: str,
    sides: Callable[[View], Floats],
    *,
    of: str,
    bars: int,
    what: str,
    phrases: tuple[str, ...] = (),
    timeframes: tuple[Literal["daily", "weekly"], ...] = ("daily",),
    window: int | None = None,
    made_of: tuple[str, ...] = (),
    source: str = "",
) -> tuple[Measure, Measure, Measure]:
    """The last crossing of a line: its date, the side moved to, and the bars since.

    sides: the series whose sign is the side. bars: the fewest that give one, two of them on settled lines. what: the
    event in words.
    """
    first = bars - 2

    moment = "bar" if "weekly" in timeframes else "session"

    def latest(view: View) -> series.Crossing:
        found = series.crossing(view, name, sides, first)
        if found is None:
            raise Missing(f"has not crossed since {view.day(first)}, from which on its lines are told")
        return found

    @measure(name, unit=Unit.DATE, kind=Kind.DATE, timeframes=timeframes, window=window, bars=bars, of=of,
             phrases=phrases, source=source, meaning=f"Last {moment} {what}")  # fmt: skip
    def day(view: View) -> Found:
        found = latest(view)
        return Found(found.day, dates=(found.day,), of=made_of)

    @measure(f"{name}_direction", unit=Unit.LABEL, kind=Kind.LABEL, timeframes=timeframes, window=window, bars=bars,
             of=name, labels=SIDES, meaning="Side it moved to on that date")  # fmt: skip
    def direction(view: View) -> Found:
        found = latest(view)
        return Found("above" if found.above else "below", dates=(found.day,), of=(name,))

    @measure(f"{name}_bars_since", unit=Unit.BARS, kind=Kind.COUNT, timeframes=timeframes, window=window, bars=bars,
             of=name, limits=(0, None), meaning="Bars after that date up to the as-of")  # fmt: skip
    def bars_since(view: View) -> Found:
        found = latest(view)
        return Found(found.bars_since, start=found.day, end=view.as_of, dates=(found.day,), of=(name,))

    return day, direction, bars_since


def close_crossing(method: Method, window: int) -> tuple[Measure, ...]:
    """The close crossing an average."""
    return crossing(
        f"close_cross_{method}_{window}", lambda view: view.close - SERIES[method](view, window),
        of=f"{method}_{window}", bars=needed(method, window) + 1, window=window,
        made_of=("close", f"{method}_{window}"),
        what=f"the close moved to the other side of {method}_{window}",
    )  # fmt: skip


def sma_50_200(view: View) -> Floats:
    """sma_50 - sma_200."""
    return series.sma(view, 50) - series.sma(view, 200)


CROSS_50_200 = crossing(
    "sma_50_200_cross", sma_50_200, of="sma_50", bars=201, made_of=("sma_50", "sma_200"),
    what="SMA50 moved to the other side of SMA200",
    phrases=("golden cross", "death cross", "50/200 cross", "cross of the 50-day and 200-day averages"),
)  # fmt: skip


@measure("sma_50_200_cross_kind", unit=Unit.LABEL, kind=Kind.LABEL, of="sma_50_200_cross", bars=201,
         labels=tuple(Label(name, (name, f"{name}es")) for name in ("golden cross", "death cross")),
         source="Golden cross: the 50-day average rises above the 200-day; death cross: it falls below")  # fmt: skip
def cross_kind(view: View) -> Found:
    """Golden: SMA50 rose above SMA200; death: fell below."""
    side = CROSS_50_200[1].compute(view)
    return Found("golden cross" if side.value == "above" else "death cross", dates=side.dates, of=("sma_50_200_cross",))


def order(name: str, sign: int, text: str) -> Measure:
    """Whether close and averages are strictly ordered."""

    @measure(name, unit=Unit.BOOL, kind=Kind.FLAG, bars=200, meaning=text)
    def stacked(view: View) -> Found:
        values = [view.last, *(float(series.sma(view, window)[-1]) for window in (20, 50, 200))]
        ordered = all(sign * (left - right) > 0 for left, right in pairwise(values))
        return Found(ordered, bars=200, of=("close", "sma_20", "sma_50", "sma_200"))

    return stacked


@measure("stack_order", unit=Unit.LABEL, kind=Kind.LABEL, bars=200,
         labels=tuple(Label(" > ".join(names), ()) for names in permutations(STACK)))  # fmt: skip
def stack_order(view: View) -> Found:
    """Close and sma_20/50/100/200 from highest to lowest.

    Equal ones keep the order in which they are named.
    """
    values = {"close": view.last}
    values |= {name: float(series.sma(view, int(name.removeprefix("sma_")))[-1]) for name in STACK[1:]}
    return Found(" > ".join(sorted(STACK, key=lambda name: -values[name])), bars=200, of=STACK)


@measure("sma_50_slope_20", unit=Unit.PERCENT, kind=Kind.CHANGE, window=50, bars=70, of="sma_50")
def slope(view: View) -> Found:
    """sma_50 against its value 20 sessions before."""
    average, day = series.sma(view, 50), view.day(-21)
    value = 100 * float(average[-1] / average[-21] - 1)
    return Found(value, bars=70, start=day, end=view.as_of, dates=(day,), of=("sma_50",))


@measure("points_sma_50_slope_20", unit=Unit.PRICE, kind=Kind.POINTS, window=50, bars=70, of="sma_50_slope_20")
def points_slope(view: View) -> Found:
    """sma_50 minus its value 20 sessions before."""
    average, day = series.sma(view, 50), view.day(-21)
    value = float(average[-1] - average[-21])
    return Found(value, bars=70, start=day, end=view.as_of, dates=(day,), of=("sma_50", "sma_50_slope_20"))


MEASURES: tuple[Measure, ...] = (
    *(item for window in WINDOWS for method in SERIES for item in declare(method, window)),
    count("ma_buy_count", "below",
          ("moving averages below the price", "averages below the close", "averages below the price",
           "moving averages below the close", "buy signals", "averages on buy", "moving averages on buy")),
    count("ma_sell_count", "above",
          ("moving averages above the price", "averages above the close", "averages above the price",
           "moving averages above the close", "sell signals", "averages on sell", "moving averages on sell")),
    *(item for window in (20, 50, 100, 200) for item in close_crossing("sma", window)),
    *close_crossing("ema", 200),
    *CROSS_50_200,
    cross_kind,
    order("stack_rising_order", 1, "close > sma_20 > sma_50 > sma_200"),
    order("stack_falling_order", -1, "close < sma_20 < sma_50 < sma_200"),
    stack_order, slope, points_slope,
)  # fmt: skip
