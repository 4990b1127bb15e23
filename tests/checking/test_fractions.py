"""Fractions and multiples in words as figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.checking.fractions import fraction_at
from pipeline.checking.tokens import tokenise

READ = [
    ("a quarter of the gain", "0.25", "fraction"), ("two-thirds of the advance", "0.667", "fraction"),
    ("half as much", "0.5", "fraction"), ("twice the rate", "2", "x"), ("one and a half times", "1.5", "x"),
    ("four and a half percentage points", "4.5", "pp"), ("four hundredths of a point", "0.04", "points"),
    ("half a point", "0.5", "points"), ("a tenth.", "10", "%"), ("a fifth above it", "20", "%"),
    ("bottom sixth of the range", "0.167", "fraction"), ("doubled the index's gain", "2", "x"),
]  # fmt: skip
UNREAD = [
    "a third straight session",
    "a fifth day",
    "a quarter",
    "half of the averages",
    "doubled this year",
    "one and a",
]


@pytest.mark.parametrize(("text", "value", "unit"), READ)
def test_value_and_unit(text: str, value: str, unit: str) -> None:
    found = fraction_at(tokenise(text), 0)
    assert found is not None
    assert abs(found[0].value - Decimal(value)) < Decimal("0.001")
    assert found[0].unit == unit


@pytest.mark.parametrize("text", UNREAD)
def test_ranks_and_quarters_of_a_year_are_none(text: str) -> None:
    assert fraction_at(tokenise(text), 0) is None
