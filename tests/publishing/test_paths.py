"""Symbols as folder names: safe on any file system, and read back as they were."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.publishing.paths import article_folder, article_folders, folder_name, read_folder_name


@pytest.mark.parametrize(
    ("symbol", "name"),
    [
        ("RUT", "RUT"),
        ("BTC-USD", "BTC-USD"),
        ("BRK.B", "BRK.B"),
        ("BTC/USD", "BTC=2FUSD"),
        ("..\\x", "=2E=2E=5Cx"),
        ("..", "=2E=2E"),
        (".lock", "=2Elock"),
        ("A.", "A=2E"),
        ("RUT.2", "RUT=2E2"),
        ("EURUSD=X", "EURUSD=3DX"),
        ("CON", "=43ON"),
        ("nul.TO", "=6Eul.TO"),
        ("COM1", "=43OM1"),
        ("CONE", "CONE"),
        ("-rf", "=2Drf"),
        ("^GSPC", "=5EGSPC"),
        ("日", "=E6=97=A5"),  # UTF-8 of U+65E5
        ("a\0b", "a=00b"),
        ("<b>&\"'", "=3Cb=3E=26=22=27"),
    ],
)
def test_a_symbol_is_escaped_and_read_back(symbol: str, name: str) -> None:
    assert folder_name(symbol) == name
    assert read_folder_name(name) == (symbol, 1)
    assert read_folder_name(folder_name(symbol, 3)) == (symbol, 3)


@given(st.text(min_size=1, max_size=20), st.integers(1, 9))
def test_any_symbol_stays_in_its_folder_and_comes_back(symbol: str, number: int) -> None:
    name = folder_name(symbol, number)
    assert re.fullmatch(r"[A-Za-z0-9_=](?:[A-Za-z0-9_=.-]*[A-Za-z0-9_=-])?", name)
    assert Path("outputs", name).parts == ("outputs", name)
    assert read_folder_name(name) == (symbol, number)


@pytest.mark.parametrize(("symbol", "found"), [("", "an empty one"), ("A" * 201, "of 201"), ("日" * 30, "30")])
def test_a_symbol_that_fits_no_file_name_is_refused(symbol: str, found: str) -> None:
    with pytest.raises(InputError, match=found):
        folder_name(symbol)


def test_only_whole_articles_of_dated_folders_are_listed(tmp_path: Path) -> None:
    for name in ("2026-01-15/RUT", "2026-01-16/SPX", "2026-01-16/RUT", "2026-01-16/.RUT.new", "notes/RUT"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "2026-01-16/index.txt").touch()
    found = [str(folder.relative_to(tmp_path)) for folder in article_folders(tmp_path)]
    assert found == ["2026-01-16/RUT", "2026-01-16/SPX", "2026-01-15/RUT"]
    assert article_folder(tmp_path, date(2026, 1, 16), "RUT") == tmp_path / "2026-01-16/RUT"
