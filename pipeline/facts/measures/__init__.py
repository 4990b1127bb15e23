"""The catalogue's families, one file each; a family not listed here does not exist.

Reading the declarations imports neither numpy, pandas nor ta.
"""

from __future__ import annotations

from pipeline.facts.catalogue import Measure
from pipeline.facts.measures import (
    averages,
    changes,
    momentum,
    price,
    ranges,
    records,
    relative,
    streaks,
    trend,
    volatility,
    volume,
)

FAMILIES: tuple[tuple[Measure, ...], ...] = (
    price.MEASURES,
    changes.MEASURES,
    ranges.MEASURES,
    records.MEASURES,
    streaks.MEASURES,
    averages.MEASURES,
    momentum.MEASURES,
    trend.MEASURES,
    volatility.MEASURES,
    volume.MEASURES,
    relative.MEASURES,
)
