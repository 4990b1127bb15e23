"""Volume: every measure against TA-Lib, plain pandas, ta and published values; its laws; and where there is none."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from volume_oracles import VOLUME

from pipeline.facts import series
from pipeline.facts.catalogue import catalogue
from pipeline.facts.units import Kind, Unit, scaled, show, unit_for
from pipeline.facts.view import Missing, View, pair_view, view_of
from pipeline.market.bars import Bars
from pipeline.market.instruments import Instrument, instrument


def bars_of(frame: pd.DataFrame, kind: str = "fund") -> Bars:
    return Bars(Instrument(symbol="HAND", name="Hand", kind=kind), frame, "hand", "")  # type: ignore[arg-type]


def seen(frame: pd.DataFrame, kind: str = "fund") -> View:
    return view_of(bars_of(frame, kind))


def walk(bars: int, seed: int) -> pd.DataFrame:
    """Random bars; some closes stand still, some sessions have no range."""
    rng = np.random.default_rng(seed)
    close = 100 + np.cumsum(np.where(rng.random(bars) < 0.1, 0.0, rng.normal(0, 1, bars).round(2)))
    still = rng.random(bars) < 0.05
    high, low = close + np.where(still, 0, rng.random(bars)), close - np.where(still, 0, rng.random(bars))
    volume = rng.integers(1_000, 90_000_000, bars).astype(float)
    index = pd.bdate_range("2020-01-01", periods=bars)
    return pd.DataFrame({"open": close, "high": high, "low": low, "close": close, "volume": volume}, index=index)


def value(name: str, frame: pd.DataFrame) -> object:
    view = seen(frame)
    view.require(catalogue()[name].bars)
    return catalogue()[name].compute(view).value


def assert_same(name: str, frame: pd.DataFrame) -> None:
    found, expected = value(name, frame), VOLUME[name](frame)
    if isinstance(expected, str):
        assert found == expected, name
    else:
        scale = float(frame.volume[-50:].sum()) if catalogue()[name].unit is Unit.VOLUME else 1.0
        assert float(found) == pytest.approx(float(expected), rel=1e-9, abs=1e-12 * scale), name  # type: ignore[arg-type]


@pytest.mark.parametrize("name", VOLUME)
def test_random_bars(name: str) -> None:
    for seed in range(30):
        assert_same(name, walk(60 + 7 * seed, seed))


@pytest.mark.parametrize("symbol", ["IWM", "SPY", "BTC-USD"])
def test_real_bars(symbol: str, shared: Path) -> None:
    frame = pd.read_csv(shared / "market" / f"{symbol}.csv", parse_dates=["date"], index_col="date").astype(float)
    frame = frame[frame.volume > 0]
    for position in random.Random(20).sample(range(60, len(frame)), 12):
        for name in VOLUME:
            assert_same(name, frame.iloc[: position + 1])


def test_published_values(shared: Path) -> None:
    """Two years of bars with the indicators another library publishes for them."""
    folder = shared / "oracles" / "skender"
    quotes, mfi, obv, cmf = (
        pd.read_csv(folder / f"{name}.csv", parse_dates=["date"], index_col="date").astype(float)
        for name in ("quotes_default", "mfi", "obv", "cmf")
    )
    for position in range(60, len(quotes), 7):
        frame, day = quotes.iloc[: position + 1], quotes.index[position]
        assert value("mfi_14", frame) == pytest.approx(mfi.mfi[day], rel=1e-9)
        assert value("cmf_20", frame) == pytest.approx(cmf.cmf[day], rel=1e-9)
        assert value("obv_change_20", frame) == obv.obv.iloc[position] - obv.obv.iloc[position - 20]


def test_the_money_flow_index_is_that_of_ta() -> None:
    from ta.volume import MFIIndicator

    for seed in range(5):
        frame = walk(80, seed)
        expected = MFIIndicator(frame.high, frame.low, frame.close, frame.volume, 14).money_flow_index().iloc[-1]
        assert value("mfi_14", frame) == pytest.approx(expected, rel=1e-9)


def test_equal_typical_prices_are_no_move_whatever_the_last_bit_says() -> None:
    """67.37 + 66.59 + 67.08 and 67.32 + 66.45 + 67.27 are both 201.04."""
    frame = walk(40, 3)
    last = frame.index[-2:]
    frame.loc[last, ["high", "low", "close"]] = [[67.37, 66.59, 67.08], [67.32, 66.45, 67.27]]
    still = frame.assign(volume=frame.volume.where(frame.index != last[-1], 9e9))
    assert_same("mfi_14", still)
    assert value("mfi_14", still) == value("mfi_14", frame)


def test_by_hand() -> None:
    """Twenty-one sessions: ten rise on 3 shares each, nine fall on 2, one stands still on 100."""
    moves = [1] * 10 + [-1] * 9 + [0]
    close = 50 + np.cumsum([0, *moves]).astype(float)
    volume = [7.0, *[3.0] * 10, *[2.0] * 9, 100.0]
    frame = pd.DataFrame({"open": close, "high": close + 1, "low": close - 1, "close": close, "volume": volume},
                         index=pd.bdate_range("2024-01-01", periods=21))  # fmt: skip
    assert [value(name, frame) for name in ("up_volume_20", "down_volume_20", "obv_change_20")] == [30, 18, 12]
    assert [value(name, frame) for name in ("obv_direction_20", "volume_sma_20")] == ["up", 7.4]
    assert value("volume_ratio_20_prior", frame) == pytest.approx(100 / 2.75)  # 55 shares in the 20 sessions before


@given(st.integers(0, 10_000), st.sampled_from([20, 50]))
def test_up_down_and_unchanged_make_the_window(seed: int, window: int) -> None:
    frame = walk(window + 1, seed)
    still = frame.volume[-window:][frame.close.diff()[-window:] == 0].sum()
    parts = [float(value(f"{way}_volume_{window}", frame)) for way in ("up", "down")]  # type: ignore[arg-type]
    total = window * float(value(f"volume_sma_{window}", frame))  # type: ignore[arg-type]
    assert sum(parts) + still == pytest.approx(total, rel=1e-12)


@pytest.mark.slow
@given(st.integers(0, 10_000))
def test_money_flow_does_not_depend_on_the_unit_of_volume_and_turns_with_the_prices(seed: int) -> None:
    frame = walk(25, seed)
    thousands = frame.assign(volume=frame.volume * 1000)
    mirrored = frame.assign(high=300 - frame.low, low=300 - frame.high, close=300 - frame.close)
    for name in ("mfi_14", "cmf_20"):
        assert value(name, thousands) == pytest.approx(value(name, frame), abs=1e-9)
    assert value("cmf_20", mirrored) == pytest.approx(-float(value("cmf_20", frame)), abs=1e-9)  # type: ignore[arg-type]
    assert value("obv_change_20", mirrored) == -float(value("obv_change_20", frame))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", VOLUME)
def test_an_index_has_none(name: str) -> None:
    with pytest.raises(Missing, match="needs real volume: HAND is an index, and the volume printed for it is not its"):
        catalogue()[name].compute(seen(walk(60, 1), kind="index"))


def test_an_unknown_volume_in_the_window_is_named() -> None:
    frame = walk(60, 1)
    frame.iloc[[-10, -4, -30], frame.columns.get_loc("volume")] = np.nan
    day = frame.index[-4].date()
    with pytest.raises(
        Missing, match=f"needs a volume for each of the last 20 sessions; 2 have none, the latest {day}"
    ):
        series.volumes(seen(frame), 20)
    assert series.volumes(seen(frame), 3).tolist() == frame.volume[-3:].tolist()
    assert value("volume", frame) == frame.volume.iloc[-1]


def test_nothing_traded_is_a_gap_and_not_zero() -> None:
    frame = walk(60, 1).assign(volume=0.0)
    for name in ("volume_ratio_20", "volume_ratio_50_prior", "cmf_20", "mfi_14"):
        with pytest.raises(Missing, match="has no value"):
            catalogue()[name].compute(seen(frame))


def test_views_keep_whether_volume_is_real_and_a_pair_has_none() -> None:
    fund, index = seen(walk(60, 1)), seen(walk(60, 2), kind="index")
    assert [view.real_volume for view in (fund, fund.weekly, fund.without_last)] == [True] * 3
    assert [view.real_volume for view in (index, index.weekly, index.without_last)] == [False] * 3
    assert not pair_view(fund, seen(walk(60, 3))).real_volume


def test_units_follow_the_kind() -> None:
    units = [unit_for(Unit.VOLUME, instrument(symbol).kind) for symbol in ("SPY", "BTC-USD", "ACME")]
    assert units == [Unit.SHARES, Unit.DOLLARS, Unit.SHARES]
    assert [unit_for(Unit.PRICE, kind) for kind in ("index", "fund")] == [Unit.POINTS, Unit.DOLLARS]
    assert unit_for(Unit.RATIO, "index") is Unit.RATIO


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"), (74_800, "74,800"), (999_499, "999,499"), (1_000_000, "1.00 million"), (9_994_999, "9.99 million"),
        (9_995_000, "10.0 million"), (31_245_600, "31.2 million"), (245_123_456, "245 million"),
        (999_500_000, "1.00 billion"), (1_254_000_000, "1.25 billion"), (73_201_287_168, "73.2 billion"),
        (4_560_000_000_000, "4.56 trillion"), (1_234_567_890_123_456, "1,230 trillion"),
    ],
)  # fmt: skip
def test_large_numbers_have_three_digits_and_a_word(number: int, text: str) -> None:
    assert scaled(Decimal(number)) == text


def test_how_volumes_are_printed() -> None:
    def printed(number: int, unit: Unit, form: str, kind: Kind = Kind.INDICATOR) -> str:
        return show(Decimal(number), unit, 0, kind=kind, form=form)

    assert printed(31_245_600, Unit.SHARES, "plain") == "31,245,600 shares"
    assert printed(1, Unit.SHARES, "plain") == "1 share"
    assert printed(31_245_600, Unit.SHARES, "short") == "31.2 million"
    assert printed(73_201_287_168, Unit.DOLLARS, "plain") == "$73,201,287,168"
    assert printed(73_201_287_168, Unit.DOLLARS, "short") == "$73.2 billion"
    assert printed(-31_245_600, Unit.SHARES, "signed", Kind.POINTS) == "-31,245,600 shares"
    assert show(Decimal("2677.74"), Unit.DOLLARS, 2, kind=Kind.LEVEL, form="short") == "$2,678"
