"""The prices of the as-of session, and the opening gap.

Sources without real opens print the close before as the open, so a gap is told only where opens are real: at most a
fifth of the last 60 may repeat the previous close. An index's open is made of the last prices of members that may not
have traded yet, so its gap understates the market's.
"""

from __future__ import annotations

from pipeline.facts.catalogue import Measure, measure
from pipeline.facts.units import Kind, Unit
from pipeline.facts.view import Found, Missing, View, once
from pipeline.facts.words import combine

OPENS = 60
"""Sessions whose opens tell whether the data have real ones: at most a fifth may repeat the close before."""


@measure("data_start", unit=Unit.DATE, kind=Kind.DATE,
         phrases=("start of the data", "first session in the data", "data begin", "data began", "data start",
                  "beginning of the data"))  # fmt: skip
def data_start(view: View) -> Found:
    """First row of the data: every record below is since then."""
    return Found(view.since(None), dates=(view.since(None),))


@measure("close", unit=Unit.PRICE, kind=Kind.LEVEL,
         phrases=("close", "closing level", "closing price", "closing value", "last close", "latest close",
                  "final level", "finish", "settlement", "price", "last price", "level", "closing mark",
                  "closing print",
                  "session's close", "day's close", "last trade", "closing figure", "final price"))  # fmt: skip
def close(view: View) -> Found:
    """Close of the as-of session."""
    return Found(view.last, bars=1)


@measure("open", unit=Unit.PRICE, kind=Kind.LEVEL,
         phrases=("open", "opening level", "opening price", "opened", "opened at", "opened the day at",
                  "opened the session at", "open price", "opening value", "session's open",
                  "day's open", "opening print"))  # fmt: skip
def open_(view: View) -> Found:
    """Open of the as-of session."""
    return Found(float(view.open[-1]), bars=1)


@measure("high", unit=Unit.PRICE, kind=Kind.LEVEL,
         phrases=("session high", "session's high", "day's high", "day high", "daily high", "intraday high",
                  "high of the day", "high of the session", "high for the day", "high for the session", "intraday peak",
                  "session peak", "daily peak", "day's peak", "session's peak", "day's top", "top of the day",
                  "peaked at", "today's high", "high"))  # fmt: skip
def high(view: View) -> Found:
    """High of the as-of session."""
    return Found(float(view.high[-1]), bars=1)


@measure("low", unit=Unit.PRICE, kind=Kind.LEVEL,
         phrases=("session low", "session's low", "day's low", "day low", "daily low", "intraday low", "low of the day",
                  "low of the session", "low for the day", "low for the session", "intraday trough", "session trough",
                  "daily trough", "day's trough", "session's trough", "day's bottom", "bottom of the day",
                  "bottomed at",
                  "today's low", "low"))  # fmt: skip
def low(view: View) -> Found:
    """Low of the as-of session."""
    return Found(float(view.low[-1]), bars=1)


@measure("previous_close", unit=Unit.PRICE, kind=Kind.LEVEL, bars=2,
         phrases=("previous close", "prior close", "previous session's close", "prior session's close",
                  "previous day's close", "prior day's close", "close of the previous session",
                  "close of the session before", "close the day before", "preceding close",
                  "last session's close", "earlier close", "prior session close",
                  "previous session close"))  # fmt: skip
def previous_close(view: View) -> Found:
    """Close of the session before."""
    return Found(float(view.close[-2]), bars=2, dates=(view.day(-2),))


@once
def real_open(view: View) -> float:
    """The open, where opens are more than the previous close written again. Raises Missing where they are not."""
    opens, before = view.open[1:][-OPENS:], view.close[:-1][-OPENS:]
    repeats = int((opens == before).sum())
    if 5 * repeats > len(opens):
        raise Missing(f"has no value: {repeats} of the last {len(opens)} opens repeat the previous close, so the open "
                      "tells no gap")  # fmt: skip
    return float(opens[-1])


@measure("gap_1d", unit=Unit.PERCENT, kind=Kind.CHANGE, bars=2)
def gap_1d(view: View) -> Found:
    """Open against the previous close."""
    value = 100 * (real_open(view) / float(view.close[-2]) - 1)
    return Found(value, bars=OPENS + 1, dates=(view.day(-2),), of=("open", "previous_close"))


@measure("points_gap_1d", unit=Unit.PRICE, kind=Kind.POINTS, of="gap_1d", bars=2)
def points_gap_1d(view: View) -> Found:
    """Open minus the previous close."""
    value = real_open(view) - float(view.close[-2])
    return Found(value, bars=OPENS + 1, dates=(view.day(-2),), of=("open", "previous_close", "gap_1d"))


@measure("day_range_position", unit=Unit.PERCENT, kind=Kind.INDICATOR, decimals=1, limits=(0, 100),
         phrases=("of the day's range", "of its daily range", "of the session's range", "of the daily range",
                  "of its range for the day", "day's range position", "position in the day's range",
                  "of its session range", "of the intraday range", "of its intraday range", "close in day's range",
                  "close in the day's range", "place in the day's range", "closing position in the day's range",
                  "position in day's range", "of the way up the range", "of the way up its range", "of the way up",
                  *combine(("of the way up", "up"), ("the day's range", "its daily range", "the session's range",
                                                     "the daily range", "the intraday range")),
                  *combine(("of the way",), ("from low to high", "from the low to the high",
                                             "from the day's low to its high", "between low and high",
                                             "from the session low to the session high"))))  # fmt: skip
def day_range_position(view: View) -> Found:
    """(close - low) / (high - low); 0 the low, 100 the high."""
    spread = float(view.high[-1] - view.low[-1])
    if not spread:
        raise Missing("has no value while the session's high equals its low")
    return Found(100 * (view.last - float(view.low[-1])) / spread, bars=1, of=("close", "high", "low"))


MEASURES: tuple[Measure, ...] = (
    close, previous_close, open_, high, low, gap_1d, points_gap_1d, day_range_position, data_start,
)  # fmt: skip
