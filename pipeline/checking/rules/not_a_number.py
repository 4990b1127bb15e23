"""A missing value printed as text."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.evidence import PageView
from pipeline.checking.rules.rule import Problem, page_rule

WORDS = frozenset({"nan", "NaN", "NAN", "null", "NULL", "None", "inf", "NaT", "undefined"})


@page_rule(
    "TEXT02",
    "refuted",
    flags=("The Nasdaq closed at «nan».", "The RSI(14) stands at «N/A»."),
    passes=("The Nasdaq closed at 6,635.28.",),
)
def not_a_number(view: PageView) -> Iterator[Problem]:
    """A missing value printed as text.

    nan, N/A and None are gaps that leaked into the article.
    """
    for clause in view.clauses():
        for index in range(clause.first, clause.last):
            token = clause.tokens[index]
            joined = "".join(part.text for part in clause.tokens[index : index + 3])
            following = clause.tokens[index + 1].norm if index + 1 < clause.last else ""
            if token.text in WORDS and (token.text, following) != ("None", "of"):  # "None of the 12 averages"
                yield Problem(
                    f"`{token.text}` is a missing value", "delete the sentence", clause.span(index, index + 1)
                )
            elif joined in ("N/A", "n/a"):
                yield Problem(f"`{joined}` is a missing value", "delete the sentence", clause.span(index, index + 3))
