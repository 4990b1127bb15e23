"""A clause as the names and words in it, which claims proposed for it are held to.

What a clause states is hard: its instrument, measure, period and timeframe are those of the claim, whoever proposes
it. What it leaves open is what the discourse carries, or a convention. Values are unknown here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from pipeline.checking.claims import Ref, Sided
from pipeline.checking.mentions import Mention
from pipeline.checking.second.posing import Posed
from pipeline.checking.tokens import words
from pipeline.facts.catalogue import Measure
from pipeline.facts.units import Kind

_LINKS = words("of for in on by at the its from a over this to -")
"""Words between a figure and a name right after it that it belongs to ("0.85% for the S&P 500")."""
_COMPARED = words("against versus vs than compared relative with over behind")
_ARTICLES = words("the its 's a to")
_PERIODIC = (Kind.CHANGE, Kind.POINTS, Kind.SPREAD)
_OF_THE_CLOSE = (*_PERIODIC, Kind.DISTANCE)


class Unfit(Exception):  # noqa: N818  (a result with a reason, not a failure)
    """The text does not say what is proposed; the message says why."""


class Scope:
    """Whose facts there may be: measures of the catalogue, instruments by symbol, and the pair of an article."""

    def __init__(self, measures: Mapping[str, Measure], owners: Sequence[str], pair: str) -> None:
        self.measures, self.owners, self.pair = measures, tuple(owners), pair
        first, _, second = pair.partition("/")
        self.turned = f"{second}/{first}" if pair else ""

    def ref(self, fact: str) -> tuple[Ref, bool]:
        """What a fact's id refers to, and whether its pair is named the other way round. Raises Unfit."""
        for owner in sorted(filter(None, (*self.owners, self.pair, self.turned)), key=len, reverse=True):
            if not fact.startswith(f"{owner}."):
                continue
            name, _, frame = fact[len(owner) + 1 :].partition(".")
            measure = self.measures.get(name)
            if measure is None or (measure.scope == "pair") is not ("/" in owner):
                break
            frame = frame or measure.timeframes[0]
            flip = owner == self.turned
            if frame not in measure.timeframes or (flip and measure.kind is not Kind.SPREAD):
                break
            return Ref(name, self.pair if flip else owner, frame), flip
        raise Unfit(f"{fact!r} is no fact's id")

    def about(self, measure: Measure) -> frozenset[str]:
        """Names by which a text may call a measure: its own, and those of what it describes."""
        found = [measure.name]
        while (inner := self.measures[found[-1]].of) and inner in self.measures:
            found.append(inner)
        return frozenset(found)


def refs_of(statement: object) -> list[Ref]:
    """The references of a statement."""
    if isinstance(statement, Sided):
        return [Ref(name, statement.instrument) for name in ("close", *statement.averages)]
    found = [getattr(statement, name, None) for name in ("ref", "left", "right", "change", "one", "other")]
    return [item for item in found if isinstance(item, Ref)]


