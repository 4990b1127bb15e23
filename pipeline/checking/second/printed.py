"""A proposed claim beside the words it owns: its figure, its date, its label, and the direction they give it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from pipeline.checking.claims import Ref
from pipeline.checking.mentions import Figure, Mention
from pipeline.checking.reading.signs import band_of
from pipeline.checking.second.exchange import Proposal
from pipeline.checking.second.posing import Posed
from pipeline.checking.second.terms import Terms, Unfit, refs_of
from pipeline.facts.catalogue import Measure
from pipeline.facts.units import Kind, Unit

WRITTEN: Mapping[Unit, frozenset[str]] = {
    Unit.PRICE: frozenset({"", "points", "$"}), Unit.PERCENT: frozenset({"%"}),
    Unit.PERCENTAGE_POINTS: frozenset({"pp", "points", "bp"}), Unit.VOLUME: frozenset({"", "shares", "$"}),
    Unit.INDEX: frozenset({""}), Unit.INDEX_POINTS: frozenset({"", "points", "index points"}),
    Unit.RATIO: frozenset({"", "x"}), Unit.SCORE: frozenset({""}), Unit.COUNT: frozenset({""}),
    Unit.SESSIONS: frozenset({"", "sessions", "days"}), Unit.WEEKS: frozenset({"", "weeks"}),
    Unit.BARS: frozenset({"", "sessions", "days"}),
}  # fmt: skip
"""How figures of each unit are written."""
DIFFERING: Mapping[Unit, frozenset[str]] = {
    **WRITTEN, Unit.PERCENT: WRITTEN[Unit.PERCENTAGE_POINTS], Unit.INDEX: WRITTEN[Unit.INDEX_POINTS],
}  # fmt: skip
"""The same for differences of two of them."""
SIGNS = {"up": 1, "down": -1, "flat": 0, "above": 1, "below": -1, "same": 0}
COMPARING = ("above", "below", "same")


class Printed:
    """One proposed claim and the clause it is about. Every method raises Unfit where the two disagree."""

    def __init__(self, terms: Terms, posed: Posed, claim: Proposal) -> None:
        self.terms, self.posed, self.claim = terms, posed, claim
        self.cover = terms.cover(claim.words)
        self.owned = [posed.items[number] for number in claim.owns]
        self.ref, self.flip = terms.scope.ref(claim.fact)
        self.measure: Measure = terms.scope.measures[self.ref.measure]

    def only(self, kind: str) -> Mention | None:
        """The one mention of a kind it owns, None for none."""
        found = [mention for mention in self.owned if mention.kind == kind]
        if len(found) > 1:
            raise Unfit(f"a claim owns two mentions of the kind {kind}")
        return found[0] if found else None

    @cached_property
    def at(self) -> Mention:
        """What it is marked at: its figure, date or label, else what it owns first, else its first words."""
        told = (self.only(kind) for kind in ("figure", "date", "label"))
        at = next((mention for mention in told if mention is not None), None)
        if at is not None or self.owned:
            return at or self.owned[0]
        first = last = min(self.cover)
        while last in self.cover:
            last += 1
        return Mention("unknown", first, last)

    def figure(self, units: frozenset[str]) -> Figure:
        """The printed figure it owns, written as figures of its unit are."""
        mention = self.only("figure")
        if mention is None or mention.figure is None:
            raise Unfit(f"a claim that {self.claim.relation} owns no figure")
        figure = mention.figure
        weekly = self.measure.unit is Unit.BARS and self.ref.timeframe == "weekly"
        if figure.unit not in (WRITTEN[Unit.WEEKS] if weekly else units):
            raise Unfit(f"{self.terms.clause.printed(mention)!r} is not written as a figure of {self.ref.measure}")
        counts = self.measure.kind in (Kind.STREAK, Kind.COUNT)
        index_points = "index" in self.terms.said(mention.first, mention.last)
        if index_points and self.measure.unit is Unit.PERCENTAGE_POINTS:
            raise Unfit("a difference of percents is not in index points")
        if (figure.streak or figure.ordinal or figure.total is not None) and not counts:
            raise Unfit(f"{self.terms.clause.printed(mention)!r} counts, and {self.ref.measure} does not")
        if figure.total is not None and figure.total != self.measure.total:
            raise Unfit(f"{self.ref.measure} is not out of {figure.total}")
        return figure

    def hold_printed(self) -> None:
        """Raise Unfit unless the figure it repeats is the text's, and it owns no figure or date it makes nothing of."""
        figure, date = self.only("figure"), self.only("date")
        used = figure if self.claim.relation != "date" else date
        printed = self.terms.clause.printed(used) if used is not None else None
        if self.claim.figure != printed:
            raise Unfit(f"it repeats {self.claim.figure!r}; the text has {printed!r}")
        takes_figure = self.claim.relation in ("equals", "difference", "ratio") or self.threshold
        if (figure is not None and not takes_figure) or (date is not None and not self.takes_date):
            raise Unfit(f"a claim that {self.claim.relation} makes nothing of {printed or 'its date'!r}")

    @property
    def threshold(self) -> bool:
        """Whether it compares with the printed figure."""
        return self.claim.relation in COMPARING and self.claim.than is None

    @property
    def takes_date(self) -> bool:
        """Whether its statements use a date."""
        return self.claim.relation == "date" or self.day_of is not None

    @property
    def day_of(self) -> str | None:
        """The measure whose date says which session a fact is of, such as the loss of a Wednesday."""
        of = self.terms.scope.measures.get(self.measure.of or "")
        return of.name if of is not None and of.kind is Kind.DATE and self.measure.kind is not Kind.LABEL else None

    def hold_proved(self, refs: Sequence[Ref]) -> None:
        """Raise Unfit unless the first reader took what it proved, and this claim owns too, for the same."""
        for number in self.claim.owns:
            proved = [ref for one in self.posed.proved.get(number, ()) for ref in refs_of(one)]
            if number not in self.posed.open and not set(proved) & set(refs):
                raise Unfit(f"{self.posed.asked.items[number - 1].text!r} is proved to be of something else")

    def sign(self, kinds: Sequence[str], at: Mention, want: int | None) -> tuple[int | None, str]:
        """The sign that words of some kinds give the claim, else the one it gives itself, and the size they claim.

        Raises Unfit where the two differ, or where it owns a word that says no such thing.
        """
        spoken = [m for m in self.terms.each(*kinds) if m.first in self.cover or m is self.nearest(kinds, at)]
        for mention in self.owned:
            if mention.kind in ("direction", "versus", "relation") and mention not in spoken:
                raise Unfit(f"{self.terms.clause.printed(mention)!r} says nothing of {self.ref.measure}")
        if any(set("~!") & set(mention.note) for mention in spoken):
            raise Unfit("between two levels is more than one claim can say")
        known = {mention.sign for mention in spoken if not mention.note.startswith("*")}
        if len(known) > 1 or (known and want is not None and want not in known):
            raise Unfit("the clause says another direction")
        sign = known.pop() if known else want
        return sign, next((band_of(mention) for mention in spoken if band_of(mention)), "")

    def nearest(self, kinds: Sequence[str], at: Mention) -> Mention | None:
        """The word of some kinds that stands nearest before a mention, no figure between, or right after it."""
        figures = self.terms.each("figure")
        for mention in self.terms.each(*kinds):
            if 0 <= mention.first - at.last <= 2:
                return mention
        before = [m for m in self.terms.each(*kinds) if m.last <= at.first]
        crossed = before and any(before[-1].last <= m.first < at.first for m in figures)
        return before[-1] if before and not crossed else None

    @property
    def want(self) -> int | None:
        """The sign the proposal gives."""
        relation = self.claim.relation
        said = relation if relation in COMPARING else self.claim.direction
        return SIGNS[said] if said else None
