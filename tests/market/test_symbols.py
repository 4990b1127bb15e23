"""Which symbol of a source was asked for."""

from __future__ import annotations

import pytest

from pipeline.errors import InputError
from pipeline.market.symbols import find_symbol

KNOWN = ("BTC-USD", "RUT", "Spx", "abc", "ABC")


@pytest.mark.parametrize(("asked", "found"), [("RUT", "RUT"), ("rut", "RUT"), ("SPX", "Spx"), ("abc", "abc")])
def test_the_same_symbol_wins_then_the_only_one_that_differs_in_case(asked: str, found: str) -> None:
    assert find_symbol(asked, KNOWN, "the source") == found


def test_two_that_differ_in_case_alone_are_not_guessed_between() -> None:
    with pytest.raises(InputError, match=r"'Abc' fits abc and ABC of the source\. Write one of them as it stands\."):
        find_symbol("Abc", KNOWN, "the source")


@pytest.mark.parametrize("asked", ["", "RUT.csv", "../RUT", "/etc/passwd", "RUT\0", "R*", "\x1b[31m", "x" * 9999])
def test_what_is_not_there_is_told_in_visible_text_with_what_is(asked: str) -> None:
    with pytest.raises(InputError) as caught:
        find_symbol(asked, KNOWN, "the source", ", or fetch it")
    message = str(caught.value)
    assert message.startswith("the source has BTC-USD, RUT, Spx, abc, ABC; found no '")
    assert message.endswith(" Choose a symbol it has, or fetch it.")
    assert message.isprintable()
    assert len(message) < 250


def test_a_long_list_is_cut() -> None:
    with pytest.raises(InputError, match=r"S0, .*, S11 and 88 more; found no 'X'"):
        find_symbol("X", [f"S{at}" for at in range(100)], "the source")
