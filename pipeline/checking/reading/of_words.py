"""Candidates for words that claim something: directions, comparisons, sides, crossings, labels, records, who won."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from pipeline.checking.claims import (
    Between,
    Crossed,
    Flagged,
    Labelled,
    Moved,
    Ordered,
    Ref,
    Running,
    SetToday,
    Sided,
    Statement,
)  # fmt: skip
from pipeline.checking.mentions import Mention
from pipeline.checking.reading.of_tallies import all_side, averages_said
from pipeline.checking.reading.refs import named_refs, uses_of
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import Candidate
from pipeline.facts.catalogue import Measure
from pipeline.facts.units import Kind

TIMES = ("sessions", "days", "weeks", "months", "years")
MOVE_UNITS = ("%", "points", "$", "pp", "bp", "sessions", "days", "weeks")


def is_dated(measure: Measure) -> bool:
    """Whether a level was set on a date of its own (highs, lows, records)."""
    return measure.kind is Kind.LEVEL and measure.name.startswith(
        ("high_", "low_", "record_", "ratio_high_", "ratio_low_")
    )


def absorbed(index: int, note: str) -> list[Candidate]:
    """The candidates of an anchor another one speaks for."""
    return [Candidate(0.0, (), frozenset({index}), note, absorbed=True)]


def direction(scene: Scene, index: int) -> list[Candidate]:
    """A verb or noun of movement: the sign of a figure beside it, of a streak, of an indicator's change, or of the change."""
    mention = scene.ms[index]
    for figure, source in scene.sign_sources.items():
        said = scene.ms[figure].figure
        if source == index and said is not None and (
            said.unit in MOVE_UNITS or said.streak or said.ordinal or 0 <= scene.ms[figure].first - mention.last <= 1
            or 0 <= mention.first - scene.ms[figure].last <= 1
        ) and not (said.unit in ("", "points", "$") and scene.word_before(scene.ms[figure]) in ("to", "at", "of")):  # fmt: skip
            return absorbed(index, "sign of a figure")
    if any(m.kind == "figure" and m.figure is not None and (m.figure.streak or m.figure.unit in ("sessions", "days", "weeks"))
           and abs(m.first - mention.last) <= 4 for m in scene.ms):  # fmt: skip
        return absorbed(index, "direction of a streak")
    subject = _measure_subject(scene, mention)
    band = next((word for word in ("small", "large", "flat") if word in mention.note.split()), "")
    sign = -mention.sign if scene.negated(mention) else mention.sign
    if mention.note.startswith("*"):
        return absorbed(index, "a move of either sign")
    found: list[Candidate] = []
    if subject is not None:
        for ref, cost, uses, measure in named_refs(scene, mention, subject, scene.names(subject)):
            change = next(
                (
                    scene.measures[n]
                    for n in (f"{measure.name}_change", f"{measure.name}_slope_20")
                    if n in scene.measures
                ),
                None,
            )
            if change is not None:
                statement = Moved(replace(ref, measure=change.name), sign)
                found.append(Candidate(cost, (statement,), uses | {index}, f"direction of {measure.name}"))
        return found
    for period, extra, use in scene.periods(mention):
        for measure in scene.measures.values():
            if measure.kind is Kind.CHANGE and measure.period == period:
                for symbols, more, who in scene.instruments(mention):
                    statements = tuple(Moved(Ref(measure.name, symbol), sign, band) for symbol in symbols)
                    found.append(
                        Candidate(
                            0.2 + extra + more, statements, uses_of(index, use, who), f"direction of {measure.name}"
                        )
                    )
    return found


def _measure_subject(scene: Scene, mention: Mention) -> int | None:
    """The indicator or average that moves, when the words say one rather than the instrument does."""
    before = [(i, m) for i, m in scene.each("measure") if m.last <= mention.first and not scene.is_header(i)]
    for place, named in reversed(before):
        kinds = {scene.kind_of(n) for n in scene.names(place)}
        if not kinds & {Kind.INDICATOR, Kind.LEVEL} or named.values[0] in ("close", "previous_close"):
            continue
        if scene.between(named, mention, "instrument", "pronoun", "figure", "relation", "date"):
            return None
        if any(is_dated(scene.measures[n]) for n in named.values):
            return None
        return place
    return None


