"""The chart: the same bytes each time, the snapshot's figures in it, and nothing after the as-of."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from stories import altered, lacking

from pipeline.facts.build import build_snapshot
from pipeline.facts.snapshot import Snapshot
from pipeline.facts.units import MONTHS
from pipeline.market.bars import Bars
from pipeline.market.instruments import WELL_KNOWN
from pipeline.market.sources import open_source
from pipeline.publishing.chart import chart_alt, chart_caption, draw_chart


def labels(svg: bytes) -> list[str]:
    """The text in a chart, which has to be well-formed."""
    return [text for element in ElementTree.fromstring(svg).iter() if (text := (element.text or "").strip())]


def test_the_same_bars_give_the_same_bytes(bars: tuple[Bars, Bars], snapshot: Snapshot) -> None:
    assert draw_chart(*bars, snapshot) == draw_chart(*bars, snapshot)


@pytest.mark.slow
def test_another_process_gives_the_same_bytes(bars: tuple[Bars, Bars], snapshot: Snapshot) -> None:
    program = (
        "import sys\n"
        "from pipeline.facts.build import build_snapshot\n"
        "from pipeline.market.sources import open_source\n"
        "from pipeline.publishing.chart import draw_chart\n"
        "bars, other = (open_source('sample').load(symbol) for symbol in ('IXIC', 'SPX'))\n"
        "sys.stdout.buffer.write(draw_chart(bars, other, build_snapshot(bars, other, bars.last)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], env={"PYTHONHASHSEED": "7"}, capture_output=True, check=True)
    assert done.stdout == draw_chart(*bars, snapshot)


def test_it_names_what_it_shows(bars: tuple[Bars, Bars], snapshot: Snapshot) -> None:
    """Close and averages as in the known data of the last session of 2018; the dates of nine months before it."""
    shown = labels(draw_chart(*bars, snapshot))
    assert {"Nasdaq Composite", "Nasdaq / S&P 500", "RSI (14 days)", "Close 6,635.28", "30", "70"} <= set(shown)
    assert [text for text in shown if text in (*MONTHS, "2018")] == ["June", "Aug.", "Oct.", "Dec."]
    averages = [f"{window}-day {bars[0].frame['close'].tail(window).mean():,.2f}" for window in (50, 200)]
    assert set(averages) <= set(shown)


def test_rows_after_the_as_of_are_not_looked_at(bars: tuple[Bars, Bars]) -> None:
    day = date(2018, 6, 29)
    earlier = build_snapshot(*bars, day)
    cut = draw_chart(bars[0].up_to(day), bars[1].up_to(day), earlier)
    assert draw_chart(*bars, earlier) == cut


def test_it_is_drawn_in_process_colours_and_without_times(bars: tuple[Bars, Bars], snapshot: Snapshot) -> None:
    svg = draw_chart(*bars, snapshot)
    assert b"<metadata>" not in svg
    assert not re.search(rb"20\d\d-\d\d-\d\dT", svg)
    assert b"DejaVu" not in svg
    assert len(svg) < 60_000


def test_a_short_history_has_no_averages_it_cannot_have(bars: tuple[Bars, Bars]) -> None:
    cut = [replace(item, frame=item.frame.iloc[:40]) for item in bars]
    shown = labels(draw_chart(cut[0], cut[1], build_snapshot(cut[0], cut[1], cut[0].last)))
    assert not [text for text in shown if "-day" in text or "RSI" in text]


def test_sessions_the_benchmark_lacks_are_skipped_on_the_same_axis(bars: tuple[Bars, Bars]) -> None:
    """The last common session is three before the end, so its dot stands left of the price's."""
    other = replace(bars[1], frame=bars[1].frame.iloc[:-3])
    day = bars[0].last
    svg = draw_chart(bars[0], other, build_snapshot(*bars, day)).decode()
    dots = [float(x) for x in re.findall(r'<use xlink:href="#\w+" x="([\d.]+)" y="[\d.]+" style="fill', svg)]
    assert len(dots) == 3
    price, ratio, rsi = dots
    assert price == rsi
    grid = [float(x) for x in re.findall(r'<path d="M ([\d.]+) [\d.]+ \nL [\d.]+ [\d.]+ \n" clip', svg)]
    step = (rsi - min(grid)) / 188  # 189 sessions from the left end
    assert (price - ratio) / step == pytest.approx(3, abs=0.05)


def test_a_name_is_text_and_no_formula_or_markup(bars: tuple[Bars, Bars], snapshot: Snapshot) -> None:
    name = "A$x_1$B</text><script>x</script>"
    hostile = snapshot.primary.model_copy(update={"name": name})
    changed = altered(snapshot, instruments=(hostile, *snapshot.instruments[1:]))
    svg = draw_chart(*bars, changed)
    assert name in labels(svg)
    assert b"<script" not in svg


def test_the_description_is_made_of_facts(bars: tuple[Bars, Bars], snapshot: Snapshot) -> None:
    assert chart_alt(snapshot) == (
        "Chart of Nasdaq Composite, over nine months. On Dec. 31, 2018: close 6,635.28, 50-day average 7,087.63, "
        "200-day average 7,466.84, ratio to S&P 500 2.6469, 14-day RSI 42.38."
    )
    part = lacking(snapshot, "IXIC.sma_200", "IXIC.rsi_14")
    assert chart_alt(part).endswith("50-day average 7,087.63, ratio to S&P 500 2.6469.")
    assert "daily closes over nine months with the 50-day average and the ratio to S&P 500. The" in chart_caption(part)
    short = [replace(item, frame=item.frame.iloc[:40]) for item in bars]
    young = build_snapshot(short[0], short[1], short[0].last)
    assert "daily closes since Jan. 4, 1999 with the ratio to S&P 500. The" in chart_caption(young)


def test_room_is_made_for_long_labels(shared: Path) -> None:
    """Bitcoin's prices have six digits: no label may begin left of the figure or end right of it, at .6 em a sign."""
    source = open_source("csv", shared / "market")
    bitcoin, other = source.load("BTC-USD"), source.load("SPX")
    svg = draw_chart(bitcoin, other, build_snapshot(bitcoin, other, date(2026, 1, 16))).decode()
    right = re.findall(r'text-anchor: start[^"]*" x="([\d.]+)"[^>]*>((?:200-day|50-day|Close)[^<]+)<', svg)
    left = re.findall(r'text-anchor: end[^"]*" x="([\d.]+)"[^>]*>([\d,]+)<', svg)
    assert len(right) == 3
    assert "120,000" in [text for _x, text in left]
    assert all(float(x) + 0.6 * 12.2 * len(text) <= 500 for x, text in right)
    assert all(float(x) >= 0.6 * 12.2 * len(text) for x, text in left)


def test_the_caption_names_the_sources_of_what_is_drawn(bars: tuple[Bars, Bars]) -> None:
    fund = replace(bars[1], instrument=WELL_KNOWN["SPY"], description="bars of a fund")
    made = build_snapshot(bars[1], None, proxies=(fund,))
    assert [one.symbol for one in made.proxies] == ["SPY"]
    assert "fund" not in chart_caption(made)
