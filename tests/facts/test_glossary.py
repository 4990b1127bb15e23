"""The catalogue for people: complete, and docs/facts.md as the declarations give it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.facts import glossary
from pipeline.facts.catalogue import catalogue
from pipeline.facts.measures import FAMILIES

DOCS = Path(__file__).resolve().parents[2] / "docs" / "facts.md"


def test_the_page_in_docs_is_current() -> None:
    assert DOCS.read_text(encoding="utf-8") == glossary.markdown(), "run technical-trader facts --write"


def test_every_measure_has_one_row_of_four_cells() -> None:
    rows = re.findall(r"^\| `(\w+)` \|(.*)\|$", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert [name for name, _ in rows] == list(catalogue())
    assert all(cells.count(" | ") == 2 for _, cells in rows)


def test_every_family_says_what_it_is() -> None:
    text = DOCS.read_text(encoding="utf-8")
    for family in FAMILIES:
        title = (family.__doc__ or "").splitlines()[0].rstrip(".")
        assert title
        assert f"\n## {title}\n" in text


def test_a_page_names_threshold_source_and_prose() -> None:
    page = glossary.page("rsi_14_zone")
    assert "overbought: at least 70" in page
    assert "oversold: at most 30" in page
    assert "Wilder" in page
    assert "describes rsi_14" in page


def test_an_unknown_measure_is_told_with_a_near_one() -> None:
    with pytest.raises(InputError, match=r"no measure is called .rsi_15.\. Did you mean rsi_14\?"):
        glossary.page("rsi_15")
