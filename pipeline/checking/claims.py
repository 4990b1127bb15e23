"""Statements: what a clause claims, as typed tuples that can be executed against a snapshot.

A statement never holds a bare number: it names instrument, measure and timeframe, and how the figure was printed. It
is made by the reader, which sees no values.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pipeline.checking.mentions import Figure, PartialDate

Operator = Literal[">", "<", "="]
Quantifier = Literal["all", "none", "most", "count"]


def operator_for(sign: int) -> Operator:
    """The order a side word says: above for +1, below for -1."""
    return ">" if sign > 0 else "<"


@dataclass(frozen=True, slots=True)
class Ref:
    """A measure of an instrument (or pair) in a timeframe."""

    measure: str
    instrument: str
    timeframe: str = "daily"


@dataclass(frozen=True, slots=True)
class Valued:
    """The measure has the printed figure. sign: what the words say of its sign; 0 for a magnitude of either sign, None
    for a figure that carries its own. flip: the pair is named the other way round. band: a magnitude word's."""

    ref: Ref
    figure: Figure
    sign: int | None = None
    flip: bool = False
    band: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """The change has the sign the word says (0: little changed), within the word's band."""

    ref: Ref
    sign: int
    band: str = ""
    flip: bool = False


@dataclass(frozen=True, slots=True)
class Ordered:
    """One value stands above (">"), below ("<") or at ("=") another, or a literal figure; absolute compares sizes."""

    left: Ref
    operator: Operator
    right: Ref | Decimal
    absolute: bool = False


@dataclass(frozen=True, slots=True)
class Between:
    """One value lies between two others, in either order."""

    left: Ref
    one: Ref | Decimal
    other: Ref | Decimal


@dataclass(frozen=True, slots=True)
class Near:
    """One level lies within so many average true ranges of another (or, not expected, farther from it)."""

    left: Ref
    right: Ref
    ranges: Decimal
    expected: bool = True


@dataclass(frozen=True, slots=True)
class Placed:
    """The close lies from `least` to `most` percent of the way up from a low to a high (or, not expected, does not)."""

    low: Ref
    high: Ref
    least: Decimal
    most: Decimal
    expected: bool = True


@dataclass(frozen=True, slots=True)
class Opposed:
    """One value has the opposite sign of another ("year to date the order was reversed"), or, not apart, the same."""

    left: Ref
    right: Ref
    apart: bool = True


@dataclass(frozen=True, slots=True)
class Sided:
    """All, none, or so many of the averages stand on a side of the close. side +1: the close is above them."""

    instrument: str
    averages: tuple[str, ...]
    side: int
    count: Figure | None = None
    quantifier: Quantifier = "all"


@dataclass(frozen=True, slots=True)
class Size:
    """The figure is the number of averages in a set."""

    averages: tuple[str, ...]
    figure: Figure


@dataclass(frozen=True, slots=True)
class Polled:
    """The figure is how many votes a group of ratings counts."""

    ref: Ref
    figure: Figure


@dataclass(frozen=True, slots=True)
class Difference:
    """One value is so many units above (+1) or below (-1) another; sign 0 for either."""

    left: Ref
    right: Ref
    figure: Figure
    sign: int


@dataclass(frozen=True, slots=True)
class Away:
    """A level stands so many percent above (+1) or below (-1) the close, by either's measure; sign 0 for either."""

    ref: Ref
    figure: Figure
    sign: int


@dataclass(frozen=True, slots=True)
class Apart:
    """One value stands so many percent of another above (+1) or below (-1) it; sign 0 for either."""

    left: Ref
    right: Ref
    figure: Figure
    sign: int


@dataclass(frozen=True, slots=True)
class Excess:
    """A multiple of something is so many percent above (+1) or below (-1) it."""

    ref: Ref
    figure: Figure
    sign: int


@dataclass(frozen=True, slots=True)
class Times:
    """The size of one value is so many times that of another of the same sign. less: what is taken from the first
    ("the day's range": high less low)."""

    left: Ref
    right: Ref
    figure: Figure
    less: Ref | None = None


@dataclass(frozen=True, slots=True)
class Prior:
    """The value a change started from: value minus change."""

    ref: Ref
    change: Ref
    figure: Figure


@dataclass(frozen=True, slots=True)
class Labelled:
    """The measure earns (or, negated, does not earn) a label."""

    ref: Ref
    label: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Bound:
    """The figure is the threshold of a label ("the overbought line at 70")."""

    ref: Ref
    label: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Parameter:
    """The figure is a window of one of the measures ("a beta over 252 sessions", "averages of 5 to 200 days")."""

    measures: tuple[str, ...]
    figure: Figure


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of the fact: when the level was set, a crossing, a run's first or last session, a period's start. end:
    which of a run's two days is meant, where the words say so."""

    ref: Ref
    day: PartialDate
    end: Literal["", "first", "last"] = ""


PER_DAYS = {"days": Decimal(1), "weeks": Decimal(7), "months": Decimal("30.4375"), "years": Decimal("365.25")}
"""Calendar days in a unit of the time between two dates. Sessions between dates are not known to a snapshot."""


@dataclass(frozen=True, slots=True)
class Elapsed:
    """One event came so long after (+1) or before (-1) another. left: None for the as-of session."""

    left: Ref | None
    right: Ref
    figure: Figure
    sign: int


@dataclass(frozen=True, slots=True)
class Today:
    """The as-of session is the date written."""

    day: PartialDate


@dataclass(frozen=True, slots=True)
class Flagged:
    """A yes-or-no measure has the stated answer."""

    ref: Ref
    expected: bool = True


@dataclass(frozen=True, slots=True)
class SetToday:
    """The level was set in the as-of session ("hit a 52-week high")."""

    ref: Ref
    expected: bool = True


@dataclass(frozen=True, slots=True)
class Running:
    """The streak's direction holds: it is at least one long ("outperformed for another session")."""

    ref: Ref
    least: int = 1


@dataclass(frozen=True, slots=True)
class Crossed:
    """The last crossing of a level went to the stated side, in the as-of session unless a date says otherwise."""

    ref: Ref
    sign: int
    today: bool = True


Statement = (
    Valued | Moved | Ordered | Between | Near | Placed | Opposed | Sided | Size | Polled | Difference | Away | Apart
    | Excess | Times | Prior | Labelled | Bound | Parameter | Dated | Elapsed | Today | Flagged | SetToday | Running
    | Crossed
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the facts say of a statement: holds (None where a fact is missing), the facts' ids, and the truth in words
    as it may be written."""

    holds: bool | None
    facts: tuple[str, ...] = ()
    truth: str = ""
