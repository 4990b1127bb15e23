"""Tokens and sentences: a stop ends a sentence only where another one can begin."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.checking.tokens import sentences, tokenise, words


def split(text: str) -> list[str]:
    """The sentences of a text as they stand in it."""
    tokens = tokenise(text)
    return [text[tokens[first].start : tokens[last - 1].end] for first, last in sentences(tokens)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("6,635.28", ["6,635.28"]),
        ("1,23", ["1", ",", "23"]),
        (".5%", [".5", "%"]),
        ("+0.77%", ["+", "0.77", "%"]),
        ("S&P 500's", ["S", "&", "P", "500", "'s"]),
        ("isn't", ["isn't"]),
        ("U.S. stocks", ["U.S.", "stocks"]),
        ("50-day", ["50", "-", "day"]),
        ("RSI(14)", ["RSI", "(", "14", ")"]),
        ("[[IXIC.close]]", ["[[", "IXIC", ".", "close", "]]"]),
        ("a -- b", ["a", "--", "b"]),
        ("52-week", ["52", "-", "week"]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert [token.text for token in tokenise(text)] == tokens


def test_a_token_knows_its_kind_its_place_and_whether_a_space_stands_before_it() -> None:
    rose, figure, percent, stop = tokenise("Rose 0.77%.")
    assert (rose.kind, figure.kind, percent.kind) == ("word", "number", "mark")
    assert (rose.norm, figure.start, figure.end) == ("rose", 5, 9)
    assert (figure.joined, percent.joined, stop.joined) == (False, True, True)


@pytest.mark.parametrize(
    "sentence",
    [
        "It closed at 61.8 on Jan. 16, 2026.",
        "On Jan. 16 it closed higher.",
        "The S&P 500 rose 0.85% vs. The Nasdaq's 0.77%.",
        "U.S. stocks rose.",
        "Data as of the close, Mon. Dec. 31, 2018.",
        "It rose approx. 2% in a day.",
        "The range ran from 6,580 to 6,635.28.",
        "It closed at .85 of the range.",
        "The index (up 2%.) rose.",
        "It rose … and fell.",
        'He called it "a day."',
    ],
)
def test_one_sentence_stays_one(sentence: str) -> None:
    assert split(sentence) == [sentence]


@pytest.mark.parametrize(
    "parts",
    [
        ["It rose.", "It fell."],
        ["It closed at 61.8.", "The RSI rose."],
        ["Was it a record?", "It was not."],
        ["It rose 2%!", "The S&P 500 fell."],
        ["It rose in Dec.", "The RSI fell."],
        ['"It rose."', "It fell."],
        ["It rose (by 2%.)", "It fell."],
        ["Up 2%.", "17 sessions later it fell."],
        ["It beat U.S. stocks.", "They fell."],
    ],
)
def test_sentences_end_where_others_begin(parts: list[str]) -> None:
    assert split(" ".join(parts)) == parts


def test_a_stop_after_a_space_ends_a_sentence_all_the_same() -> None:
    assert split("It rose .Then it fell.") == ["It rose .", "Then it fell."]


def test_words_are_a_set() -> None:
    assert words("to at to") == {"to", "at"}


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("aA. !?\"')(,;:…50%-\n"), max_size=60))
def test_sentences_cover_all_tokens_in_order(text: str) -> None:
    tokens = tokenise(text)
    ranges = sentences(tokens)
    assert [index for first, last in ranges for index in range(first, last)] == list(range(len(tokens)))
    assert all(first < last for first, last in ranges)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_tokens_hold_every_character_but_spaces(text: str) -> None:
    tokens = tokenise(text)
    covered = {place for token in tokens for place in range(token.start, token.end)}
    assert all(token.text == text[token.start : token.end] for token in tokens)
    assert all(
        text[place].isspace() or not text[place].isprintable() for place in range(len(text)) if place not in covered
    )
