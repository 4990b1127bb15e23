"""Candidates for crossings: of levels, of averages, of zero, of the lines of a zone; with their dates."""

from __future__ import annotations

from dataclasses import replace

from pipeline.checking.claims import Crossed, Dated, Labelled, Ref
from pipeline.checking.mentions import Mention, PartialDate
from pipeline.checking.reading.refs import for_owners, named_refs, uses_of
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import Candidate, absorbed
from pipeline.checking.tokens import words
from pipeline.facts.units import Kind

OF_AVERAGES = "sma_50_200_cross"
"""The crossing of the 50-day and the 200-day average."""
_PAST = words("ago earlier last")
_ENTERING = words("into reached reaching entered enters enter entering reentered re-entered entry")
_LEAVING = words("out left leaves leave leaving exited exits exit exiting")
_CARRIED = 0.6


def crossing_of(scene: Scene, name: str) -> str:
    """The measure of a level's or indicator's last crossing, or an empty string."""
    return next(
        (
            m.name for m in scene.measures.values()
            if m.of == name and m.kind is Kind.DATE and "_cross" in m.name and m.name != OF_AVERAGES
        ),
        "",
    )  # fmt: skip


def crossing(scene: Scene, index: int) -> list[Candidate]:
    """Crossed above, broke below, golden cross: the last crossing of a level, in the as-of session unless dated."""
    mention = scene.ms[index]
    today = not scene.any("date") and not _PAST & set(scene.words)
    sign = mention.sign or next((m.sign for _, m in scene.each("way") if 0 <= m.first - mention.last <= 1), 0)
    if kind := named_cross(mention):
        negated = scene.negated(mention)
        return for_owners(
            scene, mention, lambda symbol: Labelled(Ref(f"{OF_AVERAGES}_kind", symbol), kind, negated), 0.0,
            uses_of(index), kind,
        )  # fmt: skip
    if _averages_cross(scene, mention):
        uses = uses_of(index, *(i for i, _ in scene.each("measure")))
        undated = not scene.any("date")
        return for_owners(
            scene, mention, lambda symbol: Crossed(Ref(OF_AVERAGES, symbol), mention.sign, undated), 0.0, uses,
            "the averages cross",
        )  # fmt: skip
    if (zero := _zero_crossed(scene, mention)) is not None:
        return for_owners(
            scene, mention, lambda symbol: Crossed(Ref("macd_cross_zero", symbol), mention.sign, today), 0.0,
            zero | {index}, "zero crossed",
        )  # fmt: skip
    if lines := _line_crossed(scene, mention):
        return [replace(item, uses=item.uses | {index}) for item in lines]
    found: list[Candidate] = []
    session = uses_of(*(i for i, m in scene.each("period") if "1d" in m.values))
    places = right_operands(scene, mention)[:1]
    places = places or [i for i, m in scene.each("measure") if m.last <= mention.first][::-1]
    for order, place in enumerate(places):
        names = tuple(n for n in scene.names(place) if crossing_of(scene, n))
        for ref, cost, uses, measure in named_refs(scene, mention, place, names):
            name = crossing_of(scene, measure.name)
            statement = Crossed(replace(ref, measure=name), sign, today)
            found.append(Candidate(cost + 0.2 * order, (statement,), uses | session | {index}, name))
    if not found and (carried := crossing_of(scene, scene.state.measure)):
        found = for_owners(
            scene, mention, lambda symbol: Crossed(Ref(carried, symbol), sign, today), _CARRIED,
            session | {index}, f"{carried}, carried",
        )  # fmt: skip
    if found or mention.sign == 0:
        return found
    figure_follows = any(0 <= m.first - mention.last <= 3 for _, m in scene.each("figure"))
    return absorbed(index, "side of a figure") if figure_follows else []


def named_cross(mention: Mention) -> str:
    """ "golden cross" or "death cross", if the words say one."""
    return next((f"{kind} cross" for kind in ("golden", "death") if kind in mention.note.split()), "")


