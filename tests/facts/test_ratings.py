"""TradingView's ratings: each rule by hand on both sides of every line, whole days against a second implementation."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
import rating_oracle as oracle

from pipeline.facts import votes
from pipeline.facts.build import build_snapshot
from pipeline.facts.catalogue import catalogue
from pipeline.facts.measures import ratings
from pipeline.facts.snapshot import Snapshot
from pipeline.facts.view import Missing, View, view_of
from pipeline.market.bars import Bars
from pipeline.market.instruments import Instrument, instrument

AVERAGES = (*(f"{method}_{window}" for method in ("sma", "ema") for window in (10, 20, 30, 50, 100, 200)), "hma_9",
            "vwma_20", "ichimoku")  # fmt: skip
OSCILLATORS = ("rsi_14", "stochastic", "cci_20", "adx_14", "awesome_oscillator", "momentum_10", "macd", "stoch_rsi",
               "williams_r_14", "bull_bear_power", "ultimate_oscillator")  # fmt: skip
PROVED = frozenset(
    [f"vote_{name}" for name in (*AVERAGES, *OSCILLATORS)]
    + [f"rating_{group}_{side}_count" for group in ("averages", "oscillators") for side in ("buy", "sell", "neutral")]
    + [f"rating_{name}{end}" for name in ("averages", "oscillators", "overall") for end in ("", "_label")]
)
"""Measures this file proves."""


def line(*values: object) -> votes.Line:
    """Values of a line, the latest first."""
    return tuple(Decimal(str(value)) for value in values)


def rule(name: str) -> Callable[..., int]:
    return next(vote.rule for vote in ratings.VOTES if vote.name == name)


RSI = [(1, (29.999999, 29)), (0, (30, 29)), (0, (29, 29)), (0, (29, 29.5)), (0, (50, 40)), (-1, (70.000001, 71)),
       (0, (70, 71)), (0, (75, 75)), (0, (75, 74))]  # fmt: skip
CCI = [(1, (-100.000001, -101)), (0, (-100, -101)), (0, (-150, -150)), (0, (-150, -140)), (-1, (100.000001, 101)),
       (0, (100, 101)), (0, (150, 150)), (0, (150, 140)), (0, (0, 5))]  # fmt: skip
WILLIAMS = [(1, (-80.000001, -81)), (0, (-80, -81)), (0, (-90, -90)), (0, (-90, -85)), (-1, (-19.999999, -19)),
            (0, (-20, -19)), (0, (-10, -10)), (0, (-10, -15)), (0, (-50, -60))]  # fmt: skip
AWESOME = [
    (1, (1, -1, -2)), (1, (1, 0, -1)), (1, (0.5, -1, 3)), (-1, (-1, 1, 2)), (-1, (-1, 0, 1)), (0, (0, -1, -2)),
    (0, (0, 1, 2)), (0, (0, 0, 0)),
    (1, (3, 2, 4)), (0, (3, 2, 1)), (0, (2, 2, 4)), (0, (3, 2, 2)), (0, (1, 2, 4)),
    (-1, (-3, -2, -4)), (0, (-3, -2, -1)), (0, (-2, -2, -4)), (0, (-3, -2, -2)), (0, (-1, -2, -4)),
]  # fmt: skip
MOMENTUM = [(1, (2, 1)), (-1, (1, 2)), (0, (1, 1)), (1, (-1, -2)), (-1, (-2, -1))]
ULTIMATE = [(1, (70.000001,)), (0, (70,)), (0, (50,)), (0, (30,)), (-1, (29.999999,))]


@pytest.mark.parametrize(
    ("name", "vote", "values"),
    [
        (name, vote, values)
        for name, cases in (("rsi_14", RSI), ("cci_20", CCI), ("williams_r_14", WILLIAMS),
                            ("awesome_oscillator", AWESOME), ("momentum_10", MOMENTUM),
                            ("ultimate_oscillator", ULTIMATE))
        for vote, values in cases
    ],
)  # fmt: skip
def test_rules_of_one_line(name: str, vote: int, values: tuple[float, ...]) -> None:
    assert rule(name)(line(*values)) == vote


CROSSINGS = [
    (1, (19, 10), (18, 12)), (0, (19, 10), (20, 12)), (0, (20, 10), (18, 12)), (0, (18, 10), (18, 12)),
    (0, (19, 12), (18, 12)), (0, (19, 13), (18, 12)), (0, (17, 10), (18, 12)), (0, (17, 13), (18, 12)),
    (-1, (81, 90), (82, 88)), (0, (80, 90), (82, 88)), (0, (82, 90), (82, 88)), (0, (81, 88), (82, 88)),
    (0, (81, 87), (82, 88)), (0, (83, 90), (82, 88)), (0, (81, 90), (80.5, 88)), (0, (50, 40), (45, 45)),
    (0, (45, 50), (50, 45)), (0, (50, 40), (49, 41)), (0, (90, 80), (89, 81)), (0, (10, 15), (11, 14)),
]  # fmt: skip


@pytest.mark.parametrize(("vote", "k", "d"), CROSSINGS)
def test_stochastics(vote: int, k: tuple[float, ...], d: tuple[float, ...]) -> None:
    """StochRSI has the same rule and the trend: it buys only below the average and sells only above it."""
    assert rule("stochastic")(line(*k), line(*d)) == vote
    for close, allowed in ((99, 1), (100, 0), (101, -1)):
        expected = vote if vote == allowed else 0
        assert rule("stoch_rsi")(line(*k), line(*d), line(close, close), line(100, 100)) == expected


@pytest.mark.parametrize(
    ("vote", "adx", "plus", "minus"),
    [
        (1, 20.000001, (25, 20), (22, 21)), (0, 20, (25, 20), (22, 21)), (0, 30, (25, 21), (22, 21)),
        (0, 30, (25, 23), (22, 21)), (0, 30, (22, 20), (22, 21)), (-1, 30, (22, 21), (25, 20)),
        (0, 20, (22, 21), (25, 20)), (0, 30, (22, 20), (25, 20)), (0, 30, (22, 19), (25, 20)),
    ],
)  # fmt: skip
def test_adx(vote: int, adx: float, plus: tuple[float, ...], minus: tuple[float, ...]) -> None:
    assert rule("adx_14")(line(adx, adx), line(*plus), line(*minus)) == vote


@pytest.mark.parametrize(
    ("vote", "close", "bull", "bear"),
    [
        (1, 101, (5, 5), (-1, -2)), (0, 100, (5, 5), (-1, -2)), (0, 99, (5, 5), (-1, -2)), (0, 101, (5, 5), (0, -2)),
        (0, 101, (5, 5), (-2, -2)), (0, 101, (5, 5), (-3, -2)), (-1, 99, (1, 2), (-5, -5)), (0, 100, (1, 2), (-5, -5)),
        (0, 101, (1, 2), (-5, -5)), (0, 99, (0, 2), (-5, -5)), (0, 99, (2, 2), (-5, -5)), (0, 99, (3, 2), (-5, -5)),
    ],
)  # fmt: skip
def test_powers(vote: int, close: float, bull: tuple[float, ...], bear: tuple[float, ...]) -> None:
    assert rule("bull_bear_power")(line(close, close), line(100, 100), line(*bull), line(*bear)) == vote


@pytest.mark.parametrize("name", [*AVERAGES[:-1], "macd"])
def test_the_side_of_a_line(name: str) -> None:
    """Buy above it, sell below it, neutral on it."""
    assert [rule(name)(line(value), line(5)) for value in (5.000001, 5, 4.999999)] == [1, 0, -1]


def test_ichimoku_asks_for_the_whole_order() -> None:
    """Close, conversion, base, span A, span B: each pair out of order or equal makes it neutral."""
    assert rule("ichimoku")(*map(line, (5, 4, 3, 2, 1))) == 1
    assert rule("ichimoku")(*map(line, (1, 2, 3, 4, 5))) == -1
    for position in range(4):
        swapped, equal = [5, 4, 3, 2, 1], [5, 4, 3, 2, 1]
        swapped[position : position + 2] = reversed(swapped[position : position + 2])
        equal[position] = equal[position + 1]
        for values in (swapped, equal):
            assert rule("ichimoku")(*map(line, values)) == 0
            assert rule("ichimoku")(*map(line, reversed(values))) == 0


def test_the_votes_are_the_published_ones() -> None:
    named = {
        group: [vote.name for vote in ratings.VOTES if vote.group == group] for group in ("averages", "oscillators")
    }
    assert sorted(named["averages"]) == sorted(AVERAGES)
    assert sorted(named["oscillators"]) == sorted(OSCILLATORS)


SESSIONS = sorted(random.Random(26).sample(range(2000, 5031), 30))


@pytest.mark.parametrize("position", SESSIONS)
@pytest.mark.parametrize("kind", ["index", "fund"])
def test_whole_days(kind: str, position: int, sample_bars: dict[str, Bars]) -> None:
    """Every vote, count, rating and label; a fund has real volume and so one vote more."""
    own = Instrument(symbol="SPX", name="S&P 500", kind=kind)  # type: ignore[arg-type]
    frame = sample_bars["SPX"].frame.iloc[: position + 1]
    seen = view_of(Bars(own, frame, "sample", ""))
    expected = oracle.rating(oracle.votes(frame, volume=kind == "fund"))
    assert set(expected) == PROVED - ({"vote_vwma_20"} if kind == "index" else set())
    for name, value in expected.items():
        found = catalogue()[name].compute(seen).value
        assert found == value if isinstance(value, str) else float(found) == pytest.approx(value, abs=5e-7), name  # type: ignore[arg-type]


def test_the_sample_days_hold_every_kind_of_vote(sample_bars: dict[str, Bars]) -> None:
    """So that the days above prove more than neutral votes: nearly all of the 26 votes were cast both ways."""
    seen: dict[str, set[str]] = {}
    for position in SESSIONS:
        for name, vote in oracle.votes(sample_bars["SPX"].frame.iloc[: position + 1], volume=True).items():
            seen.setdefault(name, set()).add(vote)
    assert sum({"buy", "sell"} <= cast for cast in seen.values()) >= 16


@pytest.fixture(scope="module")
def russell(shared: Path) -> Snapshot:
    """RUT against SPX on 2026-01-16."""
    bars = []
    for symbol in ("RUT", "SPX"):
        frame = pd.read_csv(shared / "market" / f"{symbol}.csv", parse_dates=["date"], index_col="date").astype(float)
        bars.append(Bars(instrument(symbol), frame, "csv", "test"))
    return build_snapshot(bars[0], bars[1], date(2026, 1, 16))


def test_the_known_truth(russell: Snapshot) -> None:
    """Averages +.79 of 12 buy, 1 sell, 1 neutral; oscillators -.09; overall +.35, buy."""
    facts = {name.removeprefix("RUT.rating_"): fact.shown for name, fact in russell.by_id.items()}
    assert [facts[name] for name in ("averages", "averages_label", "oscillators", "oscillators_label", "overall",
                                     "overall_label")] == [
        "0.79", "strong buy", "-0.09", "neutral", "0.35", "buy",
    ]  # fmt: skip
    assert [facts[f"averages_{side}_count"] for side in ("buy", "sell", "neutral")] == ["12", "1", "1"]
    assert russell.by_id["RUT.rating_averages"].number == Decimal("0.785714")
    assert russell.by_id["RUT.rating_oscillators"].number == Decimal("-0.090909")
    gaps = {gap.id: gap.reason for gap in russell.gaps}
    assert "vote_vwma_20 needs real volume: RUT is an index" in gaps["RUT.vote_vwma_20"]


@pytest.mark.parametrize("symbol", ["RUT", "SPX"])
def test_the_votes_of_the_seed_snapshot(symbol: str, russell: Snapshot, shared: Path) -> None:
    """All but the one on the volume of an index, which it counts and we do not."""
    text = (shared / "oracles" / "seed_snapshot_2026-01-16_talib_fullhistory.json").read_text()
    seed = json.loads(text)[symbol]["tv"]
    renamed = {"Ichimoku": "ichimoku", "RSI": "rsi_14", "Stoch": "stochastic", "CCI20": "cci_20", "ADX": "adx_14",
               "AO": "awesome_oscillator", "Mom": "momentum_10", "MACD": "macd", "StochRSI": "stoch_rsi",
               "WR": "williams_r_14", "BBP": "bull_bear_power", "UO": "ultimate_oscillator"}  # fmt: skip
    cast = {**seed["ma"], **seed["osc"]}
    del cast["VWMA20"]
    for key, vote in cast.items():
        name = renamed.get(key) or f"{key[:3].lower()}_{key[3:]}"
        assert russell.by_id[f"{symbol}.vote_{name}"].value == oracle.NAMES[vote], name


def test_a_vote_names_the_facts_it_was_made_of(russell: Snapshot) -> None:
    for fact in russell.facts:
        if fact.measure.startswith(("vote_", "rating_")):
            assert fact.derived_from
            assert set(fact.derived_from) <= set(russell.by_id), fact.id
    assert len(russell.by_id["RUT.rating_averages"].derived_from) == 14
    assert russell.by_id["RUT.vote_macd"].derived_from == ("RUT.macd", "RUT.macd_signal")


def seen_on(bars: int, sample: Bars) -> View:
    return view_of(Bars(sample.instrument, sample.frame.iloc[:bars], "sample", ""))


def test_votes_without_bars_are_left_out_of_the_mean(sample_bars: dict[str, Bars]) -> None:
    """On 40 bars: the simple averages of 10, 20 and 30, Hull; nothing recursive of 10 and more, and no span B."""
    seen = seen_on(40, sample_bars["SPX"])
    assert set(catalogue()["rating_averages"].compute(seen).of) == {
        "vote_sma_10", "vote_sma_20", "vote_sma_30", "vote_hma_9",
    }  # fmt: skip
    absent = {"rsi_14", "adx_14", "macd", "stoch_rsi", "bull_bear_power"}
    assert set(catalogue()["rating_oscillators"].compute(seen).of) == {
        f"vote_{name}" for name in OSCILLATORS if name not in absent
    }
    counts = [catalogue()[f"rating_averages_{side}_count"].compute(seen).value for side in ("buy", "sell", "neutral")]
    assert sum(counts) == 4  # type: ignore[arg-type]


def test_a_group_without_votes_is_a_gap(sample_bars: dict[str, Bars]) -> None:
    """On 11 bars two averages vote and no oscillator does: the group and the overall rating are missing."""
    seen = seen_on(11, sample_bars["SPX"])
    assert len(catalogue()["rating_averages"].compute(seen).of) == 2
    for name in ("rating_oscillators", "rating_oscillators_label", "rating_oscillators_buy_count", "rating_overall"):
        with pytest.raises(Missing, match="needs one vote of the oscillators at least; SPX has none on 11 bars"):
            catalogue()[name].compute(seen)


def test_an_oscillator_without_a_value_does_not_vote() -> None:
    """Prices that never move: no RSI, no range; what compares with the close is neutral."""
    frame = pd.DataFrame(5.0, index=pd.bdate_range("2024-01-01", periods=500), columns=["open", "high", "low", "close"])
    seen = view_of(Bars(Instrument(symbol="FLAT", name="Flat"), frame.assign(volume=1.0), "hand", ""))
    for name in ("rsi_14", "stochastic", "cci_20", "adx_14", "stoch_rsi", "williams_r_14", "ultimate_oscillator"):
        with pytest.raises(Missing, match="has no value: "):
            catalogue()[f"vote_{name}"].compute(seen)
    for name in ("momentum_10", "macd", "awesome_oscillator", "sma_200", "ichimoku"):
        assert catalogue()[f"vote_{name}"].compute(seen).value == "neutral"
    assert catalogue()["rating_overall_label"].compute(seen).value == "neutral"


@pytest.mark.parametrize(
    ("averages", "oscillators", "overall", "label"),
    [
        ([1] + [0] * 9, [0], "0.05", "neutral"),
        ([1, 0, 0, 0, 0], [0], "0.1", "neutral"),
        ([-1, 0, 0, 0, 0], [0], "-0.1", "neutral"),
        ([1] * 4 + [0] * 10, [1, -1, 0], "0.142857", "buy"),
        ([1] * 7, [0] * 11, "0.5", "buy"),
        ([-1] * 7, [0] * 11, "-0.5", "sell"),
        ([1] * 7, [1] + [0] * 10, "0.545455", "strong buy"),
        ([-1] * 14, [-1] + [0] * 10, "-0.545455", "strong sell"),
        ([1, 1, 1] + [0] * 12, [0] * 11, "0.1", "neutral"),
        ([1, 1, 1] + [0] * 11, [0] * 11, "0.107143", "buy"),
    ],
)
def test_means_on_the_lines_are_exact(
    averages: list[int], oscillators: list[int], overall: str, label: str, monkeypatch: pytest.MonkeyPatch,
    sample_bars: dict[str, Bars],
) -> None:  # fmt: skip
    cast = {"averages": averages, "oscillators": oscillators}
    monkeypatch.setattr(ratings, "tally", lambda _, group: {f"{n}": vote for n, vote in enumerate(cast[group])})
    seen = seen_on(40, sample_bars["SPX"])
    assert catalogue()["rating_overall"].compute(seen).value == Decimal(overall)
    assert catalogue()["rating_overall_label"].compute(seen).value == label
