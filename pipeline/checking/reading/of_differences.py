"""Candidates for differences that are no distance of the close from a level: high less low, two indicators, one
indicator of two instruments."""

from __future__ import annotations

from dataclasses import replace

from pipeline.checking.claims import Apart, Difference, Ref, Statement
from pipeline.checking.mentions import Figure, Mention
from pipeline.checking.reading.extremes import DAY
from pipeline.checking.reading.refs import for_owners, named_refs, uses_of
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import Candidate
from pipeline.checking.tokens import words
from pipeline.facts.units import Kind, Unit

_SPANNED = words("range span spanned spans covered covers ranged spread width wide travelled traveled travel")
_ENDS = words("from between bounds low high bottom top")
_REACHED = words("at of to from")
_LENGTHS = frozenset({Unit.SESSIONS, Unit.BARS, Unit.WEEKS, Unit.COUNT, Unit.VOLUME})
_OTHER_SUBJECT = 0.4


def ranges(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """ "Trading covered roughly 37 points", "a range of less than seven points", "a 90-point range"."""
    near = free_words(scene, mention.first - 7, mention.last + 5)
    if (figure.unit == "" and figure.words) or not _SPANNED & set(near):
        return []
    if any(m.figure is not None and m.kind == "figure" for m in _beside(scene, mention)):
        return []
    spans = [(i, m.note) for i, m in scene.each("range")]
    place, span = spans[-1] if spans else (None, "")
    span = "" if span == DAY else span
    high, low = (f"high_{span}", f"low_{span}") if span else ("high", "low")
    if high not in scene.measures or (scene.word_before(mention) in ("from", "between", "to", "and")):
        return []
    day = next((i for i, m in scene.each("period") if "1d" in m.values), None) if not span else None
    uses = uses_of(index, place, day)
    claimed = replace(figure, unit="")
    return for_owners(
        scene, mention, lambda symbol: Difference(Ref(high, symbol), Ref(low, symbol), claimed, 0), 0.0, uses,
        "high less low",
    )  # fmt: skip


def free_words(scene: Scene, first: int, last: int) -> list[str]:
    """Words between two token positions that belong to no measure's name."""
    tokens, clause = scene.clause.tokens, scene.clause
    taken = {place for _, m in scene.own("measure") for place in range(m.first, m.last)}
    return [tokens[n].norm for n in range(max(first, clause.first), min(last, clause.last)) if n not in taken]


def _beside(scene: Scene, mention: Mention) -> list[Mention]:
    """Figures joined with a figure as the two ends of a range ("between 6,570 and 6,660")."""
    return [
        m for _, m in scene.own("figure")
        if m is not mention and (
            scene.norms(m.last, mention.first) in (["and"], ["to"], ["-"])
            or scene.norms(mention.last, m.first) in (["and"], ["to"], ["-"])
        )
    ]  # fmt: skip


def indicators(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """ "Volatility over 20 days is 12.6%, about one point higher than over 60", "the RSI is 0.67 points above the S&P
    500's"."""
    side = scene.relation_for(mention)
    if side is None or side[1].first < mention.last or side[1].note[:1] in ("~", "!"):
        return []
    lefts = [(i, m) for i, m in scene.own("measure") if m.last <= mention.first and _names(scene, i)]
    rights = [(i, m) for i, m in scene.own("measure") if m.first >= side[1].last and _names(scene, i)]
    used = uses_of(index, side[0])
    found: list[Candidate] = []
    if rights:
        place, named = rights[0]
        if scene.between(side[1], named, "figure") or named.first - side[1].last > 6:
            return []
        for right, cost, uses, _ in named_refs(scene, mention, place, _names(scene, place)):
            for left, more, whose in _lefts(scene, mention, lefts[-1][0] if lefts else None):
                same = scene.measures[left.measure].unit is scene.measures[right.measure].unit
                if left != right and left.instrument == right.instrument and same:
                    statement = _statement(left, right, figure, side[1].sign)
                    uses = used | uses | whose  # noqa: PLW2901
                    found.append(Candidate(cost + more, (statement,), uses, "one indicator less another"))
        return found
    other = next((i for i, m in scene.own("instrument") if 0 <= m.first - side[1].last <= 3), None)
    if other is None or len(scene.ms[other].values) != 1:
        return []
    symbol = scene.ms[other].values[0]
    for left, more, whose in _lefts(scene, mention, lefts[-1][0] if lefts else None):
        if left.instrument != symbol and scene.measures[left.measure].scope == "instrument":
            statement = _statement(left, replace(left, instrument=symbol), figure, side[1].sign)
            found.append(Candidate(0.1 + more, (statement,), used | whose | {other}, "one indicator of two"))
    return found


def _statement(left: Ref, right: Ref, figure: Figure, sign: int) -> Statement:
    """Points are a difference; percent is of the second value."""
    if figure.unit == "%":
        return Apart(left, right, figure, sign)
    return Difference(left, right, replace(figure, unit=""), sign)


def _names(scene: Scene, place: int) -> tuple[str, ...]:
    """Indicators a mention may name."""
    return tuple(
        n for n in scene.names(place)
        if scene.kind_of(n) is Kind.INDICATOR and scene.measures[n].unit not in _LENGTHS
    )  # fmt: skip


def _lefts(scene: Scene, mention: Mention, place: int | None) -> list[tuple[Ref, float, frozenset[int]]]:
    """The indicator that is larger or smaller: named before, or spoken of."""
    if place is not None:
        found = []
        for ref, cost, uses, measure in named_refs(scene, mention, place, _names(scene, place)):
            window = next((i for i, m in scene.own("period") if f"{measure.window}d" in m.values), None)
            found.append((ref, cost, uses | uses_of(window)))
        return found
    carried = scene.spoken_of
    if carried is None or carried.kind is not Kind.INDICATOR:
        return []
    return [
        (Ref(carried.name, scene.owner(carried, symbols), scene.state.timeframe or carried.timeframes[0]),
         cost + _OTHER_SUBJECT, uses_of(use))
        for symbols, cost, use in scene.instruments(mention)
    ]  # fmt: skip