def _line_crossed(scene: Scene, mention: Mention) -> list[Candidate]:
    """ "The RSI crossed above 70": the last crossing of the line a zone begins at."""
    today = not scene.any("date") and not _PAST & set(scene.words)
    found = []
    for line, figure in scene.each("figure"):
        if figure.figure is None or not 0 <= figure.first - mention.last <= 1:
            continue
        for place, _ in scene.each("measure"):
            for name in scene.names(place):
                crossed = scene.measures.get(f"{name}_cross_{figure.figure.value:f}")
                if crossed is None:
                    continue
                for timeframe, cost, time_use in scene.timeframes(mention, crossed, place):
                    for symbols, extra, use in scene.instruments(mention, place):
                        statement = Crossed(Ref(crossed.name, symbols[0], timeframe), mention.sign, today)
                        uses = uses_of(line, place, use, time_use)
                        found.append(Candidate(cost + extra, (statement,), uses, crossed.name))
    return found


def line(scene: Scene, index: int) -> list[Candidate]:
    """The figure of a line that was crossed makes the crossing's claim."""
    before = [(i, m) for i, m in scene.each("crossing") if 0 <= scene.ms[index].first - m.last <= 1]
    return (
        [replace(item, uses=item.uses | {before[-1][0]}) for item in _line_crossed(scene, before[-1][1])]
        if before
        else []
    )


def _averages_cross(scene: Scene, mention: Mention) -> bool:
    """ "Its 50-day average crossed below its 200-day average"."""
    before = {n for i, m in scene.each("measure") if m.last <= mention.first for n in scene.names(i)}
    after = {n for i, m in scene.each("measure") if m.first >= mention.last for n in scene.names(i)}
    return "sma_50" in before and "sma_200" in after


def _zero_crossed(scene: Scene, mention: Mention) -> frozenset[int] | None:
    """Mentions that say MACD crossed zero, or None."""
    zeros = [(i, m) for i, m in scene.each("figure") if m.figure is not None and m.figure.value == 0]
    macds = [i for i, _ in scene.each("measure") if {"macd", "macd_signal"} & set(scene.names(i))]
    near = any(0 <= m.first - mention.last <= 2 for _, m in zeros)
    if not near or "macd_cross_zero" not in scene.measures:
        return None
    if not macds and scene.state.measure not in ("macd", "macd_signal"):
        return None
    return uses_of(*macds, *(i for i, _ in zeros))


def right_operands(scene: Scene, mention: Mention) -> list[int]:
    """Measures a side word points at: the next one and those listed with it by commas and "and"."""
    chosen: list[int] = []
    position = mention.last
    for place, named in scene.each("measure"):
        if named.first < mention.last:
            continue
        bridge = scene.norms(position, named.first)
        crossing = {
            m.kind for _, m in scene.own("relation", "direction", "instrument") if position <= m.first < named.first
        }
        if chosen:
            if crossing or not all(word in _LISTING or word[0].isdigit() for word in bridge):
                break
        elif len(bridge) > 6 or crossing - {"instrument"}:
            break
        if not any(scene.kind_of(n) in (Kind.LEVEL, Kind.INDICATOR) for n in scene.names(place)):
            break
        chosen.append(place)
        position = named.last
    return chosen


_LISTING = words("and , or its the both - also as well")


def zone_crossing(scene: Scene, label: Mention) -> tuple[str, int] | None:
    """The crossing a verb before a zone tells of ("left oversold territory"): its measure and the side it went to."""
    said = set(scene.norms(label.first - 4, label.first))
    if not said & (_LEAVING | _ENTERING):
        return None
    for measure in scene.measures.values():
        for item in measure.labels if measure.kind is Kind.LABEL else ():
            if item.name not in label.values or (item.at_least is None) == (item.at_most is None):
                continue
            bound = item.at_least if item.at_least is not None else item.at_most
            name = f"{measure.of}_cross_{bound:f}".removesuffix(".0")
            if name in scene.measures:
                upwards = (item.at_least is not None) == bool(said & _ENTERING)
                return name, 1 if upwards else -1
    return None


