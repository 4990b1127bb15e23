"""What every measure should be, by other means: TA-Lib, and plain pandas and loops over the bars up to a day.

Nothing here imports the code under test. Each entry takes the daily bars up to the as-of (or a pair of them) and gives
the value and, where the measure refers to sessions, their dates.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import talib

WINDOWS = (5, 10, 20, 30, 50, 100, 200)
TALLIED = (5, 10, 20, 50, 100, 200)


def weeks(bars: pd.DataFrame) -> pd.DataFrame:
    """Weekly bars by ISO week, each under its last session."""
    calendar = bars.index.isocalendar()
    groups = bars.assign(day=bars.index).groupby([calendar.year, calendar.week])
    weekly = groups.agg(
        open=("open", "first"), high=("high", "max"), low=("low", "min"), close=("close", "last"), day=("day", "last")
    )
    return weekly.set_index("day")


def reference(bars: pd.DataFrame, period: str) -> pd.Timestamp:
    """The session a change is measured from."""
    day, index = bars.index[-1], bars.index
    match period:
        case "1d" | "5d" | "20d":
            return index[-1 - int(period[:-1])]
        case "1w":
            return index[index.to_period("W-SUN") < day.to_period("W-SUN")][-1]
        case "mtd":
            return index[index.to_period("M") < day.to_period("M")][-1]
        case "qtd":
            return index[index.to_period("Q") < day.to_period("Q")][-1]
        case "ytd":
            return index[index.year < day.year][-1]
        case _:
            return index[index <= day - pd.DateOffset(years=1)][-1]


def change(bars: pd.DataFrame, period: str) -> float:
    return (bars.close.iloc[-1] / bars.close[reference(bars, period)] - 1) * 100


def streaks(close: pd.Series, sign: int) -> list[tuple[pd.Timestamp, pd.Timestamp, int]]:
    """Runs as (first, last, length), by walking."""
    found: list[tuple[pd.Timestamp, pd.Timestamp, int]] = []
    values, days, length = close.tolist(), close.index, 0
    for position in range(1, len(values)):
        if (values[position] - values[position - 1]) * sign > 0:
            length += 1
            run = (days[position - length + 1], days[position], length)
            if length > 1:
                found[-1] = run
            else:
                found.append(run)
        else:
            length = 0
    return found


def current_streak(close: pd.Series, sign: int) -> tuple[int, tuple[Any, ...]]:
    runs = streaks(close, sign)
    return (runs[-1][2], runs[-1][:2]) if runs and runs[-1][1] == close.index[-1] else (0, ())


def longest_streak(close: pd.Series, sign: int) -> tuple[int, tuple[Any, ...]]:
    runs = streaks(close, sign)
    length = max(run[2] for run in runs)
    return length, next(run[:2] for run in reversed(runs) if run[2] == length)


def longest_since(close: pd.Series, sign: int) -> tuple[Any, tuple[Any, ...]] | None:
    now, _ = current_streak(close, sign)
    earlier = [run for run in streaks(close, sign)[:-1] if run[2] >= now] if now else []
    return (earlier[-1][1], earlier[-1][:2]) if earlier else None


def completed(bars: pd.DataFrame, following: pd.Timestamp | None) -> pd.Series:
    """Closes of completed weeks: the last one counts if the session that really followed lies in another week."""
    close = weeks(bars).close
    over = following is None or following.to_period("W-SUN") != bars.index[-1].to_period("W-SUN")
    return close if over else close[:-1]


def relative_returns(mine: pd.Series, theirs: pd.Series) -> pd.Series:
    """A series that rises where the first return is the greater, falls where it is the smaller, by their comparison."""
    ahead = np.sign(mine.pct_change().fillna(0) - theirs.pct_change().fillna(0))
    return ahead.cumsum()


def last_crossing(side: pd.Series) -> tuple[pd.Timestamp, str, int] | None:
    """The last session on which a series of +1 and -1 turned, if it did."""
    side = side.dropna()
    side = side[side != 0]
    turns = side.index[side != side.shift()][1:]
    if not len(turns):
        return None
    day = turns[-1]
    return day, "above" if side[day] > 0 else "below", len(side[side.index > day])


def since(bars: pd.DataFrame, **offset: int) -> pd.DataFrame:
    return bars[bars.index > bars.index[-1] - pd.DateOffset(**offset)]


def extreme(prices: pd.Series, side: str) -> tuple[float, tuple[Any, ...]]:
    value = prices.max() if side == "high" else prices.min()
    return value, tuple(prices.index[prices == value])


def zone(value: float) -> str:
    return "overbought" if value >= 70 else "oversold" if value <= 30 else "neutral"


def average(bars: pd.DataFrame, method: str, window: int) -> pd.Series:
    return {"sma": talib.SMA, "ema": talib.EMA}[method](bars.close, window)


def records(bars: pd.DataFrame) -> pd.Index:
    """Sessions of this year whose close is above every earlier one."""
    fresh = bars.close[bars.close > bars.close.cummax().shift()]
    return fresh.index[fresh.index.year == bars.index[-1].year]


def rsi_entry(name: str, level: int) -> Callable[[pd.DataFrame], tuple[Any, ...] | None]:
    def sides(bars: pd.DataFrame) -> tuple[Any, ...] | None:
        values = talib.RSI(bars.close, 14).dropna()
        side = np.where(values >= level, 1, -1) if level == 70 else np.where(values <= level, -1, 1)
        found = last_crossing(pd.Series(side, values.index))
        if found is None:
            return None
        day, direction, bars_since = found
        return {"": (day, (day,)), "_direction": (direction, (day,)), "_bars_since": (bars_since, (day,))}[name]

    return sides


def crossing(
    sides: Callable[[pd.DataFrame], pd.Series], suffix: str
) -> Callable[[pd.DataFrame], tuple[Any, ...] | None]:
    def latest(bars: pd.DataFrame) -> tuple[Any, ...] | None:
        found = last_crossing(np.sign(sides(bars)))
        if found is None:
            return None
        day, direction, bars_since = found
        kind = "golden cross" if direction == "above" else "death cross"
        return {"": day, "_direction": direction, "_bars_since": bars_since, "_kind": kind}[suffix], (day,)

    return latest


def in_zone(values: pd.Series) -> tuple[int, tuple[Any, ...]]:
    zones = values.dropna().map(zone)
    run = zones[::-1].eq(zones.iloc[-1]).cumprod().sum()
    return int(run), (zones.index[-run],)


def macd_sides(bars: pd.DataFrame) -> pd.Series:
    return talib.EMA(bars.close, 12) - talib.EMA(bars.close, 26)


def over_signal(bars: pd.DataFrame) -> pd.Series:
    line = macd_sides(bars)
    return line - talib.EMA(line, 9)


def gap(bars: pd.DataFrame, value: float) -> tuple[float, tuple[Any, ...]] | None:
    """A gap, unless more than 12 of the last 60 opens are the close before."""
    repeats = (bars.open == bars.close.shift())[-60:].sum()
    return None if repeats > 12 else (value, (bars.index[-2],))


def week_before(bars: pd.DataFrame) -> tuple[float, tuple[Any, ...]]:
    """The change of the last week but one, and the session it is measured from."""
    closes = weeks(bars).close
    return closes.pct_change().iloc[-2] * 100, (closes.index[-3],)


def stack(bars: pd.DataFrame) -> str:
    """The close and its averages, highest first."""
    values = {"close": bars.close.iloc[-1]} | {f"sma_{n}": average(bars, "sma", n).iloc[-1] for n in (20, 50, 100, 200)}
    return " > ".join(pd.Series(values).sort_values(ascending=False).index)


Oracle = Callable[[pd.DataFrame], Any]
DAILY: dict[str, Oracle] = {
    "close": lambda b: b.close.iloc[-1],
    "open": lambda b: b.open.iloc[-1],
    "high": lambda b: b.high.iloc[-1],
    "low": lambda b: b.low.iloc[-1],
    "previous_close": lambda b: (b.close.iloc[-2], (b.index[-2],)),
    "data_start": lambda b: (b.index[0], (b.index[0],)),
    "weekday": lambda b: b.index[-1].day_name(),
    "sessions_in_week": lambda b: int((b.index.to_period("W-SUN") == b.index[-1].to_period("W-SUN")).sum()),
    "day_range_position": lambda b: 100 * (b.close - b.low).iloc[-1] / (b.high - b.low).iloc[-1],
    "record_close": lambda b: extreme(b.close, "high"),
    "record_high": lambda b: extreme(b.high, "high"),
    "distance_record_close": lambda b: 100 * (b.close.iloc[-1] / b.close.max() - 1),
    "distance_record_high": lambda b: 100 * (b.close.iloc[-1] / b.high.max() - 1),
    "drawdown": lambda b: 100 * (b.close.iloc[-1] / b.close.max() - 1),
    "is_record_close": lambda b: bool(b.close.iloc[-1] > b.close[:-1].max()),
    "is_record_high": lambda b: bool(b.high.iloc[-1] > b.high[:-1].max()),
    "records_this_year": lambda b: (len(records(b)), tuple(records(b))),
    "ma_buy_count": lambda b: sum(
        average(b, m, w).iloc[-1] < b.close.iloc[-1] for m in ("sma", "ema") for w in TALLIED
    ),
    "ma_sell_count": lambda b: sum(
        average(b, m, w).iloc[-1] > b.close.iloc[-1] for m in ("sma", "ema") for w in TALLIED
    ),
    "stack_rising_order": lambda b: bool(
        b.close.iloc[-1]
        > talib.SMA(b.close, 20).iloc[-1]
        > talib.SMA(b.close, 50).iloc[-1]
        > talib.SMA(b.close, 200).iloc[-1]
    ),
    "stack_falling_order": lambda b: bool(
        b.close.iloc[-1]
        < talib.SMA(b.close, 20).iloc[-1]
        < talib.SMA(b.close, 50).iloc[-1]
        < talib.SMA(b.close, 200).iloc[-1]
    ),
    "stack_order": stack,
    "sma_50_slope_20": lambda b: (100 * talib.SMA(b.close, 50).pct_change(20).iloc[-1], (b.index[-21],)),
    "points_sma_50_slope_20": lambda b: (talib.SMA(b.close, 50).diff(20).iloc[-1], (b.index[-21],)),
    "gap_1d": lambda b: gap(b, 100 * (b.open.iloc[-1] / b.close.iloc[-2] - 1)),
    "points_gap_1d": lambda b: gap(b, b.open.iloc[-1] - b.close.iloc[-2]),
    "change_1w_prior": week_before,
    "rsi_14": lambda b: talib.RSI(b.close, 14).iloc[-1],
    "rsi_14_zone": lambda b: zone(talib.RSI(b.close, 14).iloc[-1]),
    "rsi_14_bars_in_zone": lambda b: in_zone(talib.RSI(b.close, 14)),
    "rsi_14_change": lambda b: (talib.RSI(b.close, 14).diff(5).iloc[-1], (b.index[-6],)),
    "stochastic_k": lambda b: talib.STOCH(b.high, b.low, b.close, 14, 3, 0, 3, 0)[0].iloc[-1],
    "stochastic_d": lambda b: talib.STOCH(b.high, b.low, b.close, 14, 3, 0, 3, 0)[1].iloc[-1],
    "williams_r_14": lambda b: talib.WILLR(b.high, b.low, b.close, 14).iloc[-1],
    "cci_20": lambda b: talib.CCI(b.high, b.low, b.close, 20).iloc[-1],
    "roc_10": lambda b: (talib.ROC(b.close, 10).iloc[-1], (b.index[-11],)),
    "roc_20": lambda b: (talib.ROC(b.close, 20).iloc[-1], (b.index[-21],)),
    "momentum_10": lambda b: (talib.MOM(b.close, 10).iloc[-1], (b.index[-11],)),
    "macd": lambda b: talib.MACD(b.close, 12, 26, 9)[0].iloc[-1],
    "macd_signal": lambda b: talib.MACD(b.close, 12, 26, 9)[1].iloc[-1],
    "macd_histogram": lambda b: talib.MACD(b.close, 12, 26, 9)[2].iloc[-1],
    "adx_14": lambda b: talib.ADX(b.high, b.low, b.close, 14).iloc[-1],
    "plus_di_14": lambda b: talib.PLUS_DI(b.high, b.low, b.close, 14).iloc[-1],
    "minus_di_14": lambda b: talib.MINUS_DI(b.high, b.low, b.close, 14).iloc[-1],
    "atr_14": lambda b: talib.ATR(b.high, b.low, b.close, 14).iloc[-1],
    "atr_pct_14": lambda b: talib.NATR(b.high, b.low, b.close, 14).iloc[-1],
    "bollinger_upper": lambda b: talib.BBANDS(b.close, 20, 2, 2)[0].iloc[-1],
    "bollinger_middle": lambda b: talib.BBANDS(b.close, 20, 2, 2)[1].iloc[-1],
    "bollinger_lower": lambda b: talib.BBANDS(b.close, 20, 2, 2)[2].iloc[-1],
    "bollinger_percent_b": lambda b: 0.5 + (b.close.iloc[-1] - b.close[-20:].mean()) / (4 * b.close[-20:].std(ddof=0)),
    "bollinger_bandwidth": lambda b: 400 * b.close[-20:].std(ddof=0) / b.close[-20:].mean(),
    "realized_vol_20": lambda b: 100 * np.log(b.close).diff().rolling(20).std().iloc[-1] * 252**0.5,
    "realized_vol_60": lambda b: 100 * np.log(b.close).diff().rolling(60).std().iloc[-1] * 252**0.5,
}
PERIODS = ("1d", "5d", "20d", "1w", "mtd", "qtd", "ytd", "12m")
for _period in PERIODS:
    DAILY[f"change_{_period}"] = lambda b, p=_period: (change(b, p), (reference(b, p),))
    DAILY[f"points_{_period}"] = lambda b, p=_period: (b.close.iloc[-1] - b.close[reference(b, p)], (reference(b, p),))
for _side in ("high", "low"):
    _rows: dict[str, Oracle] = {
        f"{_side}_52w": lambda b, s=_side: extreme(since(b, years=1)[s], s),
        f"{_side}_3m": lambda b, s=_side: extreme(since(b, months=3)[s], s),
        f"{_side}_20d": lambda b, s=_side: extreme(b[s][-20:], s),
        f"{_side}_52w_close": lambda b, s=_side: extreme(since(b, years=1).close, s),
    }
    DAILY |= _rows
    for _name, _level in _rows.items():
        DAILY[f"distance_{_name}"] = lambda b, level=_level: 100 * (b.close.iloc[-1] / level(b)[0] - 1)
for _method in ("sma", "ema"):
    for _window in WINDOWS:
        DAILY[f"{_method}_{_window}"] = lambda b, m=_method, w=_window: average(b, m, w).iloc[-1]
        DAILY[f"distance_{_method}_{_window}"] = lambda b, m=_method, w=_window: (
            100 * (b.close.iloc[-1] / average(b, m, w).iloc[-1] - 1)
        )
for _suffix in ("", "_direction", "_bars_since", "_kind"):
    if _suffix != "_kind":
        for _method, _window in (("sma", 20), ("sma", 50), ("sma", 100), ("sma", 200), ("ema", 200)):
            DAILY[f"close_cross_{_method}_{_window}{_suffix}"] = crossing(
                lambda b, m=_method, w=_window: b.close - average(b, m, w), _suffix
            )
        DAILY[f"macd_cross_signal{_suffix}"] = crossing(over_signal, _suffix)
        DAILY[f"macd_cross_zero{_suffix}"] = crossing(macd_sides, _suffix)
        for _level in (70, 30):
            DAILY[f"rsi_14_cross_{_level}{_suffix}"] = rsi_entry(_suffix, _level)
    DAILY[f"sma_50_200_cross{_suffix}"] = crossing(lambda b: talib.SMA(b.close, 50) - talib.SMA(b.close, 200), _suffix)

WEEKLY: dict[str, Oracle] = {
    name: lambda b, oracle=oracle: oracle(weeks(b)) for name, oracle in DAILY.items() if name.startswith("rsi_14")
}
"""Measures that also have a weekly value: the same formula on weekly bars."""

STREAKS: dict[str, Callable[[pd.Series, int], Any]] = {
    "{}_streak_{}": current_streak,
    "longest_{}_streak_{}": longest_streak,
    "{}_streak_{}_longest_since": longest_since,
}
