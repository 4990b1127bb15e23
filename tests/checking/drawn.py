"""Sessions and articles drawn at random, for laws that hold of every one of them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random
from unittest.mock import patch

from hypothesis import strategies as st

from benchmarks import SHARED
from benchmarks.checker.batches import bars_of
from benchmarks.corruption.article import Article, written
from benchmarks.corruption.trial import FEWEST_BARS
from pipeline.facts.build import build_snapshot
from pipeline.facts.snapshot import Snapshot
from pipeline.writing.template.prose import Composer

WIDER = int(os.environ.get("LAWS_WIDER", "1"))
"""How many times as many examples the slow laws try: with 1 the same ones in every run, with more others each time."""
SAMPLE = (("IXIC", "SPX"), ("SPX", "IXIC"))
BESIDE = (("RUT", "SPX"), ("SPX", "RUT"), ("IWM", "SPY"), ("SPY", "IWM"), ("BTC-USD", None))
"""Pairs of the longer series that may lie beside the project's folder; Bitcoin alone, as its weeks have seven days."""


@dataclass(frozen=True, slots=True)
class Session:
    """A session of an instrument, with a benchmark or without, of the sample or the series beside the project."""

    instrument: str
    benchmark: str | None
    source: str
    day: date

    def snapshot(self) -> Snapshot:
        """Its facts, those of a proxy's volume among them."""
        bars = [bars_of(symbol, self.source) for symbol in (self.instrument, self.benchmark) if symbol]
        funds = [bars_of(symbol, self.source) for symbol in ("IWM", "SPY") if self.source == "shared"]
        return build_snapshot(*bars[:2], as_of=self.day, proxies=funds)


@cache
def _days(instrument: str, benchmark: str | None, source: str) -> list[date]:
    both = [bars_of(symbol, source).frame.index[FEWEST_BARS - 1 :].date for symbol in (instrument, benchmark) if symbol]
    return sorted(set.intersection(*map(set, both)))


def sessions() -> st.SearchStrategy[Session]:
    """Any session with enough bars up to it: of the sample, and of the series beside the project where they are."""
    places = [(*pair, "sample") for pair in SAMPLE]
    places += [(*pair, "shared") for pair in BESIDE] if (SHARED / "market").is_dir() else []
    return st.sampled_from(places).flatmap(
        lambda place: st.sampled_from(_days(*place)).map(lambda day: Session(*place, day))
    )


def told(snapshot: Snapshot, seed: int) -> Article:
    """The template writer's article with its wordings in another order than the date's: any it might choose."""

    def ordered(_: Composer, name: str, templates: Sequence[str]) -> list[str]:
        return Random(f"{seed} {name}").sample(templates, len(templates))

    with patch.object(Composer, "ordered", ordered):
        return written(snapshot)
