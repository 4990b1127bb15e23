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
    ("The 52-week low is 6,190.17. Buyers lifted the S&P 500's close to 6.83% above its own low of 52 weeks.",
     [("lifted", "dropped"), ("6.83", "6.38"), ("% above", "% below")]),
    ("The three-month low is 6,190.17. Buyers lifted the close to 7.19% above that low.",
     [("above", "below"), ("7.19", "7.29"), ("low is", "high is")]),
    ("The Nasdaq has fallen to 18.42% below its 52-week high.",
     [FLIP, ("18.42", "18.24"), ("Nasdaq", "S&P 500")]),
    ("The Nasdaq's decline from its record close of 8,109.69 is 18.18%.",
     [("decline", "advance"), ("18.18%", "14.46%"), ("8,109", "8,190"), ("Nasdaq", "S&P 500")]),
    ("The three-month high is 8,107.38, and Monday's close was 18.16% below that high.",
     [("Monday", "Friday"), FLIP, ("18.16", "18.61"), ("three-month", "52-week")]),
    ("The 52-week closing low is 6,192.92, with the Nasdaq 7.14% above that close.",
     [("above", "below"), ("7.14", "7.19"), ("low", "high"), ("Nasdaq", "S&P 500")]),
    ("The nearest support is 6,630.67, 0.07% below the close, and the nearest resistance 7,319.58, 10.31% above it.",
     [("10.31", "11.31"), ("below the close", "above the close"), ("above it", "below it")]),
    ("Relative to the 200-day moving average of 7,466.84, the close was 11.14% lower.",
     [("lower", "higher"), ("11.14", "11.41"), ("200-day", "50-day")]),
    ("The distance from the close to the 52-week high was 18.42%.", [("18.42", "18.24"), ("high", "low")]),
    ("The gap between the S&P 500's close and its 200-day moving average was 8.71%.",
     [("S&P 500", "Nasdaq"), ("8.71", "7.81"), ("200-day", "50-day")]),
    ("The close was above the 10-day moving average of 6,558.24 and below the 20-day moving average of 6,840.10.",
     [("above", "below"), FLIP, ("10-day", "5-day"), ("6,840", "6,480")]),
    ("Above the close lies the 50-day moving average at 7,087.63.",
     [("Above", "Below"), ("50-day", "5-day"), ("7,087", "7,078")]),
    ("The round number below is 6,600.00. The Nasdaq stood 1.94% above its 5-day moving average of 6,509.31.",
     [("above", "below"), ("1.94", "1.49"), ("5-day", "20-day"), ("Nasdaq", "S&P 500")]),
    ("The close of 6,635.28 stood below the 50-day moving average of 7,087.63, a distance of 6.38%.",
     [FLIP, ("6.38", "6.83"), ("50-day", "200-day"), ("7,087", "7,078")]),
    ("The drawdown from the record close of 8,109.69 stood at 18.18%.",
     [("18.18", "18.42"), ("8,109", "8,190"), ("record close", "52-week low")]),
    ("The drawdown of the Nasdaq from its 52-week high was 18.42%.",
     [("18.42", "18.18"), ("high", "low"), ("Nasdaq", "S&P 500")]),
    ("Four of 12 moving averages stood below the close, and the other eight above it.",
     [("Four", "Five"), ("eight", "seven"), FLIP, ("above", "below")]),
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
