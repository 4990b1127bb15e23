"""Units of facts, the kinds of statement a measure allows, and the forms in which a value is printed."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


class Unit(StrEnum):
    """Unit of a fact's value. `PRICE` and `VOLUME` stand in declarations only: see `unit_for`."""

    PRICE = "price"
    VOLUME = "volume"
    DOLLARS = "dollars"
    POINTS = "points"
    PERCENT = "percent"
    PERCENTAGE_POINTS = "percentage points"
    SHARES = "shares"
    INDEX = "index"
    INDEX_POINTS = "index points"
    RATIO = "ratio"
    SCORE = "score"
    SESSIONS = "sessions"
    WEEKS = "weeks"
    BARS = "bars"
    COUNT = "count"
    DATE = "date"
    BOOL = "bool"
    LABEL = "label"


def unit_for(declared: Unit, kind: str) -> Unit:
    """The unit of a declaration for a kind of instrument.

    A price is in points for an index and in dollars otherwise; a volume in dollars for crypto and in shares otherwise.
    """
    match declared:
        case Unit.PRICE:
            return Unit.POINTS if kind == "index" else Unit.DOLLARS
        case Unit.VOLUME:
            return Unit.DOLLARS if kind == "crypto" else Unit.SHARES
        case _:
            return declared


class Kind(StrEnum):
    """What sort of statement a measure supports."""

    LEVEL = "level"  # a price the close can stand above or below
    CHANGE = "change"  # percent over a period; prose carries the sign in the verb
    POINTS = "points"  # price units over a period; sign in the verb
    DISTANCE = "distance"  # percent from a level; sign in "above" or "below"
    SPREAD = "spread"  # percentage points between two changes; sign in "beat" or "lagged"
    INDICATOR = "indicator"  # a number on its own scale, printed with its own sign
    STREAK = "streak"  # sessions or weeks in a row
    COUNT = "count"  # a tally out of a known total
    DATE = "date"
    FLAG = "flag"
    LABEL = "label"


SIGN_IN_WORDS = frozenset({Kind.CHANGE, Kind.POINTS, Kind.DISTANCE, Kind.SPREAD})
"""Kinds whose figure is printed without a sign because the words around it carry the direction."""

WHOLE_UNITS = frozenset({Unit.SESSIONS, Unit.WEEKS, Unit.BARS, Unit.COUNT})

MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
MONTH_NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
               "November", "December")  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SMALL_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
                 "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
                 "nineteen")  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ORDINALS = {1: "first", 2: "second", 3: "third", 5: "fifth", 8: "eighth", 9: "ninth", 12: "twelfth"}

Value = Decimal | bool | date | str
"""A fact's value: a number, a flag, a date or a label."""

SCALES = (("trillion", 12), ("billion", 9), ("million", 6))
"""Words for large numbers, with their powers of ten."""

FORMS = ("plain", "signed", "words", "ordinal", "short", "weekday", "full")
"""The closed list of forms a slot may ask for: `[[RUT.change_1w|signed]]`."""


def quantise(value: Decimal, decimals: int) -> Decimal:
    """Round half up at a number of decimals."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def scaled(value: Decimal) -> str:
    """A magnitude in three digits with its scale in words ("31.2 million"); below a million whole, with commas."""
    whole = quantise(value, 0)
    rounded = quantise(whole, 2 - whole.adjusted()) if whole else whole
    for name, power in SCALES:
        if rounded >= Decimal(10) ** power:
            return f"{quantise(rounded.scaleb(-power), max(2 + power - rounded.adjusted(), 0)):,} {name}"
    return f"{whole:,}"


def number_words(number: int) -> str:
    """A whole number from 0 to 99 in words ("twenty-one"), in digits beyond."""
    if not 0 <= number <= 99:
        return f"{number:,}"
    if number < 20:
        return SMALL_NUMBERS[number]
    tens, ones = divmod(number, 10)
    return TENS[tens] + (f"-{SMALL_NUMBERS[ones]}" if ones else "")


def ordinal_words(number: int) -> str:
    """A whole number from 1 to 99 as an ordinal word ("twenty-first"), as "101st" beyond."""
    if not 1 <= number <= 99:
        suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number:,}{suffix}"
    if number > 20 and number % 10:
        return f"{TENS[number // 10]}-{ordinal_words(number % 10)}"
    if number >= 20:
        return TENS[number // 10].removesuffix("y") + "ieth"
    return ORDINALS.get(number, SMALL_NUMBERS[number] + "th")


def ap_date(day: date, as_of: date | None = None) -> str:
    """A date in AP style: "Jan. 16", with the year when it is not the as-of's (or no as-of is given)."""
    text = f"{MONTHS[day.month - 1]} {day.day}"
    return text if as_of is not None and day.year == as_of.year else f"{text}, {day.year}"


def show(value: Value, unit: Unit, decimals: int, *, kind: Kind, form: str = "plain", as_of: date | None = None) -> str:
    """Print a value in one of `FORMS`.

    plain is the form of running text: magnitudes for kinds in `SIGN_IN_WORDS`, commas in thousands, the unit as a
    sign or words. signed keeps the sign (with a plus). words and ordinal spell whole numbers. short drops decimals
    (one for percents, none for prices) and puts millions of shares or dollars in words, of shares without the unit.
    weekday and full are for dates.
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        if form == "weekday":
            return WEEKDAYS[value.weekday()]
        return ap_date(value, None if form == "full" else as_of)
    if isinstance(value, str):
        return value
    if unit in WHOLE_UNITS:
        whole = int(value)
        if form == "words":
            return number_words(whole)
        return ordinal_words(whole) if form == "ordinal" else f"{whole:,}"
    if form == "short":
        decimals = (
            1 if unit in (Unit.PERCENT, Unit.PERCENTAGE_POINTS) else 0 if unit in (Unit.POINTS, Unit.DOLLARS) else 1
        )
    rounded = quantise(value, decimals)
    unsigned = kind in SIGN_IN_WORDS and form != "signed"
    sign = "" if unsigned else "-" if rounded < 0 else "+" if form == "signed" and rounded > 0 else ""
    digits = f"{abs(rounded):,}"
    if form == "short" and unit in (Unit.SHARES, Unit.DOLLARS):
        digits = scaled(abs(value))
        return f"{sign}{digits}" if unit is Unit.SHARES else f"{sign}${digits}"
    match unit:
        case Unit.PERCENT:
            return f"{sign}{digits}%"
        case Unit.PERCENTAGE_POINTS:
            return f"{sign}{digits} percentage point{'' if rounded == 1 or rounded == -1 else 's'}"
        case Unit.DOLLARS:
            return f"{sign}${digits}"
        case Unit.SHARES:
            return f"{sign}{digits} share{'' if abs(rounded) == 1 else 's'}"
        case _:
            return f"{sign}{digits}"
