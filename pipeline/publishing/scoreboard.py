"""The scoreboard: the changes of both instruments side by side, straight from the snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.facts.catalogue import Measure, fact_id
from pipeline.facts.periods import BY_NAME
from pipeline.facts.snapshot import Fact, Snapshot
from pipeline.facts.units import Kind, Unit, quantise, show

ROWS = (
    ("Close", "close", ""),
    *((BY_NAME[name].heading, f"change_{name}", f"spread_{name}") for name in ("1d", "1w", "mtd", "ytd", "12m")),
    ("From the 52-week high", "distance_high_52w", ""),
)
"""Heading, measure of an instrument, measure of the pair."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed value; tone is "rise" or "fall" for a change."""

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One measure."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Scoreboard:
    """A table: the columns are the instruments, then their difference."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def scoreboard(snapshot: Snapshot, measures: Mapping[str, Measure]) -> Scoreboard:
    """The table of a snapshot. A row nobody has a value for is left out; one value missing is an empty cell."""
    symbols = [item.symbol for item in snapshot.instruments]
    columns = [item.name for item in snapshot.instruments]
    owners = [*((symbol, 0) for symbol in symbols), *([(snapshot.pair, 1)] if snapshot.pair else [])]
    if snapshot.pair:
        columns.append("Difference, points")
    rows = []
    for heading, *names in ROWS:
        found = [_fact(snapshot, measures, owner, names[kind]) for owner, kind in owners]
        if any(found):
            cells = (_cell(fact, measures[fact.measure]) if fact else Cell("") for fact in found)
            rows.append(Row(heading, tuple(cells)))
    return Scoreboard(tuple(columns), tuple(rows))


def _fact(snapshot: Snapshot, measures: Mapping[str, Measure], owner: str | None, name: str) -> Fact | None:
    declared = measures.get(name)
    return snapshot.get(fact_id(owner, declared, declared.timeframes[0])) if owner and declared else None


def _cell(fact: Fact, measure: Measure) -> Cell:
    """A level as it is, everything else with its sign; a difference without its unit, which the heading names."""
    if measure.kind is Kind.LEVEL:
        return Cell(fact.shown)
    value = quantise(fact.number, fact.decimals)
    unit = Unit.INDEX if fact.unit is Unit.PERCENTAGE_POINTS else fact.unit
    text = show(value, unit, fact.decimals, kind=measure.kind, form="signed").replace("-", "\N{MINUS SIGN}")
    return Cell(text, "rise" if value > 0 else "fall" if value < 0 else "")
