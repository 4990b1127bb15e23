"""The desk: what a sentence builder may look at. Facts by measure, as slots or as values, and the states they imply.

A builder asks for what it needs; whatever is absent raises `Missing` and the whole sentence is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from pipeline.facts.catalogue import Measure, fact_id
from pipeline.facts.snapshot import Fact, Snapshot
from pipeline.facts.units import WEEKDAYS, Unit, quantise

Who = Literal["A", "B"]
"""A is the instrument the article is about, B the benchmark."""


TOLD = ("1d", "1w", "mtd", "ytd", "12m")
"""The periods an article tells, shortest first."""


class Missing(Exception):  # noqa: N818  (a sentence without its facts, not a failure)
    """A fact a sentence needs is absent."""


class Desk:
    """Facts of one snapshot, looked up by measure name.

    Names of relative measures go to the pair, those of volume to whoever's volume is told, all others to the instrument
    `who` stands for.
    """

    def __init__(self, snapshot: Snapshot, measures: Mapping[str, Measure]) -> None:
        self.snapshot = snapshot
        self.measures = measures
        self.as_of = snapshot.as_of

    def fact(self, measure: str, who: Who = "A", *, weekly: bool = False) -> Fact:
        """The fact of a measure. Raises Missing."""
        declared, snapshot = self.measures.get(measure), self.snapshot
        benchmark = snapshot.benchmark
        if declared is None or (benchmark is None and (who == "B" or declared.scope == "pair")):
            raise Missing(measure)
        if declared.scope == "pair":
            owner = str(snapshot.pair)
        elif declared.needs_volume and who == "A":
            owner = snapshot.volume_owner.symbol if snapshot.volume_owner else ""
        else:
            owner = benchmark.symbol if who == "B" and benchmark else snapshot.primary.symbol
        fact = snapshot.get(fact_id(owner, declared, "weekly" if weekly else declared.timeframes[0]))
        if fact is None:
            raise Missing(measure)
        return fact

    def has(self, *measures: str, who: Who = "A") -> bool:
        """Whether every one of these measures has a fact."""
        try:
            return all(self.fact(measure, who) for measure in measures)
        except Missing:
            return False

    def slot(self, measure: str, form: str = "", who: Who = "A", *, weekly: bool = False) -> str:
        """The slot that prints a fact, in a form or as running text reads best. Raises Missing."""
        found = self.fact(measure, who, weekly=weekly)
        form = form or ("short" if _reads_better_short(found) else "")
        return f"[[{found.id}|{form}]]" if form else f"[[{found.id}]]"

    def amount(self, measure: str, who: Who = "A") -> str:
        """A slot of a change in price units with its word: "[[IXIC.points_1d]] points", "[[SPY.points_1d]]"."""
        fact = self.fact(measure, who)
        return f"{self.slot(measure, who=who)} points" if fact.unit is Unit.POINTS else self.slot(measure, who=who)

    def count(self, measure: str) -> str:
        """A slot of a whole number, spelled out below ten as AP style has it. Raises Missing."""
        return self.slot(measure, "words" if self.number(measure) < 10 else "plain")

    def ordinal(self, measure: str) -> str:
        """A slot of a whole number as an ordinal in words. Raises Missing."""
        return self.slot(measure, "ordinal")

    def number(self, measure: str, who: Who = "A", *, weekly: bool = False) -> Decimal:
        """The value of a numeric fact. Raises Missing."""
        return self.fact(measure, who, weekly=weekly).number

    def shown(self, measure: str, who: Who = "A", *, weekly: bool = False) -> Decimal:
        """The value of a numeric fact as it is printed, sign kept. Raises Missing."""
        fact = self.fact(measure, who, weekly=weekly)
        return quantise(fact.number, 1 if _reads_better_short(fact) else fact.decimals)

    def label(self, measure: str, *, weekly: bool = False) -> str:
        """The value of a label. Raises Missing."""
        return str(self.fact(measure, weekly=weekly).value)

    def flag(self, measure: str) -> bool:
        """The value of a flag; False where it is absent."""
        return self.has(measure) and self.fact(measure).value is True

    def day(self, measure: str) -> date:
        """The value of a date. Raises Missing."""
        value = self.fact(measure).value
        if not isinstance(value, date):
            raise Missing(measure)
        return value

    def days_ago(self, measure: str) -> int:
        """Calendar days between a date fact and the as-of. Raises Missing."""
        return (self.as_of - self.day(measure)).days

    def is_today(self, measure: str) -> bool:
        """Whether a date fact exists and is the as-of session."""
        return self.has(measure) and self.fact(measure).value == self.as_of

    @property
    def weekday(self) -> str:
        """Weekday of the as-of session."""
        return WEEKDAYS[self.as_of.weekday()]

    @property
    def around_the_clock(self) -> bool:
        """Whether the instrument has a session on every day of the year."""
        return self.snapshot.primary.calendar == "24/7"

    @property
    def week_complete(self) -> bool:
        """Whether the as-of surely is the last session of its week."""
        if self.has("is_last_session_of_week"):
            return self.flag("is_last_session_of_week")
        return self.as_of.weekday() == (6 if self.around_the_clock else 4)

    @property
    def long_history(self) -> bool:
        """Whether the data reach back more than a year, so that a record or a 52-week extreme means something."""
        return self.has("data_start") and self.days_ago("data_start") > 400

    def tells(self, period: str, who: Who = "A") -> bool:
        """Whether a period's change differs from the shorter ones', so that telling it adds something."""
        if not self.has(f"change_{period}", who=who):
            return False
        value = self.number(f"change_{period}", who)
        shorter = [name for name in TOLD[: TOLD.index(period)] if self.has(f"change_{name}", who=who)]
        return all(self.number(f"change_{name}", who) != value for name in shorter)


def _reads_better_short(fact: Fact) -> bool:
    """Whether one decimal is enough: oscillators, and percents from ten on."""
    if fact.unit in (Unit.INDEX, Unit.INDEX_POINTS):
        return True
    return fact.unit is Unit.PERCENT and abs(fact.number) >= 10


Builder = Callable[[Desk], Sequence[str]]
"""Looks at the facts and gives every wording of one sentence, or raises `Missing`."""
