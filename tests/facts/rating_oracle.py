"""TradingView's ratings a second time: its published rules in plain loops over whole series by TA-Lib and pandas.

Nothing here imports the code under test.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pandas as pd
import talib

NAMES = {1: "buy", -1: "sell", 0: "neutral"}


def held(values: Any) -> list[Decimal]:
    """The last three values as facts hold them, oldest first."""
    last = [float(value) for value in list(values)[-3:]]
    return [Decimal(repr(value)).quantize(Decimal("0.000001"), rounding=ROUND_HALF_UP) for value in last]


def lines(bars: pd.DataFrame, volume: bool) -> dict[str, list[Decimal]]:
    """Every line the rules look at."""
    high, low, close = bars.high, bars.low, bars.close
    found: dict[str, Any] = {"close": close}
    for window in (10, 20, 30, 50, 100, 200):
        found[f"sma_{window}"] = talib.SMA(close, window)
        found[f"ema_{window}"] = talib.EMA(close, window)
    found["hma_9"] = talib.WMA(2 * talib.WMA(close, 4) - talib.WMA(close, 9), 3)
    if volume:
        found["vwma_20"] = (close * bars.volume).rolling(20).sum() / bars.volume.rolling(20).sum()
    for name, window in (("conversion", 9), ("base", 26), ("b", 52)):
        found[name] = (high.rolling(window).max() + low.rolling(window).min()) / 2
    found["a"] = (found["conversion"] + found["base"]) / 2
    found["rsi"] = talib.RSI(close, 14)
    found["k"], found["d"] = talib.STOCH(high, low, close, 14, 3, 0, 3, 0)
    found["cci"] = talib.CCI(high, low, close, 20)
    found["adx"] = talib.ADX(high, low, close, 14)
    found["plus"], found["minus"] = talib.PLUS_DI(high, low, close, 14), talib.MINUS_DI(high, low, close, 14)
    middle = (high + low) / 2
    found["ao"] = middle.rolling(5).mean() - middle.rolling(34).mean()
    found["momentum"] = close.diff(10)
    found["macd"] = talib.EMA(close, 12) - talib.EMA(close, 26)
    found["signal"] = talib.EMA(found["macd"], 9)
    found["rk"] = talib.STOCHRSI(close, 14, 14, 3, 0)[1]
    found["rd"] = found["rk"].rolling(3).mean()
    found["wr"] = talib.WILLR(high, low, close, 14)
    found["bull"], found["bear"] = high - talib.EMA(close, 13), low - talib.EMA(close, 13)
    found["uo"] = talib.ULTOSC(high, low, close, 7, 14, 28)
    return {name: held(values) for name, values in found.items()}


def which(buy: bool, sell: bool) -> str:
    assert not (buy and sell)
    return "buy" if buy else "sell" if sell else "neutral"


def votes(bars: pd.DataFrame, volume: bool = False) -> dict[str, str]:
    """Every vote by name, the averages first, as TradingView's help page tells them."""
    at = lines(bars, volume)
    now = {name: values[-1] for name, values in at.items()}
    was = {name: values[-2] for name, values in at.items()}
    close, ema = now["close"], now["ema_50"]
    found = {
        name: which(close > now[name], close < now[name])
        for name in now
        if name.startswith(("sma_", "ema_", "hma_", "vwma_"))
    }
    found["ichimoku"] = which(
        now["a"] > now["b"]
        and now["base"] > now["a"]
        and now["conversion"] > now["base"]
        and close > now["conversion"],
        now["a"] < now["b"]
        and now["base"] < now["a"]
        and now["conversion"] < now["base"]
        and close < now["conversion"],
    )
    found["rsi_14"] = which(now["rsi"] < 30 and now["rsi"] > was["rsi"], now["rsi"] > 70 and now["rsi"] < was["rsi"])
    found["stochastic"] = which(
        now["k"] < 20 and now["d"] < 20 and now["k"] > now["d"] and was["k"] < was["d"],
        now["k"] > 80 and now["d"] > 80 and now["k"] < now["d"] and was["k"] > was["d"],
    )
    found["cci_20"] = which(now["cci"] < -100 and now["cci"] > was["cci"], now["cci"] > 100 and now["cci"] < was["cci"])
    found["adx_14"] = which(
        now["adx"] > 20 and now["plus"] > now["minus"] and was["plus"] < was["minus"],
        now["adx"] > 20 and now["plus"] < now["minus"] and was["plus"] > was["minus"],
    )
    three, two, one = at["ao"]
    found["awesome_oscillator"] = which(
        (one > 0 >= two) or (one > 0 and two > 0 and one > two and three > two),
        (one < 0 <= two) or (one < 0 and two < 0 and one < two and three < two),
    )
    found["momentum_10"] = which(now["momentum"] > was["momentum"], now["momentum"] < was["momentum"])
    found["macd"] = which(now["macd"] > now["signal"], now["macd"] < now["signal"])
    found["stoch_rsi"] = which(
        close < ema and now["rk"] < 20 and now["rd"] < 20 and now["rk"] > now["rd"] and was["rk"] < was["rd"],
        close > ema and now["rk"] > 80 and now["rd"] > 80 and now["rk"] < now["rd"] and was["rk"] > was["rd"],
    )
    found["williams_r_14"] = which(now["wr"] < -80 and now["wr"] > was["wr"], now["wr"] > -20 and now["wr"] < was["wr"])
    found["bull_bear_power"] = which(
        close > ema and now["bear"] < 0 and now["bear"] > was["bear"],
        close < ema and now["bull"] > 0 and now["bull"] < was["bull"],
    )
    found["ultimate_oscillator"] = which(now["uo"] > 70, now["uo"] < 30)
    return found


def label(score: float) -> str:
    """A score's label; a mean of at most 15 and 11 votes is nearer than 1e-9 to a line only on it."""
    score = round(score, 9)
    bounds = [(-0.5, "strong sell"), (-0.1, "sell")]
    lower = next((name for bound, name in bounds if score < bound), None)
    return lower or ("neutral" if score <= 0.1 else "buy" if score <= 0.5 else "strong buy")


def rating(votes: dict[str, str]) -> dict[str, Any]:
    """Everything the ratings say of some votes."""
    found: dict[str, Any] = {}
    names = list(votes)
    cut = names.index("ichimoku") + 1
    for group, members in (("averages", names[:cut]), ("oscillators", names[cut:])):
        cast = [votes[name] for name in members]
        counts = {side: cast.count(side) for side in NAMES.values()}
        found |= {f"rating_{group}_{side}_count": number for side, number in counts.items()}
        found[f"rating_{group}"] = float(np.mean([{"buy": 1, "sell": -1, "neutral": 0}[vote] for vote in cast]))
    found["rating_overall"] = (found["rating_averages"] + found["rating_oscillators"]) / 2
    for name in ("averages", "oscillators", "overall"):
        found[f"rating_{name}_label"] = label(found[f"rating_{name}"])
    return found | {f"vote_{name}": vote for name, vote in votes.items()}
