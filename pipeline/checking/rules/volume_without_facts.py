"""Talk of volume without volume facts."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.evidence import PageView
from pipeline.checking.rules.rule import Problem, page_rule, words_found


@page_rule(
    "INF08",
    "unproved",
    flags=("The Nasdaq rose 0.77% on the day on heavy «volume».",),
    passes=("The Nasdaq rose 0.77% on the day.",),
)
def volume_without_facts(view: PageView) -> Iterator[Problem]:
    """Talk of volume without volume facts.

    Index volume is not the index's own; without real volume in the snapshot there is nothing to say.
    """
    if any(fact.measure.startswith(("volume", "obv", "mfi", "cmf")) for fact in view.snapshot.facts):
        return iter(())
    return words_found(view, "volume", "speaks of volume, for which the snapshot has no facts", "leave it out")
