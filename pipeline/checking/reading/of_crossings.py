"""Candidates for crossings: of levels, of averages, of zero, of the lines of a zone; with their dates."""

from __future__ import annotations

from dataclasses import replace

from pipeline.checking.claims import Crossed, Dated, Labelled, Ordered, Ref, Statement, Valued, operator_for
from pipeline.checking.mentions import Figure, Mention, PartialDate
from pipeline.checking.reading.of_zero import signed, zero_beside
from pipeline.checking.reading.of_zones import zone_by_line, zone_dates
from pipeline.checking.reading.refs import for_owners, named_refs, uses_of
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import Candidate, absorbed
from pipeline.checking.tokens import words
from pipeline.facts.catalogue import Measure
from pipeline.facts.units import Kind

OF_AVERAGES = "sma_50_200_cross"
"""The crossing of the 50-day and the 200-day average."""
_PAST = words("ago earlier last")
_PASSIVE = words("was were is has have been finally also then both all - average line moving mark")
_ENDS = words(", ; : . ! and but on in by as with at while though again today")
_DATING = words("dates dated dating came since happened occurred formed followed place behind earlier later")
_ITS_OWN = words("own one")
"""Words that take up an event of before ("while the Russell 2000 had its own on July 11")."""
_CARRIED, _CARRIED_LINE = 0.6, 0.3


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
    if (zeros := zero_beside(scene, mention)) is not None:
        return for_owners(
            scene, mention, lambda symbol: Crossed(Ref("macd_cross_zero", symbol), mention.sign, today), 0.0,
            zeros | {index}, "zero crossed",
        )  # fmt: skip
    if lines := _line_crossed(scene, mention):
        return [replace(item, uses=item.uses | {index}) for item in lines]
    found: list[Candidate] = []
    session = uses_of(*(i for i, m in scene.each("period") if "1d" in m.values))
    negated = sign != 0 and scene.negated(mention)
    pointed = _pointed(scene, mention)
    for order, place in enumerate([] if pointed else _crossed_levels(scene, mention)):
        names = tuple(n for n in scene.names(place) if crossing_of(scene, n))
        for ref, cost, uses, measure in named_refs(scene, mention, place, names):
            name = crossing_of(scene, measure.name)
            statement = _told(scene, replace(ref, measure=name), sign, today, negated)
            found.append(Candidate(cost + 0.2 * order, (statement,), uses | session | {index}, name))
    if not found and (carried := pointed or _carried_crossing(scene)):
        named = uses_of(*(i for i, _ in scene.own("measure"))) if pointed else frozenset()
        found = for_owners(
            scene, mention, lambda symbol: _told(scene, Ref(carried, symbol), sign, today, negated), _CARRIED,
            session | named | {index}, f"{carried}, carried",
        )  # fmt: skip
    if found or mention.sign == 0:
        return found
    figure_follows = any(0 <= m.first - mention.last <= 3 for _, m in scene.each("figure"))
    return absorbed(index, "side of a figure") if figure_follows else []


def _told(scene: Scene, crossed: Ref, sign: int, today: bool, negated: bool) -> Statement:
    """A crossing, or, where it is denied ("has not regained its 200-day average"), the side the close is still on."""
    level = scene.measures[crossed.measure].of
    if not negated or level is None:
        return Crossed(crossed, sign, today)
    left = "macd" if level == "macd_signal" else "close"
    return Ordered(replace(crossed, measure=left), operator_for(-sign), replace(crossed, measure=level))


def _crossed_levels(scene: Scene, mention: Mention) -> list[int]:
    """Measures that a crossing may be of: the subject of a passive ("the 50-day gave way"), the next one, others."""
    before = [i for i, m in scene.each("measure") if m.last <= mention.first][::-1]
    if before and set(scene.norms(scene.ms[before[0]].last, mention.first)) <= _PASSIVE:
        ends = scene.norms(mention.last, mention.last + 1)
        dated = any(m.first == mention.last for _, m in scene.each("date"))
        if not ends or dated or set(ends) <= _ENDS:
            return before[:1]
    return right_operands(scene, mention)[:1] or before


def _carried_crossing(scene: Scene) -> str:
    """The crossing of what was spoken of before."""
    spoken = scene.state.measure
    return OF_AVERAGES if spoken.startswith(OF_AVERAGES) else crossing_of(scene, spoken)


def _pointed(scene: Scene, crossing: Mention) -> str:
    """The crossing of a line that is pointed back at ("crossed above that line"): of what was spoken of last."""
    said = scene.norms(crossing.last, crossing.last + 2)
    if said[:1] not in (["that"], ["this"]) or said[1:] not in (["line"], ["average"], ["level"], ["mark"]):
        return ""
    named = [n for i, m in scene.own("measure") if m.last <= crossing.first for n in scene.names(i)[:1]]
    lines = [crossed for n in named if scene.kind_of(n) is Kind.LEVEL and (crossed := crossing_of(scene, n))]
    return lines[-1] if lines else _carried_crossing(scene) or crossing_of(scene, scene.state.level)


