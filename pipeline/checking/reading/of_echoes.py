"""Candidates for words that lean on what was said: "by less", "so did the S&P 500", "unlike the Nasdaq", "again"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from pipeline.checking.claims import (
    Flagged,
    Labelled,
    Moved,
    Operator,
    Opposed,
    Ordered,
    Ref,
    Running,
    SetToday,
    Statement,
    Valued,
)
from pipeline.checking.mentions import Mention
from pipeline.checking.reading.refs import of_another, of_period, uses_of
from pipeline.checking.reading.scene import HEADS, Scene
from pipeline.checking.reading.settle import Candidate
from pipeline.checking.tokens import words
from pipeline.facts.units import Kind

_SIZES: dict[str, Operator] = {"more": ">", "less": "<", "equal": "="}
_UNSIGNED: dict[str, Operator] = {"calmer": "<", "livelier": ">"}
_BEING = words("is was are were stands stood remains remained")
_LINKS = words("for of in the to and , were was did had")
_STREAKS = {"change_1d": "sessions", "change_1w": "weeks"}
_STREAKS_OF = {1: "up_streak", -1: "down_streak"}
_Span = tuple[str, float, int | None]
"""A measure a move may be of, at what cost, and the mention of its period."""
_RECORDS = {"close": "is_record_close", "high": "is_record_high"}
_REACH = 3
"""How many tokens may stand between an echo and the name it is of."""


@dataclass(frozen=True, slots=True)
class _Move:
    """A change that was claimed, with its sign."""

    measure: str
    instrument: str
    sign: int


def echoed(scene: Scene, index: int, said: Iterable[Statement]) -> list[Candidate] | None:
    """Candidates of an echo, made of what its clause claims besides, else of what was claimed before. None where it
    echoes nothing ("the oscillators alone", "the order reverses again"); none at all where what it leans on is
    missing."""
    mention = scene.ms[index]
    if mention.kind != "echo":
        return None
    own, sense = tuple(said), mention.values[0]
    if sense in _UNSIGNED:
        return _calmer(scene, index)
    if sense == "topped":
        return _topped(scene, index)
    if sense in _SIZES:
        return _sizes(scene, index, own)
    if sense in ("same", "opposite"):
        return _other_too(scene, index, own, same=sense == "same")
    if sense == "alone":
        return _alone(scene, index, own)
    return _again(scene, index, own) if sense == "again" else _ways(scene, index, own)


def _moves(scene: Scene, said: Iterable[Statement]) -> Iterator[_Move]:
    """The changes among some claims, one of percent before one of points."""
    for one in said:
        if not isinstance(one, Moved | Valued) or one.flip:
            continue
        sign = one.sign if one.sign is not None else one.figure.sign or 1 if isinstance(one, Valued) else 0
        measure = scene.measures.get(one.ref.measure)
        if (
            measure is not None
            and measure.kind in (Kind.CHANGE, Kind.POINTS)
            and measure.scope == "instrument"
            and sign
        ):
            name = measure.name.replace("points_", "change_")
            if name in scene.measures:
                yield _Move(name, one.ref.instrument, sign)


def _named(scene: Scene, mention: Mention) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """The single instruments named before and after a mention, the nearest first, with their places."""
    named = [(i, m) for i, m in scene.own("instrument") if len(m.values) == 1 and m.values[0] in scene.symbols]
    before = [(i, m.values[0]) for i, m in reversed(named) if m.last <= mention.first]
    return before, [(i, m.values[0]) for i, m in named if m.first >= mention.last]


def _other(scene: Scene, symbol: str) -> str:
    return next((one for one in scene.symbols if one != symbol), "")


def _right_after(scene: Scene, mention: Mention) -> int | None:
    """The instrument an echo is of, where it comes right after it ("so did the S&P 500")."""
    near = (i for i, m in scene.own("instrument") if 0 <= m.first - mention.last <= _REACH)
    found = next(near, None)
    if found is None or not set(scene.norms(mention.last, scene.ms[found].first)) <= _LINKS:
        return None
    return found


def _sizes(scene: Scene, index: int, own: tuple[Statement, ...]) -> list[Candidate] | None:
    """ "Both rose, the Nasdaq by more": the sizes of two moves of one sign."""
    mention = scene.ms[index]
    operator = _SIZES[mention.values[0]]
    if mention.first == scene.clause.first and scene.word_after(mention) == ",":
        return None  # "Equally, ..."
    if any(m.figure is not None and m.last == mention.first for _, m in scene.own("figure")):
        return None  # "half as much", which the figure claims
    before, after = _named(scene, mention)
    moves = list(_moves(scene, own)) or list(_moves(scene, scene.state.said))
    rival = _right_after(scene, mention)
    place, mine = before[0] if before else (None, moves[0].instrument if moves else "")
    if rival is not None and not before:
        mine = _other(scene, after[0][1])
    if not moves or mine not in scene.symbols or not (other := _other(scene, mine)):
        return []
    if rival is not None and scene.ms[rival].values != (other,):
        return []
    move = moves[0]
    spans: list[_Span] = [(move.measure, 0.0, None)]
    if not own and scene.any("period"):
        spans = [(m.name, cost, use) for m, cost, use in of_period(scene, mention, Kind.CHANGE) if m.period]
    return [
        Candidate(
            cost,
            (Moved(Ref(name, mine), move.sign), Moved(Ref(name, other), move.sign),
             Ordered(Ref(name, mine), operator, Ref(name, other), absolute=True)),
            uses_of(index, place, rival, use), "sizes of two moves",
        )
        for name, cost, use in spans if scene.measures[name].scope == "instrument"
    ]  # fmt: skip


def _topped(scene: Scene, index: int) -> list[Candidate]:
    """ "No close and no high has been higher": the session's are records; that one has been higher, no fact says."""
    mention = scene.ms[index]
    denied = any(m.kind == "negation" or "none" in m.values for _, m in scene.each("negation", "quantifier"))
    of_what = [(i, m.values[0]) for i, m in scene.own("measure") if m.last <= mention.first and m.values[0] in _RECORDS]
    if not denied or not of_what or "higher" not in scene.norms(mention.first, mention.last):
        return []
    return [
        Candidate(cost, tuple(Flagged(Ref(_RECORDS[name], symbols[0])) for _, name in of_what),
                  uses_of(index, who, *(i for i, _ in of_what)), "a record")
        for symbols, cost, who in scene.instruments(mention)
    ]  # fmt: skip


