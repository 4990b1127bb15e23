"""A snapshot of the bundled sample and a short article about it, proved by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from stories import run_of

from pipeline.checking.verdict import Claim, Verdict
from pipeline.facts.catalogue import catalogue
from pipeline.facts.snapshot import Snapshot
from pipeline.market.bars import Bars
from pipeline.market.sources import open_source
from pipeline.publishing.page import Story
from pipeline.writing.draft import Draft, Rendered, render

TEXT = """# Nasdaq Composite edges up [[IXIC.change_1d]] to [[IXIC.close]]

*The tech-heavy index lost [[IXIC.change_ytd]] in 2018, less than the S&P 500 at [[SPX.change_ytd]].*

Data as of the close, Mon. Dec. 31, 2018 (ET)

The Nasdaq — no “naïve” gauge 📉 — closed **at [[IXIC.close]] on Monday**, [[IXIC.distance_sma_200]] below the
200-day average.

Its RSI(14) reads [[IXIC.rsi_14]].
"""


@pytest.fixture(scope="session")
def bars() -> tuple[Bars, Bars]:
    """The sample's Nasdaq Composite and S&P 500."""
    source = open_source("sample")
    return source.load("IXIC"), source.load("SPX")


@pytest.fixture(scope="session")
def snapshot(bars: tuple[Bars, Bars]) -> Snapshot:
    """The sample's last session."""
    from pipeline.facts.build import build_snapshot

    return build_snapshot(*bars, bars[0].last)


@pytest.fixture(scope="session")
def rendered(snapshot: Snapshot) -> Rendered:
    """The article with its slots printed."""
    return render(Draft(TEXT, "template"), snapshot, catalogue())


@pytest.fixture
def story(snapshot: Snapshot, rendered: Rendered) -> Callable[..., Story]:
    """Makes a story: every printed figure proved, anything else as given."""

    def make(**values: Any) -> Story:
        text = rendered.text
        claims = tuple(
            Claim(start=span.start, end=span.end, text=text[span.start : span.end], form="level", verdict="supported",
                  facts=(span.fact,))
            for span in rendered.spans
        )  # fmt: skip
        chart = b'<svg xmlns="http://www.w3.org/2000/svg"><path style="stroke: #1d1c1a"/></svg>'
        defaults = {"text": text, "snapshot": snapshot, "verdict": Verdict(verdict="accepted", claims=claims),
                    "run": run_of(snapshot), "chart": chart}  # fmt: skip
        return Story(**(defaults | values))

    return make
