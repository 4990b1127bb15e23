"""Support, resistance, pivots and round numbers by their names in prose, each once right and once wrong."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.checking.checker import check
from pipeline.facts.snapshot import Snapshot

NAMES = {
    "The nearest resistance is {}.": "swing_resistance_1",
    "Resistance stands at {}.": "swing_resistance_1",
    "The Nasdaq's nearest support lies at {}.": "swing_support_1",
    "The first level of support is {}.": "swing_support_1",
    "The nearest swing low below the close is {}.": "swing_support_1",
    "The next resistance is {}.": "swing_resistance_2",
    "The third resistance is {}.": "swing_resistance_3",
    "The next round number above the close is {}.": "round_number_above",
    "The nearest round number below is {}.": "round_number_below",
    "The daily pivot is {}.": "pivot_day_p",
    "The weekly R1 stands at {}.": "pivot_week_r1",
    "The monthly pivot point is {}.": "pivot_month_p",
    "The S2 for the next session is {}.": "pivot_next_session_s2",
    "The RSI of the last completed week is {}.": "rsi_14_completed",
}


@pytest.mark.parametrize("sentence", NAMES)
def test_a_level_is_known_by_its_name(sentence: str, sample_snapshot: Snapshot) -> None:
    fact = sample_snapshot.by_id[f"IXIC.{NAMES[sentence]}"]
    right = check(sentence.format(fact.shown), sample_snapshot)
    assert (right.verdict, [claim.facts for claim in right.claims]) == ("accepted", [(fact.id,)])
    wrong = check(sentence.format(f"{fact.number + Decimal(3):,.2f}"), sample_snapshot)
    assert wrong.verdict == "rejected"


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("The close is below the nearest resistance.", "accepted"),
        ("The close is above the nearest resistance.", "rejected"),
        ("The close is above the daily pivot.", "accepted"),
        ("The close is below the daily pivot.", "rejected"),
        ("The figures support that reading.", "accepted"),
    ],
)
def test_sides_of_a_level(sentence: str, verdict: str, sample_snapshot: Snapshot) -> None:
    assert check(sentence, sample_snapshot).verdict == verdict
