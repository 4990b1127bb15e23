"""Figures as they are printed: digits and words, signs, scales, units, ordinals, runs, totals and hedges."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.checking.figures import figure_at
from pipeline.checking.lexicon import Lexicon
from pipeline.checking.mentions import Figure
from pipeline.checking.modifiers import merge
from pipeline.checking.tokens import tokenise
from pipeline.facts.catalogue import catalogue
from pipeline.market.instruments import WELL_KNOWN


def read(text: str) -> Figure | None:
    """The figure at the start of a text, where all of the text belongs to it."""
    tokens = tokenise(text)
    found = figure_at(tokens, 0)
    assert found is None or found[1] == len(tokens), f"{len(tokens) - found[1]} tokens are left over"
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "value", "step", "unit"),
    [
        ("6,635.28", "6635.28", "0.01", ""),
        ("70", "70", "1", ""),
        (".5", "0.5", "0.1", ""),
        ("70.0", "70.0", "0.1", ""),
        ("0.77%", "0.77", "0.01", "%"),
        ("0.77 percent", "0.77", "0.01", "%"),
        ("2 per cent", "2", "1", "%"),
        ("0.08 percentage points", "0.08", "0.01", "pp"),
        ("1 percentage point", "1", "1", "pp"),
        ("8 basis points", "8", "1", "bp"),
        ("50.8 points", "50.8", "0.1", "points"),
        ("50-point", "50", "1", "points"),
        ("$131.20", "131.20", "0.01", "$"),
        ("131 dollars", "131", "1", "$"),
        ("four sessions", "4", "1", "sessions"),
        ("twenty-one trading days", "21", "1", "sessions"),
        ("six days", "6", "1", "days"),
        ("11 weeks", "11", "1", "weeks"),
        ("three times", "3", "0.3", "x"),
        ("$1.5 billion", "1500000000", "100000000", "$"),
        ("2 thousand", "2000", "1000", ""),
        ("three hundred", "300", "100", ""),
        ("two dozen", "24", "12", ""),
    ],
)
def test_value_printed_step_and_unit(text: str, value: str, step: str, unit: str) -> None:
    figure = read(text)
    assert figure is not None
    assert (figure.value, figure.step, figure.unit) == (Decimal(value), Decimal(step), unit)


@pytest.mark.parametrize(
    ("text", "signed"), [("+0.77%", "0.77"), ("-0.38%", "-0.38"), ("-$5", "-5"), ("$-5", "-5"), ("-15.2", "-15.2")]
)
def test_a_printed_sign_is_the_figures_own(text: str, signed: str) -> None:
    figure = read(text)
    assert figure is not None
    assert figure.sign
    assert figure.signed == Decimal(signed)


def test_a_hyphen_inside_a_word_or_a_range_is_no_sign() -> None:
    for text, place in (("COVID-19", 1), ("6,580-6,635", 1)):
        assert figure_at(tokenise(text), place) is None


@pytest.mark.parametrize(
    ("text", "value"), [("4th", 4), ("fourth", 4), ("21st", 21), ("twenty-first", 21), ("ninety-ninth", 99)]
)
def test_ordinals(text: str, value: int) -> None:
    figure = read(text)
    assert figure is not None
    assert (figure.value, figure.ordinal) == (value, True)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("four straight sessions", 4, "sessions"),
        ("four sessions in a row", 4, "sessions"),
        ("fourth straight session", 4, "sessions"),
        ("11 consecutive weeks", 11, "weeks"),
        ("six winning weeks", 6, "weeks"),
        ("three losing sessions in a row", 3, "sessions"),
        ("fifth straight daily", 5, "days"),
        ("seven days running", 7, "days"),
    ],
)
def test_runs(text: str, value: int, unit: str) -> None:
    found = figure_at(tokenise(text), 0)
    assert found is not None
    assert (found[0].value, found[0].unit, found[0].streak) == (value, unit, True)


def test_one_is_a_figure_only_where_it_counts() -> None:
    """ "One session" counts; "the weaker one" and "one of them" name a thing."""
    assert read("one session") is not None
    assert read("one percentage point") is not None
    for text in ("one", "one of them", "one reading"):
        assert figure_at(tokenise(text), 0) is None
    tokens = tokenise("four are below and one is above")
    assert figure_at(tokens, 4) is not None


@pytest.mark.parametrize("text", ["", "the", "-", "$", "+", "percent", "straight"])
def test_what_is_no_figure(text: str) -> None:
    assert not (tokens := tokenise(text)) or figure_at(tokens, 0) is None


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(catalogue(), (WELL_KNOWN["RUT"], WELL_KNOWN["SPX"]))


def figures(lexicon: Lexicon, text: str) -> list[Figure]:
    """The figures of a sentence with hedges and totals merged in."""
    tokens = tokenise(text)
    return [mention.figure for mention in merge(tokens, lexicon.mentions(tokens)) if mention.figure is not None]


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("It rose about 2%.", "about"),
        ("It rose roughly 2%.", "about"),
        ("It rose more than 2%.", "over"),
        ("It rose over 2%.", "over"),
        ("It rose nearly 2%.", "under"),
        ("It rose just under 2%.", "under"),
        ("It rose at least 2%.", "at_least"),
        ("It rose at most 2%.", "at_most"),
        ("It rose 2%.", ""),
        ("It rose almost a 2% step.", "under"),
    ],
)
def test_a_hedge_goes_into_its_figure(lexicon: Lexicon, text: str, hedge: str) -> None:
    assert [figure.hedge for figure in figures(lexicon, text)] == [hedge]


def test_each_figure_has_its_own_hedge(lexicon: Lexicon) -> None:
    hedges = [figure.hedge for figure in figures(lexicon, "It rose about 2% to nearly 2,700 points.")]
    assert hedges == ["about", "under"]


def test_over_a_stretch_of_time_is_no_hedge(lexicon: Lexicon) -> None:
    assert [figure.hedge for figure in figures(lexicon, "It fell over seven sessions.")] == [""]


@pytest.mark.parametrize("text", ["four of the twelve", "four of 12", "four out of twelve", "4 of its 12", "4/12"])
def test_a_total_goes_into_its_part(lexicon: Lexicon, text: str) -> None:
    (figure,) = figures(lexicon, f"{text} averages")
    assert (figure.value, figure.total) == (4, 12)


def test_the_greater_number_is_no_part(lexicon: Lexicon) -> None:
    assert [figure.total for figure in figures(lexicon, "twelve of the four")] == [None, None]


def test_two_figures_share_a_percent_sign(lexicon: Lexicon) -> None:
    assert [figure.unit for figure in figures(lexicon, "between 1.5 and 2%")] == ["%", "%"]
    assert [figure.unit for figure in figures(lexicon, "an RSI of 45 and 2%")] == ["", "%"]
