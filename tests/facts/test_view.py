"""What a measure sees: weekly bars, pairs, and nothing after the as-of."""

from __future__ import annotations

from datetime import date

import measure_oracles as oracle
import numpy as np
import pandas as pd
import pytest

from pipeline.facts.view import Missing, View, once, pair_view, view_of
from pipeline.market.bars import Bars
from pipeline.market.instruments import Instrument


def bars(symbol: str, days: list[str], close: list[float], calendar: str = "XNYS") -> Bars:
    frame = pd.DataFrame({"close": close}, index=pd.to_datetime(days), dtype=float)
    frame = frame.assign(open=frame.close, high=frame.close, low=frame.close, volume=frame.close)
    return Bars(Instrument(symbol=symbol, name=symbol, calendar=calendar), frame, "hand", "")


def test_weekly_bars_of_the_sample(sample_bars: dict[str, Bars]) -> None:
    frame = sample_bars["IXIC"].frame
    weekly, expected = view_of(sample_bars["IXIC"]).weekly, oracle.weeks(frame)
    assert weekly.dates(slice(None)) == tuple(day.date() for day in expected.index)
    for name in ("open", "high", "low", "close"):
        np.testing.assert_array_equal(weekly.columns[name], expected[name].to_numpy())


def test_a_week_across_the_year_is_one_bar() -> None:
    seen = view_of(bars("A", ["2018-12-28", "2018-12-31", "2019-01-02", "2019-01-07"], [1, 2, 3, 4]))
    assert seen.weekly.dates(slice(None)) == (date(2018, 12, 28), date(2019, 1, 2), date(2019, 1, 7))
    assert seen.weekly.since(2) == date(2018, 12, 31)


def test_a_pair_is_seen_on_common_sessions() -> None:
    first = view_of(bars("A", ["2024-01-02", "2024-01-03", "2024-01-04"], [2, 4, 9]))
    second = view_of(bars("B", ["2024-01-01", "2024-01-02", "2024-01-04"], [1, 4, 3]))
    pair = pair_view(first, second)
    assert pair.name == "A/B"
    assert pair.dates(slice(None)) == (date(2024, 1, 2), date(2024, 1, 4))
    assert pair.close.tolist() == [0.5, 3.0]


def test_too_few_bars_say_how_many() -> None:
    seen = view_of(bars("A", ["2024-01-02", "2024-01-03"], [1, 2]))
    with pytest.raises(Missing, match=r"^needs 5 daily bars; A has 2 \(2024-01-02 to 2024-01-03\)$"):
        seen.require(5)
    with pytest.raises(Missing, match=r"^needs 5 common daily bars; A/A has 2 "):
        pair_view(seen, seen).require(5)


def test_completed_weeks_leave_out_the_one_in_progress() -> None:
    days, close = ["2026-01-09", "2026-01-15"], [1.0, 2.0]
    assert len(view_of(bars("A", days, close)).weekly.completed()) == 1
    assert len(view_of(bars("A", [days[0], "2026-01-16"], close)).weekly.completed()) == 2
    assert len(view_of(bars("A", ["2026-03-27", "2026-04-02"], close, "XLON")).weekly.completed()) == 2, "Good Friday"


def test_a_series_is_computed_once() -> None:
    calls: list[int] = []

    @once
    def total(view: View, factor: int) -> float:
        calls.append(factor)
        return factor * view.last

    seen = view_of(bars("A", ["2024-01-02"], [2]))
    assert [total(seen, 2), total(seen, 2), total(seen, 3)] == [4, 4, 6]
    assert calls == [2, 3]
