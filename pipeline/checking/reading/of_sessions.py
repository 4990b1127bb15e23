"""Candidates for moves inside the session: to its high or low, and from them to the close.

A day's bar tells where its open, high, low and close stand, not when they were reached: such a move claims the order
of the two prices it leads from and to, and nothing of the day's change.
"""

from __future__ import annotations

from pipeline.checking.claims import Ordered, Ref, Valued, operator_for
from pipeline.checking.mentions import Mention
from pipeline.checking.reading.extremes import DAY
from pipeline.checking.reading.refs import OF_SESSION, for_owners, uses_of
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import Candidate
from pipeline.checking.tokens import words

_OPPOSITE = {"low": "high", "high": "low"}
_SMALL = words("a an the its 's new session day")
_THAT = words("that this the its")
_OF_RANGE = frozenset({*OF_SESSION, "day_range_position"})
_CHANGES = ("%", "points", "pp")


def travelled(scene: Scene, index: int) -> list[Candidate]:
    """ "Dropped to a session low", "rose as high as", "fell from a high of 2,692 to close at 2,677"."""
    mention = scene.ms[index]
    sign = scene.turned(mention).sign
    prices = [(i, names[0]) for i, _ in scene.own("measure") if (names := scene.names(i)) and names[0] in OF_SESSION]
    if sign and _to_place(scene, mention):
        other = "low" if sign > 0 else "high"
        return for_owners(
            scene, mention, lambda symbol: Ordered(Ref("close", symbol), operator_for(sign), Ref(other, symbol)), 0.1,
            uses_of(index), f"from the {other}",
        )  # fmt: skip
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
        uses_of(index, end[0], place) | scene.day_marks, f"from {name} to {end[1]}",
    )  # fmt: skip


def position(scene: Scene, index: int) -> list[Candidate]:
    """ "At 39.3% of that range": the place of the close in the day's range, told of before."""
    mention = scene.ms[index]
    figure = mention.figure
    if figure is None or not _of_range(scene, mention):
        return []
    return for_owners(
        scene, mention, lambda symbol: Valued(Ref("day_range_position", symbol), figure), 0.1,
        uses_of(index) | scene.day_marks, "place in the day's range, carried",
    )  # fmt: skip


def _of_range(scene: Scene, mention: Mention) -> bool:
    """Whether a percentage is "of that range", and the range told of last is the day's."""
    said = scene.norms(mention.last, mention.last + 3)
    if said[:1] != ["of"] or not (said[1:2] == ["it"] or (said[1:2] and said[1] in _THAT and said[2:] == ["range"])):
        return False
    spans = [m.note for _, m in scene.own("range") if m.last <= mention.first]
    if spans:
        return spans[-1] == DAY
    named = {name for i, _ in scene.own("measure") for name in scene.names(i)[:1]}
    claimed = {ref.measure for ref in scene.state.claims}
    ends = {"low", "high"}
    return bool(ends & (named | claimed) or scene.day_marks or (scene.state.range == DAY and claimed & _OF_RANGE))


def range_told(scene: Scene) -> bool:
    """Whether a place in the day's range is told without its name ("at 38.8% of its range between")."""
    shares = (m for _, m in scene.own("figure") if m.figure is not None and m.figure.unit == "%")
    return any(_of_range(scene, mention) for mention in shares)


def _to_place(scene: Scene, move: Mention) -> bool:
    """Whether a move leads to a place in the day's range ("lifted the close to 43.2% of the day's range")."""
    for _, mention in scene.own("figure"):
        if mention.first < move.last or mention.figure is None or mention.figure.unit != "%":
            continue
        placed = any(m.first == mention.last and "day_range_position" in m.values for _, m in scene.own("measure"))
        led = "to" in (scene.word_before(mention), scene.word_before(mention, 2))
        return (
            led and (placed or _of_range(scene, mention)) and not scene.between(move, mention, "direction", "relation")
        )
    return False


def _unnamed_start(scene: Scene, end: str) -> str:
    """Where a move comes from that does not say: the price told of before ("from there"), else the other extreme."""
    there = "there" in scene.words and scene.state.measure in OF_SESSION
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
