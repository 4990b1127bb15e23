"""Candidates for volume: words that weigh it, amounts, multiples of its average, and percent above or below it.

Whatever speaks of volume and is read by none of these stays unproved: see the rule volume_without_facts.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pipeline.checking.claims import Excess, Labelled, Ordered, Ref, Statement, Valued, operator_for
from pipeline.checking.mentions import Figure, Mention
from pipeline.checking.reading.refs import for_owners, named_refs, uses_of
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import Candidate
from pipeline.checking.tokens import words
from pipeline.facts.catalogue import Measure
from pipeline.facts.units import Kind, Unit

RATIO = "volume_ratio_20"
"""What words that weigh a session's volume are judged by."""
AMOUNTS = ("", "$", "shares")
_SIDES = {"above": 1, "below": -1}
_UNNAMED = 0.6
"""Cost of a number of shares being the session's volume where nothing names it ("traded 31.2 million shares")."""
_OTHER_WINDOW = 0.8
"""Cost of another window than the one the clause states."""
_OF_THE_SESSION = 0.3
"""Cost of volume being the session's where its amount says so ("volume was heavy at 65.7 million shares")."""
_GROWN = 3
"""How many tokens may stand between a verb of change and its amount ("rose by about")."""
_REACHED = words("to at on of with for in")
"""Words after which an amount is no change ("rose on volume of")."""


def weighed(scene: Scene, index: int) -> list[Candidate]:
    """Heavy, light, above average: the session's volume against its average, where the clause is of the session."""
    mention = scene.ms[index]
    sense = mention.values[0]
    period, cost, when = min(scene.periods(mention), key=lambda item: item[1])
    if when is None and _gives_amount(scene):
        period, cost = "1d", _OF_THE_SESSION
    if sense == "any" or period != "1d" or RATIO not in scene.measures:
        return []
    negated = scene.negated(mention)

    def say(symbol: str) -> Statement:
        ref = Ref(RATIO, symbol)
        if sense not in _SIDES:
            return Labelled(ref, sense, negated)
        return Ordered(ref, operator_for(-_SIDES[sense] if negated else _SIDES[sense]), Decimal(1))

    named = (i for i, m in scene.each("measure") if "volume" in m.values)
    return for_owners(scene, mention, say, cost, uses_of(index, when, *named), f"{sense} volume")


def _gives_amount(scene: Scene) -> bool:
    """Whether a clause gives the session's volume, or how many times another it was."""
    sessions = any("volume" in m.values or m.values[0].startswith("volume_ratio") for _, m in scene.own("measure"))
    return sessions and any(m.figure is not None and m.figure.unit in (*AMOUNTS, "x") for _, m in scene.own("figure"))


