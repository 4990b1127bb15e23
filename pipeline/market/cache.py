"""Bars kept between runs: per symbol a CSV file, and beside it a small JSON file that says what it is.

The CSV is named after its own digest and the JSON is replaced in one step, so a reader sees one whole pair, old or new,
whoever writes meanwhile. A pair that does not fit together, or that the quality gate refuses, is unusable: it costs a
fetch and nothing else.
"""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import quote

from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints

from pipeline.errors import InputError
from pipeline.market.quality import checked_frame

if TYPE_CHECKING:
    import pandas as pd

LEFT_ALONE = 3600.0
"""Seconds after which a replaced CSV is removed: until then someone may be about to read it."""


class Label(BaseModel):
    """What a file of bars is. told: what people were told of the bars when they were fetched. in_progress: the
    session that had not closed then. sha256: of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    symbol: str
    retrieved: AwareDatetime
    first: date
    last: date
    description: str
    told: tuple[str, ...] = ()
    in_progress: date | None = None
    sha256: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")] = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """Bars that passed the gate, and what they are."""

    frame: pd.DataFrame
    label: Label


class UnusableError(Exception):
    """What is kept for a symbol cannot be used; the text says why."""


def user_cache() -> Path:
    """The folder for what this program can fetch again, where the system keeps such things."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("technical-trader", appauthor=False))


class BarCache:
    """A folder of kept bars. Symbols are untrusted text: they are escaped to stand in names of files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, symbol: str) -> Kept | None:
        """What is kept for a symbol, None if nothing is. Raises UnusableError."""
        try:
            label = Label.model_validate_json(self._label(symbol).read_bytes())
            raw = self._bars(symbol, label.sha256).read_bytes()
            if sha256(raw).hexdigest() != label.sha256 or label.symbol != symbol:
                raise ValueError("the bars are not those of its label")
            frame = checked_frame(raw, "the file of bars")
        except FileNotFoundError as error:
            if error.filename == str(self._label(symbol)):
                return None
            raise UnusableError("the file of bars is gone") from None
        except (OSError, ValueError, InputError) as error:  # pydantic's and Unicode's errors are ValueErrors
            raise UnusableError(" ".join(str(error).split())[:200]) from None
        if (frame.index[0].date(), frame.index[-1].date()) != (label.first, label.last):
            raise UnusableError("the bars do not begin and end as their label says")
        return Kept(frame, label)

    def write(self, symbol: str, kept: Kept) -> None:
        """Keep bars in the place of older ones. Raises OSError if the disk refuses."""
        raw = kept.frame.to_csv(date_format="%Y-%m-%d", lineterminator="\n").encode()
        label = kept.label.model_copy(update={"sha256": sha256(raw).hexdigest()})
        self._folder.mkdir(parents=True, exist_ok=True)
        bars = self._bars(symbol, label.sha256)
        _put(bars, raw)
        _put(self._label(symbol), (label.model_dump_json(indent=1) + "\n").encode())
        for other in self._folder.glob(self._bars(symbol, "[0-9a-f]" * 12, length=None).name):
            with suppress(OSError):
                if other != bars and time.time() - other.stat().st_mtime > LEFT_ALONE:
                    other.unlink()

    def _label(self, symbol: str) -> Path:
        return self._folder / f"{quote(symbol, safe='')}.json"

    def _bars(self, symbol: str, digest: str, length: int | None = 12) -> Path:
        return self._folder / f"{quote(symbol, safe='')}.{digest[:length]}.csv"


def _put(file: Path, raw: bytes) -> None:
    """Write a file so that readers see all of it or what was there before."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".new")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(raw)
        os.replace(name, file)
    except OSError:
        with suppress(OSError):
            os.unlink(name)
        raise
