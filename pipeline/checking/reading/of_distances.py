"""Candidates for distances: percent or points above or below a level."""

from __future__ import annotations

from dataclasses import replace

from pipeline.checking.claims import Away, Difference, Ref, Valued
from pipeline.checking.mentions import Figure, Mention
from pipeline.checking.reading.refs import named_refs, uses_of
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import Candidate
from pipeline.checking.tokens import words
from pipeline.facts.catalogue import Measure
from pipeline.facts.units import Kind

DISTANCE_WORDS = words("from off of shy short to")
"""Words that lead from a distance to its level."""
_BELOW = words("off shy short")
_CLOSE_AGAIN = words("close price index level it")
_UNLINKED = 1.5
"""Cost of a level after its distance without a word that links them."""


def percents(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """Percent above or below a level named in the clause, or carried."""
    side = scene.relation_for(mention)
    levels = _levels(scene)
    found: list[Candidate] = []
    for place, names in levels:
        found += _from_level(scene, index, place, names, side)
    before = [names[0] for place, names in levels if side is not None and scene.ms[place].last <= side[1].first]
    carried = scene.measures.get(before[-1] if before else scene.level)
    aimed = side is not None and scene.aimed(side[1])
    if carried is not None and side is not None and (aimed or not levels):
        distance = _distance_of(scene, carried.of if carried.kind is Kind.DISTANCE else carried.name)
        for symbols, extra, use in scene.instruments(mention):
            if distance is None:
                break
            statement = Valued(Ref(distance.name, scene.owner(distance, symbols)), figure, side[1].sign)
            cost, uses = (0.0 if aimed else 0.8) + extra, uses_of(index, use, side[0])
            found.append(Candidate(cost, (statement,), uses, f"{distance.name}, carried"))
    return found


def since_then(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """ "It has since climbed 22.63%", "down 32% from there": the way the close came from a level spoken of before."""
    said = set(scene.words)
    if not ({"since"} & said or {"from", "there"} <= said) or scene.any("date", "period"):
        return []
    sign, _, source = scene.sign_of(index)
    level = scene.measures.get(scene.level)
    distance = _distance_of(scene, level.name) if level is not None else None
    if distance is None or source is None or any(not m.weak for _, m in scene.each("measure")):
        return []
    return [
        Candidate(0.1 + extra, (Valued(Ref(distance.name, scene.owner(distance, symbols)), figure, sign),),
                  uses_of(index, use, source), f"{distance.name}, since then")
        for symbols, extra, use in scene.instruments(mention)
    ]  # fmt: skip


def points_from_carried(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """ "It finished less than four points beneath it": points from a level named before."""
    side = next(((i, m) for i, m in scene.each("relation") if 0 <= m.first - mention.last <= 1 and m.sign), None)
    if side is None or not scene.aimed(side[1]):
        return []
    before = [names[0] for place, names in _levels(scene) if scene.ms[place].last <= mention.first]
    level = scene.measures.get(before[-1] if before else scene.level)
    if level is None or level.kind is not Kind.LEVEL or level.scope != "instrument" or level.name == "close":
        return []
    found = []
    for symbols, extra, use in scene.instruments(mention):
        statement = Difference(
            Ref("close", symbols[0]), Ref(level.name, symbols[0]), figure, scene.turned(side[1]).sign
        )
        found.append(Candidate(0.1 + extra, (statement,), uses_of(index, use, side[0]), f"points from {level.name}"))
    return found


def _levels(scene: Scene) -> list[tuple[int, tuple[str, ...]]]:
    """Mentions that name a level, with the levels they may name."""
    named = [(i, scene.names(i)) for i, _ in scene.each("measure")]
    named += [(i, same_average(scene, m)) for i, m in scene.each("averages")]
    levels = [
        (i, tuple(n for n in names if scene.kind_of(n) is Kind.LEVEL and n not in ("close", "ratio")))
        for i, names in named
    ]
    return [(i, names) for i, names in levels if names]


def _from_level(
    scene: Scene, index: int, place: int, names: tuple[str, ...], side: tuple[int, Mention] | None
) -> list[Candidate]:
    """Readings of a percent as the distance to one named level.

    Of "the close is 2% below the average" the percent is of the level; of "the average lies 2% above the close" either
    may be, since prose says it both ways.
    """
    mention, named = scene.ms[index], scene.ms[place]
    figure, source = mention.figure, scene.sign_sources.get(index)
    assert figure is not None
    before = named.last <= mention.first and not scene.is_header(place)
    bridge = [] if before else scene.norms(mention.last, named.first)
    linked = side is not None or bool(DISTANCE_WORDS & set(bridge)) or scene.is_header(place)
    base = scene.attach(place, mention, across=True) + (0.0 if before or linked else _UNLINKED)
    sign = side[1].sign if side else scene.ms[source].sign if source is not None else figure.sign
    if not sign and _BELOW & set(bridge):
        sign = -1
    close_leads = before and any(
        m.kind != "measure" or "close" in m.values
        for m in scene.between(named, mention, "instrument", "measure", "pronoun")
    )
    again = side is not None and bool(_CLOSE_AGAIN & set(scene.norms(side[1].last, side[1].last + 5)))
    found: list[Candidate] = []
    for ref, extra, uses, measure in named_refs(scene, mention, place, names):
        distance = _distance_of(scene, measure.name)
        if distance is None:
            continue
        cost, used = base + extra, uses | uses_of(index, side[0] if side else source)
        close_first = Valued(replace(ref, measure=distance.name), figure, sign)
        if not before:
            found.append(Candidate(cost, (close_first,), used, distance.name))
        elif side is None:
            if source is not None or figure.sign:
                found.append(Candidate(cost + 0.9, (close_first,), used, distance.name))
        elif close_leads:
            found.append(Candidate(cost + 0.1, (close_first,), used, distance.name))
        else:
            level_first = Away(ref, figure, sign)
            found.append(Candidate(cost + (0.1 if again else 0.5), (level_first,), used, "a level's distance"))
            if not again:
                found.append(Candidate(cost + 0.7, (close_first,), used, distance.name))
    return found


def points(scene: Scene, index: int, place: int, ref: Ref, extra: float, uses: frozenset[int]) -> list[Candidate]:
    """ "51.3 points above the 50-day average": side word and level come right after the figure. extra: the reference's
    cost beyond that of the place."""
    mention, level = scene.ms[index], scene.ms[place]
    assert mention.figure is not None
    bridge = scene.norms(mention.last, level.first)
    if level.first < mention.last or len(bridge) > 6 or scene.between(mention, level, "figure", "measure"):
        return []
    side = next(((i, m) for i, m in scene.each("relation") if 0 <= m.first - mention.last <= 1), None)
    if side is None and not DISTANCE_WORDS & set(bridge[:2]):
        return []
    source = scene.sign_sources.get(index)
    sign = side[1].sign if side else scene.ms[source].sign if source is not None else 0
    if not sign and _BELOW & set(bridge):
        sign = -1
    statement = Difference(Ref("close", ref.instrument), ref, mention.figure, sign)
    used = uses | uses_of(index, side[0] if side else None)
    across = mention.figure.unit in ("points", "$")
    cost = max(scene.attach(place, mention, across=across) + extra - 0.2, 0.0)
    return [Candidate(cost, (statement,), used, "points from a level")]


def same_average(scene: Scene, named: Mention) -> tuple[str, ...]:
    """ "The average", said of one named before."""
    return () if named.plural else tuple(name for name in named.values if name == scene.state.measure)


def _distance_of(scene: Scene, level: str | None) -> Measure | None:
    """The measure of the close's distance from a level."""
    return next(
        (
            m for m in scene.measures.values()
            if m.of == level and m.kind is Kind.DISTANCE and m.name.startswith("distance_")
        ),
        None,
    )  # fmt: skip
