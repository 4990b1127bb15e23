"""References a mention may stand for: its measures over the instruments and timeframes that stand near."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.claims import Ref
from pipeline.checking.mentions import Mention
from pipeline.checking.reading.scene import Scene
from pipeline.facts.catalogue import Measure


def uses_of(*indices: int | None) -> frozenset[int]:
    """A set of mention indices without the absent ones."""
    return frozenset(index for index in indices if index is not None)


def named_refs(
    scene: Scene, at: Mention, place: int, names: tuple[str, ...]
) -> Iterator[tuple[Ref, float, frozenset[int], Measure]]:
    """References to the measures a mention may name, over instruments and timeframes."""
    for order, name in enumerate(names):
        measure = scene.measures[name]
        for timeframe, time_cost, time_use in scene.timeframes(at, measure, place):
            if measure.scope == "pair":
                pair = scene.pair(at)
                if pair:
                    yield (
                        Ref(name, pair[0], timeframe),
                        0.05 * order + time_cost,
                        uses_of(place, time_use) | pair[2],
                        measure,
                    )
                continue
            for symbols, cost, use in scene.instruments(at, place):
                for symbol in symbols[:1]:
                    yield (
                        Ref(name, symbol, timeframe),
                        0.05 * order + time_cost + cost,
                        uses_of(place, time_use, use),
                        measure,
                    )
