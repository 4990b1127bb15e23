"""Which session ends its week, against every week of real bars."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from pipeline.facts.weeks import easter, week_is_over
from pipeline.market.bars import Bars


def wrong_weeks(index: pd.DatetimeIndex) -> list[date]:
    """Sessions judged otherwise than by the session that really followed."""
    weeks = index.to_period("W-SUN")
    return [
        day.date()
        for day, week, following in zip(index[:-1], weeks[:-1], weeks[1:], strict=True)
        if week_is_over(day.date(), "XNYS") != (week != following)
    ]


def test_every_week_of_the_sample(sample_bars: dict[str, Bars]) -> None:
    assert wrong_weeks(sample_bars["SPX"].frame.index) == []


def test_every_week_since_1971(shared: Path) -> None:
    days = pd.read_csv(shared / "market" / "SPX.csv", parse_dates=["date"]).date
    assert wrong_weeks(pd.DatetimeIndex(days[days >= "1971-01-01"])) == []


@pytest.mark.parametrize(
    ("day", "over"),
    [
        (date(2026, 1, 16), True),
        (date(2026, 1, 15), False),
        (date(2026, 7, 2), True),  # July 4 is a Saturday, so the Friday before is a holiday
        (date(2027, 6, 17), True),  # Juneteenth 2027 is a Saturday too
        (date(2010, 12, 30), False),  # January 1, 2011 was a Saturday: the Friday before was a session
        (date(2025, 4, 17), True),  # Good Friday follows
    ],
)
def test_new_york_weeks(day: date, over: bool) -> None:
    assert week_is_over(day, "XNYS") is over


def test_round_the_clock_weeks_end_on_sunday() -> None:
    assert week_is_over(date(2026, 8, 21), "24/7") is False
    assert week_is_over(date(2026, 8, 23), "24/7") is True


def test_an_unknown_calendar_is_not_guessed() -> None:
    assert week_is_over(date(2026, 1, 15), "XLON") is None
    assert week_is_over(date(2026, 1, 16), "XLON") is True, "no weekday is left"


def test_easter() -> None:
    """Published dates; 1943 and 2038 are the latest possible, 1818 and 2285 the earliest."""
    days = [(1818, 3, 22), (1943, 4, 25), (2000, 4, 23), (2024, 3, 31), (2025, 4, 20), (2038, 4, 25), (2285, 3, 22)]
    assert [easter(year) for year, _, _ in days] == [date(*day) for day in days]
