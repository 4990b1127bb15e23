"""Asking Yahoo: a symbol's whole daily history through yfinance, bounded in time, each failure one plain error.

yfinance asks for more than the bars (a cookie, a crumb, the time zone) with timeouts of its own, looks a second time
where Yahoo refused, and reads pages that no fact needs where a symbol is unknown. So it gets a session that keeps every
request within one deadline, speaks to Yahoo alone, and ends the conversation where the answer is clear.
"""

from __future__ import annotations

import logging
import os
import time
import warnings
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pipeline.errors import InputError, UnreachableError, shown

if TYPE_CHECKING:
    import pandas as pd

TIMEOUT, DEADLINE = 20.0, 60.0
"""Seconds for one request, and for all that one history needs."""
PAUSE = 1.0
"""Seconds before the second and last attempt: a lost connection or an empty answer often passes at once, and what does
not is for a person or a schedule to try again. Anything else would be the same a second time."""
BARS = "/v8/finance/chart/"
ELSEWHERE = "or use bars of your own with --source csv --data DIR"


@dataclass(frozen=True, slots=True)
class Answer:
    """frame: the bars as yfinance returns them. currency, zone, kind (INDEX): what Yahoo says, "" where it does not."""

    frame: pd.DataFrame
    currency: str = ""
    zone: str = ""
    kind: str = ""


class _UnknownError(Exception):
    """Yahoo does not have the symbol."""


class _EmptyError(Exception):
    """An answer without bars."""


@dataclass(slots=True)
class _Line:
    """The session of this process, which holds Yahoo's cookie, and when the conversation under way ends."""

    session: Any
    until: float = 0.0


def history(symbol: str) -> Answer:
    """Daily bars of a symbol of Yahoo's since they begin, split-adjusted and not dividend-adjusted.

    Raises InputError for an unknown symbol or if yfinance is not installed, UnreachableError for what may pass.
    """
    library = _library()
    line = _line()
    line.until = time.monotonic() + DEADLINE
    failure: Exception = _EmptyError()
    for pause in (0.0, PAUSE):
        time.sleep(pause)
        try:
            return _ask(library, line, symbol)
        except library.exceptions.YFRateLimitError:  # asking again at once would only prolong it
            raise UnreachableError(
                f"Yahoo takes no more requests from here for now; {symbol} was not fetched. "
                f"Try again in some minutes, {ELSEWHERE}."
            ) from None
        except (OSError, _EmptyError) as error:
            failure = error
        except Exception as error:  # whatever broke inside: an unknown symbol, JSON, a field that is not there
            if not _says_unknown(error, library):
                raise UnreachableError(_why(error, library, symbol)) from None
            hint = f"{symbol.replace('.', '-')} for {symbol}" if "." in symbol else "BRK-B, ^VIX, SOL-USD"
            raise InputError(
                f"Yahoo has no symbol {shown(symbol)}. Write it as Yahoo does ({hint}), {ELSEWHERE}."
            ) from None
    raise UnreachableError(_why(failure, library, symbol)) from None


def _ask(library: ModuleType, line: _Line, symbol: str) -> Answer:
    """One attempt. Raises _EmptyError for an answer without bars, else what the session and yfinance raise."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # those of yfinance are for its own authors
        ticker = library.Ticker(symbol, session=line.session)
        frame = ticker.history(period="max", interval="1d", auto_adjust=False, actions=False, timeout=TIMEOUT)
        if frame is None or frame.empty:
            raise _EmptyError
        facts = ticker.history_metadata or {}
        said = (str(facts.get(name) or "") for name in ("currency", "exchangeTimezoneName", "instrumentType"))
        return Answer(frame, *said)


def _library() -> ModuleType:
    """yfinance, made quiet. It keeps no files: its caches are off where their folder cannot be made."""
    try:
        import yfinance
    except ImportError as error:
        raise InputError(
            f"the source yahoo needs the package yfinance; found none ({error}). "
            "Install it: pip install 'technical-trader[yahoo]'."
        ) from None
    logging.getLogger("yfinance").setLevel(logging.CRITICAL + 1)
    yfinance.set_tz_cache_location(os.path.join(os.devnull, "none"))
    yfinance.config.debug.hide_exceptions = False
    library: ModuleType = yfinance
    return library


@lru_cache(maxsize=1)
def _line() -> _Line:
    """A browser-like session whose requests end with the conversation's deadline."""
    from curl_cffi.requests import Session
    from yfinance.exceptions import YFRateLimitError

    session: Any = Session(impersonate="chrome")
    line, send = _Line(session), session.request

    def bounded(method: Any, url: str, **options: Any) -> Any:
        host = urlsplit(url).hostname or ""
        if not host.endswith(".yahoo.com"):
            raise ConnectionError(f"{host} is not Yahoo")
        left = line.until - time.monotonic()
        if left <= 0:
            raise TimeoutError(f"no answer within {DEADLINE:.0f} seconds")
        response = send(method, url, **options | {"timeout": min(TIMEOUT, left)})
        if response.status_code >= 500:
            raise ConnectionError(f"Yahoo answered with status {response.status_code}")
        if BARS in url and response.status_code == 404:
            raise _UnknownError
        if BARS in url and response.status_code == 429:
            raise YFRateLimitError
        return response

    session.request = bounded
    return line


def _says_unknown(error: Exception, library: ModuleType) -> bool:
    """Whether an error means that the symbol does not exist, rather than that its bars are missing for now."""
    known = isinstance(error, _UnknownError | library.exceptions.YFTzMissingError)
    return known or "No data found" in str(error)  # Yahoo's own words


def _why(failure: Exception, library: ModuleType, symbol: str) -> str:
    """What a person may do about a history that was not to be had."""
    if isinstance(failure, _EmptyError | library.exceptions.YFTickerMissingError):
        return f"Yahoo gave no bars of {symbol}. Try again in some minutes, {ELSEWHERE}."
    if isinstance(failure, OSError):
        return (
            f"Yahoo could not be reached for {symbol}: {shown(str(failure).removeprefix('Failed to perform, '))}. "
            f"Try again when the network is there, {ELSEWHERE}."
        )
    return (
        f"Yahoo's answer for {symbol} is in a form that yfinance {library.__version__} does not read "
        f"({type(failure).__name__}: {shown(failure)}). Try again later, or renew it: pip install -U yfinance."
    )
