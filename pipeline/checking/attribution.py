"""Attributions: where a sentence says whose words it reports, by a name from the notes and a word of attribution."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.checking.text import Block
from pipeline.checking.tokens import Token, sentences, words
from pipeline.checking.wording import FREE, items

VERBS = words(
    "said says say saying told tells reported reports reporting wrote writes announced announces stated states noted "
    "notes declared commented explained"
)
PHRASES = (("according", "to"), ("in", "the", "words", "of"), ("per",), ("cited", "by"), ("quoted", "by"),
           ("reported", "by"), ("citing",))  # fmt: skip
MEDIA = words("statement report note release")
"""What a statement may be said in: a note is one."""
_OPENS_PHRASE = frozenset(phrase[0] for phrase in PHRASES)
CUES = VERBS | _OPENS_PHRASE
"""Without one of these there is no attribution."""
REACH = 12
"""The most tokens between a source's name and its verb."""
_BETWEEN = words("the a an of at in on by for as has had have also was is 's his her its")
_TITLES = words("the 's of at")
_CONNECTIVES = words("while whereas but although though and")
_OPENERS = frozenset({",", '"', "'", "-", "--", "—", "–", "as"})
"""What stands before a verb whose subject follows it: "..., said Powell"."""


@dataclass(frozen=True, slots=True)
class Name:
    """A source named at tokens [first, last). notes: whose source it is, by number. own: all words of these sources."""

    first: int
    last: int
    notes: frozenset[int]
    own: frozenset[str]


@dataclass(slots=True)
class Part:
    """Tokens [first, last) that are judged apart. names: the sources it attributes to, each with the first token of
    its titles. spent: the tokens that attribute. others: sources named that it does not attribute to."""

    first: int
    last: int
    names: list[tuple[int, Name]] = field(default_factory=list)
    spent: set[int] = field(default_factory=set)
    others: list[Name] = field(default_factory=list)


def cues(tokens: Sequence[Token], first: int, last: int) -> Iterator[tuple[int, int]]:
    """The words of attribution among tokens [first, last): where each starts, and its length if it is a phrase, which
    stands before its source; 0 for a verb, which stands after it."""
    for index in range(first, last):
        norm = tokens[index].norm
        if norm in VERBS:
            yield index, 0
        if norm in _OPENS_PHRASE:
            size = next((len(one) for one in PHRASES if one == _norms(tokens, index, len(one))), 0)
            if size:
                yield index, size


def _norms(tokens: Sequence[Token], index: int, size: int) -> tuple[str, ...]:
    return tuple(token.norm for token in tokens[index : index + size])


