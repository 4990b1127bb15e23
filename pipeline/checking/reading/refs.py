"""References a mention may stand for: its measures over the instruments, timeframes and periods that stand near."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.checking.claims import Ref, Statement
from pipeline.checking.mentions import Mention
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import Candidate
from pipeline.facts.catalogue import Measure
from pipeline.facts.units import Kind

_LATER_NAME = 0.05
"""Cost of each further measure of one name, so that the first declared is meant."""


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
            cost, uses = _LATER_NAME * order + time_cost, uses_of(place, time_use)
            if name.startswith("pivot_"):
                uses |= frozenset(scene.pivot_marks)
            if measure.scope == "pair":
                pair = scene.pair(at)
                if pair:
                    yield Ref(name, pair[0], timeframe), cost, uses | pair[2], measure
                continue
            for symbols, extra, use in scene.instruments(at, place):
                yield Ref(name, symbols[0], timeframe), cost + extra, uses | uses_of(use), measure


def for_owners(
    scene: Scene, at: Mention, say: Callable[[str], Statement], cost: float, uses: frozenset[int], note: str
) -> list[Candidate]:
    """A candidate for each instrument a claim at a mention may be of. say: the statement about an instrument."""
    return [
        Candidate(cost + extra, (say(symbols[0]),), uses | uses_of(use), note)
        for symbols, extra, use in scene.instruments(at)
    ]


def of_period(scene: Scene, at: Mention, kind: Kind) -> Iterator[tuple[Measure, float, int | None]]:
    """Measures of a kind over the periods a claim at a mention may cover: measure, cost, the mention that says so."""
    for period, cost, use in scene.periods(at):
        for measure in scene.measures.values():
            if measure.kind is kind and measure.period == period:
                yield measure, cost, use


def changes(scene: Scene, at: Mention, kind: Kind) -> Iterator[tuple[str, tuple[str, ...], float, frozenset[int]]]:
    """Changes a claim at a mention may be of, over periods and instruments: measure, symbols, cost, mentions used."""
    for measure, cost, use in of_period(scene, at, kind):
        if measure.scope == "instrument":
            for symbols, extra, who in scene.instruments(at):
                yield measure.name, symbols, cost + extra, uses_of(use, who)
