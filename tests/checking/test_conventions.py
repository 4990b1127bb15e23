"""What docs/rules.md says of figures, words and silences is what the checker does."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.checking.checker import check
from pipeline.checking.conventions import HEDGES, SILENCES, Hedge, Silence, sections
from pipeline.checking.mentions import Figure
from pipeline.checking.values import supports
from pipeline.checking.vocabulary import COLUMNS, load
from pipeline.facts.snapshot import Snapshot


@pytest.mark.parametrize("hedge", HEDGES, ids=lambda one: one.side or "none")
def test_a_hedge_supports_what_the_page_says(hedge: Hedge) -> None:
    value = Decimal(hedge.figure)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    figure = Figure(value, Decimal(1).scaleb(exponent), hedge=hedge.side)
    assert supports(Decimal(hedge.supports), figure)
    assert not supports(Decimal(hedge.refuses), figure)


def test_every_side_of_a_hedge_is_told() -> None:
    assert {hedge.side for hedge in HEDGES} == COLUMNS["hedge"]["side"] | {""}


@pytest.mark.parametrize("silence", SILENCES, ids=lambda one: one.meaning)
def test_where_the_text_is_silent_the_convention_decides(silence: Silence, sample_snapshot: Snapshot) -> None:
    assert check(silence.holds, sample_snapshot).accepted
    assert not check(silence.fails, sample_snapshot).accepted


def test_every_word_of_a_band_and_every_hedge_stands_on_the_page() -> None:
    text = "\n".join(sections())
    for entry in (*load()["direction"], *load()["magnitude"]):
        assert entry.forms[0] in text
    for entry in load()["hedge"]:
        assert ", ".join(entry.forms) in text


@pytest.mark.parametrize(("band", "limit"), [("small", "1.25"), ("large", "0.5"), ("flat", "0.25")])
def test_the_limits_of_the_bands_are_those_of_the_specification(band: str, limit: str) -> None:
    (row,) = [line for line in sections() if line.startswith(f"| {band} |")]
    assert row.split(" | ")[1].split()[-1] == limit
