"""Instruments: what they are called, what they are, and how their prices are printed."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

InstrumentKind = Literal["index", "fund", "stock", "crypto"]


class Instrument(BaseModel):
    """One instrument. `name` is the full name of the first mention; `aliases` are other names people write;
    `short` is the later mention ("the Nasdaq"); `nouns` are phrases that may stand for it once it was named
    ("the tech-heavy index")."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    symbol: str
    name: str
    short: str = ""
    aliases: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    kind: InstrumentKind = "index"
    currency: str = "USD"
    calendar: str = "XNYS"
    volume_from: str | None = None

    @property
    def later(self) -> str:
        """The name after the first mention."""
        return self.short or self.name


WELL_KNOWN: dict[str, Instrument] = {
    item.symbol: item
    for item in (
        Instrument(symbol="SPX", name="S&P 500", aliases=("S&P 500 index", "S&P", "SPX", "S&P500", "Standard & Poor's 500"),
                   nouns=("large-cap index", "large-cap gauge", "large-cap benchmark", "broad index", "broad benchmark",
                          "broad gauge", "broader market", "broad market", "blue-chip benchmark", "broader index")),
        Instrument(symbol="IXIC", name="Nasdaq Composite", short="Nasdaq",
                   aliases=("Nasdaq", "Nasdaq Composite index", "IXIC", "the Composite", "Composite", "Nasdaq index"),
                   nouns=("tech-heavy index", "tech-heavy gauge", "technology-heavy index", "technology-heavy gauge",
                          "tech-heavy benchmark")),
        Instrument(symbol="RUT", name="Russell 2000", aliases=("Russell 2000 index", "Russell", "RUT", "Russell2000"),
                   nouns=("small-cap index", "small-cap gauge", "small-cap benchmark", "small caps", "small-caps",
                          "small-cap barometer", "small cap index")),
        Instrument(symbol="DJI", name="Dow Jones Industrial Average", short="Dow",
                   aliases=("Dow", "Dow Jones", "Dow industrials", "DJIA", "DJI"), nouns=("blue-chip index", "blue-chip gauge")),
        Instrument(symbol="NDX", name="Nasdaq-100", aliases=("Nasdaq 100", "NDX")),
        Instrument(symbol="IWM", name="iShares Russell 2000 ETF", short="IWM", aliases=("IWM", "Russell 2000 ETF"),
                   nouns=("small-cap fund", "small-cap ETF"), kind="fund"),
        Instrument(symbol="SPY", name="SPDR S&P 500 ETF Trust", short="SPY", aliases=("SPY", "SPDR S&P 500 ETF", "S&P 500 ETF"),
                   nouns=("S&P 500 fund", "large-cap fund"), kind="fund"),
        Instrument(symbol="QQQ", name="Invesco QQQ Trust", short="QQQ", aliases=("QQQ", "Invesco QQQ"), kind="fund"),
        Instrument(symbol="DIA", name="SPDR Dow Jones Industrial Average ETF", short="DIA", aliases=("DIA",), kind="fund"),
        Instrument(symbol="BTC-USD", name="Bitcoin", aliases=("BTC", "BTC-USD", "BTC/USD"), nouns=("cryptocurrency", "token", "coin"),
                   kind="crypto", calendar="24/7"),
        Instrument(symbol="ETH-USD", name="Ether", aliases=("Ethereum", "ETH", "ETH-USD", "ETH/USD"), nouns=("cryptocurrency", "token"),
                   kind="crypto", calendar="24/7"),
    )
}  # fmt: skip


def instrument(symbol: str, known: dict[str, Instrument] | None = None) -> Instrument:
    """The instrument of a symbol: from `known` (a source's own table), the well-known ones, or a plain stock."""
    found = (known or {}).get(symbol) or WELL_KNOWN.get(symbol)
    return found or Instrument(symbol=symbol, name=symbol, kind="stock")


class InstrumentTable(BaseModel):
    """The tables of an instruments.toml: one per symbol."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    instruments: dict[str, Instrument] = Field(default_factory=dict)
