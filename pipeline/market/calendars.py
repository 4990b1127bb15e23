"""Trading calendars: the sessions of a market and when each closes, from exchange_calendars.

A calendar is a market identifier code such as XNYS, or 24/7, where a day closes at 00:00 UTC of the next.
"""

from __future__ import annotations

import warnings
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.errors import InputError, shown

if TYPE_CHECKING:
    import pandas as pd

LONGEST_PAUSE = timedelta(days=31)
"""More than any market has paused between two closes since the Second World War."""


def sessions(calendar: str, first: date, last: date) -> tuple[date, ...]:
    """The sessions from one day to another, both included, oldest first."""
    if last < first:
        return ()
    closes = _closes(calendar, first.year, last.year)
    return tuple(stamp.date() for stamp in closes.loc[str(first) : str(last)].index)


def closes_at(calendar: str, session: date) -> datetime:
    """When a session closes, in UTC. Raises InputError for a day that is no session."""
    closes = _closes(calendar, session.year, session.year).loc[str(session) : str(session)]
    if closes.empty:
        raise InputError(f"a session of {calendar} was needed; {session}, a {session:%A}, is none.")
    moment: datetime = closes.iloc[0].to_pydatetime()
    return moment


def last_final_session(calendar: str, now: datetime) -> date:
    """The last session that has closed at a moment (which has a zone)."""
    moment = now.astimezone(UTC)
    closes = _closes(calendar, (moment - LONGEST_PAUSE).year, moment.year)
    day: date = closes[closes <= moment].index[-1].date()
    return day


@lru_cache(maxsize=16)
def _closes(calendar: str, first: int, last: int) -> pd.Series[pd.Timestamp]:
    """Closing times by session, of whole years: without bounds the library would begin 20 years back."""
    import exchange_calendars
    from exchange_calendars.errors import InvalidCalendarName

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what pandas announces is for the library's authors
            found = exchange_calendars.get_calendar(calendar, start=f"{first}-01-01", end=f"{last}-12-31")
    except InvalidCalendarName:
        raise InputError(
            f"a calendar is a market identifier code such as XNYS, or 24/7; found {shown(calendar)}. Mend it."
        ) from None
    closes: pd.Series[pd.Timestamp] = found.closes
    return closes
