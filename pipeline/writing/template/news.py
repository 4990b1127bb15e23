"""Newsworthiness: what happened in the session, most remarkable first.

Record, streak or its record, crossing, big move for this instrument, level touched, routine: the first decides the
headline and the lede, and moves its topic to the front.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pipeline.facts.units import number_words
from pipeline.writing.template.desk import Desk
from pipeline.writing.template.verbs import an, move

Kind = Literal[
    "record_close", "year_high", "year_low", "streak", "relative_streak", "cross_50_200", "cross_200", "cross_50",
    "big_move", "rsi_zone", "touched_high", "touched_low", "cross_20", "macd_cross", "routine",
]  # fmt: skip
Topic = Literal["relative", "trend", "momentum", "levels", "none"]

BIG = Decimal("1.5")
"""A move of this many average true ranges is news by itself."""
LONG_AGO = 120
"""Days after which "the longest since" is worth saying."""


@dataclass(frozen=True, slots=True)
class News:
    """A piece of news with its weight and the topic it belongs to."""

    kind: Kind
    weight: int
    topic: Topic


@dataclass(frozen=True, slots=True)
class Run:
    """A run of sessions one way: its measure, its length, and whether it is of gains (or of sessions ahead)."""

    measure: str
    length: int
    up: bool

    @property
    def article(self) -> str:
        """The article before the length as an ordinal: "an" for an eighth."""
        return an(number_words(self.length))

    @property
    def noun(self) -> str:
        """One session of a run of gains or losses."""
        return "gain" if self.up else "loss"

    @property
    def nouns(self) -> str:
        """Several of them."""
        return "gains" if self.up else "losses"


def streak(desk: Desk, *, least: int = 3) -> Run | None:
    """The instrument's current run of gains or losses, if it is long enough."""
    return _run(desk, "up_streak_sessions", "down_streak_sessions", least)


def relative_streak(desk: Desk, *, least: int = 3) -> Run | None:
    """The current run of sessions ahead of or behind the benchmark, if it is long enough."""
    return _run(desk, "outperformance_streak_sessions", "underperformance_streak_sessions", least)


def _run(desk: Desk, up: str, down: str, least: int) -> Run | None:
    for measure in (up, down):
        if desk.has(measure) and desk.number(measure) >= least:
            return Run(measure, int(desk.number(measure)), measure == up)
    return None


def is_longest(desk: Desk, run: Run) -> bool:
    """Whether a run is the longest in a long history and no earlier one is as long."""
    longest = f"longest_{run.measure}"
    return (
        desk.long_history
        and desk.has(longest)
        and not desk.has(f"{run.measure}_longest_since")
        and desk.number(longest) == run.length
    )


def is_tied(desk: Desk, run: Run) -> bool:
    """Whether a run is as long as the longest in a long history, and an earlier one is as well."""
    longest = f"longest_{run.measure}"
    return (
        desk.long_history and desk.has(longest, f"{run.measure}_longest_since") and desk.number(longest) == run.length
    )


def rank_of(desk: Desk, run: Run, start: str) -> str:
    """What a run's length amounts to, empty if nothing; `start` is the measure of the data's start."""
    since = f"{run.measure}_longest_since"
    if is_longest(desk, run):
        return f"the longest such run in data that begin {desk.slot(start)}"
    if is_tied(desk, run):
        return f"matching the longest such run in data that begin {desk.slot(start)}"
    return f"the longest such run since {desk.slot(since)}" if long_unseen(desk, since) else ""


def long_unseen(desk: Desk, measure: str, days: int = LONG_AGO) -> bool:
    """Whether a "since" date exists and lies far enough back to be news."""
    return desk.has(measure) and desk.days_ago(measure) >= days


def ranked(desk: Desk) -> tuple[News, ...]:
    """All news of the session, heaviest first; "routine" is always the last."""
    found: list[News] = []

    def add(kind: Kind, weight: int, topic: Topic, when: bool) -> None:
        if when:
            found.append(News(kind, weight, topic))

    history = desk.long_history
    size = move(desk).size if desk.has("change_1d") else None
    record = history and desk.flag("is_record_close")
    add("record_close", 100, "levels", record)
    add("year_high", 92, "levels", history and not record and _closed_at(desk, "high_52w_close"))
    add("year_low", 92, "levels", history and _closed_at(desk, "low_52w_close"))
    if run := streak(desk):
        add("streak", 96 if is_longest(desk, run) else _run_weight(run), "none", True)
    if run := relative_streak(desk, least=4):
        add("relative_streak", 95 if is_longest(desk, run) else _run_weight(run) - 6, "relative", True)
    add("cross_50_200", 88, "trend", desk.is_today("sma_50_200_cross"))
    add("cross_200", 84, "trend", desk.is_today("close_cross_sma_200"))
    add("cross_50", 76, "trend", desk.is_today("close_cross_sma_50"))
    add("big_move", min(60 + int(10 * (size or 0)), 90), "none", size is not None and size >= BIG)
    add("rsi_zone", 70, "momentum", _entered_zone(desk))
    add("touched_high", 64, "levels", history and not record and _touched(desk, "high_52w"))
    add("touched_low", 64, "levels", history and _touched(desk, "low_52w"))
    add("cross_20", 50, "trend", desk.is_today("close_cross_sma_20"))
    add("macd_cross", 44, "momentum", desk.is_today("macd_cross_signal"))
    add("routine", 0, "none", True)
    return tuple(sorted(found, key=lambda news: -news.weight))


def _run_weight(run: Run) -> int:
    """Runs of five are news; shorter ones are if nothing else is."""
    return min(72 + 2 * run.length, 94) if run.length >= 5 else 34 + 2 * run.length


def _closed_at(desk: Desk, measure: str) -> bool:
    return desk.has(measure) and desk.number(measure) == desk.number("close")


def _touched(desk: Desk, measure: str) -> bool:
    return desk.has(measure) and desk.as_of in desk.fact(measure).dates and not _closed_at(desk, f"{measure}_close")


def _entered_zone(desk: Desk) -> bool:
    if not desk.has("rsi_14_zone", "rsi_14_bars_in_zone"):
        return False
    return desk.label("rsi_14_zone") != "neutral" and desk.number("rsi_14_bars_in_zone") == 1
