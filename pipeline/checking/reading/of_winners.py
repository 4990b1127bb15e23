"""Candidates for who won and how it was: buyers or sellers, an instrument that had the better of a week, a good day."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.claims import Moved, Ref
from pipeline.checking.clauses import ANCHORS
from pipeline.checking.mentions import Mention
from pipeline.checking.reading.of_crossings import gave_way
from pipeline.checking.reading.refs import changes, of_period, uses_of
from pipeline.checking.reading.scene import HEADS, Scene
from pipeline.checking.reading.settle import Candidate, absorbed
from pipeline.checking.tokens import words
from pipeline.facts.catalogue import Measure
from pipeline.facts.units import Kind

_BEING = words("is was were are 's been proved proves turned")
_AFTER_A_NOUN = words("enough one a an so very too rather quite")
_NOT_THIS = words("last previous prior next past following other another each every same")
"""Words before a noun of time that make it another one than the period that ends with the session."""
_GIVES = words("to for with by on favors favours favored favoured")
_REFUSED = words("cause forecast habit advice hype mind authority topic outsider")
"""Kinds of mentions that are findings by themselves."""


def _nouns(scene: Scene, first: int, last: int) -> Iterator[tuple[str, int]]:
    """The periods whose nouns stand between two tokens, with their places."""
    for place in range(max(first, scene.clause.first), min(last, scene.clause.last)):
        name = HEADS.get(scene.clause.tokens[place].norm)
        if name is not None and not _NOT_THIS & set(scene.norms(place - 1, place)):
            yield name, place


def _told_of(scene: Scene, mention: Mention) -> tuple[str, int]:
    """The period whose noun stands in a phrase or right after it ("won the week", "the better of the year"), and where;
    an empty name where none does."""
    return next(_nouns(scene, mention.first, mention.last + 4), ("", -1))


def _named(scene: Scene, place: int) -> frozenset[int]:
    """The mention of a period that a noun belongs to ("in the quarter")."""
    return frozenset(i for i, m in scene.each("period") if m.first <= place < m.last)


def _moves(
    scene: Scene, mention: Mention, told: tuple[str, int]
) -> Iterator[tuple[str, tuple[str, ...], float, frozenset[int]]]:
    """Changes over a period named by its noun, or else over those the clause tells of."""
    period, place = told
    if not period:
        yield from changes(scene, mention, Kind.CHANGE)
        return
    for measure in _of(scene, Kind.CHANGE, period):
        for symbols, cost, use in scene.instruments(mention):
            yield measure.name, symbols, cost, uses_of(use) | _named(scene, place)


def _of(scene: Scene, kind: Kind, period: str) -> Iterator[Measure]:
    return (m for m in scene.measures.values() if m.kind is kind and m.period == period)


def _sides(scene: Scene) -> list[Mention]:
    """Buyers and sellers named in the clause."""
    return [m for _, m in scene.each("agent") if m.sign]


def control(scene: Scene, index: int) -> list[Candidate]:
    """Who won: of buyers and sellers the sign of the change in focus, of an instrument that of the spread."""
    mention = scene.ms[index]
    told, sides = _told_of(scene, mention), _sides(scene)
    turn = (mention.sign or 1) * (-1 if scene.negated(mention) else 1)
    if sides:
        sign = sides[0].sign * turn
        return [
            Candidate(extra, tuple(Moved(Ref(name, symbol), sign) for symbol in symbols), uses | {index}, "who won")
            for name, symbols, extra, uses in _moves(scene, mention, told)
        ]
    if crossed := gave_way(scene, index):
        return crossed
    winner = _winner(scene, mention)
    pair = scene.pair(mention)
    if winner is None and set(scene.norms(mention.last - 1, mention.last)) & _GIVES and not scene.any("period"):
        return absorbed(index, "a way to a level", free=True)
    if pair is None or winner is None or not mention.sign:
        return gave_way(scene, index)
    place, symbol = winner
    spans = list(of_period(scene, mention, Kind.SPREAD))
    if told[0]:
        spans = [(measure, 0.0, None) for measure in _of(scene, Kind.SPREAD, told[0])]
    flip = symbol == scene.symbols[1]
    return [
        Candidate(
            0.1 + cost, (Moved(Ref(measure.name, pair[0]), turn, flip=flip),),
            uses_of(index, use, place) | _named(scene, told[1]), "which one won",
        )
        for measure, cost, use in spans
    ]  # fmt: skip


def _winner(scene: Scene, mention: Mention) -> tuple[int | None, str] | None:
    """The instrument that a phrase of winning has for its subject, or, after "went to", for its object."""
    named = [(i, m) for i, m in scene.each("instrument") if len(m.values) == 1 and m.values[0] in scene.symbols]
    if set(scene.norms(mention.last - 1, mention.last)) & _GIVES:
        after = [(i, m) for i, m in named if 0 <= m.first - mention.last <= 3]
        return (after[0][0], after[0][1].values[0]) if after else None
    before = [(i, m) for i, m in named if m.last <= mention.first and i not in scene.objects]
    if before:
        return before[-1][0], before[-1][1].values[0]
    pronoun = any(m.last <= mention.first for _, m in scene.each("pronoun"))
    return (None, scene.carried[0]) if pronoun and len(scene.carried) == 1 else None


def agent(scene: Scene, index: int) -> list[Candidate]:
    """Buyers, sellers, traders: something else of the clause tells what they did ("buyers won"), or it was a day for
    them; of what else they do there is no fact."""
    mention = scene.ms[index]
    others = (m for m in scene.ms if m is not mention)
    told = any(m.kind in ANCHORS or m.kind in _REFUSED or _judgement(scene, m)[0] for m in others)
    if told or (not mention.sign and not mention.note.startswith("*")):
        return absorbed(index, "told of by another word", free=True)
    if not mention.sign or scene.word_before(mention, 1 + (scene.word_before(mention) in ("the", "its"))) != "for":
        return []
    spans = list(_nouns(scene, mention.first - 4, mention.first))
    return [
        Candidate(extra, (Moved(Ref(name, symbols[0]), mention.sign),), uses | {index}, f"a period for {name}")
        for one in spans[:1] for name, symbols, extra, uses in _moves(scene, mention, one)
    ]  # fmt: skip


def _judgement(scene: Scene, mention: Mention) -> tuple[str, int]:
    """The period that a word of praise or blame judges ("a strong week", "the year was kind"), and where its noun
    stands; an empty name where it judges none."""
    if mention.kind != "unproved" or "colour" not in mention.values or not mention.sign:
        return "", -1
    for name, place in _nouns(scene, mention.last, mention.last + 2):
        if all(word.isalpha() or word == "-" for word in scene.norms(mention.last, place)):
            return name, place
    for name, place in _nouns(scene, mention.first - 6, mention.first):
        said = scene.norms(place + 1, mention.first)
        linked = bool(_BEING & set(said[:1])) and set(said) <= _BEING | _AFTER_A_NOUN | {"not"}
        if linked or (not said and scene.norms(mention.first, mention.first + 1) in (["to"], ["best"])):
            return name, place
    return "", -1


def judged(scene: Scene, index: int) -> list[Candidate]:
    """A good week, a year that was unkind: the sign of the change over it; for bears the other one."""
    mention = scene.ms[index]
    told = _judgement(scene, mention)
    if not told[0]:
        return absorbed(index, "a word of colour", free=True)
    sides = _sides(scene)
    sign = scene.turned(mention).sign * (sides[0].sign if len(sides) == 1 else 1)
    return [
        Candidate(0.2 + cost, tuple(Moved(Ref(name, symbol), sign) for symbol in symbols), uses | {index}, "judged")
        for name, symbols, cost, uses in _moves(scene, mention, told)
    ]
