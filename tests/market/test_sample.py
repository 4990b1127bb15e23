"""The bundled sample: its known values, its symbols and how fast it loads."""

from __future__ import annotations

import gzip
import statistics
import time
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.market.bars import Bars
from pipeline.market.sources.sample import FOLDER, SampleSource


@pytest.fixture(scope="module")
def sample() -> dict[str, Bars]:
    source = SampleSource()
    return {symbol: source.load(symbol) for symbol in source.symbols()}


def test_it_has_two_indexes_with_the_same_sessions(sample: dict[str, Bars]) -> None:
    assert {symbol: bars.instrument.name for symbol, bars in sample.items()} == {
        "IXIC": "Nasdaq Composite", "SPX": "S&P 500",
    }  # fmt: skip
    assert sample["SPX"].frame.index.equals(sample["IXIC"].frame.index)
    assert {(bars.source, bars.first, bars.last, len(bars)) for bars in sample.values()} == {
        ("sample", date(1999, 1, 4), date(2018, 12, 31), 5031)
    }


@pytest.mark.parametrize(
    ("symbol", "day", "row"),
    # read by eye in the package's own files and rounded to cents, e.g. 2506.850098; the closes of 2000-03-10,
    # 2002-10-09 and 2009-03-09 are the peak and troughs found in any history of these indexes
    [
        ("SPX", "1999-01-04", [1229.23, 1248.81, 1219.10, 1228.10, 877000000]),
        ("SPX", "2001-09-17", [1092.54, 1092.54, 1037.46, 1038.77, 2330830000]),
        ("SPX", "2009-03-09", [680.76, 695.27, 672.88, 676.53, 7277320000]),
        ("SPX", "2018-09-20", [2919.73, 2934.80, 2919.73, 2930.75, 3337730000]),
        ("SPX", "2018-12-31", [2498.94, 2509.24, 2482.82, 2506.85, 3442870000]),
        ("IXIC", "1999-01-04", [2207.54, 2233.57, 2192.68, 2208.05, 936660000]),
        ("IXIC", "2000-03-10", [5060.34, 5132.52, 5039.35, 5048.62, 1992170000]),
        ("IXIC", "2002-10-09", [1117.14, 1135.89, 1112.08, 1114.11, 1755730000]),
        ("IXIC", "2018-12-31", [6649.52, 6659.96, 6570.06, 6635.28, 2098560000]),
    ],
)
def test_known_rows(sample: dict[str, Bars], symbol: str, day: str, row: list[float]) -> None:
    assert sample[symbol].frame.loc[day].tolist() == row


def test_the_two_volumes_the_source_lacks_are_unknown(sample: dict[str, Bars]) -> None:
    volume = sample["IXIC"].frame["volume"]
    assert [str(day.date()) for day in volume.index[volume.isna()]] == ["2015-05-12", "2018-01-09"]
    assert sample["SPX"].frame["volume"].notna().all()


def test_a_symbol_is_found_in_any_case_and_an_unknown_one_says_what_to_do() -> None:
    assert SampleSource().load("spx").instrument.symbol == "SPX"
    with pytest.raises(InputError) as caught:
        SampleSource().load("RUT")
    assert str(caught.value) == (
        "the source sample has IXIC, SPX; found no 'RUT'. Choose a symbol it has, or name a folder of other bars with "
        "--source csv --data DIR."
    )


def test_a_folder_is_refused_rather_than_ignored() -> None:
    with pytest.raises(InputError, match="the source sample reads no folder; found 'bars' named as data"):
        SampleSource(Path("bars"))


def test_the_files_are_compact_reproducible_and_explained() -> None:
    files = sorted(FOLDER.glob("*.csv.gz"))
    assert sum(file.stat().st_size for file in files) < 200_000
    for file in files:
        assert file.read_bytes()[4:8] == bytes(4), "the gzip header holds no time, so that a rebuild is the same file"
        text = gzip.decompress(file.read_bytes()).decode()
        assert text.startswith("date,open,high,low,close,volume\n1999-01-04,")
        assert file.name in (FOLDER / "PROVENANCE.md").read_text(encoding="utf-8")


def test_both_load_quickly() -> None:
    source = SampleSource()
    seconds = []
    for _ in range(5):
        start = time.perf_counter()
        source.load("SPX")
        source.load("IXIC")
        seconds.append(time.perf_counter() - start)
    # 32 to 43 ms on two busy cores; the bound leaves room for a busy machine
    assert statistics.median(seconds) < 0.25
