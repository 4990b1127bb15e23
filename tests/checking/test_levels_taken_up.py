"""Distances and sides of a level named before: "above that level", "below it", "with the close 7.94% higher".

Which of the two is above the other comes from the words. Figures are of the bundled sample's last session, as its bars
give them; beside each true sentence stand words of it and what makes it false in their place.
"""

from __future__ import annotations

import pytest

from pipeline.checking.checker import check
from pipeline.facts.snapshot import Snapshot

FLIP = ("below", "above")
SAID: list[tuple[str, list[tuple[str, str]]]] = [
    ("Second resistance is 7,438.09, and the Nasdaq closed 10.79% below that level.",
     [FLIP, ("10.79", "10.97"), ("7,438.09", "7,319.58"), ("Second", "First"), ("Nasdaq", "S&P 500")]),
    ("The 20-day moving average of the index stood at 6,840.10, with the close 2.99% below that level.",
     [FLIP, ("2.99", "2.90"), ("20-day", "50-day"), ("6,840.10", "6,804.10")]),
    ("Nearest support is 6,630.67, with the Nasdaq's close 0.07% above that price.",
     [("above", "below"), ("0.07", "0.70"), ("support", "resistance"), ("Nasdaq", "S&P 500")]),
    ("From the 52-week high of 8,133.30, the Nasdaq's close was 18.42% lower.",
     [("lower", "higher"), ("18.42", "18.18"), ("high", "low"), ("Nasdaq", "S&P 500")]),
    ("From the 52-week low the distance was 7.19%, with the close above.",
     [("above", "below"), ("7.19", "7.91"), ("low", "high")]),
    ("The three-month low is 6,190.17, with the Nasdaq's close 7.19% higher.",
     [("higher", "lower"), ("7.19", "7.91"), ("three-month low", "three-month high"), ("6,190", "6,109")]),
    ("In data that start on Jan. 4, 1999, the record close is 8,109.69. Monday's close was 18.18% below it.",
     [("18.18", "18.42"), FLIP]),
    ("The record close stood above the market, with the Nasdaq 18.18% below it.",
     [("stood above", "stood below"), ("% below", "% above"), ("18.18", "14.46"), ("Nasdaq", "S&P 500")]),
    ("Above, the 50-day moving average stood at 7,087.63, with the close 6.38% below it.",
     [("Above", "Below"), FLIP, ("6.38", "6.83"), ("50-day", "200-day")]),
    ("Below the market, the 5-day moving average stood at 6,509.31, with the Nasdaq's close 1.94% above it.",
     [("Below", "Above"), ("above", "below"), ("1.94", "1.49"), ("Nasdaq", "S&P 500")]),
    ("The 50-day moving average stood above the price, while the 10-day moving average at 6,558.24 was below it.",
     [("stood above", "stood below"), ("was below", "was above"), ("6,558", "6,585"), ("10-day", "20-day")]),
    ("The 20-day average of 6,840.10 was above the close, and the 10-day at 6,558.24 was below it.",
     [("was above", "was below"), ("was below", "was above"), ("10-day", "5-day"), ("20-day", "30-day")]),
    ("The lower daily Bollinger band stood at 6,189.36, and the close held above it.",
     [("above", "below"), ("6,189", "6,198"), ("lower", "upper")]),
]  # fmt: skip
VARIANTS = [(sentence, said, other) for sentence, pairs in SAID for said, other in pairs]


@pytest.mark.parametrize("sentence", [sentence for sentence, _ in SAID])
def test_what_is_said_of_a_level_taken_up_passes(sentence: str, sample_snapshot: Snapshot) -> None:
    assert [(item.rule, item.text) for item in check(sentence, sample_snapshot).findings] == []


@pytest.mark.parametrize(("sentence", "said", "other"), VARIANTS)
def test_what_is_not_so_is_a_finding(sentence: str, said: str, other: str, sample_snapshot: Snapshot) -> None:
    assert said in sentence
    wrong = sentence.replace(said, other, 1)
    assert check(wrong, sample_snapshot).findings, wrong
