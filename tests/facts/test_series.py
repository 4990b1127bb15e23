"""Shared series from their first value on, and the hand-made cases real bars rarely show."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import talib

from pipeline.facts import series
from pipeline.facts.catalogue import catalogue
from pipeline.facts.view import View, view_of
from pipeline.market.bars import Bars
from pipeline.market.instruments import Instrument


def view(close: list[float], **columns: list[float]) -> View:
    """A daily view of hand-made closes on weekdays from Monday 2024-01-01."""
    frame = pd.DataFrame({"close": close}, index=pd.bdate_range("2024-01-01", periods=len(close)), dtype=float)
    for name in ("open", "high", "low", "volume"):
        frame[name] = columns.get(name, close)
    return view_of(Bars(Instrument(symbol="HAND", name="Hand"), frame, "hand", ""))


def test_rsi_against_the_published_table(shared: Path) -> None:
    """The 33 bars of StockCharts's ChartSchool, 70.53 first and 37.77 last, from the first value on.

    The table seeds with the mean of the first 14 moves, as Wilder did and this project does. ta seeds from zero and on
    these bars is off by 1.33 points at first and by 2.28 at last.
    """
    table = pd.read_csv(shared / "oracles" / "rsi_stockcharts_33.csv")
    found = series.rsi(view(table.close.tolist()), 14)
    assert np.isnan(found[:14]).all()
    assert np.round(found[14:], 2).tolist() == table.rsi14[14:].tolist()

    from ta.momentum import RSIIndicator

    seeded_from_zero = RSIIndicator(table.close, 14).rsi() - table.rsi14
    assert seeded_from_zero.round(2)[[14, 32]].tolist() == [1.33, -2.28]


@pytest.mark.parametrize(
    ("column", "file", "make"),
    [
        ("rsi", "rsi", lambda v: series.rsi(v, 14)),
        ("ema", "ema", lambda v: series.ema(v, 20)),
        ("sma", "sma", lambda v: series.sma(v, 20)),
        ("macd", "macd", series.macd),
        ("signal", "macd", series.macd_signal),
        ("atr", "atr", lambda v: series.atr(v, 14)),
        ("adx", "adx", lambda v: series.directional(v, 14)[0]),
        ("pdi", "adx", lambda v: series.directional(v, 14)[1]),
        ("mdi", "adx", lambda v: series.directional(v, 14)[2]),
    ],
)
def test_every_value_against_skender(column: str, file: str, make, shared: Path) -> None:
    """502 bars, from the first value on: the same warm-up, the same seed, one part in ten billion."""
    folder = shared / "oracles" / "skender"
    quotes = pd.read_csv(folder / "quotes_default.csv", parse_dates=["date"], index_col="date").astype(float)
    found = make(view_of(Bars(Instrument(symbol="Q", name="Q"), quotes, "hand", "")))
    expected = pd.read_csv(folder / f"{file}.csv")[column].to_numpy()
    np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-9)


@pytest.mark.parametrize("name", ["rsi", "ema", "sma", "atr"])
def test_every_value_against_talib(name: str, sample_bars: dict[str, Bars]) -> None:
    """TA-Lib seeds these alike, so they agree from the first value on."""
    frame = sample_bars["IXIC"].frame
    seen = view_of(sample_bars["IXIC"])
    expected = {
        "rsi": lambda: talib.RSI(frame.close, 14),
        "ema": lambda: talib.EMA(frame.close, 200),
        "sma": lambda: talib.SMA(frame.close, 200),
        "atr": lambda: talib.ATR(frame.high, frame.low, frame.close, 14),
    }[name]()
    window = 200 if name.endswith("ma") else 14
    np.testing.assert_allclose(getattr(series, name)(seen, window), expected.to_numpy(), rtol=1e-10)


@pytest.mark.parametrize("name", ["macd", "macd_signal", "adx"])
def test_later_values_against_talib(name: str, sample_bars: dict[str, Bars]) -> None:
    """TA-Lib seeds these otherwise; after 1,000 bars nothing of the seed is left."""
    frame = sample_bars["IXIC"].frame
    seen = view_of(sample_bars["IXIC"])
    found = series.directional(seen, 14)[0] if name == "adx" else getattr(series, name)(seen)
    line, signal, _ = talib.MACD(frame.close, 12, 26, 9)
    expected = {"macd": line, "macd_signal": signal, "adx": talib.ADX(frame.high, frame.low, frame.close, 14)}[name]
    np.testing.assert_allclose(found[1000:], expected.to_numpy()[1000:], rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", ["rsi", "ema", "macd", "macd_signal", "atr", "adx", "plus_di", "minus_di"])
def test_the_last_values_are_those_of_ta(name: str, sample_bars: dict[str, Bars]) -> None:
    """Vectorised here with TA-Lib's seeds; once ta has forgotten its own, both agree to one part in a billion."""
    from ta.momentum import RSIIndicator
    from ta.trend import MACD, ADXIndicator, EMAIndicator
    from ta.volatility import AverageTrueRange

    frame, seen = sample_bars["IXIC"].frame, view_of(sample_bars["IXIC"])
    prices = frame.high, frame.low, frame.close
    trend = series.directional(seen, 14)
    ours, theirs = {
        "rsi": lambda: (series.rsi(seen, 14), RSIIndicator(frame.close, 14).rsi()),
        "ema": lambda: (series.ema(seen, 200), EMAIndicator(frame.close, 200).ema_indicator()),
        "macd": lambda: (series.macd(seen), MACD(frame.close).macd()),
        "macd_signal": lambda: (series.macd_signal(seen), MACD(frame.close).macd_signal()),
        "atr": lambda: (series.atr(seen, 14), AverageTrueRange(*prices, 14).average_true_range()),
        "adx": lambda: (trend[0], ADXIndicator(*prices, 14).adx()),
        "plus_di": lambda: (trend[1], ADXIndicator(*prices, 14).adx_pos()),
        "minus_di": lambda: (trend[2], ADXIndicator(*prices, 14).adx_neg()),
    }[name]()
    np.testing.assert_allclose(ours[-1000:], theirs.to_numpy()[-1000:], rtol=1e-9, atol=1e-9)


