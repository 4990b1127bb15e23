"""The yahoo source: what Yahoo gets wrong, in the shapes yfinance gives it, and every way it can fail to answer."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from fake_yahoo import NEW_YORK, PRICES, WEEK, FakeYahoo, at, days, frame, refused

from pipeline.errors import InputError, UnreachableError
from pipeline.market import calendars, yahoo_history
from pipeline.market.bars import COLUMNS, Bars
from pipeline.market.sources.yahoo import YahooSource

yfinance = pytest.importorskip("yfinance")

EVENING = at("2026-01-21T22:00")  # the session of the 21st closed an hour ago
Load = Callable[..., Bars]


@pytest.fixture
def yahoo(monkeypatch: pytest.MonkeyPatch) -> FakeYahoo:
    fake = FakeYahoo(currency="USD", exchangeTimezoneName=NEW_YORK)
    monkeypatch.setattr(yfinance, "Ticker", fake)
    monkeypatch.setattr(yahoo_history, "PAUSE", 0.0)
    return fake


@pytest.fixture
def load(yahoo: FakeYahoo, tmp_path: Path) -> Load:
    """Loads what Yahoo answers for a symbol, without what was kept before."""

    def call(
        answer: Any, symbol: str = "RUT", as_of: date | None = None, now: Callable[[], datetime] = EVENING
    ) -> Bars:
        theirs = {"RUT": "^RUT"}.get(symbol, symbol)
        yahoo.answers[theirs] = answer
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        return YahooSource(cache=folder, now=now).load(symbol, as_of)

    return call


# What a sound answer becomes


def test_closed_sessions_become_bars_that_say_where_they_are_from(load: Load) -> None:
    bars = load(frame(WEEK))
    assert days(bars) == WEEK
    assert bars.frame.index.tz is None
    assert tuple(bars.frame.columns) == COLUMNS
    assert bars.frame.iloc[0].tolist() == list(PRICES)  # not the adjusted close
    assert (bars.source, bars.retrieved, bars.told) == ("yahoo", EVENING(), ())
    assert bars.description == "daily bars from Yahoo Finance, adjusted for splits and not for dividends"
    assert bars.instrument.name == "Russell 2000"


def test_it_asks_for_the_whole_history_without_dividends_and_within_a_time(load: Load, yahoo: FakeYahoo) -> None:
    load(frame(WEEK))
    assert yahoo.options == {
        "period": "max", "interval": "1d", "auto_adjust": False, "actions": False, "timeout": 20.0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "theirs", "symbol"),
    [
        ("RUT", "^RUT", "RUT"), ("spx", "^GSPC", "SPX"), ("^GSPC", "^GSPC", "SPX"), ("S&P 500", "^GSPC", "SPX"),
        ("IXIC", "^IXIC", "IXIC"), ("NDX", "^NDX", "NDX"), ("Dow", "^DJI", "DJI"), ("DOW", "DOW", "DOW"),
        ("^vix", "^VIX", "^VIX"), ("brk-b", "BRK-B", "BRK-B"), ("SPY", "SPY", "SPY"),
    ],
)  # fmt: skip
def test_people_ask_by_our_names_or_theirs(
    yahoo: FakeYahoo, asked: str, theirs: str, symbol: str, tmp_path: Path
) -> None:
    yahoo.answers[theirs] = frame(WEEK)
    assert YahooSource(cache=tmp_path, now=EVENING).load(asked).instrument.symbol == symbol
    assert yahoo.asked == [theirs]


@pytest.mark.parametrize(
    "asked", ["", "../x", "/etc/passwd", "a b", "A/B", "A?b=1", "-A", "x" * 33, "RUT\0", "\x1b[31m"]
)
def test_what_can_be_no_symbol_is_never_asked_for(load: Load, yahoo: FakeYahoo, asked: str) -> None:
    assert "an instrument is a symbol such as RUT" in refused(InputError, lambda: load(frame(WEEK), asked))
    assert yahoo.asked == []


def test_a_coin_closes_at_midnight_utc(load: Load, yahoo: FakeYahoo) -> None:
    yahoo.meta = {"currency": "USD", "exchangeTimezoneName": "UTC", "instrumentType": "CRYPTOCURRENCY"}
    weekend = [date(2026, 1, day) for day in (16, 17, 18, 19)]
    bars = load(frame(weekend, "UTC"), "SOL-USD", now=at("2026-01-19T12:00"))
    assert days(bars) == weekend[:-1]
    assert (bars.instrument.kind, bars.instrument.calendar) == ("crypto", "24/7")
    assert bars.told == ("SOL-USD: the bar of 2026-01-19 is left out, since its close was not final on "
                         "2026-01-19 12:00 UTC.",)  # fmt: skip


# What Yahoo gets wrong


@pytest.mark.parametrize(
    ("now", "last"),
    [
        ("2026-01-20T18:00", date(2026, 1, 16)),  # at noon of a Tuesday after a holiday
        ("2026-01-20T21:19", date(2026, 1, 16)),  # closed, but its close may still be corrected
        ("2026-01-20T21:20", date(2026, 1, 20)),
    ],
)
def test_a_session_in_progress_is_no_bar(load: Load, now: str, last: date) -> None:
    bars = load(frame(WEEK[:-1]), now=at(now))
    assert bars.last == last
    assert [remark.split(" is left out")[0] for remark in bars.told] == (
        [] if last == WEEK[-2] else ["RUT: the bar of 2026-01-20"]
    )


def test_a_half_day_closes_early(load: Load) -> None:
    thanksgiving = [date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 27)]
    assert load(frame(thanksgiving), now=at("2026-11-27T18:20")).last == date(2026, 11, 27)
    assert load(frame(thanksgiving), now=at("2026-11-27T18:19")).last == date(2026, 11, 25)


@pytest.mark.parametrize("hole", [float("nan"), 0.0])
def test_a_newest_bar_without_prices_is_left_out_and_told(load: Load, hole: float) -> None:
    bars = load(frame(dict.fromkeys(WEEK, PRICES) | {WEEK[-1]: (hole, hole, hole, hole, 100)}))
    assert bars.last == WEEK[-2]
    assert bars.told[-1] == "RUT: the newest bars have no prices and are left out: 2026-01-21."
    assert any("Yahoo did not have 2026-01-21 on 2026-01-21 22:00 UTC; its bars end on 2026-01-20." in remark
               for remark in bars.told)  # fmt: skip


def test_missing_last_days_are_told(load: Load) -> None:
    bars = load(frame(WEEK[:-2]))
    assert bars.last == date(2026, 1, 16)
    assert bars.told == (
        "RUT: Yahoo did not have 2026-01-21 on 2026-01-21 22:00 UTC; its bars end on 2026-01-16. Try again in an hour "
        "for the newer session.",
    )


def test_a_missing_session_that_was_asked_for_is_told_with_when_to_try_again(load: Load) -> None:
    message = refused(UnreachableError, lambda: load(frame(WEEK[:-2]), as_of=date(2026, 1, 20)))
    assert message.startswith("Yahoo does not have 2026-01-20 of RUT yet. Try again in an hour, or choose --as-of ")
    assert "--as-of 2026-01-16, or use bars of your own with --source csv --data DIR." in message
    without = [day for day in WEEK if day != date(2026, 1, 14)]
    message = refused(UnreachableError, lambda: load(frame(without), as_of=date(2026, 1, 14)))
    assert "does not have 2026-01-14 of RUT yet. Try again in an hour, or choose --as-of 2026-01-13" in message


def test_a_session_that_has_not_closed_is_refused_without_asking(load: Load, yahoo: FakeYahoo) -> None:
    noon = at("2026-01-21T17:00")
    message = refused(InputError, lambda: load(frame(WEEK), as_of=WEEK[-1], now=noon))
    assert message == (
        "an article needs a session that has closed; the last one of RUT was 2026-01-20 on 2026-01-21 17:00 UTC, and "
        "2026-01-21 is later. Choose --as-of 2026-01-20, or ask again after 2026-01-21 21:20 UTC."
    )
    for day in (date(2026, 2, 1), date(2099, 1, 2), date.max):  # a Sunday, and days nobody waits for
        assert refused(InputError, lambda day=day: load(frame(WEEK), as_of=day, now=noon)).endswith("2026-01-20.")
    assert yahoo.asked == []


def test_a_hole_within_the_last_year_is_told(load: Load) -> None:
    assert load(frame([day for day in WEEK if day.day != 14])).told == (
        "RUT: Yahoo has no bar for sessions of the last year, so counts pass over them: 2026-01-14.",
    )


def test_a_bar_on_a_holiday_is_left_out_and_told(load: Load) -> None:
    bars = load(frame(sorted([*WEEK, date(2026, 1, 19)])))
    assert days(bars) == WEEK
    assert bars.told == ("RUT: bars on days that are no session are left out: 2026-01-19.",)


@pytest.mark.parametrize(
    ("symbol", "price", "expected"),
    [
        ("RUT", 2677.74, 2677.74), ("RUT", 131.235, 131.24), ("AAPL", 0.128348, 0.128348), ("AAPL", 255.53, 255.53),
        ("AAPL", 1.23456, 1.2346), ("SOL-USD", 0.0421337, 0.042134), ("SOL-USD", 143.91234, 143.9123),
    ],
)  # fmt: skip
def test_prices_lose_the_noise_of_single_precision(load: Load, symbol: str, price: float, expected: float) -> None:
    noisy = float(np.float32(price))
    assert noisy != price  # 2677.7399902 for 2677.74
    close = load(frame(dict.fromkeys(WEEK, (noisy,) * 4 + (1,))), symbol).frame["close"]
    assert close.tolist()[-1] == expected


def test_a_high_below_the_close_by_noise_is_mended_and_a_real_one_refused(load: Load) -> None:
    close, high = 2677.740234375, 2677.739990234375  # neighbours in single precision
    assert load(frame(dict.fromkeys(WEEK, (2670.0, high, 2660.0, close, 1)))).frame["high"].tolist()[-1] == 2677.74
    stock = load(frame(dict.fromkeys(WEEK, (267000.0, 267774.0, 266000.0, 267774.03125, 1))), "BRK-A").frame
    assert stock["high"].tolist()[-1] == 267774.0312  # rounding alone leaves the noise of a large price
    wrong = frame(dict.fromkeys(WEEK, PRICES) | {WEEK[2]: (10.0, 10.5, 9.0, 11.0, 1)})
    message = refused(InputError, lambda: load(wrong))
    assert message.startswith("Yahoo's history of RUT needs one sound row per session, oldest first; found 1 fault: ")
    assert "2026-01-14, high: 10.5 is below 11.0, another price of that session." in message
    assert message.endswith("Try again later, or use bars of your own with --source csv --data DIR.")


def test_no_volume_in_a_session_that_moved_is_unknown(load: Load) -> None:
    bars = load(frame(dict.fromkeys(WEEK, PRICES) | {WEEK[-1]: (10.0, 12.0, 9.0, 11.0, 0)}))
    assert bars.frame["volume"].isna().tolist() == [False] * 6 + [True]


def test_a_bar_that_stands_twice_counts_once(load: Load) -> None:
    later = (10.0, 12.0, 9.0, 11.5, 900)
    twice = pd.concat([frame(WEEK), frame({WEEK[1]: (*PRICES[:4], 900), WEEK[-1]: later})])
    bars = load(twice)
    assert days(bars) == WEEK
    assert bars.frame.iloc[-1].tolist() == list(later)  # Yahoo adds the newest trade as a bar of its own
    assert bars.frame["volume"].tolist()[1] == 900
    contradictory = pd.concat([frame(WEEK), frame({WEEK[1]: later})])
    assert "2026-01-13, date: 2026-01-13 stands twice" in refused(InputError, lambda: load(contradictory))


def test_columns_by_symbol_are_read_too(load: Load) -> None:
    table = frame(WEEK)
    table.columns = pd.MultiIndex.from_product([table.columns, ["^RUT"]], names=["Price", "Ticker"])
    assert load(table).frame.iloc[0].tolist() == list(PRICES)


def test_rows_out_of_order_are_sorted_and_days_are_the_exchanges_own(load: Load) -> None:
    assert days(load(frame(WEEK)[::-1])) == WEEK
    naive = frame(WEEK)
    naive.index = naive.index.tz_localize(None)
    assert days(load(naive)) == WEEK


def test_a_history_with_faulty_beginnings_begins_after_them(load: Load) -> None:
    sessions = calendars.sessions("XNYS", date(2021, 6, 1), WEEK[-1])
    bars = dict.fromkeys(sessions, PRICES)
    zero = (0.0, *PRICES[1:])  # Yahoo's S&P 500 has no opens before 1982
    early, late = sessions[99], sessions[-1000]
    loaded = load(frame(bars | dict.fromkeys(sessions[:100], zero)))
    assert loaded.first == sessions[100]
    assert loaded.told == (
        f"RUT: the history begins on {sessions[100]}, since Yahoo's bars up to then are faulty ({early}, open: '0.0' "
        "is not positive).",
    )
    assert len(load(frame(bars | {sessions[-1001]: zero}))) == 1000
    message = refused(InputError, lambda: load(frame(bars | {late: zero})))
    assert f"found 1 fault: {late}, open: '0.0' is not positive." in message


def test_the_previous_close_is_that_of_the_bar_before(load: Load, yahoo: FakeYahoo) -> None:
    from pipeline.facts.build import build_snapshot

    yahoo.meta |= {"previousClose": "0.01", "chartPreviousClose": "0.01"}  # as Yahoo has stated it for ^RUT
    sessions = calendars.sessions("XNYS", date(2025, 10, 1), WEEK[-1])
    bars = load(frame(dict.fromkeys(sessions, PRICES) | {sessions[-1]: (11.0, 13.0, 10.0, 12.1, 1)}))
    snapshot = build_snapshot(bars)
    assert str(snapshot.by_id["RUT.previous_close"].value) == "11.000000"
    assert str(snapshot.by_id["RUT.change_1d"].value) == "10.000000"
    assert snapshot.sources[0].retrieved == EVENING()


# How it fails


def test_a_rate_limit_is_told_and_never_asked_again(load: Load, yahoo: FakeYahoo) -> None:
    message = refused(UnreachableError, lambda: load(yfinance.exceptions.YFRateLimitError()))
    assert message == (
        "Yahoo takes no more requests from here for now; ^RUT was not fetched. Try again in some minutes, or use bars "
        "of your own with --source csv --data DIR."
    )
    assert yahoo.asked == ["^RUT"]


@pytest.mark.parametrize(
    ("failure", "says"),
    [
        (TimeoutError("no answer within 60 seconds"), "could not be reached for ^RUT: 'no answer within 60 seconds'"),
        (OSError("Failed to perform, curl: (6) Could not resolve host"), "'curl: (6) Could not resolve host'"),
        (ConnectionError("\x1b[31m"), r"could not be reached for ^RUT: '\x1b[31m'"),
        (frame([]), "Yahoo gave no bars of ^RUT. Try again in some minutes"),
        (None, "Yahoo gave no bars of ^RUT."),
    ],
)
def test_what_may_pass_at_once_is_tried_once_more(load: Load, yahoo: FakeYahoo, failure: Any, says: str) -> None:
    message = refused(UnreachableError, lambda: load(failure))
    assert says in message
    assert "ry again" in message
    assert yahoo.asked == ["^RUT", "^RUT"]
    assert days(load([failure, frame(WEEK)])) == WEEK  # a hiccup costs nobody anything


@pytest.mark.parametrize(
    ("failure", "says"),
    [
        (yfinance.exceptions.YFPricesMissingError("^RUT", ""), "Yahoo gave no bars of ^RUT. Try again in some minutes"),
        (KeyError("chart"), "in a form that yfinance 1.7.0 does not read (KeyError: \"'chart'\")"),
        (json.JSONDecodeError("Expecting value", "", 0), "(JSONDecodeError: 'Expecting value: line 1 column 1"),
    ],
)
def test_an_answer_that_cannot_be_read_is_not_asked_for_again(
    load: Load, yahoo: FakeYahoo, failure: Any, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(yfinance, "__version__", "1.7.0")
    message = refused(UnreachableError, lambda: load(failure))
    assert says in message
    assert "ry again" in message
    assert yahoo.asked == ["^RUT"]


@pytest.mark.parametrize(
    "failure",
    [
        yfinance.exceptions.YFTzMissingError("BRK.B"),
        yfinance.exceptions.YFPricesMissingError("BRK.B", "", "No data found, symbol may be delisted"),
    ],
)
def test_an_unknown_symbol_is_the_persons_to_mend(load: Load, yahoo: FakeYahoo, failure: Exception) -> None:
    message = refused(InputError, lambda: load(failure, "BRK.B"))
    assert message == (
        "Yahoo has no symbol 'BRK.B'. Write it as Yahoo does (BRK-B for BRK.B), or use bars of your own with "
        "--source csv --data DIR."
    )
    assert yahoo.asked == ["BRK.B"]


@pytest.mark.parametrize(
    ("symbol", "meta", "found"),
    [
        ("VOD.L", {"currency": "GBp", "exchangeTimezoneName": "Europe/London"}, "VOD.L: 'GBp, Europe/London'"),
        ("VUSD.L", {"currency": "USD", "exchangeTimezoneName": "Europe/London"}, "VUSD.L: 'Europe/London'"),
        ("ES=F", {"currency": "USD", "instrumentType": "FUTURE"}, "ES=F: 'FUTURE'"),
        ("DX-Y.NYB", {"currency": "USD", "instrumentType": "INDEX"}, "DX-Y.NYB: 'INDEX'"),
    ],
)
def test_another_market_is_not_called_a_stock_in_dollars(
    load: Load, yahoo: FakeYahoo, symbol: str, meta: dict[str, str], found: str
) -> None:
    yahoo.meta = meta
    assert found in refused(InputError, lambda: load(frame(WEEK), symbol))


def test_an_index_of_chicago_and_bars_without_any_word_on_them_pass(load: Load, yahoo: FakeYahoo) -> None:
    yahoo.meta = {"currency": "USD", "exchangeTimezoneName": "America/Chicago", "instrumentType": "INDEX"}
    assert load(frame(WEEK, "America/Chicago"), "^VIX").instrument.kind == "index"
    yahoo.meta = {}
    assert days(load(frame(WEEK), "ABC")) == WEEK


def test_bars_without_a_column_or_a_closed_session_are_no_answer(load: Load) -> None:
    assert "have no close, volume. Try again later" in refused(
        UnreachableError, lambda: load(frame(WEEK).drop(columns=["Close", "Volume"]))
    )
    message = refused(UnreachableError, lambda: load(frame(WEEK[-1:]), now=at("2026-01-21T15:00")))
    assert message.startswith("Yahoo has no closed session of RUT with prices.")


def test_without_the_extra_it_says_what_to_install(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yfinance", None)
    message = refused(InputError, lambda: load(frame(WEEK)))
    assert message.startswith("the source yahoo needs the package yfinance; found none")
    assert message.endswith("Install it: pip install 'technical-trader[yahoo]'.")


def test_a_folder_is_refused_rather_than_ignored() -> None:
    with pytest.raises(InputError, match="the source yahoo reads no folder; found 'bars' named as data"):
        YahooSource(Path("bars"))


def test_a_long_history_is_cleaned_quickly(load: Load) -> None:
    import time

    sessions = [date(1960, 1, 4) + timedelta(days=n) for n in range(24_000)]
    answer = frame(sessions, "UTC")
    start = time.perf_counter()
    bars = load(answer, "BTC-USD", now=at("2025-09-19T12:00"))
    assert len(bars) > 23_900
    assert time.perf_counter() - start < 5  # 0.6 s on two busy cores
