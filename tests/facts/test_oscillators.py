"""Oscillators and overlays against TA-Lib, plain pandas, ta, the tables of Skender's library, and by hand."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import talib

from pipeline.facts import oscillation, series
from pipeline.facts.catalogue import catalogue
from pipeline.facts.view import Missing, View, pair_view, view_of
from pipeline.market.bars import Bars
from pipeline.market.instruments import Instrument

FUND = Instrument(symbol="HAND", name="Hand", kind="fund")
SESSIONS = sorted(random.Random(28).sample(range(1000, 5031), 30))


def middle(bars: pd.DataFrame, window: int) -> float:
    return (bars.high[-window:].max() + bars.low[-window:].min()) / 2


def hull(close: pd.Series, window: int) -> float:
    raw = 2 * talib.WMA(close, window // 2) - talib.WMA(close, window)
    return talib.WMA(raw, int(np.floor(np.sqrt(window)))).iloc[-1]


ORACLES: dict[str, Callable[[pd.DataFrame], float]] = {
    "ultimate_oscillator": lambda b: talib.ULTOSC(b.high, b.low, b.close, 7, 14, 28).iloc[-1],
    "awesome_oscillator": lambda b: (b.high + b.low)[-5:].mean() / 2 - (b.high + b.low)[-34:].mean() / 2,
    "stoch_rsi_k": lambda b: talib.STOCHRSI(b.close, 14, 14, 3, 0)[1].iloc[-1],
    "stoch_rsi_d": lambda b: talib.STOCHRSI(b.close, 14, 14, 3, 0)[1][-3:].mean(),
    "bull_power_13": lambda b: (b.high - talib.EMA(b.close, 13)).iloc[-1],
    "bear_power_13": lambda b: (b.low - talib.EMA(b.close, 13)).iloc[-1],
    "hma_9": lambda b: hull(b.close, 9),
    "vwma_20": lambda b: (b.close * b.volume)[-20:].sum() / b.volume[-20:].sum(),
    "ichimoku_conversion": lambda b: middle(b, 9),
    "ichimoku_base": lambda b: middle(b, 26),
    "ichimoku_span_a": lambda b: (middle(b, 9) + middle(b, 26)) / 2,
    "ichimoku_span_b": lambda b: middle(b, 52),
}
PROVED = frozenset(ORACLES)
"""Measures this file proves."""


def fund(frame: pd.DataFrame) -> View:
    """The view of bars whose volume is their own."""
    return view_of(Bars(FUND, frame, "hand", ""))


def hand(close: list[float], **columns: list[float]) -> View:
    """A view of hand-made closes on weekdays from Monday 2024-01-01, with a range of 2 and a volume of 10."""
    frame = pd.DataFrame({"close": close}, index=pd.bdate_range("2024-01-01", periods=len(close)), dtype=float)
    usual = {"open": frame.close, "high": frame.close + 1, "low": frame.close - 1, "volume": 10.0}
    for name, column in usual.items():
        frame[name] = columns.get(name, column)
    return fund(frame)


def value(view: View, name: str) -> float:
    view.require(catalogue()[name].bars)
    return float(catalogue()[name].compute(view).value)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ORACLES)
def test_at_random_sessions(name: str, sample_bars: dict[str, Bars]) -> None:
    for position in SESSIONS:
        frame = sample_bars["SPX"].frame.iloc[: position + 1]
        assert value(fund(frame), name) == pytest.approx(ORACLES[name](frame), rel=1e-9, abs=1e-9), position


@pytest.mark.parametrize("name", ORACLES)
def test_the_first_value_needs_as_many_bars_as_declared(name: str, sample_bars: dict[str, Bars]) -> None:
    """With one bar fewer the oracle has no value either, where it warms up; with as many both have the same."""
    bars = catalogue()[name].bars
    frame = sample_bars["IXIC"].frame.iloc[:bars]
    assert value(fund(frame), name) == pytest.approx(ORACLES[name](frame), rel=1e-9, abs=1e-9)
    if name in ("ultimate_oscillator", "hma_9"):  # the recursive ones are told later, once they have settled
        assert np.isnan(ORACLES[name](frame.iloc[:-1]))


@pytest.fixture(scope="module")
def skender(shared: Path) -> Path:
    return shared / "oracles" / "skender"


@pytest.fixture(scope="module")
def quotes(skender: Path) -> pd.DataFrame:
    return pd.read_csv(skender / "quotes_default.csv", parse_dates=["date"], index_col="date").astype(float)


@pytest.mark.parametrize(
    ("file", "column", "find", "back"),
    [
        ("uo", "ultimate", oscillation.ultimate, 0),
        ("awesome", "oscillator", lambda v: oscillation.awesome(v)[-1], 0),
        ("hma", "hma", lambda v: oscillation.hull(v, 14), 0),
        ("vwma", "vwma", lambda v: oscillation.volume_weighted(v, 14), 0),
        ("stoch-rsi", "signal", lambda v: oscillation.stoch_rsi(v)[0][-1], 0),
        ("ichimoku", "tenkanSen", lambda v: oscillation.ichimoku(v)[0], 0),
        ("ichimoku", "kijunSen", lambda v: oscillation.ichimoku(v)[1], 0),
        ("ichimoku", "senkouSpanA", lambda v: oscillation.ichimoku(v)[2], 26),
        ("ichimoku", "senkouSpanB", lambda v: oscillation.ichimoku(v)[3], 26),
    ],
)
def test_against_skender(
    file: str, column: str, find: Callable[[View], float], back: int, quotes: pd.DataFrame, skender: Path
) -> None:
    """The last 30 rows of its tables; its spans are drawn 26 bars after the one they are computed on, ours are not."""
    table = pd.read_csv(skender / f"{file}.csv")[column].to_numpy()
    for row in range(len(quotes) - 30, len(quotes)):
        found = find(fund(quotes.iloc[: row - back + 1]))
        assert found == pytest.approx(table[row], rel=1e-9, abs=1e-9), row


def test_stoch_rsi_d_and_powers_against_skender(quotes: pd.DataFrame, skender: Path) -> None:
    """%D is the mean of three of its signals; the powers stand in the table of last rows."""
    seen = fund(quotes)
    signal = pd.read_csv(skender / "stoch-rsi.csv").signal
    assert value(seen, "stoch_rsi_d") == pytest.approx(signal[-3:].mean(), rel=1e-9)
    last = {row["name"]: row["last"] for row in json.loads((skender / "_last_row.json").read_text())}["elder-ray"]
    assert value(seen, "bull_power_13") == pytest.approx(last["bullPower"], rel=1e-9)
    assert value(seen, "bear_power_13") == pytest.approx(last["bearPower"], rel=1e-9)


def test_the_seed_snapshot(shared: Path) -> None:
    """Computed with TA-Lib on the full series."""
    seed = json.loads((shared / "oracles" / "seed_snapshot_2026-01-16_talib_fullhistory.json").read_text())
    keys = {"UO": "ultimate_oscillator", "AO": "awesome_oscillator", "HMA9": "hma_9", "VWMA20": "vwma_20",
            "StochRSI_K": "stoch_rsi_k", "StochRSI_D": "stoch_rsi_d"}  # fmt: skip
    for symbol in ("RUT", "SPX"):
        frame = pd.read_csv(shared / "market" / f"{symbol}.csv", parse_dates=["date"], index_col="date").astype(float)
        for key, name in keys.items():
            assert value(fund(frame[:"2026-01-16"]), name) == pytest.approx(seed[symbol][key], rel=1e-9), name


@pytest.fixture(scope="module")
def year(sample_bars: dict[str, Bars]) -> pd.DataFrame:
    """The last 400 sessions of the sample."""
    return sample_bars["IXIC"].frame[-400:]


def test_what_stands_in_for_ta_equals_it(year: pd.DataFrame) -> None:
    """The latest values of ta on the same bars; its RSI starts from zero, which 400 bars forget to 1e-9."""
    from ta.momentum import StochRSIIndicator
    from ta.trend import CCIIndicator, IchimokuIndicator, WMAIndicator

    seen = fund(year)
    stoch = StochRSIIndicator(year.close, 14, 3, 3)
    lines = IchimokuIndicator(year.high, year.low, 9, 26, 52)
    pairs = [
        (oscillation.weighted(seen.close, 9)[-2:], WMAIndicator(year.close, 9).wma()),
        (oscillation.cci(seen), CCIIndicator(year.high, year.low, year.close, 20).cci()),
        (oscillation.stoch_rsi(seen)[0], 100 * stoch.stochrsi_k()),
        (oscillation.stoch_rsi(seen)[1], 100 * stoch.stochrsi_d()),
        (oscillation.ichimoku(seen)[:1], lines.ichimoku_conversion_line()),
        (oscillation.ichimoku(seen)[1:2], lines.ichimoku_base_line()),
        (oscillation.ichimoku(seen)[2:3], lines.ichimoku_a()),
        (oscillation.ichimoku(seen)[3:], lines.ichimoku_b()),
    ]
    for found, expected in pairs:
        np.testing.assert_allclose(found, expected[-len(found) :], rtol=1e-9)


def test_values_of_the_bars_before_are_those_of_that_session(year: pd.DataFrame) -> None:
    """What votes compare with is what the measure was a session before, by TA-Lib."""
    seen, close = fund(year), year.close
    stochastic = talib.STOCH(year.high, year.low, close, 14, 3, 0, 3, 0)
    fast = talib.STOCHRSI(close, 14, 14, 3, 0)[1]
    typical = (year.high + year.low) / 2
    expected = [
        (oscillation.slow_stochastic(seen)[0], stochastic[0]),
        (oscillation.slow_stochastic(seen)[1], stochastic[1]),
        (oscillation.stoch_rsi(seen)[0], fast),
        (oscillation.stoch_rsi(seen)[1], fast.rolling(3).mean()),
        (oscillation.williams_r(seen), talib.WILLR(year.high, year.low, close, 14)),
        (oscillation.cci(seen), talib.CCI(year.high, year.low, close, 20)),
        (oscillation.awesome(seen), typical.rolling(5).mean() - typical.rolling(34).mean()),
        (oscillation.momentum(seen), talib.MOM(close, 10)),
        (oscillation.power(seen, "bull"), year.high - talib.EMA(close, 13)),
        (oscillation.power(seen, "bear"), year.low - talib.EMA(close, 13)),
    ]
    for found, oracle in expected:
        assert len(found) >= 2
        np.testing.assert_allclose(found, oracle[-len(found) :], rtol=1e-9)


def test_a_hull_average_lies_on_a_straight_line() -> None:
    """By hand: a WMA of n on a line lags by (n - 1) / 3, so 2 WMA4 - WMA9 leads by 2 / 3 and its WMA3 lags by that."""
    assert value(hand([2.0 * n for n in range(40)]), "hma_9") == pytest.approx(78)


def test_a_volume_weighted_average_by_hand() -> None:
    """Nineteen sessions at 10 with a volume of 1, one at 40 with a volume of 11."""
    assert value(hand([10.0] * 19 + [40.0], volume=[1.0] * 19 + [11.0]), "vwma_20") == pytest.approx(21)


def missing(view: View, name: str) -> str:
    with pytest.raises(Missing) as caught:
        catalogue()[name].compute(view)
    return str(caught.value)


def test_volume_that_is_not_real_is_missing_with_the_reason(sample_bars: dict[str, Bars]) -> None:
    index = view_of(sample_bars["IXIC"])
    reason = "needs real volume: IXIC is an index, and the volume printed for it is not its own"
    assert missing(index, "vwma_20") == reason
    for seen in (index.without_last, index.weekly):
        with pytest.raises(Missing, match="IXIC is an index"):
            series.volumes(seen, 20)
    one = hand([10.0] * 30)
    with pytest.raises(Missing, match="needs real volume: HAND/HAND is a ratio"):
        series.volumes(pair_view(one, one), 20)


def test_unknown_volumes_are_counted_with_the_latest_day() -> None:
    """Thirty weekdays from 2024-01-01: the 11th is January 15, the 20th January 26; the first is out of the window."""
    volume = [np.nan, *[10.0] * 29]
    volume[10] = volume[19] = np.nan
    seen = hand([10.0] * 30, volume=volume)
    assert missing(seen, "vwma_20") == (
        "needs a volume for each of the last 20 sessions; 2 have none, the latest 2024-01-26"
    )
    assert series.volumes(seen, 10).tolist() == [10.0] * 10
    assert missing(hand([10.0] * 30, volume=[0.0] * 30), "vwma_20") == (
        "needs a volume above zero in the last 20 sessions"
    )


def test_oscillators_of_prices_that_do_not_move_have_no_value() -> None:
    flat = hand([10.0] * 60, high=[10.0] * 60, low=[10.0] * 60)
    assert np.isnan(oscillation.ultimate(flat))
    assert np.isnan(oscillation.stoch_rsi(flat)[0]).all()
    rising = hand([float(n) for n in range(1, 61)])
    assert np.isnan(oscillation.stoch_rsi(rising)[0][-1]), "the RSI is 100 throughout: it has no range"
