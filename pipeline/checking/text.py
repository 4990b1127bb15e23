"""Markdown to visible text: blocks of what a reader sees, each character mapped to its offset in the file.

Headline, headings, paragraphs, list items, table cells, captions, alt text and the wording of front matter are text;
link targets, markup, comments and code fences are not. Digits, signs and spaces are normalised once, here, so that no
later stage meets a full-width digit or a no-break space.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "cell", "front", "alt"]

_REPLACED = {
    "\u2212": "-", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\ufe63": "-", "\uff0d": "-",
    "\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"', "\u00ab": '"', "\u00bb": '"',
}  # fmt: skip
_DROPPED = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f")
_FRONT_TEXT = frozenset({"title", "headline", "dek", "description", "summary", "subtitle", "caption", "lede"})


@dataclass(frozen=True, slots=True)
class Block:
    """A run of visible text. offsets[i] is the file offset of text[i]; offsets has one more entry, the end.

    row and column place a table cell (0 is the header row); table numbers the tables of a document.
    """

    kind: BlockKind
    text: str
    offsets: tuple[int, ...]
    level: int = 0
    table: int = -1
    row: int = -1
    column: int = -1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """File offsets (half-open) of text[start:end]."""
        if end <= start:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + 1


_ADDRESS = r"\bhttps?://[^\s<>()\[\]|]+"
"""An address written out, whose figures say nothing."""
_INLINE = re.compile(
    r"(?P<image>!\[(?P<alt>[^\[\]]*)\](?:\((?P<target>[^)]*)\)|\[[^\[\]]*\]))"
    r"|(?P<note>\[\^[^\[\]\s]+\]:?)|(?P<link>\[(?P<label>[^\[\]]+)\](?:\([^)]*\)|\[[^\[\]]*\]))"
    r"|(?P<url>" + _ADDRESS + ")"
    r"|(?P<tag></?[A-Za-z][^<>]*>)|(?P<entity>&(?:[A-Za-z]+|#\d+|#x[0-9A-Fa-f]+);)|(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<mark>\*+|~~|`+|(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w))",
    re.DOTALL,
)
_TITLE = re.compile(r"\s\"(?P<text>[^\"]+)\"\s*$")
_SHOWN = re.compile(r"\b(?:alt|title)\s*=\s*(?:\"(?P<text>[^\"]*)\"|'(?P<single>[^']*)')", re.IGNORECASE)
"""Attributes of a tag that a reader sees."""
_HIDING = re.compile(r"(?im)^ {0,3}(?P<fence>`{3,}|~{3,})|<!--|<(?P<code>script|style)\b[^<>]*>")

_GONE = "\u2060"
"""Stands for a character that nobody sees; one of those that are dropped."""
_EMPTY = re.compile(rf"^[ \t]*{_GONE}[ \t{_GONE}]*$", re.MULTILINE)


def _without_comments(source: str) -> str:
    """The source with comments, scripts and styles blanked, line breaks apart; fences show theirs. A comment that is
    not closed is text."""
    pieces: list[str] = []
    position = kept = 0
    while (match := _HIDING.search(source, position)) is not None:
        if match["fence"]:
            closed = re.compile(rf"^\s*{match['fence']}", re.MULTILINE).search(source, match.end())
            position = closed.end() if closed else len(source)
            continue
        closing = rf"</{match['code']}\s*>" if match["code"] else "-->"
        closed = re.compile(closing, re.IGNORECASE).search(source, match.end())
        if closed is None:
            break
        position = closed.end()
        pieces += [source[kept : match.start()], re.sub(r"[^\r\n]", _GONE, source[match.start() : position])]
        kept = position
    if not pieces:
        return source
    return _EMPTY.sub(lambda line: " " * len(line[0]), "".join((*pieces, source[kept:])))


def _normal(char: str) -> str:
    """A character as later stages meet it: plain digits, quotes, hyphens and spaces."""
    char = _REPLACED.get(char, char)
    if ord(char) > 127 and unicodedata.category(char) in ("Zs", "Nd", "Cf", "Zl", "Zp"):
        char = unicodedata.normalize("NFKC", char)
    return " " if char.isspace() else char


def plain(text: str) -> str:
    """A text that is no Markdown, as later stages meet it."""
    builder = _Builder()
    builder.add(re.sub(_ADDRESS, "", text), 0)
    return "".join(builder.chars)


class _Builder:
    """Collects visible characters with their offsets, normalising as it goes."""

    def __init__(self) -> None:
        self.chars: list[str] = []
        self.offsets: list[int] = []

    def add(self, text: str, offset: int, *, fixed: bool = False) -> None:
        """Append characters; with fixed, all map to one offset (a decoded entity)."""
        for index, char in enumerate(text):
            at = offset if fixed else offset + index
            if char not in _DROPPED:
                for piece in _normal(char):
                    self.chars.append(piece)
                    self.offsets.append(at)

    def inline(self, source: str, start: int, end: int) -> None:
        """Append source[start:end] without its inline markup."""
        position = start
        for match in _INLINE.finditer(source, start, end):
            self.add(source[position : match.start()], position)
            if match["image"] is not None:
                self.inline(source, match.start("alt"), match.end("alt"))
                self._hovering(_TITLE.search(match["target"] or ""), match.start("target"))
            elif match["tag"] is not None:
                for shown in _SHOWN.finditer(match["tag"]):
                    self._hovering(shown, match.start("tag"))
            elif match["link"] is not None:
                self.inline(source, match.start("label"), match.end("label"))
            elif match["entity"] is not None:
                self.add(html.unescape(match["entity"]), match.start(), fixed=True)
            elif match["escape"] is not None:
                self.add(match["escape"][1], match.start() + 1)
            position = match.end()
        self.add(source[position:end], position)

    def _hovering(self, shown: re.Match[str] | None, offset: int) -> None:
        """Append what is shown in place of an image or beside it: a description of its own."""
        if shown is not None:
            group = "text" if shown["text"] is not None else "single"
            self.add(" ", offset, fixed=True)
            self.add(shown[group], offset + shown.start(group))
            self.add(" ", offset, fixed=True)

    def block(self, kind: BlockKind, end: int, **place: int) -> Block | None:
        """The block so far, or None when there is nothing to see; an empty table cell is something."""
        text = "".join(self.chars)
        if not text.strip() and kind != "cell":
            return None
        return Block(kind, text, (*self.offsets, max(end, self.offsets[-1] + 1 if self.offsets else end)), **place)


_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")
_DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\[\]]+\]:[ \t]*\S+(?:[ \t]+[\"'(].*[\"')])?[ \t]*$")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+")
_ITEM = re.compile(r"\s*(?:[-*+•]|\d{1,3}[.)])[ \t]+(?=\S)")
_RULE = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|=+\s*)$")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")


def _lines(source: str) -> list[tuple[int, int]]:
    """Start and end offsets of each line, without its line break."""
    lines, start = [], 0
    for match in re.finditer(r"\r\n|\n|\r", source):
        lines.append((start, match.start()))
        start = match.end()
    lines.append((start, len(source)))
    return lines


def _cells(source: str, start: int, end: int) -> list[tuple[int, int]]:
    """Start and end offsets of the cells of a table row."""
    cells, position = [], start
    for index in range(start, end):
        if source[index] == "|" and source[index - 1 : index] != "\\":
            cells.append((position, index))
            position = index + 1
    cells.append((position, end))
    if cells and not source[cells[0][0] : cells[0][1]].strip():
        cells = cells[1:]
    if cells and not source[cells[-1][0] : cells[-1][1]].strip():
        cells = cells[:-1]
    return cells


def read_markdown(source: str) -> list[Block]:
    """The blocks of a Markdown text, in reading order. Any text is accepted."""
    source = _without_comments(source)
    lines = _lines(source)
    blocks: list[Block] = []
    index, table = 0, -1

    def keep(builder: _Builder, kind: BlockKind, end: int, **place: int) -> None:
        if block := builder.block(kind, end, **place):
            blocks.append(block)

    if lines and source[lines[0][0] : lines[0][1]].strip() == "---":
        closing = next((i for i in range(1, len(lines)) if source[slice(*lines[i])].strip() in ("---", "...")), 0)
        place = 1
        while place < closing:
            start, end = lines[place]
            place += 1
            key, colon, value = source[start:end].partition(":")
            if not colon or key.strip().lower() not in _FRONT_TEXT:
                continue
            builder = _Builder()
            if value.strip().rstrip("+-0123456789") not in ("|", ">"):
                builder.inline(source, start + len(key) + 1, end)
            while place < closing and source[slice(*lines[place])][:1] in (" ", "\t"):  # the value goes on
                start, end = lines[place]
                place += 1
                builder.add(" ", max(start - 1, 0), fixed=True)
                builder.inline(source, start, end)
            keep(builder, "front", end)
        index = closing + 1 if closing else 0

    while index < len(lines):
        start, end = lines[index]
        line = source[start:end]
        if not line.strip() or _RULE.match(line) or _DEFINITION.match(line):
            index += 1
            continue
        if fence := _FENCE.match(line):
            closing = next(
                (i for i in range(index + 1, len(lines)) if source[slice(*lines[i])].strip().startswith(fence[1])),
                len(lines) - 1,
            )
            for inner_start, inner_end in lines[index + 1 : closing]:
                builder = _Builder()
                builder.add(source[inner_start:inner_end], inner_start)
                keep(builder, "paragraph", inner_end)
            index = closing + 1
            continue
        if "|" in line and index + 1 < len(lines) and _TABLE_RULE.match(source[slice(*lines[index + 1])]) \
                and "-" in source[slice(*lines[index + 1])]:  # fmt: skip
            table += 1
            row = 0
            while index < len(lines) and "|" in source[slice(*lines[index])]:
                row_start, row_end = lines[index]
                if row != 1 or not _TABLE_RULE.match(source[row_start:row_end]):
                    for column, (cell_start, cell_end) in enumerate(_cells(source, row_start, row_end)):
                        builder = _Builder()
                        builder.inline(source, cell_start, cell_end)
                        keep(builder, "cell", cell_end, table=table, row=row if row < 2 else row - 1, column=column)
                index += 1
                row += 1
            continue
        if heading := _HEADING.match(line):
            builder = _Builder()
            builder.inline(source, start + heading.end(), end - (len(line) - len(line.rstrip(" #"))))
            keep(builder, "heading", end, level=len(heading[1]))
            index += 1
            continue
        kind: BlockKind = "item" if _ITEM.match(line) else "paragraph"
        builder = _Builder()
        first = True
        while index < len(lines):
            start, end = lines[index]
            line = source[start:end]
            opening = _ITEM.match(line)
            if not first and (
                not line.strip() or _HEADING.match(line) or opening or _FENCE.match(line) or _RULE.match(line)
                or _DEFINITION.match(line)
            ):  # fmt: skip
                break
            content = start + (opening.end() if opening else len(line) - len(line.lstrip(" \t>")))
            if not first:
                builder.add(" ", max(start - 1, 0), fixed=True)
            builder.inline(source, content, end)
            first = False
            index += 1
            if kind == "paragraph" and index < len(lines) and _UNDERLINE.match(source[slice(*lines[index])]):
                kind = "heading"
                break
        keep(builder, kind, end, level=(1 if "=" in source[slice(*lines[index])] else 2) if kind == "heading" else 0)
    return blocks
