"""The stance: its rule by hand, the known truth, and whole days against a second implementation."""

from __future__ import annotations

import random
from pathlib import Path

import pandas as pd
import pytest
import rating_oracle as oracle

from pipeline.facts.catalogue import catalogue
from pipeline.facts.measures.stance import stance_of
from pipeline.facts.view import view_of
from pipeline.market.bars import Bars
from pipeline.market.instruments import Instrument, instrument

PROVED = frozenset({"stance"})
"""Measures this file proves."""
SESSIONS = sorted(random.Random(3).sample(range(2000, 5031), 20))


@pytest.mark.parametrize(
    ("rating", "stances"),
    [
        ("strong buy", ["mixed", "mixed", "bullish"]),
        ("buy", ["mixed", "mixed", "bullish"]),
        ("neutral", ["mixed", "mixed", "mixed"]),
        ("sell", ["bearish", "mixed", "mixed"]),
        ("strong sell", ["bearish", "mixed", "mixed"]),
    ],
)
def test_rule(rating: str, stances: list[str]) -> None:
    """Below, on and above the 200-day average."""
    assert [stance_of(rating, side) for side in (-1, 0, 1)] == stances


def expected(bars: pd.DataFrame) -> str:
    rating = oracle.rating(oracle.votes(bars))["rating_overall_label"]
    above = bars.close.iloc[-1] > bars.close[-200:].mean()
    if "buy" in rating:
        return "bullish" if above else "mixed"
    return "bearish" if "sell" in rating and not above else "mixed"


def test_whole_days(sample_bars: dict[str, Bars]) -> None:
    stances = []
    for position in SESSIONS:
        frame = sample_bars["SPX"].frame.iloc[: position + 1]
        seen = view_of(Bars(sample_bars["SPX"].instrument, frame, "sample", ""))
        stances.append(expected(frame))
        assert catalogue()["stance"].compute(seen).value == stances[-1], position
    assert set(stances) == {"bullish", "mixed", "bearish"}


def test_the_known_truth(shared: Path) -> None:
    """RUT on 2026-01-16: rated buy, 16.8% above its 200-day average."""
    frame = pd.read_csv(shared / "market" / "RUT.csv", parse_dates=["date"], index_col="date").astype(float)
    seen = view_of(Bars(instrument("RUT"), frame[:"2026-01-16"], "csv", ""))
    found = catalogue()["stance"].compute(seen)
    assert (found.value, found.of) == ("bullish", ("rating_overall_label", "close", "sma_200"))


def test_without_a_200_day_average_there_is_none(sample_bars: dict[str, Bars]) -> None:
    from pipeline.facts.build import build_snapshot

    short = Bars(Instrument(symbol="AAA", name="A"), sample_bars["SPX"].frame[-150:], "sample", "")
    snapshot = build_snapshot(short)
    assert snapshot.get("AAA.rating_overall_label") is not None
    reason = next(gap.reason for gap in snapshot.gaps if gap.id == "AAA.stance")
    assert reason.startswith("stance needs 200 daily bars; AAA has 150")
