"""The line a finding stands on, as a terminal shows it, with carets under the words.

Columns are those of the screen: wide characters take two, combining ones none, a tab four, and a character that would
steer the terminal or hide words is written out, as `pipeline.errors.visible` does.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from pipeline.errors import visible

WIDTH = 110
"""Screen columns of a line that are shown; of a longer one the part round the place."""
REACH = 300
"""Characters of a line that are looked at on either side of where the place begins."""
CUT = "\u2026"
"""Stands where a line was cut."""
_TAB = "    "


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Part of a line as it may be printed, and what stands below it: spaces and carets. Both in screen columns."""

    line: str
    carets: str


@dataclass(frozen=True, slots=True)
class _Cell:
    """A character as printed, and how many screen columns it takes."""

    text: str
    width: int


def excerpt(line: str, start: int, end: int, width: int = WIDTH) -> Excerpt:
    """The part of a line round characters [start, end), at most `width` columns wide. An end past the line is the
    line's; an empty place gets one caret."""
    start = min(max(start, 0), len(line))
    end = min(max(end, start), len(line))
    skipped = max(start - REACH, 0)
    cells = [_cell(char) for char in line[skipped : start + REACH]]
    whole = skipped == 0 and len(cells) == len(line)
    place, stop = start - skipped, min(end - skipped, len(cells))
    first, last = (0, len(cells)) if whole and _width(cells) <= width else _window(cells, place, stop, width)
    before, after = CUT if skipped + first > 0 else "", CUT if skipped + last < len(line) else ""
    indent = len(before) + _width(cells[first:place])
    carets = max(_width(cells[place : min(stop, last)]), 1)
    return Excerpt(f"{before}{''.join(cell.text for cell in cells[first:last])}{after}", " " * indent + "^" * carets)


@lru_cache(maxsize=1024)
def _cell(char: str) -> _Cell:
    if char == "\t":
        return _Cell(_TAB, len(_TAB))
    written = visible(char)
    if written != char:
        return _Cell(written, len(written))
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return _Cell(char, 0)
    return _Cell(char, 2 if unicodedata.east_asian_width(char) in "WF" else 1)


def _width(cells: list[_Cell]) -> int:
    return sum(cell.width for cell in cells)


def _window(cells: list[_Cell], start: int, end: int, width: int) -> tuple[int, int]:
    """Which characters [first, last) are shown: the place, with as much of the line before it as after it. A combining
    character stays with the one it combines with."""
    room = width - 2 * len(CUT)
    spare = max(room - _width(cells[start:end]), 0)
    behind = _width(cells[end:])
    first, left = start, spare - min(spare // 2, behind)
    while first > 0 and cells[first - 1].width <= left:
        first -= 1
        left -= cells[first].width
    while first < start and cells[first].width == 0:
        first += 1
    last, left = first, room
    while last < len(cells) and cells[last].width <= left:
        left -= cells[last].width
        last += 1
    return first, last
