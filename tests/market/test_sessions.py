"""The day of an article: the last session, the one asked for, or a message that names the nearest that would do."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.market.bars import Bars
from pipeline.market.instruments import instrument
from pipeline.market.sessions import choose_session


def bars(symbol: str, start: str, end: str, without: str | None = None) -> Bars:
    """Bars for every weekday of a period, but one."""
    index = pd.bdate_range(start, end)
    index = index[index != pd.Timestamp(without)] if without else index
    frame = pd.DataFrame(dict.fromkeys(("open", "high", "low", "close", "volume"), 1.0), index=index)
    return Bars(instrument(symbol), frame, "test", "made by hand")


# 2024-01-01 is a Monday; its 30th weekday is Friday 2024-02-09; Friday 2024-03-29 was Good Friday
RUT = bars("RUT", "2024-01-01", "2024-04-30", without="2024-03-29")
SPX = bars("SPX", "2024-01-01", "2024-04-30", without="2024-03-29")


def refused(as_of: date | None, subject: Bars, benchmark: Bars | None = None) -> str:
    with pytest.raises(InputError) as caught:
        choose_session(as_of, subject, benchmark)
    assert caught.value.exit_code == 2
    return str(caught.value)


def test_without_a_day_it_is_the_last_session() -> None:
    assert choose_session(None, RUT, SPX) == date(2024, 4, 30)
    assert choose_session(None, RUT) == date(2024, 4, 30)


def test_a_session_with_thirty_up_to_it_is_taken() -> None:
    assert choose_session(date(2024, 2, 9), RUT, SPX) == date(2024, 2, 9)


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (
            date(2024, 3, 29),
            "a Friday, is no session of RUT: XNYS is closed that day. Choose --as-of 2024-03-28 or 2024-04-01.",
        ),
        (
            date(2024, 3, 31),
            "a Sunday, is no session of RUT: XNYS is closed that day. Choose --as-of 2024-03-28 or 2024-04-01.",
        ),
        (date(2023, 5, 1), "a Monday, is before the first bar of RUT, 2024-01-01. Choose --as-of 2024-02-09 or later"),
        (
            date(2025, 5, 1),
            "a Thursday, is after the last bar of RUT, 2024-04-30, by 251 sessions. Choose --as-of 2024-04-30 or",
        ),
        (date(2024, 2, 8), "has only 29 of RUT, which begins on 2024-01-01. Choose --as-of 2024-02-09 or later"),
    ],
)
def test_a_day_no_article_can_be_about(day: date, says: str) -> None:
    message = refused(day, RUT, SPX)
    assert message.startswith("an article needs a session of RUT and SPX with 30 sessions up to it; ")
    assert says in message


def test_a_benchmark_that_ends_earlier_names_both_last_sessions() -> None:
    message = refused(None, RUT, bars("SPX", "2024-01-01", "2024-04-26"))
    assert "2024-04-30, the last session of RUT, is after the last bar of SPX, 2024-04-26, by 2 sessions." in message
    assert "Choose --as-of 2024-04-26 or earlier, or get newer bars." in message


def test_a_benchmark_without_that_session_is_named() -> None:
    message = refused(date(2024, 4, 3), RUT, bars("SPX", "2024-01-01", "2024-04-30", without="2024-04-03"))
    assert (
        "2024-04-03, a Wednesday, is no session of SPX: its row is missing. Choose --as-of 2024-04-02 or 2024-04-04."
        in message
    )


def test_a_benchmark_with_too_few_sessions_is_named() -> None:
    message = refused(date(2024, 3, 6), RUT, bars("SPX", "2024-03-01", "2024-04-30"))
    # the 30th weekday from 2024-03-01 is 2024-04-11
    assert "has only 4 of SPX, which begins on 2024-03-01. Choose --as-of 2024-04-11 or later" in message


def test_bars_that_are_too_few_altogether() -> None:
    message = refused(None, bars("RUT", "2024-01-01", "2024-01-31"), SPX)
    assert "2024-01-31, the last session of RUT, has only 23 of RUT" in message
    assert message.endswith("Get more bars: no session of these has that many.")


def test_an_instrument_is_no_benchmark_of_itself() -> None:
    message = refused(None, RUT, RUT)
    assert message == (
        "an article compares two instruments; found RUT and RUT. Name another one with --instrument or --benchmark."
    )


@given(st.dates(date(2023, 12, 1), date(2024, 6, 1)))
@settings(max_examples=60, deadline=None)
def test_every_day_advised_is_one_that_is_taken(day: date) -> None:
    short = bars("SPX", "2024-01-15", "2024-04-24", without="2024-03-12")
    try:
        assert choose_session(day, RUT, short) == day
    except InputError as error:
        advised = [word.strip(".,") for word in str(error).split("--as-of ")[1].split() if word[:4] == "2024"]
        assert advised
        for each in map(date.fromisoformat, advised):
            assert choose_session(each, RUT, short) == each
