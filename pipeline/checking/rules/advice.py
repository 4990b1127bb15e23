"""Advice to the reader."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.evidence import PageView
from pipeline.checking.rules.rule import Problem, page_rule, words_found


@page_rule(
    "INF04",
    "forbidden",
    flags=("«Investors should» wait.",),
    passes=("This is not investment advice.",),
)
def advice(view: PageView) -> Iterator[Problem]:
    """Advice to the reader.

    The article is not investment advice and gives none.
    """
    return words_found(view, "advice", "gives advice", "leave it out")
