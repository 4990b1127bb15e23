"""Exchange calendars: which days are sessions, when they close, and what comes next.

The days come from exchange_calendars, which knows holidays, half-days and unscheduled closures by market identifier
code (XNYS) and has 24/7 for what never closes. A calendar is a name in an instrument, so it may come from a user's
file: an unknown one is an `InputError`.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.errors import InputError, shown

if TYPE_CHECKING:
    import numpy as np
    from exchange_calendars import ExchangeCalendar
    from numpy.typing import NDArray

    Days = NDArray[np.datetime64]

FIRST_YEAR = 1900
AHEAD = timedelta(days=31)
"""How far past a day its next session and the holidays of its coming week are looked for."""


def session_days(calendar: str, first: date, last: date) -> Days:
    """The sessions of a calendar from one day to another, both included, as datetime64[D]."""
    import numpy as np

    days = _days(calendar, _horizon(last))
    low, high = np.searchsorted(days, np.array([first, last + timedelta(days=1)], dtype="datetime64[D]"))
    return days[low:high]


def sessions(calendar: str, first: date, last: date) -> tuple[date, ...]:
    """The sessions of a calendar from one day to another, both included."""
    return tuple(session_days(calendar, first, last).tolist())


def is_session(calendar: str, day: date) -> bool:
    """Whether a calendar has a session on a day."""
    return bool(sessions(calendar, day, day))


def next_session(calendar: str, day: date) -> date:
    """The first session after a day."""
    return sessions(calendar, day + timedelta(days=1), day + AHEAD)[0]


def early_closes(calendar: str, first: date, last: date) -> tuple[date, ...]:
    """The sessions from one day to another that close before the calendar's usual time."""
    found = _calendar(calendar, _horizon(last)).early_closes
    return tuple(stamp.date() for stamp in found[(found >= str(first)) & (found <= str(last))])


def closes_at(calendar: str, session: date) -> datetime:
    """When a session closes, in UTC; on a 24/7 calendar as the next day begins. Raises InputError for no session."""
    if not is_session(calendar, session):
        raise InputError(f"a session of {calendar} was needed; {session}, a {session:%A}, is none.")
    moment: datetime = _calendar(calendar, _horizon(session)).session_close(str(session)).to_pydatetime()
    return moment.astimezone(UTC)


def time_zone(calendar: str) -> str:
    """The zone a calendar's sessions are in, such as America/New_York or UTC."""
    return str(_calendar(calendar, _horizon(date(FIRST_YEAR + 100, 1, 1))).tz)


def last_final_session(calendar: str, now: datetime) -> date:
    """The latest session that has closed by a moment with a zone."""
    today = now.astimezone(UTC).date()
    days = sessions(calendar, today - AHEAD, today)
    return next(day for day in reversed(days) if closes_at(calendar, day) <= now)


def _horizon(last: date) -> int:
    """The last year a calendar is made for: a decade's end, so that few are made."""
    return (last + AHEAD).year // 10 * 10 + 19


@lru_cache(maxsize=8)
def _days(code: str, last_year: int) -> Days:
    """Every session, without the holidays that exchange_calendars forgets before 1970 under pandas 3."""
    import numpy as np

    made = _calendar(code, last_year)
    with _quiet():
        days = made.sessions.to_numpy().astype("datetime64[D]")
        rules, single = made.regular_holidays, np.array(made.adhoc_holidays, dtype="datetime64[D]")
        yearly = [] if rules is None else rules.holidays(made.first_session, made.last_session)
    kept: Days = days[~np.isin(days, np.concatenate([single, np.array(yearly, dtype="datetime64[D]")]))]
    return kept


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the warnings of pandas 3 on what exchange_calendars does, which are for its authors."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@lru_cache(maxsize=8)
def _calendar(code: str, last_year: int) -> ExchangeCalendar:
    from exchange_calendars import get_calendar
    from exchange_calendars.errors import InvalidCalendarName

    try:
        with _quiet():
            return get_calendar(code, start=f"{FIRST_YEAR}-01-01", end=f"{last_year}-12-31")
    except InvalidCalendarName:
        raise InputError(
            f"a calendar is a market identifier code such as XNYS or XLON, or 24/7; found {shown(code)}. "
            "Mend it in instruments.toml."
        ) from None
    except ValueError:  # it is known for some years only
        with _quiet():
            known = get_calendar(code)
            return get_calendar(code, start=known.bound_min(), end=known.bound_max())
