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
_ABBREVIATIONS = frozenset(
    [
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "vs",
        "approx",
        "no",
        "inc",
        "corp",
        "co",
        "ltd",
        "st",
        "u.s",
        "u.k",
        "e.g",
        "i.e",
        "etc",
        "mr",
        "mrs",
        "ms",
        "dr",
        "avg",
        "pct",
    ]
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
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        while after is not None and after.text in (")", '"', "'") and after.joined:
            index += 1
            after = tokens[index + 1] if index + 1 < len(tokens) else None
        if after is None or after.text in (",", ";", ":", ")"):
            continue
        if token.text == "." and index > start:
            before = tokens[index - 1]
            if token.joined and before.kind == "word" and before.norm in _ABBREVIATIONS and (
                after.kind == "number" or not after.text[:1].isupper()
                or before.norm in ("vs", "approx", "no", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat",
                                   "sun", "st", "mr", "mrs", "ms", "dr")
            ):  # fmt: skip
                continue
            if token.joined and after.joined:
                continue
        if after.text[:1].islower() and token.text != "...":
            continue
        ranges.append((start, index + 1))
        start = index + 1
    if start < len(tokens):
        ranges.append((start, len(tokens)))
    return [pair for pair in ranges if pair[0] < pair[1]]
