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
    listed = {family.__name__.rsplit(".", 1)[1] for family in measures.FAMILIES}
    assert listed == {file.stem for file in folder.glob("*.py")} - {"__init__"}


def test_no_name_stands_twice() -> None:
    assert len(MEASURES) == sum(len(family.MEASURES) for family in measures.FAMILIES)


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
    assert item.labels or item.unit is not Unit.LABEL or item.source, "a list of days, by its calendar"
    assert item.unit is Unit.LABEL or all(label.bounds for label in item.labels)
    assert item.bars >= 1
    if item.unit in CONVENTIONAL or item.total is not None or any(label.at_least for label in item.labels):
        assert item.source, "a convention needs its source"
    of_a_day = item.of is not None and MEASURES[item.of].kind is Kind.DATE  # the day is its name
    if item.kind in (Kind.LEVEL, Kind.INDICATOR) and not of_a_day:
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


ADDED = ("vote_", "ichimoku_", "bull_power_13", "bear_power_13")
"""How names begin that the table does not list, or lists two in a row."""
OWN_MEANING = {"stance"}
"""Measures whose meaning spells out the rule that the table points at."""


def test_names_units_and_meanings_are_the_canonical_ones(shared: Path) -> None:
    lines = (shared.parent / "measures.tsv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    canonical = {name: row for row in rows for name in spelled_out(row["measure"])}
    for item in MEASURES.values():
        if item.name.startswith(ADDED):
            continue
        row = canonical[item.name]
        unit = {Unit.PRICE: "dollars|points", Unit.VOLUME: "dollars|shares"}.get(item.unit, item.unit.value)
        assert (item.scope, ",".join(item.timeframes)) == (row["scope"], row["timeframes"]), item.name
        if item.name.startswith("recent_"):  # one row for six units and sixty meanings
            assert unit in row["unit"], item.name
        else:
            assert unit == row["unit"], item.name
            assert item.meaning.lower() == row["meaning"].lower() or item.name in OWN_MEANING, item.name


def spelled_out(names: str) -> list[str]:
    """The names a row stands for: "a_N_date / _open" is a_1_date, a_1_open, a_2_date and so on up to 10."""
    first, *others = names.split(" / ")
    listed = [first, *(first.rpartition("_")[0] + other if other.startswith("_") else other for other in others)]
    return [name.replace("_N", f"_{n}") for name in listed for n in range(1, 11 if "_N" in name else 2)]


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


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("-1", "strong sell"), ("-0.500001", "strong sell"), ("-0.5", "sell"), ("-0.100001", "sell"),
        ("-0.1", "neutral"), ("0", "neutral"), ("0.1", "neutral"), ("0.100001", "buy"), ("0.5", "buy"),
        ("0.500001", "strong buy"), ("1", "strong buy"),
    ],
)  # fmt: skip
def test_ratings_keep_the_published_sides_of_their_lines(value: str, name: str) -> None:
    """TradingView: strong sell [-1, -0.5), sell [-0.5, -0.1), neutral [-0.1, 0.1], buy (0.1, 0.5], strong buy."""
    for rating in ("averages", "oscillators", "overall"):
        labels = MEASURES[f"rating_{rating}_label"].labels
        assert label_of(labels, Decimal(value)).name == name
        assert sum(label.holds(Decimal(value)) for label in labels) == 1


def test_a_label_without_thresholds_is_what_remains() -> None:
    assert Label("rest", ()).holds(Decimal(-1))
