"""The quality gate: a table of bars becomes a frame only if no fact made from it could be wrong.

All faults of a table are gathered and raised at once. Two things are mended instead of refused, because they are
common and leave no doubt:

- A high or low that misses another price of its session by at most one part in a million (single-precision noise of
  vendors) is moved to it. No figure an article prints moves by that, and a real contradiction is larger.
- A volume of 0 in a session whose price moved is unknown, not zero, and becomes NaN like an empty volume.

Everything else that makes a fact wrong is a fault. What only makes some facts impossible is not: prices that never
move within old sessions, missing volume and odd moves are for the measures and for the article's own gate to judge.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from itertools import pairwise
from math import isfinite, isnan, nan
from typing import TYPE_CHECKING

from pipeline.errors import InputError, shown
from pipeline.market.bars import COLUMNS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    FloatArray = npt.NDArray[np.float64]
    BoolArray = npt.NDArray[np.bool_]

HEADER = ("date", *COLUMNS)
SLACK = 1e-6
SMALLEST, LARGEST, LARGEST_VOLUME = 1e-6, 1e9, 1e15
"""Facts keep six decimals: a smaller price would be stated as zero, and a float a million times larger has no cents."""
VOLUMES = "Write volumes as plain numbers, or leave them empty."
PRICES = "Write prices as plain numbers (1234.5, no comma); fill or remove rows without prices."
SHOWN_FAULTS = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a table. row: its number. place: the row as people know it. advice: what mends it."""

    row: int
    place: str
    column: str
    found: str
    advice: str

    def __str__(self) -> str:
        return f"{self.place}, {self.column}: {self.found}"


