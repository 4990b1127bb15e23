"""The declaration of a measure: everything the project knows of it, written once.

From a declaration come the computation, the fact sheet of the prompt, the checker's vocabulary and the glossary. This
module and the files of declarations import neither pandas nor ta, so that the checker reads the same catalogue and
still starts in a moment.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from pipeline.facts.units import Kind, Unit

if TYPE_CHECKING:
    from pipeline.facts.view import Found, View

CATALOGUE_VERSION = "2"

Timeframe = Literal["daily", "weekly"]
Scope = Literal["instrument", "pair"]


@dataclass(frozen=True, slots=True)
class Label:
    """A named state of a measure, with the thresholds that earn it and the words for it in prose.

    at_least, at_most: thresholds that belong to it. above, below: thresholds that do not.
    """

    name: str
    phrases: tuple[str, ...]
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    above: Decimal | None = None
    below: Decimal | None = None

    @property
    def bounds(self) -> tuple[Decimal, ...]:
        """Its thresholds."""
        edges = (self.at_least, self.at_most, self.above, self.below)
        return tuple(bound for bound in edges if bound is not None)

    def holds(self, value: Decimal) -> bool:
        """Whether a value earns the label."""
        return (
            (self.at_least is None or value >= self.at_least)
            and (self.at_most is None or value <= self.at_most)
            and (self.above is None or value > self.above)
            and (self.below is None or value < self.below)
        )


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of the catalogue.

    name: the canonical name. meaning: one line, from the docstring. unit, decimals: how a value is printed.
    kind: the sort of statement it supports. phrases: its names in prose, without articles; a phrase may name several
    measures (the checker asks the context). labels: the closed list of its values, none where the value is a text of
    its own (a list of days). of: the measure it describes (distance_sma_50 describes sma_50, a zone its oscillator).
    period: the period of a change. sign: +1 or -1 for streaks that have a direction. total: what a count is out of.
    bars: the fewest bars that give a value. limits: the values an honest computation can give. source: where the
    definition stands. needs_volume: it has no value without real volume. compute: from a view of the bars to a value.
    """

    name: str
    meaning: str
    unit: Unit
    kind: Kind
    compute: Callable[[View], Found]
    decimals: int = 2
    scope: Scope = "instrument"
    timeframes: tuple[Timeframe, ...] = ("daily",)
    window: int | None = None
    phrases: tuple[str, ...] = ()
    labels: tuple[Label, ...] = ()
    of: str | None = None
    period: str | None = None
    sign: int = 0
    total: int | None = None
    bars: int = 1
    limits: tuple[Decimal | None, Decimal | None] = (None, None)
    source: str = ""
    needs_volume: bool = False


def measure(
    name: str,
    *,
    unit: Unit,
    kind: Kind,
    decimals: int = 2,
    scope: Scope = "instrument",
    timeframes: tuple[Timeframe, ...] = ("daily",),
    window: int | None = None,
    phrases: tuple[str, ...] = (),
    labels: tuple[Label, ...] = (),
    of: str | None = None,
    period: str | None = None,
    sign: int = 0,
    total: int | None = None,
    bars: int = 1,
    limits: tuple[int | None, int | None] = (None, None),
    source: str = "",
    meaning: str = "",
    needs_volume: bool = False,
) -> Callable[[Callable[[View], Found]], Measure]:
    """Turn a function of a view into a `Measure`; its docstring's first line is the meaning unless one is given."""

    def declare(compute: Callable[[View], Found]) -> Measure:
        line = meaning or (compute.__doc__ or "").strip().splitlines()[0]
        low, high = (None if limit is None else Decimal(limit) for limit in limits)
        return Measure(
            name, line.rstrip("."), unit, kind, compute, decimals, scope, timeframes, window, phrases, labels, of,
            period, sign, total, bars, (low, high), source, needs_volume,
        )  # fmt: skip

    return declare


def label_of(labels: tuple[Label, ...], value: Decimal) -> Label:
    """The first label a value earns; one without thresholds is what remains, so it stands last."""
    return next(label for label in labels if label.holds(value))


def fact_id(instrument: str, measure: Measure, timeframe: str) -> str:
    """The id of a fact: `RUT.rsi_14`, `RUT.rsi_14.weekly`, `RUT/SPX.spread_ytd`."""
    suffix = "" if timeframe == measure.timeframes[0] else f".{timeframe}"
    return f"{instrument}.{measure.name}{suffix}"


def catalogue() -> dict[str, Measure]:
    """Every measure by name, in the order of the families."""
    from pipeline.facts.measures import FAMILIES

    return {item.name: item for family in FAMILIES for item in family.MEASURES}
