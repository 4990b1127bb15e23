"""A folder of SYMBOL.csv, with what the instruments are called in an optional instruments.toml.

Each file has a header with date,open,high,low,close,volume in any order and case; volume may be left out and other
columns are ignored. instruments.toml has one table per symbol with any of name, short, aliases, nouns, kind, calendar,
currency and volume_from; what a table leaves out is as for the well-known instrument, or as for a plain stock.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from pydantic import ValidationError

from pipeline.errors import InputError, shown
from pipeline.market.bars import Bars
from pipeline.market.instruments import SYMBOL, Instrument, instrument
from pipeline.market.quality import checked_frame
from pipeline.market.symbols import find_symbol

INSTRUMENTS = "instruments.toml"
LARGEST_FILE = 20_000_000


class CsvSource:
    """The bars of a folder the user keeps."""

    name: ClassVar[str] = "csv"

    def __init__(self, data: Path | None = None, _cache: Path | None = None) -> None:
        """Raises InputError if no folder is named, or it is none, or its instruments.toml is faulty."""
        if data is None:
            raise InputError("the source csv reads a folder of SYMBOL.csv; found none named. Name it with --data DIR.")
        try:
            named = sorted(file for file in data.iterdir() if file.suffix.lower() == ".csv")
        except OSError as error:
            raise InputError(
                f"the source csv reads a folder of SYMBOL.csv; {shown(data)} is none ({error.strerror}). "
                "Name one with --data DIR."
            ) from None
        except ValueError:
            raise InputError(f"--data needs a folder; {shown(data)} is no path. Name one with --data DIR.") from None
        self._odd = {file.stem.upper() for file in named if not file.is_file()}
        self._files = {file.stem: file for file in named if SYMBOL.fullmatch(file.stem) and file.is_file()}
        if not self._files:
            raise InputError(
                f"the source csv reads a folder of SYMBOL.csv, such as SPX.csv; found none in {shown(data)}. "
                "Put files there, or name another folder with --data DIR."
            )
        self._instruments = _instruments(data / INSTRUMENTS)

    def symbols(self) -> tuple[str, ...]:
        """The symbols it has: the names of its files."""
        return tuple(self._files)

    def load(self, symbol: str, _as_of: date | None = None) -> Bars:
        """The bars of a symbol, in any case if only one file fits. Raises InputError for a missing or faulty file."""
        if symbol.upper() in self._odd - {one.upper() for one in self._files}:
            raise InputError(f"{shown(f'{symbol}.csv')} needs to be a file; it is there and is none. Put a file there.")
        found = find_symbol(symbol, self.symbols(), "the folder of --data")
        file = self._files[found]
        try:
            if (size := file.stat().st_size) > LARGEST_FILE:
                raise InputError(
                    f"{file.name} needs one row per session, 3 MB for a century; found {size / 10**6:,.0f} MB. "
                    "Give it daily bars."
                )
            raw = file.read_bytes()
        except OSError as error:
            raise InputError(
                f"{file.name} needs to be readable; found {error.strerror}. Mend its permissions or remove it."
            ) from None
        known = instrument(found.upper(), self._instruments)
        return Bars(known, checked_frame(raw, file.name), self.name, f"daily bars of the file {file.name}")


def _instruments(file: Path) -> dict[str, Instrument]:
    """The instruments of an instruments.toml by symbol, none without the file. Raises InputError with every fault."""
    if not file.exists():
        return {}
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{file.name} needs to be TOML in UTF-8; found: {error}. Mend it or remove it.") from None
    known: dict[str, Instrument] = {}
    faults: list[str] = []
    for key, table in tables.items():
        symbol = key.upper()
        if not isinstance(table, dict):
            faults.append(f"{shown(key)} outside of a symbol's table")
        elif "symbol" in table:
            faults.append(f"{shown(f'{key}.symbol')}, which the table's own name says")
        elif symbol in known:
            faults.append(f"{shown(key)} a second time")
        else:
            try:
                known[symbol] = made = Instrument.model_validate(
                    instrument(symbol).model_dump() | table | {"symbol": symbol}
                )
            except ValidationError as error:
                for item in error.errors():
                    faults.append(f"{shown('.'.join(map(str, (key, *item['loc']))))}: {_wrong(item)}")
            else:
                if made.kind != "index" and made.currency != "USD":
                    faults.append(f"{shown(f'{key}.currency')}: prices are printed in dollars, so only USD can be told")
    if faults:
        names = ", ".join(name for name in Instrument.model_fields if name != "symbol")
        raise InputError(
            f"{file.name} needs one table per symbol, such as [RUT], with any of {names}; found {'; '.join(faults)}. "
            "Mend or remove these lines."
        )
    return known


def _wrong(fault: Any) -> str:
    """What a value needs, in words."""
    if fault["type"] == "string_pattern_mismatch":
        return f"needs visible text on one line, without [ ] and |; found {shown(fault['input'])}"
    if fault["type"] == "tuple_type":
        return f'needs a list such as ["Acme"]; found {shown(fault["input"])}'
    return str(fault["msg"])
