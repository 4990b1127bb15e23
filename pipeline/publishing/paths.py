"""Where an article lies: `outputs/<as-of>/<instrument>/`, with the symbol escaped for any file system.

Letters, digits, "_" and "-" stay as they are, and so does a dot before a letter ("BRK.B"); every other byte becomes
"=" and two hex digits ("BTC/USD" is `BTC=2FUSD`). A number after a dot is not part of the symbol: `RUT.2` is a second
article of RUT on that date, written beside one that a person has worked on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pipeline.errors import InputError

LONGEST = 200
RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|COM\d|LPT\d)(?:\.|$)", re.IGNORECASE)
"""Names that some systems keep for devices, with any extension."""
_KEPT = re.compile(r"[A-Za-z0-9_-]|(?<=.)\.(?=[A-Za-z])", re.DOTALL)
_NUMBERED = re.compile(r"(.+)\.([1-9]\d*)", re.DOTALL)
_DATED = re.compile(r"\d{4}-\d\d-\d\d")


def folder_name(symbol: str, number: int = 1) -> str:
    """The folder of a symbol's article; a number above 1 is a further article beside the first.

    Raises InputError for an empty symbol, and for one too long for a file name.
    """
    name = "".join(
        character if _KEPT.match(symbol, position) else _escaped(character) for position, character in enumerate(symbol)
    )
    if name.startswith("-") or RESERVED.match(name):
        name = _escaped(name[0]) + name[1:]
    if not name or len(name) > LONGEST:
        found = f"one of {len(symbol)} characters" if name else "an empty one"
        raise InputError(f"an instrument needs a symbol that fits in a file name; found {found}. Write a shorter one, "
                         "such as RUT.")  # fmt: skip
    return name if number == 1 else f"{name}.{number}"


def read_folder_name(name: str) -> tuple[str, int]:
    """The symbol and the number that `folder_name` made a folder's name of."""
    numbered = _NUMBERED.fullmatch(name)
    stem, number = (numbered[1], int(numbered[2])) if numbered else (name, 1)
    raw = re.sub(rb"=([0-9A-F]{2})", lambda match: bytes.fromhex(match[1].decode()), stem.encode("utf-8"))
    return raw.decode("utf-8", "surrogatepass"), number


def article_folder(outputs: Path, as_of: date, symbol: str, number: int = 1) -> Path:
    """The folder of one article."""
    return outputs / as_of.isoformat() / folder_name(symbol, number)


def article_folders(outputs: Path) -> Iterator[Path]:
    """Every article's folder, the latest date first, then by name. Half-written and foreign folders are left out."""
    for day in sorted(outputs.iterdir(), reverse=True):
        if _DATED.fullmatch(day.name) and day.is_dir():
            yield from sorted(item for item in day.iterdir() if item.is_dir() and not item.name.startswith("."))


def _escaped(character: str) -> str:
    return "".join(f"={byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))
