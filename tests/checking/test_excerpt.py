"""Lines as a terminal shows them: the carets stand under the words, whatever stands before them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checking.excerpt import CUT, WIDTH, excerpt


def columns(text: str) -> int:
    """Screen columns of a text: those that combine take none, wide ones two."""
    return sum(0 if unicodedata.combining(char) else 1 + (char in "日📉") for char in text)


@pytest.mark.parametrize(("line", "words", "shown", "carets"), [
    ("The close fell.", "fell", "The close fell.", "          ^^^^"),
    ("日本 fell.", "fell", "日本 fell.", "     ^^^^"),  # two wide characters take four columns
    ("The 日本 fell.", "日本", "The 日本 fell.", "    ^^^^"),
    ("cafe\u0301 fell.", "fell", "cafe\u0301 fell.", "     ^^^^"),  # e and an acute accent that combines with it
    ("ＲＳＩ fell.", "fell", "ＲＳＩ fell.", "       ^^^^"),
    ("📉 fell.", "fell", "📉 fell.", "   ^^^^"),
    ("\tIt\tfell.", "fell", "    It    fell.", "          ^^^^"),
    ("a\x1b[2Kb fell.", "fell", "a\\u001b[2Kb fell.", "            ^^^^"),
    ("a\u202eb\u2069 fell.", "fell", "a\\u202eb\\u2069 fell.", "               ^^^^"),
    ("so fe\u200bll.", "fe\u200bll", "so fe\\u200bll.", "   ^^^^^^^^^^"),
    ("tag\U000e0041 fell.", "fell", "tag\\udb40\\udc41 fell.", "                ^^^^"),
])  # fmt: skip
def test_carets_stand_under_the_words(line: str, words: str, shown: str, carets: str) -> None:
    start = line.index(words)
    found = excerpt(line, start, start + len(words))
    assert (found.line, found.carets) == (shown, carets)


def test_an_empty_place_has_one_caret_and_one_past_the_line_stands_at_its_end() -> None:
    assert excerpt("abc", 1, 1).carets == " ^"
    assert excerpt("abc", 2, 99).carets == "  ^"
    assert excerpt("abc", 7, 9).carets == "   ^"
    assert excerpt("", 0, 0).carets == "^"


@pytest.mark.parametrize("at", [0, 100, 395])
def test_of_a_long_line_the_part_round_the_words_is_shown(at: int) -> None:
    line = "so it goes " * 40
    line = line[:at] + "WRONG" + line[at:]
    found = excerpt(line, at, at + 5)
    assert len(found.line) <= WIDTH
    assert len(found.line) > WIDTH - 5, "all the room is used"
    start = found.carets.index("^")
    assert found.line[start : start + found.carets.count("^")] == "WRONG"
    assert found.line.startswith(CUT) is (at > 0)
    assert found.line.endswith(CUT) is (at < 395)


def test_words_longer_than_the_line_are_marked_to_its_end() -> None:
    found = excerpt("x" * 50 + "y" * 500, 50, 550)
    assert found.line == CUT + "y" * (WIDTH - 2) + CUT
    assert found.carets == " " + "^" * (WIDTH - 2)


@given(
    st.text(alphabet=st.sampled_from("ab \t日é\u0301\x1b\u202e📉"), max_size=300),
    st.integers(0, 300),
    st.integers(0, 40),
)
def test_any_line_fits_and_its_carets_stand_below_it(line: str, start: int, length: int) -> None:
    found = excerpt(line, start, start + length)
    assert columns(found.line) <= WIDTH
    assert set(found.carets.lstrip(" ")) == {"^"}
    assert len(found.carets) <= columns(found.line) + 1
    assert not set(found.line) & set("\t\x1b\u202e")
