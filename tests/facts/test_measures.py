"""Every measure at random sessions of the sample, against TA-Lib and plain pandas (measure_oracles.py)."""

from __future__ import annotations

import random

import measure_oracles as oracle
import numpy as np
import pytest
import talib
import test_calendar
import test_largest
import test_levels
import test_oscillators
import test_pivots
import test_ratings
import test_recent
import test_stance
from days import Day, assert_same, compute, ratio_value
from volume_oracles import VOLUME

from pipeline.facts.catalogue import catalogue
from pipeline.facts.view import Missing, view_of
from pipeline.market.bars import Bars

SESSIONS = sorted(random.Random(20181231).sample(range(2000, 5031), 5))
"""Positions of the as-of in the sample, past 2,000 bars, where the seeds of TA-Lib's MACD and ADX are forgotten."""


@pytest.fixture(scope="module")
def days(sample_bars: dict[str, Bars]) -> list[Day]:
    return [Day(sample_bars, position) for position in SESSIONS]


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


def test_rsi_of_the_last_week_that_was_over_when_the_next_one_began(days: list[Day]) -> None:
    assert {day.week_over for day in days} == {True, False}
    for day in days[-5:]:
        closes = oracle.completed(day.mine, day.following)
        expected = talib.RSI(closes, 14).iloc[-1], (closes.index[-1],)
        assert_same(compute(day.views[0].weekly, "rsi_14_completed"), expected, str(day.mine.index[-1]))


def test_gaps_are_both_found_and_refused(sample_bars: dict[str, Bars]) -> None:
    """The sample's opens repeat the close before them in its first years and are real in its last."""
    one = sample_bars["SPX"]
    for last, real in (("2003-06-30", False), ("2018-06-29", True)):
        view = view_of(Bars(one.instrument, one.frame[:last], "sample", ""))
        for name in ("gap_1d", "points_gap_1d"):
            assert (compute(view, name) is not None) is real
    with pytest.raises(Missing, match=r"has no value: \d\d of the last 60 opens repeat the previous close"):
        catalogue()["gap_1d"].compute(view_of(Bars(one.instrument, one.frame[:"2003-06-30"], "sample", "")))


@pytest.mark.parametrize(("repeats", "real"), [(12, True), (13, False)])
def test_a_fifth_of_the_opens_may_repeat_the_close(repeats: int, real: bool, sample_bars: dict[str, Bars]) -> None:
    frame = sample_bars["SPX"].frame.iloc[-100:].copy()
    frame["open"] = frame.close.shift(fill_value=1.0) + 0.5
    frame.iloc[-repeats - 1 : -1, 0] -= 0.5
    found = compute(view_of(Bars(sample_bars["SPX"].instrument, frame, "hand", "")), "points_gap_1d")
    assert (None if found is None else found.value) == (0.5 if real else None)


def test_equal_averages_keep_the_order_they_are_named_in(sample_bars: dict[str, Bars]) -> None:
    frame = sample_bars["SPX"].frame.iloc[-250:].copy()
    frame["close"] = 100.0
    view = view_of(Bars(sample_bars["SPX"].instrument, frame, "hand", ""))
    assert catalogue()["stack_order"].compute(view).value == "close > sma_20 > sma_50 > sma_100 > sma_200"


PAIR = [name for name, one in catalogue().items() if one.scope == "pair" and "performance" not in name]


@pytest.mark.parametrize("name", PAIR)
def test_pair(name: str, days: list[Day]) -> None:
    for day in days:
        assert_same(compute(day.pair, name), ratio_value(day, name), f"{name} on {day.mine.index[-1]}")


ELSEWHERE = (
    test_calendar, test_largest, test_levels, test_oscillators, test_pivots, test_ratings, test_recent, test_stance,
)  # fmt: skip


def test_every_measure_has_an_oracle() -> None:
    streaks = {name for name in catalogue() if "_streak_" in name}
    elsewhere = set[str]().union(*(module.PROVED for module in ELSEWHERE)) | {"rsi_14_completed"} | set(VOLUME)
    assert set(catalogue()) == set(oracle.DAILY) | streaks | set(PAIR) | elsewhere
    both = {name for name, one in catalogue().items() if one.timeframes == ("daily", "weekly")}
    assert both == set(oracle.WEEKLY)


def test_crypto_volatility_counts_365_days(sample_bars: dict[str, Bars]) -> None:
    one = sample_bars["SPX"]
    coin = Bars(one.instrument.model_copy(update={"calendar": "24/7"}), one.frame, "sample", "")
    expected = 100 * np.log(one.frame.close).diff()[-20:].std() * 365**0.5
    assert_same(compute(view_of(coin), "realized_vol_20"), expected, "realized_vol_20")
