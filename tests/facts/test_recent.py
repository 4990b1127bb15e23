"""The tape: rows of the frame counted from its end."""

from __future__ import annotations

import random

import pytest

from pipeline.facts.catalogue import catalogue
from pipeline.facts.view import Missing, view_of
from pipeline.market.bars import Bars

PRICES = ("open", "high", "low", "close")
PROVED = {f"recent_{back}_{what}" for back in range(1, 11) for what in ("date", *PRICES, "change")}
SESSIONS = sorted(random.Random(11).sample(range(11, 5031), 20))


@pytest.mark.parametrize("back", range(1, 11))
def test_rows_before_the_as_of(back: int, sample_bars: dict[str, Bars]) -> None:
    bars, measures = sample_bars["IXIC"], catalogue()
    change = bars.frame.close.pct_change() * 100
    for position in SESSIONS:
        view = view_of(Bars(bars.instrument, bars.frame.iloc[: position + 1], "sample", ""))
        row, day = bars.frame.iloc[position - back], bars.frame.index[position - back].date()
        found = {what: measures[f"recent_{back}_{what}"].compute(view) for what in ("date", *PRICES, "change")}
        assert found["date"].value == day
        assert [found[price].value for price in PRICES] == row[list(PRICES)].tolist()
        assert found["change"].value == pytest.approx(change.iloc[position - back], rel=1e-9)
        assert {one.dates for one in found.values()} == {(day,)}


def test_a_short_series_has_a_short_tape(sample_bars: dict[str, Bars]) -> None:
    bars, measures = sample_bars["IXIC"], catalogue()
    view = view_of(Bars(bars.instrument, bars.frame.iloc[:4], "sample", ""))
    view.require(measures["recent_3_close"].bars)
    for name in ("recent_4_date", "recent_3_change"):
        with pytest.raises(Missing, match="needs 5 daily bars"):
            view.require(measures[name].bars)
