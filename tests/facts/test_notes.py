"""Notes: what the file may hold, every fault told at once and in its place, and which are valid at a session."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from pipeline.errors import InputError
from pipeline.facts.build import build_snapshot
from pipeline.facts.notes import BYTES, read_notes
from pipeline.facts.snapshot import Gap, Note, Snapshot, read_snapshot
from pipeline.market.bars import Bars

GOOD = """
notes:
  - id: fed-dec
    text: "We raised the target range by a quarter point
           to 2.25% to 2.5%."
    figures: ["2.25%", "2.5%"]
    speaker: Jerome Powell
    publisher: Federal Reserve
    url: https://www.federalreserve.gov/newsevents.htm?a=1&b=2#top
    published: 2018-12-19
    valid_until: 2019-01-30
    kind: statement
  - {id: jobs, text: Payrolls rose., publisher: BLS, url: "http://bls.gov", published: 2018-12-07, instruments: [SPX]}
"""
TOML = """
[[notes]]
id = "fed-dec"
text = "We raised the target range by a quarter point to 2.25% to 2.5%."
figures = ["2.25%", "2.5%"]
speaker = "Jerome Powell"
publisher = "Federal Reserve"
url = "https://www.federalreserve.gov/newsevents.htm?a=1&b=2#top"
published = 2018-12-19
valid_until = 2019-01-30
kind = "statement"

