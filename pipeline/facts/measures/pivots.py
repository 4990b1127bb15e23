"""Classic floor pivots of the previous session, week and month, and of the as-of session for the one after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.facts.catalogue import Measure, measure
from pipeline.facts.measures.changes import months_before
from pipeline.facts.units import Kind, Unit
from pipeline.facts.view import Found, Missing, View, once
from pipeline.facts.words import combine
from pipeline.market import calendars

POINTS = ("p", "r1", "s1", "r2", "s2", "r3", "s3")
SIDES = {"r": "resistance", "s": "support"}
RANKS = {"1": "first", "2": "second", "3": "third"}


@dataclass(frozen=True, slots=True)
class Base:
    """A period whose prices make pivots. words, after: what stands before their names in prose, or follows.

    rows: first row, and the one after the last.
    """

    name: str
    meaning: str
    words: tuple[str, ...]
    after: str
    rows: Callable[[View], tuple[int, int]]


def sessions(first: int, last: int) -> Callable[[View], tuple[int, int]]:
    """Rows counted from the end of the bars."""

    def rows(view: View) -> tuple[int, int]:
        view.require(-first)
        return len(view) + first, len(view) + last

    return rows


def whole(view: View, start: date, end: date) -> tuple[int, int]:
    """Rows from a day to the one before another. Raises Missing where the data do not hold them all."""
    first, last = view.before(start), view.before(end)
    period = f"{start} to {end - timedelta(days=1)}"
    known: date = view.since(None)
    if start < known and calendars.sessions(view.calendar, start, known - timedelta(days=1)):
        raise Missing(f"needs the bars of {period}; those of {view.name} begin on {known}")
    if first == last:
        raise Missing(f"needs a session from {period}; {view.name} has none ({known} to {view.as_of})")
    return first, last


def last_week(view: View) -> tuple[int, int]:
    """Rows of the previous ISO week."""
    return whole(view, view.monday - timedelta(days=7), view.monday)


def last_month(view: View) -> tuple[int, int]:
    """Rows of the previous calendar month."""
    start = view.as_of.replace(day=1)
    return whole(view, months_before(start, 1), start)


BASES = (
    Base("day", "previous session", ("daily", "day's", "the day's"), "for the day", sessions(-2, -1)),
    Base("week", "previous ISO week", ("weekly", "week's", "the week's"), "for the week", last_week),
    Base("month", "previous calendar month", ("monthly", "month's", "the month's"), "for the month", last_month),
    Base("next_session", "as-of session, for use on the next one", ("next session's", "next-session", "next day's",
                                                                    "tomorrow's"),
         "for the next session", sessions(-1, 0)),
)  # fmt: skip


@once
def pivots(view: View, base: Base) -> tuple[int, int, dict[str, float]]:
    """The rows of a period and its seven points, from its high, low and close."""
    first, last = base.rows(view)
    high, low = float(view.high[first:last].max()), float(view.low[first:last].min())
    p = (high + low + float(view.close[last - 1])) / 3
    return first, last, {
        "p": p,
        "r1": 2 * p - low, "s1": 2 * p - high,
        "r2": p + (high - low), "s2": p - (high - low),
        "r3": high + 2 * (p - low), "s3": low - 2 * (high - p),
    }  # fmt: skip


def ranked(point: str) -> tuple[str, ...]:
    """How prose counts a pivot's levels: "first support"."""
    return (f"{RANKS[point[1]]} {SIDES[point[0]]}",)


def spelled(point: str) -> tuple[str, ...]:
    """Names of a pivot's level in words, the pivot named: "third support pivot"."""
    rank, side = RANKS[point[1]], SIDES[point[0]]
    return (f"{rank} {side} pivot", f"{rank} pivot {side}", f"{side} pivot {point[1]}", f"pivot {side} {point[1]}")


def names(base: Base, point: str) -> tuple[str, ...]:
    """Names of a pivot in prose, always with its period: a bare R1 says nothing."""
    short = point.upper()
    if point == "p":
        nouns = ("pivot", "pivot point", "floor pivot", "pivot level", "central pivot")
        return combine(base.words, nouns) + combine(nouns, (base.after, f"point {base.after}"))
    return (
        combine(base.words, (short, f"pivot {short}", *spelled(point)))
        + combine((short, f"pivot {short}", *spelled(point), *ranked(point)), (base.after,))
        + combine(base.words, ("pivot's",), ranked(point))
    )


def declare(base: Base, point: str) -> Measure:
    """One point of one period."""

    @measure(f"pivot_{base.name}_{point}", unit=Unit.PRICE, kind=Kind.LEVEL, phrases=names(base, point),
             source="Floor traders' pivots: P = (H + L + C) / 3, R1 = 2 P - L, S1 = 2 P - H, R2 = P + (H - L), "
                    "S2 = P - (H - L), R3 = H + 2 (P - L), S3 = L - 2 (H - P)",
             meaning=f"Classic floor pivot {point.upper()} from the high, low and close of the {base.meaning}",
             )  # fmt: skip
    def pivot(view: View) -> Found:
        first, last, values = pivots(view, base)
        return Found(values[point], len(view) - first, start=view.day(first), end=view.day(last - 1))

    return pivot


MEASURES: tuple[Measure, ...] = tuple(declare(base, point) for base in BASES for point in POINTS)
