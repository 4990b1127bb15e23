"""Largest since: against plain pandas at 100 sessions, and closes made by hand."""

from __future__ import annotations

import random
from typing import Any

import pandas as pd
import pytest

from pipeline.facts.catalogue import catalogue
from pipeline.facts.view import Missing, View, view_of
from pipeline.market.bars import Bars
from pipeline.market.instruments import Instrument

WAYS = ("gain", "loss", "move")
PROVED = {f"largest_{way}_{span}_since{end}" for way in WAYS for span in ("day", "week") for end in ("", "_change")}
SESSIONS = sorted(random.Random(13).sample(range(300, 5031), 100))


def hand(close: list[float]) -> View:
    """A daily view of hand-made closes on weekdays from Monday 2024-01-01."""
    frame = pd.DataFrame({"close": close}, index=pd.bdate_range("2024-01-01", periods=len(close)), dtype=float)
    frame["open"] = frame["high"] = frame["low"] = frame["close"]
    frame["volume"] = 1.0
    return view_of(Bars(Instrument(symbol="HAND", name="Hand"), frame, "hand", ""))


def value(view: View, name: str) -> Any:
    try:
        return catalogue()[name].compute(view).value
    except Missing:
        return None


def reason(view: View, name: str) -> str:
    with pytest.raises(Missing) as caught:
        catalogue()[name].compute(view)
    return str(caught.value)


@pytest.mark.parametrize("span", ["day", "week"])
def test_at_100_sessions(span: str, sample_bars: dict[str, Bars]) -> None:
    bars, found = sample_bars["IXIC"], dict.fromkeys(WAYS, 0)
    for position in SESSIONS:
        frame = bars.frame.iloc[: position + 1]
        view, close = view_of(Bars(bars.instrument, frame, "sample", "")), frame.close
        if span == "week":
            view = view.weekly
            close = close[~frame.index.to_period("W-SUN").duplicated(keep="last")]
        change = close.pct_change() * 100
        before, now = change[:-1], change.iloc[-1]
        alike = {
            "gain": before[before >= now] if now > 0 else before[:0],
            "loss": before[before <= now] if now < 0 else before[:0],
            "move": before[before.abs() >= abs(now)],
        }
        for way, rows in alike.items():
            name = f"largest_{way}_{span}_since"
            if rows.empty:
                assert value(view, name) is None
                assert value(view, f"{name}_change") is None
                continue
            found[way] += 1
            day = rows.index[-1].date()
            assert value(view, name) == day
            assert value(view, f"{name}_change") == pytest.approx(rows.iloc[-1], rel=1e-9)
            assert catalogue()[name].compute(view).dates == (day,)
            assert catalogue()[f"{name}_change"].compute(view).dates == (day,)
    assert all(count > 25 for count in found.values())


def test_an_equal_change_is_as_large() -> None:
    """100 to 110 and 200 to 220 are both 10 %."""
    view = hand([100, 110, 200, 190, 200, 220])
    assert str(value(view, "largest_gain_day_since")) == "2024-01-03"
    assert value(hand([100, 110, 100, 110]), "largest_move_day_since").isoformat() == "2024-01-02"
    assert value(hand([100, 120, 100, 110]), "largest_move_day_since").isoformat() == "2024-01-03"


def test_a_gain_and_a_loss_exclude_each_other() -> None:
    up, down, still = hand([100, 105, 101, 102]), hand([100, 95, 101, 100]), hand([100, 105, 101, 101])
    assert reason(up, "largest_loss_day_since") == "has no value: the close rose in the session"
    assert reason(down, "largest_gain_day_since") == "has no value: the close fell in the session"
    for way in WAYS:
        assert reason(still, f"largest_{way}_day_since") == "has no value: the close did not change in the session"
    assert str(value(up, "largest_gain_day_since")) == "2024-01-02"
    assert str(value(down, "largest_loss_day_since")) == "2024-01-02"


def test_the_largest_ever_says_so() -> None:
    view = hand([100, 101, 102, 120])
    assert reason(view, "largest_gain_day_since") == (
        "has no value: the session's gain is the largest since the data begin (2024-01-01)"
    )
    assert reason(view, "largest_move_day_since_change").startswith("has no value: the session's move is the largest")
    weeks = hand([100.0] * 5 + [101.0] * 5 + [90.0] * 2).weekly
    assert reason(weeks, "largest_loss_week_since") == (
        "has no value: the week's loss is the largest since the data begin (2024-01-01)"
    )
