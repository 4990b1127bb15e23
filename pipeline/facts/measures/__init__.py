"""The catalogue's families, one file each; a family not listed here does not exist.

A file's docstring is the family's page in docs/facts.md: its title, then the conventions its measures share. Reading
the declarations imports neither numpy, pandas nor ta.
"""

from __future__ import annotations

from types import ModuleType

from pipeline.facts.measures import (
    averages,
    calendar,
    changes,
    largest,
    levels,
    momentum,
    oscillators,
    overlays,
    pivots,
    price,
    ranges,
    ratings,
    recent,
    records,
    relative,
    stance,
    streaks,
    trend,
    volatility,
    volume,
)

FAMILIES: tuple[ModuleType, ...] = (
    price,
    calendar,
    changes,
    ranges,
    records,
    streaks,
    largest,
    averages,
    momentum,
    trend,
    volatility,
    volume,
    oscillators,
    overlays,
    ratings,
    stance,
    levels,
    pivots,
    recent,
    relative,
)
