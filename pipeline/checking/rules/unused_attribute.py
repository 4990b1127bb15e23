"""A measure, period or timeframe named beside a figure that has nothing to do with it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.evidence import PageView
from pipeline.checking.rules.rule import Problem, page_rule


@page_rule(
    "BIND07",
    "unproved",
    flags=("The Nasdaq's RSI(14) stands at 42.38 «for the quarter».",),
    passes=("The Nasdaq's RSI(14) stands at 42.38 on daily bars.",),
)
def unused_attribute(view: PageView) -> Iterator[Problem]:
    """A measure, period or timeframe named beside a figure that has nothing to do with it.

    A name that no claim uses changes what a reader takes the figure for.
    """
    for reading in view.page.readings:
        if reading.anchors and all(a.chosen is None or a.chosen.absorbed for a in reading.anchors):
            continue
        for mention in reading.unused:
            if mention.kind in ("period", "timeframe"):
                yield Problem(
                    f"`{reading.clause.printed(mention)}` belongs to no proved claim of its clause",
                    "give it its figure, or leave it out",
                    reading.clause.place(mention),
                )
