"""Who judges: the checker, and what it is compared with. A judge is made for an article; one file each.

The others see one sentence at a time, and all facts: that is the most favourable way to ask them, since what a sentence
lacks cannot be lent by another one. Their settings are those they ship with. They come with the extra `bench`; of one
that is not installed the report says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benchmarks.checker.batches import Article
from benchmarks.checker.flags import Judge
from benchmarks.checker.judges import corroborate, figured, opengate, plain
from benchmarks.checker.judges.checker import Checker

OURS = "checker"

JUDGES: Mapping[str, Callable[[Article], Judge]] = {
    OURS: Checker,
    "plain": plain.judge,
    "figured": figured.judge,
    "corroborate": corroborate.judge,
    "opengate-grounding": opengate.judge,
}
"""Each judge by name, as what makes it for an article. Raises ImportError if it is not installed."""

__all__ = ["JUDGES", "OURS", "Checker"]
