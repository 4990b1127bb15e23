"""Candidates for lengths: sessions or weeks in a row, in a zone, or since a crossing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.checking.claims import Labelled, Ref, Valued
from pipeline.checking.mentions import Mention
from pipeline.checking.reading.refs import uses_of
from pipeline.checking.reading.scene import LENGTHS, Scene
from pipeline.checking.reading.settle import Candidate
from pipeline.facts.catalogue import Measure
from pipeline.facts.units import Kind, Unit


def streak_measures(scene: Scene, at: Mention, unit: str) -> Iterator[tuple[Measure, float, frozenset[int]]]:
    """Streak measures a length may be of, by direction words, versus words and named streaks."""
    wanted = LENGTHS.get(unit)
    longest = "longest" in scene.norms(scene.clause.first, at.first)
    named = [
        (i, m)
        for i, m in scene.each("measure")
        if any(scene.measures[n].kind is Kind.STREAK and scene.measures[n].sign for n in m.values)
    ]
    versus = [(i, m) for i, m in scene.each("versus") if m.sign]
    moves = [(i, m) for i, m in scene.each("direction") if m.sign]
    before_now = next((i for i, m in scene.each("period") if scene.word_before(m) in ("before", "until", "to")), None)
    last_week = "last week" in " ".join(scene.norms(scene.clause.first, scene.clause.last))
    index = scene.ms.index(at)
    source = scene.sign_sources.get(index)
    for measure in scene.measures.values():
        if measure.kind is not Kind.STREAK or not measure.sign or (wanted is not None and measure.unit is not wanted):
            continue
        cost = 0.0
        uses: set[int] = {index}
        is_longest = measure.name.startswith("longest_")
        if measure.name.endswith("_completed"):
            cost += -0.4 if before_now is not None or last_week else 0.3
            uses |= {before_now} if before_now is not None else set()
        if wanted is None and measure.unit is Unit.WEEKS and not _weeks_said(scene):
            cost += 0.6
        if is_longest != longest:
            cost += 1.2
        mine = [(i, m) for i, m in named if measure.name in m.values]
        if named and not mine:
            cost += 1.5
        if mine:
            uses.add(mine[0][0])
            cost += 0.02 * abs(mine[0][1].first - at.last)
        elif measure.scope == "pair":
            hits = [(i, m) for i, m in versus]
            flip = (scene.pair(at) or ("", False, frozenset()))[1]
            hits = [(i, m) for i, m in hits if (m.sign < 0 if flip else m.sign > 0) == (measure.sign > 0)]
            if not hits:
                if scene.state.measure.removeprefix("longest_") != measure.name.removeprefix("longest_"):
                    continue
                cost += 0.8
            else:
                uses.add(hits[0][0])
        else:
            hits = [(i, m) for i, m in moves if (m.sign > 0) == (measure.sign > 0)]
            if source is not None and scene.ms[source].kind == "direction":
                hits = [(i, m) for i, m in hits if i == source] or (hits if scene.ms[source].sign == 0 else [])
            if not hits:
                if scene.state.measure.removeprefix("longest_") != measure.name.removeprefix("longest_"):
                    continue
                cost += 0.8
            else:
                uses.add(hits[0][0])
            if versus and not mine:
                cost += 1.5
        yield measure, cost, frozenset(uses)


def _weeks_said(scene: Scene) -> bool:
    """Whether the clause speaks of weeks; a run without a unit is one of sessions."""
    return bool({"week", "weeks", "weekly"} & set(scene.norms(scene.clause.first, scene.clause.last)))


def candidates(scene: Scene, index: int) -> list[Candidate]:
    """All candidates of a length."""
    mention = scene.ms[index]
    figure = mention.figure
    assert figure is not None
    found = _since_crossing(scene, index) + _in_zone(scene, index)
    for measure, cost, uses in streak_measures(scene, mention, figure.unit):
        plain = replace(figure, unit="")
        if not figure.streak and not any(scene.ms[i].kind == "measure" for i in uses):
            cost += 0.9
        if measure.scope == "pair":
            pair = scene.pair(mention)
            if pair:
                found.append(Candidate(cost, (Valued(Ref(measure.name, pair[0], measure.timeframes[0]), plain),),
                                       uses | pair[2], measure.name))  # fmt: skip
            continue
        for symbols, extra, use in scene.instruments(mention):
            statements = tuple(Valued(Ref(measure.name, symbol, measure.timeframes[0]), plain) for symbol in symbols)
            found.append(Candidate(cost + extra, statements, uses | uses_of(use), measure.name))
    return found


def _in_zone(scene: Scene, index: int) -> list[Candidate]:
    """ "Four straight sessions in overbought territory"."""
    mention = scene.ms[index]
    figure = mention.figure
    assert figure is not None
    found = []
    for place, label in scene.each("label"):
        for measure in scene.measures.values():
            zone = scene.measures.get(measure.of or "")
            if (
                not measure.name.endswith("_bars_in_zone")
                or zone is None
                or not {item.name for item in zone.labels} & set(label.values)
            ):
                continue
            timeframe = "weekly" if figure.unit == "weeks" else "daily"
            owners = [i for i, _ in scene.each("measure") if zone.of in scene.names(i)]
            for symbols, extra, use in scene.instruments(mention):
                ref = Ref(measure.name, symbols[0], timeframe)
                statements = (
                    Valued(ref, replace(figure, unit="")),
                    Labelled(Ref(zone.name, symbols[0], timeframe), label.values[0]),
                )
                times = [i for i, _ in scene.each("timeframe")]
                uses = uses_of(index, place, use, *owners, *times)
                found.append(Candidate(0.1 + extra, statements, uses, measure.name))
    return found


def _since_crossing(scene: Scene, index: int) -> list[Candidate]:
    """Sessions since a crossing ("a death cross 22 sessions ago")."""
    mention = scene.ms[index]
    figure = mention.figure
    if figure is None or figure.streak or figure.ordinal or figure.unit != "sessions":
        return []
    after = set(scene.norms(mention.last, mention.last + 2))
    held = "since" in scene.norms(scene.clause.first, mention.first) and any(True for _ in scene.each("relation"))
    if not {"ago", "earlier", "before", "since"} & after:
        return []
    plain = replace(figure, unit="")
    found = []
    for measure in scene.measures.values():
        if not measure.name.endswith("_bars_since") or measure.of is None:
            continue
        crossing = scene.measures[measure.of]
        for place, named in scene.each("measure", "crossing"):
            names = scene.names(place)
            near = crossing.name in names or (crossing.of in names and (held or bool(list(scene.each("crossing")))))
            near = near or (named.kind == "crossing" and named.note.split()[-1:] in (["golden"], ["death"])
                            and crossing.name == "sma_50_200_cross")  # fmt: skip
            if near:
                for symbols, extra, use in scene.instruments(mention):
                    ref = Ref(measure.name, symbols[0], measure.timeframes[0])
                    found.append(
                        Candidate(0.2 + extra, (Valued(ref, plain),), uses_of(index, use, place), measure.name)
                    )
        if crossing.name == scene.state.measure:
            for symbols, extra, use in scene.instruments(mention):
                ref = Ref(measure.name, symbols[0], measure.timeframes[0])
                found.append(Candidate(0.6 + extra, (Valued(ref, plain),), uses_of(index, use), measure.name))
    return found