def test_rsi_of_unchanged_closes_is_undefined() -> None:
    assert np.isnan(series.rsi(view([5.0] * 40), 14)).all()


def test_rsi_of_closes_that_only_rise_is_100() -> None:
    assert series.rsi(view([float(n) for n in range(1, 41)]), 14)[-1] == 100


def test_a_series_shorter_than_its_window_has_no_value() -> None:
    assert np.isnan(series.ema(view([1.0, 2.0, 3.0]), 5)).all()


def test_an_unchanged_close_ends_a_streak() -> None:
    seen = view([1, 2, 3, 3, 4, 5, 6])
    found = catalogue()["up_streak_sessions"].compute(seen)
    assert (found.value, found.dates) == (3, (date(2024, 1, 5), date(2024, 1, 9)))
    assert catalogue()["down_streak_sessions"].compute(seen).value == 0
    longest = catalogue()["longest_up_streak_sessions"].compute(view([1, 2, 3, 3, 4, 5, 5]))
    assert (longest.value, longest.dates) == (2, (date(2024, 1, 5), date(2024, 1, 8))), "the latest of two equal runs"


def test_a_close_on_the_line_is_not_yet_a_crossing() -> None:
    sides = np.array([np.nan, 1.0, 0.0, 2.0, 0.0, -1.0, -2.0])
    found = series.crossing(view([1.0] * 7), "hand", lambda _: sides)
    assert found == series.Crossing(date(2024, 1, 8), above=False, bars_since=1)
    assert series.crossing(view([1.0] * 7), "touch", lambda _: np.abs(sides)) is None


def test_first_record_of_the_year_may_be_its_first_session() -> None:
    frame = pd.DataFrame({"close": [1.0, 5.0, 6.0, 4.0, 7.0]}, index=pd.to_datetime(
        ["2023-12-28", "2023-12-29", "2024-01-02", "2024-01-03", "2024-01-04"]))  # fmt: skip
    frame[["open", "high", "low", "volume"]] = 1.0
    seen = view_of(Bars(Instrument(symbol="HAND", name="Hand"), frame, "hand", ""))
    found = catalogue()["records_this_year"].compute(seen)
    assert (found.value, found.dates) == (2, (date(2024, 1, 2), date(2024, 1, 4)))


RECURSIVE = ("ema_5", "ema_20", "ema_50", "ema_100", "ema_200", "rsi_14", "macd", "macd_signal", "adx_14", "plus_di_14",
             "atr_14", "stoch_rsi_k", "stoch_rsi_d", "bull_power_13")  # fmt: skip


@pytest.mark.parametrize("name", RECURSIVE)
def test_a_value_is_told_once_it_no_longer_shows_where_the_data_begin(name: str, sample_bars: dict[str, Bars]) -> None:
    """On as many bars as it needs it is, to the last digit shown, what it is on all; on 30 bars fewer it may not be."""
    measure, frame = catalogue()[name], sample_bars["SPX"].frame
    for position in range(2500, 5000, 250):
        whole = view_of(Bars(sample_bars["SPX"].instrument, frame.iloc[:position], "", ""))
        short = view_of(Bars(sample_bars["SPX"].instrument, frame.iloc[position - measure.bars : position], "", ""))
        values = [float(measure.compute(one).value) for one in (whole, short)]  # type: ignore[arg-type]
        least = 2e-5 * values[0] if name == "ema_200" else 0.005
        assert abs(values[0] - values[1]) < least, position


def test_bars_until_a_seed_is_forgotten() -> None:
    """By hand: (2/3)^35 and (13/14)^187 are the first powers below a millionth; 200 is capped."""
    assert (2 / 3) ** 34 > 1e-6 > (2 / 3) ** 35
    assert (13 / 14) ** 186 > 1e-6 > (13 / 14) ** 187
    assert series.settled(5) == 5 + 35
    assert series.settled(14, wilder=True) == 14 + 187
    assert series.settled(200) == 1000
