"""Gaps: what stands at the two ends of a distance between two values.

"1.7% short of its 50-day average", "some 50 points beneath that peak", "under its 200-day average, by 2.8%", "from
which it is separated by 31%", "a record close of 1,565.15, some 34 points higher".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.checking.claims import Dated, Ref, Statement, Today
from pipeline.checking.mentions import Mention
from pipeline.checking.reading.gap_words import DISTANCES, Side, extreme_after
from pipeline.checking.reading.of_dates import CLOSES
from pipeline.checking.reading.refs import named_refs, uses_of
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.signs import AIMED
from pipeline.checking.tokens import words
from pipeline.facts.units import Kind

_LATER = words("later since")
_STOPS = words(", ; and but or while ( )")
_POINTING = words("that this those these")
_OBJECT = words("from to at above below than")
_REACH = 7
"""How many tokens may stand between a side word and its level."""
NAMED, CARRIED, BARE = 0.1, 0.15, 0.3
"""Cost of the level a distance is from: named in its phrase, pointed at, and said by nothing but the side."""
_OTHER_SUBJECT = 1.1
_LEVEL_LEADS, _CLOSE_LEADS = 0.3, 0.5
"""Costs of a level named before a distance being what stands away, and of the close being it, after a comma."""
_LATER_NAME = 0.05


@dataclass(frozen=True, slots=True)
class End:
    """What one end of a gap may be: measures by name, the mention that names them, what else must hold, its cost."""

    names: tuple[str, ...]
    place: int | None
    cost: float
    uses: frozenset[int] = frozenset()
    day: Mention | None = None


def objects(scene: Scene, index: int, side: Side) -> list[End]:
    """What a distance may be measured from: named after its side word or pointed at."""
    mention = scene.ms[index]
    start, stop = side.last, mention.first if side.fronted else scene.clause.last
    said = scene.norms(start, start + 3)
    if said[:1] in (["from"], ["of"], ["than"], ["to"], ["with"]):
        start, said = start + 1, scene.norms(start + 1, start + 4)
    if (dated := _day_close(scene, start) or _of_date(scene, start)) is not None:
        return [dated]
    named = _named_after(scene, start, stop, side.last)
    if named is not None:
        place, names = named
        pointed = scene.word_before(scene.ms[place]) in _POINTING
        carried = _carried(scene, mention, side) if pointed else []
        side_word = next((n for n in ("high", "low") if n in names), "")
        kept = [end for end in carried if side_word and any(f"{side_word}_" in name for name in end.names)]
        return [replace(end, uses=end.uses | {place}) for end in kept] or [End(names, place, NAMED)]
    own = said[:2] in (["its", "own"], ["their", "own"])
    if said[:1] and (said[0] in AIMED or said[0] in ("which", "these", "here") or own):
        noun = next((i for i, m in scene.own("record") if m.first - start in (1, 2)), None)
        carried = _carried(scene, mention, side)
        if _stands_itself(scene, mention, side):
            carried = [End(("close",), None, CARRIED)]
        elif said[0] in ("it", "them") and not side.fronted:
            carried = [*carried, End(("close",), None, CARRIED + _LEVEL_LEADS)]
        return [replace(end, uses=end.uses | uses_of(noun)) for end in carried]
    return []


def _day_close(scene: Scene, start: int) -> End | None:
    """ "Thursday's close", "Friday's level": the close of a day."""
    for place, said in scene.own("date"):
        if not 0 <= said.first - start <= 1 or scene.word_after(said) != "'s" or said.day is None:
            continue
        named = next((i for i, m in scene.own("measure") if m.first == said.last + 1 and "close" in m.values), None)
        if named is not None or set(scene.norms(said.last + 1, said.last + 3)) & CLOSES:
            return End(closes_of(scene, said), named, NAMED, uses_of(place), said)
    return None


def closes_of(scene: Scene, said: Mention) -> tuple[str, ...]:
    """The closes a day may name: the session's if it is the session's day, else the one before."""
    today = scene.state.today
    if today is None or said.day is None:
        return ("close", "previous_close")
    return ("close",) if said.day.fits(today, today) else ("previous_close",)


def day_of_close(scene: Scene, place: int) -> Mention | None:
    """The date that says of which day a close is ("Friday's close")."""
    named = scene.ms[place]
    told = [m for _, m in scene.own("date") if m.last + 1 == named.first and scene.word_after(m) == "'s"]
    return told[0] if told and told[0].day is not None and told[0].day.weekday is not None else None


def _of_date(scene: Scene, start: int) -> End | None:
    """ "Its June 20 peak", "the Aug. 31 high": a high or low by the date it was set."""
    for place, said in scene.own("date"):
        if not 0 <= said.first - start <= 3 or said.day is None:
            continue
        named = extreme_after(scene, said)
        if named is not None:
            sides = ("record_", "high_") if scene.ms[named].sign >= 0 and not _is_low(scene, named) else ("low_",)
            pair = scene.state.measure.startswith("ratio") or any("ratio" in m.values for _, m in scene.own("measure"))
            names = tuple(n for n in scene.measures if n.removeprefix("ratio_").startswith(sides)
                          and n.startswith("ratio_") is pair and scene.kind_of(n) is Kind.LEVEL)  # fmt: skip
            return End(names, None, NAMED, uses_of(place, named), said)
    return None


def _is_low(scene: Scene, index: int) -> bool:
    return any("low" in name for name in scene.ms[index].values) or "trough" in scene.norms(
        scene.ms[index].first, scene.ms[index].last
    )


def _named_after(scene: Scene, start: int, stop: int, bound: int) -> tuple[int, tuple[str, ...]] | None:
    """The level named in the phrase after a side word."""
    for place, names in _levels(scene):
        named = scene.ms[place]
        if scene.is_header(place) or named.first < start or named.last > stop or named.first - start > _REACH:
            continue
        bridge = scene.norms(bound, named.first)
        if _STOPS & set(bridge) or any(bound <= m.first < named.first for _, m in scene.own("figure", "relation")):
            return None
        return place, names
    return None


def _levels(scene: Scene) -> list[tuple[int, tuple[str, ...]]]:
    """Mentions that name a level or the close, with what they may name."""
    found = []
    for place, mention in scene.each("measure", "averages"):
        if mention.kind == "averages":
            names = () if mention.plural else tuple(n for n in mention.values if n == scene.level)
        else:
            names = tuple(n for n in scene.names(place) if scene.kind_of(n) is Kind.LEVEL)
        if names:
            found.append((place, names))
    return found


def _carried(scene: Scene, mention: Mention, side: Side) -> list[End]:
    """The level spoken of last before a distance: in the clause, or before it."""
    limit = side.first if side.fronted else mention.first
    for place, names in reversed(_levels(scene)):
        named = scene.ms[place]
        kept = tuple(n for n in names if n not in ("close", "ratio"))
        if not scene.is_header(place) and named.last <= limit and kept:
            return [End(kept, place, CARRIED)]
    level = scene.measures.get(scene.level)
    if level is not None and level.kind is Kind.DISTANCE and level.of:
        level = scene.measures.get(level.of)
    if level is None or level.kind is not Kind.LEVEL or level.name in ("close", "ratio"):
        return []
    return [End((level.name,), None, CARRIED)]


def _stands_itself(scene: Scene, mention: Mention, side: Side) -> bool:
    """Whether the level named last is what stands at the distance, the close being "it": "support is at 6,630.67, 0.07%
    below the close, and resistance at 7,319.58, 9.35% above it"."""
    before = [(place, names) for place, names in _levels(scene) if scene.ms[place].last <= mention.first]
    if side.fronted or len(before) < 2 or "close" in before[-1][1]:
        return False
    named = scene.ms[before[-1][0]]
    apposed = scene.word_before(mention) == ","
    closes = any("close" in names for _, names in before[:-1])
    return apposed and closes and not is_object(scene, named) and not breaks(scene, named, mention)


