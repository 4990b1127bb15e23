"""The sentences of a draft, numbered, and where each one stands in the rendered text.

Sentences are cut in the draft, before any slot is printed, so that a replacement keeps the slots of its neighbours.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.facts.slots import SLOT, Span
from pipeline.facts.units import MONTHS, WEEKDAYS

ABBREVIATIONS = frozenset(
    {month.removesuffix(".").lower() for month in MONTHS if month.endswith(".")}
    | {day[:length].lower() for day in WEEKDAYS for length in (3, 4)}
    | {"sep", "u.s", "u.k", "e.u", "no", "nos", "vs", "v", "st", "inc", "corp", "co", "ltd", "mr", "ms", "mrs", "dr"}
    | {"e.g", "i.e", "cf", "etc", "approx", "est", "a.m", "p.m"}
)  # fmt: skip
"""Words whose full stop does not end a sentence."""

MARKER = re.compile(r"[ \t]*(?:#{1,6}[ \t]+|[-*+>][ \t]+|\d+[.)][ \t]+|(?=\|))")
"""What stands before the text of a heading, a list item, a quotation or a table row; each is a line of its own."""

END = re.compile(r"""[.!?…]["'”’)*_]*(\s+)(?=["'“‘(*_]*(?:\[\[|[A-Z0-9$]))""")
LAST_WORD = re.compile(r"[^\s(\[“\"'‘]+\Z")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, a heading, a list item or a table row. number: from 1; start, end: code points of the draft."""

    number: int
    start: int
    end: int
    text: str


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a draft in order, without the Markdown marks before them."""
    ranges = [cut for start, end in _blocks(text) for cut in _cuts(text, start, end)]
    return tuple(Sentence(number, start, end, text[start:end]) for number, (start, end) in enumerate(ranges, 1))


def owners(text: str, spans: Sequence[Span], start: int, end: int) -> tuple[Sentence, ...]:
    """The sentences of a draft that a stretch of its rendered text lies in; the nearest one if it lies in none."""
    cut = sentences(text)
    shift = _shift(text, spans)
    placed = [(one, one.start + shift(one.start), one.end + shift(one.end)) for one in cut]
    inside = tuple(one for one, first, last in placed if start < last and max(end, start + 1) > first)
    before = [one for one, first, _ in placed if first <= start]
    return inside or tuple(before[-1:]) or cut[:1]


def replace(text: str, new: Mapping[int, str]) -> str:
    """A draft with some sentences replaced by number, all else untouched (`tidy` apart). An empty text deletes one."""
    for sentence in reversed(sentences(text)):
        if sentence.number not in new:
            continue
        before, after = text[: sentence.start], text[sentence.end :]
        if not new[sentence.number]:  # the mark before it and the space that parted it from the next one go too
            line = before.rfind("\n") + 1
            before = before[:line] if MARKER.fullmatch(before[line:]) else before
            after = after.lstrip(" ") if not before or before[-1].isspace() else after
        text = before + new[sentence.number] + after
    return tidy(text)


def tidy(text: str) -> str:
    """A draft without space at the ends of its lines and without more than one empty line in a row."""
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t\r]+$", "", text, flags=re.MULTILINE)).strip()


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Stretches that hold whole sentences: a marked line without its mark, or a paragraph of plain lines."""
    start: int | None = None
    for line in re.finditer(r"[^\n]*\n?", text):
        marker = MARKER.match(line[0])
        plain = bool(line[0].strip()) and marker is None
        if start is not None and not plain:
            yield start, line.start()
            start = None
        if plain and start is None:
            start = line.start()
        if marker is not None:
            yield line.start() + marker.end(), line.end()
    if start is not None:
        yield start, len(text)


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of one block, without the space around them."""
    first = start
    for match in END.finditer(text, start, end):
        word = LAST_WORD.search(text, first, match.start())
        if match[0][0] == "." and word and (word[0].lower() in ABBREVIATIONS or re.fullmatch(r"[A-Z]", word[0])):
            continue
        yield from _trimmed(text, first, match.start(1))
        first = match.end(1)
    yield from _trimmed(text, first, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch without the space at its ends, if anything is left."""
    inner = text[start:end].strip()
    if inner:
        first = text.index(inner, start)
        yield first, first + len(inner)


def _shift(text: str, spans: Sequence[Span]) -> Callable[[int], int]:
    """How far a place of the draft, outside its slots, moves in the rendered text."""
    ends: list[int] = []
    moved = [0]
    left = list(reversed(spans))
    for slot in SLOT.finditer(text):
        if left and slot.start() + moved[-1] == left[-1].start:  # a slot that names no fact stays as it is
            span = left.pop()
            ends.append(slot.end())
            moved.append(moved[-1] + (span.end - span.start) - (slot.end() - slot.start()))
    return lambda place: moved[bisect_right(ends, place)]
