"""Sentences that attribute to a note: found before the text is read, and judged by the note alone.

A part of a sentence that attributes to a note's speaker or publisher is a citation. What it reports is the note's or
it is a fault: quoted words verbatim, figures, dates and names the same, all other words in the note's order
(`pipeline.checking.wording`). The reader of price claims does not see it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import takewhile
from typing import Literal

from pipeline.checking.attribution import CUES, PHRASES, VERBS, Attributions, Name, Part, quotations
from pipeline.checking.mentions import Mention
from pipeline.checking.text import Block, plain
from pipeline.checking.tokens import Token, tokenise, words
from pipeline.checking.verdict import ClaimVerdict
from pipeline.checking.wording import FREE, WE, Item, items, same, says, stem
from pipeline.facts.snapshot import Note
from pipeline.facts.units import ap_date

FaultKind = Literal["quotation", "figure", "date", "source", "words"]

_TODAY = words("today yesterday tomorrow tonight")
_QUOTES = frozenset("\"'")
_ENDS = frozenset(".,;:!?-") | {"..."}


@dataclass(frozen=True, slots=True)
class Fault:
    """Tokens [first, last) that are not the note's. truth: what the note has instead, as it may be written."""

    kind: FaultKind
    first: int
    last: int
    truth: str = ""


@dataclass(slots=True)
class Citation:
    """Tokens [first, last) of a block that attribute to a note. quotes: its quotations. claims: what was proved and
    what was not, as (first, last, form, verdict)."""

    block: Block
    tokens: list[Token]
    first: int
    last: int
    note: Note
    quotes: list[tuple[int, int]]
    faults: list[Fault]
    claims: list[tuple[int, int, str, ClaimVerdict]] = field(default_factory=list)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """File offsets of tokens [first, last)."""
        return self.block.span(self.tokens[first].start, self.tokens[last - 1].end)

    def printed(self, fault: Fault) -> str:
        """A fault's words as printed."""
        return self.block.text[self.tokens[fault.first].start : self.tokens[fault.last - 1].end]

    def masks(self, mention: Mention) -> bool:
        """Whether a mention is the note's and not the article's. A cause in the article's words needs a note of kind
        cause."""
        if not self.first <= mention.first < self.last:
            return False
        quoted = any(first <= mention.first < last for first, last in self.quotes)
        return quoted or mention.kind != "cause" or self.note.kind == "cause"


def source_of(note: Note) -> str:
    """Who a note is by: "Jerome Powell, Federal Reserve"."""
    return ", ".join(dict.fromkeys(part for part in (note.speaker, note.publisher) if part))


@dataclass(frozen=True, slots=True)
class _Known:
    """A note ready to be compared. run: its words for quotations. names: of its speaker and publisher, and whether each
    begins with a capital; own: all their words. keys, figures: of its items, figures with those beside the text."""

    note: Note
    items: tuple[Item, ...]
    run: tuple[str, ...]
    names: dict[tuple[str, ...], bool]
    own: frozenset[str]
    keys: frozenset[object]
    figures: frozenset[object]

    def quotes(self, tokens: Sequence[Token]) -> bool:
        """Whether tokens are a verbatim run of it, case and final punctuation aside."""
        said = _run(tokens)
        while said and said[-1] in _ENDS:
            said = said[:-1]
        size = len(said)
        return bool(size) and any(self.run[at : at + size] == said for at in range(len(self.run) - size + 1))


