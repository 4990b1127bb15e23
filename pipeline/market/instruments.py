"""Instruments: what they are called, what they are, and how their prices are printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from pipeline.errors import InputError, shown

InstrumentKind = Literal["index", "fund", "stock", "crypto"]

SYMBOL = re.compile(r"[A-Za-z0-9^][A-Za-z0-9.^=_-]{0,31}")
"""What a symbol may look like: it stands in fact ids (`RUT/SPX.ratio`), slots and paths."""

Symbol = Annotated[str, StringConstraints(pattern=f"^{SYMBOL.pattern}$")]
_UNSEEN = r"\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"
Phrase = Annotated[str, StringConstraints(min_length=1, max_length=80, pattern=rf"^[^{_UNSEEN}\[\]|]+$")]
"""A name in one line of visible text; brackets and bars would read as slots."""


class Instrument(BaseModel):
    """One instrument.

    name: the full name, of the first mention. short: the later mention ("the Nasdaq"). aliases: other names people
    write, each of this instrument alone, without an article. nouns: phrases that stand for it once it was named ("the
    tech-heavy index"); two instruments may share one, since only those of the article count. calendar: a market
    identifier code, or 24/7. volume_from: the symbol whose volume stands in for its own, which is not real.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    symbol: Symbol
    name: Phrase
    short: Phrase | Literal[""] = ""
    aliases: tuple[Phrase, ...] = ()
    nouns: tuple[Phrase, ...] = ()
    kind: InstrumentKind = "index"
    currency: Phrase = "USD"
    calendar: Phrase = "XNYS"
    volume_from: Symbol | None = None

    @property
    def later(self) -> str:
        """The name after the first mention."""
        return self.short or self.name


WELL_KNOWN: dict[str, Instrument] = {
    item.symbol: item
    for item in (
        Instrument(
            symbol="SPX", name="S&P 500",
            aliases=("S&P", "S&P500", "S&P 500 index", "S&P 500 stock index", "S&P 500 Composite",
                     "Standard & Poor's 500", "Standard & Poor's 500 index", "Standard and Poor's 500", "SPX", "GSPC",
                     "^GSPC", "^SPX"),
            nouns=("large-cap index", "large-cap gauge", "large-cap benchmark", "large caps", "large-caps",
                   "broad index", "broad gauge", "broad benchmark", "broad market", "broader index", "broader gauge",
                   "broader benchmark", "broader market", "large-cap one", "larger index", "larger gauge",
                   "bigger index", "large-cap stocks", "larger of the two", "bigger of the two"),
            volume_from="SPY",
        ),
        Instrument(
            symbol="IXIC", name="Nasdaq Composite", short="Nasdaq",
            aliases=("Nasdaq", "Nasdaq Composite index", "Nasdaq Comp", "Nasdaq index", "Composite", "IXIC", "^IXIC"),
            nouns=("tech-heavy index", "tech-heavy gauge", "tech-heavy benchmark", "tech-heavy composite",
                   "technology-heavy index", "technology-heavy gauge", "technology-heavy benchmark",
                   "tech-laden index"),
        ),
        Instrument(
            symbol="RUT", name="Russell 2000",
            aliases=("Russell", "Russell2000", "Russell 2000 index", "Russell 2000 small-cap index", "Russell 2K",
                     "RUT", "^RUT"),
            nouns=("small-cap index", "small cap index", "small-cap gauge", "small-cap benchmark",
                   "small-cap barometer", "small caps", "small-caps", "small-cap stocks", "small-company index",
                   "small-cap one", "smaller index", "smaller gauge", "smaller of the two"),
            volume_from="IWM",
        ),
        Instrument(
            symbol="DJI", name="Dow Jones Industrial Average", short="Dow",
            aliases=("Dow", "Dow Jones", "Dow Jones industrials", "Dow industrials", "Dow Jones average", "Dow 30",
                     "Dow Jones 30", "Dow Jones Industrial Average index", "DJIA", "DJI", "^DJI"),
            nouns=("blue-chip index", "blue-chip gauge", "blue-chip benchmark", "blue-chip average", "blue chips",
                   "30-stock index", "30-stock average"),
            volume_from="DIA",
        ),
        Instrument(
            symbol="NDX", name="Nasdaq-100",
            aliases=("Nasdaq 100", "Nasdaq100", "Nasdaq-100 index", "Nasdaq 100 index", "NDX", "^NDX"),
            volume_from="QQQ",
        ),
        Instrument(
            symbol="IWM", name="iShares Russell 2000 ETF", short="IWM",
            aliases=("IWM", "iShares Russell 2000", "iShares Russell 2000 fund"),
            nouns=("Russell 2000 ETF", "Russell 2000 fund", "small-cap ETF", "small-cap fund", "Russell fund",
                   "Russell ETF", "small caps", "small-caps", "small-cap one", "smaller fund", "iShares fund",
                   "iShares ETF", "smaller of the two"), kind="fund",
        ),
        Instrument(
            symbol="SPY", name="SPDR S&P 500 ETF Trust", short="SPY",
            aliases=("SPY", "SPDR S&P 500", "SPDR S&P 500 ETF", "SPDR S&P 500 Trust",
                     "State Street SPDR S&P 500 ETF", "State Street SPDR S&P 500 ETF Trust"),
            nouns=("S&P 500 ETF", "S&P 500 fund", "large-cap ETF", "large-cap fund", "S&P fund", "S&P ETF",
                   "large caps", "large-caps", "large-cap one", "larger fund", "bigger fund", "SPDR fund",
                   "larger of the two"), kind="fund",
        ),
        Instrument(
            symbol="QQQ", name="Invesco QQQ Trust", short="QQQ",
            aliases=("QQQ", "Invesco QQQ", "Invesco QQQ ETF", "Invesco QQQ Trust ETF"),
            nouns=("Nasdaq-100 ETF", "Nasdaq 100 ETF", "Nasdaq-100 fund", "Nasdaq 100 fund"), kind="fund",
        ),
        Instrument(
            symbol="DIA", name="SPDR Dow Jones Industrial Average ETF Trust", short="DIA",
            aliases=("DIA", "SPDR Dow Jones Industrial Average ETF", "SPDR Dow",
                     "State Street SPDR Dow Jones Industrial Average ETF Trust"),
            nouns=("Dow ETF", "Dow fund"), kind="fund",
        ),
        Instrument(
            symbol="BTC-USD", name="Bitcoin", aliases=("BTC", "BTC-USD", "BTC/USD", "BTCUSD"),
            nouns=("cryptocurrency", "digital currency", "token", "coin"), kind="crypto", calendar="24/7",
        ),
        Instrument(
            symbol="ETH-USD", name="Ether", aliases=("Ethereum", "ETH", "ETH-USD", "ETH/USD", "ETHUSD"),
            nouns=("cryptocurrency", "digital currency", "token", "coin"), kind="crypto", calendar="24/7",
        ),
    )
}  # fmt: skip


COIN = re.compile(r"[A-Z0-9]{1,27}-USD")
TICKER = re.compile(r"[A-Z]{1,5}")


def instrument(symbol: str, known: Mapping[str, Instrument] | None = None) -> Instrument:
    """The instrument of a symbol: from `known` (a source's own table), the well-known ones, or by its form.

    A pair such as SOL-USD is a coin, ^VIX an index and anything else a plain stock, each named by its symbol.
    """
    if found := (known or {}).get(symbol) or WELL_KNOWN.get(symbol):
        return found
    if COIN.fullmatch(symbol):
        return Instrument(symbol=symbol, name=symbol, kind="crypto", calendar="24/7")
    return Instrument(symbol=symbol, name=symbol, kind="index" if symbol.startswith("^") else "stock")


def instrument_called(asked: str) -> Instrument:
    """The instrument people mean by a name or symbol, where no file says what it is.

    That is a well-known one by any of its names, in any case, else `instrument`. Capitals of a ticker's length that are
    no name as they stand are a ticker: "Dow" and "dow" are the index, DOW is a company. Raises InputError for what can
    be no symbol.
    """
    if found := _BY_NAME.get(asked) or (None if TICKER.fullmatch(asked) else _BY_FOLDED_NAME.get(asked.casefold())):
        return found
    symbol = asked.upper()
    if not SYMBOL.fullmatch(symbol):
        raise InputError(
            "an instrument is a symbol such as RUT, AAPL or BTC-USD, or a name such as Russell 2000; "
            f"found {shown(asked)}. Write one of these."
        )
    return instrument(symbol)


_BY_NAME = {
    name: item for item in WELL_KNOWN.values() for name in (item.symbol, item.name, item.short, *item.aliases) if name
}
_BY_FOLDED_NAME = {name.casefold(): item for name, item in _BY_NAME.items()}
