"""Floor pivots: by hand, against Skender's table, and against pandas at 60 sessions."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.facts.catalogue import catalogue
from pipeline.facts.view import Missing, View, view_of
from pipeline.market.bars import Bars
from pipeline.market.instruments import Instrument

BASES = ("day", "week", "month", "next_session")
POINTS = ("p", "r1", "s1", "r2", "s2", "r3", "s3")
PROVED = {f"pivot_{base}_{point}" for base in BASES for point in POINTS}
SESSIONS = sorted(random.Random(7).sample(range(60, 5031), 60))


def view(frame: pd.DataFrame, calendar: str = "XNYS") -> View:
    return view_of(Bars(Instrument(symbol="HAND", name="Hand", calendar=calendar), frame.astype(float), "hand", ""))


def flat(first: str, last: str, freq: str = "B") -> pd.DataFrame:
    """Bars that all read high 12, low 6, close 12."""
    index = pd.date_range(first, last, freq=freq)
    return pd.DataFrame({"open": 8.0, "high": 12.0, "low": 6.0, "close": 12.0, "volume": 1.0}, index=index)


def pivot(seen: View, base: str, point: str) -> Any:
    return catalogue()[f"pivot_{base}_{point}"].compute(seen)


def expected(bars: pd.DataFrame) -> dict[str, float]:
    """The seven points of a stretch of bars, as the floor's rule is printed."""
    high, low, close = bars.high.max(), bars.low.min(), bars.close.iloc[-1]
    p = (high + low + close) / 3
    r1, s1 = 2 * p - low, 2 * p - high
    return {"p": p, "r1": r1, "s1": s1, "r2": p + (r1 - s1), "s2": p - (r1 - s1),
            "r3": high + 2 * (p - low), "s3": low - 2 * (high - p)}  # fmt: skip


@pytest.mark.parametrize("base", BASES)
def test_by_hand(base: str) -> None:
    """High 12, low 6, close 12: P 10, R1 14, S1 8, R2 16, S2 4, R3 20, S3 2."""
    seen = view(flat("2024-01-01", "2024-03-06"))
    assert [pivot(seen, base, point).value for point in POINTS] == [10, 14, 8, 16, 4, 20, 2]


def test_at_60_sessions(sample_bars: dict[str, Bars]) -> None:
    bars = sample_bars["IXIC"]
    for position in SESSIONS:
        frame = bars.frame.iloc[: position + 1]
        seen, day = view_of(Bars(bars.instrument, frame, "sample", "")), frame.index[-1]
        weeks, months = frame.index.to_period("W-SUN"), frame.index.to_period("M")
        rows = {
            "day": frame[-2:-1],
            "week": frame[weeks == day.to_period("W-SUN") - 1],
            "month": frame[months == day.to_period("M") - 1],
            "next_session": frame[-1:],
        }
        for base, stretch in rows.items():
            for point, value in expected(stretch).items():
                found = pivot(seen, base, point)
                assert found.value == pytest.approx(value, rel=1e-12), (base, point, day)
                assert (found.start, found.end) == (stretch.index[0].date(), stretch.index[-1].date())


def test_monthly_points_against_skender(shared: Path) -> None:
    """Every session from February 2017: the first bar, 2017-01-03, opened its month, as the calendar says."""
    folder = shared / "oracles" / "skender"
    quotes = pd.read_csv(folder / "quotes_default.csv", parse_dates=["date"], index_col="date").astype(float)
    table = pd.read_csv(folder / "pivot-points.csv", parse_dates=["date"], index_col="date")
    for day in table["2017-02-01":].index:
        seen = view(quotes[:day])
        for point in POINTS:
            want = table.loc[day, "pp" if point == "p" else point]
            assert pivot(seen, "month", point).value == pytest.approx(want, rel=1e-9), (day, point)


@pytest.mark.parametrize(
    ("first", "last", "freq", "calendar", "base", "reason"),
    [
        ("2024-01-02", "2024-02-15", "B", "XNYS", "month", None),  # 1 January is a holiday: the month is whole
        ("2024-01-03", "2024-02-15", "B", "XNYS", "month", "needs the bars of 2024-01-01 to 2024-01-31"),
        ("2024-01-02", "2024-02-15", "B", "XLON", "month", None),
        ("2024-01-02", "2024-02-15", "B", "24/7", "month", "needs the bars of 2024-01-01 to 2024-01-31"),
        ("2024-06-03", "2024-07-15", "B", "XLON", "month", None),  # 1 June is a Saturday
        ("2024-06-03", "2024-07-15", "D", "24/7", "month", "needs the bars of 2024-06-01 to 2024-06-30"),
        ("2024-06-01", "2024-07-15", "D", "24/7", "month", None),
        ("2024-06-04", "2024-06-14", "B", "XNYS", "week", "needs the bars of 2024-06-03 to 2024-06-09"),
        ("2024-06-03", "2024-06-14", "B", "XNYS", "week", None),
        ("2024-06-12", "2024-06-14", "B", "XNYS", "week", "needs the bars of 2024-06-03 to 2024-06-09"),
        ("2024-06-12", "2024-06-12", "B", "XNYS", "day", "needs 2 daily bars"),
    ],
)
def test_a_period_cut_off_by_the_start_of_the_data_is_none(
    first: str, last: str, freq: str, calendar: str, base: str, reason: str | None
) -> None:
    seen = view(flat(first, last, freq), calendar)
    if reason is None:
        assert pivot(seen, base, "p").value == 10
    else:
        with pytest.raises(Missing, match=reason):
            pivot(seen, base, "p")


def test_a_week_without_a_session_has_no_pivots() -> None:
    frame = flat("2024-01-01", "2024-03-15")
    halted = frame.drop(frame["2024-03-04":"2024-03-08"].index)
    with pytest.raises(Missing, match="needs a session from 2024-03-04 to 2024-03-10"):
        pivot(view(halted), "week", "p")


def test_no_pivot_is_named_without_its_period() -> None:
    for name in PROVED:
        assert all(" " in phrase for phrase in catalogue()[name].phrases)
        assert not {"R1", "pivot", "pivot point", "S1"} & set(catalogue()[name].phrases)
    assert "weekly R1" in catalogue()["pivot_week_r1"].phrases
    assert "monthly pivot point" in catalogue()["pivot_month_p"].phrases
