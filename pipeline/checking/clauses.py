"""Clauses and discourse: where a claim begins and ends, and what it inherits from what was said before."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pipeline.checking.mentions import Mention
from pipeline.checking.text import Block
from pipeline.checking.tokens import Token, sentences

ANCHORS = frozenset(
    {
        "figure",
        "date",
        "direction",
        "versus",
        "relation",
        "way",
        "size",
        "crossing",
        "label",
        "record",
        "control",
        "stance",
    }
)
_SPLITTERS = frozenset({"while", "whereas", "but", "although", "though", "yet"})
_DASHES = frozenset({";", "\u2014", "\u2013", "--"})
_LINKING = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "stands",
        "stand",
        "stood",
        "sits",
        "sit",
        "sat",
        "closed",
        "ended",
        "finished",
        "settled",
        "remains",
        "remained",
        "has",
        "had",
        "gained",
        "lost",
        "reads",
        "read",
        "came",
        "held",
        "holds",
        "rests",
        "trades",
        "traded",
        "added",
    ]
)


@dataclass(frozen=True, slots=True)
class Discourse:
    """What a clause may inherit. instruments: those in focus (two for "both"). other: the one named besides.
    measure, timeframe: of the last claim. period: of the last change in this paragraph. range: the window whose high and
    low are spoken of. sign: the last move's direction, for fragments without a verb. topic: the instruments a heading sets."""

    instruments: tuple[str, ...] = ()
    other: str = ""
    measure: str = ""
    timeframe: str = ""
    period: str = ""
    range: str = ""
    sign: int = 0
    topic: tuple[str, ...] = ()

    def describe(self) -> str:
        """The state in one line, for --explain."""
        parts = [" and ".join(self.instruments) or "no instrument", self.measure, self.timeframe, self.period]
        return ", ".join(part for part in parts if part)


@dataclass(slots=True)
class Clause:
    """A run of tokens [first, last) of a block, with its mentions and, for a table cell, those of its headers."""

    block: Block
    tokens: list[Token]
    first: int
    last: int
    mentions: list[Mention]
    header: list[Mention] = field(default_factory=list)
    sentence: int = 0

    @property
    def text(self) -> str:
        """The clause's words."""
        if self.first >= self.last:
            return ""
        return self.block.text[self.tokens[self.first].start : self.tokens[self.last - 1].end]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """File offsets of tokens [first, last)."""
        return self.block.span(self.tokens[first].start, self.tokens[last - 1].end)


def split(block: Block, tokens: list[Token], mentions: list[Mention]) -> list[Clause]:
    """The clauses of a block, in order."""
    clauses: list[Clause] = []
    for number, (start, end) in enumerate(sentences(tokens)):
        inside = [mention for mention in mentions if start <= mention.first < end]
        cuts = [start, *_cuts(tokens, start, end, inside), end]
        for first, last in zip(cuts, cuts[1:], strict=False):
            if first < last:
                part = [mention for mention in inside if first <= mention.first < last]
                clauses.append(Clause(block, tokens, first, last, part, sentence=number))
    return clauses


def _cuts(tokens: list[Token], start: int, end: int, mentions: list[Mention]) -> list[int]:
    """Token indices at which a new clause begins inside a sentence."""
    cuts: list[int] = []
    starts = {mention.first: mention for mention in mentions}
    taken = {
        index for mention in mentions if mention.kind != "unknown" for index in range(mention.first + 1, mention.last)
    }
    last = start
    for index in range(start + 1, end - 1):
        if index in taken:
            continue
        token = tokens[index]
        before = [m for m in mentions if last <= m.first < index and m.kind in ANCHORS]
        if token.text in _DASHES and not (token.joined and tokens[index + 1].joined):
            cuts.append(index + 1)
            last = index + 1
        elif (
            token.norm in _SPLITTERS and (before or token.norm not in ("but", "yet")) and tokens[index + 1].text != ","
        ):
            cuts.append(index)
            last = index
        elif token.norm in ("and", "with", "as", "or") and any(m.kind in ANCHORS for m in before):
            subject = _subject_after(tokens, index + 1, end, starts)
            listed = subject is not None and any(
                m.kind == subject.kind and m.last == index and subject.first - index <= 2 for m in mentions
            )
            if subject is not None and not listed and _predicate_follows(tokens, subject, end, starts):
                cuts.append(index)
                last = index
        elif token.norm in ("leaving", "putting", "where", "which") and before and tokens[index - 1].text == ",":
            cuts.append(index)
            last = index
    return cuts


def _subject_after(tokens: list[Token], index: int, end: int, starts: dict[int, Mention]) -> Mention | None:
    """An instrument, measure or pronoun that begins within three tokens."""
    for place in range(index, min(index + 4, end)):
        mention = starts.get(place)
        if mention is not None and mention.kind in ("instrument", "measure", "averages"):
            return mention
        if mention is not None and mention.kind == "pronoun":
            following = starts.get(mention.last)
            return following if following is not None and following.kind == "measure" else mention
        if tokens[place].kind == "mark" or (mention is not None and mention.kind in ANCHORS):
            return None
    return None


def _predicate_follows(tokens: list[Token], subject: Mention, end: int, starts: dict[int, Mention]) -> bool:
    """Whether a verb of change, place or comparison comes right after a subject."""
    for place in range(subject.last, min(subject.last + 4, end)):
        mention = starts.get(place)
        if mention is not None and mention.kind in (
            "direction",
            "versus",
            "relation",
            "way",
            "size",
            "crossing",
            "control",
        ):
            return True
        if tokens[place].norm in _LINKING:
            return True
        if tokens[place].norm in ("of", "at", "in", "and", ",") or tokens[place].kind == "number":
            return False
    return False


def at_paragraph(state: Discourse) -> Discourse:
    """The state at the start of a new paragraph: the subject is the heading's again, period and measure are forgotten."""
    return replace(
        state, instruments=state.topic or state.instruments, measure="", timeframe="", period="", range="", sign=0
    )