def spanned(scene: Scene, index: int) -> tuple[Side, End, End] | None:
    """The two ends of a distance told as a noun ("the gap between the close and the 200-day average is 3%", "the
    distance from the close to the 52-week high was 18.42%")."""
    mention = scene.ms[index]
    levels = [(p, n) for p, n in _levels(scene) if not scene.is_header(p) and scene.ms[p].last <= mention.first]
    if len(levels) != 2:
        return None
    (first, one), (second, other) = levels
    before = scene.norms(scene.clause.first, scene.ms[first].first)
    between = scene.norms(scene.ms[first].last, scene.ms[second].first)
    if not (DISTANCES & set(before) and {"between", "from"} & set(before) and {"and", "to"} & set(between)):
        return None
    ends = End(one, first, NAMED), End(other, second, 0.0)
    price, level = ends if "close" in one else ends[::-1]
    return Side(0, mention.last, mention.last), level, price


def bare(scene: Scene, index: int, side: Side) -> list[tuple[End, End]]:
    """The ends of a distance whose side word names no level ("some 34 points higher", "more than 36% below"): what
    stands there, and what it is measured from."""
    mention = scene.ms[index]
    carried = _carried(scene, mention, side)
    if not carried:
        return []
    found: list[tuple[End, End]] = []
    for end in carried:
        named = scene.ms[end.place] if end.place is not None else None
        if named is None:
            if _set_beside(scene, end):
                found.append((PRICE, replace(end, cost=NAMED)))
            elif not side.weak or _LATER & set(scene.norms(scene.clause.first, mention.first)):
                found.append((PRICE, replace(end, cost=BARE + 0.2)))
        elif breaks(scene, named, mention):
            if not side.weak:
                found.append((PRICE, replace(end, cost=BARE)))
        else:
            found += [(replace(end, cost=0.05), replace(PRICE, cost=0.1)), (PRICE, replace(end, cost=BARE + 0.6))]
    return found


