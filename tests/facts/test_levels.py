"""Swing levels and round numbers: against pandas at 200 sessions, Skender's fractals, and bars made by hand."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import talib

from pipeline.facts.catalogue import catalogue
from pipeline.facts.measures.levels import swings
from pipeline.facts.view import Missing, View, view_of
from pipeline.market.bars import Bars
from pipeline.market.instruments import Instrument

SIDES = {"resistance": ("high", 1), "support": ("low", -1)}
PROVED = {
    *(shape.format(f"swing_{side}_{rank}") for side in SIDES for rank in (1, 2, 3)
      for shape in ("{}", "distance_{}", "from_close_{}", "{}_touches")),
    "round_number_above", "round_number_below",
}  # fmt: skip
SESSIONS = sorted(random.Random(5).sample(range(300, 5031), 200))


def hand(high: list[float], low: list[float] | None = None, close: float = 10.0) -> View:
    """A view of hand-made bars on weekdays from Monday 2024-01-01, all with one close."""
    frame = pd.DataFrame({"high": high}, index=pd.bdate_range("2024-01-01", periods=len(high)), dtype=float)
    frame["low"] = 1.0 if low is None else low
    frame["open"] = frame["close"] = close
    frame["volume"] = 1.0
    return view_of(Bars(Instrument(symbol="HAND", name="Hand"), frame, "hand", ""))


def found(view: View, name: str) -> Any:
    view.require(catalogue()[name].bars)
    return catalogue()[name].compute(view)


@pytest.mark.slow
def test_every_level_at_200_sessions(sample_bars: dict[str, Bars]) -> None:
    """A centred rolling extreme of 11 bars; the rows after the as-of are cut off first."""
    bars = sample_bars["IXIC"]
    ranges = talib.ATR(bars.frame.high, bars.frame.low, bars.frame.close, 14)
    missing = 0
    for position in SESSIONS:
        frame = bars.frame.iloc[: position + 1]
        view, close, index = view_of(Bars(bars.instrument, frame, "sample", "")), frame.close.iloc[-1], frame.index
        peaks = frame.high[frame.high == frame.high.rolling(11, center=True).max()]
        troughs = frame.low[frame.low == frame.low.rolling(11, center=True).min()]
        swung = {"resistance": peaks[peaks.index >= index[-252]], "support": troughs[troughs.index >= index[-252]]}
        for side, (_, sign) in SIDES.items():
            beyond = swung[side][(swung[side] - close) * sign > 0]
            levels = beyond[~beyond.duplicated(keep="last")].sort_values(ascending=sign > 0, kind="stable")
            for rank in (1, 2, 3):
                name = f"swing_{side}_{rank}"
                if len(levels) < rank:
                    missing += 1
                    with pytest.raises(Missing, match="has no value"):
                        found(view, name)
                    continue
                price, day = levels.iloc[rank - 1], levels.index[rank - 1]
                confirmed = index[index.get_loc(day) + 5]
                assert found(view, name).value == price
                assert found(view, name).dates == (day.date(), confirmed.date())
                assert found(view, f"distance_{name}").value == pytest.approx(100 * (close / price - 1), rel=1e-9)
                assert found(view, f"from_close_{name}").value == pytest.approx(100 * (price / close - 1), rel=1e-9)
                half = ranges.iloc[position] / 2
                near = pd.concat([points[(points - price).abs() <= half] for points in swung.values()])
                touches = found(view, f"{name}_touches")
                assert touches.value == len(near)
                assert touches.dates == (near.index.min().date(), near.index.max().date())
    assert 0 < missing < 300, "records and troughs are among the sessions, and not all of them"


@pytest.mark.parametrize(("column", "price", "sign"), [("fractalBear", "high", 1), ("fractalBull", "low", -1)])
def test_swings_against_skender(column: str, price: str, sign: int, shared: Path) -> None:
    """Two bars on either side. Theirs are strict: ours has theirs and those that only equal a neighbour."""
    folder = shared / "oracles" / "skender"
    prices = pd.read_csv(folder / "quotes_default.csv")[price].to_numpy(float)
    strict = set(np.flatnonzero(pd.read_csv(folder / "fractal.csv")[column].notna()))
    ours = set(swings(prices, sign, 2).tolist())
    assert len(strict) > 60
    assert strict <= ours
    for position in ours - strict:
        near = np.delete(prices[position - 2 : position + 3], 2)
        assert prices[position] in near
        assert not (sign * near > sign * prices[position]).any()


def test_a_swing_is_confirmed_by_five_bars_after_it() -> None:
    bars = [11, 11, 12, 11, 11, 20, 11, 12, 11, 11, 11]
    view = hand([float(high) for high in bars])
    assert found(view, "swing_resistance_1").value == 20
    assert found(view, "swing_resistance_1").dates == (date(2024, 1, 8), date(2024, 1, 15)), "Monday and Monday"
    with pytest.raises(Missing, match="needs 11 daily bars"):
        found(view.without_last, "swing_resistance_1")
    with pytest.raises(Missing, match="no confirmed swing high of the last 11 sessions is above the close"):
        found(hand([11.0, *(float(high) for high in bars[:-1])]), "swing_resistance_1")


def test_equal_highs_are_one_level_of_several_touches() -> None:
    """A plateau of two bars and a lower peak, on bars that rise too steadily to have others; half a range is 5."""
    high = [11.0 + n / 100 for n in range(30)]
    high[6] = high[7] = 15.0
    high[20] = 13.0
    view = hand(high, close=12.0)
    assert [found(view, f"swing_resistance_{rank}").value for rank in (1, 2)] == [13, 15]
    assert found(view, "swing_resistance_2").dates == (date(2024, 1, 10), date(2024, 1, 17)), "the later bar of the two"
    touches = catalogue()["swing_resistance_2_touches"].compute(view)  # on fewer bars than its ATR is told from
    assert (touches.value, touches.dates) == (3, (date(2024, 1, 9), date(2024, 1, 29)))
    with pytest.raises(Missing, match=r"only 2 confirmed levels of swing highs of the last 30 sessions are above"):
        found(view, "swing_resistance_3")


def test_a_level_at_the_close_is_on_neither_side() -> None:
    """Every bar of a flat stretch is a swing point."""
    high = [11.0] * 30
    assert found(hand(high, close=10.99), "swing_resistance_1").value == 11
    with pytest.raises(Missing, match="no confirmed swing high"):
        found(hand(high, close=11.0), "swing_resistance_1")


def test_a_bar_252_sessions_back_counts_and_the_one_before_it_does_not() -> None:
    for back, expected in ((252, True), (253, False)):
        high = [11.0 + n / 1000 for n in range(300)]
        high[-back] = 20.0
        view = hand(high, close=15.0)
        if expected:
            assert found(view, "swing_resistance_1").value == 20
        else:
            with pytest.raises(Missing, match="of the last 252 sessions is above the close"):
                found(view, "swing_resistance_1")


def test_one_level_is_told_as_one() -> None:
    high = [11.0 + n / 100 for n in range(30)]
    high[15] = 20.0
    with pytest.raises(Missing, match=r"only one confirmed level of swing highs of the last 30 sessions is above"):
        found(hand(high, close=15.0), "swing_resistance_2")


@pytest.mark.parametrize(
    ("close", "below", "above"),
    [
        (6635.28, 6600, 6700),
        (2700, 2600, 2800),
        (2699.9999999, 2600, 2800),
        (1000, 900, 1100),
        (999.99, 990, 1000),
        (131.25, 130, 140),
        (93.2, 93, 94),
        (9.99, 9.9, 10),
        (0.734, 0.73, 0.74),
        (104321.5, 100000, 110000),
        (23456.7, 23000, 24000),
    ],
)
def test_round_numbers(close: float, below: float, above: float) -> None:
    view = hand([close], [close], close)
    assert float(found(view, "round_number_below").value) == pytest.approx(below, rel=1e-12)
    assert float(found(view, "round_number_above").value) == pytest.approx(above, rel=1e-12)
