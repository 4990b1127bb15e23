"""Candidates for sides: above, below, between, and crossings from one side to the other."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from pipeline.checking.claims import (
    Between,
    Crossed,
    Labelled,
    Operator,
    Ordered,
    Ref,
    Sided,
)
from pipeline.checking.mentions import Mention
from pipeline.checking.reading.of_dates import crossing_of
from pipeline.checking.reading.of_tallies import averages_said
from pipeline.checking.reading.refs import named_refs, uses_of
from pipeline.checking.reading.scene import TIMES, Scene
from pipeline.checking.reading.settle import Candidate, absorbed
from pipeline.facts.units import Kind


def relation(scene: Scene, index: int) -> list[Candidate]:
    """Above, below: the order of close and level, of two measures, or the side of the averages."""
    mention = scene.ms[index]
    following = next((m for m in scene.ms if m.first == mention.last), None)
    if following is not None and (
        following.kind == "period" or (following.figure is not None and following.figure.unit in TIMES)
    ):
        return absorbed(index, "a stretch of time", free=True)
    found: list[Candidate] = []
    for place, figure in scene.each("figure"):
        said = figure.figure
        if said is None or scene.is_header(place):
            continue
        gap = scene.norms(figure.last, mention.first) if mention.first >= figure.last else [","] * 9
        if (
            len(gap) <= 2
            and not {",", "and", "but", "or"} & set(gap)
            and (said.unit in ("%", "points", "$", "pp") or (said.unit == "" and not said.whole))
        ):
            found += absorbed(index, "side of a distance")
        elif said.whole and said.unit == "" and averages_said(scene, mention) is not None:
            found += absorbed(index, "side of a tally")
        elif 0 <= figure.first - mention.last <= 1:
            found += absorbed(index, "side of a figure")
    sign = -mention.sign if scene.negated(mention) else mention.sign
    if scene.conditional:
        return absorbed(index, "a level not reached", free=True)
    if any(0 <= m.first - mention.last <= 2 for _, m in scene.each("label")):
        found += absorbed(index, "side of a zone", free=True)
    rights, lefts = _right_operands(scene, mention), _left_operand(scene, mention)
    if mention.note.startswith("~"):
        return found + _between(scene, index, lefts)
    if sign == 0:
        longest = any("longest" in scene.norms(m.first, m.last) for _, m in scene.each("record"))
        return absorbed(index, "the longest streak", free=True) if longest else found
    sided = _sided(scene, index, sign)
    if sided:
        return found + sided
    operator: Operator = ">" if sign > 0 else "<"
    if rights:
        sized = _sized(scene, index, operator, rights)
        if sized:
            return found + sized
        for left_cost, left_place in lefts:
            for cost, left, right, uses in _order_options(scene, mention, left_place, rights):
                statements = tuple(Ordered(left, operator, ref) for ref in right)
                found.append(Candidate(0.1 + left_cost + cost, statements, uses | {index}, "order of two values"))
        return found
    return found + _carried(scene, index, operator)


def _sided(scene: Scene, index: int, sign: int) -> list[Candidate]:
    """ "Above all twelve averages", "the averages lie below the close"."""
    mention = scene.ms[index]
    said = averages_said(scene, mention)
    if said is None:
        return []
    named = scene.ms[said[1]]
    if named.first >= mention.last:
        adjacent = named.first - mention.last <= 6 and not scene.between(mention, named, "measure", "instrument")
        side = sign
    else:
        adjacent = not scene.between(named, mention, "measure", "instrument", "relation", "figure")
        side = -sign
    if not adjacent:
        return []
    quantifier = next(((i, m) for i, m in scene.each("quantifier") if abs(named.first - m.last) <= 4), None)
    meaning = {"both": "all", "each": "all"}.get(word := quantifier[1].values[0] if quantifier else "all", word)
    if meaning not in ("all", "none", "most"):
        return []
    found = []
    for symbols, extra, use in scene.instruments(mention):
        statement = Sided(symbols[0], said[0], side, None, meaning)  # type: ignore[arg-type]
        uses = uses_of(index, use, said[1], quantifier[0] if quantifier else None)
        found.append(Candidate(0.2 + extra, (statement,), uses, "side of the averages"))
    return found


def _sized(scene: Scene, index: int, operator: Operator, rights: list[int]) -> list[Candidate]:
    """ "The day's drop was smaller than the average true range": the size of a move against a range."""
    mention = scene.ms[index]
    moves = [
        (i, m)
        for i, m in scene.each("direction")
        if m.last <= mention.first and not scene.between(m, mention, "measure")
    ]
    names = scene.names(rights[0])
    if not moves or "atr_14" not in names:
        return []
    found = []
    for symbols, extra, use in scene.instruments(mention):
        for period, more, when in scene.periods(moves[-1][1]):
            left, right = Ref(f"points_{period}", symbols[0]), Ref("atr_14", symbols[0])
            statement = Ordered(left, operator, right, absolute=True)
            uses = uses_of(index, use, when, rights[0])
            found.append(Candidate(0.1 + extra + more, (statement,), uses, "size of a move"))
    return found


def _carried(scene: Scene, index: int, operator: Operator) -> list[Candidate]:
    """The side of a level named before ("it closed above it"), here or in the clause before."""
    mention = scene.ms[index]
    earlier = [n for i, m in scene.each("measure") if m.last <= mention.first for n in scene.names(i)]
    names = [n for n in (*earlier[::-1], scene.state.measure) if n in scene.measures]
    for name in names:
        measure = scene.measures[name]
        if measure.kind is Kind.LEVEL and name not in ("close", "ratio") and measure.scope == "instrument":
            found = []
            for symbols, extra, use in scene.instruments(mention):
                statement = Ordered(Ref("close", symbols[0]), operator, Ref(name, symbols[0]))
                found.append(Candidate(0.9 + extra, (statement,), uses_of(index, use), f"side of {name}, carried"))
            return found
    return [] if any(True for _ in scene.each("instrument", "measure", "averages", "pronoun")) else absorbed(
        index, "place on the page", free=True)  # fmt: skip


def _right_operands(scene: Scene, mention: Mention) -> list[int]:
    """Measures a relation points at: the next one and those listed with it by commas and "and"."""
    after = [(i, m) for i, m in scene.each("measure") if m.first >= mention.last]
    chosen: list[int] = []
    position = mention.last
    for place, named in after:
        words = scene.norms(position, named.first)
        gap_ok = (
            len(words) <= 6
            if not chosen
            else all(
                word in ("and", ",", "or", "its", "the", "both", "-", "also", "as", "well") or word[0].isdigit()
                for word in words
            )
        )
        crossing = [
            m
            for m in scene.ms[scene.headers :]
            if m.kind in ("relation", "direction", "instrument") and position <= m.first < named.first
        ]
        if not gap_ok or (chosen and crossing) or (not chosen and any(m.kind != "instrument" for m in crossing)):
            break
        if not any(scene.kind_of(n) in (Kind.LEVEL, Kind.INDICATOR) for n in scene.names(place)):
            break
        chosen.append(place)
        position = named.last
    return chosen


def _left_operand(scene: Scene, mention: Mention) -> list[tuple[float, int | None]]:
    """The measure that stands above or below, or None for the close."""
    before = [
        (i, m) for i, m in scene.each("measure") if m.last <= mention.first and not scene.is_header(i)
        and any(scene.kind_of(n) in (Kind.LEVEL, Kind.INDICATOR) for n in m.values)
    ]  # fmt: skip
    if not before:
        return [(0.0, None)]
    place, named = before[-1]
    breaks = scene.between(named, mention, "instrument", "pronoun")
    comma = "," in scene.norms(named.last, mention.first)
    if named.values[0] == "close":
        return [(0.0, place)]
    return [(0.8 if breaks or comma else 0.0, place), (0.0 if breaks else 0.5 if comma else 1.1, None)]


def _order_options(
    scene: Scene, mention: Mention, left: int | None, rights: list[int]
) -> list[tuple[float, Ref, tuple[Ref, ...], frozenset[int]]]:
    """Left reference with all right references, over instruments, timeframes and what the names may mean."""
    options = []
    columns = []
    for place in rights:
        names = tuple(n for n in scene.names(place) if scene.kind_of(n) in (Kind.LEVEL, Kind.INDICATOR))
        columns.append(list(named_refs(scene, mention, place, names))[:4])
    for combination in product(*columns):
        cost = sum(item[1] for item in combination)
        uses: frozenset[int] = frozenset().union(*(item[2] for item in combination))
        right = tuple(item[0] for item in combination)
        if len({ref.instrument for ref in right}) > 1:
            continue
        scales = {scene.kind_of(ref.measure) for ref in right}
        if left is None:
            if Kind.INDICATOR in scales:
                continue
            symbol = right[0].instrument
            measure = "ratio" if "/" in symbol else "close"
            if any(ref.measure == measure for ref in right):
                continue
            options.append((cost, Ref(measure, symbol), right, uses))
            continue
        names = tuple(n for n in scene.names(left) if scene.kind_of(n) in (Kind.LEVEL, Kind.INDICATOR))
        for ref, extra, more, measure_ in named_refs(scene, mention, left, names):
            if (
                ref.instrument == right[0].instrument
                and ref.measure != right[0].measure
                and scene.kind_of(ref.measure) in scales
            ):
                options.append((cost + extra, ref, right, uses | more))
            _ = measure_
    return sorted(options, key=lambda item: item[0])[:6]


def _between(scene: Scene, index: int, lefts: list[tuple[float, int | None]]) -> list[Candidate]:
    """ "Between the middle and the upper band", "within the 52-week range"."""
    mention = scene.ms[index]
    if any(m.kind == "range" and 0 <= m.first - mention.last <= 2 for m in scene.ms):
        return absorbed(index, "inside a range", free=True)
    after = [i for i, m in scene.each("measure") if m.first >= mention.last]
    rights = [i for i in after if any(scene.kind_of(n) in (Kind.LEVEL, Kind.INDICATOR) for n in scene.names(i))][:2]
    if len(rights) < 2:
        figures = [m for _, m in scene.each("figure") if m.first >= mention.last]
        return absorbed(index, "between two figures") if len(figures) >= 2 else []
    found = []
    for left_cost, left in lefts:
        for cost, ref, right, uses in _order_options(scene, mention, left, rights):
            statement = Between(ref, right[0], right[1])
            found.append(Candidate(left_cost + cost, (statement,), uses | {index}, "between two levels"))
    return found


def _averages_crossed(scene: Scene, index: int) -> list[Candidate]:
    """ "Its 50-day average crossed below its 200-day average"."""
    mention = scene.ms[index]
    before = [n for i, m in scene.each("measure") if m.last <= mention.first for n in scene.names(i)]
    after = [(i, n) for i, m in scene.each("measure") if m.first >= mention.last for n in scene.names(i)]
    if "sma_50" not in before or not any(n == "sma_200" for _, n in after):
        return []
    dated = any(True for _ in scene.each("date"))
    uses = uses_of(index, *(i for i, _ in scene.each("measure")))
    return [
        Candidate(
            extra,
            (Crossed(Ref("sma_50_200_cross", symbols[0]), mention.sign, today=not dated),),
            uses | uses_of(use),
            "the averages cross",
        )
        for symbols, extra, use in scene.instruments(mention)
    ]


def way(scene: Scene, index: int) -> list[Candidate]:
    """On the upside, on the downside: the levels named in the clause lie above or below the close."""
    mention = scene.ms[index]
    levels = []
    for place, _ in scene.each("measure"):
        names = [n for n in scene.names(place) if scene.kind_of(n) is Kind.LEVEL and n not in ("close", "ratio")]
        if names and scene.measures[names[0]].scope == "instrument":
            levels.append((place, names[0]))
    carried = scene.measures.get(scene.state.measure)
    if (
        not levels
        and carried is not None
        and carried.kind is Kind.LEVEL
        and carried.name != "close"
        and carried.scope == "instrument"
    ):
        levels.append((index, carried.name))
    if not levels:
        return absorbed(index, "no level named", free=True)
    operator: Operator = "<" if mention.sign > 0 else ">"
    found = []
    for symbols, extra, use in scene.instruments(scene.ms[levels[0][0]]):
        statements = tuple(Ordered(Ref("close", symbols[0]), operator, Ref(name, symbols[0])) for _, name in levels)
        found.append(Candidate(extra, statements, uses_of(index, use), "side of the levels"))
    return found


def size(scene: Scene, index: int) -> list[Candidate]:
    """ "The day's gain was smaller": the size of a move against the range named before."""
    mention = scene.ms[index]
    named = [n for i, m in scene.each("measure") if m.last <= mention.first for n in scene.names(i)] + [
        scene.state.measure
    ]
    moves = [(i, m) for i, m in scene.each("direction") if m.last <= mention.first]
    if not moves or not {"atr_14", "atr_pct_14"} & set(named):
        return []
    operator: Operator = ">" if (mention.sign > 0) is not scene.negated(mention) else "<"
    found = []
    for symbols, extra, use in scene.instruments(mention):
        for period, more, when in scene.periods(moves[-1][1]):
            left, right = Ref(f"points_{period}", symbols[0]), Ref("atr_14", symbols[0])
            statement = Ordered(left, operator, right, absolute=True)
            found.append(Candidate(0.3 + extra + more, (statement,), uses_of(index, use, when), "size of a move"))
    return found


def crossing(scene: Scene, index: int) -> list[Candidate]:
    """Crossed above, broke below, golden cross: the last crossing of a level, in the as-of session unless dated."""
    mention = scene.ms[index]
    dated = any(True for _ in scene.each("date")) or bool(
        {"ago", "earlier", "last"} & set(scene.norms(scene.clause.first, scene.clause.last))
    )
    found: list[Candidate] = []
    for kind in ("golden", "death"):
        if kind in mention.note.split():
            for symbols, extra, use in scene.instruments(mention):
                statement = Labelled(Ref("sma_50_200_cross_kind", symbols[0]), f"{kind} cross", scene.negated(mention))
                found.append(Candidate(extra, (statement,), uses_of(index, use), f"{kind} cross"))
            return found
    if between := _averages_crossed(scene, index):
        return between
    places = (
        _right_operands(scene, mention)[:1] or [i for i, m in scene.each("measure") if m.last <= mention.first][::-1]
    )
    for order, place in enumerate(places):
        names = tuple(n for n in scene.names(place) if crossing_of(scene, n))
        for ref, cost, uses, measure in named_refs(scene, mention, place, names):
            name = crossing_of(scene, measure.name)
            statement = Crossed(replace(ref, measure=name), mention.sign, today=not dated)
            found.append(Candidate(cost + 0.2 * order, (statement,), uses | {index}, name))
    periods = tuple(i for i, m in scene.each("period") if "1d" in m.values)
    zero = any(
        m.figure is not None and m.figure.value == 0 and 0 <= m.first - mention.last <= 2
        for _, m in scene.each("figure")
    )
    said = [n for i, _ in scene.each("measure") for n in scene.names(i)] + [scene.state.measure]
    if zero and "macd_cross_zero" in scene.measures and {"macd", "macd_signal"} & set(said):
        zeros = tuple(i for i, m in scene.each("figure") if m.figure is not None and m.figure.value == 0)
        macds = tuple(i for i, _ in scene.each("measure") if {"macd", "macd_signal"} & set(scene.names(i)))
        return [
            Candidate(extra, (Crossed(Ref("macd_cross_zero", symbols[0]), mention.sign, today=not dated),),
                      uses_of(index, use, *zeros, *macds), "zero crossed")
            for symbols, extra, use in scene.instruments(mention)
        ]  # fmt: skip
    found = [replace(item, uses=item.uses | uses_of(*periods)) for item in found]
    if not found and (name := crossing_of(scene, scene.state.measure)):
        for symbols, extra, use in scene.instruments(mention):
            statement = Crossed(Ref(name, symbols[0]), mention.sign, today=not dated)
            found.append(Candidate(0.6 + extra, (statement,), uses_of(index, use, *periods), f"{name}, carried"))
    if found or mention.sign == 0:
        return found
    figures = [m for _, m in scene.each("figure") if 0 <= m.first - mention.last <= 3]
    return absorbed(index, "side of a figure") if figures else []
