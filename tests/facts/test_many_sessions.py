"""The whole catalogue at many sessions: TA-Lib at 60, plain pandas at 200, no look-ahead at 100."""

from __future__ import annotations

import random
from datetime import date

import measure_oracles as oracle
import pytest
import test_oscillators
from days import Day, assert_same, compute, ratio_value
from volume_oracles import VOLUME

from pipeline.facts.build import build_snapshot
from pipeline.facts.catalogue import catalogue
from pipeline.market.bars import Bars

pytestmark = pytest.mark.slow
INDICATORS = (
    "rsi_14", "sma_", "ema_", "distance_sma", "distance_ema", "macd", "adx", "plus_di", "minus_di", "atr", "bollinger",
    "stochastic", "williams", "cci", "roc", "momentum", "ma_", "stack_", "close_cross",
)  # fmt: skip
PRICES = ("change_", "points_", "record", "is_record", "drawdown")
BY_TALIB = [name for name in oracle.DAILY if name.startswith(INDICATORS)]
LATER = test_oscillators.ORACLES | VOLUME
"""Families with oracles of their own; those of volume see the sample as a fund, whose volume would be its own."""
BY_PANDAS = [name for name in oracle.DAILY if name.startswith(PRICES)]
SPREADS = [name for name in catalogue() if name.startswith("spread_")]


def drawn(bars: dict[str, Bars], first: int, last: int, number: int) -> list[int]:
    """Random positions of sessions, the same in every run."""
    return sorted(random.Random(first + number).sample(range(first, min(last, len(bars["IXIC"]))), number))


def test_indicators_at_60_sessions_past_2000_bars(sample_bars: dict[str, Bars]) -> None:
    for position in drawn(sample_bars, 2000, 9999, 60):
        day = Day(sample_bars, position)
        for name in BY_TALIB:
            assert_same(compute(day.views[0], name), oracle.DAILY[name](day.mine), f"{name} on {day.mine.index[-1]}")


def test_oscillators_overlays_and_volume_at_60_sessions(sample_bars: dict[str, Bars]) -> None:
    for first, last in ((2000, 9999), (300, 2000)):
        for position in drawn(sample_bars, first, last, 60):
            frame = sample_bars["SPX"].frame.iloc[: position + 1]
            view = test_oscillators.fund(frame)
            for name, expected in LATER.items():
                if len(frame) >= catalogue()[name].bars:
                    assert_same(compute(view, name), expected(frame), f"{name} on {frame.index[-1]}")


def test_indicators_at_60_earlier_sessions_to_the_last_digit_shown(sample_bars: dict[str, Bars]) -> None:
    told: set[str] = set()
    for position in drawn(sample_bars, 300, 2000, 60):
        day = Day(sample_bars, position)
        for name in BY_TALIB:
            found, measure = compute(day.views[0], name), catalogue()[name]
            if found is None and (len(day.mine) < measure.bars or "_cross_" in name):
                continue  # a recursive average whose seed still shows, or one not crossed since it is told
            expected = oracle.DAILY[name](day.mine)
            assert_same(found, expected, f"{name} on {day.mine.index[-1]}", digits=measure.decimals)
            told.add(name)
    assert told == set(BY_TALIB), "each was told at some session"


def test_changes_streaks_records_and_spreads_at_200_sessions(sample_bars: dict[str, Bars]) -> None:
    for position in drawn(sample_bars, 300, 9999, 200):
        day = Day(sample_bars, position)
        for name in BY_PANDAS:
            assert_same(compute(day.views[0], name), oracle.DAILY[name](day.mine), f"{name} on {day.mine.index[-1]}")
        for name in SPREADS:
            assert_same(compute(day.pair, name), ratio_value(day, name), f"{name} on {day.mine.index[-1]}")
        weekly = oracle.weeks(day.mine).close
        relative = oracle.relative_returns(day.mine.close, day.theirs.close)
        for direction, sign, view, daily in (
            ("up", 1, day.views[0], day.mine.close),
            ("down", -1, day.views[0], day.mine.close),
            ("outperformance", 1, day.pair, relative),
            ("underperformance", -1, day.pair, relative),
        ):
            for shape, expected in oracle.STREAKS.items():
                name = shape.format(direction, "sessions")
                assert_same(compute(view, name), expected(daily, sign), f"{name} on {day.mine.index[-1]}")
                if direction in ("up", "down"):
                    name = shape.format(direction, "weeks")
                    assert_same(compute(view.weekly, name), expected(weekly, sign), f"{name} on {day.mine.index[-1]}")


def test_no_look_ahead_at_100_sessions(sample_bars: dict[str, Bars]) -> None:
    """The same snapshot from bars that end at the session as from bars that go on, with absurd prices after it."""
    for position in drawn(sample_bars, 30, 9999, 100):
        day: date = sample_bars["IXIC"].frame.index[position].date()
        cut, absurd = [], []
        for one in (sample_bars["IXIC"], sample_bars["SPX"]):
            frame = one.frame.copy()
            frame.iloc[position + 1 :] *= 1000
            absurd.append(Bars(one.instrument, frame, one.source, one.description))
            cut.append(one.up_to(day))
        assert build_snapshot(*cut) == build_snapshot(*absurd, as_of=day), day
