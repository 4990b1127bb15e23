"""What no honest snapshot can hold: values outside their limits, and facts that contradict each other.

Values are rounded at six decimals, so comparisons between facts allow for that and nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.facts.catalogue import Measure, catalogue, fact_id, label_of
from pipeline.facts.measures.stance import stance_of
from pipeline.facts.units import Kind, Unit, unit_for

if TYPE_CHECKING:
    from pipeline.facts.snapshot import Fact, Snapshot

ROUNDING = Decimal("0.000001")
SPREAD_ROUNDING = Decimal("0.00001")
CHAINS: tuple[tuple[str, ...], ...] = (
    (*(f"swing_support_{rank}" for rank in (3, 2, 1)), "close", *(f"swing_resistance_{rank}" for rank in (1, 2, 3))),
    ("round_number_below", "close", "round_number_above"),
    *(tuple(f"pivot_{base}_{point}" for point in ("s3", "s2", "s1", "p", "r1", "r2", "r3"))
      for base in ("day", "week", "month", "next_session")),
    *((f"recent_{back}_low", f"recent_{back}_{price}", f"recent_{back}_high")
      for back in range(1, 11) for price in ("open", "close")),
)  # fmt: skip
"""Prices from the lowest to the highest, as far as there are facts of them."""


def impossibilities(snapshot: Snapshot) -> list[str]:
    """Everything in a snapshot that cannot be, one sentence each; empty for an honest one."""
    measures = catalogue()
    faults = list(_names(snapshot, measures))
    if faults:
        return faults
    for fact in snapshot.facts:
        faults += _declared(fact, measures[fact.measure], snapshot)
    owners = [*(one.symbol for one in snapshot.owners), *([snapshot.pair] if snapshot.pair else [])]
    for owner in owners:
        for rule in RULES:
            faults += rule(owner, snapshot)
    for fact in snapshot.facts:
        faults += _described(fact, measures[fact.measure], snapshot)
    return faults


def _names(snapshot: Snapshot, measures: dict[str, Measure]) -> Iterator[str]:
    """Ids, instruments, measures and dates that do not belong together."""
    from pipeline.facts.snapshot import Gap, Note

    owners = {one.symbol: "instrument" for one in snapshot.owners}
    if len(owners) < len(snapshot.owners):
        yield f"an instrument stands twice among {', '.join(one.symbol for one in snapshot.owners)}"
    if snapshot.pair:
        owners[snapshot.pair] = "pair"
    proxies = {one.symbol for one in snapshot.proxies}
    seen: set[str] = set()
    items: tuple[Fact | Gap | Note, ...] = (*snapshot.facts, *snapshot.gaps, *snapshot.notes)
    for item in items:
        if item.id in seen:
            yield f"{item.id} stands twice"
        seen.add(item.id)
        if isinstance(item, Note) or (isinstance(item, Gap) and item.kind != "measure"):
            continue
        declared = measures.get(item.measure)
        if declared is None:
            yield f"{item.id}: {item.measure} is not in the catalogue"
        elif item.instrument not in owners:
            yield f"{item.id}: {item.instrument} is not an instrument of the snapshot"
        elif owners[item.instrument] != declared.scope or item.timeframe not in declared.timeframes:
            yield f"{item.id}: {item.measure} has no {item.timeframe} value for {item.instrument}"
        elif item.instrument in proxies and not declared.needs_volume:
            yield f"{item.id}: of the proxy {item.instrument} only volume is told"
        elif item.id != (expected := fact_id(item.instrument, declared, item.timeframe)):
            yield f"{item.id}: the id of this fact is {expected}"
    for fact in snapshot.facts:
        if fact.as_of != snapshot.as_of:
            yield f"{fact.id}: as of {fact.as_of} in a snapshot of {snapshot.as_of}"
    for note in snapshot.notes:
        if (note.published or snapshot.as_of) > snapshot.as_of or (note.valid_until or snapshot.as_of) < snapshot.as_of:
            yield f"{note.id}: a note of {note.published} until {note.valid_until} in a snapshot of {snapshot.as_of}"


def _declared(fact: Fact, measure: Measure, snapshot: Snapshot) -> Iterator[str]:
    """Unit, limits and labels against the declaration."""
    owner = next((one for one in snapshot.owners if one.symbol == fact.instrument), snapshot.primary)
    unit = unit_for(measure.unit, owner.kind)
    if measure.needs_volume and owner.kind == "index":
        yield f"{fact.id}: an index has no volume of its own"
    if fact.unit is not unit:
        yield f"{fact.id}: its unit is {unit}, not {fact.unit}"
    elif isinstance(fact.value, Decimal):
        low, high = measure.limits
        if low is not None and fact.value < low:
            yield f"{fact.id}: {fact.value} is below {low}, the least it can be"
        if high is not None and fact.value > high:
            yield f"{fact.id}: {fact.value} is above {high}, the most it can be"
    elif fact.unit is Unit.LABEL and measure.labels and fact.value not in {label.name for label in measure.labels}:
        names = [label.name for label in measure.labels]
        yield f"{fact.id}: {fact.value} is none of {', '.join(names[:6])}{' ...' if len(names) > 6 else ''}"


def _described(fact: Fact, measure: Measure, snapshot: Snapshot) -> Iterator[str]:
    """A label, a distance or a price change against the measure it describes."""
    if measure.of is None or (other := _fact(snapshot, fact.instrument, measure.of, fact.timeframe)) is None:
        return
    if fact.unit is Unit.LABEL and any(label.bounds for label in measure.labels):
        if fact.value != (right := label_of(measure.labels, other.number).name):
            yield f"{fact.id}: {fact.value} contradicts {other.id} {other.number}, which is {right}"
    elif measure.name.startswith(("distance_", "from_close_")):
        base = _fact(snapshot, fact.instrument, "ratio" if measure.scope == "pair" else "close", "daily")
        if base is None:
            return
        near, far = (base, other) if measure.name.startswith("distance_") else (other, base)
        if far.number:
            quotient = near.number / far.number
            slack = 100 * ROUNDING * (1 + quotient) / far.number + ROUNDING
            if abs(fact.number - 100 * (quotient - 1)) > abs(slack):
                yield f"{fact.id}: {fact.number} contradicts {near.id} {near.number} against {far.id} {far.number}"
    elif measure.kind is Kind.POINTS and other.unit is Unit.PERCENT and fact.number * other.number < 0:
        yield f"{fact.id}: the sign of {fact.number} contradicts {other.id} {other.number}"


def _fact(snapshot: Snapshot, owner: str, name: str, timeframe: str = "daily") -> Fact | None:
    """A fact of an owner by its measure, in a timeframe if it has one there."""
    return snapshot.get(f"{owner}.{name}.{timeframe}") or snapshot.get(f"{owner}.{name}")


def _order(owner: str, snapshot: Snapshot) -> Iterator[str]:
    """Pairs of prices of which the first is never above the second."""
    pairs = [("low", "high"), ("low", "close"), ("close", "high"), ("close", "record_close"), ("high", "record_high"),
             ("record_close", "record_high"), ("bollinger_lower", "bollinger_middle"),
             ("bollinger_middle", "bollinger_upper")]  # fmt: skip
    for window in ("20d", "3m", "52w"):
        pairs += [(price, f"high_{window}") for price in ("close", "high")]
        pairs += [(f"low_{window}", price) for price in ("close", "low")]
    pairs += [("close", "high_52w_close"), ("low_52w_close", "close")]
    pairs += [("ratio", "ratio_high_52w"), ("ratio_low_52w", "ratio")]
    for streak in ("up_streak", "down_streak", "outperformance_streak", "underperformance_streak"):
        pairs += [(f"{streak}_{span}", f"longest_{streak}_{span}") for span in ("sessions", "weeks", "weeks_completed")]
    for chain in CHAINS:
        pairs += pairwise(chain)
    for smaller, larger in pairs:
        left, right = _fact(snapshot, owner, smaller), _fact(snapshot, owner, larger)
        if left and right and left.number > right.number:
            yield f"{left.id}: {left.number} is above {right.id} {right.number}"


def _records(owner: str, snapshot: Snapshot) -> Iterator[str]:
    """A record that stands elsewhere than where the flag says."""
    for name in ("close", "high"):
        flag, value, record = (_fact(snapshot, owner, one) for one in (f"is_record_{name}", name, f"record_{name}"))
        if flag and value and record and flag.value is True and value.number < record.number:
            yield f"{flag.id}: {value.id} {value.number} is below {record.id} {record.number}"


def _tally(owner: str, snapshot: Snapshot) -> Iterator[str]:
    """A tally of averages against the averages themselves."""
    buy, sell, close = (_fact(snapshot, owner, name) for name in ("ma_buy_count", "ma_sell_count", "close"))
    if not (buy and sell and close):
        return
    if buy.number + sell.number > 12:
        yield f"{buy.id} {buy.number} and {sell.id} {sell.number} are more than 12"
    averages = [item for origin in buy.derived_from if origin != close.id and (item := snapshot.get(origin))]
    if len(averages) < 12 or any(item.number == close.number for item in averages):
        return
    below = sum(item.number < close.number for item in averages)
    if buy.number != below or sell.number != len(averages) - below:
        yield f"{buy.id} {buy.number} and {sell.id} {sell.number}: {below} of 12 averages are below the close"


def _ratings(owner: str, snapshot: Snapshot) -> Iterator[str]:
    """Counts of votes against the votes, ratings against the counts, the overall rating against the two groups."""
    groups = ("averages", "oscillators")
    for group in groups:
        rating = _fact(snapshot, owner, f"rating_{group}")
        sides = [_fact(snapshot, owner, f"rating_{group}_{side}_count") for side in ("buy", "sell", "neutral")]
        if rating is None or any(fact is None for fact in sides):
            continue
        known = [fact for fact in sides if fact is not None]
        votes = [fact.value for origin in rating.derived_from if (fact := snapshot.get(origin))]
        for fact, side in zip(known, ("buy", "sell", "neutral"), strict=True):
            if votes and len(votes) == len(rating.derived_from) and fact.number != votes.count(side):
                yield f"{fact.id}: {fact.number}, but {votes.count(side)} of {len(votes)} votes are {side}"
        buy, sell, total = known[0].number, known[1].number, sum(fact.number for fact in known)
        if total and abs((buy - sell) / total - rating.number) > ROUNDING:
            yield f"{rating.id}: {rating.number} is not the mean of {buy} buy and {sell} sell of {total} votes"
    parts, overall = [_fact(snapshot, owner, f"rating_{group}") for group in groups], f"{owner}.rating_overall"
    means = [fact.number for fact in parts if fact is not None]
    if len(means) == 2 and (fact := snapshot.get(overall)) and abs((means[0] + means[1]) / 2 - fact.number) > ROUNDING:
        yield f"{fact.id}: {fact.number} is not the mean of {means[0]} and {means[1]}"


def _stance(owner: str, snapshot: Snapshot) -> Iterator[str]:
    """A stance against the rating and the side of the 200-day average it comes from."""
    names = ("stance", "rating_overall_label", "close", "sma_200")
    stance, rating, close, average = (_fact(snapshot, owner, name) for name in names)
    if stance and rating and close and average:
        way = (close.number > average.number) - (close.number < average.number)
        if stance.value != (right := stance_of(str(rating.value), way)):
            yield f"{stance.id}: {stance.value} contradicts {rating.id} and {average.id}, which make it {right}"


def _streaks(owner: str, snapshot: Snapshot) -> Iterator[str]:
    """Two opposite streaks at once."""
    for one, other in (("up_streak", "down_streak"), ("outperformance_streak", "underperformance_streak")):
        for span in ("sessions", "weeks", "weeks_completed"):
            left, right = _fact(snapshot, owner, f"{one}_{span}"), _fact(snapshot, owner, f"{other}_{span}")
            if left and right and left.number and right.number:
                yield f"{left.id} {left.number} and {right.id} {right.number} exclude each other"


def _sums(owner: str, snapshot: Snapshot) -> Iterator[str]:
    """Differences that do not come out: spreads of two changes, the MACD histogram."""
    macd, signal, histogram = (_fact(snapshot, owner, name) for name in ("macd", "macd_signal", "macd_histogram"))
    if macd and signal and histogram and abs(macd.number - signal.number - histogram.number) > 2 * ROUNDING:
        yield f"{histogram.id}: {histogram.number} is not {macd.number} minus {signal.number}"
    if owner != snapshot.pair or snapshot.benchmark is None:
        return
    for fact in snapshot.facts:
        if fact.instrument != owner or not fact.measure.startswith("spread_"):
            continue
        change = fact.measure.replace("spread", "change")
        mine, theirs = (_fact(snapshot, one.symbol, change) for one in snapshot.instruments[:2])
        if mine and theirs and abs(mine.number - theirs.number - fact.number) > SPREAD_ROUNDING:
            yield f"{fact.id}: {fact.number} is not {mine.id} {mine.number} minus {theirs.id} {theirs.number}"


def _largest(owner: str, snapshot: Snapshot) -> Iterator[str]:
    """A change told to be at least as large as the session's, and smaller."""
    today = _fact(snapshot, owner, "change_1d")
    for way in ("gain", "loss", "move"):
        then = _fact(snapshot, owner, f"largest_{way}_day_since_change")
        if today and then and abs(then.number) < abs(today.number):
            yield f"{then.id}: {then.number} is smaller than {today.id} {today.number}"


