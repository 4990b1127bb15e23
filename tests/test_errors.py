"""Text from outside as it may be printed: visible, harmless, and in JSON still the same JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import one_line, shown, visible


@pytest.mark.parametrize(("text", "printed"), [
    ("plain \u2014 é 日 📉\n\tand on", "plain \u2014 é 日 📉\n\tand on"),
    ("\x1b]0;title\x07", "\\u001b]0;title\\u0007"),
    ("a\rb\x7f\x9b", "a\\u000db\\u007f\\u009b"),
    ("\u202eabc\u2066\u200b\ufeff\xad", "\\u202eabc\\u2066\\u200b\\ufeff\\u00ad"),
    ("\udcff", "\\udcff"),  # half a surrogate pair, as in the name of a file that is not UTF-8
    ("\U000e0001", "\\udb40\\udc01"),  # a tag, as JSON writes it
])  # fmt: skip
def test_what_could_steer_or_hide_is_written_out(text: str, printed: str) -> None:
    assert visible(text) == printed


def test_one_line_is_one_line() -> None:
    assert one_line("a\nb\tc\r\u2028") == "a\\nb\\tc\\u000d\\u2028"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_json_stays_the_same_json(text: str) -> None:
    assert json.loads(visible(json.dumps({"text": text}, ensure_ascii=False))) == {"text": text}


def test_a_long_text_is_cut_in_a_message() -> None:
    assert len(shown("x" * 1000)) == 62
