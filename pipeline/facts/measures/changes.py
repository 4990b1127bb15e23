"""Change of the close over each period, in percent and in price.

`pipeline.facts.periods` names the periods in prose; here stands where each one starts.
"""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.facts.catalogue import Measure, measure
from pipeline.facts.periods import PERIODS, Period
from pipeline.facts.units import Kind, Unit
from pipeline.facts.view import Found, Missing, View

SESSIONS = {"1d": 1, "5d": 5, "20d": 20}


def year_before(day: date, years: int = 1) -> date:
    """The same date earlier, February 28 for February 29."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, its last day where it has fewer."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (first_of_next - timedelta(days=1)).day))


def calendar_bounds(period: str, as_of: date) -> tuple[date, date]:
    """First day of the calendar period an as-of lies in, and the first on which its reference session may lie."""
    match period:
        case "1w":
            start = as_of - timedelta(days=as_of.weekday())
            return start, start - timedelta(days=7)
        case "mtd":
            start = as_of.replace(day=1)
            return start, months_before(start, 1)
        case "qtd":
            start = date(as_of.year, as_of.month - (as_of.month - 1) % 3, 1)
            return start, months_before(start, 3)
        case "ytd":
            return date(as_of.year, 1, 1), date(as_of.year - 1, 1, 1)
        case _:
            start = year_before(as_of) + timedelta(days=1)
            return start, start - timedelta(days=14)


def reference(view: View, period: Period) -> int:
    """Position of the close a period's change is measured from. Raises Missing where there is none."""
    if back := SESSIONS.get(period.name):
        view.require(back + 1)
        return len(view) - 1 - back
    return session_before(view, *calendar_bounds(period.name, view.as_of))


def session_before(view: View, start: date, earliest: date) -> int:
    """Position of the last session before a day. Raises Missing where none lies between another day and that one."""
    position = view.before(start) - 1
    if position < 0 or view.day(position) < earliest:
        raise Missing(
            f"needs a session from {earliest} to {start - timedelta(days=1)}; {view.name} has none "
            f"({view.since(None)} to {view.as_of})"
        )
    return position


def declare(period: Period) -> tuple[Measure, Measure]:
    """The percent change of a period, and the same in price."""

    @measure(f"change_{period.name}", unit=Unit.PERCENT, kind=Kind.CHANGE, period=period.name,
             meaning=f"Close {period.meaning}; dates: that session")  # fmt: skip
    def change(view: View) -> Found:
        position = reference(view, period)
        day = view.day(position)
        value = 100 * (view.last / float(view.close[position]) - 1)
        return Found(value, len(view) - position, start=day, end=view.as_of, dates=(day,), of=("close",))

    @measure(f"points_{period.name}", unit=Unit.PRICE, kind=Kind.POINTS, period=period.name,
             meaning=f"Close minus {period.meaning.removeprefix('against ')}", of=change.name)  # fmt: skip
    def points(view: View) -> Found:
        position = reference(view, period)
        day = view.day(position)
        value = view.last - float(view.close[position])
        return Found(value, len(view) - position, start=day, end=view.as_of, dates=(day,), of=("close", change.name))

    return change, points


@measure("change_1w_prior", unit=Unit.PERCENT, kind=Kind.CHANGE)
def change_1w_prior(view: View) -> Found:
    """Change of the week before."""
    last = session_before(view, *calendar_bounds("1w", view.as_of))
    first = session_before(view, *calendar_bounds("1w", view.day(last)))
    value = 100 * (float(view.close[last]) / float(view.close[first]) - 1)
    day = view.day(first)
    return Found(value, len(view) - first, start=day, end=view.day(last), dates=(day,), of=("close",))


MEASURES: tuple[Measure, ...] = (*(item for period in PERIODS for item in declare(period)), change_1w_prior)