def _volume(owner: str, snapshot: Snapshot) -> Iterator[str]:
    """Volumes that do not come out: a ratio, the parts of a window, on-balance volume."""
    for window in (20, 50):
        names = ("volume", f"volume_sma_{window}", f"volume_ratio_{window}", f"up_volume_{window}",
                 f"down_volume_{window}")  # fmt: skip
        traded, mean, ratio, up, down = (_fact(snapshot, owner, name) for name in names)
        if traded and mean and ratio and abs(ratio.number * mean.number - traded.number) > mean.number * ROUNDING + 1:
            yield f"{ratio.id}: {ratio.number} is not {traded.id} {traded.number} over {mean.id} {mean.number}"
        if mean and up and down and up.number + down.number > window * mean.number + 1:
            yield f"{up.id} {up.number} and {down.id} {down.number} are more than {window} times {mean.id}"
    change, up, down = (_fact(snapshot, owner, name) for name in ("obv_change_20", "up_volume_20", "down_volume_20"))
    if change and up and down and abs(up.number - down.number - change.number) > 1:
        yield f"{change.id}: {change.number} is not {up.number} minus {down.number}"


RULES: tuple[Callable[[str, Snapshot], Iterator[str]], ...] = (
    _order, _records, _tally, _ratings, _stance, _streaks, _sums, _largest, _volume,
)  # fmt: skip