def _calmer(scene: Scene, index: int) -> list[Candidate] | None:
    """ "The S&P 500 had the quieter day": its move is the smaller one, whichever way either went."""
    mention = scene.ms[index]
    before, after = _named(scene, mention)
    if len(scene.symbols) < 2 or scene.any("measure", "averages", "figure"):
        return None
    of_one = [item for item in after if scene.norms(mention.last, scene.ms[item[0]].first)[-2:-1] in (["for"], ["of"])]
    place: int | None = None
    mine = scene.carried[0] if len(scene.carried) == 1 else ""
    if named := before or of_one:
        place, mine = named[0]
    if not (other := _other(scene, mine)) or not mine:
        return []
    noun = _period_after(scene, mention)
    spans: list[_Span] = [(m.name, cost, use) for m, cost, use in of_period(scene, mention, Kind.CHANGE)]
    if noun is not None and not scene.any("period"):
        spans = [(f"change_{noun}", 0.0, None)]
    operator = _UNSIGNED[mention.values[0]]
    return [
        Candidate(cost, (Ordered(Ref(name, mine), operator, Ref(name, other), absolute=True),),
                  uses_of(index, place, use), "size of its move")
        for name, cost, use in spans if name in scene.measures and scene.measures[name].scope == "instrument"
    ]  # fmt: skip


def _other_too(scene: Scene, index: int, own: tuple[Statement, ...], *, same: bool) -> list[Candidate] | None:
    """ "So did the S&P 500", "the S&P 500 did not", "unlike the S&P 500": what was said, of the other instrument."""
    mention = scene.ms[index]
    before, _ = _named(scene, mention)
    place = _right_after(scene, mention)
    nouns = scene.norms(mention.first - 2, mention.first)
    if nouns[-1:] and nouns[-1] in HEADS and nouns[:1] in (["the"], ["this"]) and not own:
        return _of_two_periods(scene, index, HEADS[nouns[-1]], same=same)
    if place is None and not before and (span := _period_after(scene, mention)) is not None:
        return _of_period(scene, index, span, same=same)
    if place is None:
        if not before and own:
            return None  # "as was the custom", "August went the other way, with small caps up 4.31 percent"
        place = before[0][0] if before else None
    who = scene.ms[place].values if place is not None else scene.carried
    if len(who) != 1 or len(scene.symbols) < 2 or who[0] not in scene.symbols:
        return []
    mine = _other(scene, who[0])
    said = (*own, *scene.state.said)
    told = [one for one in said if _about(one) == mine]
    found = [turned for one in told if (turned := _of_the_other(scene, one, who[0], same=same)) is not None]
    if not found:  # "the S&P 500 went the other way, shedding 2.63 points": then of the one that is not spoken of
        found = [Moved(Ref(one.measure, mine), one.sign if same else -one.sign) for one in _moves(scene, own)]
    return [Candidate(0.0, (found[0],), uses_of(index, place), "of the other too" if same else "not of the other")] if (
        found
    ) else []  # fmt: skip


def _about(one: Statement) -> str:
    """Whom a claim is of."""
    ref = one.left if isinstance(one, Ordered) else getattr(one, "ref", None)
    return ref.instrument if isinstance(ref, Ref) else ""


def _of_the_other(scene: Scene, one: Statement, symbol: str, *, same: bool) -> Statement | None:
    """What was claimed of an instrument as claimed, or denied, of the other; of a figure only its sign."""
    for move in _moves(scene, [one]):
        return Moved(Ref(move.measure, symbol), move.sign if same else -move.sign)
    if not isinstance(one, Labelled | Flagged | SetToday | Ordered) or (isinstance(one, Ordered) and one.absolute):
        return None
    of_it = of_another(one, symbol)
    match of_it:
        case Labelled():
            return of_it if same else replace(of_it, negated=not of_it.negated)
        case Flagged() | SetToday():
            return of_it if same else replace(of_it, expected=not of_it.expected)
        case Ordered() if of_it.operator != "=":
            turned: Operator = "<" if of_it.operator == ">" else ">"
            return of_it if same else replace(of_it, operator=turned)
        case _:
            return None


