"""Names of levels that are told in parts: pivots whose period, round numbers whose side stands apart from the name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from pipeline.checking.clauses import Clause, Discourse
from pipeline.checking.lexicon import ABOVE, BELOW, PIVOT
from pipeline.checking.mentions import Mention
from pipeline.checking.reading.stage import Stage
from pipeline.checking.tokens import words
from pipeline.facts.catalogue import Measure

_RANK = {"first": 1, "second": 2, "third": 3}
_PIVOT_PERIODS = {"1d": "day", "daily": "day", "1w": "week", "weekly": "week", "mtd": "month", "monthly": "month"}
COMPLETED = "rsi_14_completed"
_COMPLETED = (["last", "completed"], ["latest", "completed"], ["last", "full"], ["last", "finished"],
              ["previous", "completed"])  # fmt: skip
_WEEK = (["week"], ["weekly"])
_LINKED = words("for at on of in as the end ,")
_AGAINST = words("against versus from with than after")
_TO_SIDE = words("of is at was the next one just nearest first")
"""Words between a round number and its side ("the round number of 22,000 the next one above the close")."""
_COMPLETING = words("the 's of on either both side sides around about")
_OWNING_KINDS = ("instrument", "pronoun")
"""What may stand between a round number and the close that completes its name."""


class NamedLevels(Stage):
    """A stage that knows which pivot and which round number is meant."""

    def __init__(
        self, clause: Clause, state: Discourse, measures: Mapping[str, Measure], symbols: tuple[str, ...]
    ) -> None:
        super().__init__(clause, state, measures, symbols)
        self.spent: set[int] = set()
        """First tokens of mentions that went into the name before them."""

    def round_number(self, mention: Mention) -> Mention:
        """The round number on the side that the words around its name say; without one they say nothing."""
        sided = next((m for m in self.ms if m.kind == "relation" and m.sign and 0 <= mention.first - m.last <= 1), None)
        if sided is not None:  # "below the round number of 2,700"
            return replace(mention, values=(BELOW if sided.sign > 0 else ABOVE,), note="")
        for other in self.clause.mentions:
            if other.first < mention.last or other.kind == "figure":
                continue
            side = other.sign or {"over": 1, "under": -1}.get(self.norms(other.first, other.last)[-1], 0)
            figures = (m for m in self.clause.mentions if m.kind == "figure" and mention.last <= m.first < other.first)
            taken = {place for m in figures for place in range(m.first, m.last)}
            gap = {self.clause.tokens[place].norm for place in range(mention.last, other.first) if place not in taken}
            if other.kind not in ("relation", "hedge") or not side or not gap <= _TO_SIDE:
                break
            self.spent.add(other.first)
            return replace(mention, values=(ABOVE if side > 0 else BELOW,), note="")
        return replace(mention, kind="neutral", values=())

    def completed_week(self) -> list[Mention]:
        """ "The last completed week", where the RSI is spoken of: its value then."""
        named = any("rsi_14" in m.values for m in self.clause.mentions if m.kind == "measure")
        if COMPLETED not in self.measures or not (named or self.state.claimed.startswith("rsi_14")):
            return []
        return [
            Mention("measure", place, place + 3, (COMPLETED,))
            for place in range(self.clause.first, self.clause.last - 2)
            if self.norms(place, place + 2) in _COMPLETED and self.norms(place + 2, place + 3) in _WEEK
        ]

    def joined(self, mentions: list[Mention]) -> list[Mention]:
        """Mentions with the RSI and the completed week it is told of as one name ("RSI was 67.88 for the last
        completed week")."""
        for week in [m for m in mentions if m.kind == "measure" and m.values == (COMPLETED,)]:
            near = [m for m in mentions if m.kind == "measure" and m.values == ("rsi_14",) and self._told_of(m, week)]
            if near:
                rsi = min(near, key=lambda m: abs(m.first - week.first))
                mentions = [replace(m, values=(COMPLETED,)) if m is rsi else m for m in mentions if m is not week]
        return mentions

    def _told_of(self, rsi: Mention, week: Mention) -> bool:
        """Whether an RSI is that of the completed week: with no figure between, or its only one linked to the week."""
        figures = [m for m in self.between(rsi, week, "figure") if m.figure is not None and m.figure.unit == ""]
        if not figures:
            return True
        linked = set(self.norms(figures[-1].last, week.first)) <= _LINKED
        return len(figures) == 1 and rsi.last <= week.first and linked and not self._set_against(figures[0])

    def _set_against(self, figure: Mention) -> bool:
        """Whether a figure is compared with the one before it."""
        return bool(_AGAINST & set(self.norms(figure.first - 2, figure.first)))

    def dates_a_level(self, close: Mention) -> bool:
        """Whether "at the close" only says when ("at the close it stood at 558.78")."""
        leads = self.word_before(close) == "the" and self.word_before(close, 2) in ("at", "by")
        after = self.word_after(close)
        mark = after in ("", ",", ".", "and", "of") or any(m.first == close.last for m in self.clause.mentions)
        valued = any(m.kind == "figure" and 0 <= m.first - close.last <= 1 for m in self.clause.mentions)
        return close.values == ("close",) and leads and mark and not valued

    def completes(self, close: Mention) -> bool:
        """Whether a close only completes the name of a round number ("the round number above Bitcoin's close")."""
        named = next((m for m in reversed(self.ms) if m.kind == "measure"), None)
        if close.values != ("close",) or named is None or not named.values[0].startswith("round_number_"):
            return False
        inside = [m for m in self.clause.mentions if named.last <= m.first and m.last <= close.first]
        owners = {place for m in inside if m.kind in _OWNING_KINDS for place in range(m.first, m.last)}
        gap = range(named.last, close.first)
        said = {self.clause.tokens[place].norm for place in gap if place not in owners and place not in self.spent}
        return said <= _COMPLETING

    def pivots(self, mention: Mention) -> tuple[str, ...]:
        """Which pivot is meant where its period is not in the name ("R1", "first support" after "the pivot")."""
        rank = _RANK.get(self.norms(mention.first, mention.first + 1)[0], 0) if mention.first >= 0 else 0
        swing = next((n for n in mention.values if n.startswith(("swing_support_", "swing_resistance_"))), "")
        if mention.note != PIVOT and not (swing and rank and self.pivots_spoken_of):
            its = self.state.measure == "next_session" and self.word_before(mention) == "its"
            if not its and (self.ahead is None or self.between(mention, self.ahead, "figure")):
                return mention.values
            return tuple(name.replace("pivot_day_", "pivot_next_session_") for name in mention.values)
        point = mention.values[0].rpartition("_")[2] if not swing else f"{'s' if 'support' in swing else 'r'}{rank}"
        bases = [f"pivot_{base}_{point}" for base in self.pivot_bases]
        return tuple(name for name in bases if name in self.measures) or mention.values

    @cached_property
    def pivots_spoken_of(self) -> bool:
        """Whether pivots are named in the clause or were the last claim's."""
        named = any(m.kind == "measure" and m.values[0].startswith("pivot_") for m in self.ms)
        return named or self.state.measure.startswith("pivot_")

    @cached_property
    def pivot_marks(self) -> dict[int, str]:
        """Mentions that say of which period a pivot is: index and period."""
        return {
            i: "next_session" if base == "day" and self.ahead is not None else base
            for i, m in self.each("period", "timeframe")
            if (base := _PIVOT_PERIODS.get(m.values[0] if m.values else ""))
        }  # fmt: skip

    @cached_property
    def ahead(self) -> Mention | None:
        """What names the session after the article's: "the next session", or a date that is not the article's."""
        return next(
            (m for _, m in self.each("measure", "date") if "next_session" in m.values or self.other_day(m)), None
        )

    def other_day(self, said: Mention) -> bool:
        """Whether a date is known not to be the article's."""
        today = self.state.today
        return said.day is not None and today is not None and not said.day.fits(today, today)

    @cached_property
    def pivot_bases(self) -> tuple[str, ...]:
        """The periods a pivot may be of, the likeliest first: said beside it, the last claim's, the next session's."""
        if self.pivot_marks:
            return tuple(dict.fromkeys(self.pivot_marks.values()))
        named = [
            m.values[0] for m in self.ms if m.kind == "measure" and m.values[0].startswith("pivot_") and m.note != PIVOT
        ]
        spoken = named[-1] if named else self.state.measure
        if spoken == "next_session":
            return (spoken,)
        if spoken.startswith("pivot_") and not self.any("date"):
            return (spoken.removeprefix("pivot_").rpartition("_")[0],)
        return ("next_session", "day") if not self.any("date") else ("next_session",)
