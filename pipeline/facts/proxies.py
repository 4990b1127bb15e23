"""Proxies: instruments whose volume stands in for that of an index, which has none of its own.

Only their volume is told, and under their own name: an index's prices with a fund's volume would be of no instrument.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from pipeline.market.bars import Bars
from pipeline.market.instruments import Instrument


def wanted(instruments: Sequence[Instrument]) -> tuple[str, ...]:
    """Symbols whose volume stands in for that of some instruments, without those that are among them."""
    mine = {one.symbol for one in instruments}
    named = (one.volume_from for one in instruments if one.kind == "index")
    return tuple(dict.fromkeys(symbol for symbol in named if symbol is not None and symbol not in mine))


def usable(instruments: Sequence[Instrument], offered: Iterable[Bars], day: date) -> tuple[Bars, ...]:
    """Of the bars offered those that may stand in: wanted, with volume of their own and a session on the day, which is
    their last one then."""
    by_symbol = {one.instrument.symbol: one for one in offered}
    found = (by_symbol[symbol] for symbol in wanted(instruments) if symbol in by_symbol)
    return tuple(one.up_to(day) for one in found if one.instrument.kind != "index" and _has(one, day))


def remark(instrument: Instrument, told: Iterable[str], offered: Iterable[Bars], day: date) -> str:
    """What an index's gaps of volume add about its proxy. told: symbols that have facts of volume."""
    if instrument.kind != "index" or instrument.volume_from is None:
        return ""
    symbol = instrument.volume_from
    if symbol in told:
        return f"; the volume facts of its proxy {symbol} are in the snapshot"
    bars = next((one for one in offered if one.instrument.symbol == symbol), None)
    if bars is None:
        return f"; its proxy {symbol} is not in the source"
    return f"; its proxy {symbol} has {'none either' if _has(bars, day) else f'no session on {day}'}"


def _has(bars: Bars, day: date) -> bool:
    """Whether a day is a session of some bars."""
    return str(day) in bars.frame.index
