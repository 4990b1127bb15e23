"""Records since the data begin: of the close and of the intraday high.

Records count closes; a record high is intraday. A record is strictly above everything before it, and stands as far
back as data_start says, no further.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pipeline.facts.catalogue import Label, Measure, measure
from pipeline.facts.units import Kind, Unit
from pipeline.facts.view import Found, View
from pipeline.facts.words import combine

ALL_TIME = ("record", "all-time", "historic")
SINCE = "since the data begin (data_start)"
FALLS = (
    Label("bear market", ("bear market", "bear markets", "bear-market territory"), at_most=Decimal(-20)),
    Label("correction", ("correction", "correction territory"), at_most=Decimal(-10)),
)
"""The usual names of a fall from the peak close: 10 % a correction, 20 % a bear market."""


@measure("record_close", unit=Unit.PRICE, kind=Kind.LEVEL, source=SINCE,
         phrases=(*combine(ALL_TIME, ("close", "closing high", "closing peak", "high close", "closing level",
                                       "finish")),
                  "highest close on record", "highest close ever", "highest close in the data", "peak close",
                  "highest closing level", "closing record", "record", "highest close", "best close ever",
                  "best close on record",
                  "best close in the data", "best finish ever", "closing record high", "highest finish ever",
                  "highest finish on record", "all-time best close"))  # fmt: skip
def record_close(view: View) -> Found:
    """Highest close since the data begin; dates: every session that had it."""
    value = view.close.max()
    return Found(float(value), dates=view.dates((view.close == value).nonzero()[0]))


@measure("distance_record_close", unit=Unit.PERCENT, kind=Kind.DISTANCE, of="record_close", limits=(None, 0))
def distance_record_close(view: View) -> Found:
    """Close / record_close - 1."""
    return Found(100 * (view.last / float(view.close.max()) - 1), of=("close", "record_close"))


@measure("record_high", unit=Unit.PRICE, kind=Kind.LEVEL, source=SINCE,
         phrases=(*combine(ALL_TIME, ("high", "intraday high", "intraday peak", "peak")), "intraday record",
                  "record intraday level", "highest intraday level on record", "highest level on record",
                  "intraday all-time high", "record"))  # fmt: skip
def record_high(view: View) -> Found:
    """Highest intraday high since the data begin; dates: every session that had it."""
    value = view.high.max()
    return Found(float(value), dates=view.dates((view.high == value).nonzero()[0]))


@measure("distance_record_high", unit=Unit.PERCENT, kind=Kind.DISTANCE, of="record_high", limits=(None, 0))
def distance_record_high(view: View) -> Found:
    """Close / record_high - 1."""
    return Found(100 * (view.last / float(view.high.max()) - 1), of=("close", "record_high"))


@measure("is_record_close", unit=Unit.BOOL, kind=Kind.FLAG, of="record_close", bars=2, source=SINCE)
def is_record_close(view: View) -> Found:
    """Close strictly above every earlier close since the data begin."""
    return Found(bool(view.last > view.close[:-1].max()), dates=(view.as_of,), of=("close", "record_close"))


@measure("is_record_high", unit=Unit.BOOL, kind=Kind.FLAG, of="record_high", bars=2, source=SINCE)
def is_record_high(view: View) -> Found:
    """Intraday high strictly above every earlier one since the data begin."""
    return Found(bool(view.high[-1] > view.high[:-1].max()), dates=(view.as_of,), of=("high", "record_high"))


@measure("records_this_year", unit=Unit.SESSIONS, kind=Kind.COUNT, of="record_close", period="ytd", limits=(0, 366),
         phrases=("record closes this year", "record closes", "records this year", "record highs this year",
                  "record close of the year", "record close this year", "closing records", "closing highs this year",
                  "all-time closing highs this year"), source=SINCE)  # fmt: skip
def records_this_year(view: View) -> Found:
    """Record closes since 1 January, the as-of included."""
    import numpy as np

    first = view.before(date(view.as_of.year, 1, 1))
    peaks = np.maximum.accumulate(view.close)
    fresh = view.close[1:] > peaks[:-1]
    days = np.flatnonzero(fresh) + 1
    days = days[days >= first]
    return Found(len(days), start=view.day(first), end=view.as_of, dates=view.dates(days))


@measure("drawdown", unit=Unit.PERCENT, kind=Kind.DISTANCE, of="record_close", limits=(None, 0), labels=FALLS,
         source="10 % off the peak close is called a correction, 20 % a bear market",
         phrases=("drawdown", "decline from the peak close", "decline from the record close",
                  "fall from the record close", "drop from the record close", "retreat from the record close",
                  "pullback from the record close", "drawdown from the record close", "drawdown from the record",
                  "drawdown from the peak", "drawdown from its record close", "drawdown from its peak",
                  "fall from the peak close", "shortfall from the record close"))  # fmt: skip
def drawdown(view: View) -> Found:
    """Close against the record close (0 at a record)."""
    return Found(100 * (view.last / float(view.close.max()) - 1), of=("close", "record_close"))


MEASURES: tuple[Measure, ...] = (
    record_close, distance_record_close, record_high, distance_record_high, is_record_close, is_record_high,
    records_this_year, drawdown,
)  # fmt: skip
