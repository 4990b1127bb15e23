"""Candidates for ratios: one value as a multiple or a fraction of another ("twice the latter's 9%", "a third of the
average true range", "three times as deep", "in the bottom sixth of the day's range").

The two values are those other figures of the clause were read as, measures named beside the multiple, moves, or what
was claimed right before; so these candidates are made after the clause is settled. No value is looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.checking.claims import Between, Difference, Ordered, Ref, Statement, Times, Valued
from pipeline.checking.mentions import Figure, Mention
from pipeline.checking.reading.of_differences import free_words
from pipeline.checking.reading.refs import named_refs, of_period, uses_of
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import MARGIN, Anchor, Candidate, Reading
from pipeline.checking.tokens import words
from pipeline.facts.catalogue import Measure
from pipeline.facts.units import Kind, Unit

_KINDS = (Kind.LEVEL, Kind.INDICATOR, Kind.DISTANCE, Kind.CHANGE, Kind.POINTS, Kind.SPREAD, Kind.STREAK)
_POINTING = words("that those these this it")
_PLACES = words("top bottom lower upper lowest highest middle")
_RANGE = words("range span")
_STOPS = words(", ; but while")
_AFTER = 8
"""How many tokens after a multiple its object may begin."""
_SAME_OTHER, _AS_MUCH, _POINTED = 0.1, 0.3, 0.2
_BEFORE, _MOVED, _CLAIMED = 0.1, 0.2, 0.5


@dataclass(frozen=True, slots=True)
class Operand:
    """One of the two values: its reference, cost and mentions used."""

    ref: Ref
    cost: float
    uses: frozenset[int] = frozenset()
    less: Ref | None = None
    carried: bool = False


def is_ratio(figure: Figure | None) -> bool:
    """Whether a figure says how many times one value is another."""
    return figure is not None and figure.unit in ("x", "fraction")


def settle_late(scene: Scene, reading: Reading) -> None:
    """Give the multiples and fractions of a settled clause their candidates, and use the names they use."""
    for anchor in reading.anchors:
        if not is_ratio(anchor.mention.figure):
            continue
        _share_measure(scene, reading, anchor)
        found = sorted([*anchor.candidates, *candidates(scene, reading, anchor)], key=lambda item: item.cost)
        if not found:
            continue
        anchor.candidates, anchor.chosen = found, found[0]
        anchor.alternatives = [one for one in found[1:] if one.cost <= found[0].cost + MARGIN]
        used = {id(scene.ms[place]) for place in found[0].uses}
        reading.unused = [mention for mention in reading.unused if id(mention) not in used]


def _share_measure(scene: Scene, reading: Reading, anchor: Anchor) -> None:
    """ "18.18% is more than the S&P 500's 14.46%": a figure that is all that is said of the other instrument is of the
    first one's measure."""
    mention = anchor.mention
    figures = [a for a in reading.anchors if a.mention.figure is not None and not is_ratio(a.mention.figure)]
    after = [a for a in figures if 0 <= a.mention.first - mention.last <= _AFTER]
    before = [a for a in figures if a.mention.last <= mention.first and a.chosen is not None]
    if not after or not before or before[-1].chosen is None:
        return
    told, first = after[0], before[-1].chosen.statements[:1]
    named = [(i, m) for i, m in scene.own("instrument") if mention.last <= m.first and m.last <= told.mention.first]
    between = scene.between(mention, told.mention, "measure", "direction")
    if len(named) != 1 or between or not first or not isinstance(first[0], Valued):
        return
    place, owner = named[0]
    claim, figure = first[0], told.mention.figure
    if figure is None or scene.measures[claim.ref.measure].scope != "instrument" or scene.word_after(owner) != "'s":
        return
    shared = replace(claim, ref=replace(claim.ref, instrument=owner.values[0]), figure=figure, band="")
    candidate = Candidate(0.0, (shared,), uses_of(told.index, place), "the same of the other")
    told.candidates = [candidate, *told.candidates]
    told.alternatives = [c for c in told.candidates[1:] if not c.absorbed and c.cost <= MARGIN]
    told.chosen = candidate


