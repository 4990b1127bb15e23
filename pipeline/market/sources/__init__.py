"""Where bars come from. A source is one file here and one entry in `SOURCES`."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Protocol

from pipeline.errors import InputError, shown
from pipeline.market.bars import Bars
from pipeline.market.sources.csv import CsvSource
from pipeline.market.sources.sample import SampleSource


class Source(Protocol):
    """Bars by symbol. It is made from the folder the user named, if any; InputError if that is not what it needs."""

    name: ClassVar[str]
    """What people write after --source."""

    def __init__(self, data: Path | None = None) -> None: ...

    def symbols(self) -> tuple[str, ...]:
        """The symbols it can load, for messages."""

    def load(self, symbol: str) -> Bars:
        """Bars that passed the quality gate. Raises InputError for an unknown symbol or faulty bars."""


SOURCES: tuple[type[Source], ...] = (SampleSource, CsvSource)


def open_source(name: str, data: Path | None = None) -> Source:
    """The source of a name, reading the folder `data`. Raises InputError for an unknown name or a wrong folder."""
    for source in SOURCES:
        if source.name == name:
            return source(data)
    known = " or ".join(source.name for source in SOURCES)
    raise InputError(f"a source is {known}; found {shown(name)}. Write --source with one of these names.")
