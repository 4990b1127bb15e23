"""Sessions at which measures are compared with their oracles, and how a value is compared."""

from __future__ import annotations

from datetime import date
from typing import Any

import measure_oracles as oracle
import numpy as np
import pandas as pd
import pytest

from pipeline.facts.catalogue import catalogue
from pipeline.facts.view import Found, Missing, View, pair_view, view_of
from pipeline.market.bars import Bars


class Day:
    """One as-of: the bars and views of both instruments, and the session that followed."""

    def __init__(self, bars: dict[str, Bars], position: int) -> None:
        frames = {symbol: one.frame.iloc[: position + 1] for symbol, one in bars.items()}
        self.mine, self.theirs = frames["IXIC"], frames["SPX"]
        known = [Bars(bars[symbol].instrument, frames[symbol], "sample", "") for symbol in ("IXIC", "SPX")]
        self.views = [view_of(one) for one in known]
        self.pair = pair_view(*self.views)
        index = bars["IXIC"].frame.index
        self.following = index[position + 1] if position + 1 < len(index) else None

    @property
    def week_over(self) -> bool:
        """Told by the session that really followed."""
        return self.following is None or self.following.to_period("W-SUN") != self.mine.index[-1].to_period("W-SUN")


def compute(view: View, name: str) -> Found | None:
    try:
        view.require(catalogue()[name].bars)
        return catalogue()[name].compute(view)
    except Missing:
        return None


def plain(day: Any) -> date:
    return day.date() if isinstance(day, pd.Timestamp) else day


def assert_same(found: Found | None, expected: Any, what: str, *, digits: int | None = None) -> None:
    """Equal to one part in a billion or at some decimals, with the same sessions where the oracle names them."""
    if expected is None or found is None:
        assert found is expected, what
        return
    value, dates = expected if isinstance(expected, tuple) else (expected, None)
    if isinstance(value, bool | np.bool_ | str):
        assert found.value == value, what
    elif isinstance(value, pd.Timestamp):
        assert found.value == plain(value), what
    elif digits is not None:
        assert abs(float(found.value) - float(value)) <= 0.5 * 10**-digits, what  # type: ignore[arg-type]
    else:
        assert float(found.value) == pytest.approx(float(value), rel=1e-9, abs=1e-9), what  # type: ignore[arg-type]
    if dates is not None:
        assert found.dates == tuple(plain(day) for day in dates), what


def ratio_value(day: Day, name: str) -> Any:
    """What a pair's measure should be."""
    ratio = day.mine.close / day.theirs.close
    year = oracle.since(ratio.to_frame("close"), years=1).close
    mine, theirs = (frame.close.pct_change()[-252:] for frame in (day.mine, day.theirs))
    levels = {
        "ratio_sma_50": ratio[-50:].mean(),
        "ratio_sma_200": ratio[-200:].mean(),
        "ratio_high_52w": oracle.extreme(year, "high"),
        "ratio_low_52w": oracle.extreme(year, "low"),
    }
    if name.startswith("distance_"):
        level = levels[name.removeprefix("distance_")]
        return 100 * (ratio.iloc[-1] / (level[0] if isinstance(level, tuple) else level) - 1)
    if name.startswith("spread_"):
        period = name.removeprefix("spread_")
        return oracle.change(day.mine, period) - oracle.change(day.theirs, period), (
            oracle.reference(day.mine, period),
        )
    others = {
        "ratio": ratio.iloc[-1],
        "beta_252": mine.cov(theirs) / theirs.var(),
        "correlation_252": mine.corr(theirs),
        "common_data_start": max(day.mine.index[0], day.theirs.index[0]),
    }
    return (levels | others)[name]
