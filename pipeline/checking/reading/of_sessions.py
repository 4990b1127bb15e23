"""Candidates for moves inside the session: to its high or low, and from them to the close.

A day's bar tells where its open, high, low and close stand, not when they were reached: such a move claims the order
of the two prices it leads from and to, and nothing of the day's change.
"""

from __future__ import annotations

from pipeline.checking.claims import Ordered, Ref, operator_for
from pipeline.checking.mentions import Mention
from pipeline.checking.reading.refs import for_owners, uses_of
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import Candidate
from pipeline.checking.tokens import words

_OPPOSITE = {"low": "high", "high": "low"}
_PRICES = ("open", "high", "low", "close")
_SMALL = words("a an the its 's new session day")
_CHANGES = ("%", "points", "pp")


def travelled(scene: Scene, index: int) -> list[Candidate]:
    """ "Dropped to a session low", "rose as high as", "fell from a high of 2,692 to close at 2,677"."""
    mention = scene.ms[index]
    sign = scene.turned(mention).sign
    prices = [(i, names[0]) for i, _ in scene.own("measure") if (names := scene.names(i)) and names[0] in _PRICES]
    after = [(i, name) for i, name in prices if scene.ms[i].first >= mention.last]
    end = next(((i, name) for i, name in after if _leads(scene, i) == "to"), None)
    if not sign or end is None or not _in_reach(scene, mention, scene.ms[end[0]]):
        return []
    before = [(i, name) for i, name in prices if scene.ms[i].last <= mention.first and name != "close"]
    came = next(((i, name) for i, name in after if i < end[0] and _leads(scene, i) == "from"), None)
    start = came or (before[-1] if before else None)
    place, name = start if start is not None else (None, _unnamed_start(scene, end[1]))
    if not name or name == end[1]:
        return []
    return for_owners(
        scene, mention,
        lambda symbol: Ordered(Ref(end[1], symbol), operator_for(sign), Ref(name, symbol)), 0.1,
        uses_of(index, end[0], place), f"from {name} to {end[1]}",
    )  # fmt: skip


def _unnamed_start(scene: Scene, end: str) -> str:
    """Where a move comes from that does not say: the price told of before ("from there"), else the other extreme."""
    there = "there" in scene.words and scene.state.measure in _PRICES
    return scene.state.measure if there else _OPPOSITE.get(end, "")


def _leads(scene: Scene, place: int) -> str:
    """Whether a price is where a move comes "from" or leads "to"."""
    named = scene.ms[place]
    if scene.norms(named.first, named.first + 1) == ["as"]:
        return "to"  # "as low as"
    back = 1
    while scene.word_before(named, back) in _SMALL:
        back += 1
    return scene.word_before(named, back)


def _in_reach(scene: Scene, move: Mention, end: Mention) -> bool:
    """Whether a move leads to a price: nothing else moves between them, and no amount is told."""
    amounts = (m for m in scene.between(move, end, "figure") if m.figure is not None and m.figure.unit in _CHANGES)
    return not scene.between(move, end, "direction", "versus", "crossing") and not any(amounts)
