"""Sentences that attribute to a note: found before the text is read, and judged by the note alone.

A part of a sentence that attributes to a note's speaker or publisher is a citation. What it reports is the note's or
it is a fault (`pipeline.checking.sourced`). The reader of price claims does not see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from pipeline.checking.attribution import CUES, Attributions, Name, Part, quotations
from pipeline.checking.mentions import Mention
from pipeline.checking.sourced import Fault, Known, Trial, known, source_of
from pipeline.checking.text import Block
from pipeline.checking.tokens import Token
from pipeline.checking.verdict import ClaimVerdict
from pipeline.facts.snapshot import Note


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
        """Whether a mention in it is the note's, not the article's: a cause in the article's words needs a note of kind
        cause."""
        quoted = any(first <= mention.first < last for first, last in self.quotes)
        return quoted or mention.kind != "cause" or self.note.kind == "cause"


@lru_cache(maxsize=8)
def archive(notes: tuple[Note, ...], as_of: date) -> Archive:
    """The notes of a snapshot, made ready once for any number of articles."""
    return Archive(tuple(map(known, notes)), as_of)


class Archive:
    """Finds and judges citations of some notes at a session."""

    def __init__(self, known: tuple[Known, ...], as_of: date) -> None:
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
        trial = Trial(tokens, part, inside, self.as_of)
        candidates = sorted(frozenset().union(*(name.notes for _, name in part.names)), key=self._newest)
        faults, number = self._best(trial, candidates)
        if number < 0 or (faults and all(fault.kind != "source" for fault in faults)):
            others = (n for n in range(len(self.known)) if n not in candidates and trial.repeats(self.known[n]))
            if (other := next(others, None)) is not None:
                name = part.names[0][1]
                faults, number = [Fault("source", name.first, name.last, source_of(self.known[other].note))], other
        if number < 0:
            return None
        held = self.known[number]
        faults = [held.narrowed(tokens, fault) if fault.kind == "quotation" else fault for fault in faults]
        citation = Citation(block, tokens, part.first, part.last, self.known[number].note, inside, faults)
        citation.claims = list(trial.claims(faults))
        return citation

    def _best(self, trial: Trial, candidates: Iterable[int]) -> tuple[list[Fault], int]:
        """The first note without faults, or the one with the fewest; -1 where there is none to try."""
        best: tuple[list[Fault], int] = ([], -1)
        least = (0, 0)
        for number in candidates:
            known = self.known[number]
            faults = trial.faults(known, number)
            weight = (len(faults), len(trial.reported(known)) if faults else 0)
            if best[1] < 0 or weight < least:
                best, least = (faults, number), weight
            if not faults:
                break
        return best

    def _newest(self, number: int) -> tuple[int, int]:
        published = self.known[number].note.published
        return -(published.toordinal() if published else 0), number
