"""TradingView's technical ratings by its published rules: every vote a fact, their means, and the labels of those.

A vote looks at the latest values of its lines and at those of the bars before, all rounded as facts are, so that no
vote contradicts what is printed. A vote without a value (no volume, too few bars) is left out of the mean.

The vote of the Ichimoku cloud is neutral in every market: span A is the mean of conversion and base line, so the
published conditions, a base line above span A and a conversion line above the base line, exclude each other where the
spans are today's. It stays in the count of 15 as published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Literal

from pipeline.facts import oscillation, series
from pipeline.facts.catalogue import Label, Measure, label_of, measure
from pipeline.facts.measures import averages, momentum, oscillators, overlays, trend
from pipeline.facts.units import Kind, Unit
from pipeline.facts.view import Found, Missing, View, once
from pipeline.facts.votes import (
    Line,
    beyond,
    crossed_against,
    crossed_beyond,
    crossed_in_trend,
    moving,
    ordered,
    over,
    powers,
    saucer,
    turning,
)  # fmt: skip
from pipeline.facts.words import combine

if TYPE_CHECKING:
    from pipeline.facts.view import Floats

    Readings = Floats | tuple[float, ...]

Group = Literal["averages", "oscillators"]
Scored = Callable[[View], tuple[Decimal, tuple[str, ...]]]
"""A rating of a view, with the measures it is made of."""

SOURCE = "TradingView, Technical Ratings"


def average(method: averages.Method, window: int) -> Callable[[View], Readings]:
    """One of the plain averages."""
    return lambda view: averages.SERIES[method](view, window)


LINES: dict[str, Callable[[View], Readings]] = {
    "close": lambda view: view.close,
    **{f"{method}_{window}": average(method, window) for window in averages.WINDOWS for method in averages.SERIES},
    "hma_9": lambda view: (oscillation.hull(view, 9),),
    "vwma_20": lambda view: (oscillation.volume_weighted(view, 20),),
    "ichimoku_conversion": lambda view: oscillation.ichimoku(view)[:1],
    "ichimoku_base": lambda view: oscillation.ichimoku(view)[1:2],
    "ichimoku_span_a": lambda view: oscillation.ichimoku(view)[2:3],
    "ichimoku_span_b": lambda view: oscillation.ichimoku(view)[3:],
    "rsi_14": lambda view: series.rsi(view, 14),
    "stochastic_k": lambda view: oscillation.slow_stochastic(view)[0],
    "stochastic_d": lambda view: oscillation.slow_stochastic(view)[1],
    "cci_20": oscillation.cci,
    "adx_14": lambda view: series.directional(view, 14)[0],
    "plus_di_14": lambda view: series.directional(view, 14)[1],
    "minus_di_14": lambda view: series.directional(view, 14)[2],
    "awesome_oscillator": oscillation.awesome,
    "momentum_10": oscillation.momentum,
    "macd": series.macd,
    "macd_signal": series.macd_signal,
    "stoch_rsi_k": lambda view: oscillation.stoch_rsi(view)[0],
    "stoch_rsi_d": lambda view: oscillation.stoch_rsi(view)[1],
    "williams_r_14": oscillation.williams_r,
    "bull_power_13": lambda view: oscillation.power(view, "bull"),
    "bear_power_13": lambda view: oscillation.power(view, "bear"),
    "ultimate_oscillator": lambda view: (oscillation.ultimate(view),),
}
"""The latest values of each measure that a vote looks at, as its fact computes them, the latest last."""

MADE_OF = (*averages.MEASURES, *momentum.MEASURES, *trend.MEASURES, *oscillators.MEASURES, *overlays.MEASURES)
BARS = {"close": 1} | {one.name: one.bars for one in MADE_OF if one.name in LINES}


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote. rule: gives +1 to buy, -1 to sell and 0 for neutral from the lines of the measures it is made of.
    depth: how many bars of each line the rule looks at."""

    name: str
    group: Group
    rule: Callable[..., int]
    of: tuple[str, ...]
    depth: int
    meaning: str

    @property
    def bars(self) -> int:
        """The fewest bars it needs."""
        return max(BARS[name] for name in self.of) + self.depth - 1


def average_votes() -> Iterator[Vote]:
    """The averages that vote by the side of the close."""
    for name in (*(f"{method}_{window}" for window in averages.WINDOWS[1:] for method in ("sma", "ema")), "hma_9",
                 "vwma_20"):  # fmt: skip
        yield Vote(name, "averages", over, ("close", name), 1, f"Buy with the close above {name}, sell below it")