def figures(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """All candidates of a figure of volume."""
    if figure.ordinal or figure.streak or figure.total is not None:
        return []
    if figure.unit in AMOUNTS and not figure.words:
        return _amounts(scene, index, mention, figure)
    if figure.unit in ("x", "%"):
        return _multiples(scene, index, mention, figure)
    return []


def _amounts(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """A number of shares or dollars traded; a verb of change right before it leaves only what is itself a change."""
    sign, _, source = scene.sign_of(index)
    grown = source is not None and _grown(scene, scene.ms[source], mention)
    side = scene.side_before(mention, figure)
    found: list[Candidate] = []
    for place, named in scene.each("measure"):
        names = tuple(n for n in scene.names(place) if scene.measures[n].unit is Unit.VOLUME)
        base = scene.attach(place, mention) if names else 0.0
        stated = any(window_said(scene, scene.measures[name]) is not None for name in names)
        for ref, extra, uses, measure in named_refs(scene, mention, place, names):
            window = window_said(scene, measure)
            change, used = measure.kind is Kind.POINTS, uses | uses_of(index, window) | _of_the_day(scene, measure)
            extra += _OTHER_WINDOW if stated and window is None else 0.0  # noqa: PLW2901
            if grown is not change:
                continue
            cost = base + extra
            valued = Valued(ref, figure, sign if change else None)
            found.append(Candidate(cost, (valued,), used | uses_of(source if change else None), measure.name))
            if side is not None and scene.ms[side[0]].first >= named.last:
                order = Ordered(ref, operator_for(scene.turned(side[1]).sign), figure.value)
                found.append(Candidate(cost - 0.2, (order,), used | {side[0]}, "threshold of volume"))
    if figure.unit == "shares" and not grown and side is None and "volume" in scene.measures:
        uses = uses_of(index) | _of_the_day(scene, scene.measures["volume"])
        found += for_owners(
            scene, mention, lambda symbol: Valued(Ref("volume", symbol), figure), _UNNAMED, uses, "volume"
        )
    return found


def _grown(scene: Scene, word: Mention, mention: Mention) -> bool:
    """Whether an amount is by how much something changed ("rose 3 million shares", "3 million shares higher")."""
    if word.kind != "direction" or not word.sign:
        return False
    if word.first >= mention.last:
        return True
    said = scene.norms(word.last, mention.first)
    return len(said) <= _GROWN and not _REACHED & set(said) and not scene.between(word, mention, "instrument")


def _multiples(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """ "1.4 times its 20-day average", "40% above the average volume of 20 sessions", "71% of the
    20-day average"."""
    side = scene.relation_for(mention) if figure.unit == "%" else None
    share = figure.unit == "%" and scene.word_after(mention) == "of"
    if share:
        side, figure = None, replace(figure, value=figure.value / 100, step=figure.step / 100, unit="x")
    elif figure.unit == "%" and (side is None or not side[1].sign):
        return []
    found: list[Candidate] = []
    traded = [i for i, _ in scene.each("measure") if scene.names(i) == ("volume",)]
    for place, named in scene.each("measure"):
        if (side is not None and named.first < side[1].last) or (share and named.first < mention.last):
            continue
        names = tuple(ratio.name for n in scene.names(place) if (ratio := _ratio_of(scene, n)) is not None)
        base = scene.attach(place, mention, across=True) if names else 0.0
        for ref, extra, uses, measure in named_refs(scene, mention, place, names):
            used = uses | uses_of(index, *traded, window_said(scene, measure), side[0] if side is not None else None)
            used |= _of_the_day(scene, measure)
            claim = Excess(ref, figure, side[1].sign) if side is not None else Valued(ref, figure)
            found.append(Candidate(base + extra, (claim,), used, measure.name))
    return found


def _of_the_day(scene: Scene, measure: Measure) -> frozenset[int]:
    """The mentions that say a session's volume, or a multiple of it, is the session's ("on the day")."""
    if measure.name != "volume" and measure.unit is not Unit.RATIO:
        return frozenset()
    return uses_of(*(i for i, m in scene.each("period") if "1d" in m.values))


def _ratio_of(scene: Scene, name: str) -> Measure | None:
    """The measure that is volume as a multiple of an average, by the name of either."""
    ratios = (m for m in scene.measures.values() if m.needs_volume and m.unit is Unit.RATIO and m.of)
    return next((m for m in ratios if name == m.name or (name == m.of and name != "volume")), None)


def window_said(scene: Scene, measure: Measure) -> int | None:
    """The mention that says a measure's window apart from its name ("over the last 20 sessions")."""
    for place, said in scene.own("figure", "period", "measure"):
        if said.kind == "measure":
            if said.values == (measure.name,) and {"over", "across"} & set(scene.norms(said.first - 1, said.first)):
                return place  # "over 50 sessions", read as the name of the other window
            continue
        sessions = {"5d": 5, "20d": 20}.get(said.values[0] if said.values else "")
        length = said.figure.value if said.figure is not None and said.figure.unit in ("sessions", "days") else sessions
        if measure.window is not None and length == measure.window:
            return place
    return None
