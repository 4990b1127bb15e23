"""What every measure of volume should be, by other means: TA-Lib and plain pandas over the bars up to a day.

Nothing here imports the code under test.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import talib


def on_days(bars: pd.DataFrame, sign: int, window: int) -> float:
    chosen = np.sign(bars.close.diff())[-window:] == sign
    return float(bars.volume[-window:][chosen].sum())


def obv_change(bars: pd.DataFrame) -> float:
    values = talib.OBV(bars.close.to_numpy(), bars.volume.to_numpy())
    return float(values[-1] - values[-21])


def money_flow(bars: pd.DataFrame) -> float:
    place = (2 * bars.close - bars.high - bars.low) / (bars.high - bars.low)
    return float((place.fillna(0) * bars.volume)[-20:].sum() / bars.volume[-20:].sum())


VOLUME: dict[str, Callable[[pd.DataFrame], Any]] = {
    "volume": lambda bars: bars.volume.iloc[-1],
    "obv_change_20": obv_change,
    "obv_direction_20": lambda bars: {1: "up", -1: "down", 0: "flat"}[int(np.sign(obv_change(bars)))],
    "mfi_14": lambda bars: talib.MFI(*(bars[name].to_numpy() for name in ("high", "low", "close", "volume")), 14)[-1],
    "cmf_20": money_flow,
}
for window in (20, 50):
    VOLUME |= {
        f"volume_sma_{window}": lambda bars, n=window: talib.SMA(bars.volume.to_numpy(), n)[-1],
        f"volume_ratio_{window}": lambda bars, n=window: bars.volume.iloc[-1] / bars.volume[-n:].mean(),
        f"volume_ratio_{window}_prior": lambda bars, n=window: bars.volume.iloc[-1] / bars.volume[-n - 1 : -1].mean(),
        f"up_volume_{window}": lambda bars, n=window: on_days(bars, 1, n),
        f"down_volume_{window}": lambda bars, n=window: on_days(bars, -1, n),
    }
