"""A word the reader does not know standing between a name and its figure, or in place of the name."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.clauses import Clause
from pipeline.checking.evidence import PageView
from pipeline.checking.rules.rule import Problem, page_rule
from pipeline.checking.tokens import words


@page_rule(
    "READ04",
    "unproved",
    flags=(
        "The Nasdaq «gloamed» 0.77% on the day.",
        "«Gloam» rose on the day.",
        "A «gloam» lifted the index on the day.",
    ),
    passes=("The Nasdaq gained 0.77% on the day.", "In gloamy trading, the Nasdaq rose on the day."),
)
def unknown_predicate(view: PageView) -> Iterator[Problem]:
    """A word the reader does not know standing between a name and its figure, or in place of the name.

    What the reader cannot read may turn a true figure into a false statement; what it does not know may not act on
    price.
    """
    for reading in view.page.readings:
        clause = reading.clause
        ends = {m.last for m in clause.mentions if m.kind in ("instrument", "measure", "pronoun")}
        starts = {a.mention.first for a in reading.anchors if not (a.chosen and a.chosen.absorbed)}
        doer = _doer(clause)
        for mention in clause.mentions:
            if mention.kind != "unknown":
                continue
            after_name = ends & set(range(mention.first - 2, mention.first + 1))
            before_claim = starts & set(range(mention.last, mention.last + 4))
            if (after_name and before_claim) or mention.first == doer:
                yield Problem(
                    f"`{clause.printed(mention)}` is not a word the checker can read here",
                    "use a plain verb",
                    clause.place(mention),
                )


_MOVES = words("direction versus crossing control")
_NAMES = words(
    "instrument measure averages pronoun period timeframe figure date record label agent relation streak range"
)
_LEADS = words("the a an this that some its another one")
_PLACED = words(
    "in on at of for with by from to under over after before amid among during through between as while like"
)
"""Words that make what follows them no subject."""


def _doer(clause: Clause) -> int:
    """The place of the unknown word that heads a clause whose verb tells of price; -1 where a name does so."""
    if clause.block.kind not in ("paragraph", "item"):
        return -1
    verb = next((m for m in clause.mentions if m.kind in _MOVES), None)
    first = clause.first
    while first < clause.last and (clause.tokens[first].kind == "mark" or clause.tokens[first].norm in _LEADS):
        first += 1
    if verb is None:
        return -1
    for place in range(first, verb.first):
        token = clause.tokens[place]
        if token.kind == "mark" or token.norm in _PLACED:
            return -1
        mention = next((m for m in clause.mentions if m.first <= place < m.last), None)
        if mention is not None and mention.kind in _NAMES:
            return -1
        if mention is not None and mention.kind == "unknown":
            return place
    return -1
