"""Diagnosis: which single change would make a failed claim true. That attribute names the rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.checking.claims import (
    Apart,
    Away,
    Dated,
    Difference,
    Excess,
    Labelled,
    Moved,
    Ordered,
    Outcome,
    Ref,
    Sided,
    Statement,
    Today,
    Valued,
)  # fmt: skip
from pipeline.checking.mentions import Mention
from pipeline.checking.proof import Prover
from pipeline.checking.reading.settle import Anchor, Reading
from pipeline.facts.catalogue import Measure
from pipeline.facts.units import SIGN_IN_WORDS, Kind, Unit

_CONFUSED = (Kind.LEVEL, Kind.INDICATOR, Kind.STREAK, Kind.DISTANCE)
"""Kinds whose figures are taken for those of any other kind of the same unit."""


@dataclass(slots=True)
class Failure:
    """A claim that was not supported.

    statement: the first of the anchor's statements that does not hold, None for an anchor that could not be read.
    cures: for each attribute, the changed statement that would hold. ambiguous: another plausible reading holds.
    """

    reading: Reading
    anchor: Anchor
    statement: Statement | None
    outcome: Outcome
    prover: Prover
    ambiguous: bool = False
    cures: dict[str, Statement] | None = None

    @property
    def mention(self) -> Mention:
        """The anchor's words."""
        return self.anchor.mention

    @property
    def words(self) -> str:
        """The anchor's words as printed."""
        return self.reading.clause.printed(self.mention)

    @property
    def ref(self) -> Ref | None:
        """The reference the statement is about."""
        if isinstance(self.statement, Ordered | Difference | Apart):
            return self.statement.left
        return getattr(self.statement, "ref", None)

    @property
    def direction(self) -> Mention:
        """The word that carries the sign with the figure, or the anchor itself."""
        chosen, headers = self.anchor.chosen, len(self.reading.clause.header)
        if chosen is not None and self.mention.kind == "figure":
            inside = [self.reading.mentions[i] for i in sorted(chosen.uses) if i >= headers]
            return next((m for m in inside if m.kind in ("direction", "versus", "relation")), self.mention)
        return self.mention

    @property
    def correct(self) -> str:
        """The truth as it may stand in place of the words: without a sign where the claim's verb has the right one."""
        claim, truth = self.statement, self.outcome.truth
        if not isinstance(claim, Valued | Away | Apart | Difference | Excess) or not claim.sign or claim.figure.sign:
            return truth
        turned = isinstance(claim, Valued) and claim.flip
        return truth.removeprefix("+" if (claim.sign > 0) is not turned else "-")

    def cure_ref(self, attribute: str) -> Ref | None:
        """The reference that would make the claim true, if this attribute alone is at fault."""
        if self.cause != attribute or not self.cures:
            return None
        found: Ref | None = getattr(self.cures[attribute], "ref", None)
        return found

    @property
    def cause(self) -> str:
        """The attribute at fault: the only one whose change makes the claim true, else "value"."""
        cures = self.cures or {}
        return next(iter(cures)) if len(cures) == 1 else "value"


_SHARPER = (
    ("window", "measure"), ("method", "measure"), ("period", "measure"), ("timeframe", "measure"), ("sign", "band"),
    ("hedge", "rounding"), ("hedge", "measure"),
)  # fmt: skip
"""Attributes that say better what is wrong than another one that would do as well."""


def cures(statement: Statement, prover: Prover) -> dict[str, Statement]:
    """The attributes whose single change makes a refuted statement hold, each with the statement that holds."""
    found: dict[str, Statement] = {}
    for attribute, changed in _changes(statement, prover):
        if attribute not in found and prover.prove(changed).holds:
            found[attribute] = changed
    for sharper, blunter in _SHARPER:
        if sharper in found:
            found.pop(blunter, None)
    return found


