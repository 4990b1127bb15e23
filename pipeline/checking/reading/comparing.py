"""Words that compare the moves of two instruments, and windows that are the period of the change named after them."""

from __future__ import annotations

from dataclasses import replace

from pipeline.checking.mentions import Mention
from pipeline.checking.reading.stage import Stage
from pipeline.checking.tokens import words

OWN = words("the its their 's a own")
"""Words of owning that may stand before a name."""
SPANS = {("5", "sessions"): "5d", ("20", "sessions"): "20d", ("12", "months"): "12m", ("52", "weeks"): "12m"}
"""Periods named by their length at the head of a terse clause."""
_CHANGES = words("gain loss decline drop fall rise advance climb change move return slide retreat increase decrease")
"""Nouns of change, which a window before them is the period of."""
_COMPARING = {"more": 1, "less": -1}
_LEFT_ALONE = words("at with on over , . ;") | {""}
"""What may follow a comparing word that stands alone."""


class Comparing(Stage):
    """A stage that knows what its words compare."""

    def compares(self, mention: Mention) -> bool:
        """Whether "more than" or "less than" sets one instrument's move against another's ("fell less than the
        S&P", "fell 1.25%, more than the 0.5% of the S&P")."""
        following = next((m for m in self.clause.mentions if m.first >= mention.last), None)
        moved = any(m.last <= mention.first and m.kind == "direction" for m in self.clause.mentions)
        if any(m.last == mention.first and m.figure is not None for m in self.clause.mentions):
            return False  # "1.04 percentage points more than IWM" is a difference
        return (
            self.norms(mention.last - 1, mention.last) == ["than"]
            and moved
            and following is not None
            and following.kind in ("instrument", "pronoun", "figure")
            and set(self.norms(mention.last, following.first)) <= OWN
        )

    def of_a_change(self, mention: Mention) -> str | None:
        """ "Its 20-session loss": a window that is the period of the change named right after it."""
        said = self.norms(mention.first, mention.last)
        if mention.kind != "measure" or not mention.weak or self.word_after(mention) not in _CHANGES:
            return None
        return SPANS.get((said[0].partition("-")[0], "sessions"))

    def outdone(self, mention: Mention) -> Mention | None:
        """ "The Russell 2000 lost more, at 2.14%": a word that compares a move with the other instrument's."""
        sign = _COMPARING.get(self.norms(mention.first, mention.last)[0] if mention.kind == "neutral" else "")
        moved = self.ms[-1] if self.ms[self.headers :] else None
        if sign is None or moved is None or moved.kind != "direction" or moved.last != mention.first or not moved.sign:
            return None
        ends = self.word_after(mention)
        return replace(mention, kind="size", sign=sign) if ends in _LEFT_ALONE else None