def candidates(scene: Scene, reading: Reading, anchor: Anchor) -> list[Candidate]:
    """What a multiple or fraction may claim."""
    mention, figure = anchor.mention, anchor.mention.figure
    assert figure is not None
    if (placed := _place_in_range(scene, anchor.index)) is not None:
        return placed
    found: list[Candidate] = []
    for right in _rights(scene, reading, mention):
        for left in _lefts(scene, reading, mention, right):
            both = left.carried and right.carried
            if left.ref == right.ref or both or not _comparable(scene, left.ref, right.ref):
                continue
            uses = left.uses | right.uses | {anchor.index}
            statement = Times(left.ref, right.ref, replace(figure, unit=""), left.less)
            found.append(Candidate(left.cost + right.cost, (statement,), uses, "one value times another"))
    for other in _other_side(scene, mention):
        for left in [*_befores(scene, reading, mention), *_moves(scene, mention, Unit.PERCENT)]:
            if (
                left.less is not None
                or scene.measures[left.ref.measure].scope != "instrument"
                or left.ref.instrument == other.ref.instrument
            ):
                continue
            same = replace(left.ref, instrument=other.ref.instrument)
            statement = Times(left.ref, same, replace(figure, unit=""))
            uses = left.uses | other.uses | {anchor.index}
            found.append(Candidate(left.cost + other.cost, (statement,), uses, "the same of the other"))
    return found


def _comparable(scene: Scene, left: Ref, right: Ref) -> bool:
    one, other = scene.measures[left.measure], scene.measures[right.measure]
    return one.unit is other.unit or {one.unit, other.unit} <= {Unit.PERCENT, Unit.PERCENTAGE_POINTS}


def _place_in_range(scene: Scene, index: int) -> list[Candidate] | None:
    """ "In the bottom sixth of the day's range"."""
    mention = scene.ms[index]
    end = "".join(scene.norms(mention.first, mention.first + 1))
    end = end if end in _PLACES else scene.word_before(mention)
    if mention.figure is None or end not in _PLACES:
        return None
    width = 100 * mention.figure.value
    found: list[Candidate] = []
    ranges = [(i, m) for i, m in scene.own("measure") if "day_range_position" in m.values and m.first >= mention.last]
    names: list[tuple[Ref, float, frozenset[int]]] = []
    for place, _ in ranges[:1]:
        names += [
            (ref, cost, uses) for ref, cost, uses, _ in named_refs(scene, mention, place, ("day_range_position",))
        ]
    if not ranges:
        for symbols, cost, use in scene.instruments(mention):
            names.append((Ref("day_range_position", symbols[0]), 0.4 + cost, uses_of(use)))
    for ref, cost, uses in names:
        statement: Statement = Ordered(ref, "<", width)
        if end in ("top", "upper", "highest"):
            statement = Ordered(ref, ">", 100 - width)
        elif end == "middle":
            statement = Between(ref, (100 - width) / 2, (100 + width) / 2)
        found.append(Candidate(cost, (statement,), uses | {index}, "place in the day's range"))
    return found


def _claimed(scene: Scene, reading: Reading, index: int) -> Operand | None:
    """The value a figure of the clause was read as."""
    anchor = next((item for item in reading.anchors if item.index == index), None)
    if anchor is None or anchor.chosen is None or is_ratio(anchor.mention.figure):
        return None
    for statement in anchor.chosen.statements:
        if isinstance(statement, Difference):
            return Operand(statement.left, 0.0, anchor.chosen.uses, statement.right)
        ref: Ref | None = getattr(statement, "ref", None)
        if ref is not None and scene.measures[ref.measure].kind in _KINDS:
            return Operand(ref, 0.0, anchor.chosen.uses)
    return None


