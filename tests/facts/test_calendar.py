"""The calendar's facts: against the session that really followed, and published holidays."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pandas as pd
import pytest

from pipeline.facts.catalogue import catalogue
from pipeline.facts.measures import calendar
from pipeline.facts.view import View, view_of
from pipeline.market.bars import Bars
from pipeline.market.instruments import Instrument

PROVED = {item.name for item in calendar.MEASURES}


def view(day: str, code: str = "XNYS") -> View:
    """Two bars, the second on a day."""
    index = pd.DatetimeIndex([pd.Timestamp(day) - pd.Timedelta(days=1), day])
    frame = pd.DataFrame(dict.fromkeys(("open", "high", "low", "close", "volume"), 1.0), index=index)
    return view_of(Bars(Instrument(symbol="A", name="A", calendar=code), frame, "", ""))


def value(view: View, name: str) -> Any:
    measure = catalogue()[name]
    return measure.compute(view if measure.timeframes == ("daily",) else view.weekly).value


@pytest.mark.parametrize(
    ("day", "code", "name", "expected"),
    [
        ("2026-01-16", "XNYS", "weekday", "Friday"),
        ("2026-01-16", "XNYS", "next_session", date(2026, 1, 20)),
        ("2026-01-16", "XNYS", "next_session_weekday", "Tuesday"),
        ("2026-01-16", "XNYS", "holidays_next_7d", "2026-01-19"),
        ("2026-01-16", "XNYS", "early_closes_next_7d", "none"),
        ("2026-01-16", "XNYS", "sessions_left_in_week", 0),
        ("2026-01-16", "XNYS", "is_session", True),
        ("2026-01-17", "XNYS", "is_session", False),
        ("2026-11-23", "XNYS", "holidays_next_7d", "2026-11-26"),
        ("2026-11-23", "XNYS", "early_closes_next_7d", "2026-11-27"),
        ("2026-11-23", "XNYS", "sessions_left_in_week", 3),
        ("2026-11-27", "XNYS", "early_close", True),
        ("2026-11-25", "XNYS", "early_close", False),
        ("2026-01-16", "24/7", "next_session", date(2026, 1, 17)),
        ("2026-01-16", "24/7", "sessions_left_in_week", 2),
        ("2026-01-16", "24/7", "holidays_next_7d", "none"),
        ("2026-01-16", "24/7", "weekly_bar_in_progress", True),
        ("2026-01-18", "24/7", "is_last_session_of_week", True),
    ],
)
def test_published_days(day: str, code: str, name: str, expected: Any) -> None:
    assert value(view(day, code), name) == expected


def test_what_really_followed(sample_bars: dict[str, Bars]) -> None:
    bars = sample_bars["SPX"]
    index = bars.frame.index
    weeks = index.to_period("W-SUN")
    for position in random.Random(3).sample(range(30, len(index) - 8), 60):
        seen = view_of(Bars(bars.instrument, bars.frame.iloc[: position + 1], "", ""))
        left = int((weeks[position + 1 : position + 8] == weeks[position]).sum())
        assert value(seen, "next_session") == index[position + 1].date()
        assert value(seen, "sessions_left_in_week") == left
        assert value(seen, "is_last_session_of_week") is (left == 0)
        assert value(seen, "weekly_bar_in_progress") is (left > 0)
        assert value(seen, "sessions_in_week") == int((weeks[: position + 1] == weeks[position]).sum())
        assert value(seen, "weekday") == index[position].day_name()
