"""The second half of the quality gate: bars that can be read, judged against the calendar and their own past.

`quality` refuses a file from which no fact could be made. Here sound rows may still tell something wrong: a split that
nobody adjusted, a bad print, a session that is missing. One rule says what follows: a finding that touches one of the
last `RECENT` sessions up to the as-of holds the article until a person has accepted that session; an older one is a
remark on the article. Some findings are always refused (another calendar, bars that are not daily, prices with too few
digits), and some always a remark (volume that is zero, missing or a copy, sessions of one price).

Only bars up to the as-of are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pipeline.errors import HeldError, InputError
from pipeline.market.bars import Bars
from pipeline.market.calendars import session_days
from pipeline.market.instruments import InstrumentKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Days = NDArray[np.datetime64]

LEAST_PRICE = 0.01
"""A close below it has too few digits at the six decimals of facts, so no article can be about it."""

RECENT = 20
"""Sessions up to the as-of in which a finding holds the article."""

LEAST: dict[InstrumentKind, float] = {"index": 0.05, "fund": 0.06, "stock": 0.15, "crypto": 0.15}
TIMES, MOST = 15, 0.40
"""A move is past the limit beyond `TIMES` the instrument's own usual one, but never below the least of its kind nor
above `MOST`. The usual move is the median absolute return of the 252 sessions before, times 1.4826 as for a standard
deviation: a bad print does not raise it."""

SPLITS = (1.25, 4 / 3, 1.5, 2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 30, 50)
SPLITTING: tuple[InstrumentKind, ...] = ("fund", "stock")
SPLIT_LEAST, SPLIT_SLACK = 0.15, (0.02, 0.08)
"""A fund's or stock's move near the factor of a usual split, forward or reverse, reads as one from 15 % and a third of
the limit on. Near is within its usual move, which comes on top of a split, no less than 2 % and no more than 8 %."""

OFF_CALENDAR, BOTH_WAYS, NOT_DAILY = 0.05, 3, 8
"""The calendar is the wrong one where 5 % of the last 252 rows are off it, or 3 of them while 3 of its sessions lack a
row; with 8 sessions missing the bars are not daily, or not of that calendar."""

ODD_VOLUME = 50
"""How many times more or less than the median of the 20 sessions before a volume may be."""

COPIED = 0.95
"""Share of equal volumes on common sessions past which one series is a copy."""

YEAR = timedelta(days=366)
LISTED = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """What a rule saw in an instrument's bars. holds: whether a recent one holds the article. days: all of them.
    what: the words before the days, told for the number of them. each: a word on one of the days."""

    rule: str
    instrument: str
    days: tuple[date, ...]
    what: str
    holds: bool = True
    each: tuple[str, ...] = ()

    def pressing(self, as_of: date) -> bool:
        """Whether it may have bent a figure that looks back a year from a session."""
        return self.holds and bool(self.days) and as_of - self.days[-1] <= YEAR

    def within_a_year(self, as_of: date) -> Seen:
        """The same on the days of the year before a session."""
        return self.on([day for day in self.days if as_of - day <= YEAR])

    def text(self) -> str:
        """A sentence with the latest days."""
        shown = [f"{day}{f' ({word})' if word else ''}" for day, word in self._told()[-LISTED:]]
        rest = len(self.days) - len(shown)
        listed = ", ".join(shown) + (f" and {rest} before them" if rest else "")
        return f"{self.instrument}: {self.what}{f': {listed}' if listed else ''}"

    def on(self, days: Iterable[date]) -> Seen:
        """The same on some of its days."""
        kept = set(days)
        told = [(day, word) for day, word in self._told() if day in kept]
        return Seen(self.rule, self.instrument, tuple(day for day, _ in told), self.what, self.holds,
                    tuple(word for _, word in told))  # fmt: skip

    def marked(self, accepted: set[date]) -> Seen:
        """The same with a word on the days that a person accepted."""
        each = tuple(f"{word}{', ' if word else ''}accepted" if day in accepted else word for day, word in self._told())
        return replace(self, each=each)

    def _told(self) -> list[tuple[date, str]]:
        return list(zip(self.days, self.each or ("",) * len(self.days), strict=True))


def judge(bars: Iterable[Bars], as_of: date, accepted: Iterable[str] = ()) -> tuple[Seen, ...]:
    """What an editor should know of some bars up to a session, most recent day last.

    accepted: sessions a person has looked at, as SYMBOL:DATE; they hold nothing any more. Raises InputError where the
    calendar is the wrong one, HeldError with every finding that holds the article.
    """
    known = [one for one in (each.up_to(as_of) for each in bars) if len(one)]
    for one in known:
        if (close := float(one.frame["close"].iloc[-1])) < LEAST_PRICE:
            raise InputError(
                f"an article needs prices of {LEAST_PRICE} and more; {one.instrument.symbol} closed at {close:g} on "
                f"{one.last}. Give its bars in a unit that is larger, and name the unit in its name."
            )
    seen = [found for one in known for rule in RULES for found in rule(one)]
    seen += copied_volume(known)
    cleared = {tuple(entry.upper().rsplit(":", 1)) for entry in accepted}
    seen = [found.marked({date.fromisoformat(day) for symbol, day in cleared if symbol == found.instrument.upper()})
            for found in seen]  # fmt: skip
    told = {(found.instrument.upper(), str(day)) for found in seen for day in found.days}
    ours = {one.instrument.symbol.upper() for one in known}
    idle = [":".join(entry) for entry in sorted(cleared - told) if entry[0] in ours and entry[1] <= str(as_of)]
    if idle:  # not one of a later session, which an earlier article does not see yet
        raise InputError(f"nothing holds an article at {', '.join(idle)}. Leave that out of --accept.")
    held: list[Seen] = []
    for one in known:
        last = {stamp.date() for stamp in one.frame.index[-RECENT:]} | _missing(one, recent=True)
        for found in seen:
            if found.holds and found.instrument == one.instrument.symbol:
                days = [
                    day for day in found.days if day in last and (found.instrument.upper(), str(day)) not in cleared
                ]
                held += [found.on(days)] if days else []
    if held:
        asked = ",".join(dict.fromkeys(f"{found.instrument}:{day}" for found in held for day in found.days))
        raise HeldError(
            f"the article of {as_of} is held for a person: {'; '.join(found.text() for found in held)}. Compare these "
            f"sessions with another source; mend the bars, or accept them as they are with --accept {asked}"
        )
    return tuple(seen)


def off_calendar(bars: Bars) -> Iterator[Seen]:
    """Rows on days that are no session of the calendar."""
    import numpy as np

    days, calendar = _days(bars), bars.instrument.calendar
    extra = ~np.isin(days, session_days(calendar, bars.first, bars.last))
    year = days[-252:]
    strange, absent = (
        int(extra[-252:].sum()),
        len(np.setdiff1d(session_days(calendar, year[0].item(), bars.last), days)),
    )
    wrong = strange > OFF_CALENDAR * len(year) or min(strange, absent) >= BOTH_WAYS or absent >= NOT_DAILY
    if wrong:
        raise InputError(
            f"{bars.instrument.symbol} needs daily bars and the calendar they were traded on; since {year[0]} it has "
            f"{strange} rows on days that are no session of {calendar} and none for {absent} of its sessions. Give it "
            "daily bars, or name its calendar (XNYS, XLON, 24/7 ...) in the instruments.toml beside them."
        )
    if extra.any():
        what = f"rows that are no session of {calendar}"
        yield Seen("off-calendar", bars.instrument.symbol, tuple(days[extra].tolist()), what)


def missing_session(bars: Bars) -> Iterator[Seen]:
    """Sessions of the calendar without a row."""
    days = sorted(_missing(bars))
    if days:
        what = f"sessions of {bars.instrument.calendar} without a row"
        yield Seen("missing-session", bars.instrument.symbol, tuple(days), what)


def large_move(bars: Bars) -> Iterator[Seen]:
    """Closes that moved past the limit, or by the factor of a split."""
    import numpy as np

    close, days, limit = bars.frame["close"].to_numpy(), _days(bars)[1:], limits(bars)[1:]
    moves = close[1:] / close[:-1] - 1
    factor = np.maximum(close[1:], close[:-1]) / np.minimum(close[1:], close[:-1])
    slack = np.clip(np.nan_to_num(_usual(bars)[1:]), *SPLIT_SLACK)
    near = np.min(np.abs(factor[:, None] / np.array(SPLITS) - 1), axis=1) <= slack
    split = near & (np.abs(moves) >= np.maximum(SPLIT_LEAST, limit / 3)) & (bars.instrument.kind in SPLITTING)
    large = (np.abs(moves) > limit) | split
    back = np.append(np.abs(close[2:] / close[:-2] - 1) < np.abs(moves[:-1]) / 5, [False])
    each = []
    for place in np.flatnonzero(large):
        by = SPLITS[int(np.argmin(np.abs(factor[place] / np.array(SPLITS) - 1)))]
        why = f", as a {by:g}-for-1 split does" if split[place] and moves[place] < 0 else ""
        why = f", as a 1-for-{by:g} reverse split does" if split[place] and moves[place] > 0 else why
        why = ", undone the next session, as a bad print is" if back[place] else why
        each.append(f"{100 * moves[place]:+.1f}%, limit {100 * limit[place]:.1f}%{why}")
    if each:
        yield Seen("large-move", bars.instrument.symbol, tuple(days[large].tolist()),
                   "closes that moved past the limit", each=tuple(each))  # fmt: skip


def far_extreme(bars: Bars) -> Iterator[Seen]:
    """Highs and lows further from open and close than the limit, as bad prints are."""
    import numpy as np

    opened, high, low, close = (bars.frame[name].to_numpy() for name in ("open", "high", "low", "close"))
    reach = np.maximum(high / np.maximum(opened, close) - 1, 1 - low / np.minimum(opened, close))
    far = reach > limits(bars)
    if far.any():
        each = tuple(f"{100 * value:.1f}% beyond open and close" for value in reach[far])
        yield Seen("far-extreme", bars.instrument.symbol, tuple(_days(bars)[far].tolist()),
                   "highs or lows past the limit", each=each)  # fmt: skip


def repeated_bar(bars: Bars) -> Iterator[Seen]:
    """Rows whose four prices are those of the row before, as a stuck feed gives them."""
    values = bars.frame[["open", "high", "low", "close"]].to_numpy()
    same = values[1:] == values[:-1]
    moved = bars.frame["high"].to_numpy()[1:] > bars.frame["low"].to_numpy()[1:]
    stuck = same.all(axis=1) & moved
    if stuck.any():
        days = tuple(_days(bars)[1:][stuck].tolist())
        yield Seen("repeated-bar", bars.instrument.symbol, days, "rows that repeat the one before")


def no_range(bars: Bars) -> Iterator[Seen]:
    """Sessions whose open, high, low and close are one price: only closes were kept, so nothing in them is intraday."""
    flat = (bars.frame["high"] == bars.frame["low"]).to_numpy()
    if flat.any():
        days = tuple(_days(bars)[flat].tolist())
        yield Seen("no-range", bars.instrument.symbol, days, "sessions of one price, without a range", holds=False)


def no_volume(bars: Bars) -> Iterator[Seen]:
    """Sessions whose volume is zero or empty in bars that have it elsewhere."""
    import numpy as np

    absent = np.isnan(bars.frame["volume"].to_numpy())
    if absent.all():
        yield Seen("no-volume", bars.instrument.symbol, (), "no volume in any row", holds=False)
    elif absent.any():
        days = tuple(_days(bars)[absent].tolist())
        yield Seen("no-volume", bars.instrument.symbol, days, "sessions with a volume of zero or none", holds=False)


def odd_volume(bars: Bars) -> Iterator[Seen]:
    """Volumes far from those before them, as a part of a session or another unit gives them."""
    import numpy as np
    import pandas as pd

    if bars.instrument.kind == "index":
        return
    volume = bars.frame["volume"]
    usual = volume.rolling(RECENT, min_periods=RECENT).median().shift()
    with np.errstate(divide="ignore", invalid="ignore"):
        times = (volume / usual).to_numpy()
    odd = (times > ODD_VOLUME) | (times < 1 / ODD_VOLUME)
    if odd.any():
        each = tuple(f"{value:.3g} times the usual" for value in times[odd])
        yield Seen("odd-volume", bars.instrument.symbol, tuple(pd.DatetimeIndex(bars.frame.index[odd]).date),
                   "volumes far from those before", each=each)  # fmt: skip


def copied_volume(known: list[Bars]) -> Iterator[Seen]:
    """An index whose volume is that of another instrument of the article."""
    import numpy as np

    for place, one in enumerate(known):
        for other in known[:place]:
            _, mine, theirs = np.intersect1d(_days(one), _days(other), assume_unique=True, return_indices=True)
            left, right = one.frame["volume"].to_numpy()[mine][-252:], other.frame["volume"].to_numpy()[theirs][-252:]
            both = ~(np.isnan(left) | np.isnan(right))
            if both.sum() >= RECENT and float((left == right)[both].mean()) >= COPIED:
                what = (f"its volume is that of {other.instrument.symbol} on {int((left == right).sum())} of the last "
                        f"{int(both.sum())} common sessions, so it is not the volume of both")  # fmt: skip
                yield Seen("copied-volume", one.instrument.symbol, (), what, holds=False)


def limits(bars: Bars) -> Floats:
    """The limit of a move on each session, as a fraction."""
    import numpy as np

    least = LEAST[bars.instrument.kind]
    limit: Floats = np.clip(np.nan_to_num(TIMES * _usual(bars), nan=2 * least), least, MOST)
    return limit


def _usual(bars: Bars) -> Floats:
    """The usual move before each session, as a fraction; NaN for the first 60."""
    import pandas as pd

    returns = pd.Series(bars.frame["close"].to_numpy()).pct_change().abs()
    usual: Floats = 1.4826 * returns.rolling(252, min_periods=60).median().shift().to_numpy()
    return usual


def _missing(bars: Bars, *, recent: bool = False) -> set[date]:
    """Sessions of the calendar between the first and last row that have none; recent: since `RECENT` rows ago."""
    import numpy as np

    days = _days(bars)
    first = days[-RECENT:][0].item() if recent else bars.first
    due = session_days(bars.instrument.calendar, first, bars.last)
    return set(due[~np.isin(due, days)].tolist())


def _days(bars: Bars) -> Days:
    days: Days = bars.frame.index.to_numpy().astype("datetime64[D]")
    return days


RULES: tuple[Callable[[Bars], Iterator[Seen]], ...] = (
    off_calendar, missing_session, large_move, far_extreme, repeated_bar, no_range, no_volume, odd_volume,
)  # fmt: skip
