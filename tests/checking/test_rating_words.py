"""Ratings and the stance in prose: read where they are named, and never taken from other words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from handmade import PUBLISHED, snapshot

from pipeline.checking.checker import check
from pipeline.facts.snapshot import Snapshot

RATED = {
    "RUT.rating_overall": Decimal("0.347403"), "RUT.rating_overall_label": "buy",
    "RUT.rating_averages": Decimal("0.785714"), "RUT.rating_averages_label": "strong buy",
    "RUT.rating_averages_buy_count": Decimal(12), "RUT.rating_oscillators": Decimal("-0.090909"),
    "RUT.rating_oscillators_label": "neutral", "SPX.rsi_14": Decimal("56.63"), "SPX.rsi_14_zone": "neutral",
    "RUT.stance": "bullish", "RUT.sma_200": Decimal("2293.35"), "RUT.hma_9": Decimal("2680.29"),
    "RUT.ichimoku_base": Decimal("2586.46"), "RUT.ultimate_oscillator": Decimal("67.27"),
    "RUT.macd_cross_signal": (date(2026, 1, 7), date(2026, 1, 7)), "RUT.macd": Decimal("43.38"),
}  # fmt: skip


@pytest.fixture(scope="module")
def rated() -> Snapshot:
    return snapshot({**PUBLISHED, **RATED})


@pytest.mark.parametrize(
    ("sentence", "fact"),
    [
        ("The Russell 2000's overall rating is 0.35.", "RUT.rating_overall"),
        ("TradingView's technical rating of the Russell 2000 is 0.35.", "RUT.rating_overall"),
        ("The overall rating of the Russell 2000 is buy.", "RUT.rating_overall_label"),
        ("The Russell 2000 carries a buy rating.", "RUT.rating_overall_label"),
        ("The Russell 2000 is rated buy.", "RUT.rating_overall_label"),
        ("The Russell 2000's moving-average rating is strong buy.", "RUT.rating_averages_label"),
        ("The Russell 2000's oscillator rating is neutral.", "RUT.rating_oscillators_label"),
        ("The Russell 2000 has 12 buy votes among the averages.", "RUT.rating_averages_buy_count"),
        ("The S&P 500's RSI is neutral at 56.63.", "SPX.rsi_14_zone"),
        ("The Russell 2000's stance is bullish.", "RUT.stance"),
        ("The Russell 2000 is bullish.", "RUT.stance"),
        ("The Russell 2000's ultimate oscillator stands at 67.27.", "RUT.ultimate_oscillator"),
        ("The Russell 2000 is below its Hull moving average of 2,680.29.", "RUT.hma_9"),
        ("The Russell 2000 is above its Ichimoku base line of 2,586.46.", "RUT.ichimoku_base"),
    ],
)
def test_what_is_so_is_accepted_by_its_fact(sentence: str, fact: str, rated: Snapshot) -> None:
    verdict = check(sentence, rated)
    assert verdict.accepted, verdict.findings
    assert fact in {one for claim in verdict.claims for one in claim.facts}


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("The Russell 2000's overall rating is 0.45.", "wrong-figure"),
        ("The Russell 2000's overall rating is strong buy.", "wrong-label"),
        ("The Russell 2000 carries a sell rating.", "wrong-label"),
        ("The Russell 2000 has a neutral rating.", "wrong-label"),
        ("The Russell 2000's moving-average rating is buy.", "wrong-label"),
        ("The Russell 2000's oscillator rating is sell.", "wrong-label"),
        ("The Russell 2000 has 11 buy votes among the averages.", "wrong-tally"),
        ("The Russell 2000's RSI is neutral.", "wrong-label"),
        ("The Russell 2000's stance is bearish.", "wrong-label"),
        ("The Russell 2000's stance is mixed.", "wrong-label"),
        ("The picture for the Russell 2000 is bearish.", "wrong-label"),
        ("The S&P 500 is bullish.", "missing-fact"),
        ("The S&P 500's overall rating is 0.23.", "missing-fact"),
        ("The MACD of the Russell 2000 is bullish.", "unread"),
        ("The Russell 2000 turned bullish.", "unread"),
        ("The Russell 2000 is in an uptrend.", "unread"),
        ("The Russell 2000 is in a bull market.", "unread"),
        ("The Russell 2000 is above the Ichimoku cloud.", "unknown-name"),
        ("Buy now.", "advice"),
    ],
)
def test_what_is_not_so_or_not_known_is_rejected(sentence: str, rule: str, rated: Snapshot) -> None:
    verdict = check(sentence, rated)
    assert rule in {finding.rule for finding in verdict.findings}, verdict
    assert not verdict.accepted