def versus(scene: Scene, index: int) -> list[Candidate]:
    """Outperformed, lagged, led: the sign of the spread, or of a streak beside it."""
    mention = scene.ms[index]
    for figure, source in scene.sign_sources.items():
        said = scene.ms[figure].figure
        if (
            said is not None
            and (source == index or said.streak)
            and (said.unit in ("pp", "%", "points", "bp") or said.streak)
        ):
            return absorbed(index, "sign of a spread or direction of a streak")
    if any(
        m.figure is not None and (m.figure.streak or m.figure.unit in ("sessions", "weeks"))
        for m in scene.ms
        if m.kind == "figure"
    ):
        return absorbed(index, "direction of a streak")
    if not mention.sign:
        return absorbed(index, "a noun of comparison")
    pair = scene.pair(mention)
    if pair is None:
        return []
    sign = -mention.sign if scene.negated(mention) else mention.sign
    found = []
    for period, extra, use in scene.periods(mention):
        for measure in scene.measures.values():
            if measure.kind is Kind.SPREAD and measure.period == period:
                statement = Moved(Ref(measure.name, pair[0]), sign, flip=pair[1])
                found.append(
                    Candidate(0.2 + extra, (statement,), uses_of(index, use) | pair[2], f"sign of {measure.name}")
                )
    carried = scene.measures.get(scene.state.measure)
    if carried is not None and carried.kind is Kind.STREAK and carried.scope == "pair":
        found.append(
            Candidate(1.4, (Running(Ref(carried.name, pair[0], carried.timeframes[0])),), uses_of(index), "the streak")
        )
    return found


def relation(scene: Scene, index: int) -> list[Candidate]:
    """Above, below: the order of close and level, of two measures, or the side of the averages."""
    mention = scene.ms[index]
    if any(
        m.kind in ("figure", "period") and m.first == mention.last and (m.figure is None or m.figure.unit in TIMES)
        for m in scene.ms
    ):
        return absorbed(index, "a stretch of time")
    for figure_index, figure in scene.each("figure"):
        said = figure.figure
        if said is None or scene.is_header(figure_index):
            continue
        near = 0 <= mention.first - figure.last <= 2 and not scene.norms(figure.last, mention.first)[:1] == [","]
        if (near and said.unit in ("%", "points", "$", "pp")) or (near and said.unit == "" and not said.whole):
            return absorbed(index, "side of a distance")
    said_set = averages_said(scene, mention)
    if said_set is not None and _tally_near(scene):
        return absorbed(index, "side of a tally")
    sign = -mention.sign if scene.negated(mention) else mention.sign
    found: list[Candidate] = []
    if said_set is not None:
        side = all_side(scene, said_set[1])
        quantifier = next(
            ((i, m) for i, m in scene.each("quantifier") if abs(scene.ms[said_set[1]].first - m.last) <= 4), None
        )
        if side is not None and side[1] == index:
            meaning = quantifier[1].note if quantifier else "all"
            if meaning in ("all", "none", "most", "both"):
                for symbols, extra, use in scene.instruments(mention):
                    statement = Sided(symbols[0], said_set[0], side[0], None, "all" if meaning == "both" else meaning)  # type: ignore[arg-type]
                    uses = uses_of(index, use, said_set[1], quantifier[0] if quantifier else None)
                    found.append(Candidate(0.1 + extra, (statement,), uses, "side of the averages"))
            return found
    rights = _right_operands(scene, mention)
    lefts = _left_operand(scene, mention)
    operator = ">" if sign > 0 else "<" if sign < 0 else "="
    if mention.note.startswith("~"):
        return _between(scene, index, rights, lefts)
    if sign == 0:
        return []
    if scene.conditional:
        return absorbed(index, "a level not reached")
    figure_after = next(((i, m) for i, m in scene.each("figure") if 0 <= m.first - mention.last <= 1), None)
    if not rights and figure_after is not None:
        return absorbed(index, "side of a figure")
    for (left_cost, left_place), extra_refs in product(lefts, [rights] if rights else []):
        options = _order_options(scene, mention, left_place, extra_refs)
        for cost, left, right, uses in options:
            statements = tuple(Ordered(left, operator, ref) for ref in right)  # type: ignore[arg-type]
            found.append(Candidate(left_cost + cost, statements, uses | {index}, "order of two values"))
    if not rights:
        carried = scene.measures.get(scene.state.measure)
        if (
            carried is not None
            and carried.kind is Kind.LEVEL
            and carried.name != "close"
            and carried.scope == "instrument"
        ):
            for symbols, extra, use in scene.instruments(mention):
                pair = Ordered(Ref("close", symbols[0]), operator, Ref(carried.name, symbols[0]))  # type: ignore[arg-type]
                found.append(Candidate(0.9 + extra, (pair,), uses_of(index, use), f"side of {carried.name}, carried"))
    return found


