"""A rendered article with its slots, as corruptions see it: sentences, words between slots, facts behind figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.facts.catalogue import Measure, catalogue, fact_id
from pipeline.facts.slots import Span
from pipeline.facts.snapshot import Fact, Snapshot
from pipeline.facts.units import WEEKDAYS
from pipeline.writing.draft import render, shown_value
from pipeline.writing.template import write

COVER = "¤"
"""Stands for every character a slot printed, so that a pattern of words never matches inside a figure."""
SENTENCE_END = re.compile(r"(?<=[.?!])(?:\*)?\s+(?=[A-Z])")
BEFORE_NO_END = tuple(f"{day[:3]}." for day in WEEKDAYS)


@dataclass(frozen=True, slots=True)
class Slot:
    """A printed stretch of the text (code points, half-open) with the fact behind it."""

    start: int
    end: int
    text: str
    form: str
    fact: Fact
    measure: Measure


@dataclass(frozen=True)
class Article:
    """One article of the template writer with everything needed to make one thing in it false."""

    snapshot: Snapshot
    text: str
    spans: tuple[Span, ...]

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """The printed slots in reading order."""
        measures = catalogue()
        found = []
        for span in self.spans:
            fact = self.snapshot.by_id[span.fact]
            printed = self.text[span.start : span.end]
            found.append(Slot(span.start, span.end, printed, span.form, fact, measures[fact.measure]))
        return tuple(found)

    @cached_property
    def covered(self) -> str:
        """The text with its slots covered: the same length, words only."""
        characters = list(self.text)
        for slot in self.slots:
            characters[slot.start : slot.end] = COVER * (slot.end - slot.start)
        return "".join(characters)

    @cached_property
    def body_end(self) -> int:
        """Where the story ends and the method and disclosure begin."""
        return self.text.index("\n*Method:")

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Sentences, headline, dek and table rows of the story, in order."""
        found, start = [], 0
        for line in self.text[: self.body_end].splitlines(keepends=True):
            cuts = [start]
            if not line.startswith("|"):
                for match in SENTENCE_END.finditer(line):
                    if not line[: match.start()].endswith(BEFORE_NO_END):
                        cuts.append(start + match.end())
            stop = start + len(line.rstrip())
            found += [(one, two) for one, two in zip(cuts, [*cuts[1:], stop], strict=True) if one < two]
            start += len(line)
        return tuple(found)

    def sentence(self, place: int) -> tuple[int, int]:
        """The sentence a place lies in; the line of it outside the story."""
        for start, end in self.sentences:
            if start <= place < end:
                return start, end
        return self.text.rfind("\n", 0, place) + 1, self.text.find("\n", place) % (len(self.text) + 1)

    def in_table(self, place: int) -> bool:
        """Whether a place lies in a row of the table."""
        return self.text[self.text.rfind("\n", 0, place) + 1] == "|"

    def slots_in(self, start: int, end: int) -> list[Slot]:
        """The slots of a stretch."""
        return [slot for slot in self.slots if start <= slot.start and slot.end <= end]

    def slot_from(self, place: int) -> Slot | None:
        """The slot that starts at a place."""
        return next((slot for slot in self.slots if slot.start == place), None)

    def slot_to(self, place: int) -> Slot | None:
        """The slot that ends at a place."""
        return next((slot for slot in self.slots if slot.end == place), None)

    def words(self, pattern: str, *, table: bool = False) -> Iterator[re.Match[str]]:
        """Matches of a pattern among the story's words, slots covered; in the table only if asked for."""
        for match in re.finditer(pattern, self.covered[: self.body_end]):
            if table or not self.in_table(match.start()):
                yield match

    def fact(self, owner: str, measure: str, timeframe: str = "daily") -> Fact | None:
        """A fact by instrument (or pair), measure and timeframe."""
        declared = catalogue().get(measure)
        if declared is None or timeframe not in declared.timeframes:
            return None
        return self.snapshot.get(fact_id(owner, declared, timeframe))

    def own(self, measure: str, timeframe: str = "daily") -> Fact | None:
        """A fact of the instrument the article is about, or of the pair."""
        pair = catalogue()[measure].scope == "pair"
        return self.fact(str(self.snapshot.pair) if pair else self.snapshot.primary.symbol, measure, timeframe)

    def shown(self, fact: Fact, form: str) -> str:
        """A fact in a slot's form."""
        return shown_value(fact, catalogue()[fact.measure], self.snapshot, form)


def written(snapshot: Snapshot) -> Article:
    """The template writer's article of a snapshot."""
    rendered = render(write(snapshot), snapshot, catalogue())
    return Article(snapshot, rendered.text, rendered.spans)
