"""The csv source: folders, files, symbols and instruments.toml as people keep them, sound and faulty."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.market.instruments import WELL_KNOWN
from pipeline.market.sources.csv import CsvSource

ROWS = "date,open,high,low,close,volume\n2024-01-02,10,12,9,11,500\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "RUT.csv").write_text(ROWS)
    (tmp_path / "acme.CSV").write_text(ROWS)
    return tmp_path


def refused(data: Path | None, symbol: str = "RUT") -> str:
    with pytest.raises(InputError) as caught:
        CsvSource(data).load(symbol)
    assert caught.value.exit_code == 2
    assert str(caught.value).isprintable()
    return str(caught.value)


def test_each_file_is_a_symbol_and_nothing_else_is(folder: Path) -> None:
    (folder / "notes.txt").touch()
    (folder / "old.csv").mkdir()
    (folder / "two words.csv").touch()
    (folder / ".hidden.csv").touch()
    assert sorted(CsvSource(folder).symbols()) == ["RUT", "acme"]


@pytest.mark.parametrize(("asked", "symbol"), [("RUT", "RUT"), ("rut", "RUT"), ("ACME", "ACME"), ("acme", "ACME")])
def test_a_symbol_is_found_in_any_case_and_written_in_capitals(folder: Path, asked: str, symbol: str) -> None:
    bars = CsvSource(folder).load(asked)
    assert bars.instrument.symbol == symbol
    assert bars.frame["close"].tolist() == [11]
    assert bars.source == "csv"
    assert str(folder) not in bars.description


def test_a_well_known_symbol_is_that_instrument_and_another_a_stock(folder: Path) -> None:
    source = CsvSource(folder)
    assert source.load("RUT").instrument is WELL_KNOWN["RUT"]
    assert source.load("ACME").instrument.kind == "stock"


@pytest.mark.parametrize("symbol", ["../secret", "..", "/etc/passwd", "RUT\0", "sub/X", "", "RUT.csv", "*"])
def test_no_symbol_reaches_outside_of_the_folder(folder: Path, symbol: str) -> None:
    (folder.parent / "secret.csv").write_text(ROWS)
    (folder / "sub").mkdir()
    (folder / "sub" / "X.csv").write_text(ROWS)
    message = refused(folder, symbol)
    assert message.startswith("the folder of --data has RUT, acme; found no '")
    assert message.endswith("Choose a symbol it has.")


def test_without_a_folder_it_asks_for_one() -> None:
    expected = "the source csv reads a folder of SYMBOL.csv; found none named. Name it with --data DIR."
    assert refused(None) == expected


def test_what_is_no_folder_of_bars_is_refused(folder: Path) -> None:
    assert "(No such file or directory). Name one with --data DIR." in refused(folder / "missing")
    assert "(Not a directory). Name one with --data DIR." in refused(folder / "RUT.csv")
    assert "is no path. Name one with --data DIR." in refused(Path("a\0b"))
    (folder / "empty").mkdir()
    message = refused(folder / "empty")
    assert message.startswith("the source csv reads a folder of SYMBOL.csv, such as SPX.csv; found none in '")
    assert message.endswith("Put files there, or name another folder with --data DIR.")


def test_a_faulty_file_is_named(folder: Path) -> None:
    (folder / "RUT.csv").write_text(ROWS + "2024-01-03,10,12,9,,500\n")
    assert "RUT.csv needs one sound row per session, oldest first; found 1 fault: row 3, close: ''" in refused(folder)
    (folder / "RUT.csv").write_text("")
    assert refused(folder).startswith("RUT.csv needs the header date,open,high,low,close,volume and a row per session")


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads any file")
def test_a_file_it_may_not_read_is_named(folder: Path) -> None:
    (folder / "RUT.csv").chmod(0)
    expected = "RUT.csv needs to be readable; found Permission denied. Mend its permissions or remove it."
    assert refused(folder) == expected


def test_a_file_that_vanishes_is_named(folder: Path) -> None:
    source = CsvSource(folder)
    (folder / "RUT.csv").unlink()
    with pytest.raises(InputError, match=r"RUT\.csv needs to be readable; found No such file or directory\."):
        source.load("RUT")


def test_instruments_toml_names_what_the_files_hold(folder: Path) -> None:
    (folder / "instruments.toml").write_text(
        '[acme]\nname = "Acme Corp."\nshort = "Acme"\naliases = ["ACME Corporation"]\nnouns = ["anvil maker"]\n'
        'kind = "stock"\ncalendar = "XLON"\ncurrency = "USD"\n\n[RUT]\nvolume_from = "IWM"\n'
    )
    source = CsvSource(folder)
    acme, rut = source.load("acme").instrument, source.load("RUT").instrument
    assert acme.model_dump() == {
        "symbol": "ACME", "name": "Acme Corp.", "short": "Acme", "aliases": ("ACME Corporation",),
        "nouns": ("anvil maker",), "kind": "stock", "currency": "USD", "calendar": "XLON", "volume_from": None,
    }  # fmt: skip
    assert rut == WELL_KNOWN["RUT"].model_copy(update={"volume_from": "IWM"})


@pytest.mark.parametrize(
    ("toml", "found"),
    [
        ('[RUT]\nnmae = "x"', "'RUT.nmae': Extra inputs are not permitted"),
        ('[ACME]\ncurrency = "GBP"', "'ACME.currency': prices are printed in dollars, so only USD can be told"),
        ('[RUT]\nkind = "bond"', "'RUT.kind': Input should be 'index', 'fund', 'stock' or 'crypto'"),
        ("[RUT]\nname = 5", "'RUT.name': Input should be a valid string"),
        ('[RUT]\naliases = "R2K"', "'RUT.aliases': needs a list such as"),
        ('[RUT]\naliases = ["ok", ""]', "'RUT.aliases.1': String should have at least 1 character"),
        ('[RUT]\nname = "[[RUT.close]]"', "'RUT.name': needs visible text on one line"),
        ('[RUT]\nsymbol = "SPX"', "'RUT.symbol', which the table's own name says"),
        ('["../x"]\nname = "x"', "'../x.symbol': needs visible text on one line"),
        ('[RUT]\n[rut]\nname = "x"', "'rut' a second time"),
        ('name = "x"', "'name' outside of a symbol's table"),
        ("[RUT\n", "(at line 1, column 5)"),
        ('[RUT]\nname = "\\u001b"', "'RUT.name': needs visible text on one line"),
    ],
)
def test_a_faulty_instruments_toml_is_refused_with_the_place(folder: Path, toml: str, found: str) -> None:
    (folder / "instruments.toml").write_text(toml)
    message = refused(folder)
    assert message.startswith("instruments.toml needs ")
    assert found in message
    assert "Mend " in message


def test_all_faults_of_instruments_toml_are_told_at_once(folder: Path) -> None:
    (folder / "instruments.toml").write_text('[RUT]\nnmae = "x"\nkind = "bond"\n[SPX]\nnick = "y"\n')
    message = refused(folder)
    assert "'RUT.kind'" in message
    assert "'RUT.nmae'" in message
    assert "'SPX.nick'" in message
    assert "with any of name, short, aliases, nouns, kind, currency, calendar, volume_from" in message


@pytest.mark.parametrize(
    ("symbol", "day", "close"),
    # the closes that the data's own provenance page was checked against
    [
        ("SPX", "1987-10-19", 224.84), ("SPX", "2009-03-09", 676.53), ("SPX", "2020-03-23", 2237.40),
        ("RUT", "2021-11-08", 2442.74), ("RUT", "2026-01-16", 2677.74),
    ],
)  # fmt: skip
def test_known_closes_of_longer_series(shared: Path, symbol: str, day: str, close: float) -> None:
    assert CsvSource(shared / "market").load(symbol).frame.loc[day, "close"] == close


@pytest.mark.slow
def test_longer_series_pass_with_the_defects_they_are_known_for(shared: Path) -> None:
    source = CsvSource(shared / "market")
    unknown = {}
    for symbol in source.symbols():
        volume = source.load(symbol).frame["volume"]
        unknown[symbol] = [str(day.date()) for day in volume.index[volume.isna()]]
    assert unknown == {
        "BTC-USD": [], "IWM": [], "SPY": [], "SPX": ["2023-05-24"], "RUT": ["2023-07-25", "2023-10-13", "2026-08-21"],
    }  # fmt: skip


def test_a_file_that_is_bad_in_every_way_is_refused_with_every_advice(shared: Path, tmp_path: Path) -> None:
    (tmp_path / "RUT.csv").write_bytes((shared / "oracles" / "skender" / "quotes_bad.csv").read_bytes())
    message = refused(tmp_path)
    assert ": row 2, date: '01/03/2017' is not a date; row 3, date" in message
    for advice in ("Write dates as", "fill or remove rows", "Write volumes as", "Take rows whose prices contradict"):
        assert message.count(advice) == 1
