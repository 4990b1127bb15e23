"""What a sentence reports, held against a note: the note's own words, or where they are not.

Quoted words are verbatim, figures, dates and names the same, all other words in the note's order
(`pipeline.checking.wording`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile
from typing import Literal

from pipeline.checking.attribution import Part, cues
from pipeline.checking.text import plain
from pipeline.checking.tokens import Token, tokenise, words
from pipeline.checking.verdict import ClaimVerdict
from pipeline.checking.wording import FREE, WE, Item, Wording, items, stem
from pipeline.facts.snapshot import Note
from pipeline.facts.units import ap_date

FaultKind = Literal["quotation", "figure", "date", "source", "words"]

_TODAY = words("today yesterday tomorrow tonight")
_QUOTES = frozenset("\"'")
_ENDS = frozenset(".,;:!?-") | {"..."}
CHANGED = 2
"""The most words that may be changed in a quotation for it to be one of the note with a mistake in it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Tokens [first, last) that are not the note's. truth: what the note has instead, as it may be written."""

    kind: FaultKind
    first: int
    last: int
    truth: str = ""


def source_of(note: Note) -> str:
    """Who a note is by: "Jerome Powell, Federal Reserve"."""
    return ", ".join(dict.fromkeys(part for part in (note.speaker, note.publisher) if part))


@dataclass(frozen=True, slots=True)
class Known:
    """A note ready to be compared. run: its words for quotations. names: of its speaker and publisher, and whether each
    begins with a capital; own: all their words. figures: the keys of its figures, those beside the text too."""

    note: Note
    wording: Wording
    run: str
    names: dict[tuple[str, ...], bool]
    own: frozenset[str]
    figures: frozenset[object]

    def quotes(self, tokens: Sequence[Token]) -> bool:
        """Whether tokens are a verbatim run of it, case and final punctuation aside."""
        last = len(tokens)
        while last and (tokens[last - 1].text in _ENDS or tokens[last - 1].text in _QUOTES):
            last -= 1
        return last > 0 and _run(tokens[:last]) in self.run

    def narrowed(self, tokens: Sequence[Token], fault: Fault) -> Fault:
        """A fault of a quotation at the words that were changed, where the rest of it is verbatim; else as it is."""
        places = [at for at in range(fault.first, fault.last) if tokens[at].text not in _QUOTES | _ENDS]
        said = [tokens[at].norm for at in places]
        held = [word for word in self.run.split() if word not in _ENDS]
        for start in range(len(held) - len(said) + 1):
            window = held[start : start + len(said)]
            if said[0] != window[0] and said[-1] != window[-1]:
                continue
            wrong = [at for at, (one, other) in enumerate(zip(said, window, strict=True)) if one != other]
            if 0 < len(wrong) <= len(said) // 2 and wrong[-1] - wrong[0] < CHANGED:
                return Fault(fault.kind, places[wrong[0]], places[wrong[-1]] + 1, fault.truth)
        return fault


def _run(tokens: Sequence[Token]) -> str:
    """Tokens as quotations are compared: lower case, one kind of dash, no quotation marks."""
    dashes = {"–": "-", "—": "-", "--": "-"}
    said = (dashes.get(token.norm, token.norm) for token in tokens if token.text not in _QUOTES)
    return f" {' '.join(said)} "


def known(note: Note) -> Known:
    tokens = tokenise(f"{plain(note.text)} .")  # an article has a mark after its last word too
    names: dict[tuple[str, ...], bool] = {}
    own: set[str] = set()
    for name in filter(None, (note.speaker, note.publisher)):
        said = tokenise(plain(name))
        said = said[1:] if said[0].norm == "the" and len(said) > 1 else said
        names[tuple(token.norm for token in said)] = said[0].text[0].isupper()
        own |= {token.norm for token in said if token.kind != "mark"} - FREE
        bare = list(takewhile(lambda token: token.text not in (",", "("), said))  # without "chief economist"
        names[tuple(token.norm for token in bare)] = said[0].text[0].isupper()
        if name == note.speaker and len(bare) > 1 and bare[-1].kind == "word" and len(bare[-1].text) > 2:
            names[(bare[-1].norm,)] = True  # the surname
    held = tuple(items(tokens, 0, len(tokens)))
    given = (items(more, 0, len(more)) for more in map(tokenise, map(plain, note.figures)))
    figures = [item.key for one in (held, *given) for item in one if item.kind == "figure"]
    return Known(note, Wording(held), _run(tokens), names, frozenset(own), frozenset(figures))


