"""Distances between two values in many orders of words: the true sentence passes, its false variants do not.

Figures are of the bundled sample's last session, as its bars give them.
"""

from __future__ import annotations

import pytest

from pipeline.checking.checker import check
from pipeline.facts.snapshot import Snapshot

VARIANTS = [
    ("The Nasdaq opened at 6,649.52, exactly 65 points above Friday's close.",
     ["exactly 56", "below Friday", "above Thursday"]),
    ("The open was 14.24 points above the close.", ["below", "14.42"]),
    ("The record close is 8,109.69, some 1,474 points higher.", ["lower", "1,447"]),
    ("Its 200-day average is 7,466.84, with the close 11.1% below.", ["above", "11.7%"]),
    ("The 50-day average stands at 7,087.63, some 379 points below the 200-day average.", ["above", "397"]),
    ("The 50-day average lies 5.08% below the 200-day average.", ["above", "5.8%"]),
    ("The Nasdaq trails its 50-day average by 6.38% and its 200-day average by 11.14%.", ["tops", "11.41%"]),
    ("Under its 200-day average as well, by 11.1%.", ["50-day", "Above", "1.11%"]),
    ("From its record close of 8,109.69, set on Aug. 29, the Nasdaq is down 18.18%.", ["up 18.18%", "down 14.46%"]),
    ("Measured from the 52-week low of 6,190.17, it is up 7.19%.", ["down", "9.17%", "20-day high"]),
    ("The S&P 500's high was 2,509.24, and the index finished 2.39 points below that.", ["above that", "3.29"]),
    ("The low of 6,570.06 was about 14 points under Friday's close.", ["over", "about 41", "Thursday"]),
    ("The close is 7.14% above the 52-week closing low. The S&P 500 is 6.62% above its own.",
     ["6.26%", "6.62% below", "The Nasdaq is 6.62%"]),
    ("The Nasdaq is 18.18% below its Aug. 29 peak.", ["Aug. 28", "81.18%", "above"]),
    ("The Nasdaq is within 8% of its 52-week low.", ["6%"]),
    ("The Nasdaq is off 9.48% this month, the S&P 500 9.18%.", ["9.84%", "S&P 500 9.48%"]),
]  # fmt: skip


def variant(sentence: str, other: str) -> str:
    """A sentence with the word that a variant is nearest to replaced."""
    return next(sentence.replace(said, other) for said in NEAREST[other] if said in sentence)


NEAREST = {
    "exactly 56": ["exactly 65"], "below Friday": ["above Friday"], "above Thursday": ["above Friday"],
    "below": ["above"], "above": ["below", "under"], "14.42": ["14.24"], "lower": ["higher"], "1,447": ["1,474"],
    "11.7%": ["11.1%"], "397": ["379"], "5.8%": ["5.08%"], "tops": ["trails"], "11.41%": ["11.14%"],
    "50-day": ["200-day"], "Above": ["Under"], "1.11%": ["11.1%"], "up 18.18%": ["down 18.18%"],
    "down 14.46%": ["down 18.18%"], "down": ["up"], "9.17%": ["7.19%"], "20-day high": ["52-week low"],
    "above that": ["below that"], "3.29": ["2.39"], "over": ["under"], "about 41": ["about 14"],
    "Thursday": ["Friday"], "6.26%": ["6.62%"], "6.62% below": ["6.62% above"],
    "The Nasdaq is 6.62%": ["The S&P 500 is 6.62%"], "Aug. 28": ["Aug. 29"], "81.18%": ["18.18%"], "6%": ["8%"],
    "9.84%": ["9.48%"], "S&P 500 9.48%": ["S&P 500 9.18%"],
}  # fmt: skip


@pytest.mark.parametrize("sentence", [sentence for sentence, _ in VARIANTS])
def test_a_true_distance_passes(sentence: str, sample_snapshot: Snapshot) -> None:
    assert [(item.rule, item.text) for item in check(sentence, sample_snapshot).findings] == []


@pytest.mark.parametrize(("sentence", "other"), [(s, other) for s, others in VARIANTS for other in others])
def test_a_false_variant_is_a_finding(sentence: str, other: str, sample_snapshot: Snapshot) -> None:
    wrong = variant(sentence, other)
    assert wrong != sentence
    assert check(wrong, sample_snapshot).findings, wrong


@pytest.mark.parametrize(
    ("sentence", "other"),
    [
        ("Monday's close left the S&P 500 14.5% below its record close of 2,930.75, set on Sept. 20.", "Friday's"),
        ("Monday's close stands 6.38% below the 50-day average.", "Friday's"),
        ("Monday's close was 6,635.28.", "Friday's"),
    ],
)
def test_a_close_is_of_the_day_that_names_it(sentence: str, other: str, sample_snapshot: Snapshot) -> None:
    assert not check(sentence, sample_snapshot).findings
    assert check(sentence.replace("Monday's", other), sample_snapshot).findings
