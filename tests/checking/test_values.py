"""When a printed figure supports a value. Every expected answer is worked out by hand from the conventions."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checking.mentions import Figure
from pipeline.checking.values import supports


def printed(text: str, hedge: str = "") -> Figure:
    """A figure as printed, digits only."""
    value = Decimal(text.replace(",", ""))
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Figure(value, Decimal(1).scaleb(exponent), hedge=hedge)


def holds(value: str, text: str, hedge: str = "", decimals: int | None = None) -> bool:
    return supports(Decimal(value), printed(text, hedge), decimals)


@pytest.mark.parametrize(
    ("value", "right", "wrong"),
    [
        ("73.8493", ["74", "73.8", "73.85", "73.849"], ["73", "73.9", "73.84", "73.86"]),
        ("2.04", ["2", "2.0", "2.04", "2.040"], ["3", "2.1", "2.05", "2.03", "2.041"]),
        ("0.385", ["0.38", "0.39"], ["0.37", "0.40"]),  # a tie: half even gives 0.38, half up 0.39
        ("0.375", ["0.38"], ["0.37"]),  # half even and half up agree
        ("0.5", ["0", "1"], ["2"]),
        ("1.5", ["2"], ["1"]),
        ("2.5", ["2", "3"], ["4"]),
        ("2677.74", ["2,677.74", "2,677.7", "2,678"], ["2,677.73", "2,677", "2,687.74", "2,677.8"]),
        ("0", ["0", "0.00"], ["0.01"]),
    ],
)
def test_printed_precision_and_nothing_else(value: str, right: list[str], wrong: list[str]) -> None:
    assert [text for text in right if not holds(value, text)] == []
    assert [text for text in wrong if holds(value, text)] == []


def test_a_figure_may_be_rounded_from_the_form_the_writer_sees() -> None:
    """73.8493 is shown as 73.85, so that 73.9 is honest too; without that form it is not."""
    assert holds("73.8493", "73.9", decimals=2)
    assert holds("73.8493", "73.8", decimals=2)
    assert not holds("73.8493", "73.9")
    assert not holds("73.8493", "73.7", decimals=2)


@pytest.mark.parametrize(
    ("hedge", "text", "right", "wrong"),
    [
        # more than: above the figure and below the next step of its last significant digit
        ("over", "2", ["2.01", "2.99"], ["2", "1.99", "3", "3.01"]),
        ("over", "2,600", ["2600.01", "2699.99"], ["2600", "2599", "2700"]),
        ("over", "2.5", ["2.51", "2.59"], ["2.5", "2.6"]),
        ("over", "10", ["10.1", "19.9"], ["10", "20"]),
        # at least: the same with equality
        ("at_least", "2", ["2", "2.99"], ["1.99", "3"]),
        # nearly: below the figure, within half a step and 3 %
        ("under", "4", ["3.88", "3.99"], ["4", "4.01", "3.87"]),  # 3 % of 4 is 0.12
        ("under", "2,700", ["2677.74", "2650", "2699.99"], ["2700", "2649.99", "2618"]),  # half of 100, 3 % is 81
        ("under", "2.5", ["2.45", "2.49"], ["2.44", "2.5"]),  # half of 0.1
        ("less", "4", ["3.99", "3"], ["4", "2.99"]),
        ("at_most", "4", ["3.88", "4"], ["4.01", "3.87"]),
        # about: rounds to it, or within one unit of its last printed digit, or 2.5 %
        ("about", "2", ["1", "1.5", "2.04", "3"], ["0.99", "3.01"]),
        ("about", "2.0", ["1.9", "2.1"], ["1.89", "2.11"]),
        ("about", "2,600", ["2535", "2665"], ["2534.9", "2665.1"]),  # 2.5 % of 2,600 is 65
        # a hedge nobody has heard of holds nothing
        ("perhaps", "2", [], ["2"]),
    ],
)
def test_hedges_have_a_side(hedge: str, text: str, right: list[str], wrong: list[str]) -> None:
    assert [value for value in right if not holds(value, text, hedge)] == []
    assert [value for value in wrong if holds(value, text, hedge)] == []


CENTS = st.integers(min_value=0, max_value=10**8).map(lambda cents: Decimal(cents) / 100)


@given(CENTS, st.integers(min_value=0, max_value=2))
def test_every_honest_rounding_is_supported(value: Decimal, decimals: int) -> None:
    text = f"{value:.{decimals}f}"
    assert holds(str(value), text)


@given(CENTS, CENTS)
def test_a_figure_to_the_cent_supports_its_own_value_only(value: Decimal, other: Decimal) -> None:
    assert holds(str(value), f"{other:.2f}") == (value == other)
