"""The word tables are sound: every row is whole, honest about its example, and no form stands in two places."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from pathlib import Path

import pytest

from pipeline.checking import vocabulary
from pipeline.checking.vocabulary import COLUMNS, FOLDER, FREE, Entry, load, read
from pipeline.errors import DefectError
from pipeline.facts.periods import PERIODS
from pipeline.facts.units import MONTH_NAMES, SMALL_NUMBERS, TENS, WEEKDAYS
from pipeline.market.instruments import WELL_KNOWN

LONGEST_ROW = 60
ENTRIES = [entry for entries in load().values() for entry in entries]


def heard(form: str) -> str:
    """A form as the reader hears it: hyphens and blanks are the same."""
    return re.sub(r"[-\s]+", " ", form.casefold())


def contains(sentence: str, form: str) -> bool:
    """Whether a sentence contains a form as whole words."""
    return re.search(rf"(?<![\w]){re.escape(heard(form))}(?![\w])", heard(sentence)) is not None


def row(entry: Entry) -> str:
    """A short name of a row in a message."""
    return f"{entry.kind}.tsv: {'|'.join(entry.forms)[:60]}"


def test_every_file_is_a_class_and_every_class_a_file() -> None:
    assert {path.stem for path in FOLDER.glob("*.tsv")} == set(COLUMNS)
    assert set(load()) == set(COLUMNS)
    assert all(load().values())


@pytest.mark.parametrize("kind", sorted(COLUMNS))
def test_file_explains_itself(kind: str) -> None:
    """The lines at the top name every column and every value it may hold."""
    top = []
    for line in (FOLDER / f"{kind}.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            break
        top.append(line)
    text = " ".join(top)
    assert len(top) >= 2
    assert text.isprintable()
    columns = ["forms", *COLUMNS[kind], "example"]
    assert f"Columns: {', '.join(columns)};" in text
    for name, values in COLUMNS[kind].items():
        missing = [value for value in values - {""} if value not in text.split(name, 1)[1]]
        assert not missing, f"{kind}.tsv does not explain {name} {missing}"


def test_forms_are_written_as_the_reader_hears_them() -> None:
    for entry in ENTRIES:
        for form in entry.forms:
            assert form, f"{row(entry)}: an empty form"
            assert form == " ".join(form.casefold().split()), f"{row(entry)}: {form!r}"
            assert not set(form) & set("’‘“”\u00a0\u2011\u2013\t"), f"{row(entry)}: {form!r} has a typographic sign"


def test_rows_have_no_empty_field_and_only_listed_attributes() -> None:
    for entry in ENTRIES:
        assert len(entry.forms) <= LONGEST_ROW, f"{row(entry)}: {len(entry.forms)} forms; split the row by meaning"
        for value, (name, values) in zip(entry.attributes, COLUMNS[entry.kind].items(), strict=True):
            allowed = value.strip() == value != "" if values is FREE else value in values
            assert allowed, f"{row(entry)}: {name} is {value!r}"


def test_every_example_is_a_sentence_with_one_of_its_forms() -> None:
    for entry in ENTRIES:
        assert re.match(r"[A-Z0-9“\"].*[.?!]$", entry.example), f"{row(entry)}: {entry.example!r} is no sentence"
        assert any(contains(entry.example, form) for form in entry.forms), f"{row(entry)}: not in {entry.example!r}"


def test_a_form_stands_in_one_row_only() -> None:
    rows: defaultdict[str, list[str]] = defaultdict(list)
    for entry in ENTRIES:
        for form in entry.forms:
            rows[heard(form)].append(row(entry))
    clashes = {form: found for form, found in rows.items() if len(found) > 1}
    assert not clashes, clashes


def test_what_is_declared_elsewhere_is_not_repeated() -> None:
    """Instruments, periods, numbers, months and weekdays have one home, which is not here.

    "session" is the unit of a count as well as the adjective of a one-day change, "may" a verb as well as a month; the
    reader tells them apart.
    """
    elsewhere = {heard(word) for period in PERIODS for word in (*period.phrases, *period.adjectives)} - {"session"}
    for instrument in WELL_KNOWN.values():
        names = (instrument.symbol, instrument.name, *instrument.aliases, *instrument.nouns)
        elsewhere |= {heard(word) for word in names}
    elsewhere |= {heard(word) for word in (*MONTH_NAMES, *WEEKDAYS, *SMALL_NUMBERS, *TENS) if word} - {"may"}
    twice = {form: row(entry) for entry in ENTRIES for form in entry.forms if heard(form) in elsewhere}
    assert not twice, f"declared elsewhere, take them out here: {twice}"


@pytest.mark.parametrize(
    ("form", "kind", "attributes"),
    [
        ("fell", "direction", ("-", "", "verb")),
        ("soared", "direction", ("+", "large", "verb")),
        ("edged lower", "direction", ("-", "small", "verb")),
        ("little changed", "direction", ("0", "flat", "adjective")),
        ("lagged", "versus", ("-",)),
        ("north of", "relation", ("+",)),
        ("nearly", "hedge", ("under",)),
        ("all", "quantifier", ("all",)),
        ("not", "negation", ()),
        ("broke below", "crossing", ("-", "cross")),
        ("death cross", "crossing", ("-", "death")),
        ("longest", "record", ("longest", "*")),
        ("sellers", "agent", ("-",)),
        ("because", "cause", ("strong",)),
        ("poised to", "forecast", ("expectation",)),
        ("would", "forecast", ("conditional",)),
        ("usually", "habit", ()),
        ("stop-loss", "advice", ()),
        ("skyrocket", "hype", ("hype",)),
        ("sentiment", "mind", ()),
        ("analysts say", "authority", ("source",)),
        ("tariffs", "topic", ("policy",)),
        ("fibonacci", "outsider", ("indicator",)),
        ("uptrend", "stance", ("+", "trend")),
        ("not investment advice", "neutral", ("phrase",)),
        ("will be closed", "neutral", ("phrase",)),
        ("heavy volume", "volume", ("heavy",)),
    ],
)
def test_words_stand_where_a_copy_desk_puts_them(form: str, kind: str, attributes: tuple[str, ...]) -> None:
    """A few words whose meaning is beyond dispute (CHECKER.md and ARTICLE.md name most of them)."""
    found = [entry for entry in ENTRIES if form in entry.forms]
    assert [(entry.kind, entry.attributes) for entry in found] == [(kind, attributes)]


def test_a_broken_row_is_named_by_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "versus.tsv"
    path.write_text("# note\nbeat|beats\t+\tIt beat the rest.\ntrail|trails\tIt trails.\n", encoding="utf-8")
    with pytest.raises(DefectError, match=r"versus\.tsv:3 needs 3 columns"):
        read(path)


def test_reading_all_tables_takes_milliseconds() -> None:
    """Ten readings, the fastest counts: start-up is part of the product (15 ms at most for all files)."""
    times = []
    for _ in range(10):
        start = time.perf_counter()
        for kind in COLUMNS:
            read(vocabulary.FOLDER / f"{kind}.tsv")
        times.append(time.perf_counter() - start)
    assert min(times) < 0.015
