"""Sessions and weeks in a row: rising, falling, and for a pair ahead of or behind the benchmark.

Streaks are strict: an unchanged close ends one. A pair's are those of its ratio, which rises exactly when the
instrument's return beats the benchmark's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.facts.catalogue import Measure, Scope, Timeframe, measure
from pipeline.facts.series import runs
from pipeline.facts.units import Kind, Unit
from pipeline.facts.view import Found, Missing, View
from pipeline.facts.words import combine

Span = Literal["sessions", "weeks", "weeks_completed"]
RELATIVE = "in which the instrument's return strictly {} the benchmark's, on common sessions"
SPANS: tuple[Span, ...] = ("sessions", "weeks", "weeks_completed")


@dataclass(frozen=True, slots=True)
class Direction:
    """One direction of streak, what earns it ({} stands for "weekly "), and its names in prose without the unit."""

    name: str
    sign: int
    scope: Scope
    test: str
    phrases: tuple[str, ...]


DIRECTIONS = (
    Direction("up", 1, "instrument", "with a {}close above the one before",
              ("winning streak", "winning run", "streak of gains", "run of gains", "string of gains",
               *combine(("straight", "consecutive", "successive"),
                        ("gains", "gain", "advances", "advance", "higher closes", "higher close", "rises", "rise")),
               "gains in a row", "advances in a row", "higher closes in a row", "up streak", "rising streak",
               "streak of higher closes", "run of higher closes", "streak of advances")),
    Direction("down", -1, "instrument", "with a {}close below the one before",
              ("losing streak", "losing run", "streak of losses", "run of losses", "string of losses",
               *combine(("straight", "consecutive", "successive"),
                        ("losses", "loss", "declines", "decline", "lower closes", "lower close", "falls", "fall")),
               "losses in a row", "declines in a row", "lower closes in a row", "down streak", "falling streak",
               "streak of lower closes", "run of lower closes", "streak of declines")),
    Direction("outperformance", 1, "pair", RELATIVE.format("beat"),
              ("outperformance streak", "streak of outperformance", "run of outperformance",
               "stretch of outperformance", "straight outperformance", "consecutive outperformance",
               "outperforming streak", "outperformance run",
               "outperformance")),
    Direction("underperformance", -1, "pair", RELATIVE.format("trailed"),
              ("underperformance streak", "streak of underperformance", "run of underperformance",
               "stretch of underperformance", "straight underperformance", "consecutive underperformance",
               "underperforming streak", "underperformance run", "underperformance")),
)  # fmt: skip


def spanned(view: View, span: Span) -> View:
    """The bars a streak counts. A weekly view keeps the week in progress unless completed weeks are asked for."""
    return view.completed() if span == "weeks_completed" else view


def declare(direction: Direction, span: Span) -> tuple[Measure, Measure, Measure]:
    """The current streak, the longest in the data, and since when there was none as long."""
    sign = direction.sign
    name = f"{direction.name}_streak_{span}"
    unit = Unit.SESSIONS if span == "sessions" else Unit.WEEKS
    timeframe: Timeframe = "daily" if span == "sessions" else "weekly"
    weekly = "weekly " if span != "sessions" and direction.scope == "instrument" else ""
    which = {
        "sessions": "",
        "weeks": " (the as-of's week counts, even in progress)",
        "weeks_completed": " (completed weeks only)",
    }[span]
    noun = "sessions" if span == "sessions" else "weeks"

    @measure(name, unit=unit, kind=Kind.STREAK, scope=direction.scope, timeframes=(timeframe,), bars=2, sign=sign,
             limits=(0, None), phrases=direction.phrases,
             meaning=f"Consecutive {noun} to the as-of {direction.test.format(weekly)}{which}; "
                     "dates: first and last of the run")  # fmt: skip
    def streak(view: View) -> Found:
        seen = spanned(view, span)
        found = runs(seen, sign)
        if found.current is None:
            return Found(0, bars=2)
        first, last = int(found.starts[-1]), int(found.ends[-1])
        days = (seen.day(first), seen.day(last))
        return Found(last - first + 1, len(view) - first + 1, start=days[0], end=days[1], dates=days)

    @measure(f"longest_{name}", unit=unit, kind=Kind.STREAK, scope=direction.scope, timeframes=(timeframe,), bars=2,
             sign=sign, of=name, limits=(0, None), phrases=combine(("longest",), direction.phrases),
             meaning="Longest such run since the data begin, this one included; "
                     "dates: first and last, most recent one if tied")  # fmt: skip
    def longest(view: View) -> Found:
        seen = spanned(view, span)
        found = runs(seen, sign)
        if not len(found.lengths):
            return Found(0)
        index = len(found.lengths) - 1 - int(found.lengths[::-1].argmax())
        days = (seen.day(int(found.starts[index])), seen.day(int(found.ends[index])))
        return Found(int(found.lengths[index]), start=days[0], end=days[1], dates=days)

    @measure(f"{name}_longest_since", unit=Unit.DATE, kind=Kind.DATE, scope=direction.scope, timeframes=(timeframe,),
             bars=2, sign=sign, of=name, phrases=("longest since",),
             meaning=f"End of the last earlier run at least as long, in {noun}; dates: its first and last")  # fmt: skip
    def longest_since(view: View) -> Found:
        seen = spanned(view, span)
        found = runs(seen, sign)
        if found.current is None:
            raise Missing(f"has no value while {name} is 0")
        earlier = (found.lengths[:-1] >= found.lengths[-1]).nonzero()[0]
        if not len(earlier):
            raise Missing(f"has no value: no earlier run is as long since the data begin ({seen.since(None)})")
        days = (seen.day(int(found.starts[earlier[-1]])), seen.day(int(found.ends[earlier[-1]])))
        return Found(days[1], start=days[0], end=days[1], dates=days, of=(name,))

    return streak, longest, longest_since


def declared(scope: Scope) -> tuple[Measure, ...]:
    """All streaks of a scope."""
    return tuple(item for one in DIRECTIONS if one.scope == scope for span in SPANS for item in declare(one, span))


MEASURES: tuple[Measure, ...] = declared("instrument")
