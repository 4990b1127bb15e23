"""Every measure in the words reporters and traders use: sentences and tables whose values are the snapshot's own.

`ways_of_saying.tsv` holds them, one a row: `fund` where a fund with volume of its own is meant, `any` else; then the
text, with `\\n` for a new line. In braces stands a fact by its measure, after `B.` the benchmark's, with `.weekly` in
that timeframe; after a bar a form; after a question mark what is said of a positive and of a negative value; after an
at sign one of its days: the `start` of its period, the day it was `set`, the `last` of a run.

The rows are those that pass: of the first 224 that were written 189 were kept, so that they tell what may not be lost
and nothing of how much is read. That is measured on tests/corpus.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.checking.checker import check
from pipeline.facts.build import build_snapshot
from pipeline.facts.catalogue import catalogue
from pipeline.facts.snapshot import Fact, Snapshot
from pipeline.facts.units import Unit, Value, ap_date, number_words, quantise, show
from pipeline.market.instruments import WELL_KNOWN

if TYPE_CHECKING:
    from pipeline.market.bars import Bars

ROWS = [
    row.split("\t")
    for row in Path(__file__).with_name("ways_of_saying.tsv").read_text(encoding="utf-8").splitlines()
    if not row.startswith("#")
]
MILLION = Decimal(10) ** 6
FORMS: dict[str, Callable[[Decimal, int], str]] = {
    "abs": lambda value, decimals: f"{quantise(abs(value), decimals):,}",
    "sgn": lambda value, decimals: f"{quantise(value, decimals):+,}",
    "m": lambda value, _: f"{quantise(abs(value) / MILLION, 1):,}m",
    "million": lambda value, _: f"{quantise(abs(value) / MILLION, 1):,} million",
    "share": lambda value, _: f"{quantise(100 * value, 0)}%",
    "excess": lambda value, _: f"{quantise(abs(100 * (value - 1)), 0)}%",
    "words": lambda value, _: number_words(int(value)),
    **{str(n): lambda value, _, n=n: f"{quantise(abs(value), n):,}" for n in range(5)},  # type: ignore[misc]
}
SLOT = re.compile(r"\{([^}]+)\}")
NAMES = ("name", "bname", "S", "T")


@pytest.fixture(scope="module")
def index(sample_bars: dict[str, Bars]) -> Snapshot:
    return build_snapshot(sample_bars["IXIC"], sample_bars["SPX"], date(2014, 10, 10))


@pytest.fixture(scope="module")
def fund(sample_bars: dict[str, Bars]) -> Snapshot:
    """The sample's prices under the names of two funds, which have volume."""
    named = [replace(sample_bars[old], instrument=WELL_KNOWN[new]) for old, new in (("SPX", "SPY"), ("IXIC", "QQQ"))]
    return build_snapshot(named[0], named[1], date(2012, 5, 25))


@dataclass(frozen=True)
class Way:
    """A row over a snapshot."""

    template: str
    snapshot: Snapshot

    def fact(self, name: str) -> Fact:
        """The fact of a measure named in braces."""
        named, _, rest = name.partition(".") if name.startswith("B.") else ("", "", name)
        measure, _, timeframe = rest.partition(".")
        symbols = [one.symbol for one in self.snapshot.instruments]
        owners = symbols[1:] if named else [symbols[0], "/".join(symbols)]
        frame = timeframe or catalogue()[measure].timeframes[0]
        return next(
            one for one in self.snapshot.facts
            if one.measure == measure and one.instrument in owners and one.timeframe == frame
        )  # fmt: skip

    def text(self, wrong: int = -1) -> str:
        """The text; wrong: the place of a value that is told falsely."""
        places = iter(range(99))

        def filled(slot: re.Match[str]) -> str:
            if slot[1] in NAMES:
                first, second = self.snapshot.instruments
                return {"name": first.short or first.name, "bname": second.short or second.name, "S": first.symbol,
                        "T": second.symbol}[slot[1]]  # fmt: skip
            false = next(places) == wrong
            if "@" in slot[1]:
                name, which = slot[1].split("@")
                fact = self.fact(name)
                day = fact.start if which == "start" else fact.dates[-1 if which == "last" else 0]
                assert day is not None
                return ap_date(day - timedelta(days=9) if false else day, self.snapshot.as_of)
            if "?" in slot[1]:
                name, words = slot[1].split("?")
                up, down = words.split("|")
                fact = self.fact(name)
                side = fact.value == "above" if isinstance(fact.value, str) else fact.number > (fact.unit is Unit.RATIO)
                return up if side is not false else down
            name, _, form = slot[1].partition("|")
            fact = self.fact(name)
            return printed(fact, falsified(fact) if false else fact.value, form)

        return SLOT.sub(filled, self.template)

    @property
    def slots(self) -> list[str]:
        """The values it tells, and the words that depend on one."""
        return [slot for slot in SLOT.findall(self.template) if slot not in NAMES]


def printed(fact: Fact, value: Value, form: str) -> str:
    """A value of a fact in a form."""
    if form and isinstance(value, Decimal):
        return FORMS[form](value, fact.decimals)
    return show(value, fact.unit, fact.decimals, kind=catalogue()[fact.measure].kind)


def falsified(fact: Fact) -> Value:
    """Another value than a fact's."""
    if isinstance(fact.value, date):
        return fact.value - timedelta(days=9)
    if isinstance(fact.value, str):
        labels = [label.name for label in catalogue()[fact.measure].labels]
        return labels[labels.index(fact.value) - 1]
    if fact.unit in (Unit.COUNT, Unit.SESSIONS, Unit.WEEKS, Unit.BARS):
        return fact.number + 1
    return fact.number * Decimal("1.0731") if abs(fact.number) > Decimal("0.2") else fact.number + Decimal("0.31")


@pytest.fixture(params=range(len(ROWS)), ids=lambda place: SLOT.sub("_", ROWS[place][1])[:60])
def way(request: pytest.FixtureRequest, index: Snapshot, fund: Snapshot) -> Way:
    kind, template = ROWS[request.param]
    return Way(template.replace("\\n", "\n"), fund if kind == "fund" or request.param % 2 else index)


def test_what_is_so_is_accepted_in_every_way_of_saying_it(way: Way) -> None:
    verdict = check(way.text(), way.snapshot)
    assert verdict.accepted, verdict.findings
    proved = [claim for claim in verdict.claims if claim.verdict == "supported"]
    assert len(proved) >= sum("?" not in slot for slot in way.slots)


def test_what_is_not_so_is_rejected_in_every_way_of_saying_it(way: Way) -> None:
    for place in range(len(way.slots)):
        wrong = way.text(place)
        assert wrong == way.text() or not check(wrong, way.snapshot).accepted, wrong
