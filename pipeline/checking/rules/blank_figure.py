"""A place where a figure was lost."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.clauses import Clause
from pipeline.checking.evidence import PageView
from pipeline.checking.rules.rule import Problem, page_rule
from pipeline.checking.tokens import words

OPENING = words("at by of to from near above below around about")
"""Words after which a figure is at home."""
CLOSING = words("on at by from for while and or but in with after against compared % percent points")
UNITS = words("% percent points sessions days weeks percentage")
_PAIRS = frozenset({("from", "above"), ("from", "below"), ("of", "about"), ("to", "about"), ("at", "about")})
"""Words that follow one another with nothing lost between them."""
_STRANDED = words("above below of by near around about at to")
"""Words that may end a phrase ("the level it closed below")."""
_SIDES = words("above below under over")
_LOOSE = words("above below by about around near")
"""Words that may stand before a closing word ("by and large")."""


def _hole(clause: Clause, index: int) -> bool:
    """Whether something is missing between a token and the next."""
    token, after = clause.tokens[index], clause.tokens[index + 1]
    gap = after.start - token.end
    prose = clause.block.kind in ("paragraph", "item", "heading")
    if prose and gap > 1 and token.text not in (".", "!", "?", ":", ";"):
        return True
    if after.text == "%" and index + 2 < len(clause.tokens) and clause.tokens[index + 2].joined:
        return False  # %K, %D, %R, %B
    if gap >= 1 and after.text in (",", ".", ";", ":", ")", "%") and (after.text != "." or index + 2 >= clause.last):
        return token.text != "(" or after.text == ")"
    if (token.text, after.text) in (("(", ")"), (",", ","), (",", ".")):
        return True
    if token.norm not in OPENING or token.norm == after.norm:
        return False
    if after.text in (",", ".", ";", ":", ")"):
        return token.norm not in _STRANDED or after.text == ")"
    if after.norm in UNITS:
        return index > clause.first or token.norm != "by"  # "By weeks, ..."
    if (token.norm, after.norm) == ("at", "or"):
        return clause.tokens[min(index + 2, clause.last - 1)].norm not in _SIDES  # "at or above 70"
    return after.norm in CLOSING and token.norm not in _LOOSE and (token.norm, after.norm) not in _PAIRS


@page_rule(
    "TEXT03",
    "refuted",
    flags=("The Nasdaq closed «at on» Dec. 31.",),
    passes=("The Nasdaq closed at 6,635.28 on Dec. 31.",),
)
def blank_figure(view: PageView) -> Iterator[Problem]:
    """A place where a figure was lost.

    "Closed at on Jan. 16" has a hole where the figure stood.
    """
    for clause in view.clauses():
        for index in range(clause.first, clause.last - 1):
            if _hole(clause, index):
                start, end = clause.tokens[index].start, clause.tokens[index + 1].end
                wrong = f"a figure is missing in `{clause.block.text[start:end]}`"
                yield Problem(wrong, "give the figure or delete the sentence", clause.span(index, index + 2))
    headed = {(b.table, b.column) for b in view.page.blocks if b.kind == "cell" and b.row == 0 and b.text.strip()}
    for block in view.page.blocks:
        inside = block.kind == "cell" and block.row > 0 and block.column > 0
        if inside and not block.text.strip() and (block.table, block.column) in headed:
            place = (block.offsets[0], block.offsets[-1])
            yield Problem("a cell of the table is empty", "give the figure, or a dash where there is none", place)
