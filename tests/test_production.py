"""One run as a plain function: its stages, what they hand on, and how it ends when a stage cannot go on."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline import production
from pipeline.checking.verdict import Verdict
from pipeline.errors import DefectError, InputError, UnreachableError
from pipeline.market import calendars
from pipeline.market.bars import Bars
from pipeline.market.sources.csv import CsvSource
from pipeline.production import STAGES, P, R, Stage, produce
from pipeline.settings import Request
from pipeline.writing.outcome import Reply, Usage

DEAD = "http://127.0.0.1:9/v1"  # the port of the discard service, where nothing listens


def request(tmp_path: Path, **given: Any) -> Request:
    return Request.model_validate({"as_of": "2018-06-29", "outputs": tmp_path / "outputs"} | given)


def test_every_stage_runs_once_in_its_order_and_knows_its_subject(tmp_path: Path) -> None:
    ran: list[tuple[str, str]] = []

    def watched(stage: Stage[P, R], subject: str, /, *args: P.args, **kwargs: P.kwargs) -> R:
        ran.append((stage.name, subject))
        return stage.function(*args, **kwargs)

    told: list[str] = []
    produce(request(tmp_path, instrument="ixic"), watched, lambda name, _: told.append(name))
    assert told == [stage.name for stage in STAGES]
    assert [name for name, _ in ran] == told
    assert [subject for _, subject in ran] == ["ixic 2018-06-29", *["IXIC 2018-06-29"] * 5]


def test_stages_are_listed_completely() -> None:
    """A stage that someone forgot to list is named here."""
    declared = {value.name for value in vars(production).values() if isinstance(value, Stage)}
    assert declared - {stage.name for stage in STAGES} == set()


def test_the_same_request_gives_the_same_bytes(tmp_path: Path) -> None:
    """Only run.json holds times."""
    first = produce(request(tmp_path, outputs=tmp_path / "1"))
    second = produce(request(tmp_path, outputs=tmp_path / "2"))
    names = sorted(path.name for path in first.folder.iterdir() if path.is_file())
    assert [n for n in names if (first.folder / n).read_bytes() != (second.folder / n).read_bytes()] == ["run.json"]
    assert (tmp_path / "1" / "index.html").read_bytes() == (tmp_path / "2" / "index.html").read_bytes()


def test_notes_go_from_their_file_to_the_article_and_its_record(tmp_path: Path) -> None:
    """The record names the file, not where it lies on this machine."""
    file = tmp_path / "desk.yaml"
    file.write_text(
        "notes:\n- {id: fed, text: We raised the range., speaker: Lee, url: 'https://a.org', published: 2018-06-13}\n"
        "- {id: old, text: We held the range., speaker: Ann Lee, url: 'https://a.org', published: 2018-05-02, "
        "valid_until: 2018-06-12}\n", encoding="utf-8",
    )  # fmt: skip
    folder = produce(request(tmp_path, notes=file)).folder
    text = (folder / "article.md").read_text(encoding="utf-8")
    assert '"We raised the range," Lee said on June 13.' in text
    assert "We held" not in text
    settings = json.loads((folder / "run.json").read_text(encoding="utf-8"))["settings"]
    assert settings["notes"] == "desk.yaml"
    facts = [claim["facts"] for claim in json.loads((folder / "verdict.json").read_text(encoding="utf-8"))["claims"]]
    assert ["fed"] in facts
    assert "expired on 2018-06-12" in (folder / "article.html").read_text(encoding="utf-8")


def test_faulty_notes_stop_a_run_before_anything_else(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="notes"):
        produce(request(tmp_path, notes=tmp_path / "none.yaml", instrument="nobody"))


def test_what_the_writer_accepted_is_judged_again_before_it_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.checking import checker

    accept, calls = checker.check, []

    def changes_its_mind(*given: Any, **options: Any) -> Verdict:
        calls.append(given)
        verdict = accept(*given, **options)
        if len(calls) == 1:
            return verdict
        finding = {"severity": "refuted", "rule": "r", "code": "R", "message": "wrong", "text": ""}
        place = {"start": 0, "end": 0, "line": 1, "column": 1}
        return Verdict.model_validate({"verdict": "rejected", "findings": [finding | place]})

    monkeypatch.setattr(checker, "check", changes_its_mind)
    with pytest.raises(DefectError, match="wrong"):
        produce(request(tmp_path))
    assert not (tmp_path / "outputs").exists()


def test_the_template_stands_in_for_a_model_that_cannot_be_reached(tmp_path: Path) -> None:
    produced = produce(request(tmp_path, model="any", base_url=DEAD))
    assert produced.written.outcome == "fallback"
    assert DEAD in produced.written.reason
    assert produced.written.verdict.accepted


def test_without_fallback_nothing_is_published_when_the_model_cannot_be_reached(tmp_path: Path) -> None:
    with pytest.raises(UnreachableError) as error:
        produce(request(tmp_path, model="any", base_url=DEAD, fallback=False))
    assert error.value.exit_code == 3
    assert not (tmp_path / "outputs").exists()


DAYS = calendars.sessions("XNYS", date(2024, 1, 2), date(2024, 4, 26))
ROWS = "date,open,high,low,close,volume\n" + "".join(
    f"{day},100,{102 + day.day % 7 / 2},99,{100 + day.day % 7 / 2},{day.month * day.day}000\n" for day in DAYS
)


def folder_of(tmp_path: Path, **files: str) -> Path:
    folder = tmp_path / "bars"
    folder.mkdir()
    for symbol, text in files.items():
        (folder / f"{symbol}.csv").write_text(text, encoding="utf-8")
    return folder


def of_folder(tmp_path: Path, data: Path) -> Request:
    return request(tmp_path, source="csv", data=data, instrument="RUT", benchmark="none", as_of="2024-04-26")


def test_the_proxy_of_an_index_is_read_where_the_source_has_it(tmp_path: Path) -> None:
    data = folder_of(tmp_path, RUT=ROWS, iwm=ROWS, SPY=ROWS)
    loaded = production.read_bars(of_folder(tmp_path, data))
    assert [one.instrument.symbol for one in loaded.proxies] == ["IWM"]
    produced = produce(of_folder(tmp_path, data))
    assert "the iShares Russell 2000 ETF (IWM)" in (produced.folder / "article.md").read_text(encoding="utf-8")
    page = (produced.folder / "article.html").read_text(encoding="utf-8")
    assert "iShares Russell 2000 ETF: daily bars of the file iwm.csv" in page
    assert "needs real volume: RUT is an index" in page


def test_a_source_without_the_proxy_is_no_error(tmp_path: Path) -> None:
    assert production.read_bars(of_folder(tmp_path, folder_of(tmp_path, RUT=ROWS))).proxies == ()


def test_an_article_does_without_a_proxy_that_cannot_be_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = CsvSource.load

    def refuses(self: CsvSource, symbol: str, as_of: date | None = None) -> Bars:
        if symbol == "IWM":
            raise UnreachableError("nobody answers")
        return load(self, symbol, as_of)

    monkeypatch.setattr(CsvSource, "load", refuses)
    assert production.read_bars(of_folder(tmp_path, folder_of(tmp_path, RUT=ROWS, IWM=ROWS))).proxies == ()


def test_a_faulty_proxy_is_named(tmp_path: Path) -> None:
    data = folder_of(tmp_path, RUT=ROWS, IWM="date,close\n2024-01-02,x\n")
    with pytest.raises(InputError, match=r"the proxy IWM, whose volume stands in for an index's: IWM\.csv needs"):
        production.read_bars(of_folder(tmp_path, data))


DRAFT = """# Nasdaq Composite Rises [[IXIC.change_1d]] to End 2018

