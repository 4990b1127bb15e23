"""Candidates for sides of zero: MACD above or below it, positive or negative, and its crossings of it."""

from __future__ import annotations

from decimal import Decimal

from pipeline.checking.claims import Crossed, Ordered, Ref, operator_for
from pipeline.checking.mentions import Mention
from pipeline.checking.reading.refs import for_owners, uses_of
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import Candidate, absorbed
from pipeline.checking.tokens import words

_SIGNED = words("positive negative")
_TURNS = words("turned turns turn turning went flipped flips swung became moved")
_MACD = ("macd", "macd_signal", "macd_histogram")


def zero_beside(scene: Scene, mention: Mention) -> frozenset[int] | None:
    """Mentions that say MACD stands or moved to a side of zero ("crossed above zero", "under zero"), or None."""
    zeros = [i for i, m in scene.each("figure") if m.figure is not None and m.figure.value == 0 and m.figure.unit == ""
             and 0 <= m.first - mention.last <= 2]  # fmt: skip
    macds = [i for i, _ in scene.each("measure") if set(_MACD[:2]) & set(scene.names(i)) and not scene.is_header(i)]
    if not zeros or "macd_cross_zero" not in scene.measures:
        return None
    if not macds and scene.state.measure not in _MACD:
        return None
    return uses_of(*macds, zeros[0])


def zero(scene: Scene, index: int) -> list[Candidate]:
    """ "Below zero since Aug. 31", of the MACD spoken of before: the figure and the side make one claim."""
    if any(index in (zero_beside(scene, crossed) or ()) for _, crossed in scene.each("crossing")):
        return absorbed(index, "the line that was crossed")
    for place, side in scene.each("relation"):
        uses = zero_beside(scene, side)
        if uses is not None and index in uses and scene.turned(side).sign:
            operator = operator_for(scene.turned(side).sign)
            return for_owners(
                scene, scene.ms[index], lambda symbol: Ordered(Ref("macd", symbol), operator, Decimal(0)), 0.1,  # noqa: B023
                uses | {place}, "side of zero",
            )  # fmt: skip
    return []


def signed(scene: Scene, index: int) -> list[Candidate]:
    """ "MACD is negative", "turned positive on Monday": a measure's side of zero, or its crossing."""
    mention = scene.ms[index]
    said = scene.norms(mention.first, mention.last)
    if not _SIGNED & set(said):
        return []
    before = [(i, m) for i, m in scene.own("measure") if m.last <= mention.first and not m.weak]
    uses: frozenset[int] = uses_of(index)
    if before and scene.names(before[-1][0])[:1] and scene.names(before[-1][0])[0].startswith(_MACD[0]):
        name, uses = scene.names(before[-1][0])[0], uses | {before[-1][0]}
    elif not before and scene.state.measure in _MACD:
        name = scene.state.measure
    else:
        return []
    sign = scene.turned(mention).sign
    turned = _TURNS & {*said, *scene.norms(mention.first - 2, mention.first)}
    undated = not any(day.first >= mention.last for _, day in scene.each("date"))
    cost = 0.0 if before else 0.3
    if turned and name == "macd" and "macd_cross_zero" in scene.measures:
        return for_owners(
            scene, mention, lambda symbol: Crossed(Ref("macd_cross_zero", symbol), sign, undated), cost, uses, "turned"
        )
    return for_owners(
        scene, mention, lambda symbol: Ordered(Ref(name, symbol), operator_for(sign), Decimal(0)), cost, uses,
        f"sign of {name}",
    )  # fmt: skip
