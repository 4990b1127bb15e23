"""Volume, where it is real: the instrument's own, or that of the proxy, by name, which stands in for an index's."""

from __future__ import annotations

from pipeline.facts.snapshot import Fact
from pipeline.facts.units import Unit
from pipeline.writing.template.desk import Builder, Desk, Missing
from pipeline.writing.template.names import safe


def session(desk: Desk) -> list[str]:
    """The session's volume against its 20-session average."""
    traded, mean = _amount(desk, "volume"), desk.slot("volume_sma_20", "short")
    times = f"{desk.slot('volume_ratio_20')} times"
    owner = desk.snapshot.volume_owner
    if owner is None or owner == desk.snapshot.primary:
        return [
            f"{{its}} volume was {traded} on {desk.weekday}, {times} its 20-day average of {mean}.",
            f"{desk.weekday}'s volume of {traded} was {times} the 20-day average of {mean}.",
            f"Volume in {{A}} came to {traded} on {desk.weekday}, {times} the 20-day average of {mean}.",
        ]
    proxy = "{V}" if owner.name == owner.symbol else f"{{V}} ({safe(owner.symbol)})"
    return [
        f"{{A}} has no volume of its own; its proxy, {proxy}, traded {traded} on {desk.weekday}, {times} its 20-day "
        f"average volume of {mean}.",
        f"{{A}} has no volume of its own; in its proxy, {proxy}, {traded} changed hands on {desk.weekday}, {times} the "
        f"20-day average volume of {mean}.",
    ]


def both_ways(desk: Desk) -> list[str]:
    """The volume of the sessions that closed higher and of those that closed lower."""
    if not desk.number("up_volume_20") or not desk.number("down_volume_20"):
        raise Missing("volume on one side only")
    up, down = _amount(desk, "up_volume_20"), desk.slot("down_volume_20", "short")
    whose = "" if desk.snapshot.volume_owner == desk.snapshot.primary else "{V's} "
    return [
        f"{whose}volume on up days came to {up} over the last 20 sessions, against {down} on down days.",
        f"Over the last 20 sessions, {whose}volume on up days was {up}, against {down} on down days.",
    ]


def _amount(desk: Desk, measure: str) -> str:
    """A slot of a volume with its unit: "[[SPY.volume|short]] shares"."""
    fact: Fact = desk.fact(measure)
    return f"{desk.slot(measure, 'short')}{' shares' if fact.unit is Unit.SHARES else ''}"


VOLUME: tuple[Builder, ...] = (session, both_ways)
