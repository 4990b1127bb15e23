"""Instruments: names that belong to one instrument alone, and what no name may hold."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest
from pydantic import ValidationError

from pipeline.errors import InputError
from pipeline.market.instruments import WELL_KNOWN, Instrument, instrument, instrument_called


def names(item: Instrument) -> set[str]:
    """All names of an instrument, as a reader sees them."""
    return {name.casefold() for name in (item.symbol, item.name, item.short, *item.aliases) if name}


def test_no_name_belongs_to_two_instruments() -> None:
    counts = Counter(name for item in WELL_KNOWN.values() for name in names(item))
    assert [name for name, number in counts.items() if number > 1] == []


def test_no_noun_is_another_instruments_name_and_only_coins_or_a_fund_and_its_index_share_nouns() -> None:
    counts = Counter(noun.casefold() for item in WELL_KNOWN.values() for noun in item.nouns)
    of_pairs = set()
    for fund, index in (("IWM", "RUT"), ("SPY", "SPX")):
        of_pairs |= set(WELL_KNOWN[fund].nouns) & set(WELL_KNOWN[index].nouns)
    assert {noun for noun, number in counts.items() if number > 1} == {
        "cryptocurrency", "digital currency", "token", "coin", *of_pairs,
    }  # fmt: skip
    assert not set(counts) & {name for item in WELL_KNOWN.values() for name in names(item)}


def test_names_stand_without_an_article_and_once() -> None:
    for item in WELL_KNOWN.values():
        phrases = (*item.aliases, *item.nouns)
        assert len(set(phrases)) == len(phrases), item.symbol
        assert not [phrase for phrase in phrases if phrase.lower().startswith(("the ", "a "))], item.symbol


@pytest.mark.parametrize(
    ("written", "symbol"),
    [
        ("S&P 500", "SPX"), ("Standard & Poor's 500", "SPX"), ("Nasdaq", "IXIC"), ("Nasdaq 100", "NDX"), ("Dow", "DJI"),
        ("Russell 2000", "RUT"), ("IWM", "IWM"), ("SPDR S&P 500 ETF Trust", "SPY"), ("BTC", "BTC-USD"),
        ("Ethereum", "ETH-USD"), ("Dow Jones Industrial Average", "DJI"), ("DJIA", "DJI"),
    ],
)  # fmt: skip
def test_what_people_write_is_known(written: str, symbol: str) -> None:
    assert [item.symbol for item in WELL_KNOWN.values() if written.casefold() in names(item)] == [symbol]


def test_funds_and_coins_are_told_from_indexes() -> None:
    assert {item.symbol: item.kind for item in WELL_KNOWN.values() if item.kind != "index"} == {
        "IWM": "fund", "SPY": "fund", "QQQ": "fund", "DIA": "fund", "BTC-USD": "crypto", "ETH-USD": "crypto",
    }  # fmt: skip
    assert {item.kind for item in WELL_KNOWN.values() if item.calendar == "24/7"} == {"crypto"}


def test_an_index_takes_volume_from_the_fund_that_tracks_it_and_nothing_else_does() -> None:
    assert {item.symbol: item.volume_from for item in WELL_KNOWN.values() if item.volume_from} == {
        "RUT": "IWM", "SPX": "SPY", "NDX": "QQQ", "DJI": "DIA",  # the Nasdaq Composite has none: QQQ tracks the 100
    }  # fmt: skip
    assert {WELL_KNOWN[item.volume_from].kind for item in WELL_KNOWN.values() if item.volume_from} == {"fund"}


@pytest.mark.parametrize(
    ("asked", "symbol"),
    [
        ("RUT", "RUT"), ("rut", "RUT"), ("^rut", "RUT"), ("Russell 2000", "RUT"), ("russell 2000", "RUT"),
        ("^GSPC", "SPX"), ("S&P 500", "SPX"), ("Nasdaq", "IXIC"), ("NASDAQ", "IXIC"), ("Dow", "DJI"), ("dow", "DJI"),
        ("DOW", "DOW"), ("DJIA", "DJI"), ("bitcoin", "BTC-USD"), ("BTC", "BTC-USD"), ("btc-usd", "BTC-USD"),
        ("spy", "SPY"), ("large caps", None), ("Russell  2000", None), ("", None), ("../RUT", None), ("A\n", None),
    ],
)  # fmt: skip
def test_people_call_instruments_by_any_of_their_names(asked: str, symbol: str | None) -> None:
    if symbol is None:
        with pytest.raises(InputError, match="an instrument is a symbol such as RUT, AAPL or BTC-USD, or a name"):
            instrument_called(asked)
    else:
        assert instrument_called(asked) == WELL_KNOWN.get(symbol, instrument(symbol))


def test_every_name_of_an_instrument_finds_it() -> None:
    for item in WELL_KNOWN.values():
        for name in (item.symbol, item.name, item.later, *item.aliases):
            assert instrument_called(name) is item


@pytest.mark.parametrize(
    ("asked", "symbol", "kind", "calendar"),
    [
        ("SOL-USD", "SOL-USD", "crypto", "24/7"), ("doge-usd", "DOGE-USD", "crypto", "24/7"),
        ("^VIX", "^VIX", "index", "XNYS"), ("aapl", "AAPL", "stock", "XNYS"), ("BRK-B", "BRK-B", "stock", "XNYS"),
        ("BTC-EUR", "BTC-EUR", "stock", "XNYS"),
    ],
)  # fmt: skip
def test_a_symbol_nobody_knows_is_told_by_its_form(asked: str, symbol: str, kind: str, calendar: str) -> None:
    found = instrument_called(asked)
    assert (found.symbol, found.name, found.kind, found.calendar) == (symbol, symbol, kind, calendar)


def test_an_unknown_symbol_is_a_stock_of_that_name() -> None:
    assert instrument("ACME") == Instrument(symbol="ACME", name="ACME", kind="stock")


def test_a_sources_own_table_comes_first() -> None:
    own = Instrument(symbol="RUT", name="Small caps")
    assert instrument("RUT", {"RUT": own}) is own
    assert instrument("SPX", {"RUT": own}) is WELL_KNOWN["SPX"]
    assert WELL_KNOWN["SPX"].later == "S&P 500"
    assert WELL_KNOWN["IXIC"].later == "Nasdaq"


@pytest.mark.parametrize("name", ["", "a\nb", "[[RUT.close]]", "a|b", "a\x1bb", "a\u202eb", "x" * 81])
def test_a_name_is_one_visible_line_that_is_no_slot(name: str) -> None:
    with pytest.raises(ValidationError):
        Instrument(symbol="X", name=name)


@pytest.mark.parametrize("symbol", ["", "..", "../X", "a b", "a/b", "a\0", "[X]", "X\n", "-X", "x" * 33])
def test_a_symbol_fits_into_ids_and_paths(symbol: str) -> None:
    with pytest.raises(ValidationError):
        Instrument(symbol=symbol, name="X")


def test_reading_instruments_loads_nothing_heavy() -> None:
    code = "import sys, pipeline.market.instruments, pipeline.market.sources; print('pandas' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
