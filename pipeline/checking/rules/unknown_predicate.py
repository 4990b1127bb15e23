"""A word the reader does not know standing between a name and its figure."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.evidence import PageView
from pipeline.checking.rules.rule import Problem, page_rule


@page_rule(
    "READ04",
    "unproved",
    flags=("The Nasdaq «gloamed» 0.77% on the day.",),
    passes=("The Nasdaq gained 0.77% on the day.",),
)
def unknown_predicate(view: PageView) -> Iterator[Problem]:
    """A word the reader does not know standing between a name and its figure.

    What the reader cannot read may turn a true figure into a false statement.
    """
    for reading in view.page.readings:
        clause = reading.clause
        ends = {m.last for m in clause.mentions if m.kind in ("instrument", "measure", "pronoun")}
        starts = {a.mention.first for a in reading.anchors if not (a.chosen and a.chosen.absorbed)}
        for mention in clause.mentions:
            if mention.kind != "unknown":
                continue
            after_name = ends & set(range(mention.first - 2, mention.first + 1))
            before_claim = starts & set(range(mention.last, mention.last + 4))
            if after_name and before_claim:
                yield Problem(
                    f"`{clause.printed(mention)}` is not a word the checker can read here",
                    "use a plain verb",
                    clause.place(mention),
                )
