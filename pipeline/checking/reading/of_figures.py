"""Candidates for figures: what a printed number may be the value of, by its unit and what stands around it."""

from __future__ import annotations

from dataclasses import replace

from pipeline.checking.claims import Bound, Ref, Valued
from pipeline.checking.mentions import TIMES, Figure, Mention
from pipeline.checking.ratings import RATING, VOTE
from pipeline.checking.reading import (
    of_changes,
    of_crossings,
    of_dates,
    of_differences,
    of_distances,
    of_levels,
    of_ratings,
    of_sessions,
    of_streaks,
    of_tallies,
    of_volume,
    of_zero,
)
from pipeline.checking.reading.refs import named_refs, uses_of
from pipeline.checking.reading.scene import LENGTHS, Scene
from pipeline.checking.reading.settle import Candidate
from pipeline.facts.units import Kind, Unit

_BARE = ("", "points", "$", "index points")
_OF_REACH = 4
"""How many tokens may stand between a percentage and what it is of."""
_OTHER_WINDOW = 0.8
"""Cost of one of several windows that share a name, where the text does not say which."""


def candidates(scene: Scene, index: int) -> list[Candidate]:
    """All candidates of the figure at an index of the scene."""
    mention = scene.ms[index]
    figure = mention.figure
    if figure is None or scene.denied(mention):
        return []
    if (
        crossed := of_streaks.scored(scene, index)
        or of_zero.zero(scene, index)
        or of_crossings.reached(scene, index, figure)
        or of_crossings.zoned(scene, index)
    ):
        return crossed
    found = of_crossings.line(scene, index) + of_volume.figures(scene, index, mention, figure)
    found += of_ratings.votes(scene, index, mention, figure)
    counts = figure.whole and figure.unit in ("", *LENGTHS)
    if counts or figure.ordinal or figure.total is not None:
        found += of_tallies.candidates(scene, index, mention, figure)
    counted = figure.whole and figure.unit == "" and of_streaks.counts(scene, mention)
    if counted or figure.ordinal or figure.streak or figure.unit in TIMES:
        found += of_streaks.candidates(scene, index, mention, figure) + of_dates.elapsed(scene, index, figure)
    if figure.unit == "%":
        found += _thresholds(scene, index, mention, figure)
        found += of_sessions.position(scene, index)
        found += of_dates.since_event(scene, index, figure)
        found += of_distances.percents(scene, index)
        found += of_distances.since_then(scene, index, mention, figure)
        found += _named(scene, index, mention, figure, (Unit.PERCENT,))
        found += of_changes.changed(scene, index, mention, figure, Kind.CHANGE)
        found += _percents_of_carried(scene, index, mention, figure)
        found += _claimed_before(scene, index, mention, figure)
    if figure.unit in ("%", "pp"):
        found += of_differences.indicators(scene, index, mention, figure)
    if figure.unit in ("%", "pp", "bp", "points"):
        found += of_changes.spreads(scene, index, mention, figure)
    if figure.unit in _BARE and not figure.ordinal and not figure.streak and figure.total is None:
        found += of_levels.candidates(scene, index, mention, figure)
        found += of_distances.apart(scene, index)
        found += of_differences.ranges(scene, index, mention, figure)
        found += of_differences.indicators(scene, index, mention, figure)
        found += _thresholds(scene, index, mention, figure)
        found += of_levels.prices(scene, index, mention, figure)
        found += of_levels.moves_of_carried(scene, index, mention, figure)
        found += of_changes.changed(scene, index, mention, figure, Kind.POINTS)
    if figure.unit in ("", *LENGTHS):
        found += _named(scene, index, mention, figure, (Unit.SESSIONS, Unit.WEEKS, Unit.BARS, Unit.COUNT))
    return found


