"""A topic prices cannot show."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.clauses import Clause
from pipeline.checking.evidence import PageView
from pipeline.checking.mentions import Mention
from pipeline.checking.rules.rule import Problem, page_rule, words_found


def _rating(clause: Clause, mention: Mention) -> bool:
    """Whether "rates" is a verb whose object is an instrument ("TradingView rates the fund a buy")."""
    said = clause.printed(mention).lower() == "rates"
    return said and any(
        other.kind in ("instrument", "pronoun") and 0 <= other.first - mention.last <= 1 for other in clause.mentions
    )


@page_rule(
    "INF07",
    "forbidden",
    flags=("The Nasdaq rose 0.77% on the day before «earnings».",),
    passes=("The Nasdaq rose 0.77% on the day.",),
)
def off_topic(view: PageView) -> Iterator[Problem]:
    """A topic prices cannot show.

    Earnings, policy, flows and positioning are not in the bars.
    """
    return words_found(
        view, "topic", "is a topic the snapshot cannot show", "leave it out, or bring it as a sourced note", _rating
    )
