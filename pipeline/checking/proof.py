"""Proof: statements executed against the snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from pipeline.checking import places
from pipeline.checking.claims import (
    PER_DAYS,
    Apart,
    Away,
    Between,
    Bound,
    Crossed,
    Dated,
    Difference,
    Elapsed,
    Excess,
    Flagged,
    Labelled,
    Moved,
    Near,
    Opposed,
    Ordered,
    Outcome,
    Parameter,
    Placed,
    Polled,
    Prior,
    Ref,
    Running,
    SetToday,
    Sided,
    Size,
    Statement,
    Times,
    Today,
    Valued,
)  # fmt: skip
from pipeline.checking.values import supports
from pipeline.facts.catalogue import Measure, fact_id
from pipeline.facts.snapshot import Fact, Snapshot
from pipeline.facts.units import SIGN_IN_WORDS, Kind, Unit, ap_date, show

SMALL_AT_MOST = Decimal("1.25")
LARGE_AT_LEAST = Decimal("0.5")
FLAT_AT_MOST = Decimal("0.25")
"""Bands of magnitude words, in atr_pct_14 times the square root of the period's sessions."""

UNKNOWN = Outcome(None)


class Prover:
    """Executes statements. Pure: the same snapshot and statement give the same outcome."""

    def __init__(self, snapshot: Snapshot, measures: Mapping[str, Measure]) -> None:
        self.snapshot, self.measures = snapshot, measures

    def fact(self, ref: Ref) -> Fact | None:
        """The fact of a reference, if the snapshot has it."""
        measure = self.measures.get(ref.measure)
        if measure is None or ref.timeframe not in measure.timeframes:
            return None
        return self.snapshot.get(fact_id(ref.instrument, measure, ref.timeframe))

    def shown(self, fact: Fact, form: str = "plain") -> str:
        """A fact as it may be written."""
        measure = self.measures[fact.measure]
        return show(fact.value, fact.unit, fact.decimals, kind=measure.kind, form=form, as_of=self.snapshot.as_of)

    def prove(self, statement: Statement) -> Outcome:
        """What the facts say of a statement."""
        match statement:
            case Valued():
                return self._valued(statement)
            case Moved():
                return self._moved(statement)
            case Ordered():
                return self._ordered(statement)
            case Between():
                return self._between(statement)
            case Near():
                return places.near(self, statement)
            case Placed():
                return places.placed(self, statement)
            case Opposed():
                return places.opposed(self, statement)
            case Sided():
                return self._sided(statement)
            case Size():
                return Outcome(statement.figure.value == len(statement.averages), (), str(len(statement.averages)))
            case Polled():
                return self._polled(statement)
            case Difference():
                return self._difference(statement)
            case Away():
                return self._away(statement)
            case Apart():
                return self._apart(statement)
            case Times():
                return self._times(statement)
            case Excess():
                return self._excess(statement)
            case Prior():
                return self._prior(statement)
            case Labelled():
                return self._labelled(statement)
            case Bound():
                return self._bound(statement)
            case Parameter():
                return self._parameter(statement)
            case Dated():
                return self._dated(statement)
            case Elapsed():
                return self._elapsed(statement)
            case Today():
                return self._today(statement)
            case Flagged():
                return self._flagged(statement)
            case SetToday():
                return self._set_today(statement)
            case Running():
                return self._running(statement)
            case Crossed():
                return self._crossed(statement)

    def _valued(self, claim: Valued) -> Outcome:
        fact = self.fact(claim.ref)
        if fact is None or not isinstance(fact.value, Decimal):
            return UNKNOWN
        measure, figure, value = self.measures[fact.measure], claim.figure, fact.value
        if claim.flip:
            value = -value
        truth = self.shown(fact)
        if fact.unit in (Unit.PERCENTAGE_POINTS, Unit.PERCENT) and figure.unit == "bp":
            value, measure = value * 100, replace(measure, decimals=0)
        if measure.unit is Unit.VOLUME and figure.unit not in ("", "shares" if fact.unit is Unit.SHARES else "$"):
            return Outcome(False, (fact.id,), truth)
        if fact.unit is Unit.PERCENTAGE_POINTS and figure.unit == "%":
            return Outcome(False, (fact.id,), truth)
        if measure.total is not None and figure.total is not None and figure.total != measure.total:
            return Outcome(False, (fact.id,), f"{truth} of {measure.total}")
        if measure.kind in SIGN_IN_WORDS:
            sign = claim.sign if claim.sign is not None else (figure.sign or 1)
            rounds_to_zero = supports(Decimal(0), replace(figure, hedge=""))
            holds = supports(abs(value), figure, fact.decimals)
            if sign and not rounds_to_zero:
                holds = holds and (value > 0) == (sign > 0)
            if holds and claim.band:
                holds = self._in_band(fact, claim.band)
            return Outcome(holds, (fact.id,), self.shown(fact, "signed") if value != 0 else truth)
        signed = figure.signed
        if measure.kind in (Kind.STREAK, Kind.COUNT):
            counted = replace(figure, hedge="") if figure.hedge == "about" else figure
            return Outcome(value == int(value) and supports(value, counted), (fact.id,), truth)
        if claim.sign is not None and claim.sign < 0:
            signed = -figure.value
        if (value < 0) != (signed < 0) and signed != 0:
            return Outcome(False, (fact.id,), truth)
        return Outcome(supports(abs(value), figure, fact.decimals), (fact.id,), truth)

    def _sessions(self, fact: Fact) -> Decimal:
        """Sessions in a change's period: weekdays between its dates, near enough for a band of words."""
        if fact.start is None or fact.end is None or fact.end <= fact.start:
            return Decimal(1)
        days = sum((fact.start + timedelta(n)).weekday() < 5 for n in range(1, (fact.end - fact.start).days + 1))
        return Decimal(max(days, 1))

    def _in_band(self, fact: Fact, band: str) -> bool:
        """Whether a move is as small, large or flat as a word says. Without a range to measure it by, any word goes."""
        instrument = fact.instrument.partition("/")[0]
        width = self.fact(Ref("atr_pct_14", instrument))
        if width is None or width.number == 0 or fact.unit not in (Unit.PERCENT, Unit.PERCENTAGE_POINTS):
            return True
        size = abs(fact.number) / (width.number * self._sessions(fact).sqrt())
        within = {"small": size <= SMALL_AT_MOST, "large": size >= LARGE_AT_LEAST, "flat": size <= FLAT_AT_MOST}
        return within.get(band, True)

    def _moved(self, claim: Moved) -> Outcome:
        fact = self.fact(claim.ref)
        if fact is None or not isinstance(fact.value, Decimal):
            return UNKNOWN
        value = -fact.value if claim.flip else fact.value
        truth = self.shown(fact, "signed")
        if claim.sign == 0 and claim.band == "flat":
            return Outcome(self._in_band(fact, "flat"), (fact.id,), truth)
        holds = value != 0 if claim.sign == 0 else (value > 0) == (claim.sign > 0) and value != 0
        return Outcome(holds and self._in_band(fact, claim.band), (fact.id,), truth)

    def _ordered(self, claim: Ordered) -> Outcome:
        left = self.fact(claim.left)
        right = self.fact(claim.right) if isinstance(claim.right, Ref) else None
        if left is None or not isinstance(left.value, Decimal) or (isinstance(claim.right, Ref) and right is None):
            return UNKNOWN
        other = claim.right if isinstance(claim.right, Decimal) else right.number if right else Decimal(0)
        mine, other = (abs(left.value), abs(other)) if claim.absolute else (left.value, other)
        holds = {">": mine > other, "<": mine < other, "=": mine == other}[claim.operator]
        facts = (left.id, right.id) if right else (left.id,)
        truth = f"{self.shown(left)} against {self.shown(right)}" if right else self.shown(left)
        return Outcome(holds, facts, truth)

    def _between(self, claim: Between) -> Outcome:
        left = self.fact(claim.left)
        ends = [self.fact(item) if isinstance(item, Ref) else item for item in (claim.one, claim.other)]
        if left is None or any(item is None for item in ends):
            return UNKNOWN
        values = sorted(item.number if isinstance(item, Fact) else item for item in ends if item is not None)
        facts = (left.id, *(item.id for item in ends if isinstance(item, Fact)))
        truth = f"{self.shown(left)} against {values[0]:,.2f} and {values[1]:,.2f}"
        return Outcome(values[0] < left.number < values[1], facts, truth)

    def _sided(self, claim: Sided) -> Outcome:
        close = self.fact(Ref("close", claim.instrument))
        levels = [self.fact(Ref(name, claim.instrument)) for name in claim.averages]
        if close is None or any(level is None for level in levels):
            return UNKNOWN
        found = [level for level in levels if level is not None]
        on_side = sum((close.number > f.number) if claim.side > 0 else (close.number < f.number) for f in found)
        truth = f"{on_side} of {len(found)}"
        facts = (close.id, *(f.id for f in found))
        match claim.quantifier:
            case "all":
                return Outcome(on_side == len(found), facts, truth)
            case "none":
                return Outcome(on_side == 0, facts, truth)
            case "most":
                return Outcome(on_side * 2 > len(found), facts, truth)
            case _:
                figure = claim.count
                if figure is None or (figure.total is not None and figure.total != len(found)):
                    return Outcome(False, facts, truth)
                return Outcome(figure.value == on_side, facts, truth)

    def _polled(self, claim: Polled) -> Outcome:
        votes = [
            self.fact(replace(claim.ref, measure=f"{claim.ref.measure}_{side}_count"))
            for side in ("buy", "sell", "neutral")
        ]
        if any(vote is None for vote in votes):
            return UNKNOWN
        total = sum(vote.number for vote in votes if vote is not None)
        facts = tuple(vote.id for vote in votes if vote is not None)
        return Outcome(claim.figure.value == total, facts, f"{total:f}")

    def _difference(self, claim: Difference) -> Outcome:
        left, right = self.fact(claim.left), self.fact(claim.right)
        if left is None or right is None:
            return UNKNOWN
        value = left.number - right.number
        holds = supports(abs(value), claim.figure, 2) and (not claim.sign or (value > 0) == (claim.sign > 0))
        return Outcome(holds, (left.id, right.id), f"{value:+,.2f}")

    def _away(self, claim: Away) -> Outcome:
        level, close = self.fact(claim.ref), self.fact(Ref("close", claim.ref.instrument))
        if level is None or close is None or not level.number or not close.number:
            return UNKNOWN
        of_close, of_level = 100 * (level.number / close.number - 1), 100 * (1 - close.number / level.number)
        holds = any(supports(abs(value), claim.figure, 2) for value in (of_close, of_level))
        if claim.sign:
            holds = holds and (of_close > 0) == (claim.sign > 0)
        return Outcome(holds, (level.id, close.id), f"{of_close:+.2f}%")

    def _apart(self, claim: Apart) -> Outcome:
        left, right = self.fact(claim.left), self.fact(claim.right)
        if left is None or right is None or not right.number:
            return UNKNOWN
        value = 100 * (left.number / right.number - 1)
        holds = supports(abs(value), claim.figure, 2) and (not claim.sign or (value > 0) == (claim.sign > 0))
        return Outcome(holds, (left.id, right.id), f"{value:+,.2f}%")

    def _times(self, claim: Times) -> Outcome:
        left, right = self.fact(claim.left), self.fact(claim.right)
        if left is None or right is None or not right.number:
            return UNKNOWN
        less = self.fact(claim.less) if claim.less is not None else None
        if claim.less is not None and less is None:
            return UNKNOWN
        value = (left.number - (less.number if less is not None else 0)) / right.number
        return Outcome(value > 0 and supports(value, claim.figure), (left.id, right.id), f"{value:,.2f} times")

    def _excess(self, claim: Excess) -> Outcome:
        multiple = self.fact(claim.ref)
        if multiple is None:
            return UNKNOWN
        value = 100 * (multiple.number - 1)
        holds = supports(abs(value), claim.figure) and value != 0 and (value > 0) == (claim.sign > 0)
        return Outcome(holds, (multiple.id,), f"{value:+,.1f}%")

    def _prior(self, claim: Prior) -> Outcome:
        value, change = self.fact(claim.ref), self.fact(claim.change)
        if value is None or change is None:
            return UNKNOWN
        before = value.number - change.number
        return Outcome(supports(abs(before), claim.figure, 2), (value.id, change.id), f"{before:,.2f}")

    def _labelled(self, claim: Labelled) -> Outcome:
        fact = self.fact(claim.ref)
        measure = self.measures.get(claim.ref.measure)
        if fact is None or measure is None:
            return UNKNOWN
        if isinstance(fact.value, str):
            earned = fact.value == claim.label
        else:
            label = next((item for item in measure.labels if item.name == claim.label), None)
            if label is None or not isinstance(fact.value, Decimal):
                return UNKNOWN
            earned = label.holds(fact.value)
        return Outcome(earned is not claim.negated, (fact.id,), self.shown(fact))

    def _bound(self, claim: Bound) -> Outcome:
        measure = self.measures.get(claim.ref.measure)
        label = next((item for item in measure.labels if item.name == claim.label), None) if measure else None
        if label is None:
            return UNKNOWN
        lines = [abs(bound) for bound in label.bounds]
        return Outcome(claim.figure.value in lines, (), " or ".join(map(str, lines)))

    def _parameter(self, claim: Parameter) -> Outcome:
        windows = sorted({m.window for name in claim.measures if (m := self.measures.get(name)) and m.window})
        return Outcome(claim.figure.value in windows, (), " or ".join(map(str, windows)))

    def _today(self, claim: Today) -> Outcome:
        as_of = self.snapshot.as_of
        return Outcome(claim.day.fits(as_of, as_of), (), f"{as_of:%A}, {ap_date(as_of)}")

    def _flagged(self, claim: Flagged) -> Outcome:
        fact = self.fact(claim.ref)
        if fact is None:
            return UNKNOWN
        level = self.fact(replace(claim.ref, measure=self.measures[fact.measure].of or ""))
        truth = f"{self.shown(level)}, {self._days(level)}" if level is not None and level.dates else self.shown(fact)
        return Outcome(fact.value is claim.expected, (fact.id,), truth)

    def _set_today(self, claim: SetToday) -> Outcome:
        fact = self.fact(claim.ref)
        if fact is None:
            return UNKNOWN
        today = self.snapshot.as_of in fact.dates
        return Outcome(today is claim.expected, (fact.id,), f"{self.shown(fact)}, {self._days(fact)}")

    def _running(self, claim: Running) -> Outcome:
        fact = self.fact(claim.ref)
        if fact is None:
            return UNKNOWN
        return Outcome(fact.number >= claim.least, (fact.id,), self.shown(fact))

    def _days(self, fact: Fact) -> str:
        days = fact.dates or ((fact.value,) if isinstance(fact.value, date) else ())
        return " and ".join(ap_date(day, self.snapshot.as_of) for day in days[:3])

    def _dated(self, claim: Dated) -> Outcome:
        fact = self.fact(claim.ref)
        if fact is None:
            return UNKNOWN
        days = {"first": set(fact.dates[:1]), "last": set(fact.dates[-1:])}.get(claim.end, set(fact.dates))
        if isinstance(fact.value, date):
            days.add(fact.value)
        if self.measures[fact.measure].kind in (Kind.CHANGE, Kind.POINTS) and fact.start:
            days.add(fact.start)
        if not days:
            return UNKNOWN
        as_of = self.snapshot.as_of  # a day to come, the next session, is as near as one gone by
        return Outcome(any(claim.day.fits(day, max(day, as_of)) for day in days), (fact.id,), self._days(fact))

    def _elapsed(self, claim: Elapsed) -> Outcome:
        facts = [self.fact(ref) for ref in (claim.left, claim.right) if ref is not None]
        if any(fact is None or len(fact.dates) != 1 for fact in facts):
            return UNKNOWN
        days = [fact.dates[0] for fact in facts if fact is not None]
        later = days[0] if claim.left is not None else self.snapshot.as_of
        passed = (later - days[-1]).days
        length = Decimal(abs(passed)) / PER_DAYS[claim.figure.unit]
        holds = supports(length, claim.figure) and (passed > 0) == (claim.sign > 0)
        return Outcome(holds, tuple(fact.id for fact in facts if fact), f"{length:.1f} {claim.figure.unit}")

    def _crossed(self, claim: Crossed) -> Outcome:
        fact, side = self.fact(claim.ref), self.fact(replace(claim.ref, measure=f"{claim.ref.measure}_direction"))
        if fact is None or side is None:
            return UNKNOWN
        holds = claim.sign == 0 or side.value == ("above" if claim.sign > 0 else "below")
        if claim.today:
            holds = holds and fact.value == self.snapshot.as_of
        return Outcome(holds, (fact.id, side.id), f"to {side.value} on {self._days(fact)}")