def _tally_near(scene: Scene) -> bool:
    """Whether the clause counts the averages, so that the count speaks for the relation."""
    return any(m.figure is not None and m.figure.whole and m.figure.unit == "" for _, m in scene.each("figure"))


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
        if left is None:
            symbol = right[0].instrument
            measure = "ratio" if "/" in symbol else "close"
            options.append((cost, Ref(measure, symbol), right, uses))
            continue
        names = tuple(n for n in scene.names(left) if scene.kind_of(n) in (Kind.LEVEL, Kind.INDICATOR))
        for ref, extra, more, measure_ in named_refs(scene, mention, left, names):
            if ref.instrument == right[0].instrument and ref.measure != right[0].measure:
                options.append((cost + extra, ref, right, uses | more))
            _ = measure_
    return sorted(options, key=lambda item: item[0])[:6]


def crossing(scene: Scene, index: int) -> list[Candidate]:
    """Crossed above, broke below, golden cross: the last crossing of a level, in the as-of session unless dated."""
    mention = scene.ms[index]
    dated = any(True for _ in scene.each("date"))
    kind = mention.note.split()[-1] if mention.note else "cross"
    if kind in ("golden", "death"):
        found = []
        for symbols, extra, use in scene.instruments(mention):
            statement = Labelled(Ref("sma_50_200_cross_kind", symbols[0]), f"{kind} cross", scene.negated(mention))
            found.append(Candidate(extra, (statement,), uses_of(index, use), f"{kind} cross"))
        return found
    found = []
    for place in _right_operands(scene, mention)[:1]:
        for ref, cost, uses, measure in named_refs(scene, mention, place, scene.names(place)):
            cross = next((m for m in scene.measures.values() if m.of == measure.name and m.kind.value == "date"
                          and "cross" in m.name), None)  # fmt: skip
            if cross is not None:
                statement = Crossed(replace(ref, measure=cross.name), mention.sign, today=not dated)
                found.append(Candidate(cost, (statement,), uses | {index}, cross.name))
    return found


