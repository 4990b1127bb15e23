"""A proxy on the page: its facts have its name, a pair keeps its two, records count from the article's own bars."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.facts.build import build_snapshot
from pipeline.facts.catalogue import catalogue
from pipeline.market.bars import Bars
from pipeline.market.instruments import instrument
from pipeline.publishing.evidence import Evidence, method_lines


def hand(symbol: str, sessions: int) -> Bars:
    close = 100 + np.random.default_rng(sessions).normal(0, 1, sessions).cumsum()
    frame = pd.DataFrame({"open": close, "high": close + 1, "low": close - 1, "close": close, "volume": 1e6},
                         index=pd.bdate_range(end="2024-06-28", periods=sessions))  # fmt: skip
    return Bars(instrument(symbol), frame, "hand", f"bars of {symbol}")


def test_names_of_facts_and_the_start_of_records() -> None:
    made = build_snapshot(hand("RUT", 90), hand("SPX", 80), proxies=(hand("IWM", 40), hand("SPY", 40)))
    shown = Evidence(made, catalogue()).shown(["IWM.volume", "RUT/SPX.ratio"])
    assert [item.name for item in shown] == ["iShares Russell 2000 ETF", "Russell 2000 / S&P 500"]
    assert shown[0].value == "1,000,000 shares"
    lines = method_lines(made)
    assert lines[2].startswith("iShares Russell 2000 ETF: bars of IWM (hand:IWM), 40 sessions")
    assert any("from where the data begin, March 11, 2024 at the latest" in line for line in lines)
