"""The fact sheet: every slot with what it prints, the words that are earned, what is missing, and its size."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from pipeline.facts.build import build_snapshot
from pipeline.facts.catalogue import catalogue
from pipeline.facts.slots import SLOT
from pipeline.facts.snapshot import Note, Snapshot
from pipeline.market.bars import Bars
from pipeline.writing.draft import Draft, render
from pipeline.writing.sheet import BUDGET, LEFT_OUT, citable, fact_sheet

MEASURES = catalogue()
CHARACTERS_A_TOKEN = 4


def part(sheet: str, heading: str) -> str:
    """The lines under a heading."""
    return sheet.split(f"## {heading}\n")[1].split("\n##")[0]


@pytest.fixture(scope="module")
def sheet(sample_snapshot: Snapshot) -> str:
    """The sheet of the default article: the Nasdaq Composite on Monday, Dec. 31, 2018."""
    return fact_sheet(sample_snapshot, MEASURES)


@pytest.fixture(scope="module")
def russell(shared: Path) -> str:
    """The sheet of the Russell 2000 against the S&P 500 on Friday, Jan. 16, 2026."""
    from pipeline.market.sources.csv import CsvSource

    source = CsvSource(shared / "market")
    return fact_sheet(build_snapshot(source.load("RUT"), source.load("SPX"), date(2026, 1, 16)), MEASURES)


def test_each_slot_is_followed_by_what_the_renderer_prints(sheet: str, sample_snapshot: Snapshot) -> None:
    """No slot names a fact that is not there, and none prints anything else than the sheet says."""
    slots = list(SLOT.finditer(sheet))
    assert len(slots) > 120
    for slot in slots:
        printed = render(Draft(slot[0], "x"), sample_snapshot, MEASURES).text
        assert printed != slot[0]
        assert sheet[slot.end() :].startswith((f" {printed}", f" prints {printed}")), slot[0]


def test_it_stays_under_five_thousand_tokens(sheet: str) -> None:
    """Estimated at four characters a token."""
    assert len(sheet) <= BUDGET
    assert len(sheet) / CHARACTERS_A_TOKEN < 5_000
    assert LEFT_OUT not in sheet


def test_beyond_the_budget_the_lowest_ranks_are_left_out(sheet: str, sample_snapshot: Snapshot) -> None:
    """What ranks first stays, what is earned stays, and the sheet says that something is missing."""
    short = fact_sheet(sample_snapshot, MEASURES, budget=5_000)
    assert len(short) <= 5_000
    assert LEFT_OUT in short
    assert part(short, "Words the facts earn") == part(sheet, "Words the facts earn")
    assert short.count("[[IXIC.close]]") == 1
    assert "The benchmark" not in short


def test_directions_are_in_words(sheet: str) -> None:
    """On Dec. 31, 2018 the Nasdaq rose 0.77 % on the day and lost 3.88 % in the year; the S&P 500 lost 6.24 %
    (figures as published for that session)."""
    assert "on the day: up [[IXIC.change_1d]] 0.77%" in sheet
    assert "year to date: down [[IXIC.change_ytd]] 3.88%" in sheet
    assert "year to date: down [[SPX.change_ytd]] 6.24%" in sheet
    assert "ahead year to date by [[IXIC/SPX.spread_ytd]]" in sheet


def test_only_words_the_facts_earn_are_listed(sheet: str) -> None:
    """The record close of August 2018 is not one of Dec. 31; the week of that Monday is in progress."""
    words = part(sheet, "Words the facts earn")
    assert "record close" not in words
    assert "The week is in progress" in words
    assert "overbought" not in words.split("Rule:")[0]


def test_units_that_are_not_printed_stand_in_brackets(sheet: str) -> None:
    """A streak prints a bare number, a spread prints its unit."""
    assert re.search(r"winning streak \[\[IXIC\.up_streak_sessions\]\] 4 \(sessions\) from Dec\. 26 to Dec\. 31", sheet)
    assert re.search(r"spread_ytd\]\] 2\.35 percentage points\n", sheet)


def test_what_is_missing_is_named_with_its_reason(sample_bars: dict[str, Bars]) -> None:
    """With 60 sessions there is no 200-day average, and no line for it."""
    bars = sample_bars["IXIC"]
    short = fact_sheet(build_snapshot(bars.up_to(bars.frame.index[59].date())), MEASURES)
    assert re.search(r"- IXIC\.sma_200: .*200.*60", part(short, "Missing: leave these out"))
    assert "[[IXIC.sma_200]]" not in short
    assert "against" not in short.split("## Words")[0]


def test_a_measure_that_prose_cannot_name_is_not_offered(sheet: str, sample_snapshot: Snapshot) -> None:
    """The tape, the opening gap and "largest since" have no names yet; a level has, and its distance once."""
    for name in ("recent_1_close", "recent_1_change", "gap_1d", "points_gap_1d", "largest_move_day_since"):
        assert f"IXIC.{name}" in sample_snapshot.by_id
        assert f"[[IXIC.{name}]]" not in sheet
    line = next(line for line in sheet.splitlines() if "[[IXIC.swing_resistance_1]]" in line)
    assert "below it by [[IXIC.distance_swing_resistance_1]]" in line
    assert "from_close" not in sheet
    alone = citable(sample_snapshot, MEASURES, ("IXIC.from_close_swing_resistance_1", "IXIC.recent_1_change"))
    assert "above the close by [[IXIC.from_close_swing_resistance_1]]" in alone[0]
    assert "since" not in alone[1]


def test_what_describes_a_gap_is_no_gap_of_its_own(sample_snapshot: Snapshot) -> None:
    """At the low of December 2018 a second support is missing once, and none of the benchmark."""
    missing = part(fact_sheet(sample_snapshot, MEASURES), "Missing: leave these out")
    assert missing.count("swing_support_2 ") == 1
    assert "distance_swing_support_2" not in missing
    assert "SPX" not in missing


def test_the_russell_of_january_2026_leads_with_its_record(russell: str) -> None:
    """That session's published facts: a record close, RSI 71.52, the 11th session ahead, longest since June 2008."""
    first = re.findall(r"^## (.*)$", russell, re.MULTILINE)[2]
    assert first == "Records and ranges"
    assert "record close [[RUT.record_close]] 2,677.74 on Jan. 16; at it; record close: yes" in russell
    assert "daily RSI [[RUT.rsi_14]] 71.52; overbought" in russell
    assert re.search(r"outperformance_streak_sessions\]\] 11 \(sessions\).*since \[\[.*\]\] June \d+, 2008", russell)