def _changes(statement: Statement, prover: Prover) -> Iterator[tuple[str, Statement]]:
    """Statements that differ in one attribute, with its name."""
    match statement:
        case Valued():
            measure, figure = prover.measures[statement.ref.measure], statement.figure
            if measure.unit is Unit.PERCENTAGE_POINTS and figure.unit == "%":
                yield "unit", replace(statement, figure=replace(figure, unit="pp"))
            if statement.band:
                yield "band", replace(statement, band="")
            if measure.kind in SIGN_IN_WORDS:
                if statement.sign != 0:
                    yield "sign", replace(statement, sign=-(statement.sign or figure.sign or 1), band="")
            elif figure.sign or measure.kind is Kind.INDICATOR:
                turned = replace(figure, sign=-1 if figure.sign >= 0 else 1)
                yield "sign", replace(statement, sign=None, figure=turned)
            if figure.hedge:
                yield "hedge", replace(statement, figure=replace(figure, hedge="about"))
            rounded = replace(figure, hedge="", value=_nearest(statement, prover))
            yield "rounding", replace(statement, figure=rounded)
            for attribute, ref in other_refs(statement.ref, prover):
                yield attribute, replace(statement, ref=ref)
        case Moved():
            yield "sign", replace(statement, sign=-statement.sign, band="")
            yield "band", replace(statement, band="")
            for attribute, ref in other_refs(statement.ref, prover):
                if attribute in ("instrument", "period"):
                    yield attribute, replace(statement, ref=ref)
        case Ordered():
            yield "side", replace(statement, operator="<" if statement.operator == ">" else ">")
        case Sided():
            yield "side", replace(statement, side=-statement.side)
        case Difference() | Away() | Apart() | Excess():
            yield "side", replace(statement, sign=-statement.sign)
        case Labelled():
            yield "negation", replace(statement, negated=not statement.negated)
            for attribute, ref in other_refs(statement.ref, prover):
                if attribute in ("instrument", "timeframe"):
                    yield attribute, replace(statement, ref=ref)
        case Dated() | Today():
            if statement.day.weekday is not None and statement.day.month is not None:
                yield "weekday", replace(statement, day=replace(statement.day, weekday=None))
            if statement.day.year is not None and statement.day.month is not None:
                yield "year", replace(statement, day=replace(statement.day, year=None))
        case _:
            return


def _nearest(statement: Valued, prover: Prover) -> Decimal:
    """The figure the fact prints at the claim's precision, when the claim is at most one unit off; else the claim's."""
    fact = prover.fact(statement.ref)
    if fact is None or not isinstance(fact.value, Decimal):
        return statement.figure.value
    step = statement.figure.step
    true = (abs(fact.value) / step).quantize(Decimal(1)) * step
    return true if abs(true - statement.figure.value) <= step else statement.figure.value


def other_refs(ref: Ref, prover: Prover) -> Iterator[tuple[str, Ref]]:
    """References that differ in one attribute: instrument, timeframe, period, window, method, measure."""
    measure = prover.measures[ref.measure]
    if measure.scope == "instrument":
        for instrument in prover.snapshot.owners:
            if instrument.symbol != ref.instrument:
                yield "instrument", replace(ref, instrument=instrument.symbol)
    for timeframe in measure.timeframes:
        if timeframe != ref.timeframe:
            yield "timeframe", replace(ref, timeframe=timeframe)
    for other in prover.measures.values():
        if other.name == measure.name or other.scope != measure.scope:
            continue
        attribute = _difference(measure, other)
        if attribute:
            yield attribute, replace(ref, measure=other.name, timeframe=other.timeframes[0])


def _difference(measure: Measure, other: Measure) -> str:
    """The one attribute in which two measures differ, or an empty string where nobody would take one for the other."""
    if other.kind is measure.kind:
        if measure.period and other.period and other.unit is measure.unit:
            return "period"
        mine, its = stem(measure.name), stem(other.name)
        if measure.window and other.window and mine == its:
            return "window"
        if (
            measure.window
            and other.window == measure.window
            and mine.replace("ema", "sma") == its.replace("ema", "sma")
        ):
            return "method"
    return "measure" if other.unit is measure.unit and other.kind in (measure.kind, *_CONFUSED) else ""


def stem(name: str) -> str:
    """A measure's name without its window: distance_sma of distance_sma_50."""
    head, _, tail = name.rpartition("_")
    return head if tail.rstrip("wdm").isdigit() else name
