"""From what was written to an article's files."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from stories import visible

from pipeline.checking.checker import check
from pipeline.checking.second.exchange import Call, Considered, Proposal, Proposed, SecondReading
from pipeline.checking.verdict import Verdict
from pipeline.facts.slots import Span
from pipeline.facts.snapshot import Snapshot, read_snapshot
from pipeline.publishing.compose import compose
from pipeline.publishing.page import Story
from pipeline.publishing.record import Run, record
from pipeline.publishing.store import Article
from pipeline.writing.draft import Draft, Rendered
from pipeline.writing.outcome import Attempt, Written


@pytest.fixture
def make(story: Callable[..., Story], rendered: Rendered, snapshot: Snapshot) -> Callable[..., Article]:
    """Composes the article of a model's second try, finished at a second of noon."""

    def compose_at(second: int) -> Article:
        tries = (
            Attempt(round=0, kind="draft", writer="m", draft="first [[IXIC.close]]", seconds=float(second)),
            Attempt(round=1, kind="repair", writer="m", error="timeout"),
            Attempt(round=2, kind="repair", writer="m", draft="second é"),
        )
        told = story()
        written = Written("repaired", Draft("d", "m"), rendered, told.verdict, tries, prompts_sha256="abc")
        time = datetime(2026, 1, 16, 12, 0, second, tzinfo=UTC)
        run = record(
            written, snapshot, settings={"source": "sample"}, started=time, completed=time, stages={"write": 0.5}
        )
        return compose(written, snapshot, run, told.chart)

    return compose_at


def test_only_the_record_holds_times(make: Callable[[int], Article]) -> None:
    one, two = make(1), make(2)
    assert {name for name in one.files if one.files[name] != two.files[name]} == {"run.json"}
    assert (one.as_of.isoformat(), one.symbol) == ("2018-12-31", "IXIC")


def test_the_files_say_what_was_written(make: Callable[[int], Article], rendered: Rendered, snapshot: Snapshot) -> None:
    files = make(1).files
    assert set(files) == {
        "article.md", "draft.md", "article.html", "chart.svg", "snapshot.json", "spans.json", "verdict.json",
        "run.json", "attempts/1-draft.md", "attempts/3-repair.md",
    }  # fmt: skip
    assert files["article.md"] == files["draft.md"] == rendered.text.encode()
    assert files["attempts/3-repair.md"].decode() == "second é"
    assert read_snapshot(files["snapshot.json"].decode()) == read_snapshot(snapshot.model_dump_json())
    assert [Span(**item) for item in json.loads(files["spans.json"])] == list(rendered.spans)
    assert Verdict.model_validate_json(files["verdict.json"]).proved == 7
    assert rendered.text[2:10].encode() in files["article.html"]


def test_the_record_says_how(make: Callable[[int], Article], snapshot: Snapshot) -> None:
    run = Run.model_validate_json(make(7).files["run.json"])
    assert (run.writer, run.outcome, run.by_model, run.prompts_sha256) == ("m", "repaired", True, "abc")
    assert (run.instruments, run.as_of) == (("IXIC", "SPX"), snapshot.as_of)
    assert (run.snapshot_digest, run.settings, run.stages) == (snapshot.digest, {"source": "sample"}, {"write": 0.5})
    assert run.completed == datetime(2026, 1, 16, 12, 0, 7, tzinfo=UTC)
    assert [(attempt.kind, attempt.draft, attempt.error) for attempt in run.attempts] == [
        ("draft", "", ""), ("repair", "", "timeout"), ("repair", "", ""),
    ]  # fmt: skip


def test_the_page_tells_what_a_second_reader_read_without_asking_it_again(
    story: Callable[..., Story], snapshot: Snapshot
) -> None:
    """The verdict holds what was proposed; the page's proofs are of that verdict, not of one without it."""
    text = "The Nasdaq gloamed 0.77% on the day."
    claim = Proposal(words=("gloamed",), owns=(1,), fact="IXIC.change_1d", relation="moved", direction="up")
    reading = Proposed(clause=1, claims=(claim,))
    considered = (Considered(text=text, reading=reading, outcome="proved"),)
    verdict = check(text, snapshot, second=SecondReading(call=Call(model="m", seconds=1.5), considered=considered))
    assert verdict.accepted
    written = Written("model", Draft("d", "m"), Rendered(text, ()), verdict, ())
    noon = datetime(2026, 1, 16, 12, tzinfo=UTC)
    run = record(written, snapshot, settings={}, started=noon, completed=noon, stages={})
    files = compose(written, snapshot, run, story().chart).files
    told = visible(files["article.html"].decode())
    assert "2 claims proved" in told
    assert "supported: the reading that a second reader proposed" in told
    kept = json.loads(files["verdict.json"])
    assert [one["reader"] for one in kept["claims"]] == ["second", "first"]
    assert not {"seconds", "tries"} & set(kept["second"]["call"])
