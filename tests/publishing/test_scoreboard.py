"""The scoreboard against figures known from elsewhere, and with facts missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from stories import altered, lacking

from pipeline.facts.build import build_snapshot
from pipeline.facts.catalogue import catalogue
from pipeline.facts.snapshot import Snapshot
from pipeline.market.sources import open_source
from pipeline.publishing.scoreboard import Cell, scoreboard


def test_a_known_day_of_the_russell_2000(shared: Path) -> None:
    """2026-01-16 as published: RUT 2,677.74, week +2.04 %, year +7.89 %; SPX 6,940.01, week -0.38 %, year +1.38 %."""
    source = open_source("csv", shared / "market")
    table = scoreboard(build_snapshot(source.load("RUT"), source.load("SPX"), date(2026, 1, 16)), catalogue())
    assert table.columns == ("Russell 2000", "S&P 500", "Difference, points")
    rows = {row.name: row.cells for row in table.rows}
    assert rows["Close"] == (Cell("2,677.74"), Cell("6,940.01"), Cell(""))
    assert rows["Week"] == (Cell("+2.04%", "rise"), Cell("−0.38%", "fall"), Cell("+2.42", "rise"))
    assert rows["Year"] == (Cell("+7.89%", "rise"), Cell("+1.38%", "rise"), Cell("+6.51", "rise"))
    assert list(rows) == ["Close", "Day", "Week", "Month", "Year", "12 months", "From the 52-week high"]


def test_a_missing_value_is_an_empty_cell_and_a_missing_measure_no_row(snapshot: Snapshot) -> None:
    lost = "SPX.change_ytd", "IXIC/SPX.spread_ytd", "IXIC.change_12m", "SPX.change_12m", "IXIC/SPX.spread_12m"
    part = lacking(snapshot, *lost)
    rows = {row.name: row.cells for row in scoreboard(part, catalogue()).rows}
    assert [cell.text for cell in rows["Year"]] == ["−3.88%", "", ""]
    assert "12 months" not in rows


def test_without_a_benchmark_there_is_one_column(snapshot: Snapshot) -> None:
    alone = altered(snapshot, instruments=snapshot.instruments[:1])
    table = scoreboard(alone, catalogue())
    assert table.columns == ("Nasdaq Composite",)
    assert {len(row.cells) for row in table.rows} == {1}