def _run(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Tokens as quotations are compared: lower case, one kind of dash, no quotation marks."""
    dashes = {"–": "-", "—": "-", "--": "-"}
    return tuple(dashes.get(token.norm, token.norm) for token in tokens if token.text not in _QUOTES)


def _known(note: Note) -> _Known:
    tokens = tokenise(plain(note.text))
    names: dict[tuple[str, ...], bool] = {}
    own: set[str] = set()
    for name in filter(None, (note.speaker, note.publisher)):
        said = tokenise(plain(name))
        said = said[1:] if said[0].norm == "the" and len(said) > 1 else said
        names[tuple(token.norm for token in said)] = said[0].text[0].isupper()
        own |= {token.norm for token in said if token.kind != "mark"} - FREE
        ahead = list(takewhile(lambda token: token.text not in (",", "("), said))
        if name == note.speaker and len(ahead) > 1 and ahead[-1].text.isalpha() and len(ahead[-1].text) > 2:
            names[(ahead[-1].norm,)] = True  # the surname
    held = tuple(items(tokens, 0, len(tokens)))
    given = (items(more, 0, len(more)) for more in map(tokenise, map(plain, note.figures)))
    figures = [item.key for one in (held, *given) for item in one if item.kind == "figure"]
    return _Known(
        note, held, _run(tokens), names, frozenset(own),
        frozenset(item.key for item in held if item.kind == "word"), frozenset(figures),
    )  # fmt: skip


@lru_cache(maxsize=8)
def archive(notes: tuple[Note, ...], as_of: date) -> Archive:
    """The notes of a snapshot, made ready once for any number of articles."""
    return Archive(tuple(map(_known, notes)), as_of)


class Archive:
    """Finds and judges citations of some notes at a session."""

    def __init__(self, known: tuple[_Known, ...], as_of: date) -> None:
        self.known, self.as_of = known, as_of
        self.named: dict[str, dict[tuple[str, ...], set[int]]] = {}
        for number, one in enumerate(known):
            for name in one.names:
                self.named.setdefault(name[0], {}).setdefault(name, set()).add(number)

    def holds(self, tokens: Sequence[Token]) -> bool:
        """Whether tokens are a verbatim run of any note."""
        return any(one.quotes(tokens) for one in self.known)

    def citations(self, block: Block, tokens: list[Token]) -> list[Citation]:
        """The citations of a block, in order."""
        if all(token.norm not in CUES for token in tokens):
            return []
        quotes = quotations(block, tokens)
        parts = Attributions(tokens, self._names(tokens), quotes).parts()
        return [one for part in parts if (one := self._judged(block, tokens, part, quotes)) is not None]

    def _names(self, tokens: Sequence[Token]) -> list[Name]:
        """The sources named, the longest at each place."""
        found: list[Name] = []
        index = 0
        while index < len(tokens):
            known = self.named.get(tokens[index].norm, {})
            fitting = [
                name for name in known
                if tuple(token.norm for token in tokens[index : index + len(name)]) == name
                and (tokens[index].text[0].isupper() or not all(self.known[one].names[name] for one in known[name]))
            ]  # fmt: skip
            if fitting:
                name = max(fitting, key=len)
                own = frozenset().union(*(self.known[number].own for number in known[name]))
                found.append(Name(index, index + len(name), frozenset(known[name]), own))
            index = found[-1].last if fitting else index + 1
        return found

    def _judged(self, block: Block, tokens: list[Token], part: Part, quotes: list[tuple[int, int]]) -> Citation | None:
        """The citation of a part, by the note that fits best: fewest faults, then the newest. None for a part that no
        source of a note is named in, unless it repeats a note under another name."""
        inside = [one for one in quotes if part.first <= one[0] and one[1] <= part.last]
        trial = _Trial(tokens, part, inside, self.as_of)
        candidates = sorted(frozenset().union(*(name.notes for _, name in part.names)), key=self._newest)
        tried = [(trial.faults(self.known[n], n), n) for n in candidates]
        faults, number = min(tried, key=lambda one: len(one[0]), default=([], -1))
        if number < 0 or (faults and all(fault.kind != "source" for fault in faults)):
            others = (n for n in range(len(self.known)) if n not in candidates and trial.repeats(self.known[n]))
            if (other := next(others, None)) is not None:
                name = part.names[0][1]
                faults, number = [Fault("source", name.first, name.last, source_of(self.known[other].note))], other
        if number < 0:
            return None
        citation = Citation(block, tokens, part.first, part.last, self.known[number].note, inside, faults)
        citation.claims = list(trial.claims(faults))
        return citation

    def _newest(self, number: int) -> tuple[int, int]:
        published = self.known[number].note.published
        return -(published.toordinal() if published else 0), number


class _Trial:
    """One part held against notes."""

    def __init__(self, tokens: list[Token], part: Part, quotes: list[tuple[int, int]], as_of: date) -> None:
        self.tokens, self.part, self.quotes, self.as_of = tokens, part, quotes, as_of
        self.verbatim = {place for first, last in quotes for place in range(first, last)}
        self.items = items(tokens, part.first, part.last, frozenset(part.spent))

    def faults(self, known: _Known, number: int) -> list[Fault]:
        """What the part says that a note does not."""
        source = source_of(known.note)
        wrong = [
            Fault("source", name.first, name.last, source) for _, name in self.part.names if number not in name.notes
        ]
        strangers = [Fault("source", first, last, source) for first, last in self._strangers(known)]
        return [*wrong, *strangers] or self.reported(known)

    def repeats(self, known: _Known) -> bool:
        """Whether the part reports what a note says, in three words or more."""
        return len(self.items) > 2 and not self.reported(known)

    def reported(self, known: _Known) -> list[Fault]:
        """What the part reports that a note does not say."""
        text = known.note.text
        faults = [Fault("quotation", a, b, text) for a, b in self.quotes if not known.quotes(self.tokens[a:b])]
        dated = str(ap_date(known.note.published, self.as_of)) if known.note.published else ""
        said: list[Item] = []
        for item in self.items:
            if item.first in self.verbatim:
                said.append(item)
            elif item.kind == "figure" and item.key not in known.figures:
                faults.append(Fault("figure", item.first, item.last, ", ".join(known.note.figures)))
            elif item.kind == "date" and not self._is_published(item, known):
                if any(same(item, held) for held in known.items):
                    said.append(item)
                else:
                    faults.append(Fault("date", item.first, item.last, dated))
            elif item.key in _TODAY and known.note.published != self.as_of:
                faults.append(Fault("date", item.first, item.last, dated))
            elif item.kind != "date" and (item.key in known.keys or item.kind == "word" or self._in_text(item, known)):
                said.append(item)
        return faults or self._beyond(self._as_we(said, known), known)

    def _in_text(self, item: Item, known: _Known) -> bool:
        """Whether a figure stands in the text, rather than beside it."""
        return any(held.kind == "figure" and held.key == item.key for held in known.items)

    def _is_published(self, item: Item, known: _Known) -> bool:
        """Whether a date is the note's own: it stands with the attribution, or the text has none, and is the day it was
        published."""
        published = known.note.published
        if published is None or item.day is None or not item.day.fits(published, self.as_of):
            return False
        return self._beside(item) or not any(held.kind == "date" for held in known.items)

    def _beside(self, item: Item) -> bool:
        """Whether a date follows the attribution or opens the sentence before it: "Powell said on Jan. 14"."""
        spent, tokens = self.part.spent, self.tokens
        place = item.first - 1
        while (
            place >= self.part.first
            and place not in spent
            and (tokens[place].norm in FREE or tokens[place].text == ",")
        ):
            place -= 1
        if place in spent:
            return True
        after = item.last + (item.last < self.part.last and tokens[item.last].text == ",")
        return place < self.part.first and after in spent

    def _as_we(self, said: list[Item], known: _Known) -> list[Item]:
        """Items with the source named in what is reported standing where the note says "we"."""
        if WE not in known.keys:
            return said
        for name in self.part.others:
            inside = [item for item in said if name.first <= item.first < name.last]
            if inside and any(item.key not in known.keys for item in inside) and known.own >= {
                self.tokens[item.first].norm for item in inside
            }:  # fmt: skip
                place = said.index(inside[0])
                said = [item for item in said if item not in inside]
                said.insert(place, replace(inside[0], key=WE, last=name.last))
        return said

    def _beyond(self, said: list[Item], known: _Known) -> list[Fault]:
        """Words that are not the note's, or that are but do not stand as the note puts them."""
        alien = [item for item in said if item.kind == "word" and item.key not in known.keys]
        if alien:
            last = alien[0].last
            for item in alien[1:]:
                if any(token.norm not in FREE for token in self.tokens[last : item.first]):
                    break
                last = item.last
            return [Fault("words", alien[0].first, last)]
        if not says(known.items, said, quoted=all(item.first in self.verbatim for item in said)):
            return [Fault("words", said[0].first, said[-1].last)]
        return []

    def _strangers(self, known: _Known) -> Iterator[tuple[int, int]]:
        """Names with a capital that stand where a source stands and are none of the note: "Jane Powell said",
        "Bloomberg reported"."""
        for left, name in self.part.names:
            first = self._capitals(left, known)
            if first < left:
                yield first, name.last
        for index in range(self.part.first, self.part.last):
            if index in self.part.spent or index in self.verbatim:
                continue
            if self.tokens[index].norm in VERBS and (first := self._capitals(index, known)) < index:
                yield first, index
            size = next((len(phrase) for phrase in PHRASES if self._spells(index, phrase)), 0)
            last = index + size
            while size and last < self.part.last and self._is_stranger(last, known):
                last += 1
            if size and last > index + size:
                yield index + size, last

    def _spells(self, index: int, phrase: tuple[str, ...]) -> bool:
        return tuple(token.norm for token in self.tokens[index : index + len(phrase)]) == phrase

    def _capitals(self, end: int, known: _Known) -> int:
        """Where the run of strange names that ends at a place begins."""
        first = end
        while first > self.part.first and self._is_stranger(first - 1, known):
            first -= 1
        return first

    def _is_stranger(self, place: int, known: _Known) -> bool:
        """Whether a token is a word with a capital that neither the note nor a date knows."""
        token = self.tokens[place]
        if token.kind != "word" or not token.text[0].isupper() or place in self.part.spent or place in self.verbatim:
            return False
        if token.norm in FREE | known.own or stem(token.norm) in known.keys:
            return False
        return not any(item.kind == "date" and item.first <= place < item.last for item in self.items)

    def claims(self, faults: list[Fault]) -> Iterator[tuple[int, int, str, ClaimVerdict]]:
        """What the part claims of its note: attribution, quotations, figures, dates."""
        unsure = any(fault.kind in ("words", "source") for fault in faults)

        def verdict(first: int, last: int) -> ClaimVerdict:
            if any(fault.first < last and first < fault.last for fault in faults if fault.kind != "words"):
                return "refuted"
            return "not_enough_info" if unsure and first not in self.verbatim else "supported"

        for _, name in self.part.names:
            yield name.first, name.last, "attribution", verdict(name.first, name.last)
        for first, last in self.quotes:
            yield first, last, "quotation", verdict(first, last)
        for item in self.items:
            if item.kind != "word":
                yield item.first, item.last, item.kind, verdict(item.first, item.last)