def _named(scene: Scene, index: int, mention: Mention, figure: Figure, units: tuple[Unit, ...]) -> list[Candidate]:
    """The value of a measure named in the clause that has one of some units. Direction streaks have readings of their
    own."""
    found = []
    for place, _ in scene.each("measure"):
        measures = [scene.measures[name] for name in scene.names(place)]
        if any(m.kind is Kind.DISTANCE for m in measures) and (other := of_distances.from_another(scene, place)):
            measures = other
        names = tuple(
            m.name for m in measures
            if m.unit in units and m.kind is not Kind.CHANGE
            and not (m.kind is Kind.STREAK and m.sign and units[0] is Unit.SESSIONS)
        )  # fmt: skip
        if not names:
            continue
        base = scene.attach(place, mention)
        sign = scene.sign_of(index)[0] if any(scene.kind_of(n) is Kind.DISTANCE for n in names) else None
        several = len({scene.measures[n].window for n in names}) > 1
        for ref, cost, uses, measure in named_refs(scene, mention, place, names):
            stated = _window_beside(scene, index, measure.window) if several else None
            extra = _OTHER_WINDOW if several and stated is None else 0.0
            claimed = replace(figure, unit="") if measure.kind in (Kind.STREAK, Kind.COUNT) else figure
            signed = sign or 0 if measure.kind is Kind.DISTANCE else sign
            if measure.of == "atr_14" and not _of_the_close(scene, mention):
                continue
            statement = Valued(ref, claimed, signed)
            uses = uses | uses_of(index, stated) | scene.equals(mention)  # noqa: PLW2901
            found.append(Candidate(base + (cost + extra), (statement,), uses, f"value of {measure.name}"))
    return found


def _of_the_close(scene: Scene, mention: Mention) -> bool:
    """Whether what a percentage is "of" is the close, if it says so at all."""
    if scene.word_after(mention) != "of":
        return True
    return not any(
        0 <= named.first - mention.last <= _OF_REACH and "close" not in scene.names(place)
        for place, named in scene.own("measure", "averages")
    )


def _window_beside(scene: Scene, index: int, window: int | None) -> int | None:
    """The mention that says a figure's window ("14.35% over 20 days"), if it is this one."""
    mention = scene.ms[index]
    for place, other in scene.own("figure", "period"):
        near = 0 <= other.first - mention.last <= 2 or 0 <= mention.first - other.last <= 4
        sessions = {"5d": 5, "20d": 20}.get(other.values[0] if other.values else "")
        number = other.figure.value if other.figure is not None else sessions
        if place != index and near and number == window:
            return place
    return None


def _percents_of_carried(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """A percent that an indicator makes of the measure spoken of last."""
    found: list[Candidate] = []
    for measure in scene.measures.values():
        if scene.spoken_of is None or measure.of != scene.spoken_of.name:
            continue
        if measure.kind is Kind.INDICATOR and measure.unit is Unit.PERCENT:
            for symbols, extra, use in scene.instruments(mention):
                statement = Valued(Ref(measure.name, symbols[0]), figure)
                uses = uses_of(index, use) | scene.equals(mention)
                found.append(Candidate(0.5 + extra, (statement,), uses, f"{measure.name}, carried"))
    return found


def _claimed_before(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """ "IWM's is deeper, at 29.34%": another one's value of the measure that the last claim gave a percent of."""
    measure = scene.measures.get(scene.state.claimed)
    if (
        measure is None
        or measure.unit is not Unit.PERCENT
        or measure.kind is Kind.CHANGE
        or measure.scope != "instrument"
    ):
        return []
    if any(not m.weak for _, m in scene.each("measure")):
        return []
    side = scene.relation_for(mention)
    sign = side[1].sign if side is not None else 0
    signed = sign if measure.kind is Kind.DISTANCE else None
    return [
        Candidate(0.5 + extra, (Valued(Ref(measure.name, symbols[0]), figure, signed),),
                  uses_of(index, use, side[0] if side else None), f"{measure.name}, as before")
        for symbols, extra, use in scene.instruments(mention)
    ]  # fmt: skip


def _thresholds(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """ "the overbought line at 70" without the indicator's name."""
    found = []
    for place, label in scene.each("label"):
        if label.note in (RATING, VOTE):
            continue
        gap = label.first - mention.last if label.first >= mention.last else mention.first - label.last
        if gap > (3 if figure.unit == "" else 5) or not figure.whole or scene.between(label, mention, "figure"):
            continue
        for name in label.values:
            bounded = (
                m for m in scene.measures.values() if any(b.name == name and b.bounds and b.phrases for b in m.labels)
            )
            owner = next(bounded, None)
            if owner is not None:
                statement = Bound(Ref(owner.name, scene.subject[0] if scene.subject else ""), name, figure)
                uses = uses_of(index, place, scene.sign_sources.get(index))
                found.append(Candidate(0.1 + 0.03 * gap, (statement,), uses, "threshold of a label"))
    return found