def _period_after(scene: Scene, mention: Mention) -> str | None:
    """The period whose noun follows an echo ("not so the year")."""
    near = scene.norms(mention.last, mention.last + _REACH)
    return next((HEADS[word] for word in near if word in HEADS), None)


def _of_two_periods(scene: Scene, index: int, period: str, *, same: bool) -> list[Candidate]:
    """ "Against the S&P 500 the day went the other way from the week": the signs over two periods, of the spread where
    an instrument is set against the other, else of the change."""
    mention = scene.ms[index]
    other = _period_after(scene, replace(mention, last=mention.last + 1)) or scene.state.told
    pair = scene.pair(mention) if scene.objects else None
    names = [f"{'spread' if pair else 'change'}_{span}" for span in (period, other)]
    who = pair[0] if pair else scene.carried[0]
    if not other or other == period or not all(name in scene.measures for name in names):
        return []
    one, two = (Ref(name, who) for name in names)
    return [Candidate(0.0, (Opposed(one, two, not same),), uses_of(index, *(pair[2] if pair else ())), "two periods")]


def _of_period(scene: Scene, index: int, period: str, *, same: bool) -> list[Candidate]:
    """ "Not so the year": the sign of the same instrument's change over another period."""
    move = next(iter(_moves(scene, scene.state.said)), None)
    name = f"change_{period}"
    if move is None or name not in scene.measures:
        return []
    _, after = _named(scene, scene.ms[index])
    place, symbol = after[0] if after else (None, move.instrument)
    uses = uses_of(index, place, *(i for i, m in scene.each("period") if period in m.values))
    return [Candidate(0.0, (Moved(Ref(name, symbol), move.sign if same else -move.sign),), uses, name)]


def _alone(scene: Scene, index: int, own: tuple[Statement, ...]) -> list[Candidate] | None:
    """ "The Nasdaq alone rose", "it was the only one to rise": what is said of one does not hold of the other."""
    mention = scene.ms[index]
    joined = [m for m in scene.ms[scene.headers :] if m.last == mention.first and m.kind != "direction"]
    if scene.norms(mention.first, mention.last) == ["just", "the"]:
        if not any(m.first == mention.last for _, m in scene.own("instrument")):
            return None
    elif joined and joined[-1].kind not in ("instrument", "pronoun", "echo"):
        return None  # "the oscillators alone", "on Friday alone"
    before = scene.word_before(mention)
    if not own and not joined and before.isalpha() and before not in _BEING and len(mention) == 1:
        return None  # "the oscillators alone", whose name is none of the catalogue's
    told = own or scene.state.said
    for one in told if len(scene.symbols) > 1 else ():
        who = _about(one)
        if who in scene.symbols and (denied := _of_the_other(scene, one, _other(scene, who), same=False)) is not None:
            return [Candidate(0.0, (denied,), uses_of(index), "not of the other")]
    return None if own or scene.any("measure", "averages") else []


def _again(scene: Scene, index: int, own: tuple[Statement, ...]) -> list[Candidate] | None:
    """ "The index rose again": it is a run of two at least. Said of anything but a verb of change beside it, or of one
    that opens or ends the clause, it echoes nothing."""
    mention = scene.ms[index]
    verbs = [m for _, m in scene.own("direction") if m.sign and "verb" in m.note.split()]
    beside = any(m.last == mention.first or m.first - mention.last in (0, 1) for m in verbs)
    edge = mention.first == scene.clause.first or scene.word_after(mention) in ("", ".")
    move = next(iter(_moves(scene, own)), None)
    if not verbs or not (beside or edge) or move is None:
        return None
    unit = _STREAKS.get(move.measure)
    name = f"{_STREAKS_OF[move.sign]}_{unit}"
    if unit is None or name not in scene.measures:
        return []
    timeframe = scene.measures[name].timeframes[0]
    return [Candidate(0.0, (Running(Ref(name, move.instrument, timeframe), 2),), uses_of(index), "a run of two")]


def _ways(scene: Scene, index: int, own: tuple[Statement, ...]) -> list[Candidate] | None:
    """ "They moved in opposite directions": the signs of the two changes."""
    mention = scene.ms[index]
    if len(scene.symbols) < 2 or scene.any("measure", "averages"):
        return None
    told = [move.measure for move in _moves(scene, own)][:1]
    spans: list[_Span] = [(name, 0.0, None) for name in told]
    spans += [(m.name, cost, use) for m, cost, use in of_period(scene, mention, Kind.CHANGE) if not told]
    one, other = scene.symbols[:2]
    apart = mention.values[0] == "apart"
    return [
        Candidate(cost, (Opposed(Ref(name, one), Ref(name, other), apart),), uses_of(index, use), "ways of two moves")
        for name, cost, use in spans if scene.measures[name].scope == "instrument"
    ]  # fmt: skip
