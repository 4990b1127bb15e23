"""Recorded conversations: what authors who saw only the prompt wrote over the protocol, told to the checker again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from scripted import Scripted

from pipeline.checking.checker import check
from pipeline.facts.build import build_snapshot
from pipeline.facts.snapshot import Snapshot
from pipeline.market.bars import Bars
from pipeline.market.sources import open_source
from pipeline.writing.loop import write_with_model
from pipeline.writing.outcome import Written
from pipeline.writing.template import write

RECORDED = Path(__file__).parent / "conversations"


def told_again(name: str, snapshot: Snapshot) -> Written:
    """The loop with a conversation's replies, in order."""
    replies = sorted((RECORDED / name).glob("*.reply.txt"))
    assert replies
    chat = Scripted(*(reply.read_text(encoding="utf-8") for reply in replies))
    return write_with_model(snapshot, chat, check, write)


def test_the_nasdaq_at_a_record(sample_bars: dict[str, Bars]) -> None:
    """Nasdaq Composite on 2018-08-29, written through the Prefect flow: no round is lost to a false finding."""
    snapshot = build_snapshot(sample_bars["IXIC"], sample_bars["SPX"], date(2018, 8, 29))
    written = told_again("ixic-2018-08-29", snapshot)
    assert written.outcome in ("model", "repaired")
    assert written.verdict.accepted
    assert written.verdict.proved > 60


def test_the_russell_at_a_record(shared: Path) -> None:
    """Russell 2000 on 2026-01-16, from the longer bars."""
    source = open_source("csv", shared / "market")
    snapshot = build_snapshot(source.load("RUT"), source.load("SPX"), date(2026, 1, 16))
    written = told_again("rut-2026-01-16", snapshot)
    assert written.outcome in ("model", "repaired")
    assert written.verdict.accepted
