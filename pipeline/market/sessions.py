"""Which session an article is about."""

from __future__ import annotations

from datetime import date

from pipeline.errors import InputError
from pipeline.market.bars import Bars
from pipeline.market.calendars import sessions

MIN_SESSIONS = 30


def choose_session(as_of: date | None, bars: Bars, benchmark: Bars | None = None) -> date:
    """The session to write about: the day asked for, or the last of the bars.

    Raises InputError if the benchmark is the same instrument, if the day is no session of both, or if either has fewer
    than `MIN_SESSIONS` sessions up to it. The message names the nearest sessions that would do.
    """
    both = (bars, benchmark) if benchmark else (bars,)
    symbols = " and ".join(each.instrument.symbol for each in both)
    if benchmark and benchmark.instrument.symbol == bars.instrument.symbol:
        raise InputError(
            f"an article compares two instruments; found {symbols}. Name another one with --instrument or --benchmark."
        )
    day = as_of or bars.last
    alone = " Or write --benchmark none."
    for each in both:
        if reason := _unfit(each, day):
            which = f"a {day:%A}" if as_of else f"the last session of {bars.instrument.symbol}"
            raise InputError(
                f"an article needs a session of {symbols} with {MIN_SESSIONS} sessions up to it; {day}, {which}, "
                f"{reason}. {_advice(both, day)}{alone if each is benchmark else ''}"
            )
    return day


def _unfit(bars: Bars, day: date) -> str:
    """Why no article can be written about a day, or nothing."""
    symbol, calendar, up_to = bars.instrument.symbol, bars.instrument.calendar, bars.up_to(day)
    if day < bars.first:
        return f"is before the first bar of {symbol}, {bars.first}"
    if day > bars.last:
        behind = len(sessions(calendar, bars.last, day)) - 1
        if not behind:
            return f"is after the last bar of {symbol}, {bars.last}, and no session of {calendar}"
        return f"is after the last bar of {symbol}, {bars.last}, by {behind} session{'' if behind == 1 else 's'}"
    if day != up_to.last:
        closed = not sessions(calendar, day, day)
        return f"is no session of {symbol}: {f'{calendar} is closed that day' if closed else 'its row is missing'}"
    if len(up_to) < MIN_SESSIONS:
        return f"has only {len(up_to)} of {symbol}, which begins on {bars.first}"
    return ""


def _advice(both: tuple[Bars, ...], day: date) -> str:
    """What to do instead: the nearest sessions, before and after, that an article can be written about."""
    fit = set.intersection(*({stamp.date() for stamp in each.frame.index[MIN_SESSIONS - 1 :]} for each in both))
    before, after = [each for each in fit if each < day], [each for each in fit if each > day]
    if before and after:
        return f"Choose --as-of {max(before)} or {min(after)}."
    if before:
        return f"Choose --as-of {max(before)} or earlier, or get newer bars."
    if after:
        return f"Choose --as-of {min(after)} or later, or get older bars."
    return "Get more bars: no session of these has that many."