def _rights(scene: Scene, reading: Reading, mention: Mention) -> Iterator[Operand]:
    """What a value is a multiple or fraction of."""
    stop = mention.last + _AFTER
    ahead = scene.norms(mention.last, stop)
    cut = next((n for n, word in enumerate(ahead) if word in _STOPS), len(ahead))
    stop = mention.last + cut
    figures = [i for i, m in scene.own("figure") if mention.last <= m.first < stop]
    for index in figures[:1]:
        if (operand := _claimed(scene, reading, index)) is not None:
            yield replace(operand, cost=_SAME_OTHER)
            return
    named = [(i, m) for i, m in scene.own("measure") if mention.last <= m.first < stop]
    for place, _ in named[:1]:
        names = tuple(n for n in scene.names(place) if scene.kind_of(n) in _KINDS)
        for ref, cost, uses, _ in named_refs(scene, mention, place, names):
            yield Operand(ref, _SAME_OTHER + cost, uses)
    if named:
        return
    day = next((i for i, m in scene.own("date") if mention.last <= m.first < mention.last + 3), None)
    if day is not None and scene.word_after(scene.ms[day]) == "'s":
        for kind in (Kind.POINTS, Kind.CHANGE):
            for measure in scene.measures.values():
                if measure.kind is kind and measure.period == "1d" and _is_move(measure):
                    for symbols, cost, who in scene.instruments(mention):
                        yield Operand(Ref(measure.name, symbols[0]), _POINTED + cost, uses_of(day, who))
        return
    start = 1 if ahead[:1] == ["of"] else 0
    if ahead[start : start + 1] and ahead[start] in _POINTING:
        for ref in reversed(scene.state.claims):
            yield Operand(ref, _POINTED, carried=True)


def _other_side(scene: Scene, mention: Mention) -> Iterator[Operand]:
    """The instrument whose own value is the measure: "the large-cap gauge's gain", "that of the S&P", "as much"."""
    ahead = scene.norms(mention.last, mention.last + _AFTER)
    for place, named in scene.own("instrument"):
        if mention.last <= named.first < mention.last + _AFTER and len(named.values) == 1:
            gap = scene.norms(mention.last, named.first)
            if not _STOPS & set(gap) and not scene.between(mention, named, "figure", "measure"):
                yield Operand(Ref("close", named.values[0]), _SAME_OTHER, uses_of(place))
                return
    if ahead[:1] == ["as"] and len(scene.symbols) > 1:
        for symbol in scene.symbols:
            yield Operand(Ref("close", symbol), _AS_MUCH)


def _lefts(scene: Scene, reading: Reading, mention: Mention, right: Operand) -> Iterator[Operand]:
    """What is a multiple or fraction of a value."""
    yield from _befores(scene, reading, mention)
    if _RANGE & set(free_words(scene, scene.clause.first, mention.first)):
        day = next((i for i, m in scene.each("period") if "1d" in m.values), None)
        for symbols, cost, who in scene.instruments(mention):
            yield Operand(Ref("high", symbols[0]), _MOVED + cost, uses_of(day, who), Ref("low", symbols[0]))
    unit = scene.measures[right.ref.measure].unit
    if unit in (Unit.PRICE, Unit.PERCENT):
        yield from _moves(scene, mention, unit)


def _befores(scene: Scene, reading: Reading, mention: Mention) -> Iterator[Operand]:
    """The value named or claimed right before a multiple, in the clause or the one before."""
    places = [
        (i, m) for i, m in scene.own("figure", "measure") if m.last <= mention.first and not is_ratio(m.figure)
    ]  # fmt: skip
    for order, (place, named) in enumerate(reversed(places)):
        if order > 1:
            break
        if named.figure is not None:
            if (operand := _claimed(scene, reading, place)) is not None:
                yield replace(operand, cost=_BEFORE + 0.4 * order)
            continue
        names = tuple(n for n in scene.names(place) if scene.kind_of(n) in _KINDS)
        for ref, cost, uses, _ in named_refs(scene, mention, place, names):
            yield Operand(ref, _BEFORE + 0.4 * order + cost, uses)
    if not places:
        for order, ref in enumerate(reversed(scene.state.claims)):
            yield Operand(ref, _CLAIMED + 0.1 * order, carried=True)


def _moves(scene: Scene, mention: Mention, unit: Unit) -> Iterator[Operand]:
    """A move of the clause, in percent or points: "Wednesday's loss amounted to one and a half times"."""
    kind = Kind.POINTS if unit is Unit.PRICE else Kind.CHANGE
    moved = [i for i, m in scene.own("direction") if m.sign]
    words_of_move = words("move change swing moved went came") & set(scene.words)
    if not moved and not words_of_move:
        return
    for measure, cost, use in of_period(scene, mention, kind):
        if not _is_move(measure):
            continue
        for symbols, extra, who in scene.instruments(mention):
            yield Operand(Ref(measure.name, symbols[0]), _MOVED + cost + extra, uses_of(use, who, *moved[:1]))


def _is_move(measure: Measure) -> bool:
    return measure.scope == "instrument" and measure.unit in (Unit.PRICE, Unit.PERCENT)