def label(scene: Scene, index: int) -> list[Candidate]:
    """Overbought, oversold, neutral and other labels of a measure."""
    mention = scene.ms[index]
    if any(m.figure is not None and abs(m.first - mention.last) <= 4 and m.figure.whole and m.figure.unit == ""
           and m.figure.value in (70, 30) for _, m in scene.each("figure")) and not _states(scene, mention):  # fmt: skip
        return absorbed(index, "threshold of a label")
    if (crossed := zone_crossing(scene, mention)) is not None:
        return _zone_crossed(scene, index, crossed)
    owners = [m for m in scene.measures.values() if any(item.name in mention.values for item in m.labels)]
    beyond = next((m for _, m in scene.each("relation") if 0 <= mention.first - m.last <= 3), None)
    negated = scene.negated(mention) or (
        beyond is not None and (beyond.sign < 0) == (mention.values[0] == "overbought")
    )
    found: list[Candidate] = []
    for owner in owners:
        base = owner.of or owner.name
        for place, named in scene.each("measure"):
            names = tuple(n for n in scene.names(place) if n in (owner.name, base))
            if names:
                cost = scene.attach(place, mention)
                for ref, extra, uses, _ in named_refs(scene, mention, place, names[:1]):
                    statement = Labelled(replace(ref, measure=owner.name), mention.values[0], negated)
                    found.append(Candidate(cost + extra, (statement,), uses | {index}, f"label of {owner.name}"))
        if any(scene.kind_of(n) is Kind.INDICATOR for i, m in scene.each("measure") for n in m.values):
            continue
        carried = scene.state.measure in (owner.name, base)
        for timeframe, time_cost, time_use in scene.timeframes(mention, owner, None):
            for symbols, extra, use in scene.instruments(mention):
                statement = Labelled(Ref(owner.name, symbols[0], timeframe), mention.values[0], negated)
                cost = (0.5 if carried else 0.9) + extra + time_cost
                found.append(Candidate(cost, (statement,), uses_of(index, use, time_use), f"label of {owner.name}"))
    return found


def _between(scene: Scene, index: int, rights: list[int], lefts: list[tuple[float, int | None]]) -> list[Candidate]:
    """ "Between the middle and the upper band"."""
    mention = scene.ms[index]
    if len(rights) < 2:
        figures = [m for _, m in scene.each("figure") if m.first >= mention.last and m.figure is not None]
        if len(figures) >= 2 and not rights:
            return absorbed(index, "side of a figure")
        return []
    found = []
    for left_cost, left in lefts:
        for cost, ref, right, uses in _order_options(scene, mention, left, rights[:2]):
            found.append(
                Candidate(left_cost + cost, (Between(ref, right[0], right[1]),), uses | {index}, "between two levels")
            )
    return found


LEAVING = frozenset("left leaves leave leaving exited exits exit exiting".split())
ENTERING = frozenset("entered enters enter entering reentered re-entered entry".split())


def zone_crossing(scene: Scene, label: Mention) -> tuple[str, int] | None:
    """The crossing a verb before a zone tells of ("left oversold territory"): its measure and the side it went to."""
    words = set(scene.norms(label.first - 4, label.first))
    if not words & (LEAVING | ENTERING):
        return None
    for measure in scene.measures.values():
        for item in measure.labels if measure.kind is Kind.LABEL else ():
            bound = item.at_least if item.at_least is not None else item.at_most
            if (
                item.name not in label.values
                or bound is None
                or (item.at_least is not None and item.at_most is not None)
            ):
                continue
            name = f"{measure.of}_cross_{bound:f}".removesuffix(".0")
            if name in scene.measures:
                up = (item.at_least is not None) == bool(words & ENTERING)
                return name, 1 if up else -1
    return None


def _zone_crossed(scene: Scene, index: int, crossed: tuple[str, int]) -> list[Candidate]:
    """A zone entered or left: in the as-of session unless the clause has a date."""
    name, side = crossed
    mention = scene.ms[index]
    dated = any(True for _ in scene.each("date")) or bool(
        {"sessions", "session", "ago"} & set(scene.norms(mention.last, mention.last + 6))
    )
    found = []
    places = [i for i, _ in scene.each("measure") if scene.measures[name].of in scene.names(i)] or [None]
    for timeframe, time_cost, time_use in scene.timeframes(mention, scene.measures[name], places[-1]):
        for symbols, extra, use in scene.instruments(mention):
            statement = Crossed(Ref(name, symbols[0], timeframe), side, today=not dated)
            found.append(
                Candidate(0.1 + extra + time_cost, (statement,), uses_of(index, use, time_use, places[-1]), name)
            )
    return found


