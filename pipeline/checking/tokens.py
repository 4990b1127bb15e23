"""Tokens and sentences of a block of visible text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

TokenKind = Literal["word", "number", "mark"]

_TOKEN = re.compile(
    r"(?P<number>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"|(?P<word>(?:[^\W\d_]\.){2,}|'s\b|[^\W\d_]+(?:'(?!s\b)[^\W\d_]+)?)"
    r"|(?P<mark>\[\[|\]\]|\{\{|\}\}|\{%|%\}|--+|\.{3}|[^\w\s]|_)"
)


def words(text: str) -> frozenset[str]:
    """A set of words, as a line of them is read."""
    return frozenset(text.split())


_NEVER_LAST = words("vs approx no mon tue tues wed thu thur thurs fri sat sun st mr mrs ms dr")
"""Abbreviations that end no sentence, whatever follows."""
_ABBREVIATIONS = _NEVER_LAST | words(
    "jan feb mar apr jun jul aug sep sept oct nov dec inc corp co ltd u.s u.k e.g i.e etc avg pct hist"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number or a mark. start and end are offsets in the block's text; joined tells that no space stands
    before it; norm is the text in lower case."""

    text: str
    kind: TokenKind
    start: int
    end: int
    joined: bool
    norm: str


def tokenise(text: str) -> list[Token]:
    """Tokens in order; spaces belong to none."""
    tokens: list[Token] = []
    previous_end = -1
    for match in _TOKEN.finditer(text):
        kind: TokenKind = "number" if match["number"] else "word" if match["word"] else "mark"
        found = match[0]
        tokens.append(Token(found, kind, match.start(), match.end(), match.start() == previous_end, found.lower()))
        previous_end = match.end()
    return tokens


def sentences(tokens: list[Token]) -> list[tuple[int, int]]:
    """Token ranges (half-open) of the sentences. A stop ends one only where a new sentence can begin."""
    ranges: list[tuple[int, int]] = []
    start = 0
    for index, token in enumerate(tokens):
        if token.text not in (".", "!", "?", "..."):
            continue
        end = index + 1
        while end < len(tokens) and tokens[end].text in (")", '"', "'") and tokens[end].joined:
            end += 1
        after = tokens[end] if end < len(tokens) else None
        if after is None or after.text in (",", ";", ":", ")"):
            continue
        if token.text == "." and index > start and _within(tokens[index - 1], token, after):
            continue
        if after.text[:1].islower() and token.text != "...":
            continue
        ranges.append((start, end))
        start = end
    if start < len(tokens):
        ranges.append((start, len(tokens)))
    return [pair for pair in ranges if pair[0] < pair[1]]


def _within(before: Token, stop: Token, after: Token) -> bool:
    """Whether a stop belongs to an abbreviation or stands inside a word, rather than end a sentence."""
    if not stop.joined:
        return False
    if before.kind == "word" and before.norm in _ABBREVIATIONS:
        starts = after.kind != "number" and after.text[:1].isupper()
        if before.norm in _NEVER_LAST or not starts:
            return True
    return after.joined