Data as of the close, Mon. Dec. 31, 2018 (ET)

The Nasdaq Composite rose [[IXIC.change_1d]] on the day to [[IXIC.close]]. The S&P 500 gloamed
[[SPX.change_1d]] on the day."""


class Says:
    """A model that gives one answer to everybody and counts how often it is asked."""

    def __init__(self, answer: str) -> None:
        self.model, self.answer, self.asked = "says", answer, 0

    def __call__(self, _: object) -> Reply:
        self.asked += 1
        return Reply(text=self.answer, usage=Usage(input_tokens=7, output_tokens=3), seconds=0.25)


@pytest.mark.parametrize("named", [True, False])
def test_a_draft_is_published_with_a_second_readers_help_only_if_one_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: bool
) -> None:
    """It is asked once: before the article is published its readings are proved again as they were."""
    claim = {"words": ["gloamed 0.85%"], "owns": [1, 2], "fact": "SPX.change_1d", "relation": "equals",
             "figure": "0.85%", "direction": "up"}  # fmt: skip
    writer, reader = Says(DRAFT), Says(json.dumps({"readings": [{"clause": 1, "claims": [claim]}]}))
    monkeypatch.setattr("pipeline.writing.models.connect", lambda _: writer)
    monkeypatch.setattr("pipeline.writing.second_reader.connect", lambda *_: reader)
    asked = {"second_reader": "says"} if named else {}
    produced = produce(request(tmp_path, as_of="2018-12-31", model="says", base_url=DEAD, **asked))
    assert produced.written.outcome == ("model" if named else "fallback")
    assert reader.asked == named
    verdict = json.loads((produced.folder / "verdict.json").read_text(encoding="utf-8"))
    run = json.loads((produced.folder / "run.json").read_text(encoding="utf-8"))
    assert [one["text"] for one in verdict["claims"] if one["reader"] == "second"] == ["gloamed"] * named
    if named:
        assert (verdict["second"]["proved"], verdict["second"]["considered"][0]["outcome"]) == (1, "proved")
        assert "seconds" not in verdict["second"]["call"], "times stand in run.json alone"
        assert run["attempts"][0]["second"]["call"]["seconds"] == 0.25
        assert run["settings"]["second_reader"] == "says"
