"""The calendar around the as-of: weekday, its place in the week, what comes next, holidays and early closes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from pipeline.facts.catalogue import Label, Measure, measure
from pipeline.facts.units import WEEKDAYS, Kind, Unit
from pipeline.facts.view import Found, View
from pipeline.market import calendars

SOURCE = "Calendar of the instrument's exchange (exchange_calendars)"
DAYS = tuple(Label(day, (day,)) for day in WEEKDAYS)
AHEAD = 7
NONE = "none"
"""The value of a list of days that has none."""


def following(view: View) -> date:
    """The next session of the instrument's calendar."""
    return calendars.next_session(view.calendar, view.as_of)


@measure("weekday", unit=Unit.LABEL, kind=Kind.LABEL, labels=DAYS)
def weekday(view: View) -> Found:
    """Weekday of the as-of."""
    return Found(WEEKDAYS[view.as_of.weekday()], bars=1, dates=(view.as_of,))


@measure("is_session", unit=Unit.BOOL, kind=Kind.FLAG, source=SOURCE)
def is_session(view: View) -> Found:
    """The as-of is a session of the instrument's calendar."""
    return Found(calendars.is_session(view.calendar, view.as_of), bars=1, dates=(view.as_of,))


@measure("early_close", unit=Unit.BOOL, kind=Kind.FLAG, source=SOURCE)
def early_close(view: View) -> Found:
    """The as-of session closed early."""
    return Found(bool(calendars.early_closes(view.calendar, view.as_of, view.as_of)), bars=1, dates=(view.as_of,))


@measure("is_last_session_of_week", unit=Unit.BOOL, kind=Kind.FLAG, source=SOURCE,
         phrases=("last session of the week", "final session of the week", "week's last session",
                  "week's final session", "end of the week"))  # fmt: skip
def is_last_session_of_week(view: View) -> Found:
    """No later session in the same ISO week."""
    return Found(view.week_over, bars=1, dates=(view.as_of,))


@measure("sessions_in_week", unit=Unit.SESSIONS, kind=Kind.COUNT, limits=(1, 7),
         phrases=("sessions in the week", "sessions this week", "sessions of the week", "trading days this week",
                  "session of the week", "sessions so far this week"))  # fmt: skip
def sessions_in_week(view: View) -> Found:
    """Sessions of the ISO week up to the as-of."""
    sessions = len(view) - view.before(view.monday)
    return Found(sessions, bars=sessions, start=view.day(-sessions), end=view.as_of)


@measure("sessions_left_in_week", unit=Unit.SESSIONS, kind=Kind.COUNT, limits=(0, 6), source=SOURCE)
def sessions_left_in_week(view: View) -> Found:
    """Sessions of the ISO week after the as-of."""
    left = view.rest_of_week
    return Found(len(left), bars=1, dates=left)


@measure("weekly_bar_in_progress", unit=Unit.BOOL, kind=Kind.FLAG, timeframes=("weekly",), source=SOURCE,
         phrases=("week in progress", "week still in progress", "unfinished week", "incomplete week",
                  "weekly bar in progress"))  # fmt: skip
def weekly_bar_in_progress(view: View) -> Found:
    """The as-of is not the last session of its ISO week."""
    return Found(not view.week_over, bars=1, dates=(view.as_of,))


@measure("next_session", unit=Unit.DATE, kind=Kind.DATE, source=SOURCE, phrases=("next session", "next trading day"))
def next_session(view: View) -> Found:
    """Next session of the instrument's calendar (crypto: every day)."""
    day = following(view)
    return Found(day, bars=1, dates=(day,))


@measure("next_session_weekday", unit=Unit.LABEL, kind=Kind.LABEL, of="next_session", labels=DAYS, source=SOURCE)
def next_session_weekday(view: View) -> Found:
    """Weekday of the next session."""
    day = following(view)
    return Found(WEEKDAYS[day.weekday()], bars=1, dates=(day,), of=("next_session",))


def coming(name: str, meaning: str, days: Callable[[str, date, date], tuple[date, ...]]) -> Measure:
    """The days of some sort in the calendar week after the as-of: ISO dates in one text, or "none"."""

    @measure(name, unit=Unit.LABEL, kind=Kind.LABEL, source=SOURCE,
             meaning=f"{meaning} in the {AHEAD} calendar days after the as-of")  # fmt: skip
    def listed(view: View) -> Found:
        found = days(view.calendar, view.as_of + timedelta(days=1), view.as_of + timedelta(days=AHEAD))
        return Found(", ".join(map(str, found)) or NONE, bars=1, dates=found)

    return listed


def closed_weekdays(calendar: str, first: date, last: date) -> tuple[date, ...]:
    """Weekdays from one day to another on which a calendar has no session."""
    days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    open_days = calendars.sessions(calendar, first, last)
    return tuple(day for day in days if day.weekday() < 5 and day not in open_days)


MEASURES: tuple[Measure, ...] = (
    weekday, is_session, early_close, is_last_session_of_week, sessions_in_week, sessions_left_in_week,
    weekly_bar_in_progress, next_session, next_session_weekday,
    coming("holidays_next_7d", "Weekdays without a session", closed_weekdays),
    coming("early_closes_next_7d", "Early closes", calendars.early_closes),
)  # fmt: skip
