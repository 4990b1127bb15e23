"""Fixtures shared by all tests."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pipeline.facts.snapshot import Snapshot
    from pipeline.market.bars import Bars

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of longer real series and expected values that may lie beside a checkout."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"needs the bars and expected values of {folder.parent.name}/data beside the checkout; not present")
    return folder


@pytest.fixture(scope="session")
def sample_bars() -> dict[str, Bars]:
    """The bundled sample by symbol: IXIC and SPX."""
    from pipeline.market.sources.sample import SampleSource

    source = SampleSource()
    return {symbol: source.load(symbol) for symbol in source.symbols()}


@pytest.fixture(scope="session")
def sample_snapshot(sample_bars: dict[str, Bars]) -> Snapshot:
    """The default article's snapshot: Nasdaq Composite against the S&P 500 on the last session of the sample."""
    from pipeline.facts.build import build_snapshot

    return build_snapshot(sample_bars["IXIC"], sample_bars["SPX"])
