"""Highest and lowest prices of a window, and how far the close is from them.

52 weeks and three months go by date: the rows dated after the as-of minus a year or three months. 20 days are 20
sessions, the as-of included. A distance is close / level - 1. A window the data do not reach back to is a gap.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from pipeline.facts.catalogue import Measure, measure
from pipeline.facts.measures.changes import months_before, year_before
from pipeline.facts.units import Kind, Unit
from pipeline.facts.view import Found, Missing, View
from pipeline.facts.words import combine

Side = Literal["high", "low"]
NOUNS: dict[Side, tuple[str, ...]] = {
    "high": ("high", "peak", "intraday high", "top"),
    "low": ("low", "trough", "intraday low", "bottom"),
}
CLOSING_NOUNS: dict[Side, tuple[str, ...]] = {
    "high": ("closing high", "high close", "closing peak", "highest close"),
    "low": ("closing low", "low close", "closing trough", "lowest close"),
}
WORDS = {
    "52w": ("52-week", "fifty-two-week", "one-year", "12-month", "twelve-month", "1-year", "52-wk", "52 weeks'"),
    "3m": ("three-month", "3-month"),
    "20d": ("20-day", "20-session", "twenty-day", "twenty-session"),
}  # fmt: skip
BEST: dict[Side, tuple[str, ...]] = {"high": ("best", "top"), "low": ("worst", "weakest")}
"""What reporters call the highest and the lowest close."""
STRETCHES = {
    "52w": ("in 52 weeks", "in a year", "in 12 months", "of the 52 weeks", "of the past 52 weeks", "in the past year",
            "in 52w", "of the last 52 weeks", "in the last 52 weeks", "in the past 52 weeks", "in fifty-two weeks",
            "over 52 weeks", "of 52 weeks", "over the past 52 weeks", "of the past year", "for 52 weeks",
            "in twelve months"),
    "3m": ("in three months", "in 3 months", "of the past three months", "of the last three months",
           "in the past three months", "over three months"),
    "20d": ("in 20 sessions", "in 20 days", "of the past 20 sessions", "of the last 20 sessions", "over 20 sessions",
            "in the last 20 sessions"),
}  # fmt: skip
ROWS = {
    "52w": "rows dated after the as-of minus 1 year",
    "3m": "rows dated after the as-of minus 3 months",
    "20d": "the last 20 sessions, the as-of included",
}


def window_bars(view: View, window: str) -> int:
    """Number of latest bars in a window. Raises Missing where the data begin inside it."""
    if window == "20d":
        view.require(20)
        return 20
    cut = year_before(view.as_of) if window == "52w" else months_before(view.as_of, 3)
    first: date = view.since(None)
    if first > cut:
        raise Missing(f"needs bars from {cut}; {view.name} has {len(view)} ({first} to {view.as_of})")
    return len(view) - view.before(cut + timedelta(days=1))


def declare(side: Side, window: str, *, closing: bool = False) -> tuple[Measure, Measure]:
    """An extreme of a window with the sessions that had it, and the close's distance from it."""
    extreme = "highest" if side == "high" else "lowest"
    what = "close" if closing else f"intraday {side}"
    name = f"{side}_{window}" + ("_close" if closing else "")
    nouns = (CLOSING_NOUNS if closing else NOUNS)[side]

    phrases = combine(WORDS[window], nouns)
    what_is = (
        combine((extreme, *BEST[side]), ("close", "finish", "closing level"))
        if closing
        else combine((extreme,), ("level", "point", "price", "intraday level")) + combine(NOUNS[side], ("",))
    )
    phrases += combine(what_is, STRETCHES[window])

    @measure(name, unit=Unit.PRICE, kind=Kind.LEVEL, window=20 if window == "20d" else None, phrases=phrases,
             meaning=f"{extreme.capitalize()} {what} in {ROWS[window]}; dates: every session that had it")  # fmt: skip
    def level(view: View) -> Found:
        bars = window_bars(view, window)
        prices = view.columns["close" if closing else side][-bars:]
        value = float(prices.max() if side == "high" else prices.min())
        days = view.dates((prices == value).nonzero()[0] - bars)
        return Found(value, bars, start=view.day(-bars), end=view.as_of, dates=days)

    @measure(f"distance_{name}", unit=Unit.PERCENT, kind=Kind.DISTANCE, of=name, meaning=f"Close / {name} - 1",
             limits=(None, 0) if side == "high" else (0, None))  # fmt: skip
    def distance(view: View) -> Found:
        found = level.compute(view)
        return Found(100 * (view.last / float(found.value) - 1), found.bars, of=("close", name))  # type: ignore[arg-type]

    return level, distance


MEASURES: tuple[Measure, ...] = tuple(
    item
    for window, closing in (("52w", False), ("52w", True), ("3m", False), ("20d", False))
    for side in ("high", "low")
    for item in declare(side, window, closing=closing)
)
