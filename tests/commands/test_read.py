"""check and rules as commands: every format, and every kind of bad input, by the contract's exit codes."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from pipeline import cli
from pipeline.commands.files import ARTICLE_LIMIT
from pipeline.facts.snapshot import Snapshot

ROOT = Path(__file__).resolve().parents[2]
TRUE = "The Nasdaq closed at 6,635.28."  # its close of 2018-12-31, as published
FALSE = "The Nasdaq closed at 6,653.28."


@pytest.fixture(scope="session")
def snapshot_text(sample_snapshot: Snapshot) -> str:
    """The sample's last session as a file holds it."""
    return sample_snapshot.model_dump_json()


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, snapshot_text: str) -> None:
    """Each test works in a folder with a snapshot."""
    monkeypatch.chdir(tmp_path)
    Path("snapshot.json").write_text(snapshot_text, encoding="utf-8")


class Ran:
    """What a command gave."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def refusal(self) -> str:
        """The message of a refusal: exit code 2, one line on stderr, nothing on stdout."""
        lines = self.err.splitlines()
        assert (self.code, self.out, len(lines)) == (2, "", 1), (self.code, self.out[:200], self.err)
        assert lines[0].startswith("technical-trader: ")
        assert lines[0].endswith(".")
        assert len(lines[0]) < 700
        return lines[0]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs the command line in this process."""

    def call(*arguments: str | Path) -> Ran:
        with pytest.raises(SystemExit) as ended:
            cli.main([str(item) for item in arguments])
        out, err = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Ran(ended.value.code, out, err)

    return call


