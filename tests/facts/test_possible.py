"""Each way a snapshot can be impossible, made from an honest one by one change."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from pipeline.errors import InputError
from pipeline.facts.possible import impossibilities
from pipeline.facts.snapshot import Snapshot, read_snapshot


def changed(snapshot: Snapshot, **values: Any) -> dict[str, Any]:
    """The snapshot as data, with the value of some facts replaced, by id."""
    data = snapshot.model_dump()
    for fact in data["facts"]:
        if fact["id"] in values:
            fact["value"] = values[fact["id"]]
    return data


@pytest.fixture(scope="module")
def number(sample_snapshot: Snapshot):
    return lambda name: sample_snapshot.by_id[f"IXIC.{name}"].number


def faults(data: dict[str, Any]) -> str:
    with pytest.raises(ValidationError) as caught:
        Snapshot.model_validate(data)
    return str(caught.value)


def test_an_honest_snapshot_is_possible(sample_snapshot: Snapshot) -> None:
    assert impossibilities(sample_snapshot) == []


IMPOSSIBLE = {
    "RSI above 100": ({"IXIC.rsi_14": Decimal("100.5")}, "IXIC.rsi_14: 100.5 is above 100"),
    "RSI below 0": ({"IXIC.rsi_14": Decimal(-1)}, "IXIC.rsi_14: -1 is below 0"),
    "ADX above 100": ({"SPX.adx_14": Decimal(101)}, "SPX.adx_14: 101 is above 100"),
    "stochastic below 0": ({"IXIC.stochastic_k": Decimal("-0.1")}, "IXIC.stochastic_k: -0.1 is below 0"),
    "low above high": ({"IXIC.low": Decimal(9000)}, "IXIC.low: 9000 is above IXIC.high"),
    "close above high": ({"IXIC.high": Decimal(6000)}, "is above IXIC.high 6000"),
    "record below close": ({"IXIC.record_close": Decimal(6000)}, "is above IXIC.record_close 6000"),
    "52-week high below close": ({"IXIC.high_52w": Decimal(6000)}, "is above IXIC.high_52w 6000"),
    "tally above 12": ({"IXIC.ma_buy_count": Decimal(9), "IXIC.ma_sell_count": Decimal(4)}, "are more than 12"),
    "tally that is not so": (
        {"SPX.ma_buy_count": Decimal(7), "SPX.ma_sell_count": Decimal(5)},
        "of 12 averages are below the close",
    ),
    "zone against RSI": ({"IXIC.rsi_14_zone": "overbought"}, "IXIC.rsi_14_zone: overbought contradicts IXIC.rsi_14"),
    "weekly zone against weekly RSI": (
        {"IXIC.rsi_14_zone.weekly": "oversold"},
        "oversold contradicts IXIC.rsi_14.weekly",
    ),
    "unknown label": ({"IXIC.rsi_14_zone": "stretched"}, "stretched is none of overbought, oversold, neutral"),
    "distance": ({"IXIC.distance_sma_50": Decimal(3)}, "IXIC.distance_sma_50: 3 contradicts IXIC.close"),
    "distance from the close": (
        {"IXIC.from_close_swing_resistance_1": Decimal(20)},
        "IXIC.from_close_swing_resistance_1: 20 contradicts IXIC.swing_resistance_1",
    ),
    "resistance out of order": ({"IXIC.swing_resistance_2": Decimal(6000)}, "is above IXIC.swing_resistance_2 6000"),
    "pivots out of order": ({"IXIC.pivot_week_s1": Decimal(9999)}, "IXIC.pivot_week_s1: 9999 is above"),
    "round number": ({"IXIC.round_number_above": Decimal(6600)}, "is above IXIC.round_number_above 6600"),
    "low above open before": (
        {"IXIC.recent_3_low": Decimal(9999)},
        "IXIC.recent_3_low: 9999 is above",
    ),
    "a smaller change as the largest since": (
        {"IXIC.largest_move_day_since_change": Decimal("0.01")},
        "IXIC.largest_move_day_since_change: 0.01 is smaller than IXIC.change_1d",
    ),
    "unknown order": ({"IXIC.stack_order": "close > sma_5"}, "IXIC.stack_order: close > sma_5 is none of"),
    "spread": ({"IXIC/SPX.spread_1w": Decimal(5)}, "IXIC/SPX.spread_1w: 5 is not IXIC.change_1w"),
    "histogram": ({"IXIC.macd_histogram": Decimal(5)}, "IXIC.macd_histogram: 5 is not"),
    "rating label against its rating": (
        {"IXIC.rating_overall_label": "strong buy"},
        "IXIC.rating_overall_label: strong buy contradicts IXIC.rating_overall",
    ),
    "rating past its end": ({"IXIC.rating_averages": Decimal("-1.1")}, "IXIC.rating_averages: -1.1 is below -1"),
    "rating against its votes": (
        {"IXIC.rating_averages": Decimal("0.25")},
        "IXIC.rating_averages: 0.25 is not the mean of",
    ),
    "overall rating against the groups": (
        {"IXIC.rating_overall": Decimal("0.07")},
        "IXIC.rating_overall: 0.07 is not the mean of",
    ),
    "count of votes": (
        {"IXIC.rating_oscillators_buy_count": Decimal(9)},
        "IXIC.rating_oscillators_buy_count: 9, but",
    ),
    "a vote against the count": ({"IXIC.vote_sma_200": "buy"}, "votes are buy"),
    "stance": ({"IXIC.stance": "bullish"}, "IXIC.stance: bullish contradicts IXIC.rating_overall_label"),
    "record flag": ({"IXIC.is_record_close": True}, "IXIC.is_record_close: IXIC.close"),
    "two streaks": ({"IXIC.down_streak_sessions": Decimal(1)}, "exclude each other"),
    "longest below current": (
        {"IXIC.longest_up_streak_sessions": Decimal(0)},
        "is above IXIC.longest_up_streak_sessions 0",
    ),
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_impossible(case: str, sample_snapshot: Snapshot) -> None:
    values, message = IMPOSSIBLE[case]
    assert message in faults(changed(sample_snapshot, **values))


def test_change_against_points(sample_snapshot: Snapshot, number) -> None:
    data = changed(sample_snapshot, **{"IXIC.points_1d": -number("points_1d")})
    assert "IXIC.points_1d: the sign of" in faults(data)


def test_gap_against_points(sample_snapshot: Snapshot, number) -> None:
    data = changed(sample_snapshot, **{"IXIC.points_gap_1d": -number("points_gap_1d")})
    assert "IXIC.points_gap_1d: the sign of" in faults(data)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("measure", "rsi_15", "rsi_15 is not in the catalogue"),
        ("instrument", "RUT", "RUT is not an instrument of the snapshot"),
        ("instrument", "IXIC/SPX", "close has no daily value for IXIC/SPX"),
        ("timeframe", "weekly", "close has no weekly value for IXIC"),
        ("id", "IXIC.price", "the id of this fact is IXIC.close"),
        ("id", "SPX.close", "SPX.close stands twice"),
        ("as_of", date(2018, 12, 28), "as of 2018-12-28 in a snapshot of 2018-12-31"),
        ("unit", "dollars", "its unit is points, not dollars"),
    ],
)
def test_facts_that_do_not_belong(field: str, value: Any, message: str, sample_snapshot: Snapshot) -> None:
    data = sample_snapshot.model_dump()
    fact = next(item for item in data["facts"] if item["id"] == "IXIC.close")
    fact[field] = value
    assert message in faults(data)


def test_a_file_with_an_impossible_value_is_refused(sample_snapshot: Snapshot) -> None:
    text = sample_snapshot.model_dump_json().replace('"overbought"', '"neutral"')
    rsi = sample_snapshot.by_id["IXIC.rsi_14"]
    text = text.replace(f'"value":"{rsi.value}"', '"value":"171.5"')
    with pytest.raises(InputError, match=r"IXIC\.rsi_14: 171\.5 is above 100"):
        read_snapshot(text)
