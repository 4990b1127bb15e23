"""Candidates for comparisons without a figure: a wider gap, the smaller loss, a gain larger than the other's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pipeline.checking.claims import Flagged, Labelled, Moved, Opposed, Ordered, Ref, SetToday, Statement, operator_for
from pipeline.checking.mentions import Mention
from pipeline.checking.reading.refs import named_refs, of_period, uses_of
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import Candidate
from pipeline.checking.tokens import words
from pipeline.facts.units import Kind

_GAPS = words(
    "gap gaps lead leads margin margins spread spreads difference differences advantage edge deficit shortfall lag"
)
_CLOSE = words("closer tighter")
_BEING = words("is was are were looks proves stood remained")
_OTHERS_REACH = 6
"""How many tokens may stand between a side word and the other's figure ("above the S&P 500's 56.63")."""
_AT = words(", at")
_AGAINST_NOTHING = 0.3
"""Cost of comparing with the day where no other period was told of."""


def compared(scene: Scene, index: int) -> list[Candidate]:
    """Candidates of a word that compares sizes; none where it compares no moves and no gaps."""
    return _of_gaps(scene, index) or _of_moves(scene, index)


def _of_gaps(scene: Scene, index: int) -> list[Candidate]:
    """ "The lead is wider for the month", "the quarter is closer": the size of the spread against that of the period
    told of before."""
    mention = scene.ms[index]
    near = set(scene.norms(mention.first - 4, mention.last + 2)) - set(scene.norms(mention.first, mention.last))
    spans = [(i, m) for i, m in scene.each("period") if m.values]
    closer = bool(_CLOSE & set(scene.norms(mention.first, mention.last))) and bool(near & _BEING) and spans
    if not (closer or near & _GAPS) or len(scene.symbols) < 2 or scene.any("figure", "measure"):
        return []
    told = scene.state.told or "1d"
    operator = operator_for(scene.turned(mention).sign)
    places = [i for i, m in scene.each("versus") if set(scene.norms(m.first, m.last)) & _GAPS]
    names = [(m.values[0], i) for i, m in spans]
    statements = tuple(
        Ordered(_spread(scene, name), operator, _spread(scene, told), absolute=True)
        for name, _ in names if name != told
    )  # fmt: skip
    if not statements:
        return []
    cost = 0.1 if scene.state.told else _AGAINST_NOTHING
    return [Candidate(cost, statements, uses_of(index, *places, *(i for _, i in names)), "size of a gap")]


def _spread(scene: Scene, period: str) -> Ref:
    return Ref(f"spread_{period}", scene.both)


def _of_moves(scene: Scene, index: int) -> list[Candidate]:
    """ "The smaller loss was the Nasdaq's", "its gain was larger than the S&P 500's", "it fell less than the other":
    the sizes of two moves over one period."""
    mention = scene.ms[index]
    moves = [m for _, m in scene.each("direction") if m.sign or m.note.startswith("*")]
    after = [m for m in moves if 0 <= m.first - mention.last <= 2]
    before = [m for m in moves if m.last <= mention.first]
    than = "than" in scene.norms(mention.first, scene.clause.last)
    lone = bool(before) and before[-1].last == mention.first  # "the Russell 2000 lost less, at 2.14%"
    sized = scene.word_before(mention) in ("a", "an") and any(m.first == mention.last for _, m in scene.own("figure"))
    lone = lone or (sized and bool(before) and before[-1].last == mention.first - 1)  # "lost a smaller 0.77%"
    if len(scene.symbols) < 2 or not (after or (than and before) or lone) or scene.any("measure"):
        return []
    owners = _owners(scene, mention, than)
    if owners is None:
        return []
    mine, other, uses = owners
    operator = operator_for(scene.turned(mention).sign)
    return [
        Candidate(
            0.1 + cost, (Ordered(Ref(measure.name, mine), operator, Ref(measure.name, other), absolute=True),),
            uses | uses_of(index, use), "sizes of two moves",
        )
        for measure, cost, use in of_period(scene, mention, Kind.CHANGE) if measure.scope == "instrument"
    ]  # fmt: skip


def than_other(scene: Scene, index: int) -> list[Candidate]:
    """ "12.07% for the Russell 2000, higher than the 7.34% for the S&P 500": two values of one measure."""
    mention = scene.ms[index]
    figures = [m for _, m in scene.own("figure")]
    mine = [m for m in figures if m.last <= mention.first]
    its = next((m for m in figures if 0 <= m.first - mention.last <= _OTHERS_REACH), None)
    rivals = [(i, m) for i, m in scene.own("instrument") if m.first >= mention.last and len(m.values) == 1]
    places = [i for i, m in scene.own("measure") if m.last <= mention.first]
    alone = not any(m.first >= mention.last for _, m in scene.own("measure"))
    if not mine or its is None or its.figure is None or len(rivals) != 1 or len(places) != 1 or not alone:
        return []
    if mine[-1].figure is None or mine[-1].figure.unit != its.figure.unit or rivals[0][1].first - its.last > 4:
        return []
    operator = operator_for(scene.turned(mention).sign)
    return [
        Candidate(0.1 + cost, (Ordered(ref, operator, replace(ref, instrument=rivals[0][1].values[0])),),
                  uses | uses_of(index, rivals[0][0]), "against the other's")
        for ref, cost, uses, measure in named_refs(scene, mine[-1], places[0], scene.names(places[0]))
        if measure.scope == "instrument" and measure.kind is Kind.INDICATOR
        and ref.instrument != rivals[0][1].values[0]
    ]  # fmt: skip


