"""What leads: the sections of a fact sheet and how newsworthy each one is at a session.

Highest first: a record, a long streak, a big move for this instrument, a fresh crossing, a zone, routine.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from pipeline.facts.catalogue import Measure
from pipeline.facts.snapshot import Snapshot

LONG_STREAK = 5  # sessions or weeks
FRESH = 5  # sessions since a crossing
BIG = Decimal("1.5")  # times the average true range


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the sheet. heading: may name {instrument}, {benchmark} and {proxy}. prefixes: how the names of its
    measures begin. score: 0 to 10 at a session."""

    name: str
    heading: str
    prefixes: tuple[str, ...]
    score: Callable[[Snapshot], int]


def section_of(measure: Measure) -> Section:
    """The section a measure stands in; the last one takes what no other does."""
    if measure.scope == "pair":
        return PAIR
    if measure.needs_volume:
        return VOLUME
    return next((one for one in SECTIONS if measure.name.startswith(one.prefixes)), SECTIONS[-1])


def ranked(snapshot: Snapshot) -> list[Section]:
    """The sections, most newsworthy first; equals keep their order."""
    return sorted(SECTIONS, key=lambda section: -section.score(snapshot))


def _number(snapshot: Snapshot, measure: str, instrument: str | None = None) -> Decimal:
    """A number of the instrument, 0 where there is none."""
    fact = snapshot.get(f"{instrument or snapshot.primary.symbol}.{measure}")
    return fact.value if fact is not None and isinstance(fact.value, Decimal) else Decimal(0)


def _records(snapshot: Snapshot) -> int:
    record = snapshot.get(f"{snapshot.primary.symbol}.is_record_close")
    return 10 if record is not None and record.value is True else 4


def _streaks(snapshot: Snapshot) -> int:
    longest = max(_number(snapshot, f"{way}_streak_{unit}") for way in ("up", "down") for unit in ("sessions", "weeks"))
    return 9 if longest >= LONG_STREAK else 2


def _pair(snapshot: Snapshot) -> int:
    ways = ("outperformance", "underperformance")
    longest = max(_number(snapshot, f"{way}_streak_sessions", snapshot.pair) for way in ways)
    return 8 if longest >= LONG_STREAK else 5


def _moves(snapshot: Snapshot) -> int:
    usual = _number(snapshot, "atr_pct_14")
    return 9 if usual and abs(_number(snapshot, "change_1d")) >= BIG * usual else 6


def _averages(snapshot: Snapshot) -> int:
    symbol = snapshot.primary.symbol
    fresh = (
        fact.value for fact in snapshot.facts
        if fact.instrument == symbol and fact.measure.startswith(("close_cross_", "sma_50_200"))
        and fact.measure.endswith("_bars_since") and isinstance(fact.value, Decimal)
    )  # fmt: skip
    return 7 if any(bars < FRESH for bars in fresh) else 5


def _momentum(snapshot: Snapshot) -> int:
    zone = snapshot.get(f"{snapshot.primary.symbol}.rsi_14_zone")
    return 6 if zone is not None and zone.value != "neutral" else 4


PAIR = Section("pair", "{instrument} against {benchmark}", (), _pair)
VOLUME = Section("volume", "Volume{proxy}", (), lambda _: 3)
SECTIONS: tuple[Section, ...] = (
    Section("moves", "Close and changes", ("close", "previous_close", "change_", "points_"), _moves),
    Section(
        "records", "Records and ranges", ("record", "is_record", "drawdown", "high_", "low_", "data_start"), _records
    ),
    PAIR,
    Section("streaks", "Streaks", ("up_streak", "down_streak", "longest_"), _streaks),
    Section("averages", "Trend", ("sma_", "ema_", "ma_", "stack_", "adx", "plus_di", "minus_di", "hma", "vwma",
                                  "ichimoku"), _averages),
    Section("momentum", "Momentum", ("rsi_", "macd", "stoch", "williams", "cci", "roc", "momentum", "ultimate",
                                     "awesome", "bull_power", "bear_power"), _momentum),
    Section("ratings", "TradingView's technical ratings", ("rating", "stance"), lambda _: 2),
    VOLUME,
    Section("volatility", "Volatility", ("atr", "bollinger", "realized"), lambda _: 2),
    Section("levels", "Support, resistance and pivots", ("swing_", "round_number_", "pivot_"), lambda _: 3),
    Section("rest", "The session and the calendar", (), lambda _: 1),
)  # fmt: skip
