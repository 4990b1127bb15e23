"""Calendars, against the sessions of real bars and published holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from pipeline.errors import InputError
from pipeline.market import calendars
from pipeline.market.bars import Bars


def test_the_sessions_of_the_sample(sample_bars: dict[str, Bars]) -> None:
    index = sample_bars["SPX"].frame.index
    assert calendars.sessions("XNYS", index[0].date(), index[-1].date()) == tuple(day.date() for day in index)


def test_every_session_since_1950(shared: Path) -> None:
    days = pd.read_csv(shared / "market" / "SPX.csv", parse_dates=["date"]).date.dt.date
    assert calendars.sessions("XNYS", days.iloc[0], days.iloc[-1]) == tuple(days)


def test_bitcoin_has_a_session_every_day(shared: Path) -> None:
    days = pd.read_csv(shared / "market" / "BTC-USD.csv", parse_dates=["date"]).date.dt.date
    assert calendars.sessions("24/7", days.iloc[0], days.iloc[-1]) == tuple(days)


@pytest.mark.parametrize(
    ("calendar", "day", "following"),
    [
        ("XNYS", date(2026, 1, 16), date(2026, 1, 20)),  # Martin Luther King Jr. Day is the Monday
        ("XNYS", date(2026, 7, 2), date(2026, 7, 6)),  # July 4 is a Saturday, so the Friday before is a holiday
        ("XNYS", date(2010, 12, 30), date(2010, 12, 31)),  # January 1, 2011 was a Saturday: no holiday before it
        ("XNYS", date(2001, 9, 10), date(2001, 9, 17)),
        ("XNYS", date(2024, 12, 31), date(2025, 1, 2)),
        ("XNYS", date(2025, 1, 8), date(2025, 1, 10)),  # the day of mourning for Jimmy Carter
        ("XLON", date(2026, 4, 2), date(2026, 4, 7)),  # Good Friday and Easter Monday
        ("24/7", date(2026, 8, 21), date(2026, 8, 22)),
    ],
)
def test_next_session(calendar: str, day: date, following: date) -> None:
    assert calendars.next_session(calendar, day) == following


def test_early_closes() -> None:
    """The exchange's published half-days of 2026."""
    found = calendars.early_closes("XNYS", date(2026, 1, 1), date(2026, 12, 31))
    assert found == (date(2026, 11, 27), date(2026, 12, 24))
    assert calendars.early_closes("24/7", date(2026, 1, 1), date(2026, 12, 31)) == ()


@pytest.mark.parametrize(
    ("calendar", "now", "session"),
    [
        ("XNYS", datetime(2026, 1, 16, 20, 59, tzinfo=UTC), date(2026, 1, 15)),
        ("XNYS", datetime(2026, 1, 16, 21, 0, tzinfo=UTC), date(2026, 1, 16)),
        ("XNYS", datetime(2026, 1, 19, 22, 0, tzinfo=UTC), date(2026, 1, 16)),
        ("XNYS", datetime(2026, 11, 27, 18, 0, tzinfo=UTC), date(2026, 11, 27)),  # 13:00 in New York
        ("XNYS", datetime(2026, 7, 6, 20, 0, tzinfo=UTC), date(2026, 7, 6)),  # summer time
        ("24/7", datetime(2026, 1, 17, 0, 0, tzinfo=UTC), date(2026, 1, 16)),
        ("24/7", datetime(2026, 1, 16, 23, 59, tzinfo=UTC), date(2026, 1, 15)),
    ],
)
def test_the_last_session_that_has_closed(calendar: str, now: datetime, session: date) -> None:
    assert calendars.last_final_session(calendar, now) == session


def test_an_unknown_calendar_is_told() -> None:
    with pytest.raises(InputError, match="found 'NOWHERE'"):
        calendars.next_session("NOWHERE", date(2026, 1, 16))


def test_what_is_no_session_has_no_close() -> None:
    with pytest.raises(InputError, match="2026-01-19, a Monday, is none"):
        calendars.closes_at("XNYS", date(2026, 1, 19))


def test_the_zone_of_a_calendar() -> None:
    zones = [calendars.time_zone(code) for code in ("XNYS", "24/7", "XLON")]
    assert zones == ["America/New_York", "UTC", "Europe/London"]
