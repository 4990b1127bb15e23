"""A reason for a move that no note supports."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.clauses import ANCHORS, Clause
from pipeline.checking.evidence import PageView
from pipeline.checking.mentions import Mention
from pipeline.checking.rules.rule import Problem, page_rule, words_found


def _joins(clause: Clause, mention: Mention) -> bool:
    """Whether a soft word ("as", "with") only joins two claims."""
    return "soft" in mention.values and any(m.kind in ANCHORS and m.first >= mention.last for m in clause.mentions)


@page_rule(
    "INF01",
    "forbidden",
    flags=("The Nasdaq rose 0.77% on the day «because of» buying.",),
    passes=("The Nasdaq rose 0.77% on the day as the S&P 500 rose 0.85%.",),
)
def unsourced_cause(view: PageView) -> Iterator[Problem]:
    """A reason for a move that no note supports.

    Prices show what happened, never why. "As", "with", "while" and "after" between two proved claims are no causes.
    """
    return words_found(view, "cause", "gives a reason that prices cannot show", "leave the reason out", _joins)
