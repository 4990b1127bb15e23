"""A kind of corruption: its name, what it does, and how it finds its changes in an article."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from benchmarks.corruption.article import Article


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of the clean text (code points, half-open) and the words that replace it. An empty one inserts."""

    start: int
    end: int
    new: str

    def applied(self, text: str) -> str:
        """The text with the change made."""
        return text[: self.start] + self.new + text[self.end :]

    @property
    def new_end(self) -> int:
        """End of the replacement in the changed text."""
        return self.start + len(self.new)


Maker = Callable[[Article, Random], Iterator[Change]]


@dataclass(frozen=True, slots=True)
class Corruption:
    """A kind of one-token corruption. make: every change of the kind in an article, each of them false."""

    name: str
    what: str
    make: Maker


def corruption(make: Maker) -> Corruption:
    """Turn a function into a `Corruption`, named and explained by it."""
    return Corruption(make.__name__.replace("_", "-"), " ".join((make.__doc__ or "").split("\n\n")[0].split()), make)
