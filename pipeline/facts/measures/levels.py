"""Levels the market left behind: confirmed swing highs above the close, swing lows below it, and round numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Literal

from pipeline.facts import series
from pipeline.facts.catalogue import Measure, measure
from pipeline.facts.measures.volatility import SETTLED
from pipeline.facts.units import Kind, Unit
from pipeline.facts.view import Found, Missing, View, once
from pipeline.facts.words import combine

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pipeline.facts.view import Floats

REACH, LOOKBACK, LEVELS = 5, 252, 3
"""Bars on either side that confirm a swing point, sessions it may lie back, and levels kept on each side."""
SOURCE = f"Swing points of {REACH} bars on both sides, confirmed, in the last {LOOKBACK} sessions"
RANKS: dict[int, tuple[str, ...]] = {
    1: ("nearest", "closest", "first", "immediate", "initial"),
    2: ("second", "next", "second-nearest", "next-nearest"),
    3: ("third", "third-nearest"),
}
"""How prose counts levels, nearest first."""
BESIDE: dict[str, tuple[str, ...]] = {
    "above": ("above", "overhead", "above the price", "above it"),
    "below": ("below", "beneath", "underneath", "below the price", "below it", "beneath the close", "beneath it"),
}
WAYS: dict[str, tuple[str, ...]] = {
    "above": (*BESIDE["above"], "above the close", "just above", "just overhead", "just above the close", "up",
              "higher",
              "higher up", "on the upside", "to the upside", "on the way up"),
    "below": (*BESIDE["below"], "below the close", "just below", "just beneath", "just below the close", "down",
              "lower",
              "lower down", "on the downside", "to the downside", "on the way down", "under it"),
}  # fmt: skip
"""How prose says on which side of the close a level lies."""


@dataclass(frozen=True, slots=True)
class Side:
    """A side of the close. price: the column its swing points are of. sign: where the levels lie."""

    name: Literal["resistance", "support"]
    price: Literal["high", "low"]
    place: Literal["above", "below"]
    sign: Literal[1, -1]


SIDES = (Side("resistance", "high", "above", 1), Side("support", "low", "below", -1))


def swings(prices: Floats, sign: int, reach: int) -> NDArray[np.intp]:
    """Positions of the bars that no bar within `reach` on either side exceeds (sign +1 highs, -1 lows), oldest first.

    Equal prices count, so a plateau has several. The first and last `reach` bars are not confirmed and never counted.
    """
    import numpy as np

    if len(prices) <= 2 * reach:
        return np.array([], dtype=np.intp)
    signed = sign * prices
    windows = np.lib.stride_tricks.sliding_window_view(signed, 2 * reach + 1)
    return np.flatnonzero(windows.max(axis=1) == signed[reach:-reach]) + reach


@once
def swing_points(view: View, side: Side) -> tuple[Floats, tuple[int, ...]]:
    """Prices of the confirmed swing points of the last 252 sessions, oldest first, and their positions from the end."""
    tail = view.columns[side.price][-LOOKBACK - REACH :]
    found = swings(tail, side.sign, REACH)
    found = found[len(tail) - found <= LOOKBACK]
    return tail[found], tuple((found - len(tail)).tolist())


@once
def levels(view: View, side: Side) -> tuple[tuple[float, int], ...]:
    """Distinct prices of swing points beyond the close, nearest first, each with its latest bar's position."""
    prices, positions = swing_points(view, side)
    latest = dict(zip(prices.tolist(), positions, strict=True))
    return tuple(sorted(
        ((price, position) for price, position in latest.items() if side.sign * (price - view.last) > 0),
        key=lambda level: side.sign * level[0],
    ))  # fmt: skip


def level_at(view: View, side: Side, rank: int) -> tuple[float, int]:
    """The level of a rank and its bar. Raises Missing where there are fewer."""
    found = levels(view, side)
    if len(found) >= rank:
        return found[rank - 1]
    sessions = f"of the last {min(len(view), LOOKBACK)} sessions"
    if not found:
        raise Missing(f"has no value: no confirmed swing {side.price} {sessions} is {side.place} the close")
    count = "only one confirmed level" if len(found) == 1 else f"only {len(found)} confirmed levels"
    raise Missing(f"has no value: {count} of swing {side.price}s {sessions} {'is' if len(found) == 1 else 'are'} "
                  f"{side.place} the close")  # fmt: skip


