"""One value as a multiple or fraction of another, and other differences: true sentences pass, false ones do not.

Figures are of the bundled sample's last session: 31.95 / 18.70 is 1.71, 50.76 / 188.45 is 0.27, 89.90 / 188.45 is 0.48.
"""

from __future__ import annotations

import pytest

from pipeline.checking.checker import check
from pipeline.facts.snapshot import Snapshot

CHOICES = [
    ("-DI stands at 31.95, {} +DI.", ["about 1.7 times", "more than one and a half times"],
     ["about 1.2 times", "more than twice", "nearly twice", "more than two and a half times"]),
    ("The day's gain of 50.76 points was {} of the average true range.", ["about a quarter", "a little over a quarter"],
     ["about a third", "about half", "twice", "nearly a quarter"]),
    ("Trading was confined to a range of about 90 points, {} the average true range of 188.45 points.",
     ["a little less than half of", "less than half"], ["more than half", "a third of", "about twice"]),
    ("This year the S&P 500 has lost {} as the Nasdaq.", ["about 1.6 times as much"],
     ["about 2.6 times as much", "more than twice as much", "half as much"]),
    ("The Nasdaq's drawdown of 18.18% is {} 14.46%.", ["more than one and a quarter times the S&P 500's"],
     ["more than twice the S&P 500's", "about half the S&P 500's"]),
    ("The Nasdaq's average true range is 188.45 points, {}.", ["more than three times the S&P 500's 61.62"],
     ["more than three times the S&P 500's 66.12", "more than four times the S&P 500's 61.62"]),
    ("The Nasdaq rose 302.29 points over five sessions. {} of those points came Monday.", ["About a sixth"],
     ["About a third", "Nearly half"]),
    ("The Nasdaq finished in {} of the day's range.", ["the top third", "the upper half"],
     ["the bottom third", "the top quarter", "the lower half"]),
    ("The Nasdaq is down {} from its record close.", ["nearly a fifth", "about a fifth"], ["a third", "a tenth"]),
    ("The session spanned {}.", ["89.90 points", "less than 90 points", "about 90 points"],
     ["98.90 points", "less than 80 points"]),
    ("Realized volatility over 20 days is 34.63%, {} over 60.", ["more than three points higher than"],
     ["more than three points lower than", "more than five points higher than", "about one percent higher than"]),
    ("The S&P 500's RSI, at 41.71, is {} the Nasdaq's.", ["0.67 points below"],
     ["0.67 points above", "0.76 points below"]),
    ("The Nasdaq's RSI stands at 42.38. It was {} earlier.", ["about 26 five sessions"],
     ["about 36 five sessions", "about 26 ten sessions"]),
    ("The Nasdaq's RSI stands at 42.38, {} five sessions earlier.", ["up from about 26", "some 16 points higher than"],
     ["up from about 36", "some 16 points lower than", "some 19 points higher than"]),
]  # fmt: skip
TRUE = [text.format(said) for text, right, _ in CHOICES for said in right]
FALSE = [text.format(said) for text, _, wrong in CHOICES for said in wrong]


@pytest.mark.parametrize("sentence", TRUE)
def test_a_true_ratio_passes(sentence: str, sample_snapshot: Snapshot) -> None:
    assert [(item.rule, item.text) for item in check(sentence, sample_snapshot).findings] == []


@pytest.mark.parametrize("sentence", FALSE)
def test_a_false_ratio_is_a_finding(sentence: str, sample_snapshot: Snapshot) -> None:
    assert check(sentence, sample_snapshot).findings