def quotations(block: Block, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Token ranges of two words and more between quotation marks, without the marks; not a whole value of front matter,
    where marks are YAML's."""
    found: list[tuple[int, int]] = []
    double = single = -1
    for index, token in enumerate(tokens):
        if token.text == '"':
            found += [(double, index)] if double >= 0 else []
            double, single = -1 if double >= 0 else index + 1, -1
        elif token.text == "'" and double < 0:
            after = index + 1 < len(tokens) and tokens[index + 1].joined and tokens[index + 1].kind != "mark"
            if not token.joined and after:
                single = index + 1
            elif single >= 0 and token.joined and not after:
                found.append((single, index))
                single = -1
    value = (1, len(tokens) - 1) if block.kind == "front" else None
    return [one for one in found if one != value and _length(block, tokens, *one) > 1]


def _length(block: Block, tokens: Sequence[Token], first: int, last: int) -> int:
    """How many words tokens are, as an editor counts them."""
    return len(block.text[tokens[first].start : tokens[last - 1].end].split()) if first < last else 0


class Attributions:
    """Finds who is attributed to in a block's sentences. names: the sources named in it. quotes: its quotations."""

    def __init__(self, tokens: list[Token], names: Iterable[Name], quotes: Sequence[tuple[int, int]]) -> None:
        self.tokens, self.quotes = tokens, quotes
        self.quoted = {place for first, last in quotes for place in range(first, last)}
        self.ending = {name.last - 1: name for name in names if name.first not in self.quoted}

    def parts(self) -> Iterator[Part]:
        """The parts of sentences that attribute, in order: to a source, or to a name with a capital that is none."""
        for first, last in self._sentences():
            if not any(self.tokens[place].norm in CUES for place in range(first, last)):
                continue
            for start, end in pairwise([first, *self._cuts(first, last), last]):
                part = self._part(start, end)
                if part.names or self._strange(part):
                    yield part

    def _strange(self, part: Part) -> bool:
        """Attribute a part to the first unknown name with a capital that stands where a source stands."""
        for index, size in cues(self.tokens, part.first, part.last):
            if index in self.quoted:
                continue
            first = last = index + size
            while not size and first > part.first and self._is_capital(first - 1):
                first -= 1
            while size and last < part.last and self._is_capital(last):
                last += 1
            if first < last:
                name = Name(first, last, frozenset(), frozenset())
                return self._spend(part, name, index, index + max(size, 1))
        return False

    def _is_capital(self, place: int) -> bool:
        token = self.tokens[place]
        return token.kind == "word" and token.text[0].isupper() and token.norm not in FREE and place not in self.quoted

    def _sentences(self) -> list[tuple[int, int]]:
        """Token ranges of the sentences; they are not cut inside a quotation or a name, nor after a quoted question."""
        whole = [*self.quotes, *((name.first, name.last - 1) for name in self.ending.values())]
        joined = {place for opening, closing in whole for place in range(opening + 1, closing + 1)}
        joined |= {closing + 1 for _, closing in self.quotes if self.tokens[closing - 1].text in ("?", "!")}
        found: list[tuple[int, int]] = []
        for first, last in sentences(self.tokens):
            if found and first in joined:
                found[-1] = (found[-1][0], last)
            else:
                found.append((first, last))
        return found

    def _cuts(self, first: int, last: int) -> Iterator[int]:
        """Where a sentence can be judged apart: after a semicolon, and where a source opens a clause with its verb
        ("..., while Powell said ...")."""
        for index in range(first + 1, last - 1):
            if index in self.quoted:
                continue
            if self.tokens[index].text == ";" or (
                self.tokens[index].norm in _CONNECTIVES and self._opens(index + 1, last)
            ):
                yield index + 1

    def _opens(self, index: int, last: int) -> bool:
        """Whether a source and its verb, or "according to" and its source, begin at a place."""
        if _norms(self.tokens, index, 2) == PHRASES[0]:
            return self._after(index + 2, last) is not None
        end = min(index + REACH, last)
        name = next((self.ending[place] for place in range(index, end) if place in self.ending), None)
        if name is None or not all(token.norm in _BETWEEN | name.own for token in self.tokens[index : name.first]):
            return False
        verbs = (place for place in range(name.last, end) if self.tokens[place].norm in VERBS)
        return any(self._is_subject(name, place) for place in verbs)

    def _part(self, first: int, last: int) -> Part:
        """A part with its attributions."""
        part = Part(first, last)
        for index, size in cues(self.tokens, first, last):
            if index in self.quoted or index in part.spent:
                continue
            if size:
                self._spend(part, self._after(index + size, last), index, index + size)
                continue
            inverted = index == first or self.tokens[index - 1].text in _OPENERS
            name = self._before(index, first) or (self._after(index + 1, last) if inverted else None)
            if self._spend(part, name, index, index + 1):
                self._spend_object(part, index)
        told = {id(name) for _, name in part.names}
        part.others = [name for name in self.ending.values() if first <= name.first < last and id(name) not in told]
        return part

    def _before(self, verb: int, first: int) -> Name | None:
        """The subject of a verb."""
        places = range(verb - 1, max(first, verb - REACH) - 1, -1)
        names = (self.ending[place] for place in places if place in self.ending)
        return next((name for name in names if self._is_subject(name, verb)), None)

    def _is_subject(self, name: Name, verb: int) -> bool:
        """Whether nothing but titles, media, dates and pairs of commas stands between a name and a verb after it."""
        dates = {place for item in items(self.tokens, name.last, verb) if item.kind == "date"
                 for place in range(item.first, item.last)}  # fmt: skip
        between = [self.tokens[place] for place in range(name.last, verb) if place not in dates]
        commas = sum(token.text == "," for token in between)
        allowed = _BETWEEN | MEDIA | name.own | {",", "(", ")", "."}
        return commas % 2 == 0 and all(token.norm in allowed for token in between)

    def _after(self, index: int, last: int) -> Name | None:
        """The source that stands at a place, after its article and titles."""
        for place in range(index, min(index + REACH, last)):
            if (name := self.ending.get(place)) is not None:
                ahead = self.tokens[index : name.first]
                return name if all(token.norm in _TITLES | name.own for token in ahead) else None
        return None

    def _spend(self, part: Part, name: Name | None, start: int, end: int) -> bool:
        """Mark a name with its titles, and the verb or phrase at tokens [start, end), as attribution."""
        if name is None:
            return False
        left, right = name.first, name.last
        while left > part.first and self.tokens[left - 1].norm in _TITLES | name.own and left - 1 != end - 1:
            left -= 1
        ahead = right
        while name.first >= end and ahead < part.last and self.tokens[ahead].norm in _TITLES | name.own:
            ahead += 1
            right = right if self.tokens[ahead - 1].norm in _TITLES else ahead
        part.spent |= {*range(left, right), *range(start, end)}
        part.names.append((left, name))
        return True

    def _spend_object(self, part: Part, verb: int) -> None:
        """Mark what a verb of attribution takes with it: "told reporters", "told Reuters", "said in a statement"."""
        index = verb + 1
        if self.tokens[verb].norm in ("told", "tells"):
            if index < part.last and self.tokens[index].norm == "reporters":
                part.spent.add(index)
            else:
                self._spend(part, self._after(index, part.last), verb, index)
        for place in range(index, min(index + 4, part.last)):
            if self.tokens[place].norm in MEDIA:
                part.spent.add(place)
            elif self.tokens[place].norm not in FREE:
                break