class Trial:
    """One part held against notes."""

    def __init__(self, tokens: list[Token], part: Part, quotes: list[tuple[int, int]], as_of: date) -> None:
        self.tokens, self.part, self.quotes, self.as_of = tokens, part, quotes, as_of
        self.verbatim = {place for first, last in quotes for place in range(first, last)}
        self.items = items(tokens, part.first, part.last, frozenset(part.spent))
        self.dated = {place for item in self.items if item.kind == "date" for place in range(item.first, item.last)}
        found = cues(tokens, part.first, part.last)
        self.cues = [cue for cue in found if cue[0] not in part.spent and cue[0] not in self.verbatim]

    def faults(self, known: Known, number: int) -> list[Fault]:
        """What the part says that a note does not."""
        source = source_of(known.note)
        wrong = [
            Fault("source", name.first, name.last, source) for _, name in self.part.names if number not in name.notes
        ]
        strangers = [Fault("source", first, last, source) for first, last in self._strangers(known)]
        return [*wrong, *strangers] or self.reported(known)

    def repeats(self, known: Known) -> bool:
        """Whether the part reports what a note says, in three words or more."""
        return len(self.items) > 2 and not self.reported(known)

    def reported(self, known: Known) -> list[Fault]:
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
                if known.wording.where(item):
                    said.append(item)
                else:
                    faults.append(Fault("date", item.first, item.last, dated))
            elif item.key in _TODAY and known.note.published != self.as_of:
                faults.append(Fault("date", item.first, item.last, dated))
            elif item.kind == "word" or (item.kind == "figure" and item.key in known.wording.places):
                said.append(item)
        return faults or self._beyond(self._as_we(said, known), known)

    def _is_published(self, item: Item, known: Known) -> bool:
        """Whether a date is the note's own: it stands with the attribution, or the text has none, and is the day it was
        published."""
        published = known.note.published
        if published is None or item.day is None or not item.day.fits(published, self.as_of):
            return False
        return self._beside(item) or not known.wording.dates

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

    def _as_we(self, said: list[Item], known: Known) -> list[Item]:
        """Items with the source named in what is reported standing where the note says "we"."""
        if WE not in known.wording.keys:
            return said
        for name in self.part.others:
            inside = [item for item in said if name.first <= item.first < name.last]
            if inside and any(item.key not in known.wording.keys for item in inside) and known.own >= {
                self.tokens[item.first].norm for item in inside
            }:  # fmt: skip
                place = said.index(inside[0])
                said = [item for item in said if item not in inside]
                said.insert(place, replace(inside[0], key=WE, last=name.last))
        return said

    def _beyond(self, said: list[Item], known: Known) -> list[Fault]:
        """Words that are not the note's, or that are but do not stand as the note puts them."""
        alien = [item for item in said if item.kind == "word" and item.key not in known.wording.keys]
        if alien:
            last = alien[0].last
            for item in alien[1:]:
                if any(token.norm not in FREE for token in self.tokens[last : item.first]):
                    break
                last = item.last
            return [Fault("words", alien[0].first, last)]
        quoted = all(item.first in self.verbatim for item in said)
        if known.wording.says(said, quoted=quoted):
            return []
        return [Fault("quotation", *self.quotes[0], known.note.text) if quoted and self.quotes else
                Fault("words", said[0].first, said[-1].last)]  # fmt: skip

    def _strangers(self, known: Known) -> Iterator[tuple[int, int]]:
        """Names with a capital that stand where a source stands and are none of the note: "Jane Powell said",
        "Bloomberg reported"."""
        for left, name in self.part.names:
            first = self._capitals(left, known)
            if first < left:
                yield first, name.last
        for index, size in self.cues:
            first = last = index + size
            while size and last < self.part.last and self._is_stranger(last, known):
                last += 1
            first = first if size else self._capitals(index, known)
            if first < last:
                yield first, last

    def _capitals(self, end: int, known: Known) -> int:
        """Where the run of strange names that ends at a place begins."""
        first = end
        while first > self.part.first and self._is_stranger(first - 1, known):
            first -= 1
        return first

    def _is_stranger(self, place: int, known: Known) -> bool:
        """Whether a token is a word with a capital that neither the note nor a date knows."""
        token = self.tokens[place]
        if token.kind != "word" or not token.text[0].isupper() or place in self.part.spent or place in self.verbatim:
            return False
        if token.norm in FREE | known.own or stem(token.norm) in known.wording.keys:
            return False
        return place not in self.dated

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
