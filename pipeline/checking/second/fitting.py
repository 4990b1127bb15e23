"""From proposed claims to statements: what is proposed for a clause is made of the clause's own words, or refused.

Figures and dates are those the program read in the text; the sign is that of the text's word where the program knows
one; names are held to the clause by `pipeline.checking.second.terms`. What is left to the proposal is what the program
could not read: what an unknown word means, and what belongs to what.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.checking.claims import (
    Dated,
    Difference,
    Flagged,
    Labelled,
    Moved,
    Ordered,
    Ref,
    Statement,
    Times,
    Valued,
    operator_for,
)
from pipeline.checking.mentions import Mention
from pipeline.checking.second.exchange import Proposal
from pipeline.checking.second.posing import Posed
from pipeline.checking.second.printed import DIFFERING, WRITTEN, Printed
from pipeline.checking.second.terms import Scope, Terms, Unfit, refs_of
from pipeline.facts.units import SIGN_IN_WORDS, Kind

_SIGNED_BY = {
    Kind.CHANGE: ("direction",), Kind.POINTS: ("direction",), Kind.SPREAD: ("versus",), Kind.DISTANCE: ("relation",),
}  # fmt: skip
"""Kinds of mentions that say the sign of a kind of figure."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A claim that the clause may be making. denied: it holds if its statement does not. at: the words it is marked
    at, of those nothing owned before. refs: whose measures it is of."""

    statements: tuple[Statement, ...]
    at: Mention
    refs: tuple[Ref, ...]
    denied: bool = False


def fit(posed: Posed, claims: Sequence[Proposal], scope: Scope) -> list[Fitted]:
    """The claims of a proposed reading as statements. Raises Unfit where the clause does not say them, or says more."""
    terms = Terms(posed, scope)
    owners = Counter(number for claim in claims for number in claim.owns)
    if any(count > 1 for count in owners.values()) or not set(owners) <= set(posed.items):
        raise Unfit("a stretch of text has two owners, or is none of those listed")
    if missing := posed.open - set(owners):
        raise Unfit(f"nothing owns {posed.asked.items[min(missing) - 1].text!r}")
    fitted = [_Claim(terms, posed, claim).fitted() for claim in claims]
    if posed.items:
        proved = [ref for statements in posed.proved.values() for one in statements for ref in refs_of(one)]
        terms.hold_names([*(ref for claim in fitted for ref in claim.refs), *proved])
        _hold_negations(terms, claims)
    return fitted


def fit_one(posed: Posed, claim: Proposal, scope: Scope) -> Fitted:
    """One claim as statements, whatever else the clause may say. Raises Unfit where it does not say this."""
    return _Claim(Terms(posed, scope), posed, claim).fitted()


def _hold_negations(terms: Terms, claims: Sequence[Proposal]) -> None:
    """Raise Unfit unless each negation belongs to one claim, which is negated; one may be in words nobody knows."""
    covers = [(claim.negated, terms.cover(claim.words)) for claim in claims]
    for mention in terms.each("negation"):
        if [negated for negated, cover in covers if mention.first in cover] != [True]:
            raise Unfit(f"{terms.clause.printed(mention)!r} belongs to no claim that is negated, or to several")
    for negated, cover in covers:
        if negated and not any(mention.first in cover for mention in terms.each("negation", "unknown")):
            raise Unfit("a negated claim rests on no word that negates")


class _Claim(Printed):
    """One proposed claim, turned into statements."""

    def fitted(self) -> Fitted:
        """The claim as statements. Raises Unfit."""
        claim = self.claim
        if bool(self.owned) is not bool(self.posed.items):
            raise Unfit("a claim owns nothing")
        for mention in self.owned:
            if not self.cover >= set(range(mention.first, mention.last)):
                raise Unfit(f"{self.terms.clause.printed(mention)!r} is not among the words it rests on")
        if claim.negated and claim.relation not in ("moved", "above", "below", "label", "flag"):
            raise Unfit(f"a claim that {claim.relation} cannot be negated")
        statements: tuple[Statement, ...]
        match claim.relation:
            case "equals":
                statements = self._equals()
            case "moved":
                statements = (self._moved(),)
            case "above" | "below" | "same":
                statements = (self._compared(),)
            case "difference" | "ratio":
                statements = (self._derived(),)
            case "date":
                statements = (self._dated(),)
            case _:
                statements = (self._labelled(),)
        self.hold_printed()
        refs = [self.ref, *(ref for one in statements for ref in refs_of(one))]
        self.hold_proved(refs)
        denied = claim.negated and claim.relation in ("moved", "above", "below")
        fresh, at = [self.posed.items[number] for number in claim.owns if number in self.posed.open], self.at
        return Fitted(statements, at if at in fresh or not fresh else fresh[0], tuple(dict.fromkeys(refs)), denied)

    def _hold(self, at: Mention) -> None:
        """Raise Unfit unless the clause is about the fact where the claim stands."""
        if "/" in self.ref.instrument:
            self.terms.hold_pair(self.ref, self.flip)
        else:
            self.terms.hold_instrument(self.ref, at)
        self.terms.hold_measure(self.ref, at, self.cover)
        self.terms.hold_period(self.ref, at)

    def _equals(self) -> tuple[Statement, ...]:
        """The fact has the figure."""
        figure, at = self.figure(WRITTEN.get(self.measure.unit, frozenset())), self.at
        self._hold(at)
        if self.measure.kind is Kind.STREAK and self.measure.sign:
            runs = "direction" if self.measure.scope == "instrument" else "versus"
            sign, band = self.sign((runs,), at, self.measure.sign)
        else:
            sign, band = self.sign(_SIGNED_BY.get(self.measure.kind, ()), at, self.want)
        if figure.sign and sign is not None and figure.sign != sign:
            raise Unfit("the printed sign is not that of the words")
        if self.measure.kind is Kind.DISTANCE:
            self._hold_level_last(at)
        signed = sign if self.measure.kind in SIGN_IN_WORDS else None
        value = Valued(self.ref, figure, signed, self.flip, band)
        day = self.day_of
        if day is None:
            return (value,)
        dates = self.terms.each("date")
        if len(dates) != 1 or dates[0].day is None:
            raise Unfit(f"{self.ref.measure} needs one date in the clause")
        return value, Dated(Ref(day, self.ref.instrument, self.ref.timeframe), dates[0].day)

    def _hold_level_last(self, at: Mention) -> None:
        """Raise Unfit unless the level follows the word of side: a distance is the close's from the level."""
        about = self.terms.scope.about(self.measure)
        side = self.nearest(("relation",), at)
        edge = max(at.last, side.last) if side is not None else at.last
        if any(set(m.values) & about and m.last <= edge for m in self.terms.each("measure")):
            raise Unfit("the clause speaks of the level's distance from the close")

    def _moved(self) -> Statement:
        """The change has the sign of the words."""
        if self.measure.kind not in (Kind.CHANGE, Kind.POINTS, Kind.SPREAD):
            raise Unfit(f"{self.ref.measure} is no change")
        at = self.at
        self._hold(at)
        sign, band = self.sign(_SIGNED_BY[self.measure.kind], at, self.want)
        if sign is None:
            raise Unfit("a move without a direction")
        return Moved(self.ref, sign, band if sign else "flat", self.flip)

    def _pivot(self) -> Mention:
        """The word that compares: one of side that it rests on; else, between two facts, one of how two instruments
        did, or one nobody knows. What an unknown word compares a figure with, any side would be true of something."""
        for kind in ("relation",) if self.threshold else ("relation", "versus", "unknown"):
            spoken = [mention for mention in self.terms.each(kind) if mention.first in self.cover]
            if spoken:
                return next((mention for mention in spoken if mention in self.owned), spoken[0])
        raise Unfit("no word compares")

    def _compared(self) -> Statement:
        """The fact stands on a side of another one, or of the figure."""
        pivot = self._pivot()
        sign, _ = self.sign(("relation", "versus"), pivot, self.want)
        operator = operator_for(sign) if sign else "="
        if self.measure.unit not in WRITTEN:
            raise Unfit(f"{self.ref.measure} has no figure")
        if self.threshold:
            if self.measure.kind in SIGN_IN_WORDS:
                raise Unfit(f"{self.ref.measure} is told by how much, not against a figure")
            self._hold_first(pivot)
            figure = self.figure(WRITTEN.get(self.measure.unit, frozenset()))
            if self.at.first < pivot.last or figure.hedge:
                raise Unfit("the figure does not stand after the word that compares")
            return Ordered(self.ref, operator, figure.signed)
        return Ordered(self.ref, operator, self._than(pivot))

    def _derived(self) -> Statement:
        """The difference or the ratio of the fact and another one is the figure."""
        if self.measure.unit not in WRITTEN:
            raise Unfit(f"{self.ref.measure} has no figure")
        if self.claim.relation == "ratio":
            figure = self.figure(frozenset({"x", "fraction"}))
            return Times(self.ref, self._than(self.at), figure)
        figure = self.figure(DIFFERING.get(self.measure.unit, frozenset()))
        pivot = self._pivot()
        sign, _ = self.sign(("relation", "versus"), pivot, self.want)
        return Difference(self.ref, self._than(pivot), replace(figure, unit=""), sign or 0)

    def _hold_first(self, pivot: Mention) -> None:
        """Raise Unfit unless the fact is what is compared."""
        if "/" in self.ref.instrument:
            self.terms.hold_pair(self.ref, self.flip)
        else:
            self.terms.hold_instrument(self.ref, pivot)
        self.terms.hold_operand(self.ref, pivot, self.cover, first=True)

    def _than(self, pivot: Mention) -> Ref:
        """The second operand: of one unit, kind and instrument with the first, or its measure of another instrument."""
        other, flip = self.terms.scope.ref(self.claim.than or "")
        measure = self.terms.scope.measures[other.measure]
        alike = (measure.unit, measure.kind) == (self.measure.unit, self.measure.kind)
        one_instrument = other.instrument == self.ref.instrument and alike
        one_measure = (other.measure, other.timeframe) == (self.ref.measure, self.ref.timeframe)
        if one_instrument is one_measure or flip or self.flip:
            raise Unfit(f"{self.ref.measure} and {other.measure} are not to be compared")
        self._hold_first(pivot)
        if one_measure and (
            self.terms.subject != self.ref.instrument
            or not any(m.values == (other.instrument,) for m in self.terms.objects)
        ):
            raise Unfit(f"the clause does not compare with {other.instrument}")
        self.terms.hold_operand(other, pivot, self.cover, first=False)
        return other

    def _dated(self) -> Statement:
        """The fact's date is the one printed."""
        mention = self.only("date")
        if mention is None or mention.day is None:
            raise Unfit("a claim of a date owns none")
        self._hold(mention)
        self.sign((), mention, None)
        return Dated(self.ref, mention.day)

    def _labelled(self) -> Statement:
        """The measure earns the label, or is so."""
        at = self.at
        self._hold(at)
        self.sign((), at, None)
        if self.claim.relation == "flag":
            if self.measure.kind is not Kind.FLAG or self.only("label") is not None:
                raise Unfit(f"{self.ref.measure} is not a yes or a no")
            return Flagged(self.ref, not self.claim.negated)
        said, label = self.only("label"), self.claim.label or ""
        if label not in {item.name for item in self.measure.labels}:
            raise Unfit(f"{label!r} is no label of {self.ref.measure}")
        if said is not None and label not in said.values:
            raise Unfit(f"the clause says {' or '.join(said.values)}, not {label}")
        return Labelled(self.ref, label, self.claim.negated)
