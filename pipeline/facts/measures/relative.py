"""The instrument against its benchmark: spreads, the ratio, streaks of outperformance, beta and correlation.

A spread is the difference of two changes, each on the sessions of its own instrument. The ratio, its averages, streaks,
beta and correlation are on the sessions both have. The instrument's return beats the benchmark's exactly when the
ratio rises.
"""

from __future__ import annotations

from pipeline.facts import series
from pipeline.facts.catalogue import Measure, measure
from pipeline.facts.measures.changes import MEASURES as CHANGES
from pipeline.facts.measures.ranges import window_bars
from pipeline.facts.measures.streaks import declared
from pipeline.facts.units import Kind, Unit
from pipeline.facts.view import Found, Missing, View, once
from pipeline.facts.words import combine, window_words

SPREAD_PHRASES = ("performance gap", "relative performance", "return gap", "spread", "return spread",
                  "outperformance", "underperformance", "performance spread", "gap in performance",
                  "relative gain", "relative return")  # fmt: skip
RATIO_NAMES = ("ratio", "relative-strength ratio", "relative strength ratio", "price ratio", "relative-strength line",
               "relative strength line", "relative line")  # fmt: skip


def spread(change: Measure) -> Measure:
    """The difference between the two instruments' changes over a period."""

    @measure(change.name.replace("change", "spread"), unit=Unit.PERCENTAGE_POINTS, kind=Kind.SPREAD, scope="pair",
             period=change.period, phrases=SPREAD_PHRASES,
             meaning=f"{change.name} of the instrument minus that of the benchmark, each on its own sessions",
             )  # fmt: skip
    def difference(view: View) -> Found:
        assert view.parts is not None
        mine, theirs = (change.compute(part) for part in view.parts)
        bars = max(mine.bars or 1, theirs.bars or 1)
        return Found(float(mine.value) - float(theirs.value), bars, start=mine.start, end=mine.end, dates=mine.dates,  # type: ignore[arg-type]
                     of=(change.name,))  # fmt: skip

    return difference


@measure("common_data_start", unit=Unit.DATE, kind=Kind.DATE, scope="pair",
         phrases=("start of the common data", "common data start", "shared data begin"))  # fmt: skip
def common_data_start(view: View) -> Found:
    """First session in both series."""
    return Found(view.since(None), dates=(view.since(None),))


@measure("ratio", unit=Unit.RATIO, kind=Kind.LEVEL, scope="pair", decimals=4, limits=(0, None), phrases=RATIO_NAMES)
def ratio(view: View) -> Found:
    """The instrument close / the benchmark close."""
    return Found(view.last, bars=1, of=("close",))


def ratio_average(window: int) -> tuple[Measure, Measure]:
    """A mean of the ratio and the ratio's distance from it."""
    name = f"ratio_sma_{window}"
    nouns = combine(window_words(window), ("average", "moving average", "mean", "simple average", "SMA"))

    @measure(name, unit=Unit.RATIO, kind=Kind.LEVEL, scope="pair", decimals=4, window=window, bars=window,
             phrases=(*combine(("ratio's",), nouns), *(f"{noun} of the ratio" for noun in nouns)),
             meaning=f"Mean of the ratio over the last {window} common sessions")  # fmt: skip
    def average(view: View) -> Found:
        return Found(float(series.sma(view, window)[-1]), bars=window)

    @measure(f"distance_{name}", unit=Unit.PERCENT, kind=Kind.DISTANCE, scope="pair", window=window, bars=window,
             of=name, meaning=f"Ratio / {name} - 1")  # fmt: skip
    def distance(view: View) -> Found:
        return Found(100 * (view.last / float(series.sma(view, window)[-1]) - 1), bars=window, of=("ratio", name))

    return average, distance


def ratio_extreme(side: str) -> tuple[Measure, Measure]:
    """The 52-week extreme of the closing ratio and the ratio's distance from it."""
    name = f"ratio_{side}_52w"
    extremum = "Maximum" if side == "high" else "Minimum"
    nouns = combine(("52-week", "one-year", "12-month"), (side, "peak" if side == "high" else "trough"))

    @measure(name, unit=Unit.RATIO, kind=Kind.LEVEL, scope="pair", decimals=4,
             phrases=(*combine(("ratio's",), nouns), *(f"{noun} of the ratio" for noun in nouns)),
             meaning=f"{extremum} closing ratio in rows dated after the as-of minus 1 year; dates: when")  # fmt: skip
    def extreme(view: View) -> Found:
        bars = window_bars(view, "52w")
        values = view.close[-bars:]
        value = values.max() if side == "high" else values.min()
        return Found(float(value), bars, start=view.day(-bars), end=view.as_of,
                     dates=view.dates((values == value).nonzero()[0] - bars))  # fmt: skip

    @measure(f"distance_{name}", unit=Unit.PERCENT, kind=Kind.DISTANCE, scope="pair", of=name,
             limits=(None, 0) if side == "high" else (0, None), meaning=f"Ratio / {name} - 1")  # fmt: skip
    def distance(view: View) -> Found:
        found = extreme.compute(view)
        return Found(100 * (view.last / float(found.value) - 1), found.bars, of=("ratio", name))  # type: ignore[arg-type]

    return extreme, distance


@once
def covariance(view: View) -> tuple[float, float, float]:
    """Variance of the instrument, of the benchmark, and covariance of their last 252 daily returns."""
    import numpy as np

    closes = (view.columns[name][-253:] for name in ("instrument", "benchmark"))
    matrix = np.cov([np.diff(prices) / prices[:-1] for prices in closes])
    if not matrix[0, 0] or not matrix[1, 1]:
        raise Missing("has no value while returns do not vary over 252 sessions")
    return float(matrix[0, 0]), float(matrix[1, 1]), float(matrix[0, 1])


@measure("beta_252", unit=Unit.RATIO, kind=Kind.INDICATOR, scope="pair", window=252, bars=253,
         phrases=("beta", "252-day beta", "252-session beta", "one-year beta", "1-year beta", "12-month beta",
                  "beta over 252 sessions", "beta (252)", "beta(252)", "beta over 252 days"))  # fmt: skip
def beta_252(view: View) -> Found:
    """Covariance / variance of the last 252 daily returns on common sessions, the benchmark the regressor."""
    _, variance, shared = covariance(view)
    return Found(shared / variance, bars=253)


@measure("correlation_252", unit=Unit.RATIO, kind=Kind.INDICATOR, scope="pair", window=252, bars=253, limits=(-1, 1),
         phrases=("correlation", "252-day correlation", "252-session correlation", "one-year correlation",
                  "1-year correlation",
                  "12-month correlation", "correlation over 252 sessions", "correlation (252)",
                  "correlation(252)"))  # fmt: skip
def correlation_252(view: View) -> Found:
    """Pearson correlation of the last 252 daily returns on common sessions."""
    mine, theirs, shared = covariance(view)
    return Found(shared / (mine * theirs) ** 0.5, bars=253)


MEASURES: tuple[Measure, ...] = (
    *(spread(change) for change in CHANGES if change.kind is Kind.CHANGE and change.period),
    ratio, *ratio_average(50), *ratio_average(200), *ratio_extreme("high"), *ratio_extreme("low"),
    *declared("pair"), beta_252, correlation_252, common_data_start,
)  # fmt: skip
