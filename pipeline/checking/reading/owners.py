"""Of whom a clause speaks: the instruments and the pair a claim may be of, and at what grammatical cost."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from pipeline.checking.mentions import Mention
from pipeline.checking.reading.stage import MISALIGNED, Stage
from pipeline.checking.tokens import words
from pipeline.facts.catalogue import Measure

AGAINST = words("against versus vs than with to over behind by")
COMPARED = words("compared relative versus against vs than")
PREPOSITIONS = words("for of in on by to than against with from at as under over")
_BRIDGES = words("for of in on by")
_FRONTING = words("from against off")
"""Words that open a phrase before a clause's subject."""
_ARTICLES = words("the its 's")
_OTHER_BETWEEN = 1.2
"""Cost of reaching past the name of another instrument."""
_OBJECT = 1.5
"""Cost of speaking of an instrument that is only compared with."""
_ANOTHERS = 0.6
"""Cost of an instrument before the claim that a preposition gives to another figure."""
_OPPOSED = (["against"], ["versus"], ["vs", "."], ["vs"], ["compared", "with"], ["compared", "to"])
_FOR = (["for"], ["for", "the"], ["for", "its"], ["on", "the"], ["of", "the"])
_BEHIND = 2.0
"""Cost of an instrument named only after the claim, without a word that links it."""
_LINKED = 0.1
_OVERRULED = 1.4
"""Cost of those named before where one right after the claim is linked to it ("0.85% for the S&P 500")."""
_NAMED_NEAR = 6
"""How many tokens may stand between a claim and the measure named after it."""
_PRONOUN, _CARRIED = 0.2, 0.4
_UNSAID = 3.0
"""Cost, beyond the carried one, of an instrument that is neither named nor in focus."""


