"""Which way: the words that give a figure its direction, size and side."""

from __future__ import annotations

from functools import cached_property

from pipeline.checking.mentions import Mention
from pipeline.checking.reading.stage import Stage
from pipeline.checking.tokens import words

AIMED = words("it that this them there")
"""Words that stand for a level named before."""
_AMOUNTED = words("came comes amounted amounts amounting ran runs added worked totaled totalled")
_STANDING = words(
    "is was are were stands stood stand sits sat lies lay remains remained holds held stays stayed keeps kept"
)
_BANDS = ("small", "large", "flat")
_BREAKS = frozenset({",", ";", "and", "or"})


def band_of(mention: Mention) -> str:
    """The magnitude a word of movement claims, if any."""
    return next((word for word in _BANDS if word in mention.note.split()), "")


class Signs(Stage):
    """A stage that knows directions."""

    @cached_property
    def sign_sources(self) -> dict[int, int]:
        """For each figure, the mention that carries its direction (index of figure to index of mention)."""
        sources: dict[int, int] = {}
        signs = self.own("direction", "versus")
        for index, mention in self.own("figure"):
            right = [(i, m) for i, m in signs if self._follows(mention, m)]
            left = [(i, m) for i, m in signs if m.last <= mention.first]
            nearest = left[-1] if left else None
            noun = right and ("noun" in right[0][1].note or right[0][1].note.startswith("*"))
            if right and (noun or nearest is None or mention.first - nearest[1].last > 3):
                sources[index] = right[0][0]
            elif nearest is not None:
                sources[index] = nearest[0]
        return sources

    def _follows(self, figure: Mention, word: Mention) -> bool:
        """Whether a word of direction comes right after a figure, in its phrase."""
        if not 0 <= word.first - figure.last <= 3 or self.between(figure, word, "figure", "measure"):
            return False
        return not (_BREAKS | {"to"}) & set(self.norms(figure.last, word.first))

    def sign_of(self, index: int) -> tuple[int | None, str, int | None]:
        """Sign the words give a figure (0: either), the magnitude band, and the mention that says so."""
        figure = self.ms[index].figure
        said = figure.sign if figure else 0
        source = self.sign_sources.get(index)
        if source is not None:
            mention = self.ms[source]
            if mention.sign:
                return self.turned(mention).sign, band_of(mention), source
            return 0 if mention.note.startswith("*") else said, band_of(mention), source
        if not said and self.state.sign and not self.headers and not self.any("direction", "versus", "relation"):
            return self.state.sign, "", None
        return said or None, "", None

    def relation_for(self, figure: Mention) -> tuple[int, Mention] | None:
        """The relation word that goes with a distance: right after the figure, else the nearest before it."""
        stops = _BREAKS | {"but", "while"}
        after = [
            (i, m) for i, m in self.each("relation")
            if 0 <= m.first - figure.last <= 2 and not stops & set(self.norms(figure.last, m.first))
            if self._counts(figure) or not self.parted(figure, m)
        ]  # fmt: skip
        if after:
            return after[0][0], self.turned(after[0][1])
        if self.word_before(figure) == "by" or (self.word_before(figure, 2) == "by" and self.figure_hedged(figure)):
            led = [(i, m) for i, m in self.each("relation") if m.last <= figure.first and m.sign]
            if led and not self.between(led[-1][1], figure, "direction", "versus"):
                return led[-1][0], self.turned(led[-1][1])
        before = [(i, m) for i, m in self.each("relation") if 0 <= figure.first - m.last <= 3]
        return (before[-1][0], self.turned(before[-1][1])) if before else None

    def parted(self, figure: Mention, relation: Mention) -> bool:
        """Whether a verb stands between a figure and a side word, so that it is no distance: what stands there is the
        figure's owner ("the average of 2,571.86 was below the close") or so many things ("11 stood above it")."""
        return bool(_STANDING & set(self.norms(figure.last, relation.first + 1)))

    def equals(self, figure: Mention) -> frozenset[int]:
        """The mention that says a figure is what something is equal to."""
        said = ((i, m) for i, m in self.own("relation") if not m.sign and not m.note and m.last == figure.first)
        return frozenset(i for i, m in said if "equal" in self.norms(m.first, m.last)[0])

    def _counts(self, figure: Mention) -> bool:
        return figure.figure is not None and figure.figure.whole and not figure.figure.unit

    def amounts(self, figure: Mention) -> bool:
        """Whether a figure is how much something came to ("the loss came to 141.37 points")."""
        before = self.norms(figure.first - 4, figure.first)
        return "to" in before and bool(_AMOUNTED & set(before))

    def figure_hedged(self, figure: Mention) -> bool:
        """Whether a hedge went into a figure, whose word stands before it."""
        return figure.figure is not None and bool(figure.figure.hedge)

    def aimed(self, relation: Mention) -> bool:
        """Whether a side word points at what was named before ("above it", "below its own", "under that mark")."""
        said = self.norms(relation.last, relation.last + 3)
        if any(m.kind == "measure" and 0 <= m.first - relation.last <= 4 for m in self.ms):
            return False
        return bool(said) and (said[0] in AIMED or said[:2] in (["its", "own"], ["their", "own"]))
