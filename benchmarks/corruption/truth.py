"""When a printed figure is true of a fact, written out from the convention and apart from the checker.

A figure with d decimals is true of a value that rounds to it at d decimals, half up or half to even, from the stored
value or from the form the fact sheet shows. A distance may be told in percent of the level or of the close.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from pipeline.facts.catalogue import Measure
from pipeline.facts.snapshot import Fact
from pipeline.facts.units import SIGN_IN_WORDS, Kind

FIGURE = re.compile(r"([+-]?)\$?(\d[\d,]*(?:\.\d+)?)")


def may_print(fact: Fact, measure: Measure, text: str, form: str = "plain") -> bool:
    """Whether a figure in digits may stand for a fact; a text without a figure may not."""
    match = FIGURE.search(text)
    if match is None:
        return False
    figure = Decimal(match[2].replace(",", ""))
    if not any(rounds_to(abs(value), figure) for value in values(fact, measure)):
        return False
    signed = form == "signed" or measure.kind not in SIGN_IN_WORDS
    return not signed or not figure or (match[1] == "-") == (fact.number < 0)


def values(fact: Fact, measure: Measure) -> tuple[Decimal, ...]:
    """The values a figure of a fact may be rounded from."""
    value = fact.number
    found = [value, value.quantize(Decimal(1).scaleb(-measure.decimals), ROUND_HALF_UP)]
    if measure.kind is Kind.DISTANCE:
        found.append(100 * (1 / (1 + value / 100) - 1))
    return tuple(found)


def rounds_to(value: Decimal, figure: Decimal) -> bool:
    """Whether a value printed with a figure's decimals is that figure."""
    exponent = figure.as_tuple().exponent
    step = Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)
    return any(value.quantize(step, rounding) == figure for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN))


def prints_zero(text: str) -> bool:
    """Whether a figure shows nothing but zeros, so that no direction can be read from it."""
    match = FIGURE.search(text)
    return match is not None and not Decimal(match[2].replace(",", ""))
