"""The template writer on notes: repeated verbatim with who said it, accepted by the checker, absent without notes."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.checking.checker import check
from pipeline.errors import InputError
from pipeline.facts.build import build_snapshot
from pipeline.facts.catalogue import catalogue
from pipeline.facts.notes import read_notes
from pipeline.facts.snapshot import Note, Snapshot
from pipeline.market.bars import Bars
from pipeline.publishing.markup import to_html
from pipeline.writing.draft import render
from pipeline.writing.template import write
from pipeline.writing.template.desk import Desk
from pipeline.writing.template.notes import notes

MEASURES = catalogue()
FED = Note(id="fed", text="We raised the range to 2.5%. We'll wait.", figures=("2.5%",), speaker="Jerome H. Powell",
           publisher="the Federal Reserve", published=date(2018, 12, 19))  # fmt: skip


def a_note(name: str, **values: object) -> Note:
    usual = {"id": name, "text": f"It rose {name} times.", "publisher": "AP", "published": date(2018, 12, 1)}
    return Note.model_validate(usual | values)


def with_notes(snapshot: Snapshot, *given: Note) -> Snapshot:
    return Snapshot.model_validate(snapshot.model_dump() | {"notes": [one.model_dump() for one in given]})


def accepted(snapshot: Snapshot) -> str:
    """The article of a snapshot, accepted with its slots known and as plain text."""
    rendered = render(write(snapshot), snapshot, MEASURES)
    for spans in (rendered.spans, ()):
        verdict = check(rendered.text, snapshot, spans)
        assert not [(one.rule, one.text, one.message) for one in verdict.findings]
    return rendered.text


@pytest.mark.parametrize(("note", "sentence"), [
    (FED, '"We raised the range to 2.5%. We\'ll wait," Jerome H. Powell said on Dec. 19, the Federal Reserve'),
    (a_note("two", speaker="Ann Lee", publisher=""), '"It rose two times," Ann Lee said on Dec. 1.'),
    (a_note("two", published=date(2017, 12, 1)), '"It rose two times," AP reported on Dec. 1, 2017.'),
    (a_note("two", speaker="AP"), '"It rose two times," AP reported on Dec. 1.'),
    (a_note("two", text='Did "it" rise?'), '"Did \'it\' rise?" AP reported on Dec. 1.'),
    (a_note("two", text="It rose in the U.S."), '"It rose in the U.S.," AP reported on Dec. 1.'),
    (a_note("two", text="Stocks fell because rates rose.", kind="statement"), '"Stocks fell because rates rose," AP'),
    (a_note("two", text="**A** [b](http://c) | {A} &amp; d_e `f`"), r'"\*\*A\*\* \[b\](http://c) \| {A} \&amp; d\_e'),
])  # fmt: skip
def test_a_note_is_repeated_with_its_attribution(sample_snapshot: Snapshot, note: Note, sentence: str) -> None:
    assert sentence in accepted(with_notes(sample_snapshot, note))


def test_the_three_newest_are_told_newest_first(sample_snapshot: Snapshot) -> None:
    days = {"one": 3, "two": 9, "three": 1, "four": 27}
    given = [a_note(name, published=date(2018, 12, day)) for name, day in days.items()]
    text = accepted(with_notes(sample_snapshot, *given))
    assert [text.count(f"rose {name} times") for name in days] == [1, 1, 0, 1]
    assert text.index("four times") < text.index("two times") < text.index("one times")


def test_a_long_note_is_cut_at_the_end_of_a_sentence(sample_snapshot: Snapshot) -> None:
    text = accepted(with_notes(sample_snapshot, a_note("long", text="The bank waited for a long while. " * 20)))
    assert text.count("The bank waited") == 8


def test_an_article_with_notes_keeps_all_it_says_without(sample_snapshot: Snapshot) -> None:
    """Notes take no room from the paragraphs, and move nothing in them."""
    given = [a_note(str(n), text="The bank waited for a long while. " * 8) for n in range(3)]
    blocks = accepted(with_notes(sample_snapshot, *given)).split("\n\n")
    assert [block for block in blocks if "The bank waited" not in block] == accepted(sample_snapshot).split("\n\n")


def test_without_a_valid_note_not_a_byte_changes(sample_bars: dict[str, Bars], sample_snapshot: Snapshot) -> None:
    lapsed = [a_note("old", valid_until=date(2018, 12, 30)), a_note("new", published=date(2019, 1, 2))]
    snapshot = build_snapshot(sample_bars["IXIC"], sample_bars["SPX"], notes=lapsed)
    assert write(snapshot).text == write(sample_snapshot).text


ODD_WORDS = """we the rates rose fell not if because to from 3% 2.5% $4 billion 25 basis points Dec. 19 2018 Monday U.S.
S&P 500 Nasdaq and but, while; "quoted words" 'single' it's don't traders' Inc. Mr. said reported according told per May
nan None TODO * _em_ `code` # | [link](x) ~ % @ & — – - -- ... … ? ! ( ) / \\ : é 中文 9:30 a.m. 2%-3% +4 -5 ½"""
WORDS = ODD_WORDS.split()
NAMES = [
    "Jerome Powell", "Federal Reserve", "the Federal Reserve", "J. H. Smith", "S&P Global", "iShares", "3M Co.", "May",
    "U.S. Treasury", "Moody's Analytics", "Yahoo! Finance", "E*Trade", "Ann O'Neil, economist", "BLS (Labor)", "Nasdaq",
    "Consumer Reports", "Per Olsson", "S&P 500", "deutsche bank", "{A} {it}", "中国银行", "Buyers",
]  # fmt: skip


@st.composite
def files(draw: st.DrawFn) -> str:
    """A file of one to three odd notes, as YAML (JSON is YAML)."""
    listed = []
    for number in range(draw(st.integers(1, 3))):
        text = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=14)))
        names = draw(st.tuples(st.sampled_from(NAMES), st.sampled_from([None, *NAMES])))
        note = {"id": f"n{number}", "text": text, "speaker": names[0], "publisher": names[1], "url": "https://a.org",
                "published": "DAY", "kind": draw(st.sampled_from(["statement", "event", "cause"]))}  # fmt: skip
        listed.append({key: value for key, value in note.items() if value is not None})
    day = draw(st.sampled_from(["2018-12-31", "2018-12-19", "2018-06-01", "2017-12-30"]))
    return json.dumps({"notes": listed}).replace('"DAY"', day)


@pytest.mark.slow
@given(files())
@settings(max_examples=150, deadline=None)
def test_whatever_the_file_takes_is_repeated_and_accepted(sample_snapshot: Snapshot, text: str) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        try:
            read = read_notes(Path(file.name))
        except InputError:
            return
    snapshot = sample_snapshot.model_copy(update={"notes": read})
    paragraph = notes(Desk(snapshot, MEASURES))
    article = f"# The Nasdaq rose 0.77% on the day\n\n{paragraph}\n\nIt closed at 6,635.28.\n"
    verdict = check(article, snapshot)
    assert not [(one.rule, one.text, one.message) for one in verdict.findings]
    assert "<a" not in to_html(article).body
