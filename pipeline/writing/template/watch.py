"""What to watch: levels on both sides of the close with their distances, and nothing that has yet to happen."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pipeline.writing.template.desk import Builder, Desk, Missing


@dataclass(frozen=True, slots=True)
class Level:
    """A level with its name in prose."""

    measure: str
    name: str


LEVELS = (
    Level("record_close", "record close"), Level("record_high", "record intraday high"),
    Level("high_52w", "52-week high"), Level("low_52w", "52-week low"), Level("high_3m", "three-month high"),
    Level("low_3m", "three-month low"), Level("high_20d", "20-day high"), Level("low_20d", "20-day low"),
    Level("sma_10", "10-day average"), Level("sma_20", "20-day average"), Level("sma_50", "50-day average"),
    Level("sma_100", "100-day average"), Level("sma_200", "200-day average"),
    Level("ema_50", "50-day exponential average"), Level("ema_200", "200-day exponential average"),
)  # fmt: skip
CHOICE = 5
"""Levels on a side, nearest first, of which two are told."""


def on_side(desk: Desk, where: str) -> list[Level]:
    """Levels the close is above or below, one for each price, nearest first."""
    sign = 1 if where == "above" else -1
    found: dict[Decimal, Level] = {}
    for level in LEVELS:
        distance = f"distance_{level.measure}"
        if level.measure.startswith("record") and not desk.long_history:
            continue
        if desk.has(level.measure, distance) and sign * desk.shown(distance) > 0:
            found.setdefault(desk.shown(level.measure), level)
    return sorted(found.values(), key=lambda level: abs(desk.number(f"distance_{level.measure}")))[:CHOICE]


def levels(where: str) -> Builder:
    """Two levels the close is above or below."""

    def builder(desk: Desk) -> list[str]:
        near = on_side(desk, where)
        if not near:
            raise Missing("levels")
        side = "upside" if where == "below" else "downside"
        if len(near) == 1:
            return [f"On the {side}, the close is {_placed(desk, near[0], where)}."]
        texts = []
        for place, one in enumerate(near):
            for two in near[place + 1 :]:
                both = f"{_placed(desk, one, where)} and {_placed(desk, two, where)}"
                texts += [
                    f"On the {side}, {{its}} close is {both}.",
                    f"The close is {both}, two levels to watch on the {side}.",
                    f"Levels to watch on the {side}: the close is {both}.",
                    f"{{it}} ended {desk.weekday} {both}, which are levels to watch on the {side}.",
                ]
        return texts

    builder.__name__ = f"levels_{where}"
    return builder


def _placed(desk: Desk, level: Level, where: str) -> str:
    return f"{desk.slot(f'distance_{level.measure}')} {where} the {level.name} of {desk.slot(level.measure)}"


WATCH: tuple[Builder, ...] = (levels("below"), levels("above"))
