"""The command line: what it prints where, its exit codes, what it imports, and every bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from pipeline import cli
from pipeline.settings import PREFIX

ROOT = Path(__file__).resolve().parent.parent
HEAVY = ("pandas", "numpy", "ta", "matplotlib", "langchain", "langchain_core", "openai", "prefect")
HEADER = "date,open,high,low,close,volume"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test works in a folder of its own, without the settings of the person who runs it."""
    monkeypatch.chdir(tmp_path)
    for name in [*os.environ]:
        if name.startswith((PREFIX, "OPENAI_")):
            monkeypatch.delenv(name)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line in this process: exit code, stdout, stderr."""

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            cli.main([str(item) for item in arguments])
        out, err = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, out, err

    return call


def bars(count: int = 40) -> list[str]:
    """Rows of a steady rise on weekdays from 2024-01-01, a Monday."""
    days = (date(2024, 1, 1) + timedelta(days=n) for n in range(count * 2))
    weekdays = [day for day in days if day.weekday() < 5][:count]
    return [f"{day},{100 + n},{102 + n},{99 + n},{101 + n},1000" for n, day in enumerate(weekdays)]


def folder_of(rows: list[str], header: str = HEADER) -> Path:
    """A folder data/ in the working folder with a sound SPX.csv and an ABC.csv of some rows."""
    data = Path("data")
    data.mkdir()
    (data / "SPX.csv").write_text("\n".join([HEADER, *bars()]), encoding="utf-8")
    (data / "ABC.csv").write_text("\n".join([header, *rows] if header else rows), encoding="utf-8")
    return data


def test_write_prints_the_article_on_stdout_and_progress_on_stderr(run: Run) -> None:
    code, out, err = run("write")
    assert code == 0
    told = dict(line.split(maxsplit=1) for line in out.splitlines())
    assert Path(told["article"]) == Path("outputs/2018-12-31/IXIC/article.md")
    assert Path(told["article"]).read_text(encoding="utf-8").startswith("# ")
    assert Path(told["page"]).is_file()
    proved = json.loads(Path("outputs/2018-12-31/IXIC/verdict.json").read_text(encoding="utf-8"))["claims"]
    assert told["verdict"] == f"accepted: {len(proved)} of {len(proved)} claims proved"
    assert told["writer"] == "template (template)"
    assert [line.split()[2] for line in err.splitlines()] == ["bars", "facts", "draft", "check", "chart", "publish"]


def test_check_accepts_what_write_wrote_and_rejects_one_changed_figure(run: Run) -> None:
    run("write")
    article = Path("outputs/2018-12-31/IXIC/article.md")
    code, out, _ = run("check", article)
    assert (code, out.splitlines()[-1].split(":")[0]) == (0, "accepted")
    text = article.read_text(encoding="utf-8")
    assert "6,635.28" in text  # the Nasdaq Composite's close of 2018-12-31, as published
    article.write_text(text.replace("6,635.28", "6,653.28"), encoding="utf-8")
    code, out, _ = run("check", article, "--format", "json")
    verdict = json.loads(out)
    assert (code, verdict["verdict"]) == (1, "rejected")
    assert "6,653.28" in {finding["text"] for finding in verdict["findings"]}


def test_snapshot_prints_json_alone(run: Run) -> None:
    code, out, err = run("snapshot", "--as-of", "2018-06-29")
    assert (code, err) == (0, "")
    assert json.loads(out)["as_of"] == "2018-06-29"


def test_snapshot_holds_the_notes_of_a_file_or_names_its_faults(run: Run) -> None:
    note = (
        "notes:\n- id: a\n  text: We raised rates.\n  speaker: Ann Lee\n  url: https://a.org\n  published: 2018-12-19\n"
    )
    Path("notes.yaml").write_text(note, encoding="utf-8")
    code, out, _ = run("snapshot", "--notes", "notes.yaml")
    assert (code, [one["id"] for one in json.loads(out)["notes"]]) == (0, ["a"])
    Path("notes.yaml").write_text(note.replace("2018-12-19", "soon") + "  kind: \x1b[31mx\n", encoding="utf-8")
    code, out, err = run("write", "--notes", "notes.yaml")
    assert (code, out) == (2, "")
    assert "notes.yaml" in err


def test_facts_and_rules_list_the_families(run: Run) -> None:
    _, facts, _ = run("facts")
    _, rules, _ = run("rules")
    assert "rsi_14" in facts
    name = rules.split()[1]
    assert run("rules", name)[1].startswith(name)


BAD_FILES = {
    "empty": ([], ""),
    "without a header": (bars(), ""),
    "without prices": ([row.split(",")[0] for row in bars()], "date"),
    "ragged": ([*bars(), "2024-06-03,1"], HEADER),
    "unsorted": ([*bars()[20:], *bars()[:20]], HEADER),
    "duplicated": ([*bars(), bars()[-1]], HEADER),
    "holding NaN": ([*bars(), "2024-06-03,1,nan,1,1,1"], HEADER),
    "too short": (bars(29), HEADER),
    "of bytes that are no text": (["\x00\x01"], HEADER),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_of_bars_is_refused(run: Run, kind: str) -> None:
    _refused(run("write", "--data", folder_of(*BAD_FILES[kind]), "--instrument", "ABC", "--benchmark", "none"))


@pytest.mark.parametrize("arguments", [
    ["--instrument", "NOPE"],
    ["--benchmark", "NOPE"],
    ["--instrument", "../../etc/passwd"],
    ["--instrument", ""],
    ["--as-of", "1998-12-31"],  # the sample begins on 1999-01-04
    ["--as-of", "2018-12-25"],  # Christmas
    ["--as-of", "2019-01-02"],  # the sample ends on 2018-12-31
    ["--as-of", "1999-01-20"],  # fewer than 30 sessions
    ["--as-of", "2018-13-01"],
    ["--as-of", "yesterday"],
    ["--source", "nope"],
    ["--source", "csv"],
    ["--data", "missing"],
    ["--writer", "nope"],
    ["--writer", "model"],
    ["--model", "gpt-x"],  # no key
    ["--model", "gpt-x", "--base-url", "nope"],
])  # fmt: skip
def test_a_bad_request_is_refused(run: Run, arguments: list[str]) -> None:
    _refused(run("write", *arguments))


@pytest.mark.parametrize("text", ["x =", "colour = 1", "as_of = 3", "[endpoints.x]\nurl = 1", "\udcff"])
def test_a_broken_settings_file_is_refused(run: Run, text: str) -> None:
    Path("technical-trader.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    err = _refused(run("write"))
    assert "technical-trader.toml" in err


def test_an_outputs_folder_that_cannot_be_written_is_refused(run: Run) -> None:
    Path("taken").write_text("", encoding="utf-8")
    _refused(run("write", "--outputs", "taken"))
    _refused(run("write", "--outputs", Path("taken") / "below"))
    assert Path("taken").read_bytes() == b""


@pytest.mark.parametrize(
    "arguments",
    [["--nope"], ["write", "--nope"], ["nope"], ["write", "extra"], ["check"], ["check", "--format", "x", "a"]],
)
def test_an_unknown_option_or_command_is_refused(run: Run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert "Error: " in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "arguments", [["nope.md"], ["."], ["bad.md"], ["a.md", "--snapshot", "nope.json"], ["a.md", "--snapshot", "a.md"]]
)
def test_check_refuses_files_it_cannot_read(run: Run, arguments: list[str]) -> None:
    Path("a.md").write_text("# A", encoding="utf-8")
    Path("bad.md").write_bytes(b"\xff")
    _refused(run("check", *arguments))


@pytest.mark.parametrize("text", ["", " \n", "Hello world.", "<!doctype html>\n<p>The Nasdaq rose 0.77%.</p>"])
def test_check_refuses_a_text_without_a_statement(run: Run, text: str) -> None:
    _, out, _ = run("snapshot")
    Path("snapshot.json").write_text(out, encoding="utf-8")
    Path("a.md").write_text(text, encoding="utf-8")
    _refused(run("check", "a.md"))


def _unread(run: Run) -> Path:
    """An article with one clause that the checker does not read, beside the snapshot it is about."""
    Path("snapshot.json").write_text(run("snapshot")[1], encoding="utf-8")
    Path("a.md").write_text("The Nasdaq gloamed 0.77% on the day.", encoding="utf-8")
    return Path("a.md")


def test_check_asks_a_second_reader_only_if_one_is_named(run: Run, httpserver: HTTPServer) -> None:
    """By option or by the settings; what it read is marked, and what it cost is told."""
    claim = {"words": ["gloamed 0.77%"], "owns": [1, 2], "fact": "IXIC.change_1d", "relation": "equals",
             "figure": "0.77%", "direction": "up"}  # fmt: skip
    text = json.dumps({"readings": [{"clause": 1, "claims": [claim]}]})
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
    reply = {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice],
             "usage": {"prompt_tokens": 1200, "completion_tokens": 34, "total_tokens": 1234}}  # fmt: skip
    httpserver.expect_request("/v1/chat/completions", method="POST").respond_with_json(reply)
    article, url = _unread(run), httpserver.url_for("/v1")
    code, out, err = run("check", article)
    assert (code, err, len(httpserver.log)) == (1, "", 0)
    code, out, err = run("check", article, "--second-reader", "m", "--second-reader-url", url)
    assert (code, out.splitlines()[-1]) == (0, "accepted: 2 of 2 claims proved (1 as read by m), no findings")
    assert err.startswith("second reader m: 1 clause asked about, 1 proved; 1,200 + 34 tokens, ")
    Path("technical-trader.toml").write_text(f'second_reader = "m"\nbase_url = "{url}"\n', encoding="utf-8")
    code, out, err = run("check", article, "--format", "json")
    assert (code, [claim["reader"] for claim in json.loads(out)["claims"]]) == (0, ["second", "first"])
    assert run("check", article, "--second-reader", "none")[0] == 1
    assert len(httpserver.log) == 2


def test_a_second_reader_that_cannot_be_reached_is_one_warning(run: Run) -> None:
    article = _unread(run)
    alone = run("check", article)
    url = "http://127.0.0.1:9/v1"  # the port of the discard service, where nothing listens
    code, out, err = run("check", article, "--second-reader", "m", "--second-reader-url", url)
    assert (code, out) == alone[:2]
    (line,) = err.splitlines()
    assert line.startswith(
        "technical-trader: the second reader gave no reading, so the verdict is the first reader's. "
    )
    assert "--second-reader-url" in line
    code, out, err = run("check", article, "--second-reader", "m")
    assert (code, out) == (2, "")
    assert "OPENAI_API_KEY is not set" in err


def test_write_says_that_an_edited_article_stays(run: Run) -> None:
    _, _, err = run("write")
    article = Path("outputs/2018-12-31/IXIC/article.md")
    assert "stays as it is" not in err
    edited = article.read_text(encoding="utf-8").replace("6,635.28", "6,653.28")
    article.write_text(edited, encoding="utf-8")
    code, _, err = run("write")
    assert code == 0
    assert f"check {article}" in err.splitlines()[-1]
    assert article.read_text(encoding="utf-8") == edited


def _refused(result: tuple[int, str, str]) -> str:
    """Exit 2 with one message, no traceback, nothing on stdout and nothing written. Gives the message."""
    code, out, err = result
    told = [line for line in err.splitlines() if line.startswith("technical-trader: ")]
    assert (code, out, len(told)) == (2, "", 1), err
    assert err.splitlines()[-1] == told[0]
    assert "Traceback" not in err
    assert told[0].endswith(".")
    assert not Path("outputs").exists()
    return told[0]


def test_a_defect_is_one_line_unless_the_traceback_is_asked_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("wrong inside")

    monkeypatch.setattr("pipeline.production.produce", broken)
    code, _, err = run("write")
    assert (code, len(err.splitlines())) == (70, 1)
    assert "wrong inside" in err
    monkeypatch.setenv("TECHNICAL_TRADER_DEBUG", "1")
    assert "Traceback" in run("write")[2]
    monkeypatch.delenv("TECHNICAL_TRADER_DEBUG")
    assert "Traceback" in run("--debug", "write")[2]


def test_an_interrupt_ends_with_130_and_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.production.produce", interrupted)
    code, out, err = run("write")
    assert (code, out, len(err.strip().splitlines())) == (130, "", 1)


def test_nothing_from_outside_steers_the_terminal(run: Run) -> None:
    for arguments in (
        ["rules", "\x1b[31mred"],
        ["write", "--instrument", "A\x1b]0;title\x07"],
        ["check", "\u202egpj.md"],
    ):
        _, out, err = run(*arguments)
        assert not set(out + err) & {"\x1b", "\x07", "\u202e"}


@pytest.mark.parametrize("arguments", [["--help"], ["check", "--help"], ["check"], ["rules"], ["facts"]])
def test_reading_commands_import_nothing_heavy(run: Run, arguments: list[str]) -> None:
    if arguments == ["check"]:
        run("write")
        arguments = ["check", "outputs/2018-12-31/IXIC/article.md"]
    program = (
        "import sys; from pipeline.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit as end:\n"
        f"    print([end.code, *(name for name in {HEAVY} if name in sys.modules)], file=sys.stderr)"
    )
    done = _python("-c", program, *arguments)
    assert done.stderr.strip() == "[0]"


def test_a_closed_pipe_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = _python("-m", "pipeline.cli", "facts", stdout=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")


def _python(*arguments: str, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, *arguments], stdout=stdout, stderr=subprocess.PIPE, text=True, env=environ, check=False
    )
