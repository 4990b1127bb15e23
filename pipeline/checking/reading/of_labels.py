"""Candidates for states: labels and zones, records and highs set in the session."""

from __future__ import annotations

from dataclasses import replace

from pipeline.checking.claims import (
    Crossed,
    Flagged,
    Labelled,
    Ordered,
    Ref,
    SetToday,
    Statement,
)
from pipeline.checking.mentions import Mention
from pipeline.checking.reading.of_streaks import streak_measures
from pipeline.checking.reading.refs import named_refs, uses_of
from pipeline.checking.reading.scene import TIMES, Scene
from pipeline.checking.reading.settle import Candidate, absorbed
from pipeline.facts.catalogue import Measure
from pipeline.facts.units import Kind


def is_dated(measure: Measure) -> bool:
    """Whether a level was set on a date of its own (highs, lows, records)."""
    return measure.kind is Kind.LEVEL and measure.name.startswith(
        ("high_", "low_", "record_", "ratio_high_", "ratio_low_")
    )


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


LEAVING = frozenset({"out"}) | frozenset("left leaves leave leaving exited exits exit exiting".split())


ENTERING = frozenset({"into", "reached", "reaching"}) | frozenset(
    "entered enters enter entering reentered re-entered entry".split()
)


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


_CLAIMED = frozenset(
    "is was also hit hitting reached reaching touched touching set setting marked marking matched".split()
)


def level_set(scene: Scene, index: int) -> list[Candidate]:
    """A record, a 52-week high: named with a figure, distance, date or side it is only a level; alone it was set today."""
    mention = scene.ms[index]
    names = [n for n in mention.values if is_dated(scene.measures[n])]
    before = scene.norms(mention.first - 3, mention.first)
    claimed = bool(set(before) & _CLAIMED)
    if not claimed and (
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


def flag_said(scene: Scene, index: int) -> list[Candidate]:
    """A state with a yes or no ("with the week still in progress")."""
    mention = scene.ms[index]
    names = tuple(n for n in mention.values if scene.kind_of(n) is Kind.FLAG)
    return [
        Candidate(cost, (Flagged(ref, not scene.negated(mention)),), uses | {index}, measure.name)
        for ref, cost, uses, measure in named_refs(scene, mention, index, names)
    ]


def record(scene: Scene, index: int) -> list[Candidate]:
    """Words of rank outside a measure's name: only a streak's "longest" has a fact behind it."""
    mention = scene.ms[index]
    if "longest" not in scene.norms(mention.first, mention.last):
        return []
    found = absorbed(index, "the longest streak") if any(True for _ in scene.each("date")) else []
    if "since" in scene.norms(mention.last, mention.last + 5):
        return found
    lengths = [
        (i, m)
        for i, m in scene.each("figure")
        if m.figure is not None and (m.figure.streak or m.figure.unit in TIMES or m.figure.ordinal)
    ]
    runs: list[tuple[Measure, float]] = []
    for _, length in lengths[:1]:
        assert length.figure is not None
        runs += [(measure, cost) for measure, cost, _ in streak_measures(scene, length, length.figure.unit)]
    carried = scene.measures.get(scene.state.measure)
    if not runs and carried is not None and carried.kind is Kind.STREAK:
        runs.append((carried, 0.5))
    for measure, cost in runs:
        name = measure.name.removeprefix("longest_")
        if measure.name.startswith("longest_") or f"longest_{name}" not in scene.measures:
            continue
        for symbols, extra, use in scene.instruments(mention):
            symbol = symbols[0] if measure.scope == "instrument" else "/".join(scene.symbols)
            left = Ref(name, symbol, measure.timeframes[0])
            statement = Ordered(left, "=", replace(left, measure=f"longest_{name}"))
            found.append(Candidate(0.3 + cost + extra, (statement,), uses_of(index, use), f"{name} is the longest"))
    return found
