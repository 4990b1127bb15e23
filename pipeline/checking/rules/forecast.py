"""A statement about the future."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.evidence import PageView, place, said
from pipeline.checking.rules.rule import Problem, page_rule


@page_rule(
    "INF02", "forbidden",
    flags=('The Nasdaq «will» rise.',),
    passes=('The Nasdaq rose 0.77% on the day.',),
)  # fmt: skip
def forecast(view: PageView) -> Iterator[Problem]:
    """A statement about the future.

    The article says what price and volume did. What will, may or should happen is an opinion.
    """
    for clause, mention in view.mentions("forecast"):
        if "conditional" in mention.values and any(m.kind == "measure" for m in clause.mentions) and any(
            m.kind == "figure" for m in clause.mentions
        ):  # fmt: skip
            continue
        yield Problem(
            f"`{said(clause, mention)}` speaks of the future",
            "say where the levels are and leave out what may happen",
            place(clause, mention),
        )
