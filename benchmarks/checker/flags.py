"""What a judge says of a text, and which of it is new after a change."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.corruption.kind import Change

CLAUSE_END = re.compile(
    r"[;:()\u2013\u2014|\n]|(?<=[.?!])\s(?=[^\da-z])| (?=(?:while|whereas|but|although|though)\b)"
    r"|,(?= (?:and|but|or|nor|with|as|while|whereas|although|though|which|where|leaving|putting)\b)"
)
"""Where a clause ends for the count of findings that stay inside one: marks, and words that open another clause. The
checker has clauses of its own; these stay the same when its change."""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a judge objects to: why, and where (code points, half-open)."""

    rule: str
    start: int
    end: int

    def touches(self, start: int, end: int) -> bool:
        """Whether it shares a character with a stretch, or lies around an empty one."""
        return self.start < end and start < self.end if start < end else self.start < start < self.end


Judge = Callable[[str, int, int], list[Flag]]
"""What is wrong with text[start:end]: the flags that touch it."""


def standing(words: str, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where words stand in text[start:end], but not as a part of a longer number."""
    for match in re.compile(rf"(?<!\d){re.escape(words)}(?!\d)").finditer(text, start, end):
        yield match.span()


def fresh(before: Sequence[Flag], after: Sequence[Flag], change: Change) -> list[Flag]:
    """The flags of a changed text that the clean one had not.

    One at the same place for the same reason is not new: words that were flagged and are flagged again when they are
    replaced were not read.
    """
    grown = change.new_end - change.end

    def had(flag: Flag) -> bool:
        for old in before:
            if old.rule == flag.rule:
                if old.touches(change.start, change.end) and flag.touches(change.start, change.new_end):
                    return True
                start = old.start + grown * (old.start >= change.end)
                end = old.end + grown * (old.end > change.end)
                if (start, end) == (flag.start, flag.end):
                    return True
        return False

    return [flag for flag in after if not had(flag)]


def clause_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause that a stretch of a text lies in, or the clauses where it spans several."""
    first = max((match.end() for match in CLAUSE_END.finditer(text, 0, start)), default=0)
    last = CLAUSE_END.search(text, end)
    return first, last.start() if last else len(text)
