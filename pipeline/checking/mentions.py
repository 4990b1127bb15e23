"""Mentions: the stretches of a sentence that name something or assert something, as typed values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

MentionKind = Literal[
    # attributes
    "instrument", "pronoun", "measure", "averages", "timeframe", "period", "range",
    # anchors
    "figure", "date", "direction", "versus", "relation", "way", "size", "crossing", "label", "record", "quantifier",
    "control", "stance", "volume", "echo", "nearness", "placement",
    # modifiers
    "hedge", "negation", "agent", "neutral", "magnitude", "streak",
    # words that stand nowhere, or need evidence of another kind
    "cause", "forecast", "habit", "advice", "hype", "mind", "authority", "topic", "outsider", "unproved",
    "unknown",
]  # fmt: skip


TIMES = ("sessions", "days", "weeks", "months", "years")
"""Units of a figure that is a length of time."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as printed.

    value: magnitude, scale applied. step: one unit of its last printed digit. unit: "%", "pp", "bp", "points", "index
    points", "$", "shares", "sessions", "days", "weeks", "months", "years", "x", "fraction", or "" for a bare number.
    sign: printed sign, 0 for none. hedge: "", "about", "over", "under", "less", "at_least", "at_most".
    total: the 12 of "10 of 12".
    streak: "in a row" or the like stands with it. rough: a fraction or multiple in words, whose step is a share of it.
    """

    value: Decimal
    step: Decimal
    unit: str = ""
    sign: int = 0
    hedge: str = ""
    words: bool = False
    ordinal: bool = False
    total: int | None = None
    streak: bool = False
    rough: bool = False

    @property
    def signed(self) -> Decimal:
        """The value with its printed sign."""
        return -self.value if self.sign < 0 else self.value

    @property
    def whole(self) -> bool:
        """Whether it is a whole number without decimals."""
        return self.step >= 1 and self.value == self.value.to_integral_value()


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is written. months: those of a season. days: first and last day of a part of a month ("early
    December"). years_ago: 0 for "this year", 1 for "last year"."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    months: tuple[int, ...] = ()
    days: tuple[int, int] | None = None
    years_ago: int | None = None

    @property
    def vague(self) -> bool:
        """Whether it names neither a month nor a year: "Friday", "the 11th"."""
        return self.month is None and self.year is None and not self.months

    def fits(self, day: date, as_of: date) -> bool:
        """Whether a date is the one written. Without a year, a month means its latest one up to the as-of."""
        if self.weekday is not None and day.weekday() != self.weekday:
            return False
        if self.month is not None and day.month != self.month:
            return False
        if self.months and day.month not in self.months:
            return False
        if self.day is not None and day.day != self.day:
            return False
        if self.days is not None and not self.days[0] <= day.day <= self.days[1]:
            return False
        year = as_of.year - self.years_ago if self.years_ago is not None else self.year
        if year is not None:
            turned = day.month == 12 and 12 in self.months  # the winter of a year begins in the December before
            return day.year == year or (turned and day.year == year - 1)
        if self.vague:  # a weekday alone is one of the last seven days, a day alone one of the last month
            return 0 <= (as_of - day).days < (7 if self.day is None else 31)
        return 0 <= (as_of - day).days < 365


@dataclass(frozen=True, slots=True)
class Mention:
    """A typed stretch of tokens [first, last) of a block.

    values: what it may name (symbols, measure names, period names, label names; a hedge's side, ...). sign: +1, -1 or
    0. note: the class's further attribute (band, kind). weak: need not be used by a claim.
    """

    kind: MentionKind
    first: int
    last: int
    values: tuple[str, ...] = ()
    sign: int = 0
    note: str = ""
    figure: Figure | None = None
    day: PartialDate | None = None
    weak: bool = False
    plural: bool = field(default=False, compare=False)

    def __len__(self) -> int:
        return self.last - self.first
