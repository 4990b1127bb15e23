"""A place where a figure was lost."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.evidence import PageView
from pipeline.checking.rules.rule import Problem, page_rule

OPENING = frozenset({"at", "by", "of", "to", "from", "near", "above", "below", "around", "about"})
CLOSING = frozenset(
    {
        "on",
        "at",
        "by",
        "from",
        "for",
        "while",
        "and",
        "or",
        "but",
        "in",
        "with",
        "after",
        "against",
        "compared",
        "%",
        "percent",
        "points",
    }
)
_PHRASAL = frozenset(
    {("from", "above"), ("from", "below"), ("of", "about"), ("to", "about"), ("at", "about"), ("by", "about")}
)


def _phrasal(norms: list[str], index: int) -> bool:
    """Whether two prepositions belong together or the first ends a phrase ("held on to and")."""
    following = norms[index + 1]
    stranded = norms[index] in ("above", "below", "of", "by", "near", "around", "about")
    return (norms[index], following) in _PHRASAL or (stranded and following not in ("%", "percent", "points"))


@page_rule(
    "TEXT03", "refuted",
    flags=('The Nasdaq closed «at on» Dec. 31.',),
    passes=('The Nasdaq closed at 6,635.28 on Dec. 31.',),
)  # fmt: skip
def blank_figure(view: PageView) -> Iterator[Problem]:
    """A place where a figure was lost.

    "Closed at on Jan. 16" has a hole where the figure stood.
    """
    for clause in view.clauses():
        norms = [token.norm for token in clause.tokens]
        for index in range(clause.first, clause.last - 1):
            token, after = clause.tokens[index], clause.tokens[index + 1]
            hole = (
                (norms[index] in OPENING and (norms[index + 1] in CLOSING or after.text in ",.;:)") and not _phrasal(norms, index))
                or (token.text == "(" and after.text == ")")
                or (token.text in ("%", "$") and not token.joined and (not clause.tokens[index - 1].kind == "number" if index else True)
                    and after.kind != "number" and norms[index + 1] not in ("k", "d", "b", "r"))
                or (token.text == "," and after.text in (",", "."))
            )  # fmt: skip
            if hole:
                yield Problem(
                    f"a figure is missing in `{clause.block.text[token.start : after.end]}`",
                    "give the figure or delete the sentence",
                    clause.span(index, index + 2),
                )