def zone_crossed(scene: Scene, index: int, name: str, side: int) -> list[Candidate]:
    """A zone entered or left: in the as-of session unless the clause has a date."""
    mention, measure = scene.ms[index], scene.measures[name]
    after = set(scene.norms(mention.last, mention.last + 6))
    today = not scene.any("date") and not {"sessions", "session", "ago"} & after
    owner = _named_last(scene, measure.of)
    found = []
    for timeframe, cost, time_use in scene.timeframes(mention, measure, owner):
        for symbols, extra, use in scene.instruments(mention):
            statement = Crossed(Ref(name, symbols[0], timeframe), side, today)
            found.append(Candidate(0.1 + extra + cost, (statement,), uses_of(index, use, time_use, owner), name))
    return found


def _named_last(scene: Scene, name: str | None) -> int | None:
    """The last mention of a measure in the clause."""
    return next((i for i, _ in reversed(list(scene.each("measure"))) if name in scene.names(i)), None)


def dates(scene: Scene, index: int, day: PartialDate, since: bool) -> list[Candidate]:
    """The date of a crossing named in the clause, or of the last one when a side is held "since" a date."""
    mention = scene.ms[index]
    found = _zone_dates(scene, index, day)
    for place, event in scene.each("crossing"):
        for item in _line_crossed(scene, event):
            statement = item.statements[0]
            assert isinstance(statement, Crossed)
            found.append(replace(item, statements=(Dated(statement.ref, day),), uses=item.uses | {index, place}))
    events = list(scene.each("crossing")) or (list(scene.each("relation")) if since else [])
    for place, event in events:
        if named_cross(event) or _averages_cross(scene, event):
            found += for_owners(
                scene, mention, lambda symbol: Dated(Ref(OF_AVERAGES, symbol), day), 0.1, uses_of(index, place),
                "date of the cross",
            )  # fmt: skip
            continue
        for at, _ in scene.each("measure"):
            names = tuple(n for n in scene.names(at) if crossing_of(scene, n))
            for ref, cost, uses, measure in named_refs(scene, mention, at, names):
                name = crossing_of(scene, measure.name)
                used = uses | uses_of(index, place if event.kind == "crossing" else None)
                statement = Dated(replace(ref, measure=name), day)
                found.append(Candidate(cost + attach_date(scene, at, mention), (statement,), used, name))
    if events and not found and (carried := crossing_of(scene, scene.state.measure)):
        found = for_owners(
            scene, mention, lambda symbol: Dated(Ref(carried, symbol), day), _CARRIED, uses_of(index),
            f"{carried}, carried",
        )  # fmt: skip
    return found


def _zone_dates(scene: Scene, index: int, day: PartialDate) -> list[Candidate]:
    """The date on which a zone was entered or left."""
    mention = scene.ms[index]
    found = []
    for place, label in scene.each("label"):
        if (crossed := zone_crossing(scene, label)) is None:
            continue
        measure = scene.measures[crossed[0]]
        owner = _named_last(scene, measure.of)
        for timeframe, cost, time_use in scene.timeframes(mention, measure, owner):
            for symbols, extra, use in scene.instruments(mention):
                statement = Dated(Ref(measure.name, symbols[0], timeframe), day)
                uses = uses_of(index, use, place, time_use, owner)
                found.append(Candidate(0.1 + extra + cost, (statement,), uses, measure.name))
    return found


def attach_date(scene: Scene, place: int, date: Mention) -> float:
    """Cost of hanging a date on a measure; unlike a figure, a date may follow the level's own figure."""
    named = scene.ms[place]
    gap = date.first - named.last if named.last <= date.first else named.first - date.last
    others = scene.between(named, date, "date") + [m for m in scene.between(named, date, "measure") if not m.weak]
    return 0.02 * gap + 0.8 * len(others) + (0.0 if named.last <= date.first else 0.3)
