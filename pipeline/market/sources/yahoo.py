"""Yahoo Finance through yfinance, with a cache: the one source that looks at the clock.

Only closed sessions become bars. What Yahoo gets wrong is mended where there is no doubt, left out where it can be, and
told either way; the rest is for the quality gate, as with any file:

- The bar of a session in progress is left out, as are bars on days that are no session and newest bars without prices.
- Prices are rounded to what the market quotes, since Yahoo stores them in single precision (2677.7399902 for 2677.74):
  two decimals for an index; for others four, and six below 1.
- Old bars that the gate refuses are cut off with all before them if enough bars remain: Yahoo's S&P 500, for one, has
  opens of zero up to 1982.
- A session's change is against the bar before it. Yahoo's own previous close, wrong for some indexes, is never read.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from pipeline.errors import InputError, UnreachableError, shown
from pipeline.market.bars import COLUMNS, Bars
from pipeline.market.cache import BarCache, Kept, Label, UnusableError, user_cache
from pipeline.market.calendars import closes_at, last_final_session, sessions
from pipeline.market.instruments import WELL_KNOWN, Instrument, instrument_called
from pipeline.market.quality import FaultyBarsError, checked_bars
from pipeline.market.yahoo_history import ELSEWHERE, Answer, history

if TYPE_CHECKING:
    import pandas as pd

DESCRIPTION = "daily bars from Yahoo Finance, adjusted for splits and not for dividends"
THEIRS = {"SPX": "^GSPC", "IXIC": "^IXIC", "RUT": "^RUT", "DJI": "^DJI", "NDX": "^NDX"}
"""What Yahoo calls the symbols that have another name there."""
ZONES = ("America/New_York", "America/Chicago")
"""Exchanges that keep New York's sessions: its own, and Chicago's for indexes such as ^VIX."""
SHARES = ("EQUITY", "ETF", "MUTUALFUND")
KINDS = {"index": ("INDEX",), "crypto": ("CRYPTOCURRENCY",), "fund": SHARES, "stock": SHARES}
"""What Yahoo calls each kind of instrument. A fund without a name of its own here passes as a stock."""
SETTLING = timedelta(minutes=20)
"""From the close until a close is final: Yahoo's index prices are delayed and corrected for some minutes after it."""
ENOUGH = 1000
"""Bars that a history beginning late must have: with so many, averages no longer show where they began."""
YEAR = timedelta(days=365)
LISTED = 5


def _utc_now() -> datetime:
    return datetime.now(UTC)


