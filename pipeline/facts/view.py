"""What a measure sees: the bars of one timeframe up to the as-of session, and what it gives back.

Arrays are numpy (float64, days as datetime64[D]), oldest first, one element per bar. A pair is seen through the same
`View`: its close is the ratio of the two closes on the sessions both have, so that averages, ranges and streaks of the
ratio need no code of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from pipeline.market import calendars

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from pipeline.facts.catalogue import Timeframe
    from pipeline.market.bars import Bars

    Floats = NDArray[np.float64]
    Days = NDArray[np.datetime64]

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Found:
    """A value with what it rests on.

    value: a number (rounded once, by the builder), a flag, a date or a label. bars: how many of the latest bars were
    used, None for all. start, end: the period covered. dates: the sessions referred to. of: names of the measures it
    was made of; for a pair, those of the two instruments or its own.
    """

    value: float | Decimal | bool | date | str
    bars: int | None = None
    start: date | None = None
    end: date | None = None
    dates: tuple[date, ...] = ()
    of: tuple[str, ...] = ()


class Missing(Exception):  # noqa: N818  (a result with a reason, not a failure)
    """The measure has no value; the message says why after the measure's name, as in "needs 200 daily bars"."""


class View:
    """The bars of an instrument or a pair in one timeframe, none later than the as-of session.

    name: symbol, or `RUT/SPX`. days: the last session of each bar. firsts: the first session of each bar (the same on
    daily bars). legs: the closes of instrument and benchmark on common sessions, for a pair. real_volume: whether the
    volume printed for it is its own; an index and a pair have none.
    """

    def __init__(
        self,
        name: str,
        days: Days,
        columns: dict[str, Floats],
        *,
        calendar: str,
        timeframe: Timeframe = "daily",
        firsts: Days | None = None,
        parts: tuple[View, View] | None = None,
        real_volume: bool = True,
    ) -> None:
        self.name, self.days, self.columns, self.calendar, self.timeframe = name, days, columns, calendar, timeframe
        self.firsts = days if firsts is None else firsts
        self.parts, self.real_volume = parts, real_volume
        self.cache: dict[tuple[Any, ...], Any] = {}

    def __len__(self) -> int:
        return len(self.days)

    @property
    def open(self) -> Floats:
        """Opens."""
        return self.columns["open"]

    @property
    def high(self) -> Floats:
        """Intraday highs."""
        return self.columns["high"]

    @property
    def low(self) -> Floats:
        """Intraday lows."""
        return self.columns["low"]

    @property
    def close(self) -> Floats:
        """Closes; of a pair, the ratio."""
        return self.columns["close"]

    @property
    def last(self) -> float:
        """The latest close."""
        return float(self.close[-1])

    @cached_property
    def as_of(self) -> date:
        """The session of the latest close."""
        return self.day(-1)

    def day(self, position: int) -> date:
        """Date of a bar: its last session."""
        return self.days[position].item()  # type: ignore[no-any-return]

    def dates(self, positions: Any) -> tuple[date, ...]:
        """Dates of several bars."""
        return tuple(self.days[positions].tolist())

    def since(self, bars: int | None) -> date:
        """First session of the latest `bars` bars, of all for None."""
        return self.firsts[0 if bars is None else max(len(self) - bars, 0)].item()  # type: ignore[no-any-return]

    def before(self, day: date) -> int:
        """Number of bars dated before a day."""
        import numpy as np

        return int(np.searchsorted(self.days, np.datetime64(day)))

    def require(self, bars: int) -> None:
        """Raise Missing unless there are that many bars."""
        if len(self) < bars:
            kind = "common daily" if self.parts and self.timeframe == "daily" else self.timeframe
            raise Missing(f"needs {bars} {kind} bars; {self.name} has {len(self)} ({self.since(None)} to {self.as_of})")

    def tail(self, bars: int) -> pd.DataFrame:
        """The latest bars as a frame, for ta."""
        import pandas as pd

        return pd.DataFrame({name: column[-bars:] for name, column in self.columns.items()})

    @cached_property
    def rest_of_week(self) -> tuple[date, ...]:
        """The sessions of the as-of's ISO week that are still to come."""
        return calendars.sessions(self.calendar, self.as_of + timedelta(days=1), self.monday + timedelta(days=6))

    @property
    def week_over(self) -> bool:
        """Whether the as-of closes its ISO week."""
        return not self.rest_of_week

    @cached_property
    def weekly(self) -> View:
        """The same bars by ISO week; the last one may be in progress."""
        import numpy as np

        weeks = (self.days.astype("datetime64[D]").astype(np.int64) + 3) // 7  # day 0 of the epoch is a Thursday
        starts = np.flatnonzero(np.diff(weeks, prepend=weeks[0] - 1))
        ends = np.append(starts[1:], len(self)) - 1
        columns = {"close": self.close[ends]}
        if "open" in self.columns:
            columns |= {
                "open": self.open[starts],
                "high": np.maximum.reduceat(self.high, starts),
                "low": np.minimum.reduceat(self.low, starts),
            }
        return View(self.name, self.days[ends], columns, calendar=self.calendar, timeframe="weekly",
                    firsts=self.days[starts], parts=self.parts, real_volume=self.real_volume)  # fmt: skip

    def completed(self) -> View:
        """A weekly view without the week in progress, if there is one."""
        return self if self.week_over else self.without_last

    @cached_property
    def without_last(self) -> View:
        """The view without its latest bar."""
        columns = {name: column[:-1] for name, column in self.columns.items()}
        return View(self.name, self.days[:-1], columns,
                    calendar=self.calendar, timeframe=self.timeframe, firsts=self.firsts[:-1],
                    parts=self.parts, real_volume=self.real_volume)  # fmt: skip

    @property
    def monday(self) -> date:
        """First day of the as-of's ISO week."""
        return self.as_of - timedelta(days=self.as_of.weekday())


def view_of(bars: Bars) -> View:
    """The daily view of bars that end at the as-of session."""
    import numpy as np

    columns = {name: bars.frame[name].to_numpy(np.float64) for name in ("open", "high", "low", "close", "volume")}
    return View(bars.instrument.symbol, bars.frame.index.to_numpy().astype("datetime64[D]"), columns,
                calendar=bars.instrument.calendar, real_volume=bars.instrument.kind != "index")  # fmt: skip


def pair_view(first: View, second: View) -> View:
    """The daily view of a pair on the sessions both have: close is the ratio, with the two closes beside it."""
    import numpy as np

    days, mine, theirs = np.intersect1d(first.days, second.days, assume_unique=True, return_indices=True)
    left, right = first.close[mine], second.close[theirs]
    columns = {"close": left / right, "instrument": left, "benchmark": right}
    return View(f"{first.name}/{second.name}", days, columns, calendar=first.calendar, parts=(first, second),
                real_volume=False)  # fmt: skip


def once(function: Callable[Concatenate[View, P], R]) -> Callable[Concatenate[View, P], R]:
    """Keep what a function of a view gave, so that measures share a series instead of computing it again."""

    @wraps(function)
    def kept(view: View, *args: P.args, **kwargs: P.kwargs) -> R:
        key = (function.__module__, function.__qualname__, *args, *sorted(kwargs.items()))
        if key not in view.cache:
            view.cache[key] = function(view, *args, **kwargs)
        return view.cache[key]  # type: ignore[no-any-return]

    return cast("Callable[Concatenate[View, P], R]", kept)
