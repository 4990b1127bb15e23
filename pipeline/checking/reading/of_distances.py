"""Candidates for distances: percent or points between the close and a level, or between two levels."""

from __future__ import annotations

from dataclasses import replace

from pipeline.checking.claims import Apart, Away, Dated, Difference, Ref, Statement, Today, Valued
from pipeline.checking.mentions import Figure, Mention
from pipeline.checking.reading.gap_words import Side, side_of
from pipeline.checking.reading.gaps import End, bare, objects, refs_of, spanned, subjects
from pipeline.checking.reading.refs import named_refs, uses_of
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import Candidate
from pipeline.checking.tokens import words
from pipeline.facts.catalogue import Measure
from pipeline.facts.units import Kind

DISTANCE_WORDS = words("from off of shy short to")
"""Words that lead from a distance to its level."""
_BELOW = words("off shy short")
_UNLINKED = 1.5
"""Cost of a level after its distance without a word that links them."""
_TO_LEVEL = 9
"""How many tokens may stand between a distance's name and the level it is from."""
_OWNERS = 12
"""How many references of one end are thought of."""


def apart(scene: Scene, index: int) -> list[Candidate]:
    """A figure as the distance between two values, by the words around it."""
    mention = scene.ms[index]
    if (ends := spanned(scene, index)) is not None and mention.figure is not None:
        return _between(scene, index, *ends)
    side = side_of(scene, index)
    if mention.figure is None or side is None:
        return []
    found: list[Candidate] = []
    targets = objects(scene, index, side)
    for target in targets:
        for subject in subjects(scene, index, side, target):
            if subject.names == ("close",) or not _subject_again(scene, mention):
                found += _between(scene, index, side, subject, target)
    if not targets:
        for subject, base in bare(scene, index, side):
            found += _between(scene, index, side, subject, base)
    return found


def _subject_again(scene: Scene, mention: Mention) -> bool:
    """Whether "and is" right before a figure takes up the clause's first subject ("and is 3.94% above")."""
    before = scene.norms(mention.first - 4, mention.first)
    opens = any(m.first - scene.clause.first <= 2 for _, m in scene.own("instrument", "pronoun"))
    return opens and any(
        pair in (["and", verb] for verb in ("is", "was", "stands", "sits"))
        for pair in (before[i : i + 2] for i in range(3))
    )


def _between(scene: Scene, index: int, side: Side, subject: End, target: End) -> list[Candidate]:
    """Readings of a figure as the distance of one end from the other, both of one instrument."""
    mention = scene.ms[index]
    assert mention.figure is not None
    leads = target.place is not None or target.day is not None or subject.place is None  # a day holds of its own end
    named, other = (target, subject) if leads else (subject, target)
    found: list[Candidate] = []
    for ref, cost, uses, held in list(refs_of(scene, mention, named))[:_OWNERS]:
        for match, more, extra in _beside(scene, ref, other):
            day = other.day.day if other.day is not None else None
            if day is not None:
                held = (Today(day) if match.measure == "close" else Dated(match, day),)  # noqa: PLW2901
            left, right = (match, ref) if named is target else (ref, match)
            if left == right:
                continue
            figure = replace(mention.figure, hedge="less") if side.at_most else mention.figure
            statement = _statement(scene, left, right, figure, side.sign)
            used = uses | more | side.uses | {index}
            note = f"{left.measure} from {right.measure}"
            found.append(Candidate(cost + extra, (statement, *held), used, note))
    return found


def _beside(scene: Scene, ref: Ref, end: End) -> list[tuple[Ref, frozenset[int], float]]:
    """What the other end is, of the same instrument as the first."""
    if end.names == ("close",):
        name = "ratio" if "/" in ref.instrument else "close"
        return [(Ref(name, ref.instrument), end.uses | uses_of(end.place), end.cost)]
    return [
        (Ref(name, ref.instrument), end.uses | uses_of(end.place), end.cost + 0.05 * order)
        for order, name in enumerate(end.names)
        if (scene.measures[name].scope == "pair") is ("/" in ref.instrument)
    ]


def _statement(scene: Scene, left: Ref, right: Ref, figure: Figure, sign: int) -> Statement:
    """What a distance of one value from another claims."""
    if figure.unit != "%":
        return Difference(left, right, replace(figure, unit=""), sign)
    distance = _distance_of(scene, right.measure)
    if left.measure in ("close", "ratio") and distance is not None:
        return Valued(replace(right, measure=distance.name), figure, sign)
    if right.measure == "close":
        return Away(left, figure, sign)
    return Apart(left, right, figure, sign)


def percents(scene: Scene, index: int) -> list[Candidate]:
    """Percent above or below a level."""
    found = apart(scene, index)
    if not found:
        for place, names in _levels(scene):
            found += _from_level(scene, index, place, names)
    return found


def since_then(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """ "It has since climbed 22.63%": the way the close came from a level spoken of before."""
    said = set(scene.words)
    if "since" not in said or scene.any("date", "period"):
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


def _levels(scene: Scene) -> list[tuple[int, tuple[str, ...]]]:
    """Mentions that name a level, with the levels they may name."""
    named = [(i, scene.names(i)) for i, _ in scene.each("measure")]
    named += [(i, same_average(scene, m)) for i, m in scene.each("averages")]
    levels = [
        (i, tuple(n for n in names if scene.kind_of(n) is Kind.LEVEL and n not in ("close", "ratio")))
        for i, names in named
    ]
    return [(i, names) for i, names in levels if names]


def _from_level(scene: Scene, index: int, place: int, names: tuple[str, ...]) -> list[Candidate]:
    """Readings of a percent as the distance to a level named beside it without a side word ("50-day average: -2.3%")
    or in a table's heading."""
    mention, named = scene.ms[index], scene.ms[place]
    figure, source, side = mention.figure, scene.sign_sources.get(index), scene.relation_for(mention)
    assert figure is not None
    before = named.last <= mention.first and not scene.is_header(place)
    bridge = [] if before else scene.norms(mention.last, named.first)
    linked = side is not None or bool(DISTANCE_WORDS & set(bridge)) or scene.is_header(place)
    base = scene.attach(place, mention, across=True) + (0.0 if before or linked else _UNLINKED)
    sign = side[1].sign if side else scene.ms[source].sign if source is not None else figure.sign
    if not sign and _BELOW & set(bridge):
        sign = -1
    if before and side is None and source is None and not figure.sign:
        return []
    found: list[Candidate] = []
    for ref, extra, uses, measure in named_refs(scene, mention, place, names):
        distance = _distance_of(scene, measure.name)
        if distance is not None:
            cost, used = base + extra + (0.9 if before else 0.0), uses | uses_of(index, side[0] if side else source)
            statement = Valued(replace(ref, measure=distance.name), figure, sign)
            found.append(Candidate(cost, (statement,), used, distance.name))
    return found


def from_another(scene: Scene, place: int) -> list[Measure]:
    """The distances that "the drawdown from its 52-week high" names: of the level after it, which is not its own."""
    named = scene.ms[place]
    own = {scene.measures[name].of for name in scene.names(place)}
    for base, names in _levels(scene):
        said = scene.norms(named.last, scene.ms[base].first)
        if scene.ms[base].first >= named.last and "from" in said and not own & set(names) and len(said) <= _TO_LEVEL:
            return [distance for name in names if (distance := _distance_of(scene, name)) is not None]
    return []


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