class FaultyBarsError(InputError):
    """A table that the gate refuses. faults: all of them, by row."""

    def __init__(self, where: str, faults: Sequence[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: fault.row)
        super().__init__(_report(where, self.faults))


@dataclass(frozen=True, slots=True)
class Table:
    """The cells by column, in the table's order. rows: the number of each record. in_file: rows are those of a file,
    as a spreadsheet counts, the header being row 1; else people know a row by its date alone."""

    rows: Sequence[int]
    cells: Mapping[str, Sequence[str | float]]
    in_file: bool = True

    def fault(self, at: int, column: str, found: str, advice: str) -> Fault:
        """A fault of the record at a position."""
        row = self.rows[at]
        return Fault(row, f"row {row}" if self.in_file else str(self.cells["date"][at]), column, found, advice)


def checked_frame(raw: bytes, where: str) -> pd.DataFrame:
    """The frame of a CSV file's bytes: float columns `COLUMNS` on a unique, ascending, timezone-free DatetimeIndex.

    where: the file's name, for messages. Raises FaultyBarsError with the row and column of the first faults, the number
    of the rest, and what to do; InputError for what is no table.
    """
    faults: list[Fault] = []
    return _checked(_table(raw, where, faults), where, faults)


def checked_bars(days: Sequence[date], columns: Mapping[str, Sequence[float]], where: str) -> pd.DataFrame:
    """The same frame of bars that were never text: the day of each and a sequence per name of `COLUMNS`.

    Raises FaultyBarsError with the date and column of faults; the row of a fault is the position of its bar.
    """
    cells = {"date": [day.isoformat() for day in days]} | {name: columns[name] for name in COLUMNS}
    return _checked(Table(range(len(days)), cells, in_file=False), where, [])


def _checked(table: Table, where: str, faults: list[Fault]) -> pd.DataFrame:
    """The frame of a table. Raises FaultyBarsError with the faults found before and its own."""
    import numpy as np
    import pandas as pd

    _check_days(table, faults)
    opened, high, low, close, volume = (np.array(_numbers(table, name, faults)) for name in COLUMNS)
    top, bottom = np.maximum(np.maximum(opened, close), low), np.minimum(opened, close)
    faults += _contradictions(table, "high", "below", top, top - high > SLACK * top)
    faults += _contradictions(table, "low", "above", bottom, low - bottom > SLACK * bottom)
    if faults:
        raise FaultyBarsError(where, faults)
    high, low = np.maximum(high, top), np.minimum(low, bottom)
    volume = np.where((volume == 0) & (high > low), nan, volume)
    index = pd.DatetimeIndex(np.array(table.cells["date"], dtype="datetime64[s]"), name="date")
    return pd.DataFrame(dict(zip(COLUMNS, (opened, high, low, close, volume), strict=True)), index=index)


def _table(raw: bytes, where: str, faults: list[Fault]) -> Table:
    """The cells of the needed columns; adds a fault for each row whose cells do not fit the header.

    Raises InputError if there is no readable table with those columns and rows.
    """
    try:
        records = list(csv.reader(StringIO(raw.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{where} needs to be CSV text in UTF-8; found {error}. Save it as UTF-8 CSV.") from None
    filled = [(row, cells) for row, cells in enumerate(records, 1) if any(cells)]
    needed = f"the header {','.join(HEADER)} and a row per session"
    if not filled:
        raise InputError(f"{where} needs {needed}; found an empty file. Fill it or remove it.")
    (top, titles), *body = filled
    names = [title.strip().lower() for title in titles]
    wrong = [f"no {name}" for name in HEADER if name not in names and name != "volume"]
    wrong += [f"{names.count(name)} columns named {name}" for name in HEADER if names.count(name) > 1]
    if wrong:
        raise InputError(
            f"{where} needs {needed} (columns in any order, volume may be left out); found {', '.join(wrong)} in row "
            f"{top}, {shown(','.join(titles))}. Name the columns in the first row, with commas between them."
        )
    if not body:
        raise InputError(f"{where} needs {needed}; found a header and no rows. Fill it or remove it.")
    advice = "Give each row one cell per column, and numbers no thousands separators."
    for row, cells in body:
        if len(cells) != len(names):
            found = f"{len(cells)} cells under {len(names)} columns"
            faults.append(Fault(row, f"row {row}", "whole row", found, advice))
    whole = [(row, cells) for row, cells in body if len(cells) == len(names)]
    columns = dict(zip(names, zip(*(cells for _, cells in whole), strict=True), strict=bool(whole)))
    cells_of = {name: columns.get(name, ("",) * len(whole)) for name in HEADER}
    return Table([row for row, _ in whole], cells_of | {"date": [cell.strip() for cell in cells_of["date"]]})


def _check_days(table: Table, faults: list[Fault]) -> None:
    """Adds a fault for each session that is no ISO date, stands twice or out of order."""
    days: list[date] = []
    places: list[int] = []
    for at, cell in enumerate(map(str, table.cells["date"])):
        try:
            if len(cell) != 10 or cell[4:8:3] != "--":
                raise ValueError  # fromisoformat also reads 2026-W03-5
            days.append(date.fromisoformat(cell))
            places.append(at)
        except ValueError:
            faults.append(table.fault(at, "date", f"{shown(cell)} is not a date", "Write dates as YYYY-MM-DD."))
    for (before, at), (earlier, day) in zip(pairwise(places), pairwise(days), strict=True):
        if day == earlier:
            first = f"in row {table.rows[before]} too" if table.in_file else "twice"
            faults.append(table.fault(at, "date", f"{day} stands {first}", "Keep one row per session."))
        elif day < earlier:
            faults.append(table.fault(at, "date", f"{day} stands after {earlier}", "Sort the rows, oldest first."))


def _numbers(table: Table, name: str, faults: list[Fault]) -> list[float]:
    """A column as floats; adds a fault for each cell that is no finite number of the column's range."""
    volume = name == "volume"
    advice = VOLUMES if volume else PRICES
    values: list[float] = []
    for at, cell in enumerate(table.cells[name]):
        try:
            value = float(cell)
        except ValueError:
            value = nan
            if str(cell).strip() or not volume:
                faults.append(table.fault(at, name, f"{shown(cell)} is not a number", advice))
        else:
            least, most = (0.0, LARGEST_VOLUME) if volume else (SMALLEST, LARGEST)
            if not least <= value <= most and not (volume and isnan(value)):
                faults.append(table.fault(at, name, f"{shown(cell)} {_why_not(value, least, most)}", advice))
                value = nan
        values.append(value)
    return values


def _why_not(value: float, least: float, most: float) -> str:
    """Why a float is neither a price nor a volume."""
    if not isfinite(value):
        return "is not a finite number"
    return "is not positive" if value <= 0 else f"is outside of {least:g} to {most:g}"


def _contradictions(table: Table, name: str, side: str, rival: FloatArray, wrong: BoolArray) -> Iterator[Fault]:
    """A fault for each session whose high or low stands on the wrong side of another of its prices."""
    advice = "Take rows whose prices contradict each other from another source."
    for at in wrong.nonzero()[0].tolist():
        found = f"{table.cells[name][at]} is {side} {rival[at]}, another price of that session"
        yield table.fault(at, name, found, advice)


def _report(where: str, faults: Sequence[Fault]) -> str:
    """One message for all faults of a table: the first by row, the number of the rest, and what mends them."""
    first = faults[:SHOWN_FAULTS]
    rest = len(faults) - len(first)
    listed = "; ".join(map(str, first)) + (f"; and {rest} more" if rest else "")
    advice = " ".join(dict.fromkeys(fault.advice for fault in faults))
    number = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    return f"{where} needs one sound row per session, oldest first; found {number}: {listed}. {advice}"
