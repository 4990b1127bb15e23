"""References a mention may stand for: its measures over the instruments, timeframes and periods that stand near."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from pipeline.checking.claims import Ref, Sided, Statement
from pipeline.checking.mentions import Mention
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import Candidate
from pipeline.facts.catalogue import Measure
from pipeline.facts.units import Kind

OF_SESSION = ("open", "high", "low", "close")
"""Prices of the session."""
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
            if timeframe == "weekly":
                uses |= scene.week_marks
            if name.startswith("pivot_"):
                uses |= frozenset(scene.pivot_marks)
            elif name in ("high_20d", "low_20d"):
                uses |= frozenset(i for i, m in scene.each("period") if "20d" in m.values)
            elif name in OF_SESSION:
                uses |= scene.day_marks
            if measure.scope == "pair":
                pair = scene.pair(at)
                if pair:
                    yield Ref(name, pair[0], timeframe), cost, uses | pair[2], measure
                continue
            for symbols, extra, use in scene.instruments(at, place):
                yield Ref(name, symbols[0], timeframe), cost + extra, uses | uses_of(use), measure


def for_all(scene: Scene, at: Mention, candidates: list[Candidate]) -> list[Candidate]:
    """The same candidates, of each instrument where the words speak of both ("for both", "each", "neither")."""
    named = dict(scene.each("instrument"))
    everyone = scene.speaks_of_all(at)
    beside = any(-1 <= at.first - m.last <= 1 or 0 <= m.first - at.last <= 1 for _, m in scene.each("quantifier"))
    found = []
    for item in candidates:
        symbols = {symbol for i in item.uses if i in named and len(named[i].values) > 1 for symbol in named[i].values}
        if everyone and (beside or not any(i in named for i in item.uses)):
            symbols = set(scene.symbols)
        told = {symbol for statement in item.statements for symbol in owners_of(statement)}
        if symbols and len(told) == 1 and not scene.respectively:
            more = [of_another(statement, symbol) for symbol in sorted(symbols - told) for statement in item.statements]
            item = replace(item, statements=(*item.statements, *more))  # noqa: PLW2901
        found.append(item)
    return found


def owners_of(statement: Statement) -> set[str]:
    """The ids of whom a statement is of."""
    held = [getattr(statement, name, None) for name in ("ref", "left", "right", "change", "one", "other")]
    ids = {ref.instrument for ref in held if isinstance(ref, Ref)}
    return ids | ({statement.instrument} if isinstance(statement, Sided) else set())


def of_another(statement: Statement, symbol: str) -> Statement:
    """The same statement of another instrument."""
    if isinstance(statement, Sided):
        return replace(statement, instrument=symbol)
    changed: dict[str, Any] = {
        name: replace(ref, instrument=symbol)
        for name in ("ref", "left", "right", "change", "one", "other")
        if isinstance(ref := getattr(statement, name, None), Ref)
    }
    same: Statement = replace(statement, **changed)
    return same


def for_owners(
    scene: Scene,
    at: Mention,
    say: Callable[[str], Statement],
    cost: float,
    uses: frozenset[int],
    note: str,
    measure: int | None = None,
) -> list[Candidate]:
    """A candidate for each instrument a claim at a mention may be of. say: the statement about an instrument. measure:
    the mention of a measure that the claim is of, whose owner is the claim's."""
    return [
        Candidate(cost + extra, (say(symbols[0]),), uses | uses_of(use), note)
        for symbols, extra, use in scene.instruments(at, measure)
    ]  # fmt: skip


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
