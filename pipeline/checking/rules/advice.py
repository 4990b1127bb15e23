"""Advice to the reader."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.evidence import PageView, place, said
from pipeline.checking.rules.rule import Problem, page_rule


@page_rule(
    "INF04", "forbidden",
    flags=('Investors «should buy» now.',),
    passes=('This is not investment advice.',),
)  # fmt: skip
def advice(view: PageView) -> Iterator[Problem]:
    """Advice to the reader.

    The article is not investment advice and gives none.
    """
    for clause, mention in view.mentions("advice"):
        yield Problem(f"`{said(clause, mention)}` gives advice", "leave it out", place(clause, mention))