def _states(scene: Scene, mention: Mention) -> bool:
    """Whether a label is said of the value and not of its line ("is overbought", not "the overbought line")."""
    return scene.word_after(mention) not in (
        "line",
        "threshold",
        "mark",
        "level",
        "boundary",
        "at",
        "reading",
        "territory",
        "zone",
    )


def level_set(scene: Scene, index: int) -> list[Candidate]:
    """A record, a 52-week high: named with a figure, distance, date or side it is only a level; alone it was set today."""
    mention = scene.ms[index]
    names = [n for n in mention.values if is_dated(scene.measures[n])]
    if not names:
        return []
    before = scene.norms(mention.first - 3, mention.first)
    if (
        before[-1:] in (["'s"], ["its"], ["the"], ["their"], ["that"], ["this"], ["from"], ["of"], ["off"])
        or mention.plural
    ):
        return []
    if any(m.kind == "relation" and 0 <= mention.first - m.last <= 3 for m in scene.ms):
        return []
    expected = not scene.negated(mention)
    found: list[Candidate] = []
    for ref, cost, uses, measure in named_refs(scene, mention, index, tuple(names)):
        flag = scene.measures.get(f"is_{measure.name}")
        statement: Statement = Flagged(replace(ref, measure=flag.name), expected) if flag else SetToday(ref, expected)
        found.append(Candidate(cost, (statement,), uses | {index}, f"{measure.name} set in the session"))
    return found


def streak_running(scene: Scene, index: int) -> list[Candidate]:
    """A streak named without its length: it runs."""
    mention = scene.ms[index]
    names = [n for n in mention.values if scene.kind_of(n) is Kind.STREAK and scene.measures[n].sign]
    names = [n for n in names if not n.startswith("longest_")]
    found = []
    for ref, cost, uses, measure in named_refs(scene, mention, index, tuple(names)):
        extra = 0.3 * measure.name.endswith("_completed")
        found.append(Candidate(cost + extra, (Running(ref, 2),), uses | {index}, f"{measure.name} runs"))
    return found


def control(scene: Scene, index: int) -> list[Candidate]:
    """Who won the session: the sign of the change in focus."""
    mention = scene.ms[index]
    agents = [m for _, m in scene.each("agent") if m.sign]
    if not agents:
        return []
    sign = -agents[0].sign if scene.negated(mention) else agents[0].sign
    found = []
    for period, extra, use in scene.periods(mention):
        for measure in scene.measures.values():
            if measure.kind is Kind.CHANGE and measure.period == period:
                for symbols, more, who in scene.instruments(mention):
                    statement = Moved(Ref(measure.name, symbols[0]), sign)
                    found.append(Candidate(extra + more, (statement,), uses_of(index, use, who), "who won"))
    return found


def stance(scene: Scene, index: int) -> list[Candidate]:
    """Bullish, bearish: the computed stance, where the catalogue has one."""
    mention = scene.ms[index]
    if "stance" not in scene.measures or not mention.sign:
        return []
    word = "bullish" if mention.sign > 0 else "bearish"
    return [
        Candidate(
            extra, (Labelled(Ref("stance", symbols[0]), word, scene.negated(mention)),), uses_of(index, use), "stance"
        )
        for symbols, extra, use in scene.instruments(mention)
    ]


def record(scene: Scene, index: int) -> list[Candidate]:
    """Words of rank that are not part of a measure's name: only a streak's "longest" has a fact behind it."""
    mention = scene.ms[index]
    word = scene.norms(mention.first, mention.last)
    if "longest" in word:
        streaks = any(m.kind == "figure" and m.figure is not None for m in scene.ms) or any(
            scene.measures[n].kind is Kind.STREAK for _, m in scene.each("measure") for n in m.values
        ) or any(True for _ in scene.each("date"))  # fmt: skip
        if streaks:
            return absorbed(index, "the longest streak")
    return []
