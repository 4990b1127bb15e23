"""When: the timeframes and periods a claim may be of, and at what grammatical cost."""

from __future__ import annotations

from functools import cached_property

from pipeline.checking.dates import ENDED
from pipeline.checking.mentions import Mention
from pipeline.checking.reading.stage import MISALIGNED, Stage
from pipeline.checking.tokens import words
from pipeline.facts.catalogue import Measure

_STATED_AFAR = 0.3
"""Cost of a timeframe said in the clause but not beside the measure."""
_ANOTHERS = 0.8
"""Cost of the period carried, or the day's, where the clause's own ones are told of other figures."""
_CARRIED_PERIOD = 0.6
_WEEKLY = words("weekly_bar_in_progress sessions_in_week")
"""Measures of the week, whose change is told beside them."""
_THE_DAY, _THE_DAY_AFTER_ANOTHER = 0.3, 1.2
"""Cost of the convention that a change without a period is the day's: with nothing carried, against a carried one."""
_OPENS_NEXT = 1.2
"""Cost of a period that stands after a figure and before the one it is told of."""
_JOINED = words(", and but while or")
_IN = words("in for of during so this")
_NO_SPAN = words("since of by until through to early late mid")


class Times(Stage):
    """A stage that knows timeframes and periods."""

    @cached_property
    def day_marks(self) -> frozenset[int]:
        """Mentions that say a price is of the session ("on the day", "in the session")."""
        return frozenset(i for i, m in self.each("period") if "1d" in m.values)

    @cached_property
    def week_marks(self) -> frozenset[int]:
        """Mentions that say a weekly value is of the week in progress ("so far this week")."""
        return frozenset(i for i, m in self.each("period") if "1w" in m.values)

    def timeframes(self, at: Mention, measure: Measure, index: int | None) -> list[tuple[str, float, int | None]]:
        """Timeframes a measure may be meant in: name, cost, index of the naming mention."""
        target = self.ms[index] if index is not None and not self.is_header(index) else at
        if target.kind == "measure" and target.note == "weekly":
            return [("weekly", 0.0, None)] if "weekly" in measure.timeframes else []
        stated: list[tuple[str, float, int | None]] = []
        for place, mention in self.each("timeframe"):
            beside = abs(mention.last - target.first) <= 1 or target.last <= mention.first <= target.last + 2
            alone = index is None and not self.any("measure", "averages")  # "the weekly one, at 39.44, is not oversold"
            near = self.is_header(place) or beside or not mention.weak or alone
            crossed = at.kind != "label" and self.between(mention, target, "figure")
            if near or (len(measure.timeframes) > 1 and not crossed):
                stated.append((mention.values[0], 0.0 if near else _STATED_AFAR, place))
        allowed = [item for item in stated if item[0] in measure.timeframes]
        if any(item[1] == 0.0 for item in stated):
            return [item for item in allowed if item[1] == 0.0]
        default = measure.timeframes[0]
        if len(measure.timeframes) == 1:
            return [(default, 0.0, None)]
        if not allowed:
            same = self.state.measure.partition("_")[0] == measure.name.partition("_")[0]
            if same and self.state.timeframe not in ("", default) and index is None:
                return [(self.state.timeframe, 0.0, None), (default, 1.2, None)]
            return [(default, 0.0, None)]
        return [*allowed, (default, 0.6, None)] if all(item[0] != default for item in allowed) else allowed

    def periods(self, at: Mention) -> list[tuple[str, float, int | None]]:
        """Periods a change at a mention may cover: name, cost, index of the naming mention."""
        places = [(i, m, m.values) for i, m in self.each("period")]
        places += [(i, m, (m.note,)) for i, m in self.each("timeframe") if m.note and self._is_adjective(m)]
        places += [(i, m, ("1d",)) for i, m in self.each("date") if self._is_day(m)]
        places += [(i, m, (span,)) for i, m in self.each("date") if (span := self.span_of_date(m))]
        places += [(i, m, ("1w",)) for i, m in self.each("measure") if _WEEKLY & set(m.values)]
        places += [(i, m, ("1w",)) for i, m in self.each("figure", "timeframe") if self._of_week(m)]
        figures = [m for _, m in self.own("figure")]
        aligned = self.respectively and len(places) == len(figures) > 1 and at.kind == "figure"
        if not aligned and (paired := self._in_step(at, [m for _, m, _ in places])):
            aligned, figures = True, paired
        found: list[tuple[str, float, int | None]] = []
        for order, (index, mention, names) in enumerate(sorted(places, key=lambda item: item[0])):
            if aligned:
                cost = 0.0 if figures.index(at) == order else MISALIGNED
            else:
                cost = 0.0 if self.is_header(index) else self._reach(mention, at)
            found += [(name, cost, index) for name in names]
        if found and any(cost < 1.0 for _, cost, _ in found):
            return found
        if found:  # every period of the clause belongs to another figure
            return [*found, (self.state.period or "1d", _ANOTHERS, None)]
        if self.state.period:
            found.append((self.state.period, _CARRIED_PERIOD, None))
        if self.state.period != "1d":
            found.append(("1d", _THE_DAY_AFTER_ANOTHER if self.state.period else _THE_DAY, None))
        return found

    def _reach(self, period: Mention, at: Mention) -> float:
        """Cost of a period that stands in the clause, by distance and the figures of the same unit between."""
        rivals = [
            m for m in self.between(period, at, "figure")
            if at.figure is None or m.figure is None or m.figure.unit == at.figure.unit
        ]  # fmt: skip
        unit = at.figure.unit if at.figure is not None else None
        figures = [m for _, m in self.own("figure") if m.figure is not None and unit in (None, m.figure.unit)]
        if figures and period.last <= figures[0].first:  # what opens the clause holds for all of it
            rivals = []
        after = period.first >= at.last
        gap = period.first - at.last if after else at.first - period.last
        if after and not rivals and self._opens_next(period, at, figures):
            return _OPENS_NEXT
        if after and gap <= 3 and not rivals:
            return 0.0
        return min(0.02 * gap, 0.4) + 1.0 * len(rivals) + (0.0 if after else 0.15)

    def _in_step(self, at: Mention, periods: list[Mention]) -> list[Mention]:
        """The figures that go with periods in order, joined after all of them ("on the day and on the week, by 0.90 and
        0.47 percentage points"); none where they do not."""
        kin = [
            m for _, m in self.own("figure")
            if m.figure is not None and at.figure is not None and m.figure.unit == at.figure.unit
        ]  # fmt: skip
        if len(periods) != 2 or len(kin) != 2 or not all(period.last <= kin[0].first for period in periods):
            return []
        return kin if self.norms(kin[0].last, kin[1].first) == ["and"] else []

    def _opens_next(self, period: Mention, at: Mention, figures: list[Mention]) -> bool:
        """Whether a period after a figure leads to the next one of its unit ("stood at 196%, and over 12 months at
        207%")."""
        joined = set(self.norms(at.last, period.first)) & _JOINED
        following = next((m for m in figures if m.first >= period.last), None)
        return bool(joined) and following is not None and "," not in self.norms(period.last, following.first)

    def _of_week(self, mention: Mention) -> bool:
        """Whether a mention says the week is spoken of ("over the three sessions of the week", "the weekly bar")."""
        if mention.kind == "timeframe":
            return "weekly" in mention.values and self.word_after(mention) == "bar"
        return self.norms(mention.last - 1, mention.last + 3) == ["sessions", "of", "the", "week"]

    def span_of_date(self, mention: Mention) -> str:
        """The period of a change told of a month or year so far ("In April it gained 13%", "ended May 6% higher",
        "2019's advance"); that it is the session's own is the date's claim."""
        day = mention.day
        if day is None or day.day is not None or day.weekday is not None or self.any("crossing", "record"):
            return ""
        leads = mention.first - self.clause.first <= 1 or self.word_before(mention) in _IN | ENDED
        if (
            not leads
            or self.word_before(mention) in _NO_SPAN
            or {"since", "end"} & set(self.norms(mention.first - 4, mention.first))
        ):
            return ""
        return "mtd" if day.month is not None and day.year is None else "ytd" if day.month is None else ""

    def _is_day(self, mention: Mention) -> bool:
        """Whether a date names the session of a change ("rose 2% on Friday", "Friday's loss")."""
        if mention.day is None or mention.day.weekday is None:
            return False
        leads = mention.first == self.clause.first
        return leads or self.word_before(mention) == "on" or self.word_after(mention) == "'s"

    def _is_adjective(self, mention: Mention) -> bool:
        """Whether "weekly" qualifies a change rather than an indicator."""
        return any(
            (m.kind in ("direction", "versus") and 0 <= m.first - mention.last <= 1)
            or (m.kind == "figure" and m.first == mention.last)
            for m in self.ms[self.headers :]
        )
