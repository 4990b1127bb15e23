"""Bars to snapshot: every measure of the catalogue for an instrument, its benchmark, and the pair of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.facts.catalogue import CATALOGUE_VERSION, Measure, Scope, Timeframe, catalogue, fact_id
from pipeline.facts.notes import at_session
from pipeline.facts.proxies import remark, usable
from pipeline.facts.snapshot import SCHEMA_VERSION, Fact, Gap, Note, Remark, Snapshot, Source
from pipeline.facts.units import Kind, Unit, Value, show, unit_for
from pipeline.facts.view import Found, Missing, View, pair_view, view_of
from pipeline.market.bars import COLUMNS, Bars
from pipeline.market.calendars import time_zone
from pipeline.market.instruments import Instrument
from pipeline.market.sessions import choose_session

if TYPE_CHECKING:
    from pipeline.market.gate import Seen

STEP = Decimal("0.000001")
NO_BENCHMARK = "the article was asked for without a benchmark, so none of the {} measures of a pair has a value"
SHOWN_DAYS = 5
SCHEMA_FILE = Path(__file__).with_name("snapshot.schema.json")


def build_snapshot(
    bars: Bars,
    benchmark: Bars | None = None,
    as_of: date | None = None,
    *,
    proxies: Sequence[Bars] = (),
    seen: Iterable[Seen] = (),
    notes: Sequence[Note] = (),
) -> Snapshot:
    """All facts at the close of a session, the last one of the bars by default. Nothing later is looked at.

    proxies: instruments whose volume may stand in for an index's; of those that do, the volume alone is told. seen:
    what the quality gate saw in the bars, for people. notes: those of the user's file; the ones valid at the session go
    in, the others are gaps. Raises InputError if the session is not in the bars of both, or has too few bars up to it.
    """
    day = choose_session(as_of, bars, benchmark)
    known = [one.up_to(day) for one in (bars, benchmark) if one is not None]
    instruments = tuple(one.instrument for one in known)
    beside = usable(instruments, proxies, day)
    sources = tuple(_source(one) for one in (*known, *beside))
    views = [view_of(one) for one in known]
    measures = catalogue()
    of_volume = {name: measure for name, measure in measures.items() if measure.needs_volume}
    stand_in: list[Fact | Gap] = []
    for one, source in zip(beside, sources[len(known) :], strict=True):
        stand_in += _items(view_of(one), of_volume, "instrument", one.instrument, source.id)
    told = {item.instrument for item in stand_in if isinstance(item, Fact)}
    told |= {one.symbol for one in instruments if one.kind != "index"}
    items: list[Fact | Gap] = []
    for one, view, source in zip(known, views, sources, strict=False):
        why = remark(one.instrument, told, proxies, day)
        items += _items(view, measures, "instrument", one.instrument, source.id, why)
    if len(views) == 2:
        both = " ".join(one.id for one in sources[:2])
        items += _items(pair_view(*views), measures, "pair", known[0].instrument, both)
    else:
        relative = sum(len(one.timeframes) for one in measures.values() if one.scope == "pair")
        items.append(Gap(id=f"{instruments[0].symbol}/none", kind="benchmark", reason=NO_BENCHMARK.format(relative)))
    items += stand_in
    newest = [one for one in (bars, benchmark) if one is not None and one.last == day]
    items += [_unfinished(one, one.in_progress) for one in newest if one.in_progress]
    items += [_week_to_go(view) for view in views if not view.week_over]
    stood = tuple(one.instrument for one in beside)
    valid, unfit = at_session(notes, day, [one.symbol for one in instruments])
    return Snapshot(
        schema_version=SCHEMA_VERSION,
        catalogue_version=CATALOGUE_VERSION,
        as_of=day,
        zone=time_zone(bars.instrument.calendar),
        instruments=instruments,
        proxies=stood,
        facts=tuple(item for item in items if isinstance(item, Fact)),
        gaps=(*(item for item in items if isinstance(item, Gap)), *unfit),
        notes=valid,
        remarks=(
            *(
                Remark(instrument=one.instrument.symbol, rule="source", text=line)
                for one in (*known, *beside)
                for line in one.told
            ),
            *(
                Remark(
                    instrument=one.instrument,
                    rule=one.rule,
                    text=one.text(),
                    dates=one.days[-SHOWN_DAYS:],
                    pressing=one.pressing(day),
                )
                for one in seen
            ),
        ),
        sources=sources,
        digest=_digest(day, (*instruments, *stood), sources, (*valid, *unfit)),
    )


def _unfinished(bars: Bars, day: date) -> Gap:
    """The session that had not closed when its bars were fetched: what is known of it is no close."""
    symbol = bars.instrument.symbol
    reason = f"the session of {day} had not closed when the bars of {symbol} were fetched, so its bar is left out"
    return Gap(id=f"{symbol}@{day}", kind="session", instrument=symbol, reason=reason)


def _week_to_go(view: View) -> Gap:
    """The close of the as-of's week while sessions are still to come."""
    left = view.rest_of_week
    reason = (
        f"the week of {view.monday} has {len(left)} session{'s' * (len(left) > 1)} to go, up to {left[-1]}, so its "
        "close is not known; weekly measures count it as it stands, those of completed weeks leave it out"
    )
    return Gap(id=f"{view.name}@week", kind="week", instrument=view.name, timeframe="weekly", reason=reason)