def gave_way(scene: Scene, index: int) -> list[Candidate]:
    """ "The 50-day gave way April 3", "was lost on April 3": a level that gave way was crossed to below."""
    mention = scene.ms[index]
    if mention.kind == "direction":
        passive = scene.word_before(mention) in ("was", "were", "been", "both")
        if not passive or "lost" not in scene.norms(mention.first, mention.last):
            return []
    before = [m for _, m in scene.each("measure") if m.last <= mention.first]
    yields = before and mention.sign < 0 and set(scene.norms(before[-1].last, mention.first)) <= _PASSIVE
    return crossing(scene, index) if yields else []


def coordinated(scene: Scene, relation: Mention) -> bool:
    """Whether a side goes on from a crossing ("fell below its 50-day average and below its 100-day average")."""
    before = [m for _, m in scene.each("crossing") if m.last <= relation.first]
    joined = set(scene.norms(relation.first - 2, relation.first)) & {"and", "then"}
    told = bool(before and joined and relation.sign)
    return told and not scene.between(before[-1], relation, "instrument", "crossing")


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
        named: list[tuple[int | None, str]] = [(i, name) for i, _ in scene.each("measure") for name in scene.names(i)]
        cost = 0.0
        if not any(f"{name}_cross_{figure.figure.value:f}" in scene.measures for _, name in named):
            named, cost = [(None, scene.state.measure.removesuffix("_zone"))], _CARRIED_LINE
        for place, name in named:
            crossed = scene.measures.get(f"{name}_cross_{figure.figure.value:f}")
            if crossed is None:
                continue
            for timeframe, extra, time_use in _timeframes(scene, mention, crossed, place):
                for symbols, more, use in scene.instruments(mention, place):
                    statement = Crossed(Ref(crossed.name, symbols[0], timeframe), mention.sign, today)
                    uses = uses_of(line, place, use, time_use)
                    found.append(Candidate(cost + extra + more, (statement,), uses, crossed.name))
    return found


def _timeframes(scene: Scene, at: Mention, measure: Measure, place: int | None) -> list[tuple[str, float, int | None]]:
    """Timeframes of a crossing: that of the reading spoken of before, where none is said."""
    told = scene.timeframes(at, measure, place)
    frame = scene.state.timeframe
    if place is None and all(use is None for _, _, use in told) and frame in measure.timeframes:
        return [(frame, 0.0, None)]
    return told


def _line_crossings(scene: Scene) -> list[tuple[int, Mention]]:
    """Words that tell of a line crossed: verbs, and the sides of zones that were entered or left."""
    zones = [(i, zone) for i, m in scene.each("relation") if (zone := zone_by_line(scene, m)) is not None]
    return sorted([*scene.each("crossing"), *zones])


def line(scene: Scene, index: int) -> list[Candidate]:
    """The figure of a line that was crossed makes the crossing's claim."""
    before = [(i, m) for i, m in _line_crossings(scene) if 0 <= scene.ms[index].first - m.last <= 1]
    crossed = _line_crossed(scene, before[-1][1]) if before else []
    return [replace(item, uses=item.uses | {before[-1][0]}) for item in crossed]


def zoned(scene: Scene, index: int) -> list[Candidate]:
    """The line of a zone that was entered or left ("entered the zone above 70")."""
    before = [m for _, m in _line_crossings(scene) if 0 <= scene.ms[index].first - m.last <= 1]
    return line(scene, index) if before and before[-1].kind == "relation" else []


def reached(scene: Scene, index: int, figure: Figure) -> list[Candidate]:
    """The reading after the line it crossed ("moved above 70 on Monday, to 70.08")."""
    mention = scene.ms[index]
    if scene.word_before(mention) not in ("to", "at", "with", "reads", "is") or scene.own("measure")[1:]:
        return []
    for _, event in reversed([item for item in scene.each("crossing") if item[1].last < mention.first - 1]):
        return [
            replace(item, statements=(Valued(replace(told.ref, measure=name), figure),), uses=item.uses | {index})
            for item in _line_crossed(scene, event) for told in item.statements
            if isinstance(told, Crossed) and (name := scene.measures[told.ref.measure].of)
        ]  # fmt: skip
    return []


def _averages_cross(scene: Scene, mention: Mention) -> bool:
    """ "Its 50-day average crossed below its 200-day average"."""
    before = {n for i, m in scene.each("measure") if m.last <= mention.first for n in scene.names(i)}
    after = right_operands(scene, mention)[:1]
    listed = any("," in scene.norms(mention.last, scene.ms[i].first) for i in after)
    return "sma_50" in before and not listed and any("sma_200" in scene.names(i) for i in after)


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


