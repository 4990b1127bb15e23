"""Where bars come from. A source is one file here and one entry in `SOURCES`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import ClassVar, Protocol

from pipeline.errors import InputError, shown
from pipeline.market.bars import Bars
from pipeline.market.sources.csv import CsvSource
from pipeline.market.sources.sample import SampleSource
from pipeline.market.sources.yahoo import YahooSource


class Source(Protocol):
    """Bars by symbol. It is made from the folder of bars the user named, if any, and the one for what it keeps between
    runs, None for the system's; InputError if the first is not what it needs."""

    name: ClassVar[str]
    """What people write after --source."""

    def __init__(self, data: Path | None, cache: Path | None, /) -> None: ...

    def symbols(self) -> tuple[str, ...]:
        """The symbols it can load, for messages."""

    def load(self, symbol: str, as_of: date | None, /) -> Bars:
        """Bars that passed the quality gate. as_of: the session asked for, so that a source that fetches knows whether
        what it keeps will do. Raises InputError for an unknown symbol or faulty bars, UnreachableError without an
        answer."""


SOURCES: tuple[type[Source], ...] = (SampleSource, CsvSource, YahooSource)


def open_source(name: str, data: Path | None = None, cache: Path | None = None) -> Source:
    """The source of a name, reading the folder `data`. Raises InputError for an unknown name or a wrong folder."""
    for source in SOURCES:
        if source.name == name:
            return source(data, cache)
    *others, last = (source.name for source in SOURCES)
    known = f"{', '.join(others)} or {last}"
    raise InputError(f"a source is {known}; found {shown(name)}. Write --source with one of these names.")
