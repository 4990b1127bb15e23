"""The lexicon: what a sentence names, longest phrase first, in the catalogue's and the instruments' own words."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.checking.lexicon import Lexicon
from pipeline.checking.mentions import Mention
from pipeline.checking.phrases import phrase_words
from pipeline.checking.tokens import tokenise
from pipeline.facts.catalogue import catalogue
from pipeline.facts.periods import PERIODS
from pipeline.market.instruments import WELL_KNOWN

MEASURES = catalogue()
CITED = [(measure.name, phrase) for measure in MEASURES.values() for phrase in measure.phrases]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(MEASURES, (WELL_KNOWN["RUT"], WELL_KNOWN["SPX"]), verbatim=("an index of many small firms",))


def read(lexicon: Lexicon, text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Kind, words and values of each mention."""
    tokens = tokenise(text)
    return [
        (mention.kind, text[tokens[mention.first].start : tokens[mention.last - 1].end], mention.values)
        for mention in lexicon.mentions(tokens)
    ]


def first(lexicon: Lexicon, text: str) -> Mention:
    return lexicon.mentions(tokenise(text))[0]


def test_every_phrase_of_the_catalogue_is_understood(lexicon: Lexicon) -> None:
    """What the catalogue says prose may call a measure, the reader reads as that measure or as a word of its own."""
    found = {(name, phrase): first(lexicon, phrase) for name, phrase in CITED}
    lost = [key for key, mention in found.items() if mention.kind == "measure" and key[0] not in mention.values]
    assert not lost
    others = {phrase for (_, phrase), mention in found.items() if mention.kind != "measure"}
    assert others == {"golden cross", "death cross"}, "which are words of crossing"


def test_every_phrase_of_a_period_names_it(lexicon: Lexicon) -> None:
    wrong = [
        (phrase, found)
        for period in PERIODS
        for phrase in period.phrases
        if (found := first(lexicon, phrase)).kind != "period" or period.name not in found.values
    ]
    assert not wrong


def test_every_name_of_an_instrument_names_it(lexicon: Lexicon) -> None:
    for instrument in (WELL_KNOWN["RUT"], WELL_KNOWN["SPX"]):
        for name in (instrument.name, instrument.symbol, *instrument.aliases, *instrument.nouns):
            found = first(lexicon, f"{name} rose")
            assert (found.kind, found.values) == ("instrument", (instrument.symbol,)), name


def test_well_known_others_are_outsiders(lexicon: Lexicon) -> None:
    for symbol, instrument in WELL_KNOWN.items():
        if symbol not in ("RUT", "SPX"):
            assert first(lexicon, f"{instrument.name} rose").kind == "outsider", symbol


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RSI(14)", [("measure", "RSI(14)", ("rsi_14",))]),
        ("50-day average", [("measure", "50-day average", ("sma_50",))]),
        ("50 day average", [("measure", "50 day average", ("sma_50",))]),
        ("52-week high", [("measure", "52-week high", ("high_52w",))]),
        ("month to date", [("period", "month to date", ("mtd",))]),
        ("the Russell 2000's close", [
            ("instrument", "Russell 2000", ("RUT",)), ("measure", "close", ("close",)),
        ]),
        ("an index of many small firms", [("neutral", "an index of many small firms", ())]),
        ("gloamed", [("unknown", "gloamed", ())]),
    ],
)  # fmt: skip
def test_the_longest_phrase_wins(lexicon: Lexicon, text: str, expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    found = [item for item in read(lexicon, text) if item[0] != "neutral" or len(expected) == 1]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("20-, 50- and 200-day averages", ["sma_20", "sma_50", "sma_200"]),
        ("20-, 50- and 200-day", ["sma_20", "sma_50", "sma_200"]),
        ("50- and 200-day exponential moving averages", ["ema_50", "ema_200"]),
        ("50/200-day averages", ["sma_50", "sma_200"]),
    ],
)
def test_lists_of_windows(lexicon: Lexicon, text: str, measures: list[str]) -> None:
    assert [values[0] for kind, _, values in read(lexicon, text) if kind == "measure"] == measures


def test_a_window_nobody_computes_is_an_outsider(lexicon: Lexicon) -> None:
    assert [kind for kind, *_ in read(lexicon, "50- and 75-day averages")] == ["measure", "outsider"]


@pytest.mark.parametrize(
    ("heading", "period"),
    [("Week", "1w"), ("YTD %", "ytd"), ("1-week change", "1w"), ("Day", "1d"), ("12 months", "12m"), ("Close", None)],
)
def test_table_headings_that_name_a_period(lexicon: Lexicon, heading: str, period: str | None) -> None:
    found = lexicon.heading_period(heading)
    assert (found.values[0] if found is not None else None) == period


def test_mentions_do_not_overlap_and_stand_in_order(lexicon: Lexicon) -> None:
    text = "On Friday the Russell 2000 rose 2.04% to 2,677.74, above its 5-, 20- and 50-day averages, a record close."
    tokens = tokenise(text)
    places = [(mention.first, mention.last) for mention in lexicon.mentions(tokens)]
    assert all(before[1] <= after[0] for before, after in pairwise(places))
    assert all(start < end <= len(tokens) for start, end in places)


def test_a_crossing_and_the_zone_it_enters_are_two_words(lexicon: Lexicon) -> None:
    """ "Fell into oversold territory": the zone is a label, whatever the verb."""
    assert ("label", ("oversold",)) in [
        (kind, values) for kind, _, values in read(lexicon, "fell into oversold territory")
    ]


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("50-day average", ["50", "day", "average"]),
        ("session's high", ["session", "'s", "high"]),
        ("ratio's 50-day average", ["ratio", "'s", "50", "day", "average"]),
        ("RSI(14)", ["rsi", "(", "14", ")"]),
        ("%K", ["%", "k"]),
        ("", []),
    ],
)
def test_words_of_a_phrase(phrase: str, words: list[str]) -> None:
    assert phrase_words(phrase) == words


def test_the_quick_way_to_split_a_phrase_agrees_with_the_tokeniser() -> None:
    slow = {
        phrase: [token.norm for token in tokenise(phrase.lower()) if token.text != "-" or not token.joined]
        for _, phrase in CITED
    }
    assert {phrase: phrase_words(phrase) for phrase in slow} == slow
