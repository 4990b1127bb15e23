"""Candidates for zones entered and left: "left oversold territory on Tuesday", "entered the zone at or above 70"."""

from __future__ import annotations

from dataclasses import replace

from pipeline.checking.claims import Crossed, Dated, Ref
from pipeline.checking.mentions import Mention, PartialDate
from pipeline.checking.reading.refs import uses_of
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import Candidate
from pipeline.checking.tokens import words
from pipeline.facts.units import Kind

_ENTERING = words("into reached reaching entered enters enter entering reentered re-entered entry")
_LEAVING = words("out left leaves leave leaving exited exits exit exiting")


def zone_crossing(scene: Scene, label: Mention) -> tuple[str, int] | None:
    """The crossing a verb before a zone tells of ("left oversold territory"): its measure and the side it went to."""
    said = set(scene.norms(label.first - 4, label.first))
    return zone_line(scene, label, entered=bool(said & _ENTERING)) if said & (_LEAVING | _ENTERING) else None


def zone_line(scene: Scene, label: Mention, *, entered: bool) -> tuple[str, int] | None:
    """The crossing of the line a zone begins at, and the side it goes to where the zone is entered, or is left."""
    for measure in scene.measures.values():
        for item in measure.labels if measure.kind is Kind.LABEL else ():
            if item.name not in label.values or (item.at_least is None) == (item.at_most is None):
                continue
            bound = item.at_least if item.at_least is not None else item.at_most
            name = f"{measure.of}_cross_{bound:f}".removesuffix(".0")
            if name in scene.measures:
                return name, 1 if (item.at_least is not None) == entered else -1
    return None


def zone_by_line(scene: Scene, relation: Mention) -> Mention | None:
    """ "Entered the zone at or above 70", "left the zone below 30": the side word as the crossing it tells of."""
    said = scene.norms(relation.first - 4, relation.first)
    if said[-1:] not in (["zone"], ["territory"], ["area"]) or not set(said) & (_LEAVING | _ENTERING):
        return None
    return replace(relation, sign=relation.sign if set(said) & _ENTERING else -relation.sign)


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


def tells_of_zone(scene: Scene, date: Mention) -> bool:
    """Whether a date stands with a zone that was entered or left ("left oversold territory on Tuesday")."""
    told = [m for _, m in scene.each("label") if zone_crossing(scene, m) is not None]
    return any(len(scene.own("date")) == 1 or 0 <= date.first - m.last <= 6 for m in told)


def zone_dates(scene: Scene, index: int, day: PartialDate, since: bool) -> list[Candidate]:
    """The date on which a zone was entered or left; since: what is in the zone "since" the date entered it then."""
    mention = scene.ms[index]
    found = []
    for place, label in scene.each("label"):
        held = zone_line(scene, label, entered=True) if since and not scene.negated(label) else None
        if (crossed := zone_crossing(scene, label) or held) is None:
            continue
        measure = scene.measures[crossed[0]]
        owner = _named_last(scene, measure.of)
        for timeframe, cost, time_use in scene.timeframes(mention, measure, owner):
            for symbols, extra, use in scene.instruments(mention):
                statement = Dated(Ref(measure.name, symbols[0], timeframe), day)
                uses = uses_of(index, use, place, time_use, owner)
                found.append(Candidate(0.1 + extra + cost, (statement,), uses, measure.name))
    return found