class YahooSource:
    """US indexes, funds and stocks, and coins in dollars, by Yahoo's symbols and the well-known names."""

    name: ClassVar[str] = "yahoo"

    def __init__(
        self, data: Path | None = None, cache: Path | None = None, now: Callable[[], datetime] = _utc_now
    ) -> None:
        """Raises InputError if a folder is named, which would be ignored without a word."""
        if data is not None:
            raise InputError(
                f"the source yahoo reads no folder; found {shown(data)} named as data. "
                "Add --source csv to read that folder, or leave --data out."
            )
        self._cache = BarCache((cache or user_cache()) / self.name)
        self._now = now

    def symbols(self) -> tuple[str, ...]:
        """The symbols with names of their own; Yahoo has thousands more."""
        return tuple(WELL_KNOWN)

    def load(self, symbol: str, as_of: date | None = None) -> Bars:
        """The bars of a symbol or name: those kept if they have the session asked for, else fetched anew.

        as_of: the session, None for the last one that has closed. Raises InputError for an unknown symbol, one of
        another market, faulty bars or a session still to come; UnreachableError if Yahoo, or the session, is not there.
        """
        instrument = instrument_called(symbol)
        theirs = THEIRS.get(instrument.symbol, instrument.symbol)
        told: list[str] = []
        try:
            kept = self._cache.read(theirs)
        except UnusableError as error:
            kept = None
            told.append(f"{instrument.symbol}: the cache was of no use and is passed over: {error}.")
        if kept is None or as_of is None or not _covers(kept, instrument, as_of):
            now = self._now()
            final = last_final_session(instrument.calendar, now - SETTLING)
            if as_of and as_of > final:
                raise InputError(_still_to_come(instrument, as_of, final, now))
            if kept is None or as_of or kept.label.last < final:
                kept = self._fetch(instrument, theirs, final, now, kept, told)
            if as_of and not _covers(kept, instrument, as_of):
                raise UnreachableError(_missing(instrument, as_of, kept))
            if not as_of and kept.label.last < final:
                told.append(
                    f"{instrument.symbol}: Yahoo did not have {final} on {_clock(now)}; its bars end on "
                    f"{kept.label.last}. Try again in an hour for the newer session."
                )
        label = kept.label
        told += [remark for remark in label.told if remark not in told]
        return Bars(instrument, kept.frame, self.name, label.description, label.retrieved, tuple(told),
                    label.in_progress)  # fmt: skip

    def _fetch(
        self, instrument: Instrument, theirs: str, final: date, now: datetime, kept: Kept | None, told: list[str]
    ) -> Kept:
        """Fetched bars up to the last final session, now kept; those kept before if Yahoo has fewer than it had."""
        remarks: list[str] = []
        try:
            answer = history(theirs)
            frame = sound_frame(answer, instrument, final, now, remarks)
        except UnreachableError as error:
            if kept is None:
                raise
            last = kept.label.last
            raise UnreachableError(
                f"{error} The cache of {instrument.symbol} ends on {last}: --as-of {last} writes about that session."
            ) from None
        first, last = frame.index[0].date(), frame.index[-1].date()
        if kept is not None and last < kept.label.last:
            return kept
        fetched = Kept(frame, Label(
            symbol=theirs, retrieved=now.replace(microsecond=0), first=first, last=last, description=DESCRIPTION,
            told=tuple(remarks), in_progress=in_progress(answer, instrument, final),
        ))  # fmt: skip
        try:
            self._cache.write(theirs, fetched)
        except OSError as error:
            told.append(f"{instrument.symbol}: the bars could not be kept for the next run: {error}.")
        return fetched


def sound_frame(answer: Answer, instrument: Instrument, final: date, now: datetime, told: list[str]) -> pd.DataFrame:
    """The bars of closed sessions that pass the quality gate; adds a remark for whatever was left out.

    Raises InputError for another market and for faulty bars, UnreachableError where no bar is left.
    """
    _check_market(answer, instrument)
    symbol = instrument.symbol
    frame = _plain(answer.frame, symbol)
    days = [stamp.date() for stamp in frame.index]
    known = set(sessions(instrument.calendar, days[0], final))
    if unfinished := in_progress(answer, instrument, final):
        told.append(f"{symbol}: the bar of {unfinished} is left out, since its close was not final on {_clock(now)}.")
    if strange := [day for day in days if day <= final and day not in known]:
        told.append(f"{symbol}: bars on days that are no session are left out: {_listed(strange)}.")
    frame = frame[[day <= final and day in known for day in days]]
    priced = (frame[list(COLUMNS[:4])] > 0).all(axis=1).to_numpy()
    end = int(priced.nonzero()[0][-1]) + 1 if priced.any() else 0
    if end < len(frame):
        told.append(f"{symbol}: the newest bars have no prices and are left out: {_listed(_days(frame)[end:])}.")
    if not end:
        raise UnreachableError(f"Yahoo has no closed session of {symbol} with prices. Try again later, {ELSEWHERE}.")
    frame = _gated(_rounded(frame[:end], instrument), symbol, told)
    days = _days(frame)
    recent = sessions(instrument.calendar, max(days[0], days[-1] - YEAR), days[-1])
    if absent := sorted(set(recent) - set(days)):
        told.append(f"{symbol}: Yahoo has no bar for sessions of the last year, so counts pass over them: "
                    f"{_listed(absent)}.")  # fmt: skip
    return frame


def in_progress(answer: Answer, instrument: Instrument, final: date) -> date | None:
    """The session of the newest bar, if it has not closed."""
    newest: date = answer.frame.index.max().date()
    return newest if newest > final and sessions(instrument.calendar, newest, newest) else None


