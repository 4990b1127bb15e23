"""Candidates for dates: the session itself, when a level was set, a run began or ended, a line was crossed, the data begin."""

from __future__ import annotations

from dataclasses import replace

from pipeline.checking.claims import Dated, Ref, Today
from pipeline.checking.mentions import Mention
from pipeline.checking.reading.of_figures import counts_moves
from pipeline.checking.reading.of_labels import is_dated, zone_crossing
from pipeline.checking.reading.of_streaks import streak_measures
from pipeline.checking.reading.refs import named_refs, uses_of
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import Candidate
from pipeline.facts.units import Kind

_BEGIN = frozenset({"begin", "begins", "began", "beginning", "start", "starts", "started", "starting", "since", "back"})
_DATA = frozenset("data history series sample records bars figures".split())
_EVENT = frozenset(
    "ended ending began starting dates dating set reached hit came marked touched posted struck from".split()
)
_CLOSED = frozenset({"closed", "session"})


def _attach(scene: Scene, place: int, date: Mention) -> float:
    """Cost of hanging a date on a measure; unlike a figure, a date may follow the level's own figure."""
    named = scene.ms[place]
    gap = date.first - named.last if named.last <= date.first else named.first - date.last
    others = scene.between(named, date, "date") + [m for m in scene.between(named, date, "measure") if not m.weak]
    return 0.02 * gap + 0.8 * len(others) + (0.0 if named.last <= date.first else 0.3)


def candidates(scene: Scene, index: int) -> list[Candidate]:
    """All candidates of the date at an index of the scene."""
    mention = scene.ms[index]
    assert mention.day is not None
    before = scene.norms(mention.first - 3, mention.first)
    words = set(scene.norms(scene.clause.first, scene.clause.last))
    since = "since" in (scene.norms(mention.first - 9, mention.first) if "longest" in words else before)
    found: list[Candidate] = []
    dated = False
    for place, named in scene.each("measure"):
        names = tuple(n for n in scene.names(place) if is_dated(scene.measures[n]))
        if not names or scene.is_header(place):
            continue
        dated = True
        cost = _attach(scene, place, mention)
        if mention.day.month is None and mention.day.year is None and named.first >= mention.last:
            cost += 1.0
        for ref, extra, uses, measure in named_refs(scene, mention, place, names):
            found.append(Candidate(cost + extra, (Dated(ref, mention.day),), uses | {index}, f"date of {measure.name}"))
    found += _longest_since(scene, index, mention, since, words)
    found += _crossings(scene, index, mention, since)
    if (words & (_BEGIN | _DATA) or since) and (mention.day.month is not None or mention.day.year is not None):
        for place, named in scene.each("measure"):
            names = tuple(n for n in scene.names(place) if scene.kind_of(n) is Kind.DATE and not scene.measures[n].sign)
            for ref, extra, uses, measure in named_refs(scene, mention, place, names):
                found.append(
                    Candidate(
                        scene.attach(place, mention) + extra, (Dated(ref, mention.day),), uses | {index}, measure.name
                    )
                )
        close_by = bool(words & _DATA) and (
            set(scene.norms(mention.first - 4, mention.first)) & _BEGIN or before[-1:] == ["from"]
        )
        cost = 0.0 if close_by else 1.2 if words & _DATA else 2.4
        for symbol in scene.subject[:1] or scene.symbols[:1]:
            statement = Dated(Ref("data_start", symbol), mention.day)
            found.append(Candidate(cost, (statement,), uses_of(index), "start of the data"))
    if not since:
        cost = 0.9 if dated else 0.5
        as_of = " ".join(before[-2:]) == "as of"
        near = set(scene.norms(mention.first - 6, mention.first))
        if near & _EVENT and not near & _CLOSED and not as_of and mention.day.month is not None:
            cost += 1.2
        if mention.day.month is not None and any(0 <= mention.first - m.last <= 3 for _, m in scene.each("crossing")):
            cost += 0.8
        if before[-1:] in (["to"], ["through"], ["until"]) and _streak_said(scene):
            cost += 0.8
        found.append(Candidate(cost, (Today(mention.day),), uses_of(index), "the session"))
    carried = scene.measures.get(scene.state.measure)
    if carried is not None and not dated:
        base = scene.measures.get(carried.of) if carried.of and carried.kind is Kind.DISTANCE else carried
        if base is not None and (is_dated(base) or (base.kind is Kind.STREAK and base.sign)):
            for symbols, extra, use in scene.instruments(mention):
                symbol = symbols[0] if base.scope == "instrument" else "/".join(scene.symbols)
                ref = Ref(base.name, symbol, base.timeframes[0])
                found.append(
                    Candidate(
                        0.8 + extra, (Dated(ref, mention.day),), uses_of(index, use), f"date of {base.name}, carried"
                    )
                )
    if mention.day.month is None and mention.day.weekday is not None and scene.word_after(mention) == "'s":
        for symbols, extra, use in scene.instruments(mention):
            statement = Dated(Ref("previous_close", symbols[0]), mention.day)
            found.append(Candidate(0.5 + extra, (statement,), uses_of(index, use), "the session before"))
    from_close = "close" in scene.norms(mention.last, mention.last + 2) and scene.word_after(mention) == "'s"
    if {"from", "since"} & set(before[-2:]) or from_close:
        for period, extra, use in scene.periods(mention):
            for measure in scene.measures.values():
                if measure.kind is Kind.CHANGE and measure.period == period:
                    for symbols, more, who in scene.instruments(mention):
                        statement = Dated(Ref(measure.name, symbols[0]), mention.day)
                        found.append(
                            Candidate(0.7 + extra + more, (statement,), uses_of(index, use, who), f"start of {period}")
                        )
    return found