def test_citable_facts_stand_alone(sample_snapshot: Snapshot) -> None:
    """A distance comes with its level, a flag that is down says no, a misspelt id offers what looks like it."""
    lines = citable(sample_snapshot, MEASURES, (
        "IXIC.distance_sma_50", "IXIC.is_record_close", "IXIC.record_hgh", "IXIC.distance_sma_50", "nobody",
    ))  # fmt: skip
    assert lines[0].startswith("Nasdaq Composite, 50-day moving average [[IXIC.sma_50]] 7,087.63; below it by")
    assert lines[1].endswith(": no")
    assert "[[IXIC.record_high]]" in lines[2]
    assert len(lines) == len(set(lines))
    assert len(citable(sample_snapshot, MEASURES, [fact.id for fact in sample_snapshot.facts], most=3)) == 3


def test_notes_stand_at_the_end_with_who_said_them(sample_snapshot: Snapshot, sheet: str) -> None:
    """Newest first and within a room of their own; without notes the sheet is the one it was."""
    notes = tuple(
        Note(id=f"n{day}", text="It rose.\n## Forged" if day == 2 else "It rose. " * 90, speaker="Ann Lee",
             publisher="AP", published=date(2018, 12, day), kind="event")
        for day in range(1, 9)
    )  # fmt: skip
    noted = fact_sheet(sample_snapshot.model_copy(update={"notes": notes[:2]}), MEASURES)
    assert noted.startswith(sheet)
    lines = noted.removeprefix(sheet).strip().splitlines()
    assert lines[0].startswith("## Notes")
    assert lines[2] == "- note n2: It rose. ## Forged [Ann Lee, AP, Dec. 2; event]"
    many = fact_sheet(sample_snapshot.model_copy(update={"notes": notes}), MEASURES)
    assert many.endswith(LEFT_OUT)
    assert many.index("note n8") < many.index("note n7")
    assert len(many) <= BUDGET


def test_a_note_can_be_cited_in_a_repair(sample_snapshot: Snapshot) -> None:
    note = Note(id="fed", text="It rose.", speaker="Ann Lee")
    assert citable(sample_snapshot.model_copy(update={"notes": (note,)}), MEASURES, ["fed"]) == (
        "note fed: It rose. [Ann Lee; statement]",
    )
