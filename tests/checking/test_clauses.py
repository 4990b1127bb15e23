"""Clauses: where one claim ends and the next begins, and what a clause inherits."""

from __future__ import annotations

import pytest

from pipeline.checking.clauses import Discourse, at_paragraph, split
from pipeline.checking.lexicon import Lexicon
from pipeline.checking.modifiers import merge
from pipeline.checking.reading.reader import Reader
from pipeline.checking.text import read_markdown
from pipeline.checking.tokens import tokenise
from pipeline.facts.catalogue import catalogue
from pipeline.market.instruments import WELL_KNOWN

INSTRUMENTS = (WELL_KNOWN["RUT"], WELL_KNOWN["SPX"])


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(catalogue(), INSTRUMENTS)


def clauses(lexicon: Lexicon, text: str) -> list[str]:
    (block,) = read_markdown(text)
    tokens = tokenise(block.text)
    return [clause.text for clause in split(block, tokens, merge(tokens, lexicon.mentions(tokens)))]


@pytest.mark.parametrize(
    "parts",
    [
        ["The Russell 2000 rose 2.04% on the week,", "while the S&P 500 fell 0.38%."],
        ["The Russell 2000 rose 2.04%,", "but the S&P 500 fell."],
        ["The close rose 2%;", "the RSI fell to 71.5."],
        ["The Russell 2000 rose 2.04%", "and the S&P 500 fell 0.38%."],
        ["It rose 2.04%,", "leaving the RSI at 71.5."],
        ["It closed at 2,677.74 \u2014", "its RSI stands at 71.5."],
        ["It rose 2.04%.", "It fell 0.38%."],
        ["The close is above its 50-day average,", "whereas the RSI is overbought."],
    ],
)
def test_a_clause_ends_where_a_new_claim_begins(lexicon: Lexicon, parts: list[str]) -> None:
    assert clauses(lexicon, " ".join(parts)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "The close is above its 50-day and its 200-day average.",
        "The RSI and the ADX stand at 71.5 and 23.4.",
        "The Russell 2000 and the S&P 500 rose.",
        "At 71.5 and 23.4 the RSI and the ADX are high.",
        "It rose 2.04% on the week and 7.89% this year.",
        "The low of 2,650 and the high of 2,692.23 frame the session.",
        "A small-cap index rose 2.04%.",
        "It fell from 71.5 to 68.9.",
        "It was not, but for the close, a record.",
    ],
)
def test_lists_and_terse_figures_stay_together(lexicon: Lexicon, text: str) -> None:
    assert clauses(lexicon, text) == [text]


def test_a_mention_is_printed_and_placed_as_it_stands_in_the_file(lexicon: Lexicon) -> None:
    source = "It **rose** 2.04%."
    (block,) = read_markdown(source)
    tokens = tokenise(block.text)
    (clause,) = split(block, tokens, merge(tokens, lexicon.mentions(tokens)))
    figure = next(mention for mention in clause.mentions if mention.kind == "figure")
    assert clause.printed(figure) == "2.04%"
    start, end = clause.place(figure)
    assert source[start:end] == "2.04%"


def test_a_paragraph_forgets_all_but_its_topic() -> None:
    state = Discourse(("SPX",), "RUT", "rsi_14", "weekly", "1w", "52w", -1, topic=("RUT",))
    assert at_paragraph(state) == Discourse(("RUT",), "RUT", topic=("RUT",))
    assert at_paragraph(Discourse(("SPX",), measure="close")) == Discourse(("SPX",))


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(catalogue(), INSTRUMENTS)


def states(reader: Reader, text: str) -> list[Discourse]:
    """The state in which each clause is read."""
    return [reading.state for reading in reader.read(text).readings]


def test_the_first_instrument_is_the_topic(reader: Reader) -> None:
    assert states(reader, "It rose 2.04%.")[0].instruments == ("RUT",)


def test_what_a_sentence_sets_the_next_one_inherits(reader: Reader) -> None:
    text = "The S&P 500 fell 0.38% on the week. Its weekly RSI stands at 60. It is neutral."
    first, second, third = states(reader, text)
    assert first.instruments == ("RUT",)
    assert (second.instruments, second.period, second.sign) == (("SPX",), "1w", -1)
    assert (third.instruments, third.measure, third.timeframe) == (("SPX",), "rsi_14", "weekly")


def test_both_are_in_focus_after_both(reader: Reader) -> None:
    assert states(reader, "Both indexes rose this year. They rose.")[1].instruments == ("RUT", "SPX")


def test_a_heading_sets_the_topic_of_its_section(reader: Reader) -> None:
    text = "# Russell 2000 rises\n\n## S&P 500\n\nIt fell 0.38% on the week.\n\nIt rose 1.38% this year."
    assert [state.instruments for state in states(reader, text)][-2:] == [("SPX",), ("SPX",)]


def test_the_state_says_itself_in_one_line() -> None:
    assert Discourse(("RUT", "SPX"), measure="rsi_14", timeframe="daily").describe() == "RUT and SPX, rsi_14, daily"
    assert Discourse().describe() == "no instrument"
