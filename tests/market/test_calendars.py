"""Sessions and closes against what the exchange has published, and moments just before and after them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from pipeline.errors import InputError
from pipeline.market.calendars import closes_at, last_final_session, sessions


def days(month: int, *numbers: int, year: int = 2026) -> tuple[date, ...]:
    return tuple(date(year, month, number) for number in numbers)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 1, 15), date(2026, 1, 21), days(1, 15, 16, 20, 21)),  # Martin Luther King Day on the 19th
        (date(2026, 1, 17), date(2026, 1, 19), ()),
        (date(2001, 9, 10), date(2001, 9, 18), days(9, 10, 17, 18, year=2001)),
        (date(1968, 6, 10), date(1968, 6, 14), days(6, 10, 11, 13, 14, year=1968)),  # closed on Wednesdays for paper
        (date(2026, 12, 31), date(2027, 1, 4), (date(2026, 12, 31), date(2027, 1, 4))),
        (date(2026, 1, 16), date(2026, 1, 15), ()),
    ],
)
def test_new_york_rests_when_it_did(first: date, last: date, expected: tuple[date, ...]) -> None:
    assert sessions("XNYS", first, last) == expected


def test_a_market_that_never_rests_has_every_day() -> None:
    assert sessions("24/7", date(2026, 1, 17), date(2026, 1, 19)) == days(1, 17, 18, 19)


@pytest.mark.parametrize(
    ("calendar", "session", "moment"),
    [
        ("XNYS", date(2026, 1, 16), "2026-01-16T21:00"),  # 16:00 in winter
        ("XNYS", date(2026, 7, 6), "2026-07-06T20:00"),  # and in summer
        ("XNYS", date(2026, 11, 27), "2026-11-27T18:00"),  # 13:00 on the day after Thanksgiving
        ("24/7", date(2026, 12, 31), "2027-01-01T00:00"),
    ],
)
def test_closes_are_those_of_the_day(calendar: str, session: date, moment: str) -> None:
    assert closes_at(calendar, session) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


def test_a_day_off_has_no_close() -> None:
    with pytest.raises(InputError, match="2026-01-19, a Monday, is none"):
        closes_at("XNYS", date(2026, 1, 19))


@pytest.mark.parametrize(
    ("calendar", "moment", "session"),
    [
        ("XNYS", "2026-01-16T20:59:59", date(2026, 1, 15)),
        ("XNYS", "2026-01-16T21:00:00", date(2026, 1, 16)),
        ("XNYS", "2026-01-20T20:59:59", date(2026, 1, 16)),  # over a long weekend
        ("XNYS", "2026-11-27T18:00:00", date(2026, 11, 27)),  # a half-day
        ("XNYS", "2026-01-01T12:00:00", date(2025, 12, 31)),  # into the year before
        ("24/7", "2026-01-17T23:59:59", date(2026, 1, 16)),
        ("24/7", "2026-01-18T00:00:00", date(2026, 1, 17)),
    ],
)
def test_a_session_is_final_from_its_close_on(calendar: str, moment: str, session: date) -> None:
    assert last_final_session(calendar, datetime.fromisoformat(moment).replace(tzinfo=UTC)) == session


def test_a_clock_of_any_zone_will_do() -> None:
    tokyo = datetime(2026, 1, 17, 6, 0, tzinfo=timezone(timedelta(hours=9)))  # 21:00 UTC of the day before
    assert last_final_session("XNYS", tokyo) == date(2026, 1, 16)


def test_an_unknown_calendar_is_refused() -> None:
    with pytest.raises(InputError, match=r"a calendar is a market identifier code such as XNYS, or 24/7; found 'NOPE'"):
        sessions("NOPE", date(2026, 1, 1), date(2026, 1, 2))