def _plain(frame: pd.DataFrame, symbol: str) -> pd.DataFrame:
    """Columns `COLUMNS` by day, oldest first; of two bars of a day the later if they agree or the day is the newest."""
    import pandas as pd

    if frame.columns.nlevels > 1:  # (column, symbol), as yfinance gives several symbols
        frame = frame.droplevel(1, axis=1)
    frame = frame.rename(columns=str.lower)
    if lacking := [name for name in COLUMNS if name not in frame.columns]:
        raise UnreachableError(f"Yahoo's bars of {symbol} have no {', '.join(lacking)}. Try again later, {ELSEWHERE}.")
    frame = frame[list(COLUMNS)].astype("float64")
    frame.index = pd.DatetimeIndex(frame.index).tz_localize(None).normalize().rename("date")  # the exchange's own days
    frame = frame.sort_index(kind="stable")
    repeated = frame.reset_index().duplicated(["date", *COLUMNS[:4]], keep="last").to_numpy()
    followed = frame.index.duplicated(keep="last") & (frame.index == frame.index[-1])
    kept: pd.DataFrame = frame[~repeated & ~followed]
    return kept


def _check_market(answer: Answer, instrument: Instrument) -> None:
    """Raises InputError for what would be called something it is not: another currency, market or kind of thing."""
    zones = ZONES if instrument.calendar == "XNYS" else (answer.zone,)
    expected = ((answer.currency, (instrument.currency,)), (answer.zone, zones), (answer.kind, KINDS[instrument.kind]))
    if wrong := [said for said, fit in expected if said and said not in fit]:
        raise InputError(
            f"the source yahoo has indexes, funds and stocks of US markets and coins, in dollars; Yahoo says of "
            f"{instrument.symbol}: {shown(', '.join(wrong))}. Choose one of those; bars of other markets in dollars "
            "can stand in a folder with an instruments.toml with kind and calendar (--source csv --data DIR)."
        )


def _rounded(frame: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """Prices without the noise of single precision."""
    prices = frame[list(COLUMNS[:4])]
    rounded = prices.round(2) if instrument.kind == "index" else prices.round(4).where(prices >= 1, prices.round(6))
    return rounded.assign(volume=frame["volume"])


def _gated(frame: pd.DataFrame, symbol: str, told: list[str]) -> pd.DataFrame:
    """The frame through the quality gate, from after the last bar it refuses if enough are left."""
    where = f"Yahoo's history of {symbol}"
    try:
        return _checked(frame, where)
    except FaultyBarsError as error:
        fault = error.faults[-1]
        if len(frame) - fault.row - 1 < ENOUGH:
            raise InputError(f"{error} Try again later, {ELSEWHERE}.") from None
    later = _checked(frame[fault.row + 1 :], where)
    told.append(
        f"{symbol}: the history begins on {_days(later)[0]}, since Yahoo's bars up to then are faulty ({fault})."
    )
    return later


def _checked(frame: pd.DataFrame, where: str) -> pd.DataFrame:
    return checked_bars(_days(frame), {name: frame[name].tolist() for name in COLUMNS}, where)


def _days(frame: pd.DataFrame) -> list[date]:
    return [stamp.date() for stamp in frame.index]


def _covers(kept: Kept, instrument: Instrument, day: date) -> bool:
    """Whether kept bars have a day, or no newer ones could have it: it is before them, or no session."""
    if day < kept.label.first or str(day) in kept.frame.index:
        return True
    return day < kept.label.last + YEAR and not sessions(instrument.calendar, day, day)


def _still_to_come(instrument: Instrument, day: date, final: date, now: datetime) -> str:
    """Why no article can be about a day that is not over."""
    soon = day - now.date() < YEAR and sessions(instrument.calendar, day, day)
    wait = f", or ask again after {_clock(closes_at(instrument.calendar, day) + SETTLING)}" if soon else ""
    return (
        f"an article needs a session that has closed; the last one of {instrument.symbol} was {final} on "
        f"{_clock(now)}, and {day} is later. Choose --as-of {final}{wait}."
    )


def _missing(instrument: Instrument, day: date, kept: Kept) -> str:
    """What to do about a closed session that Yahoo does not have."""
    before = kept.frame.index[kept.frame.index < str(day)]
    instead = f", or choose --as-of {before[-1].date()}" if len(before) else ""
    return f"Yahoo does not have {day} of {instrument.symbol} yet. Try again in an hour{instead}, {ELSEWHERE}."


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _listed(days: list[date]) -> str:
    """Days, the newest of many."""
    more = f"{len(days) - LISTED} more and " if len(days) > LISTED else ""
    return more + ", ".join(map(str, days[-LISTED:]))
