"""A word that asserts more than the facts hold."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.evidence import PageView
from pipeline.checking.rules.rule import Problem, page_rule


@page_rule(
    "READ05",
    "unproved",
    flags=("The Nasdaq's «breakout» came at 6,635.28.", "The S&P 500 «held up» this month."),
    passes=("The Nasdaq closed at 6,635.28.", "The S&P 500 held up, with a rise of 0.85% on the day."),
)
def unproved_word(view: PageView) -> Iterator[Problem]:
    """A word that asserts more than the facts hold.

    A breakout, a test of support or a fading rally is a judgement with no fact behind it here.
    """
    for clause, mention in view.mentions("unproved"):
        if "colour" in mention.values or ("figure" in mention.values and view.gives_a_figure(clause)):
            continue
        reason = f" ({mention.values[0]})" if mention.values else ""
        yield Problem(
            f"`{clause.printed(mention)}` asserts something no fact shows{reason}",
            "say what the figures show",
            clause.place(mention),
        )