VOTES: tuple[Vote, ...] = (
    *average_votes(),
    Vote("ichimoku", "averages", ordered,
         ("close", "ichimoku_conversion", "ichimoku_base", "ichimoku_span_a", "ichimoku_span_b"), 1,
         "Buy with close > conversion > base > span A > span B, sell with the reverse"),
    Vote("rsi_14", "oscillators", turning(30, 70), ("rsi_14",), 2,
         "Buy with RSI(14) below 30 and rising, sell above 70 and falling"),
    Vote("stochastic", "oscillators", crossed_beyond, ("stochastic_k", "stochastic_d"), 2,
         "Buy as slow %K crosses above %D with both below 20, sell as it crosses below with both above 80"),
    Vote("cci_20", "oscillators", turning(-100, 100), ("cci_20",), 2,
         "Buy with CCI(20) below -100 and rising, sell above 100 and falling"),
    Vote("adx_14", "oscillators", crossed_in_trend, ("adx_14", "plus_di_14", "minus_di_14"), 2,
         "Buy with ADX(14) above 20 as +DI crosses above -DI, sell as it crosses below"),
    Vote("awesome_oscillator", "oscillators", saucer, ("awesome_oscillator",), 3,
         "Buy as it crosses above zero or turns up above zero, sell as it crosses below zero or turns down below it"),
    Vote("momentum_10", "oscillators", moving, ("momentum_10",), 2, "Buy with momentum(10) rising, sell falling"),
    Vote("macd", "oscillators", over, ("macd", "macd_signal"), 1, "Buy with MACD above its signal line, sell below it"),
    Vote("stoch_rsi", "oscillators", crossed_against, ("stoch_rsi_k", "stoch_rsi_d", "close", "ema_50"), 2,
         "Buy below ema_50 as StochRSI %K crosses above %D with both below 20, "
         "sell above it as %K crosses below with both above 80"),
    Vote("williams_r_14", "oscillators", turning(-80, -20), ("williams_r_14",), 2,
         "Buy with Williams %R below -80 and rising, sell above -20 and falling"),
    Vote("bull_bear_power", "oscillators", powers, ("close", "ema_50", "bull_power_13", "bear_power_13"), 2,
         "Buy above ema_50 with bear power below zero and rising, "
         "sell below it with bull power above zero and falling"),
    Vote("ultimate_oscillator", "oscillators", beyond(30, 70), ("ultimate_oscillator",), 1,
         "Buy with the ultimate oscillator above 70, sell below 30"),
)  # fmt: skip


def line(view: View, name: str, depth: int) -> Line:
    """The latest values of a measure as facts hold them. Raises Missing where one of them has no value."""
    values = LINES[name](view)[-depth:]
    if any(value != value for value in values):
        raise Missing(f"has no value: {name} has none here or in the bars before")
    return tuple(momentum.number(value) for value in values[::-1])


@once
def cast(view: View, vote: Vote) -> int:
    """A vote: +1, -1 or 0. Raises Missing where it has no value."""
    view.require(vote.bars)
    return vote.rule(*(line(view, name, vote.depth) for name in vote.of))


@once
def tally(view: View, group: Group) -> dict[str, int]:
    """The votes of a group that have a value, by their measures. Raises Missing where none has."""
    votes: dict[str, int] = {}
    for vote in VOTES:
        if vote.group == group:
            try:
                votes[f"vote_{vote.name}"] = cast(view, vote)
            except Missing:
                continue
    if not votes:
        raise Missing(f"needs one vote of the {group} at least; {view.name} has none on {len(view)} bars")
    return votes


def score(total: int, votes: int) -> Decimal:
    """A mean of votes as the fact holds it, from whole numbers, so that 1/10 is on the line and not beside it."""
    return (Decimal(total) / Decimal(votes)).quantize(Decimal("0.000001"), rounding=ROUND_HALF_UP)


def group_score(group: Group) -> Scored:
    """The mean of a group's votes, with what it is made of."""

    def mean(view: View) -> tuple[Decimal, tuple[str, ...]]:
        votes = tally(view, group)
        return score(sum(votes.values()), len(votes)), tuple(votes)

    return mean