def than_before(scene: Scene, index: int) -> list[Candidate]:
    """ "..., while the 60-day figure was lower at 20.69%": a value against the one claimed before it."""
    mention = scene.ms[index]
    said = scene.norms(mention.first, mention.last)
    valued = any(
        m.figure is not None and set(scene.norms(mention.last, m.first)) <= _AT and 0 < m.first - mention.last <= 2
        for _, m in scene.own("figure")
    )
    if said not in (["higher"], ["lower"]) or not valued or scene.word_before(mention) not in _BEING:
        return []
    if not scene.state.claims or any(m.last <= mention.first for _, m in scene.own("figure")):
        return []
    prior = scene.state.claims[-1]
    operator = operator_for(scene.turned(mention).sign)
    places = [i for i, m in scene.own("measure") if m.last <= mention.first][-1:]
    options = [item[:3] for i in places for item in named_refs(scene, mention, i, scene.names(i))]
    if not places:
        frames = scene.timeframes(mention, scene.measures[prior.measure], None)
        options = [
            (Ref(prior.measure, symbols[0], frame), cost + more, uses_of(use, when))
            for symbols, cost, use in scene.instruments(mention) for frame, more, when in frames
        ]  # fmt: skip
    return [
        Candidate(0.1 + cost, (Ordered(ref, operator, prior),), uses | {index}, "against the value before")
        for ref, cost, uses in options
        if ref != prior and scene.measures[ref.measure].unit is scene.measures[prior.measure].unit
        and scene.kind_of(ref.measure) is scene.kind_of(prior.measure) is Kind.INDICATOR
    ]  # fmt: skip


def _owners(scene: Scene, mention: Mention, than: bool) -> tuple[str, str, frozenset[int]] | None:
    """Whose move is spoken of, whose it is compared with, and the mentions that say so."""
    named = [(i, m) for i, m in scene.each("instrument") if len(m.values) == 1 and m.values[0] in scene.symbols]
    rivals = [(i, m) for i, m in named if m.first >= mention.last] if than else []
    own = [(i, m) for i, m in named if (i, m) not in rivals]
    if than and not rivals:
        return None
    mine = own[-1][1].values[0] if own else scene.carried[0] if len(scene.carried) == 1 else ""
    other = next((symbol for symbol in scene.symbols if symbol != mine), "")
    if not mine or (rivals and rivals[0][1].values[0] == mine) or len(own) > 1:
        return None
    return mine, other, frozenset(i for i, _ in (*own[-1:], *rivals[:1]))


def turned_round(scene: Scene, index: int) -> list[Candidate]:
    """ "Year to date the order was reversed": the spread of another period than the one just told is of the other
    sign."""
    told = next((ref for ref in reversed(scene.state.claims) if scene.kind_of(ref.measure) is Kind.SPREAD), None)
    if told is None:
        return []
    return [
        Candidate(cost, (Opposed(Ref(measure.name, told.instrument), told),), uses_of(index, use), "turned round")
        for measure, cost, use in of_period(scene, scene.ms[index], Kind.SPREAD) if measure.name != told.measure
    ]  # fmt: skip


def against(scene: Scene, index: int) -> list[Candidate]:
    """ "It fell short of the S&P 500": a side word between two instruments is the sign of the spread."""
    mention = scene.ms[index]
    near = (m for _, m in scene.own("instrument") if 0 <= m.first - mention.last <= 1 and len(m.values) == 1)
    rival = next(near, None)
    pair = scene.pair(mention)
    if rival is None or pair is None or not mention.sign or scene.any("measure", "figure", "averages"):
        return []
    if scene.word_after(rival) == "'s" or rival.values[0] not in scene.symbols:
        return []
    sign = scene.turned(mention).sign
    flip = rival.values[0] == scene.symbols[0]
    return [
        Candidate(
            0.2 + cost, (Moved(Ref(measure.name, pair[0]), sign, flip=flip),), uses_of(index, use) | pair[2], "spread"
        )
        for measure, cost, use in of_period(scene, mention, Kind.SPREAD)
    ]  # fmt: skip


def only(scene: Scene, index: int, said: Iterable[Statement]) -> list[Candidate] | None:
    """ "Only the Nasdaq rose": what is said of it does not hold of the other. None where no instrument is alone."""
    mention = scene.ms[index]
    alone = next((m for _, m in scene.own("instrument") if 0 <= m.first - mention.last <= 1), None)
    if "only" not in mention.values or alone is None or len(alone.values) != 1 or len(scene.symbols) < 2:
        return None
    other = next(symbol for symbol in scene.symbols if symbol != alone.values[0])
    denied = [turned for one in said if (turned := _denied_of(one, alone.values[0], other)) is not None]
    return [Candidate(0.0, (denied[0],), uses_of(index), "not of the other")] if denied else []


def _denied_of(said: Statement, mine: str, other: str) -> Statement | None:
    """A statement about one instrument, denied of the other; None where it is of something else."""
    match said:
        case Moved() if said.ref.instrument == mine:
            return replace(said, ref=replace(said.ref, instrument=other), sign=-said.sign, band="")
        case Labelled() if said.ref.instrument == mine:
            return replace(said, ref=replace(said.ref, instrument=other), negated=not said.negated)
        case Flagged() if said.ref.instrument == mine:
            return replace(said, ref=replace(said.ref, instrument=other), expected=not said.expected)
        case SetToday() if said.ref.instrument == mine:
            return replace(said, ref=replace(said.ref, instrument=other), expected=not said.expected)
        case Ordered() if said.left.instrument == mine and isinstance(said.right, Ref) and said.operator != "=":
            left, right = replace(said.left, instrument=other), replace(said.right, instrument=other)
            return replace(said, left=left, right=right, operator="<" if said.operator == ">" else ">")
        case _:
            return None
