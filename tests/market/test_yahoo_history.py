"""The conversation with Yahoo: yfinance as it is, above the answers of a server recorded by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from fake_yahoo import NEW_YORK, WEEK, at, days, refused

from pipeline.errors import InputError, UnreachableError
from pipeline.market import yahoo_history
from pipeline.market.sources.yahoo import YahooSource

pytest.importorskip("yfinance")

EVENING = at("2026-01-21T22:00")  # the session of the 21st closed an hour ago


class Server:
    """Stands in for the network below yfinance: answers charts, and records what was asked and with which timeout."""

    def __init__(self, chart: Any, status: int = 200) -> None:
        self.chart, self.status = chart, status
        self.asked: list[tuple[str, float]] = []

    def __call__(self, _method: str, url: str, **options: Any) -> Any:
        self.asked.append((url.split("?")[0], options["timeout"]))
        if yahoo_history.BARS not in url:
            return Response(200, "crumb")
        if isinstance(self.chart, Exception):
            raise self.chart
        return Response(self.status, json.dumps(self.chart))

    @property
    def charts(self) -> int:
        return sum(yahoo_history.BARS in url for url, _ in self.asked)


class Response:
    def __init__(self, status: int, text: str) -> None:
        self.status_code, self.text, self.content, self.url = status, text, text.encode(), "https://x.yahoo.com/"

    def json(self) -> Any:
        return json.loads(self.text)

    def raise_for_status(self) -> None:
        assert self.status_code < 400


def chart(days: list[date], **meta: Any) -> dict[str, Any]:
    """Yahoo's answer to /v8/finance/chart: seconds since 1970 of each open, 09:30 in New York, and single precision."""
    opens = [int(datetime.fromisoformat(f"{day}T14:30+00:00").timestamp()) for day in days]
    price = [2677.739990234375] * len(days)
    stated = {"currency": "USD", "exchangeTimezoneName": NEW_YORK, "instrumentType": "INDEX", "symbol": "^RUT",
              "validRanges": ["1d", "max"], "gmtoffset": -18000, "timezone": "EST", "dataGranularity": "1d",
              "previousClose": 0.01, "priceHint": 2, "firstTradeDate": 0, "regularMarketTime": opens[-1]}  # fmt: skip
    quote = {"open": price, "high": price, "low": price, "close": price, "volume": [5] * len(days)}
    result = {"meta": stated | meta, "timestamp": opens,
              "indicators": {"quote": [quote], "adjclose": [{"adjclose": price}]}}  # fmt: skip
    return {"chart": {"result": [result], "error": None}}


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Server]]:
    """Puts a server's answers below a new session."""
    from curl_cffi.requests import Session
    from yfinance.data import SingletonMeta

    def put(answer: Any, status: int = 200) -> Server:
        server = Server(answer, status)
        monkeypatch.setattr(Session, "request", server)  # an object, so no session is handed in
        monkeypatch.setattr(SingletonMeta, "_instances", {})
        monkeypatch.setattr(yahoo_history, "PAUSE", 0.0)
        yahoo_history._line.cache_clear()
        return server

    yield put
    yahoo_history._line.cache_clear()


def test_yfinance_reads_the_answer_and_no_request_may_take_long(serve: Callable[..., Server], tmp_path: Path) -> None:
    server = serve(chart(WEEK))
    bars = YahooSource(cache=tmp_path, now=EVENING).load("RUT")
    assert days(bars) == WEEK
    assert bars.frame["close"].unique().tolist() == [2677.74]
    assert all(".yahoo.com/" in f"{url}/" for url, _ in server.asked)
    assert all(0 < seconds <= 20 for _, seconds in server.asked)
    assert server.charts == 2  # yfinance asks for the time zone first


def test_a_404_is_an_unknown_symbol_at_once(serve: Callable[..., Server], tmp_path: Path) -> None:
    error = {"code": "Not Found", "description": "No data found, symbol may be delisted"}
    server = serve({"chart": {"result": None, "error": error}}, 404)
    assert "Yahoo has no symbol 'NOPE'" in refused(
        InputError, lambda: YahooSource(None, tmp_path, EVENING).load("NOPE")
    )
    assert server.charts == 1


@pytest.mark.parametrize(
    ("answer", "status", "says", "charts"),
    [
        ({"finance": {"error": "Too Many Requests"}}, 429, "takes no more requests", 1),
        ({}, 503, "could not be reached for ^RUT: 'Yahoo answered with status 503'", 2),
        (OSError("curl: (28) Operation timed out"), 0, "could not be reached for ^RUT: 'curl: (28)", 2),
        ({"finance": {"error": {"code": "Unauthorized", "description": "Invalid Crumb"}}}, 200, "does not read", 1),
    ],
)
def test_the_session_ends_a_conversation_that_leads_nowhere(
    serve: Callable[..., Server], tmp_path: Path, answer: Any, status: int, says: str, charts: int
) -> None:
    server = serve(answer, status)
    assert says in refused(UnreachableError, lambda: YahooSource(None, tmp_path, EVENING).load("RUT"))
    assert server.charts == charts


def test_the_deadline_ends_all_that_follows(
    serve: Callable[..., Server], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(chart(WEEK))
    ticks = iter(range(0, 10_000, 25))
    monkeypatch.setattr(yahoo_history.time, "monotonic", lambda: float(next(ticks)))
    message = refused(UnreachableError, lambda: YahooSource(None, tmp_path, EVENING).load("RUT"))
    assert "'no answer within 60 seconds'" in message
    assert [seconds for _, seconds in server.asked] == [20, 10]  # 25 and 50 seconds after the start


def test_nobody_but_yahoo_is_asked(serve: Callable[..., Server]) -> None:
    server = serve(chart(WEEK))
    session = yahoo_history._line().session
    for url in (
        "https://example.com/",
        "https://yahoo.com.example.com/",
        "https://notyahoo.com/",
        "file:///etc/passwd",
    ):
        with pytest.raises(ConnectionError, match="is not Yahoo"):
            session.get(url)
    assert server.asked == []


@pytest.mark.slow
def test_yfinance_prints_nothing_and_writes_nothing_at_home(tmp_path: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from curl_cffi.requests import Session
from pipeline.errors import UnreachableError
from pipeline.market import calendars, yahoo_history
from pipeline.market.sources.yahoo import YahooSource
def request(*given, **options):
    raise OSError("no network in tests")
Session.request, yahoo_history.PAUSE = request, 0
try:
    YahooSource(cache=Path({str(tmp_path / "cache")!r})).load("RUT")
except UnreachableError:
    sys.exit(3)
"""
    home = tmp_path / "home"
    home.mkdir()
    environment = {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "LOCALAPPDATA": str(home),
        "PATH": "",
        "TMPDIR": str(home),
    }
    root = Path(__file__).resolve().parents[2]
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment, cwd=root
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (3, "", "")
    assert list(home.rglob("*")) == []
