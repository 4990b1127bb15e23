"""Why a claim failed, and the help that makes it right: what the writer and the editor read."""

from __future__ import annotations

import pytest

from pipeline.checking.checker import check
from pipeline.checking.diagnosis import stem
from pipeline.facts.snapshot import Snapshot

HELP = [
    # text, rule, help: the sign stands where the text prints one, and where the verb would say the wrong thing
    ("The Nasdaq rose 0.78% on the day.", "wrong-rounding", "write 0.77%"),
    ("The Nasdaq's change on the day was +0.78%.", "wrong-rounding", "write +0.77%"),
    ("The Nasdaq fell 9.48% on the year.", "misbound-period",
     "write 3.88%, the Nasdaq's change year to date, or name the change month to date"),
    ("The S&P 500's RSI(14) stands at 42.38.", "misbound-instrument",
     "write 41.71, the S&P 500's RSI, or name the Nasdaq"),
    ("The Nasdaq rose for a fifth straight session.", "wrong-streak", "write 4 sessions"),
    ("Six of the twelve averages are below the close.", "wrong-tally", "write 4 of 12"),
    ("The Nasdaq's record close came on Aug. 28.", "wrong-date", "write Aug. 29"),
    ("The Nasdaq's RSI(14) over 15 days is 42.38.", "wrong-figure", "write 14"),
    ("The Nasdaq trailed the S&P 500 by 0.08% on the day.", "wrong-unit", "write 0.08 percentage points"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rule", "help_"), HELP, ids=[text for text, *_ in HELP])
def test_help_makes_the_sentence_right(text: str, rule: str, help_: str, sample_snapshot: Snapshot) -> None:
    (finding,) = check(text, sample_snapshot).findings
    assert (finding.rule, finding.help) == (rule, help_)


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("The Nasdaq fell 0.77% on the day.", "fell"),
        ("The Nasdaq was down 0.77% on the day.", "down"),
        ("The S&P 500 trailed the Nasdaq by 0.08 percentage points on the day.", "trailed"),
        ("The Nasdaq soared 0.77% on the day.", "soared"),
        ("The Nasdaq fell 0.77%, or 50.76 points, on the day.", "fell"),
    ],
)
def test_the_word_that_is_wrong_is_marked_once(text: str, marked: str, sample_snapshot: Snapshot) -> None:
    (finding,) = check(text, sample_snapshot).findings
    assert finding.text == marked


def test_a_measures_name_without_its_window() -> None:
    assert [stem(name) for name in ("distance_sma_50", "high_52w", "close", "rsi_14_zone")] == [
        "distance_sma", "high", "close", "rsi_14_zone",
    ]  # fmt: skip