def process(*arguments: str, given: bytes = b"", seed: int = 0) -> Ran:
    """Runs it in a process of its own, with something on standard input and a seed of Python's hashes."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": str(seed)}
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", *arguments], input=given, capture_output=True, env=environ, check=False,
        timeout=60,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def article(text: str | bytes, name: str = "a.md") -> Path:
    """A file with a text."""
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return Path(name)


# Formats


def test_each_format_says_the_same(run: Any) -> None:
    for text, code, verdict in ((TRUE, 0, "accepted"), (FALSE, 1, "rejected")):
        told = [run("check", article(text), *form) for form in ([], ["--format", "json"], ["--format", "sarif"])]
        assert [one.code for one in told] == [code] * 3
        assert [one.err for one in told] == [""] * 3
        assert told[0].out.splitlines()[-1].startswith(f"{verdict}: ")
        assert json.loads(told[1].out)["verdict"] == verdict
        assert json.loads(told[2].out)["runs"][0]["properties"]["verdict"] == verdict


def test_each_format_explains(run: Any) -> None:
    told = [
        run("check", article(FALSE), "--explain", *form) for form in ([], ["--format", "json"], ["--format", "sarif"])
    ]
    assert [one.code for one in told] == [1] * 3
    assert told[0].out.startswith("line 1, in focus: ")
    assert told[0].out.splitlines()[-1].startswith("rejected: ")
    assert "a.md:1:22: NUM01 [wrong-figure] " in told[0].out
    whole = json.loads(told[1].out)
    in_run = json.loads(told[2].out)["runs"][0]["properties"]["explanation"]
    for explanation in (whole["explanation"], in_run):
        (claim,) = explanation["clauses"][0]["claims"]
        assert (claim["text"], claim["verdict"]) == ("6,653.28", "refuted")


@pytest.mark.slow
@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_the_same_article_gives_the_same_bytes(form: str) -> None:
    article(f"{FALSE} It rose 0.77% on the day, and the S&P 500 rose 0.85% on hopes. Apple fell.")
    told = [process("check", "a.md", "--format", form, "--explain", seed=seed) for seed in (1, 2)]
    assert told[0].code == 1
    assert told[0].out == told[1].out


def test_a_path_is_told_as_it_was_given(run: Any) -> None:
    Path("drafts").mkdir()
    told = run("check", article(FALSE, "drafts/a.md"), "--snapshot", "snapshot.json")
    assert told.out.startswith("drafts/a.md:1:22: ")


def test_marks_that_hide_or_steer_are_written_out_in_every_format(run: Any) -> None:
    text = "The \x1b[31mNasdaq\u202e closed at 6,653.28 \u2067 in \x07 fact\u200b."
    for form in (["--format", "text"], ["--format", "json"], ["--format", "sarif"]):
        for more in ([], ["--explain"]):
            told = run("check", article(text, "a\u202e.md"), *form, *more)
            assert told.code == 1
            assert not set(told.out) & set("\x1b\x07\u202e\u2067\u200b")
            if form[1] != "text":
                json.loads(told.out)


def test_the_schema_of_verdicts_is_written_to_its_file(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.checking import report

    monkeypatch.setattr(report.write_schema, "__defaults__", (tmp_path / "v.json",))
    told = run("check", "--schema")
    assert (told.code, told.out.strip()) == (0, str(tmp_path / "v.json"))
    assert (tmp_path / "v.json").read_text(encoding="utf-8") == report.SCHEMA_FILE.read_text(encoding="utf-8")


def test_rules_are_listed_and_explained_as_text_and_json(run: Any) -> None:
    assert "NUM01    wrong-figure" in run("rules").out
    assert run("rules", "num01").out.startswith("wrong-figure (NUM01, refuted")
    listed = json.loads(run("rules", "--format", "json").out)
    (one,) = json.loads(run("rules", "NUM01", "--format", "json").out)
    assert one in listed
    assert "rules" in run("rules", "nope").refusal


# Articles that cannot be read, or have nothing in them


@pytest.mark.parametrize(("data", "said"), [
    (b"", "it is empty"),
    (b" \n\t\r\n ", "it is empty"),
    ("\ufeff\u00a0\u2003\u200b\n".encode(), "it is empty"),  # a byte order mark, spaces, one without width
    (b"\x00\x00\x00", "it is empty"),
    ("The Nasdaq closed at 6,635.28 \u2013".encode()[:-1], "ends in the middle of a character, at byte 30"),
    ("caf\u00e9 " .encode("latin-1") + TRUE.encode(), "invalid continuation byte at byte 3. Save it as UTF-8"),
    (TRUE.encode("utf-16"), "needs to be text in UTF-8"),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "needs to be text in UTF-8"),
    (b"<!DOCTYPE html>\n<p>The Nasdaq rose.</p>", "is a page"),
    (b"\xef\xbb\xbf<html><p>The Nasdaq rose.</p>", "is a page"),
    (b"Hello world.", "needs statements to prove"),
])  # fmt: skip
@pytest.mark.parametrize("form", ["text", "json", "sarif"])
def test_an_article_without_a_text_is_refused(run: Any, data: bytes, said: str, form: str) -> None:
    assert said in run("check", article(data), "--format", form).refusal
    assert said in run("check", article(data), "--format", form, "--explain").refusal


@pytest.mark.parametrize(("text", "code"), [
    (f"\ufeff{TRUE}", 0),  # a byte order mark is no text
    (TRUE.replace(" ", "\r\n", 1), 0),
    (TRUE[:20], 2),  # cut short before its figure: nothing is stated
    (f"{TRUE} It fell 0.77% on", 1),
    (f"{TRUE}\x00", 0),
    ("Apple closed at 157.74 on Dec. 31, 2018.", 1),  # its close, as published; not in the snapshot
    ("The FTSE 100 fell 12.5% in 2018.", 1),
    ("Bitcoin closed at $3,742.70.", 1),
    ("Quimby Corp. closed at 17.20, up 3%.", 1),
])  # fmt: skip
def test_a_text_that_can_be_read_has_a_verdict(run: Any, text: str, code: int) -> None:
    assert run("check", article(text)).code == code


def test_a_text_about_other_instruments_is_told_which_ones_it_may_be_about(run: Any) -> None:
    told = run("check", article("The FTSE 100 fell 12.5% in 2018."), "--format", "json")
    found = {finding["code"]: finding for finding in json.loads(told.out)["findings"]}
    assert "the S&P 500" in found["NAME01"]["help"]


# Files that are none


def test_a_missing_file_and_a_folder_are_refused(run: Any) -> None:
    assert "'nope.md' cannot be read: No such file or directory. Name an article" in run("check", "nope.md").refusal
    Path("empty").mkdir()
    assert "'empty' needs to be the folder of one article" in run("check", "empty").refusal
    Path("deep/article.md").mkdir(parents=True)
    assert "Is a directory" in run("check", "deep").refusal


def test_a_folder_stands_for_the_article_in_it(run: Any, snapshot_text: str) -> None:
    Path("one").mkdir()
    article(FALSE, "one/article.md")
    assert "'one/snapshot.json' cannot be read" in run("check", "one").refusal
    Path("one/snapshot.json").write_text(snapshot_text, encoding="utf-8")
    assert run("check", "one").code == 1


def test_a_file_without_an_end_is_refused(run: Any) -> None:
    article(b"x" * (ARTICLE_LIMIT + 1))
    assert "is longer than 1 MB" in run("check", "a.md").refusal
    if Path("/dev/zero").exists():
        assert "is longer than 1 MB" in run("check", "/dev/zero", "--snapshot", "snapshot.json").refusal
        assert "is longer than 16 MB" in run("check", article(TRUE), "--snapshot", "/dev/zero").refusal


def test_standard_input_is_an_article_too() -> None:
    told = process("check", "-", "--snapshot", "snapshot.json", given=FALSE.encode())
    assert (told.code, told.err) == (1, "")
    assert told.out.startswith("-:1:22: NUM01 [wrong-figure] ")


@pytest.mark.parametrize(("data", "said"), [
    (b"", "standard input needs a text to prove"), (b"\xff\xfe", "standard input needs to be text in UTF-8"),
    (b"Hello world.", "standard input needs statements to prove"),
])  # fmt: skip
def test_bad_standard_input_is_refused(run: Any, monkeypatch: pytest.MonkeyPatch, data: bytes, said: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert said in run("check", "-", "--snapshot", "snapshot.json").refusal


def test_standard_input_has_no_snapshot_beside_it(run: Any) -> None:
    assert "Name one with --snapshot FILE" in run("check", "-").refusal


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize(("data", "code"), [(TRUE.encode(), 0), (FALSE.encode(), 1), (b"", 2)])
def test_a_named_pipe_is_read_once_to_its_end(data: bytes, code: int) -> None:
    os.mkfifo("pipe")
    writing = threading.Thread(target=lambda: Path("pipe").write_bytes(data))
    writing.start()
    told = process("check", "pipe")
    writing.join(timeout=10)
    assert told.code == code


# Snapshots that are none


WHOLE = {
    "": "is not whole JSON: EOF while parsing a value at line 1 column 0",
    "[" * 100_000: "is not whole JSON: recursion limit",
    "[]": "is JSON but no snapshot: it needs an object with facts, and found '[]'",
    "3": "is JSON but no snapshot",
    "null": "is JSON but no snapshot",
    '{"name": "x"}': "is not a snapshot of schema version 1: schema_version: Field required",
}
"""Texts of snapshots that are none."""
PARTS = (
    (slice(0, 90_000), "is not whole JSON: EOF while parsing"),
    (slice(0, -1), "is not whole JSON: EOF while parsing"),
    (('"schema_version":"1"', '"schema_version":"2"'), "has schema_version '2', and this program reads '1'"),
    (('"catalogue_version":"2"', '"catalogue_version":"1"'), "holds facts by version '1' of the catalogue"),
    (('"6635.', '"x6635.'), "is not a number"),
    (('"value":"0.7', '"value":"1e999999999'), "is not a number that a market has"),
    (('"facts":[', '"facts":[7,'), "facts.0: Input should be an object"),
    (('"digest"', '"\x7f\u202edigest"'), "digest: "),
)
"""What is left of a sound one, or put in it for something else."""


@pytest.mark.parametrize(("change", "said"), [*WHOLE.items(), *PARTS],
                         ids=lambda value: str(value)[:40])  # fmt: skip
def test_a_snapshot_that_is_none_is_refused(run: Any, snapshot_text: str, change: Any, said: str) -> None:
    if isinstance(change, str):
        changed = change
    else:
        changed = snapshot_text[change] if isinstance(change, slice) else snapshot_text.replace(*change, 1)
        assert changed != snapshot_text
    Path("snapshot.json").write_text(changed, encoding="utf-8")
    refusal = run("check", article(TRUE)).refusal
    assert said in refusal
    assert "snapshot.json" in refusal
    assert "again with technical-trader snapshot" in refusal
    assert not set(refusal) & set("\x7f\u202e")


def test_a_snapshot_may_have_a_byte_order_mark(run: Any, snapshot_text: str) -> None:
    Path("snapshot.json").write_text(f"\ufeff{snapshot_text}", encoding="utf-8")
    assert run("check", article(TRUE)).code == 0


def test_a_snapshot_in_no_encoding_or_in_no_file_is_refused(run: Any, snapshot_text: str) -> None:
    assert "cannot be read: Is a directory. Name the file with --snapshot FILE" in run(
        "check", article(TRUE), "--snapshot", "."
    ).refusal  # fmt: skip
    assert "cannot be read: No such file" in run("check", article(TRUE), "--snapshot", "nope.json").refusal
    Path("snapshot.json").write_bytes(snapshot_text.encode("utf-16"))
    assert "needs to be text in UTF-8" in run("check", article(TRUE)).refusal


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[{"start": 1}]', '[{"start": 0, "end": 4, "fact": "x"}', "nope"])
def test_spans_that_are_none_are_refused(run: Any, text: str) -> None:
    Path("spans.json").write_text(text, encoding="utf-8")
    assert "spans.json" in run("check", article(TRUE)).refusal


def test_spans_out_of_place_change_nothing(run: Any) -> None:
    Path("spans.json").write_text('[{"start": -5, "end": 1000000, "fact": "x"}]', encoding="utf-8")
    assert run("check", article(TRUE)).code == 0


def test_a_full_disk_is_the_disks_trouble() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([sys.executable, "-m", "pipeline.cli", "rules"], stdout=full, stderr=subprocess.PIPE,
                              env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False, timeout=60)  # fmt: skip
    assert done.returncode == 2
    assert b"could not be printed" in done.stderr
    assert b"defect" not in done.stderr


def test_a_folder_without_an_article_is_refused_by_its_own_name(run: Any) -> None:
    Path("drafts").mkdir()
    assert "'drafts' needs to be the folder of one article" in run("check", "drafts").refusal


def test_a_snapshot_without_a_version_is_refused(run: Any) -> None:
    facts = json.loads(Path("snapshot.json").read_text(encoding="utf-8"))
    del facts["schema_version"]
    Path("snapshot.json").write_text(json.dumps(facts), encoding="utf-8")
    assert "has no schema_version" in run("check", article(TRUE)).refusal


def test_where_nearly_all_fails_the_snapshot_is_named(run: Any) -> None:
    false = "\n\n".join(f"The Nasdaq closed at 7,{place:03}.12." for place in range(30))
    assert "The snapshot is of Nasdaq Composite as of 2018-12-31" in run("check", article(false)).err
    assert not run("check", article(FALSE)).err