def _streak_said(scene: Scene) -> bool:
    return any(scene.kind_of(n) is Kind.STREAK for i, _ in scene.each("measure") for n in scene.names(i))


def _longest_since(scene: Scene, index: int, mention: Mention, since: bool, words: set[str]) -> list[Candidate]:
    """ "the longest since June 2008"; first and last sessions of a streak in the clause."""
    assert mention.day is not None
    found = []
    figures = [
        i for i, m in scene.each("figure")
        if m.figure is not None and (m.figure.streak or m.figure.ordinal or m.figure.unit in ("sessions", "days", "weeks") or (
            m.figure.whole and m.figure.unit == "" and counts_moves(scene, m)))
    ]  # fmt: skip
    named = [
        (n, i)
        for i, m in scene.each("measure")
        for n in m.values
        if scene.measures[n].kind is Kind.STREAK and scene.measures[n].sign
    ]
    streaks: list[tuple[str, float, frozenset[int]]] = []
    if not figures:
        streaks += [(name, 0.1 + 0.3 * name.endswith("_completed"), uses_of(place)) for name, place in named]
    else:
        for measure, cost, uses in streak_measures(scene, scene.ms[figures[-1]], scene.ms[figures[-1]].figure.unit):  # type: ignore[union-attr]
            streaks.append((measure.name, cost, uses - {figures[-1]}))
    carried = scene.measures.get(scene.state.measure)
    if carried is not None and carried.kind is Kind.STREAK and carried.sign:
        streaks.append((carried.name, 0.4, frozenset()))
    for name, cost, uses in streaks:
        measure = scene.measures[name]
        current = name.removeprefix("longest_")
        target = f"{current}_longest_since" if since and "longest" in words else name
        if target not in scene.measures:
            continue
        uses = uses | {i for i, m in scene.each("record") if "longest" in scene.norms(m.first, m.last)}
        named_by = [(("/".join(scene.symbols),), 0.0, None)] if measure.scope == "pair" else scene.instruments(mention)
        for symbols, extra, use in named_by:
            ref = Ref(target, symbols[0], measure.timeframes[0])
            found.append(Candidate(cost + extra, (Dated(ref, mention.day),), uses | uses_of(index, use), target))
    return found


def crossing_of(scene: Scene, name: str) -> str:
    """The measure of a level's or indicator's last crossing, or an empty string."""
    return next(
        (m.name for m in scene.measures.values() if m.of == name and m.kind is Kind.DATE and "_cross" in m.name and m.name != "sma_50_200_cross"),
        "",
    )  # fmt: skip


def _crossings(scene: Scene, index: int, mention: Mention, since: bool) -> list[Candidate]:
    """The date of a crossing named in the clause, or of the last one when a side is held "since" a date."""
    assert mention.day is not None
    found = []
    for place, label in scene.each("label"):
        if (crossed := zone_crossing(scene, label)) is not None:
            measure = scene.measures[crossed[0]]
            owners = [i for i, _ in scene.each("measure") if measure.of in scene.names(i)] or [None]
            for timeframe, time_cost, time_use in scene.timeframes(mention, measure, owners[-1]):
                for symbols, extra, use in scene.instruments(mention):
                    statement = Dated(Ref(measure.name, symbols[0], timeframe), mention.day)
                    uses = uses_of(index, use, place, time_use, owners[-1])
                    found.append(Candidate(0.1 + extra + time_cost, (statement,), uses, measure.name))
    events = [(i, m) for i, m in scene.each("crossing")] or (
        [(i, m) for i, m in scene.each("relation")] if since else []
    )
    for place, crossed_at in events:
        if {"golden", "death"} & set(crossed_at.note.split()):
            for symbols, extra, use in scene.instruments(mention):
                ref = Ref("sma_50_200_cross", symbols[0])
                found.append(
                    Candidate(0.1 + extra, (Dated(ref, mention.day),), uses_of(index, use, place), "date of the cross")
                )
            continue
        before = [n for i, m in scene.each("measure") if m.last <= crossed_at.first for n in scene.names(i)]
        after = [n for i, m in scene.each("measure") if m.first >= crossed_at.last for n in scene.names(i)]
        if "sma_50" in before and "sma_200" in after:
            for symbols, extra, use in scene.instruments(mention):
                ref = Ref("sma_50_200_cross", symbols[0])
                found.append(
                    Candidate(0.1 + extra, (Dated(ref, mention.day),), uses_of(index, use, place), "the averages cross")
                )
            continue
        for at, _ in scene.each("measure"):
            names = tuple(n for n in scene.names(at) if crossing_of(scene, n))
            for ref, cost, uses, measure in named_refs(scene, mention, at, names):
                ref = replace(ref, measure=crossing_of(scene, measure.name))
                uses = uses | uses_of(index, place if crossed_at.kind == "crossing" else None)
                found.append(
                    Candidate(cost + _attach(scene, at, mention), (Dated(ref, mention.day),), uses, ref.measure)
                )
    if events and not found and (name := crossing_of(scene, scene.state.measure)):
        for symbols, extra, use in scene.instruments(mention):
            found.append(
                Candidate(
                    0.6 + extra, (Dated(Ref(name, symbols[0]), mention.day),), uses_of(index, use), f"{name}, carried"
                )
            )
    return found
