"""What sentences claim: each true sentence is proved by the facts it speaks of, and by no others.

Figures are of the bundled sample's last session, as its bars give them.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.checking.checker import check
from pipeline.facts.build import build_snapshot
from pipeline.facts.snapshot import Snapshot
from pipeline.market.sources.csv import CsvSource

CROSS = "IXIC.close_cross_sma_50"
READINGS = [
    ("The Nasdaq closed at 6,635.28.", {"6,635.28": "IXIC.close"}),
    ("It closed at 6,635.28, up 50.76 points.", {"6,635.28": "IXIC.close", "50.76 points": "IXIC.points_1d"}),
    ("The S&P 500 closed at 2,506.85 and the Nasdaq at 6,635.28.", {"2,506.85": "SPX.close", "6,635.28": "IXIC.close"}),
    ("The Nasdaq and the S&P 500 closed at 6,635.28 and 2,506.85, respectively.",
     {"6,635.28": "IXIC.close", "2,506.85": "SPX.close"}),
    ("The Nasdaq rose 0.77% on the day and fell 9.48% this month.",
     {"0.77%": "IXIC.change_1d", "9.48%": "IXIC.change_mtd"}),
    ("The S&P 500 rose 0.85% on the day. Its RSI stands at 41.71.", {"0.85%": "SPX.change_1d", "41.71": "SPX.rsi_14"}),
    ("The Nasdaq's RSI(14) stands at 42.38, its weekly RSI at 37.76.",
     {"42.38": "IXIC.rsi_14", "37.76": "IXIC.rsi_14.weekly"}),
    ("The 50-day average is 7,087.63 and the 200-day average 7,466.84.",
     {"7,087.63": "IXIC.sma_50", "7,466.84": "IXIC.sma_200"}),
    ("The close is below its 50- and 200-day averages.", {"below": "IXIC.close IXIC.sma_50 IXIC.sma_200"}),
    ("The Nasdaq closed 6.38% below its 50-day average.", {"6.38%": "IXIC.distance_sma_50"}),
    ("The 50-day average lies 6.82% above the close.", {"6.82%": "IXIC.sma_50 IXIC.close"}),
    ("The close is 452.35 points below the 50-day average.", {"452.35 points": "IXIC.close IXIC.sma_50"}),
    ("The Nasdaq rose 0.77% on the day to 6,635.28, below its 50-day average of 7,087.63.",
     {"0.77%": "IXIC.change_1d", "6,635.28": "IXIC.close", "below": "IXIC.close IXIC.sma_50",
      "7,087.63": "IXIC.sma_50"}),
    ("The S&P 500 rose 0.85% on the day and the Nasdaq 0.77%.", {"0.85%": "SPX.change_1d", "0.77%": "IXIC.change_1d"}),
    ("A gain of 0.85% for the S&P 500 came with one of 0.77% for the Nasdaq.",
     {"0.85%": "SPX.change_1d", "0.77%": "IXIC.change_1d"}),
    ("The Nasdaq trailed the S&P 500 by 0.08 percentage points on the day.",
     {"0.08 percentage points": "IXIC/SPX.spread_1d"}),
    ("The S&P 500 beat the Nasdaq by 0.08 percentage points on the day.",
     {"0.08 percentage points": "IXIC/SPX.spread_1d"}),
    ("It rose for a fourth straight session.", {"fourth straight": "IXIC.up_streak_sessions"}),
    ("The Nasdaq set its record close of 8,109.69 on Aug. 29.",
     {"8,109.69": "IXIC.record_close", "Aug. 29": "IXIC.record_close"}),
    ("The record close is 8,109.69, from Aug. 29, and the close is 18.18% below it.",
     {"8,109.69": "IXIC.record_close", "Aug. 29": "IXIC.record_close", "18.18%": "IXIC.distance_record_close"}),
    ("The Nasdaq's RSI is neutral.", {"neutral": "IXIC.rsi_14_zone"}),
    ("The Nasdaq crossed below its 50-day average on Oct. 4.",
     {"crossed below": f"{CROSS} {CROSS}_direction", "Oct. 4": CROSS}),
    ("The 52-week low of 6,190.17 was set on Dec. 24.", {"6,190.17": "IXIC.low_52w", "Dec. 24": "IXIC.low_52w"}),
    ("The 52-week range runs from 6,190.17 to 8,133.30.", {"6,190.17": "IXIC.low_52w", "8,133.30": "IXIC.high_52w"}),
    ("The Nasdaq fell nearly 4% this year.", {"4%": "IXIC.change_ytd"}),
    ("The Nasdaq fell 9.48% this month. The S&P 500 fell 9.18%.",
     {"9.48%": "IXIC.change_mtd", "9.18%": "SPX.change_mtd"}),
    ("The Nasdaq did not fall on the day.", {"fall": "IXIC.change_1d"}),
    ("Against a rise of 0.85% in the S&P 500, the Nasdaq rose 0.77%.",
     {"0.85%": "SPX.change_1d", "0.77%": "IXIC.change_1d"}),
    ("The session low was 6,570.06 and the session high 6,659.96.", {"6,570.06": "IXIC.low", "6,659.96": "IXIC.high"}),
    ("Data as of the close, Monday, Dec. 31, 2018.", {"Monday, Dec. 31, 2018": ""}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READINGS, ids=[text for text, _ in READINGS])
def test_a_sentence_is_proved_by_what_it_speaks_of(
    text: str, expected: dict[str, str], sample_snapshot: Snapshot
) -> None:
    verdict = check(text, sample_snapshot)
    assert [(finding.rule, finding.text) for finding in verdict.findings] == []
    assert {claim.text: set(claim.facts) for claim in verdict.claims} == {
        words: set(facts.split()) for words, facts in expected.items()
    }


TABLE = (
    "| | Close | Day | YTD |\n|---|---|---|---|\n| Nasdaq | {} | {} | {} |\n| S&P 500 | 2,506.85 | +0.85% | -6.24% |"
)


def test_a_cell_belongs_to_its_row_and_column(sample_snapshot: Snapshot) -> None:
    verdict = check(TABLE.format("6,635.28", "+0.77%", "-3.88%"), sample_snapshot)
    assert verdict.accepted
    assert {claim.text: claim.facts for claim in verdict.claims} == {
        "6,635.28": ("IXIC.close",), "+0.77%": ("IXIC.change_1d",), "-3.88%": ("IXIC.change_ytd",),
        "2,506.85": ("SPX.close",), "+0.85%": ("SPX.change_1d",), "-6.24%": ("SPX.change_ytd",),
    }  # fmt: skip


def test_swapped_cells_are_both_found(sample_snapshot: Snapshot) -> None:
    verdict = check(TABLE.format("6,635.28", "-3.88%", "+0.77%"), sample_snapshot)
    assert [finding.text for finding in verdict.findings] == ["-3.88%", "+0.77%"]


def test_a_run_against_the_benchmark_counts_from_where_both_have_data(shared: Path) -> None:
    """The S&P 500 begins in 1950, the Russell 2000 in 1987."""
    source = CsvSource(shared / "market")
    snapshot = build_snapshot(source.load("SPX"), source.load("RUT"), date(2024, 9, 11))
    told = ("In data that begin {}, the S&P 500's longest run of outperformance against the Russell 2000 is 13 "
            "sessions, up to Dec. 1, 2021.")  # fmt: skip
    assert check(told.format("Sept. 10, 1987"), snapshot).accepted
    assert not check(told.format("Jan. 3, 1950"), snapshot).accepted
    alone = "In data that begin Jan. 3, 1950, the longest streak of gains of the S&P 500 is 14 sessions."
    assert check(alone, snapshot).accepted