class Terms:
    """The mentions of a posed clause, and what each claim about it must agree with."""

    def __init__(self, posed: Posed, scope: Scope) -> None:
        self.posed, self.scope = posed, scope
        self.clause, self.state = posed.reading.clause, posed.reading.state
        self.mentions = [mention for mention in posed.reading.mentions if mention.first >= 0]

    def each(self, *kinds: str) -> list[Mention]:
        """Mentions of some kinds, in order."""
        return [mention for mention in self.mentions if mention.kind in kinds]

    def said(self, first: int, last: int) -> list[str]:
        """Words between two token positions."""
        return [token.norm for token in self.clause.tokens[max(first, self.clause.first) : last]]

    def cover(self, quotes: Iterable[str]) -> frozenset[int]:
        """Positions of the tokens that some words stand at, wherever in the clause. Raises Unfit if they do not."""
        text, tokens = self.clause.text, self.clause.tokens
        base = tokens[self.clause.first].start
        covered: set[int] = set()
        for quote in quotes:
            found: set[int] = set()
            place = text.find(quote)
            while place >= 0:
                start, end = base + place, base + place + len(quote)
                inside = range(self.clause.first, self.clause.last)
                found |= {i for i in inside if start <= tokens[i].start and tokens[i].end <= end}
                place = text.find(quote, place + 1)
            if not found:
                raise Unfit(f"{quote!r} does not stand in the clause")
            covered |= found
        return frozenset(covered)

    def governing(self, named: Sequence[Mention], at: Mention) -> Mention:
        """Which of some names a claim at a mention is of: one right after it that is linked to it, else the last one
        before it, else the first one after."""
        linked = self._linked(named, at)
        before = [mention for mention in named if mention.first <= at.first]
        return linked or (before[-1] if before else named[0])

    def _linked(self, named: Sequence[Mention], at: Mention) -> Mention | None:
        """A name right after a mention that words of belonging link to it, no figure between."""
        after = (mention for mention in named if mention.first >= at.last)
        gaps = ((mention, self.said(at.last, mention.first)) for mention in after)
        figures = {m.first for m in self.each("figure")}
        return next(
            (
                mention for mention, gap in gaps
                if len(gap) <= 3 and set(gap) <= _LINKS and not figures & set(range(at.last, mention.first))
            ),
            None,
        )  # fmt: skip

    @cached_property
    def objects(self) -> list[Mention]:
        """Instruments that are compared with rather than spoken of."""
        found = []
        for mention in self.each("instrument"):
            before = [word for word in self.said(mention.first - 3, mention.first) if word not in _ARTICLES]
            versus = any(0 <= mention.first - m.last <= 2 for m in self.each("versus", "relation"))
            if versus or set(before[-1:]) & _COMPARED:
                found.append(mention)
        return found

    @cached_property
    def subject(self) -> str:
        """The one instrument the clause speaks of: named in it, or in focus. Raises Unfit where there are several."""
        named = [mention for mention in self.each("instrument") if mention not in self.objects]
        symbols = named[0].values if named else self.state.instruments
        if len(symbols) != 1:
            raise Unfit("the clause speaks of no single instrument")
        return symbols[0]

    def hold_instrument(self, ref: Ref, at: Mention) -> None:
        """Raise Unfit unless the clause is about a reference's instrument where the claim stands."""
        named = [mention for mention in self.each("instrument") if mention not in self.objects]
        symbols = self.governing(named, at).values if named else self.state.instruments
        if symbols != (ref.instrument,):
            raise Unfit(f"the clause speaks of {' and '.join(symbols) or 'nobody'}, not of {ref.instrument}")

    def hold_pair(self, ref: Ref, flip: bool) -> None:
        """Raise Unfit unless the pair is named with the clause's subject first."""
        legs = ref.instrument.split("/")
        strange = [m for m in self.each("instrument") if not set(m.values) <= set(legs)]
        if strange or self.subject != legs[flip]:
            raise Unfit(f"the clause does not speak of {legs[flip]} against {legs[not flip]}")

    def hold_measure(self, ref: Ref, at: Mention, cover: frozenset[int]) -> None:
        """Raise Unfit unless the clause names a reference's measure for the claim, or it goes without saying: the
        close, a change over a period, the streak that "a fourth straight" counts."""
        measure = self.scope.measures[ref.measure]
        named, about = self.each("measure"), self.scope.about(measure)
        fitting = [mention for mention in named if set(mention.values) & about]
        nearest = self._linked(named, at) or self._right_before(named, at)
        if fitting:
            right = nearest in fitting if nearest is not None else self.governing(named, at) in fitting
        elif ref.measure == "close" or (measure.kind in _PERIODIC and measure.period):
            told = ref.measure == "close" or self._tells_a_change(measure, cover)
            right = told and (nearest is None or "close" in nearest.values)
        elif at.figure is not None and at.figure.streak and measure.kind is Kind.STREAK and not measure.of:
            right = nearest is None
        else:
            carried = self.state.measure in about
            right = not named and (carried or self._unknown_in(cover))
        if not right:
            raise Unfit(f"the clause does not name {ref.measure} there")
        self._hold_timeframe(ref, measure, at, fitting)

    def hold_operand(self, ref: Ref, pivot: Mention, cover: frozenset[int], *, first: bool) -> None:
        """Raise Unfit unless the clause names a reference's measure on its side of the word that compares: before it
        for what is compared, after it for what it is compared with."""
        measure = self.scope.measures[ref.measure]
        named, about = self.each("measure"), self.scope.about(measure)
        before = [mention for mention in named if mention.last <= pivot.first]
        after = [mention for mention in named if mention.first >= pivot.last]
        nearest = (before[-1:] if first else after[:1]) or None
        if nearest:
            right = bool(set(nearest[0].values) & about)
            fitting = nearest
        else:
            told = first and ref.measure == "close"
            told |= measure.kind in _PERIODIC and bool(measure.period) and (first or bool(self.objects))
            carried = self.state.measure in about
            right, fitting = told or carried or (first and not named and self._unknown_in(cover)), []
        if not right:
            raise Unfit(f"the clause does not name {ref.measure} {'before' if first else 'after'} the comparison")
        self._hold_timeframe(ref, measure, pivot, fitting)
        self.hold_period(ref, pivot)

    def _right_before(self, named: Sequence[Mention], at: Mention) -> Mention | None:
        """The name a figure follows, with no other figure between."""
        before = [mention for mention in named if mention.last <= at.first]
        if not before or any(before[-1].last <= m.first < at.first for m in self.each("figure")):
            return None
        return before[-1]

    def _tells_a_change(self, measure: Measure, cover: frozenset[int]) -> bool:
        """Whether a clause speaks of a change at all: it says which way, or over what period, or has a word nobody
        knows there."""
        ways = self.each("versus" if measure.kind is Kind.SPREAD else "direction", "unknown")
        periods = [*self.each("period"), *(mention for mention in self.each("timeframe") if mention.note)]
        return bool(periods) or any(mention.first in cover for mention in ways)

    def _unknown_in(self, cover: frozenset[int]) -> bool:
        return any(mention.first in cover for mention in self.each("unknown"))

    def _hold_timeframe(self, ref: Ref, measure: Measure, at: Mention, fitting: Sequence[Mention]) -> None:
        """Raise Unfit unless a measure with several timeframes is meant in that of the reference."""
        if len(measure.timeframes) == 1:
            return
        stated = self.each("timeframe")
        if fitting and fitting[-1].note == "weekly":
            frame = "weekly"
        elif stated:
            frame = self.governing(stated, at).values[0]
        else:
            frame = measure.timeframes[0] if fitting else self.state.timeframe or measure.timeframes[0]
        if frame != ref.timeframe:
            raise Unfit(f"the clause speaks of {frame} bars, not of {ref.timeframe} ones")

    def hold_period(self, ref: Ref, at: Mention) -> None:
        """Raise Unfit unless a change is over the period the clause states, or carries on, or else the day."""
        measure = self.scope.measures[ref.measure]
        if measure.kind not in _PERIODIC or not measure.period:
            return
        stated = {mention: mention.values for mention in self.each("period")}
        stated |= {mention: (mention.note,) for mention in self.each("timeframe") if mention.note}
        in_order = sorted(stated, key=lambda mention: mention.first)
        on_a_day = any(mention.day and mention.day.weekday is not None for mention in self.each("date"))
        carried = "1d" if on_a_day else self.state.period or "1d"
        periods = stated[self.governing(in_order, at)] if in_order else (carried,)
        if measure.period not in periods:
            raise Unfit(f"the clause speaks of {' or '.join(periods)}, not of {measure.period}")

    def hold_names(self, refs: Sequence[Ref]) -> None:
        """Raise Unfit unless every name in the clause is used by a reference of some claim."""
        for mention in self.each("instrument", "measure", "period", "timeframe"):
            skipped = mention.kind in ("instrument", "period") and mention.weak
            if not skipped and not any(self._uses(ref, mention) for ref in refs):
                raise Unfit(f"no claim uses {self.clause.printed(mention)!r}")

    def _uses(self, ref: Ref, mention: Mention) -> bool:
        measure = self.scope.measures[ref.measure]
        match mention.kind:
            case "instrument":
                return bool(set(mention.values) & set(ref.instrument.split("/")))
            case "measure":
                names = self.scope.about(measure) | ({"close"} if measure.kind in _OF_THE_CLOSE else set())
                return bool(set(mention.values) & names)
            case "period":
                return measure.period in mention.values
            case _:
                return ref.timeframe in mention.values or (measure.period or "-") == mention.note