def declare(side: Side, rank: int) -> tuple[Measure, ...]:
    """A level, the distance to it measured from either end, and how often it was touched."""
    name = f"swing_{side.name}_{rank}"
    nouns = (*combine((side.name, f"chart {side.name}", f"swing-{side.price} {side.name}"), ("", "level", "line")),
             f"level of {side.name}", f"{side.name} on the chart")  # fmt: skip
    points = combine(("", "confirmed"), (f"swing {side.price}",), ("", f"{side.place} the close", *BESIDE[side.place]))

    @measure(name, unit=Unit.PRICE, kind=Kind.LEVEL, bars=2 * REACH + 1, source=SOURCE,
             phrases=(*combine(RANKS[rank], (*nouns, *points)), *(nouns if rank == 1 else ()),
                      *combine(nouns, (str(rank), f"no. {rank}")),
                      *(combine(RANKS[rank], nouns, (f"{side.place} that", f"{side.place} it")) if rank > 1 else ())),
             meaning=f"Number {rank} by nearness among confirmed swing {side.price}s {side.place} the close: a swing "
                     f"{side.price}, the extreme of {REACH} bars on both sides, in the last {LOOKBACK} sessions; "
                     "dates: the bar, its confirmation")  # fmt: skip
    def level(view: View) -> Found:
        price, position = level_at(view, side, rank)
        return Found(price, bars=LOOKBACK + REACH, dates=(view.day(position), view.day(position + REACH)))

    @measure(f"distance_{name}", unit=Unit.PERCENT, kind=Kind.DISTANCE, of=name, bars=2 * REACH + 1,
             limits=(None, 0) if side.sign > 0 else (0, None), meaning=f"Close / {name} - 1")  # fmt: skip
    def distance(view: View) -> Found:
        price, _ = level_at(view, side, rank)
        return Found(100 * (view.last / price - 1), bars=LOOKBACK + REACH, of=("close", name))

    @measure(f"from_close_{name}", unit=Unit.PERCENT, kind=Kind.DISTANCE, of=name, bars=2 * REACH + 1,
             limits=(0, None) if side.sign > 0 else (None, 0), meaning=f"{name} / close - 1")  # fmt: skip
    def from_close(view: View) -> Found:
        price, _ = level_at(view, side, rank)
        return Found(100 * (price / view.last - 1), bars=LOOKBACK + REACH, of=("close", name))

    @measure(f"{name}_touches", unit=Unit.COUNT, kind=Kind.COUNT, of=name, bars=SETTLED, limits=(1, None),
             source=SOURCE, meaning="Confirmed swing points within half an ATR of the level")  # fmt: skip
    def touches(view: View) -> Found:
        price, _ = level_at(view, side, rank)
        near = float(series.atr(view, 14)[-1]) / 2
        swung = [zip(*swing_points(view, each), strict=True) for each in SIDES]
        places = [place for each in swung for found, place in each if abs(found - price) <= near]
        return Found(len(places), dates=(view.day(min(places)), view.day(max(places))), of=(name, "atr_14"))

    return level, distance, from_close, touches


ROUND = ("round number", "round figure", "round level", "round no.", "round-number level", "big figure")


def round_number(place: Literal["above", "below"], step_from: Callable[[Decimal], Decimal]) -> Measure:
    """The nearest round number on a side of the close. step_from: the close counted in steps, to the next whole one."""
    nouns = combine(("", "next", "nearest", "first", "closest"), ROUND)
    words = combine(nouns, WAYS[place])

    @measure(f"round_number_{place}", unit=Unit.PRICE, kind=Kind.LEVEL, bars=1, phrases=words,
             source="Multiples of a tenth of the price's power of ten: 100 from 1,000 to 9,999, 10 from 100",
             meaning="Nearest round level (100 points from 1,000 up, scaled with price)")  # fmt: skip
    def level(view: View) -> Found:
        close = Decimal(repr(view.last)).quantize(Decimal("0.000001"))  # as the fact holds it
        step = Decimal(1).scaleb(close.adjusted() - 1)
        return Found(step_from(close / step) * step, bars=1, of=("close",))

    return level


MEASURES: tuple[Measure, ...] = (
    *(item for side in SIDES for rank in range(1, LEVELS + 1) for item in declare(side, rank)),
    round_number("above", lambda steps: steps.to_integral_value(ROUND_FLOOR) + 1),
    round_number("below", lambda steps: steps.to_integral_value(ROUND_CEILING) - 1),
)