def overall_score(view: View) -> tuple[Decimal, tuple[str, ...]]:
    """The mean of the two groups, with what it is made of."""
    one, other = (tally(view, group).values() for group in ("averages", "oscillators"))
    total = sum(one) * len(other) + sum(other) * len(one)
    return score(total, 2 * len(one) * len(other)), ("rating_averages", "rating_oscillators")


HALF, TENTH = Decimal("0.5"), Decimal("0.1")
STATES = (
    Label("strong sell", (), below=-HALF),
    Label("sell", (), at_least=-HALF, below=-TENTH),
    Label("neutral", (), at_least=-TENTH, at_most=TENTH),
    Label("buy", (), above=TENTH, at_most=HALF),
    Label("strong buy", (), above=HALF),
)
SIDES = (("buy", 1), ("sell", -1), ("neutral", 0))


def declare_vote(vote: Vote) -> Measure:
    """A vote as a fact of its own."""

    @measure(f"vote_{vote.name}", unit=Unit.LABEL, kind=Kind.LABEL, bars=vote.bars, source=SOURCE,
             labels=tuple(Label(side, ()) for side, _ in SIDES), meaning=vote.meaning)  # fmt: skip
    def voted(view: View) -> Found:
        value = cast(view, vote)
        return Found(next(side for side, number in SIDES if number == value), of=vote.of)

    return voted


def spoken(label: Label) -> Label:
    """A label with its words in prose; "buy" alone would be advice, "neutral" alone is a zone of the RSI."""
    before = ("rated", "rating of", *(() if label.name == "neutral" else ("is", "reads", "at", "of")))
    return replace(label, phrases=(f"{label.name} rating", *(f"{word} {label.name}" for word in before)))


def declare_rating(name: str, compute: Scored, phrases: tuple[str, ...]) -> tuple[Measure, Measure]:
    """A rating and its label; where no rating is named, a label's words are of the overall one."""
    states = tuple(map(spoken, STATES)) if name == "overall" else STATES

    @measure(f"rating_{name}", unit=Unit.SCORE, kind=Kind.INDICATOR, limits=(-1, 1), source=SOURCE, phrases=phrases,
             meaning="TradingView's published rules; mean of votes -1..1")  # fmt: skip
    def rating(view: View) -> Found:
        value, of = compute(view)
        return Found(value, of=of)

    @measure(f"rating_{name}_label", unit=Unit.LABEL, kind=Kind.LABEL, of=f"rating_{name}", labels=states,
             source=SOURCE,
             meaning="strong sell < -.5 <= sell < -.1 <= neutral <= .1 < buy <= .5 < strong buy")  # fmt: skip
    def state(view: View) -> Found:
        return Found(label_of(STATES, compute(view)[0]).name, of=(f"rating_{name}",))

    return rating, state


def declare_count(group: Group, side: str, number: int) -> Measure:
    """How many of a group's votes are of a kind."""
    most = sum(vote.group == group for vote in VOTES)
    plural = ("averages", "moving averages") if group == "averages" else ("oscillators",)
    phrases = combine((f"{side} votes among the", f"{side} votes of the"), plural) + combine(
        plural, (f"voting {side}",)
    )

    @measure(f"rating_{group}_{side}_count", unit=Unit.COUNT, kind=Kind.COUNT, of=f"rating_{group}", limits=(0, most),
             source=SOURCE, phrases=phrases,
             meaning=f"{side.title()} votes of {most} (fewer where one is absent)")  # fmt: skip
    def votes(view: View) -> Found:
        found = tally(view, group)
        return Found(sum(value == number for value in found.values()), of=tuple(found))

    return votes


MEASURES: tuple[Measure, ...] = (
    *(declare_vote(vote) for vote in VOTES),
    *declare_rating("averages", group_score("averages"),
                    ("moving-average rating", "averages rating", "rating of the moving averages",
                     "rating of the averages", "moving averages rating")),
    *(declare_count("averages", side, number) for side, number in SIDES),
    *declare_rating("oscillators", group_score("oscillators"),
                    ("oscillator rating", "oscillators rating", "rating of the oscillators")),
    *(declare_count("oscillators", side, number) for side, number in SIDES),
    *declare_rating("overall", overall_score,
                    ("overall rating", "technical rating", "TradingView rating", "TradingView's rating",
                     "overall technical rating", "TradingView technical rating", "TradingView's technical rating",
                     "overall TradingView rating")),
)  # fmt: skip
