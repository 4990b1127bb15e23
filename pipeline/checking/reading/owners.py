"""Of whom a clause speaks: the instruments and the pair a claim may be of, and at what grammatical cost."""

from __future__ import annotations

from functools import cached_property

from pipeline.checking.mentions import Mention
from pipeline.checking.reading.stage import MISALIGNED, Stage
from pipeline.checking.tokens import words
from pipeline.facts.catalogue import Measure

AGAINST = words("against versus vs than with to over behind by")
COMPARED = words("compared relative versus against vs than")
PREPOSITIONS = words("for of in on by to than against with from at as under over")
_BRIDGES = words("for of in on by")
_ARTICLES = words("the its 's")
_OTHER_BETWEEN = 1.2
"""Cost of reaching past the name of another instrument."""
_OBJECT = 1.5
"""Cost of speaking of an instrument that is only compared with."""
_BEHIND = 2.0
"""Cost of an instrument named only after the claim, without a word that links it."""
_LINKED = 0.1
_OVERRULED = 1.4
"""Cost of those named before where one right after the claim is linked to it ("0.85% for the S&P 500")."""
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
            versus = any(0 <= mention.first - m.last <= 2 for _, m in self.each("versus"))
            last = before[-1] if before else ""
            if (
                index in self.stood_for
                or versus
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
        for index, mention in named:
            before = [word for word in self.norms(mention.first - 2, mention.first) if word not in ("the", "its")]
            leads = self.is_header(index) or mention.first - self.clause.first <= 2
            if leads or not before or before[-1] not in PREPOSITIONS:
                return mention.values
        return self.carried if named and self.state.instruments else named[0][1].values if named else self.carried

    @cached_property
    def carried(self) -> tuple[str, ...]:
        """The instruments in focus before the clause."""
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

    def instruments(self, at: Mention, measure: int | None = None) -> list[tuple[tuple[str, ...], float, int | None]]:
        """Instruments a claim at a mention may be of: symbols, cost, index of the naming mention."""
        target = self.ms[measure] if measure is not None and not self.is_header(measure) else at
        named: list[tuple[tuple[str, ...], float, int | None]] = []
        listed = [i for i, _ in self.each("instrument")]
        figures = [m for _, m in self.own("figure")]
        aligned = self.respectively and len(listed) == len(figures) > 1 and at in figures
        for order, index in enumerate(listed):
            mention = self.ms[index]
            if aligned:
                cost = 0.0 if figures.index(at) == order else MISALIGNED
            elif self.is_header(index):
                cost = 0.0
            elif mention.last <= target.first:
                cost = self._named_before(index, target)
            else:
                words_between = self.norms(target.last, mention.first)
                crossed = self.between(mention, target, "figure", "instrument")
                last = [word for word in words_between if word not in _ARTICLES][-1:]
                bridged = bool(_BRIDGES & set(last)) and not {",", ";"} & set(words_between)
                if bridged and len(words_between) <= 5 and not crossed:
                    cost = _LINKED
                    named = [(symbols, before + _OVERRULED, place) for symbols, before, place in named]
                else:
                    cost = _BEHIND + 0.4 * len(crossed)
            named.append((mention.values, cost, index))
        own = [item for item in named if item[2] not in self.objects]
        pronoun = any(m.last <= at.last for _, m in self.each("pronoun"))
        if not own or (pronoun and not any(item[1] < 0.5 for item in own)):
            cost = _PRONOUN if pronoun else _CARRIED
            named.append((self.carried, cost, None))
            if not own:
                named += [((symbol,), cost + _UNSAID, None) for symbol in self.symbols if (symbol,) != self.carried]
        return named

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
        left = [m for i, m in named if i not in self.objects and (m.first < at.first or self.is_header(i))]
        subject = left[-1].values if left else self.subject if self.subject else self.carried
        if not left:
            objects = {self.ms[index].values[0] for index in self.objects}
            if subject and subject[0] in objects:
                subject = tuple(symbol for symbol in self.symbols if symbol not in objects)
        if not subject or len(subject) > 1:
            subject = self.symbols[:1]
        if self.strange(subject):
            return None
        return self.both, subject[0] == self.symbols[1], frozenset(index for index, _ in named)
