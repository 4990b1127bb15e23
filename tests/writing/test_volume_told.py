"""Volume in articles and fact sheets: the instrument's own, or its proxy's by name, and accepted by the checker."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline.checking.checker import check
from pipeline.facts.build import build_snapshot
from pipeline.facts.catalogue import catalogue
from pipeline.facts.snapshot import Snapshot
from pipeline.market.bars import Bars
from pipeline.market.instruments import instrument
from pipeline.market.sources.csv import CsvSource
from pipeline.writing.draft import render
from pipeline.writing.sheet import fact_sheet
from pipeline.writing.template import write

MEASURES = catalogue()


def hand(symbol: str, seed: int) -> Bars:
    rng = np.random.default_rng(seed)
    close = 500 + rng.normal(0, 3, 300).cumsum()
    volume = rng.integers(10**7, 10**8, 300).astype(float)
    frame = pd.DataFrame({"open": close, "high": close + 2, "low": close - 2, "close": close, "volume": volume},
                         index=pd.bdate_range("2023-01-03", periods=300))  # fmt: skip
    return Bars(instrument(symbol), frame, "hand", f"bars of {symbol}")


def paragraph(snapshot: Snapshot) -> str:
    """What the article says of volume; it is accepted, spans known or not."""
    rendered = render(write(snapshot), snapshot, MEASURES)
    for spans in (rendered.spans, ()):
        findings = check(rendered.text, snapshot, spans).findings
        assert not findings, f"{snapshot.primary.symbol} {snapshot.as_of}: {findings[0].text}: {findings[0].message}"
    told = [block for block in rendered.text.split("\n\n") if "olume" in block]
    return told[0] if told else ""


def test_a_fund_tells_its_own_volume() -> None:
    made = build_snapshot(hand("SPY", 1))
    traded, times = made.by_id["SPY.volume"].number / 10**6, made.by_id["SPY.volume_ratio_20"].shown
    assert f"{traded:.1f} million shares" in paragraph(made)
    assert f"{times} times" in paragraph(made)


def test_an_index_names_its_proxy_and_tells_nothing_without_one() -> None:
    index, fund = hand("RUT", 1), hand("IWM", 2)
    told = paragraph(build_snapshot(index, proxies=(fund,)))
    assert "The Russell 2000 has no volume of its own" in told
    assert "the iShares Russell 2000 ETF (IWM)" in told
    assert f"{fund.frame.volume.iloc[-1] / 10**6:.1f} million shares" in told
    assert paragraph(build_snapshot(index)) == ""


def test_a_benchmark_can_be_the_proxy() -> None:
    told = paragraph(build_snapshot(hand("SPX", 1), hand("SPY", 2)))
    assert "its proxy, the SPDR S&P 500 ETF Trust (SPY)" in told


def test_the_paragraph_goes_where_a_volume_is_unknown() -> None:
    fund = hand("SPY", 1)
    fund.frame.iloc[-3, fund.frame.columns.get_loc("volume")] = np.nan
    assert paragraph(build_snapshot(fund)) == ""


def test_the_sheet_has_a_section_and_says_what_is_missing_once() -> None:
    made = build_snapshot(hand("RUT", 1), hand("SPX", 3), proxies=(hand("IWM", 2), hand("SPY", 4)))
    sheet = fact_sheet(made, MEASURES)
    assert "## Volume of IWM, the proxy\n- volume [[IWM.volume]] " in sheet
    assert "[[SPY." not in sheet.replace("[[SPY.volume|short]]", "")
    assert "- IWM: the iShares Russell 2000 ETF, then IWM" in sheet
    assert f"- [[IWM.volume|short]] prints {made.by_id['IWM.volume'].number / 10**6:.1f} million" in sheet
    assert sheet.count("all measures of volume: needs real volume") == 1
    own = fact_sheet(build_snapshot(hand("SPY", 1)), MEASURES)
    assert "## Volume\n- volume [[SPY.volume]] " in own
    assert "needs real volume" not in own


def test_the_sheet_gives_the_word_for_a_heavy_session() -> None:
    fund = hand("SPY", 1)
    fund.frame.iloc[-1, fund.frame.columns.get_loc("volume")] = 9e8
    rule = "Rule: House rule: heavy at 1.2 times the 20-session average or more, light at 0.8 times or less"
    sheet = fact_sheet(build_snapshot(fund), MEASURES)
    assert f"- SPDR S&P 500 ETF Trust, heavy volume. {rule}" in sheet
    fund.frame.iloc[-1, fund.frame.columns.get_loc("volume")] = fund.frame.volume[-20:-1].mean()
    assert rule not in fact_sheet(build_snapshot(fund), MEASURES)


@pytest.mark.slow
@pytest.mark.parametrize(("symbol", "proxies"), [("SPY", ()), ("IWM", ()), ("BTC-USD", ()), ("RUT", ("IWM",))])
def test_articles_of_twenty_dates_are_accepted(symbol: str, proxies: tuple[str, ...], shared: Path) -> None:
    source = CsvSource(shared / "market")
    bars, beside = source.load(symbol), tuple(source.load(one) for one in proxies)
    days = bars.frame.index[300:]
    for one in beside:
        days = days.intersection(one.frame.index[60:])
    told = [
        paragraph(build_snapshot(bars, None, day.date(), proxies=beside))
        for day in random.Random(20).sample(list(days), 20)
    ]
    assert all(told) or symbol == "BTC-USD"
    assert sum(map(bool, told)) >= 18