def dates(scene: Scene, index: int, day: PartialDate, since: bool) -> list[Candidate]:
    """The date of a crossing named in the clause, or of the last one when a side is held "since" a date."""
    mention = scene.ms[index]
    found = zone_dates(scene, index, day, since)
    events = _events(scene, since)
    before = [item for item in events if item[1].last <= mention.first]
    for place, event in before[-1:] or events[:1]:
        used = uses_of(index, place if event.kind != "relation" else None)
        uses = uses_of() if event.note == "zero" else zero_beside(scene, event)
        if uses is not None:
            found += for_owners(
                scene, mention, lambda symbol: Dated(Ref("macd_cross_zero", symbol), day), 0.05, used | uses, "zero"
            )
            continue
        lines = _line_crossed(scene, event)
        found += [
            replace(item, statements=(Dated(statement.ref, day),), uses=item.uses | used)
            for item in lines for statement in item.statements if isinstance(statement, Crossed)
        ]  # fmt: skip
        if named_cross(event) or _averages_cross(scene, event):
            found += for_owners(
                scene, mention, lambda symbol: Dated(Ref(OF_AVERAGES, symbol), day), 0.1, used, "date of the cross"
            )
        elif pointed := _pointed(scene, event):
            used |= uses_of(*(i for i, _ in scene.own("measure")))
            found += for_owners(
                scene, mention, lambda symbol: Dated(Ref(pointed, symbol), day), 0.1, used, "the line's crossing"
            )
        elif not lines:
            found += _level_dates(scene, index, day, event, used)
    if not found and (carried := _carried_crossing(scene)) and (events or _speaks_of_event(scene, mention)):
        found = for_owners(
            scene, mention, lambda symbol: Dated(Ref(carried, symbol), day), _CARRIED, uses_of(index),
            f"{carried}, carried",
        )  # fmt: skip
    return found


def _events(scene: Scene, since: bool) -> list[tuple[int, Mention]]:
    """Words that tell of crossings: verbs, levels that gave way, sides taken after them or held since a date."""
    told = [(i, m) for i, m in scene.each("crossing", "control") if m.kind == "crossing" or gave_way(scene, i)]
    told += [(i, m) for i, m in scene.each("direction") if gave_way(scene, i)]
    told += [(i, m) for i, m in _line_crossings(scene) if m.kind == "relation"]
    sides = [(i, m) for i, m in scene.each("relation") if (since and (i, m) not in told) or coordinated(scene, m)]
    turns = [(i, replace(m, note="zero")) for i, m in scene.each("direction") if signed(scene, i)]
    return sorted([*told, *sides, *turns])


def _level_dates(scene: Scene, index: int, day: PartialDate, event: Mention, used: frozenset[int]) -> list[Candidate]:
    """The dates of the crossings of levels named in the clause. One listed after the first shares its verb, and so
    its direction ("the 50-day gave way April 3, the 100-day on the 11th")."""
    mention = scene.ms[index]
    first = _crossed_levels(scene, event)[:1]
    sign = event.sign if event.kind != "relation" else 0
    found = []
    for at, _ in scene.each("measure"):
        names = tuple(n for n in scene.names(at) if crossing_of(scene, n))
        for ref, cost, uses, measure in named_refs(scene, mention, at, names):
            crossed = replace(ref, measure=crossing_of(scene, measure.name))
            more = (Crossed(crossed, sign, today=False),) if sign and [at] != first else ()
            cost += attach_date(scene, at, mention)  # noqa: PLW2901
            found.append(Candidate(cost, (Dated(crossed, day), *more), uses | used, crossed.measure))
    return found


def _speaks_of_event(scene: Scene, date: Mention) -> bool:
    """Whether a fragment gives the date of what was spoken of before ("IWM's came on Jan. 19", "since Aug. 31")."""
    before = set(scene.norms(date.first - 4, date.first))
    return bool(before & (_DATING | _ITS_OWN)) or any(scene.word_after(m) == "'s" for _, m in scene.own("instrument"))


def attach_date(scene: Scene, place: int, date: Mention) -> float:
    """Cost of hanging a date on a measure; unlike a figure, a date may follow the level's own figure."""
    named = scene.ms[place]
    gap = date.first - named.last if named.last <= date.first else named.first - date.last
    others = [m for m in scene.between(named, date, "measure") if not m.weak and not _names_date(scene, m)]
    others += [m for m in scene.between(named, date, "date") if not _of_a_date(scene, m)]
    return 0.02 * gap + 0.8 * len(others) + (0.0 if named.last <= date.first else 0.3)


def _names_date(scene: Scene, named: Mention) -> bool:
    """Whether a measure is itself a date ("the data begin")."""
    return all(scene.kind_of(name) is Kind.DATE for name in named.values)


def _of_a_date(scene: Scene, date: Mention) -> bool:
    """Whether a date is the value of a measure right before it ("since the data begin on Sept. 10, 1987")."""
    return any(0 <= date.first - m.last <= 2 and _names_date(scene, m) for _, m in scene.own("measure"))