[[notes]]
id = "jobs"
text = "Payrolls rose."
publisher = "BLS"
url = "http://bls.gov"
published = 2018-12-07
instruments = ["SPX"]
"""


def write(folder: Path, text: str | bytes, name: str = "notes.yaml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return path


def faults(folder: Path, text: str | bytes, name: str = "notes.yaml") -> str:
    """The message about a file, which ends a command with 2."""
    with pytest.raises(InputError) as error:
        read_notes(write(folder, text, name))
    assert error.value.exit_code == 2
    return str(error.value)


def note(**values: object) -> str:
    """A file of one good note with some keys changed; None leaves a key out."""
    good = {"id": "a", "text": '"It rose 5%."', "speaker": "Ann Lee", "url": "https://a.org", "published": "2018-12-19"}
    lines = [f"    {key}: {value}" for key, value in (good | values).items() if value is not None]
    return "notes:\n  -\n" + "\n".join(lines)


def a_note(name: str = "a", **values: object) -> Note:
    return Note(**{"id": name, "text": "It rose.", "speaker": "Ann Lee", "published": date(2018, 12, 19), **values})  # type: ignore[arg-type]


def test_both_formats_give_the_same_notes(tmp_path: Path) -> None:
    first, second = read_notes(write(tmp_path, GOOD))
    assert first.text == "We raised the target range by a quarter point to 2.25% to 2.5%."
    assert (first.figures, first.kind, first.valid_until) == (("2.25%", "2.5%"), "statement", date(2019, 1, 30))
    assert (second.speaker, second.publisher, second.published) == ("", "BLS", date(2018, 12, 7))
    assert read_notes(write(tmp_path, TOML, "notes.toml")) == (first, second)
    assert read_notes(write(tmp_path, b"\xef\xbb\xbf" + GOOD.encode(), "notes.yml")) == (first, second)


def test_a_list_without_notes_is_no_fault(tmp_path: Path) -> None:
    assert read_notes(write(tmp_path, "notes: []")) == ()


@pytest.mark.parametrize(("changed", "told"), [
    ({"published": '"2018-12-19"'}, "line 7, note a, published: found the text '2018-12-19'; needed a date such as"),
    ({"published": "Dec. 19"}, "published: found the text 'Dec. 19'; needed a date"),
    ({"published": "2018-12-19 10:00:00"}, "published: found the time 2018-12-19 10:00:00; needed a date"),
    ({"published": "20181219"}, "published: found the number 20181219; needed a date"),
    ({"valid_until": "2018-12-18"}, "valid_until: found the date 2018-12-18, before it was published; needed a date"),
    ({"url": "javascript:alert(1)"}, "line 6, note a, url: found the text 'javascript:alert(1)'; needed an address"),
    ({"url": "ftp://a.org"}, "needed an address with http or https"),
    ({"url": "https://bank.example@evil.example"}, "needed an address"),
    ({"url": "'https://a.org/\"onclick=x'"}, "needed an address"),
    ({"url": "https://a.org/{{x}}"}, "needed an address"),
    ({"url": "//a.org"}, "needed an address"),
    ({"speaker": None}, "note a, speaker: found neither speaker nor publisher; needed at least one of them"),
    ({"speaker": '" "'}, "speaker: found an empty text; needed a name"),
    ({"speaker": "[a]"}, "speaker: found a list; needed a name, in quotation marks"),
    ({"speaker": "5"}, "speaker: found the number 5; needed a name, in quotation marks"),
    ({"text": "2.5"}, "text: found the number 2.5; needed the statement, in quotation marks"),
    ({"text": '"- ?"'}, "two words at least"),
    ({"text": '"' + 'a ' * 600 + '"'}, "text: found 1,199 characters; needed at most 1,000 characters"),
    ({"text": '"It rose 5%. <b>Buy</b>"'}, "text: found '<b'; needed plain text without HTML"),
    ({"text": '"It rose 5% &amp; more"'}, "found '&amp;'; needed plain text"),
    ({"text": '"It rose [[SPX.close]] 5%"'}, "found '[['; needed plain text"),
    ({"text": '"It rose {{ 7*7 }} 5%"'}, "found '{{'; needed plain text"),
    ({"text": '"It rose \\u202e5%"'}, "text: found the character U+202E; needed text that can be seen"),
    ({"text": '"It rose \\u200b5%"'}, "found the character U+200B"),
    ({"text": '"It rose \\x1b[31m 5%"'}, "found the character U+001B"),
    ({"text": '"It rose \\0 5%"'}, "found the character U+0000"),
    ({"figures": "[5]"}, "found the number 5; needed figures as they stand in the text, each in quotation marks"),
    ({"figures": '"5%"'}, "figures: found the text '5%'; needed a list of figures"),
    ({"figures": '["6%"]'}, "figures: found '6%', which the text does not hold; needed figures as they"),
    ({"text": '"It rose 15%."', "figures": '["5%"]'}, "found '5%', which the text does not hold"),
    ({"text": '"It rose 5.25%."', "figures": '["5"]'}, "found '5', which the text does not hold"),
    ({"kind": "rumour"}, "kind: found the text 'rumour'; needed statement, event, cause"),
    ({"sepaker": "x"}, "sepaker: found an unknown key 'sepaker'; needed speaker"),
    ({"url": None}, "note a, url: found no such key; needed an address"),
    ({"text": None}, "note a, text: found no such key; needed the statement"),
    ({"published": None}, "note a, published: found no such key; needed a date"),
    ({"id": None}, "note 1, id: found no such key; needed a short name"),
    ({"id": "a.b"}, "note 1, id: found the text 'a.b'; needed a short name of letters, digits, - and _"),
    ({"id": "../../x"}, "note 1, id: found the text '../../x'; needed a short name"),
])  # fmt: skip
def test_a_fault_says_where_it_stands_what_was_found_and_what_was_needed(
    tmp_path: Path, changed: dict[str, object], told: str
) -> None:
    message = faults(tmp_path, note(**changed))
    assert message.startswith("notes.yaml line ")
    assert told in message
    assert "\n" not in message, "one fault, one line"
    assert not set("\x00\x1b\u202e\u200b") & set(message)


@pytest.mark.parametrize(("text", "told"), [
    ("", "found an empty file"),
    (" \n", "found an empty file"),
    ("# nothing\n", "needed a list `notes`"),
    ("- 1", "needed a list `notes`"),
    ("notes: 5", "notes.yaml line 1: found the number 5; needed a list `notes`"),
    ("notes:\n  - 5", "line 2, note 1: found the number 5; needed a note with id"),
    ("notes: []\nextra: 1", "line 2: found the key 'extra'; needed `notes` alone"),
    ("notes: [{id: a, id: b}]", "line 1: found the key 'id' twice"),
    ("notes: &all []", "line 1: found an anchor or alias"),
    ("a: &a [x]\nb: &b [*a, *a]\nnotes: [*b, *b]", "line 1: found an anchor or alias"),
    ("notes: [*x]", "found an anchor or alias"),
    ("notes: [[[[[[[[1]]]]]]]]", "nested too deep"),
    ("notes: [!!python/object/apply:os.system [x]]", "notes.yaml line 1"),
    ("notes: [!!python/name:os.system x]", "which is no value"),
    ("notes: []\n---\nnotes: []", "a second document"),
    ("notes: [", "notes.yaml line 1 needs to be YAML; found:"),
    ("notes:\n\t- a", "notes.yaml line 2 needs to be YAML; found:"),
    (b"notes: \xff", "needs to be text in UTF-8; found invalid start byte at byte 7"),
    ("notes: [{id: a, published: 2018-13-45}]", "line 1: found '2018-13-45', which is no value"),
    (" " * BYTES + "notes: []", "needs at most 1,000,000 bytes; found more"),
    ("notes:\n" + "  - 1\n" * 201, "found 201 notes; needed at most 200"),
])  # fmt: skip
def test_a_file_that_is_none_of_notes_is_one_clear_error(tmp_path: Path, text: str | bytes, told: str) -> None:
    assert told in faults(tmp_path, text)


def test_toml_has_the_same_rules(tmp_path: Path) -> None:
    assert "notes.toml needs to be TOML" in faults(tmp_path, "notes = [", "notes.toml")
    told = faults(tmp_path, TOML.replace("2018-12-07", '"2018-12-07"'), "notes.toml")
    assert told.startswith("notes.toml note jobs, published: found the text '2018-12-07'; needed a date")


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    text = note(kind="rumour", url="x") + "\n  - {id: a, text: It rose, publisher: B, url: 'https://b.org'}\n  - 5"
    told = faults(tmp_path, text).splitlines()
    assert [line.split(":")[0] for line in told] == [
        "notes.yaml line 6, note a, url", "notes.yaml line 8, note a, kind", "notes.yaml line 9, note a, published",
        "notes.yaml line 10, note 3", "notes.yaml line 9, note a, id",
    ]  # fmt: skip
    assert "the id of an earlier note" in told[-1]


def test_other_files_and_folders_are_told(tmp_path: Path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    for name, told in (("folder.yaml", "Is a directory"), ("none.yaml", "No such file"), ("a\0.yaml", "null byte")):
        with pytest.raises(InputError, match=told):
            read_notes(tmp_path / name)
    with pytest.raises(InputError, match=r"\.yaml, \.yml or \.toml"):
        read_notes(write(tmp_path, GOOD, "notes.txt"))


@pytest.mark.slow
@pytest.mark.parametrize("text", [
    "a: " + "[" * 300_000, "- x\n" * 200_000, "a: " + "1" * 900_000, "notes: [" + "x," * 400_000, "? " * 400_000,
])  # fmt: skip
def test_a_hostile_file_is_refused_at_once(tmp_path: Path, text: str) -> None:
    start = time.perf_counter()
    faults(tmp_path, text)
    assert time.perf_counter() - start < 5


def test_lines_become_one_and_markdown_stays_text(tmp_path: Path) -> None:
    text = '"*It*  rose\\n\\t[5%](x), she said \\"now\\"."'
    (read,) = read_notes(write(tmp_path, note(text=text, figures='["5%"]')))
    assert read.text == '*It* rose [5%](x), she said "now".'


@pytest.mark.parametrize(("values", "reason"), [
    ({}, None),
    ({"published": date(2018, 12, 31)}, None),  # the session itself
    ({"published": date(2019, 1, 2)}, "published on 2019-01-02, after the session"),
    ({"valid_until": date(2018, 12, 31)}, None),
    ({"valid_until": date(2018, 12, 30)}, "expired on 2018-12-30, before the session"),
])  # fmt: skip
def test_a_note_is_valid_from_its_publication_to_its_end(
    sample_bars: dict[str, Bars], values: dict[str, object], reason: str | None
) -> None:
    given = a_note(**values)
    snapshot = build_snapshot(sample_bars["IXIC"], notes=[given])
    gaps = [gap for gap in snapshot.gaps if gap.kind == "note"]
    assert snapshot.notes == (() if reason else (given,))
    assert gaps == ([Gap(id="a", kind="note", reason=reason)] if reason else [])


def test_a_note_about_others_is_neither_in_nor_missing(sample_bars: dict[str, Bars]) -> None:
    notes = [
        a_note("a", instruments=("RUT",)),
        a_note("b", instruments=("RUT", "ixic")),
        a_note("c", instruments=("SPX",)),
    ]
    snapshot = build_snapshot(sample_bars["IXIC"], sample_bars["SPX"], notes=notes)
    assert [one.id for one in snapshot.notes] == ["b", "c"]
    assert not [gap for gap in snapshot.gaps if gap.kind == "note"]


def test_the_digest_covers_notes_and_what_became_of_them(sample_bars: dict[str, Bars]) -> None:
    bars = sample_bars["IXIC"]
    late = a_note(published=date(2019, 1, 2))
    digests = [
        build_snapshot(bars, notes=notes).digest for notes in ([], [a_note()], [a_note(text="It fell.")], [late])
    ]
    assert len(set(digests)) == 4
    assert build_snapshot(bars).digest == digests[0]


def test_a_snapshot_with_notes_is_read_again_as_it_was(sample_bars: dict[str, Bars]) -> None:
    snapshot = build_snapshot(sample_bars["IXIC"], notes=[a_note(), a_note("b", valid_until=date(2018, 12, 20))])
    again = read_snapshot(snapshot.model_dump_json())
    assert (again.notes, again.gaps) == (snapshot.notes, snapshot.gaps)


@pytest.mark.parametrize(("notes", "told"), [
    ([a_note(), a_note()], "a stands twice"),
    ([a_note(published=date(2019, 1, 2))], "in a snapshot of 2018-12-31"),
    ([a_note(valid_until=date(2018, 12, 30))], "in a snapshot of 2018-12-31"),
])  # fmt: skip
def test_an_impossible_snapshot_is_refused(sample_snapshot: Snapshot, notes: list[Note], told: str) -> None:
    values = sample_snapshot.model_dump()
    with pytest.raises(ValidationError, match=told):
        Snapshot.model_validate(values | {"notes": [one.model_dump() for one in notes]})
