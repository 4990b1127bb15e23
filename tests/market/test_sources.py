"""The family of sources: every file is listed, every name opens, and an unknown one says which there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.market import sources
from pipeline.market.sources import SOURCES, open_source
from pipeline.market.sources.csv import CsvSource
from pipeline.market.sources.sample import SampleSource
from pipeline.market.sources.yahoo import YahooSource


def test_every_source_file_is_listed() -> None:
    files = {path.stem for path in Path(sources.__file__).parent.glob("*.py")} - {"__init__"}
    listed = {source.__module__.rsplit(".", 1)[1] for source in SOURCES}
    assert files == listed, f"list the source of {files - listed} in SOURCES of pipeline/market/sources/__init__.py"


def test_a_source_is_named_like_its_file() -> None:
    assert [source.name for source in SOURCES] == [source.__module__.rsplit(".", 1)[1] for source in SOURCES]


def test_a_name_opens_its_source(tmp_path: Path) -> None:
    (tmp_path / "ABC.csv").touch()
    assert isinstance(open_source("sample"), SampleSource)
    assert isinstance(open_source("csv", tmp_path), CsvSource)
    assert isinstance(open_source("yahoo", cache=tmp_path), YahooSource)


@pytest.mark.parametrize("name", ["bloomberg", "", "CSV", "../csv", "\x1b[31m"])
def test_an_unknown_source_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(InputError) as caught:
        open_source(name)
    assert caught.value.exit_code == 2
    message = str(caught.value)
    assert message == f"a source is sample, csv or yahoo; found {name!r}. Write --source with one of these names."