def sheet_form(value: Value, unit: Unit, decimals: int, kind: Kind) -> str:
    """How sheets, tables and JSON print a fact: a minus where it is negative, never a plus, dates with their year."""
    return show(value, unit, decimals, kind=kind, form="signed").removeprefix("+")


def write_schema(path: Path = SCHEMA_FILE) -> None:
    """Write the snapshot's JSON Schema."""
    path.write_text(schema_text(), encoding="utf-8")


def schema_text() -> str:
    """The snapshot's JSON Schema as text, for what a snapshot file holds."""
    schema = Snapshot.model_json_schema(mode="serialization")
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=1) + "\n"


def _items(
    view: View, measures: dict[str, Measure], scope: Scope, instrument: Instrument, source: str, volume_remark: str = ""
) -> Iterator[Fact | Gap]:
    """Facts and gaps of one instrument or pair, in the catalogue's order. volume_remark: what gaps of volume add."""
    for measure in measures.values():
        if measure.scope != scope:
            continue
        for timeframe in measure.timeframes:
            seen = view if timeframe == "daily" else view.weekly
            identity = fact_id(view.name, measure, timeframe)
            try:
                seen.require(measure.bars)
                found = measure.compute(seen)
                value = _value(found.value)
            except Missing as missing:
                yield Gap(
                    id=identity,
                    instrument=view.name,
                    measure=measure.name,
                    timeframe=timeframe,
                    reason=f"{measure.name} {missing}{volume_remark if measure.needs_volume else ''}",
                )
                continue
            unit = unit_for(measure.unit, instrument.kind)
            yield Fact(
                id=identity,
                instrument=view.name,
                measure=measure.name,
                window=measure.window,
                timeframe=timeframe,
                value=value,
                unit=unit,
                shown=sheet_form(value, unit, _decimals(measure, view), measure.kind),
                as_of=seen.as_of,
                start=found.start,
                end=found.end,
                dates=found.dates,
                source=source,
                rows=(seen.since(found.bars), seen.as_of),
                derived_from=tuple(_origins(found, view, measures, timeframe)),
            )


def _value(value: float | Value) -> Value:
    """A value as facts hold it: numbers rounded half up, once, at six decimals. Raises Missing for NaN."""
    if isinstance(value, bool | date | str):
        return value
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not number.is_finite():
        raise Missing("has no value: prices did not move over its window")
    return number.quantize(STEP, rounding=ROUND_HALF_UP)


def _decimals(measure: Measure, view: View) -> int:
    """How many decimals a value shows: the measure's, but four for prices below 1 and six for ratios below 0.1."""
    if measure.unit is Unit.PRICE and view.last < 1:
        return 4
    of_ratio = measure.scope == "pair" and measure.kind is Kind.LEVEL
    return 6 if of_ratio and view.last < 0.1 else measure.decimals


def _origins(found: Found, view: View, measures: dict[str, Measure], timeframe: Timeframe) -> Iterator[str]:
    """Ids of the facts a value was made of."""
    for name in found.of:
        origin = measures[name]
        frame = timeframe if timeframe in origin.timeframes else origin.timeframes[0]
        owners = [view.name] if origin.scope == "pair" or view.parts is None else [part.name for part in view.parts]
        yield from (fact_id(owner, origin, frame) for owner in owners)


def _source(bars: Bars) -> Source:
    """Where bars came from, with a digest of the rows used."""
    import numpy as np

    frame = bars.frame
    rows = hashlib.sha256(frame.index.to_numpy().astype("datetime64[D]").astype("<i8").tobytes())
    for column in COLUMNS:
        values = frame[column].to_numpy("<f8")
        rows.update(np.where(np.isnan(values), np.nan, values).astype("<f8").tobytes())
    return Source(
        id=f"{bars.source}:{bars.instrument.symbol}",
        instrument=bars.instrument.symbol,
        description=bars.description,
        first=bars.first,
        last=bars.last,
        rows=len(bars),
        sha256=rows.hexdigest(),
        retrieved=bars.retrieved,
    )


def _digest(
    as_of: date, instruments: tuple[Instrument, ...], sources: tuple[Source, ...], notes: tuple[Note | Gap, ...]
) -> str:
    """SHA-256 of everything the snapshot depends on: rows up to the as-of, instruments, notes and versions."""
    inputs = {
        "schema": SCHEMA_VERSION,
        "catalogue": CATALOGUE_VERSION,
        "as_of": str(as_of),
        "instruments": [one.model_dump(mode="json") for one in instruments],
        "rows": [one.sha256 for one in sources],
    } | ({"notes": [one.model_dump(mode="json") for one in notes]} if notes else {})
    return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()
