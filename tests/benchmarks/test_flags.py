"""What counts as a new finding after a change, and where a clause ends."""

from __future__ import annotations

import pytest

from benchmarks.checker.flags import Flag, clause_around, fresh, standing
from benchmarks.corruption.kind import Change

TEXT = "The Nasdaq rose 0.77%, and the S&P 500 gained 0.85%."
PLACE = TEXT.index("0.77%")
CHANGED = Change(PLACE + 2, PLACE + 4, "70")


def unread(start: int, end: int) -> Flag:
    return Flag("unread", start, end)


@pytest.mark.parametrize(
    ("before", "after", "new"),
    [
        ([], [unread(PLACE, PLACE + 5)], 1),
        # the figure was flagged and is flagged again when another stands in its place: it was not read
        ([unread(PLACE, PLACE + 5)], [unread(PLACE, PLACE + 5)], 0),
        # for another reason: the change was seen
        ([unread(PLACE, PLACE + 5)], [Flag("wrong-figure", PLACE, PLACE + 5)], 1),
        # elsewhere in the sentence, for the same reason as before
        ([unread(4, 10)], [unread(4, 10)], 0),
        ([unread(4, 10)], [unread(4, 10), unread(11, 15)], 1),
    ],
)
def test_a_flag_is_new_at_another_place_or_for_another_reason(before: list[Flag], after: list[Flag], new: int) -> None:
    assert len(fresh(before, after, CHANGED)) == new


def test_flags_after_a_change_are_where_its_growth_moves_them() -> None:
    insertion = Change(PLACE, PLACE, "some ")
    late = TEXT.index("0.85%")
    assert not fresh([unread(late, late + 5)], [unread(late + 5, late + 10)], insertion)
    assert not fresh([unread(11, PLACE)], [unread(11, PLACE)], insertion)
    assert len(fresh([unread(late, late + 5)], [unread(late, late + 5)], insertion)) == 1


def test_what_is_inserted_was_not_flagged_before() -> None:
    insertion = Change(PLACE, PLACE, "fearful ")
    assert fresh([unread(11, PLACE - 1)], [unread(PLACE, PLACE + 7)], insertion)


@pytest.mark.parametrize(
    ("words", "clause"), [("0.77%", "The Nasdaq rose 0.77%"), ("gained", " and the S&P 500 gained 0.85%.")]
)
def test_a_clause_ends_at_a_comma_before_a_joining_word(words: str, clause: str) -> None:
    start = TEXT.index(words)
    assert TEXT[slice(*clause_around(TEXT, start, start + len(words)))] == clause


def test_a_date_is_no_end_of_a_clause() -> None:
    text = "It closed there on Friday, Jan. 16, 2026: a record."
    start = text.index("16")
    assert text[slice(*clause_around(text, start, start + 2))] == text[: text.index(":")]


def test_a_number_does_not_stand_in_a_longer_one() -> None:
    assert list(standing("5", "15 or 5 or 0.50", 0, 15)) == [(6, 7)]