class Owners(Stage):
    """A stage that knows whose figures are spoken of."""

    @cached_property
    def objects(self) -> frozenset[int]:
        """Indices of instruments compared with rather than spoken of ("against the S&P 500", "beat the index")."""
        found = set()
        for index, mention in self.own("instrument"):
            before = [word for word in self.norms(mention.first - 3, mention.first) if word not in _ARTICLES]
            versus = before[-1:] != ["for"] and any(0 <= mention.first - m.last <= 2 for _, m in self.each("versus"))
            last = before[-1] if before else ""
            if (
                index in self.stood_for
                or (versus and last != "for")
                or last in COMPARED
                or (last in AGAINST and len(before) > 1 and before[-2] in COMPARED)
            ):
                found.add(index)
        return frozenset(found)

    @cached_property
    def stood_for(self) -> frozenset[int]:
        """Indices of instruments that another one stands for ("a proxy for the Russell 2000")."""
        found = set()
        for index, mention in self.own("instrument"):
            before = [word for word in self.norms(mention.first - 4, mention.first) if word not in _ARTICLES]
            if before[-2:] == ["proxy", "for"] or before[-1:] in (["tracks"], ["tracking"]):
                found.add(index)
        return frozenset(found)

    @cached_property
    def subject(self) -> tuple[str, ...]:
        """The instruments the clause speaks of: named in it and not after a preposition, or carried."""
        named = [(i, m) for i, m in self.each("instrument") if i not in self.objects]
        opening = next((m for _, m in self.own("pronoun") if m.first - self.clause.first <= 2), None)
        if opening is not None and named and named[0][1].first >= opening.last and not self._owns(opening):
            return self.carried
        for index, mention in named:
            before = [word for word in self.norms(mention.first - 2, mention.first) if word not in ("the", "its")]
            leads = self.is_header(index) or mention.first - self.clause.first <= 2
            if leads or not before or before[-1] not in PREPOSITIONS:
                return mention.values
        return self.carried if named and self.state.instruments else named[0][1].values if named else self.carried

    def _of_measure(self, pronoun: Mention) -> bool:
        """Whether "its" stands for a measure named before it in the clause ("MACD is above its signal line")."""
        return self._owns(pronoun) and any(m.last <= pronoun.first and not m.weak for _, m in self.own("measure"))

    def _owns(self, pronoun: Mention) -> bool:
        """Whether a pronoun only owns what follows ("its close")."""
        return bool({"its", "their", "itself"} & set(self.norms(pronoun.first, pronoun.last)))

    @cached_property
    def carried(self) -> tuple[str, ...]:
        """The instruments in focus before the clause."""
        if self.state.ending and self.words[:1] == ["which"]:
            return self.state.ending
        return self.state.instruments or self.symbols[:1]

    @property
    def both(self) -> str:
        """The pair's id."""
        return "/".join(self.symbols)

    def owner(self, measure: Measure, symbols: tuple[str, ...]) -> str:
        """The id of whom a measure is of: the first of some instruments, or the pair; a proxy is of no pair."""
        if measure.scope == "instrument" or self.strange(symbols):
            return symbols[0]
        return self.both

    def strange(self, symbols: tuple[str, ...]) -> bool:
        """Whether an instrument is named that the article is not about: a proxy."""
        return not set(symbols) <= set(self.symbols)

    @cached_property
    def linked(self) -> dict[int, Mention]:
        """Instruments that a preposition gives to the figure right before them ("58.49 for the Nasdaq")."""
        found: dict[int, Mention] = {}
        figures = [m for _, m in self.own("figure", "date")]
        for index, mention in self.own("instrument"):
            before = [m for m in figures if m.last <= mention.first]
            if before and index not in self.objects and self._bridged(before[-1], mention):
                found[index] = before[-1]
        return found

    def _bridged(self, claim: Mention, instrument: Mention) -> bool:
        """Whether a preposition right after a claim's words gives it to an instrument."""
        said = self.norms(claim.last, instrument.first)
        if claim.kind == "date" and said[:1] == [","]:
            said = said[1:]  # "Jan. 31, 2012, for the S&P 500"
        last = [word for word in said if word not in _ARTICLES][-1:]
        crossed = self.between(instrument, claim, "figure", "instrument", "date")
        return bool(_BRIDGES & set(last)) and len(said) <= 5 and not crossed and not {",", ";", "and"} & set(said)

    def _given(self, instrument: Mention) -> bool:
        """Whether a preposition gives an instrument the comparison before it."""
        return any(m.last <= instrument.first and self._bridged(m, instrument) for _, m in self.own("versus"))

    def opposed(self, at: Mention) -> Mention | None:
        """The figure that another one is set against without a name ("18.4% against 7.7%")."""
        named = [m for _, m in self.own("measure") if not m.weak]
        if at.figure is None or len(self.symbols) < 2 or len(named) > 1:
            return None
        before = [m for _, m in self.own("figure") if m.last <= at.first]
        if not before or before[-1].figure is None or before[-1].figure.unit != at.figure.unit:
            return None
        if any(m.first >= at.last and self.norms(at.last, m.first) in _FOR for _, m in self.own("measure")):
            return None  # "558.78 against 576.97 for the 200-day"
        said = [word for word in self.norms(before[-1].last, at.first) if word not in (",", "only", "just")]
        return before[-1] if said in _OPPOSED else None

    def instruments(self, at: Mention, measure: int | None = None) -> list[tuple[tuple[str, ...], float, int | None]]:
        """Instruments a claim at a mention may be of: symbols, cost, index of the naming mention."""
        target = self._phrase(at, measure)
        named: list[tuple[tuple[str, ...], float, int | None]] = []
        listed = [i for i, _ in self.each("instrument")]
        figures = [m for _, m in self.own("figure")]
        aligned = self.respectively and len(listed) == len(figures) > 1 and at in figures
        mine = False
        for order, index in enumerate(listed):
            mention = self.ms[index]
            if self.respectively and len(mention.values) == len(figures) > 1 and at in figures:
                order_said = self.state.order if len(self.state.order) == len(figures) else self.symbols
                named.append(((order_said[figures.index(at)],), 0.0, index))
                continue
            if aligned:
                cost = 0.0 if figures.index(at) == order else MISALIGNED
            elif self.is_header(index):
                cost = 0.0
            elif self.linked.get(index) is at or (mention.first >= target.last and self._bridged(target, mention)):
                cost, mine = _LINKED, True
                named = [(symbols, before + _OVERRULED, place) for symbols, before, place in named]
            elif (measure is not None and self._possesses(mention, measure)) or self._fronted_by(target, mention):
                cost = _LINKED
            elif mention.last <= target.first:
                cost = self._named_before(index, target) + (_ANOTHERS if index in self.linked else 0.0)
            else:
                cost = _BEHIND + 0.4 * len(self.between(mention, target, "figure", "instrument"))
            named.append((mention.values, cost, index))
        if not mine and not aligned and (set_against := self.opposed(at)) is not None:
            rivals = self._rivals(set_against)
            if rivals and not self.between(set_against, at, "instrument"):
                return [*rivals, *((symbols, cost + _OVERRULED, place) for symbols, cost, place in named)]
        own = [item for item in named if item[2] not in self.objects]
        pronoun = any(m.last <= at.last and not self._of_measure(m) for _, m in self.each("pronoun"))
        if not own or (pronoun and not any(item[1] < 0.5 for item in own)) or self._taken(own):
            cost = _PRONOUN if pronoun else _CARRIED
            if self.respectively and len(self.carried) == len(figures) > 1 and at in figures:
                order_said = self.state.order if len(self.state.order) == len(figures) else self.carried
                named.append(((order_said[figures.index(at)],), _LINKED, None))
            named.append((self.carried, cost, None))
            if not own:
                named += [((symbol,), cost + _UNSAID, None) for symbol in self.symbols if (symbol,) != self.carried]
        return named

    def _taken(self, named: list[tuple[tuple[str, ...], float, int | None]]) -> bool:
        """Whether every instrument of the clause belongs to another figure that it follows."""
        return all(place in self.linked and cost >= _BEHIND for _, cost, place in named)

    def _rivals(self, figure: Mention) -> list[tuple[tuple[str, ...], float, int | None]]:
        """The other instrument than each one a figure may be of."""
        return [
            ((next(symbol for symbol in self.symbols if symbol != symbols[0]),), cost + _LINKED, None)
            for symbols, cost, _ in self.instruments(figure)
            if len(symbols) == 1 and not self.strange(symbols)
        ]

    def _possesses(self, instrument: Mention, measure: int) -> bool:
        """Whether an instrument's name stands right before a measure's ("At 49.1, the S&P 500's 14-day RSI")."""
        named = self.ms[measure]
        return (
            not self.is_header(measure)
            and self.word_after(instrument) == "'s"
            and 0 <= named.first - instrument.last <= 3
        )

    def _fronted_by(self, target: Mention, instrument: Mention) -> bool:
        """Whether a claim stands in a phrase before the clause's subject ("From its high of 2,692.23, the index")."""
        named = any(m.last <= target.last for _, m in self.own("measure"))
        if not named or target.last > instrument.first or not set(self.words[:2]) & _FRONTING:
            return False
        said = self.norms(target.last, instrument.first)
        return "," in said and not self.between(target, instrument, "instrument", "direction", "versus", "relation")

    def _phrase(self, at: Mention, measure: int | None) -> Mention:
        """A claim's place for the names around it: up to the measure's name where that follows at once ("58.49 on the
        RSI of the Nasdaq")."""
        if measure is None or self.is_header(measure) or (named := self.ms[measure]).first < at.last:
            return at
        near = named.first - at.last <= _NAMED_NEAR and not self.between(at, named, "instrument", "figure")
        return replace(at, last=named.last) if near else at

    def _named_before(self, index: int, target: Mention) -> float:
        """Cost of an instrument named before the claim."""
        mention = self.ms[index]
        named = {id(self.ms[place]) for place in self.stood_for}
        others = [other for other in self.between(mention, target, "instrument") if id(other) not in named]
        cost = _OTHER_BETWEEN * sum(other.values != mention.values for other in others)
        possessive = self.word_after(mention) == "'s" and target.first - mention.last <= 3
        return cost + _OBJECT if index in self.objects and not possessive else cost

    def pair(self, at: Mention) -> tuple[str, bool, frozenset[int]] | None:
        """The pair's id, whether it is named the other way round, and the mentions that say so."""
        if len(self.symbols) < 2:
            return None
        named = list(self.each("instrument"))
        if any(self.strange(mention.values) for _, mention in named):
            return None
        left = [
            m for i, m in named
            if i not in self.objects and (m.first < at.first or self.is_header(i) or self._favoured(m, at))
        ]  # fmt: skip
        subject = left[-1].values if left else self.subject if self.subject else self.carried
        if not left and (given := [m for i, m in named if i not in self.objects and self._given(m)]):
            subject = given[0].values  # "a third week of lagging for the large-cap fund"
        if not left:
            objects = {self.ms[index].values[0] for index in self.objects}
            if subject and subject[0] in objects:
                subject = tuple(symbol for symbol in self.symbols if symbol not in objects)
        if not subject or len(subject) > 1:
            subject = self.symbols[:1]
        if self.strange(subject):
            return None
        return self.both, subject[0] == self.symbols[1], frozenset(index for index, _ in named)

    def _favoured(self, instrument: Mention, at: Mention) -> bool:
        """Whether a comparison is said for an instrument ("a better day for the S&P 500")."""
        said = [word for word in self.norms(at.last, instrument.first) if word not in _ARTICLES]
        return at.kind == "versus" and len(said) <= 5 and said[-1:] == ["for"] and not {",", ";"} & set(said)
