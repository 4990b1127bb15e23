"""A snapshot made by hand from published figures, and the few helpers tests of the checker share."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pipeline.facts.catalogue import catalogue, fact_id
from pipeline.facts.snapshot import Fact, Snapshot, Source
from pipeline.facts.units import Unit, show, unit_for
from pipeline.market.instruments import WELL_KNOWN

AS_OF = date(2026, 1, 16)
"""A Friday."""

PUBLISHED: Mapping[str, Any] = {
    # Russell 2000 and S&P 500 on Jan. 16, 2026, as published after the close, to the digits that were published.
    "RUT.close": "2677.74", "RUT.change_1w": "2.04", "RUT.change_ytd": "7.89", "RUT.rsi_14": "71.52",
    "RUT.rsi_14_zone": "overbought", "RUT.sma_5": "2654.55", "RUT.sma_50": "2505.18", "RUT.is_record_close": True,
    "RUT.record_close": ("2677.74", AS_OF), "SPX.close": "6940.01", "SPX.change_1w": "-0.38", "SPX.change_ytd": "1.38",
    "SPX.record_close": ("6977.27", date(2026, 1, 12)), "SPX.is_record_close": False,
    "RUT/SPX.outperformance_streak_sessions": "11",
    "RUT/SPX.longest_outperformance_streak_sessions": "16",
    # differences of the above
    "RUT/SPX.spread_1w": "2.42", "RUT/SPX.spread_ytd": "6.51",
}  # fmt: skip


def snapshot(values: Mapping[str, Any], symbols: tuple[str, ...] = ("RUT", "SPX")) -> Snapshot:
    """A snapshot of the Russell 2000 against the S&P 500, or of others, with some facts: id to value, or to value and
    dates. Whoever else has a fact is a proxy.

    The dates of a change are the start and end of its period.
    """
    facts = [_fact(name, value) for name, value in values.items()]
    others = dict.fromkeys(fact.instrument for fact in facts if fact.instrument not in (*symbols, "/".join(symbols)))
    return Snapshot(
        schema_version="1",
        catalogue_version="by hand", as_of=AS_OF, instruments=tuple(WELL_KNOWN[symbol] for symbol in symbols),
        proxies=tuple(WELL_KNOWN[symbol] for symbol in others), facts=tuple(facts), digest="by hand",
        sources=(
            Source(id="by hand", instrument="RUT", description="published figures", first=AS_OF, last=AS_OF, rows=1,
                   sha256="0" * 64),
        ),
    )  # fmt: skip


def _fact(name: str, value: Any) -> Fact:
    instrument, measure_name, *timeframe = name.split(".")
    measure = catalogue()[measure_name]
    frame: Any = timeframe[0] if timeframe else measure.timeframes[0]
    value, *dates = value if isinstance(value, tuple) else (value,)
    start, end = dates if measure.period and len(dates) == 2 else (None, None)
    if isinstance(value, str) and measure.unit is not Unit.LABEL:
        value = Decimal(value)
    unit = unit_for(measure.unit, WELL_KNOWN[instrument].kind if instrument in WELL_KNOWN else "index")
    shown = show(value, unit, measure.decimals, kind=measure.kind, form="signed", as_of=AS_OF)
    return Fact(
        id=fact_id(instrument, measure, frame), instrument=instrument, measure=measure_name, window=measure.window,
        timeframe=frame, value=value, unit=unit, shown=shown, as_of=AS_OF, start=start, end=end,
        dates=() if start else tuple(dates), source="by hand", rows=(AS_OF, AS_OF),
    )  # fmt: skip
