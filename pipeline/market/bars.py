"""Bars: the daily sessions of one instrument, oldest first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from pipeline.market.instruments import Instrument

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("open", "high", "low", "close", "volume")


@dataclass(frozen=True, slots=True)
class Bars:
    """Daily bars that passed the quality gate.

    frame: float columns `COLUMNS` on a unique, ascending, timezone-free DatetimeIndex (volume may be NaN).
    source: id of the source ("sample", "csv", "yahoo"). description: where the rows come from, for people. retrieved:
    when they were fetched, if they were. told: what people should know of them, a sentence each.
    in_progress: the session after the last row, which had not closed when they were fetched.
    """

    instrument: Instrument
    frame: pd.DataFrame
    source: str
    description: str
    retrieved: datetime | None = None
    told: tuple[str, ...] = ()
    in_progress: date | None = None

    def __len__(self) -> int:
        return len(self.frame)

    @property
    def first(self) -> date:
        """Date of the first session."""
        return self._day(0)

    @property
    def last(self) -> date:
        """Date of the last session."""
        return self._day(-1)

    def up_to(self, day: date) -> Bars:
        """The same bars without any session after a day."""
        return replace(self, frame=self.frame.loc[: str(day)])

    def _day(self, at: int) -> date:
        day: date = self.frame.index[at].date()
        return day