def _set_beside(scene: Scene, end: End) -> bool:
    """Whether the clause sets the close beside the level it hangs on ("the low was 1,732.99, with the close 3.1%
    higher")."""
    closes = any("close" in m.values for _, m in scene.own("measure"))
    return closes and scene.words[:1] == ["with"] and scene.state.measure in end.names


def is_object(scene: Scene, named: Mention) -> bool:
    """Whether a level is what something else stands against ("below its 50-day average and 11% below")."""
    before = scene.norms(named.first - 3, named.first)
    sided = any(0 <= named.first - m.last <= 4 for _, m in scene.own("relation", "crossing"))
    return sided or bool(_OBJECT & set(before))


def breaks(scene: Scene, named: Mention, mention: Mention) -> bool:
    """Whether something else than a level named before is what stands at a distance from it."""
    closes = any(
        "close" in m.values and m.first >= named.last and m.last <= mention.first for _, m in scene.own("measure")
    )
    verbs = words("closed finished ended settled closing finishing") & set(scene.norms(named.last, mention.first))
    return closes or bool(verbs) or bool(scene.between(named, mention, "instrument", "pronoun"))


PRICE = End(("close",), None, 0.0)
"""The close, where nothing else stands at a distance."""


def subjects(scene: Scene, index: int, side: Side, target: End) -> list[End]:
    """What may stand at a distance from a level: the close, or a level named before."""
    mention = scene.ms[index]
    limit = side.first if side.fronted else mention.first
    before = [
        (place, names) for place, names in _levels(scene)
        if not scene.is_header(place) and scene.ms[place].last <= limit and place != target.place
        and not is_object(scene, scene.ms[place])
    ]  # fmt: skip
    others = [(p, n) for p, n in before if "close" not in n]
    price = bool({"close", "previous_close"} & set(target.names))
    if price:
        if others:
            return [End(others[-1][1], others[-1][0], 0.0)]
        level = scene.measures.get(scene.level)
        carried = level is not None and level.kind is Kind.LEVEL and target.day is None
        ends = [End((level.name,), None, CARRIED)] if carried and level is not None else []
        return [*ends, PRICE] if target.day is not None else ends
    if not before:
        return [PRICE]
    place, names = before[-1]
    named = scene.ms[place]
    if {"close", "previous_close"} & set(names) and (day := day_of_close(scene, place)) is not None:
        return [End(closes_of(scene, day), place, 0.0, uses_of(scene.ms.index(day)), day)]
    if "close" in names or "ratio" in names:
        return [End(names, place, 0.0)]
    if target.place == place or side.fronted:
        return [PRICE]
    if breaks(scene, named, mention):
        return [PRICE, End(names, place, _OTHER_SUBJECT)]
    if "," in scene.norms(named.last, mention.first):
        return [End(names, place, _LEVEL_LEADS), replace(PRICE, cost=_CLOSE_LEADS)]
    return [End(names, place, 0.0), replace(PRICE, cost=_OTHER_SUBJECT)]


def refs_of(scene: Scene, at: Mention, end: End) -> Iterator[tuple[Ref, float, frozenset[int], tuple[Statement, ...]]]:
    """References one end may stand for: cost, mentions used, and what must hold of the day it is of."""
    if end.place is None or end.day is not None:
        for order, name in enumerate(end.names):
            measure = scene.measures[name]
            for symbols, cost, use in scene.instruments(at):
                ref = Ref(name, scene.owner(measure, symbols), measure.timeframes[0])
                uses = end.uses | uses_of(use, end.place)
                if end.day is None or end.day.day is None:
                    yield ref, end.cost + cost + _LATER_NAME * order, uses, ()
                    continue
                day = end.day.day
                held: Statement = Today(day) if name == "close" else Dated(ref, day)
                yield ref, end.cost + cost, uses, (held,)
        return
    for ref, cost, uses, _ in named_refs(scene, at, end.place, end.names):
        yield ref, end.cost + cost, uses | end.uses, ()
