"""Clauses and discourse: where a claim begins and ends, and what it inherits from what was said before."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from pipeline.checking.claims import Ref, Statement
from pipeline.checking.mentions import Mention
from pipeline.checking.text import Block
from pipeline.checking.tokens import Token, sentences, words

ANCHORS = words("figure date direction versus relation way size crossing label record control stance volume")
"""Kinds of mentions that a proven claim must own."""
_PREDICATES = words("direction versus relation way size crossing control")
_SUBJECTS = words("instrument measure averages")
_SPLITTERS = words("while whereas but although though yet")
_JOINERS = words("and with as or")
_HANGERS = words("leaving putting where which")
"""Words that open a clause of their own after a comma."""
_DASHES = frozenset({";", "\u2014", "\u2013", "--"})
_LINKING = words(
    "is are was were stands stand stood sits sit sat closed ended finished settled remains remained has had gained "
    "lost reads read came held holds rests trades traded added"
)
_NO_PREDICATE = words("of at in and ,")


@dataclass(frozen=True, slots=True)
class Discourse:
    """What a clause may inherit.

    instruments: those in focus (two for "both"). other: the one named besides. order: the two last named, as they were
    named ("the former", "the latter"). level: the last level spoken of, the close apart ("it", "that line"). levels:
    the last two of them, as they were named. claimed: the measure whose value was claimed last. told: the period of the
    last change, of whatever paragraph. ending: the instrument whose name ended the last clause ("than the Russell 2000,
    which"). today: the day the article is of, which its reader knows. measure, timeframe: of
    the last claim. period: of the last change in this paragraph. range: the window whose high and low are spoken of.
    sign: the last move's direction, for fragments without a verb. claims: what the last clause with figures claimed
    values of. said: all the last clause with claims claimed ("so did the S&P 500"). topic: the
    instruments a heading sets.
    """

    instruments: tuple[str, ...] = ()
    other: str = ""
    measure: str = ""
    timeframe: str = ""
    period: str = ""
    range: str = ""
    sign: int = 0
    topic: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    level: str = ""
    claims: tuple[Ref, ...] = ()
    levels: tuple[str, ...] = ()
    claimed: str = ""
    told: str = ""
    ending: tuple[str, ...] = ()
    said: tuple[Statement, ...] = ()
    today: date | None = None

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

    def printed(self, mention: Mention) -> str:
        """A mention's words as printed."""
        return self.block.text[self.tokens[mention.first].start : self.tokens[mention.last - 1].end]

    def place(self, mention: Mention) -> tuple[int, int]:
        """A mention's file offsets."""
        return self.span(mention.first, mention.last)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """File offsets of tokens [first, last)."""
        return self.block.span(self.tokens[first].start, self.tokens[last - 1].end)


def split(block: Block, tokens: list[Token], mentions: list[Mention]) -> list[Clause]:
    """The clauses of a block, in order."""
    clauses: list[Clause] = []
    firsts = [mention.first for mention in mentions]  # in order, so that a sentence's are found without a search
    for number, (start, end) in enumerate(sentences(tokens)):
        inside = mentions[bisect_left(firsts, start) : bisect_left(firsts, end)]
        cuts = [start, *_cuts(tokens, start, end, inside), end]
        for first, last in pairwise(cuts):
            if first < last:
                part = mentions[bisect_left(firsts, first) : bisect_left(firsts, last)]
                clauses.append(Clause(block, tokens, first, last, part, sentence=number))
    return clauses


def _cuts(tokens: list[Token], start: int, end: int, mentions: list[Mention]) -> list[int]:
    """Token indices at which a new clause begins inside a sentence."""
    cuts: list[int] = []
    starts = {mention.first: mention for mention in mentions}
    ends = {mention.last: mention for mention in mentions}
    anchors = [mention.first for mention in mentions if mention.kind in ANCHORS]
    taken = {
        index for mention in mentions if mention.kind != "unknown" for index in range(mention.first + 1, mention.last)
    }
    last = start
    for index in range(start + 1, end - 1):
        if index in taken:
            continue
        token = tokens[index]
        before = bisect_left(anchors, index) > bisect_left(anchors, last)
        if token.text in _DASHES and not (token.joined and tokens[index + 1].joined):
            last = index + 1
        elif token.norm in _SPLITTERS:
            if tokens[index + 1].text == "," or (not before and token.norm in ("but", "yet")):
                continue
            last = index
        elif before and token.norm in _JOINERS:
            subject = _subject_after(tokens, index + 1, end, starts)
            if subject is None or _listed(subject, index, ends.get(index)):
                continue
            if not (
                _predicate_follows(tokens, subject, end, starts)
                or (token.norm == "with" and _distance_follows(subject, end, starts))
            ):
                continue
            last = index
        elif before and token.norm in _HANGERS and tokens[index - 1].text == ",":
            if [one.norm for one in tokens[index : index + 3]] == ["where", "the", "data"]:
                continue  # "since 1987, where the data begin, it is"
            last = index
        else:
            continue
        cuts.append(last)
    return cuts


def _listed(subject: Mention, joiner: int, before: Mention | None) -> bool:
    """Whether a joining word lists a name with one of its kind right before it ("the RSI and the ADX")."""
    return before is not None and before.kind == subject.kind and subject.first - joiner <= 2


def _subject_after(tokens: list[Token], index: int, end: int, starts: dict[int, Mention]) -> Mention | None:
    """An instrument, measure or pronoun that begins within three tokens, after a period that leads the clause."""
    led = starts.get(index)
    if led is not None and led.kind == "period":
        index = led.last + (led.last < end and tokens[led.last].text == ",")
    for place in range(index, min(index + 4, end)):
        mention = starts.get(place)
        if mention is not None and mention.kind in _SUBJECTS:
            return mention
        if mention is not None and mention.kind == "pronoun":
            following = starts.get(mention.last)
            if following is not None and following.kind == "figure" and mention.note == "rival":
                return None  # "and the other eight above it"
            return following if following is not None and following.kind == "measure" else mention
        if mention is not None and mention.kind == "date" and mention.last < end and tokens[mention.last].norm == "'s":
            return starts.get(mention.last + 1)  # "and Wednesday's close was"
        if tokens[place].kind == "mark" or (mention is not None and mention.kind in ANCHORS):
            return None
    return None


def _predicate_follows(tokens: list[Token], subject: Mention, end: int, starts: dict[int, Mention]) -> bool:
    """Whether a verb of change, place or comparison comes right after a subject, and its value ("the 50-day at 1,235.62
    was")."""
    first = subject.last
    if first < end and tokens[first].norm in ("at", "of") and (value := starts.get(first + 1)) is not None:
        first = value.last if value.kind == "figure" else first
    for place in range(first, min(first + 4, end)):
        mention = starts.get(place)
        if (mention is not None and mention.kind in _PREDICATES) or tokens[place].norm in _LINKING:
            return True
        if tokens[place].norm in _NO_PREDICATE or tokens[place].kind == "number":
            return False
    return False


def _distance_follows(subject: Mention, end: int, starts: dict[int, Mention]) -> bool:
    """Whether a subject stands at a distance ("with the index's close 7.94% above that level")."""
    for place in range(subject.last, min(subject.last + 4, end)):
        mention = starts.get(place)
        if mention is not None and mention.kind == "figure":
            following = starts.get(mention.last)
            return following is not None and following.kind in ("relation", "direction")
        if mention is not None and mention.kind in ANCHORS:
            return False
    return False


def at_paragraph(state: Discourse, *, listed: bool = False) -> Discourse:
    """The state at the start of a paragraph: the subject is the heading's again, period and measure are forgotten.
    listed: it is an item that follows another one, which may speak on of the same measure."""
    if listed:
        return replace(state, instruments=state.topic or state.instruments, period="", range="", sign=0)
    return Discourse(
        state.topic or state.instruments, state.other, topic=state.topic, order=state.order, told=state.told,
        today=state.today,
    )  # fmt: skip
