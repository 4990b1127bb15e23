"""Every measure at random sessions of the sample, against TA-Lib and plain pandas (measure_oracles.py)."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import measure_oracles as oracle
import numpy as np
import pandas as pd
import pytest
from volume_oracles import VOLUME

from pipeline.facts.catalogue import catalogue
from pipeline.facts.view import Found, Missing, View, pair_view, view_of
from pipeline.market.bars import Bars

SESSIONS = sorted(random.Random(20181231).sample(range(2000, 5031), 8))
"""Positions of the as-of in the sample, past 2,000 bars, where the seeds of TA-Lib's MACD and ADX are forgotten."""
BY_CALENDAR = {"weekday", "sessions_in_week", "is_last_session_of_week", "weekly_bar_in_progress"}


class Day:
    """One as-of: the bars and views of both instruments, and the session that followed."""

    def __init__(self, bars: dict[str, Bars], position: int) -> None:
        frames = {symbol: one.frame.iloc[: position + 1] for symbol, one in bars.items()}
        self.mine, self.theirs = frames["IXIC"], frames["SPX"]
        known = [Bars(bars[symbol].instrument, frames[symbol], "sample", "") for symbol in ("IXIC", "SPX")]
        self.views = [view_of(one) for one in known]
        self.pair = pair_view(*self.views)
        index = bars["IXIC"].frame.index
        self.following = index[position + 1] if position + 1 < len(index) else None

    @property
    def week_over(self) -> bool:
        """Told by the session that really followed."""
        return self.following is None or self.following.to_period("W-SUN") != self.mine.index[-1].to_period("W-SUN")


@pytest.fixture(scope="module")
def days(sample_bars: dict[str, Bars]) -> list[Day]:
    return [Day(sample_bars, position) for position in SESSIONS]


def compute(view: View, name: str) -> Found | None:
    try:
        view.require(catalogue()[name].bars)
        return catalogue()[name].compute(view)
    except Missing:
        return None


def plain(day: Any) -> date:
    return day.date() if isinstance(day, pd.Timestamp) else day


def assert_same(found: Found | None, expected: Any, what: str) -> None:
    """Equal to one part in a billion, with the same sessions where the oracle names them."""
    if expected is None or found is None:
        assert found is expected, what
        return
    value, dates = expected if isinstance(expected, tuple) else (expected, None)
    if isinstance(value, bool | np.bool_ | str):
        assert found.value == value, what
    elif isinstance(value, pd.Timestamp):
        assert found.value == plain(value), what
    else:
        assert float(found.value) == pytest.approx(float(value), rel=1e-9, abs=1e-9), what  # type: ignore[arg-type]
    if dates is not None:
        assert found.dates == tuple(plain(day) for day in dates), what


@pytest.mark.parametrize("name", oracle.DAILY)
def test_daily(name: str, days: list[Day]) -> None:
    for day in days:
        assert_same(compute(day.views[0], name), oracle.DAILY[name](day.mine), f"{name} on {day.mine.index[-1]}")


@pytest.mark.parametrize("name", oracle.WEEKLY)
def test_weekly(name: str, days: list[Day]) -> None:
    for day in days[-3:]:  # TA-Lib's RSI agrees from the first bar, so a thousand weeks are not needed
        assert_same(
            compute(day.views[0].weekly, name), oracle.WEEKLY[name](day.mine), f"{name} on {day.mine.index[-1]}"
        )


@pytest.mark.parametrize("shape", oracle.STREAKS)
@pytest.mark.parametrize(
    ("direction", "sign"), [("up", 1), ("down", -1), ("outperformance", 1), ("underperformance", -1)]
)
def test_streaks(shape: str, direction: str, sign: int, days: list[Day]) -> None:
    for day in days:
        relative = direction.endswith("performance")
        if relative:
            daily = oracle.relative_returns(day.mine.close, day.theirs.close)
            weekly = oracle.relative_returns(oracle.weeks(day.mine).close, oracle.weeks(day.theirs).close)
        else:
            daily, weekly = day.mine.close, oracle.weeks(day.mine).close
        view = day.pair if relative else day.views[0]
        done = weekly if day.week_over else weekly[:-1]
        for span, close in (("sessions", daily), ("weeks", weekly), ("weeks_completed", done)):
            name = shape.format(direction, span)
            seen = view if span == "sessions" else view.weekly
            assert_same(compute(seen, name), oracle.STREAKS[shape](close, sign), f"{name} on {day.mine.index[-1]}")


def test_calendar_flags_against_the_session_that_followed(days: list[Day]) -> None:
    for day in days:
        assert_same(compute(day.views[0], "is_last_session_of_week"), day.week_over, str(day.following))
        assert_same(compute(day.views[0].weekly, "weekly_bar_in_progress"), not day.week_over, str(day.following))


def ratio_value(day: Day, name: str) -> Any:
    """What a pair's measure should be."""
    ratio = day.mine.close / day.theirs.close
    year = oracle.since(ratio.to_frame("close"), years=1).close
    mine, theirs = (frame.close.pct_change()[-252:] for frame in (day.mine, day.theirs))
    levels = {
        "ratio_sma_50": ratio[-50:].mean(),
        "ratio_sma_200": ratio[-200:].mean(),
        "ratio_high_52w": oracle.extreme(year, "high"),
        "ratio_low_52w": oracle.extreme(year, "low"),
    }
    if name.startswith("distance_"):
        level = levels[name.removeprefix("distance_")]
        return 100 * (ratio.iloc[-1] / (level[0] if isinstance(level, tuple) else level) - 1)
    if name.startswith("spread_"):
        period = name.removeprefix("spread_")
        return oracle.change(day.mine, period) - oracle.change(day.theirs, period), (
            oracle.reference(day.mine, period),
        )
    others = {
        "ratio": ratio.iloc[-1],
        "beta_252": mine.cov(theirs) / theirs.var(),
        "correlation_252": mine.corr(theirs),
        "common_data_start": max(day.mine.index[0], day.theirs.index[0]),
    }
    return (levels | others)[name]


PAIR = [name for name, one in catalogue().items() if one.scope == "pair" and "performance" not in name]


@pytest.mark.parametrize("name", PAIR)
def test_pair(name: str, days: list[Day]) -> None:
    for day in days:
        assert_same(compute(day.pair, name), ratio_value(day, name), f"{name} on {day.mine.index[-1]}")


def test_every_measure_has_an_oracle() -> None:
    streaks = {name for name in catalogue() if "_streak_" in name}
    assert set(catalogue()) == set(oracle.DAILY) | streaks | set(PAIR) | BY_CALENDAR | set(VOLUME)
    both = {name for name, one in catalogue().items() if one.timeframes == ("daily", "weekly")}
    assert both == set(oracle.WEEKLY)


def test_crypto_volatility_counts_365_days(sample_bars: dict[str, Bars]) -> None:
    one = sample_bars["SPX"]
    coin = Bars(one.instrument.model_copy(update={"calendar": "24/7"}), one.frame, "sample", "")
    expected = 100 * np.log(one.frame.close).diff()[-20:].std() * 365**0.5
    assert_same(compute(view_of(coin), "realized_vol_20"), expected, "realized_vol_20")
