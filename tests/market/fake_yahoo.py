"""A stand-in for yfinance.Ticker, with frames in the shapes it returns: made by hand, the network never asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import pytest

from pipeline.errors import TechnicalTraderError
from pipeline.market.bars import Bars

NEW_YORK = "America/New_York"
# The XNYS sessions around Martin Luther King Day, Monday 2026-01-19, read off a calendar on paper.
WEEK = [date(2026, 1, day) for day in (12, 13, 14, 15, 16, 20, 21)]
PRICES = (10.0, 12.0, 9.0, 11.0, 500)


def frame(bars: Mapping[date, Sequence[float]] | Sequence[date], zone: str = NEW_YORK) -> pd.DataFrame:
    """Bars as history(auto_adjust=False, actions=False) gives them: midnights of the exchange, an Adj Close."""
    rows = dict(bars) if isinstance(bars, Mapping) else dict.fromkeys(bars, PRICES)
    index = pd.DatetimeIndex([pd.Timestamp(day) for day in rows], name="Date").tz_localize(zone)
    table = pd.DataFrame(list(rows.values()), index=index, columns=["Open", "High", "Low", "Close", "Volume"])
    table.insert(4, "Adj Close", table["Close"] * 0.9)
    return table


class FakeYahoo:
    """Answers yfinance.Ticker(symbol, session=...): a frame per symbol or an error, and a list of who was asked for."""

    def __init__(self, **meta: str) -> None:
        self.answers: dict[str, Any] = {}
        self.asked: list[str] = []
        self.options: dict[str, Any] = {}
        self.meta = meta

    def __call__(self, symbol: str, *, session: object) -> FakeTicker:
        assert session is not None, "without one, yfinance asks for as long as it likes"
        self.asked.append(symbol)
        answer = self.answers[symbol]
        return FakeTicker(self, answer.pop(0) if isinstance(answer, list) else answer)


class FakeTicker:
    """Only what may be asked for is there: `info` and `fast_info`, with their wrong previous closes, are not."""

    def __init__(self, yahoo: FakeYahoo, answer: Any) -> None:
        self._yahoo, self._answer = yahoo, answer
        self.history_metadata = yahoo.meta

    def history(self, **options: Any) -> pd.DataFrame:
        self._yahoo.options = options
        if isinstance(self._answer, Exception):
            raise self._answer
        table: pd.DataFrame = self._answer
        return table

    def __getattr__(self, name: str) -> Any:
        pytest.fail(f"{name} of a ticker is read")


def at(text: str) -> Callable[[], datetime]:
    """A clock that stands, in UTC."""
    moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return lambda: moment


def refused(kind: type[TechnicalTraderError], load: Callable[[], object]) -> str:
    """The message of a failure, in one visible line."""
    with pytest.raises(kind) as caught:
        load()
    assert type(caught.value) is kind
    assert str(caught.value).isprintable()
    return str(caught.value)


def days(bars: Bars) -> list[date]:
    return [stamp.date() for stamp in bars.frame.index]
