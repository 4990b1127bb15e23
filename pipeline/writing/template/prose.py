"""The composer: of the ways to say a thing, the one that reads best after what was said already.

A builder gives every wording it has. The composer puts them in an order made from the instrument, the builder's name
and the date, so that neighbouring dates start from different wordings, and takes the first with the fewest faults: a
verb used in the paragraph, an opening heard before, a phrase of the article repeated, a figure told twice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256

from pipeline.facts.slots import SLOT
from pipeline.facts.snapshot import Fact
from pipeline.facts.units import Unit
from pipeline.writing.draft import Draft, render, shown_value
from pipeline.writing.template.desk import Builder, Desk, Missing
from pipeline.writing.template.names import Names
from pipeline.writing.template.verbs import LEMMA

WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
LEDE_WORDS = range(20, 26)
PRINTED = frozenset({Unit.POINTS, Unit.DOLLARS, Unit.PERCENT})


def words(text: str) -> int:
    """Number of words, as an editor counts them."""
    return sum(any(char.isalnum() for char in token) for token in text.split())


class Composer:
    """Builds the paragraphs of one article and remembers what they said."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.names = _names(desk)
        self.told: set[str] = set()
        self.figures = {fact.id: _figure(fact, desk) for fact in desk.snapshot.facts if fact.measure in desk.measures}
        self.phrases: set[tuple[str, ...]] = set()
        self.openings: list[str] = []
        self.verbs: set[str] = set()

    def paragraph(self, builders: Sequence[Builder], limit: int = 4) -> str:
        """Up to `limit` sentences from builders in order; empty when none has its facts."""
        self.verbs = set()
        self.names.new_paragraph()
        sentences: list[str] = []
        for builder in builders:
            if len(sentences) == limit:
                break
            if sentence := self.sentence(builder):
                sentences.append(sentence)
        return " ".join(sentences)

    def sentence(self, builder: Builder, length: range | None = None) -> str:
        """The best wording of a builder, remembered as said; empty when a fact is missing or nothing in it is new."""
        try:
            templates = [text for text in builder(self.desk) if self._new(text)]
        except Missing:
            return ""
        if not templates:
            return ""
        ordered = self.ordered(builder.__name__, templates)
        best = min(range(len(ordered)), key=lambda place: (self._faults(ordered[place], length), place))
        return self._say(ordered[best])

    def forget_front(self) -> None:
        """Start the body: headline and dek are read apart from it, so names, figures and verbs may come again."""
        self.names = _names(self.desk)
        self.told, self.verbs = set(), set()

    def ordered(self, name: str, templates: Sequence[str]) -> list[str]:
        """Wordings in this date's order: a shuffle fixed by instrument and builder, turned by one place a day."""
        symbol = self.desk.snapshot.primary.symbol
        seed = [(sha256(f"{symbol}|{name}|{index}".encode()).digest(), text) for index, text in enumerate(templates)]
        shuffled = [text for _, text in sorted(seed)]
        turn = self.desk.as_of.toordinal() % len(shuffled)
        return shuffled[turn:] + shuffled[:turn]

    def printed(self, template: str) -> str:
        """A template as the reader sees it."""
        return render(Draft(self.names.resolve(template), "template"), self.desk.snapshot, self.desk.measures).text

    def _new(self, template: str) -> bool:
        """Whether most of a wording's figures are news to the reader."""
        figures = self._figures(template)
        return not figures or 2 * len(figures & self.told) < len(figures)

    def _figures(self, template: str) -> set[str]:
        """What a wording tells: its prices and percents as printed, so that one level under two names is told once."""
        return {self.figures[match[1]] for match in SLOT.finditer(template)}

    def _faults(self, template: str, length: range | None) -> int:
        text = self.names.resolve(template)
        verbs = _verbs(template)
        faults = 10 * (len([verb for verb in verbs if verb in self.verbs]) + len(verbs) - len(set(verbs)))
        faults += 3 * len(self._figures(template) & self.told)
        opening = _opening(text)
        faults += 6 * (opening in self.openings[-1:]) + (opening in self.openings[-5:])
        faults += 2 * len(_phrases(template) & self.phrases)
        if length is not None:
            count = words(self.printed(template))
            faults += 8 * max(length.start - count, count - length.stop + 1, 0)
        return faults

    def _say(self, template: str) -> str:
        text = self.names.resolve(template)
        self.told |= self._figures(template)
        self.verbs |= set(_verbs(template))
        self.phrases |= _phrases(template)
        self.openings.append(_opening(text))
        self.names.told(template)
        return text


def _names(desk: Desk) -> Names:
    """The names of an article's instruments, with nothing said yet."""
    snapshot = desk.snapshot
    return Names(snapshot.primary, snapshot.benchmark, snapshot.volume_owner)


def _figure(fact: Fact, desk: Desk) -> str:
    if fact.unit in PRINTED and fact.number:
        return shown_value(fact, desk.measures[fact.measure], desk.snapshot)
    return fact.id


def _verbs(template: str) -> list[str]:
    prose = SLOT.sub(" ", template)
    return [LEMMA[word] for word in WORD.findall(prose.lower()) if word in LEMMA]


def _opening(text: str) -> str:
    return " ".join(SLOT.sub("#", text).split()[:2]).lower()


def _phrases(template: str) -> set[tuple[str, ...]]:
    """Runs of four words, figures and names left out."""
    found = [word for word in WORD.findall(SLOT.sub(" ", template).lower()) if len(word) > 1]
    return {tuple(found[place : place + 4]) for place in range(len(found) - 3)}
