"""The bundled sample: real daily bars of two indexes, so that a fresh machine needs nothing else."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path
from typing import ClassVar

from pipeline.errors import InputError, shown
from pipeline.market.bars import Bars
from pipeline.market.instruments import instrument
from pipeline.market.quality import checked_frame
from pipeline.market.symbols import find_symbol

FOLDER = Path(__file__).parent.parent / "data"
SUFFIX = ".csv.gz"
DESCRIPTION = "daily bars from the public data of the Python package arch 8.0.0 (NCSA licence)"


class SampleSource:
    """S&P 500 (SPX) and Nasdaq Composite (IXIC), 1999-01-04 to 2018-12-31; data/PROVENANCE.md has their origin."""

    name: ClassVar[str] = "sample"

    def __init__(self, data: Path | None = None, _cache: Path | None = None) -> None:
        """Raises InputError if a folder is named, which would be ignored without a word."""
        if data is not None:
            raise InputError(
                f"the source sample reads no folder; found {shown(data)} named as data. "
                "Add --source csv to read that folder, or leave --data out."
            )

    def symbols(self) -> tuple[str, ...]:
        """The symbols it has."""
        return tuple(sorted(file.name.removesuffix(SUFFIX) for file in FOLDER.glob(f"*{SUFFIX}")))

    def load(self, symbol: str, _as_of: date | None = None) -> Bars:
        """The bars of a symbol, in any case. Raises InputError if it has none."""
        elsewhere = ", or name a folder of other bars with --source csv --data DIR"
        found = find_symbol(symbol, self.symbols(), "the source sample", elsewhere)
        file = f"{found}{SUFFIX}"
        frame = checked_frame(gzip.decompress((FOLDER / file).read_bytes()), file)
        return Bars(instrument(found), frame, self.name, DESCRIPTION)
