"""A name that is not in the snapshot or the catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.evidence import PageView, owners
from pipeline.checking.rules.rule import Problem, page_rule, words_found


@page_rule(
    "NAME01",
    "unproved",
    flags=("«Apple» rose.", "«Fibonacci» levels are near."),
    passes=("The Nasdaq rose 0.77% on the day.",),
)
def unknown_name(view: PageView) -> Iterator[Problem]:
    """A name that is not in the snapshot or the catalogue.

    Other indexes, funds, indicators, firms and people have no facts here.
    """
    return words_found(
        view,
        "outsider",
        "is not in the snapshot or the catalogue",
        f"write of {owners(view)} and the catalogue's measures only",
    )
