"""The declarations: complete, listed, light to import, and named as the other programs expect."""

from __future__ import annotations

import csv
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.facts import measures
from pipeline.facts.catalogue import Label, Measure, catalogue, fact_id, label_of
from pipeline.facts.periods import BY_NAME
from pipeline.facts.units import Kind, Unit

MEASURES = catalogue()
CONVENTIONAL = {Unit.INDEX, Unit.INDEX_POINTS}


def test_every_family_file_is_listed() -> None:
    folder = Path(measures.__file__).parent
    listed = {id(family) for family in measures.FAMILIES}
    for file in folder.glob("*.py"):
        if file.stem != "__init__":
            family = getattr(measures, file.stem, None)
            assert family is not None, f"{file.name} is not imported in measures/__init__.py"
            assert id(family.MEASURES) in listed, f"{file.name} is not in FAMILIES"


def test_no_name_stands_twice() -> None:
    assert len(MEASURES) == sum(len(family) for family in measures.FAMILIES)


def test_reading_the_catalogue_imports_nothing_heavy() -> None:
    code = (
        "import sys; from pipeline.facts.catalogue import catalogue; catalogue();"
        "print([name for name in ('numpy', 'pandas', 'ta', 'pydantic') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize("item", MEASURES.values(), ids=lambda item: item.name)
def test_declaration(item: Measure) -> None:
    assert item.meaning
    assert item.of is None or item.of in MEASURES
    assert item.period is None or item.period in BY_NAME
    assert all(phrase == phrase.strip() and phrase for phrase in item.phrases)
    assert len(set(item.phrases)) == len(item.phrases)
    assert item.labels or item.unit is not Unit.LABEL
    assert item.unit is Unit.LABEL or all(label.bounds for label in item.labels)
    assert item.bars >= 1
    if item.unit in CONVENTIONAL or item.total is not None or any(label.at_least for label in item.labels):
        assert item.source, "a convention needs its source"
    if item.kind in (Kind.LEVEL, Kind.INDICATOR):
        assert item.phrases, "prose must be able to name it"
    if item.kind is Kind.DISTANCE:
        assert item.of, "a distance is from something"


def test_a_phrase_without_the_word_exponential_is_a_simple_average() -> None:
    for window in (5, 10, 20, 50, 100, 200):
        simple, exponential = MEASURES[f"sma_{window}"].phrases, MEASURES[f"ema_{window}"].phrases
        assert not set(simple) & set(exponential)
        assert all("exponential" in one or "EMA" in one for one in exponential)
    assert {"50-day moving average", "50-day SMA", "SMA(50)", "50-session average", "fifty-day line"} <= set(
        MEASURES["sma_50"].phrases
    )
    assert {"five-day moving average", "five-day average"} <= set(MEASURES["sma_5"].phrases)


def test_names_units_and_meanings_are_the_canonical_ones(shared: Path) -> None:
    lines = (shared.parent / "measures.tsv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    canonical = {row["measure"]: row for row in rows}
    for item in MEASURES.values():
        row = canonical[item.name]
        unit = {Unit.PRICE: "dollars|points", Unit.VOLUME: "dollars|shares"}.get(item.unit, item.unit.value)
        assert (item.scope, ",".join(item.timeframes), unit) == (row["scope"], row["timeframes"], row["unit"]), (
            item.name
        )
        assert item.meaning.lower() == row["meaning"].lower(), item.name


def test_ids() -> None:
    assert fact_id("RUT", MEASURES["rsi_14"], "daily") == "RUT.rsi_14"
    assert fact_id("RUT", MEASURES["rsi_14"], "weekly") == "RUT.rsi_14.weekly"
    assert fact_id("RUT", MEASURES["up_streak_weeks"], "weekly") == "RUT.up_streak_weeks"
    assert fact_id("RUT/SPX", MEASURES["spread_ytd"], "daily") == "RUT/SPX.spread_ytd"


@pytest.mark.parametrize(
    ("value", "name"), [("70", "overbought"), ("69.999999", "neutral"), ("30", "oversold"), ("30.000001", "neutral")]
)
def test_zones_are_inclusive(value: str, name: str) -> None:
    assert label_of(MEASURES["rsi_14_zone"].labels, Decimal(value)).name == name


def test_a_label_without_thresholds_is_what_remains() -> None:
    assert Label("rest", ()).holds(Decimal(-1))
