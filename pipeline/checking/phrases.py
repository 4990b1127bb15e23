"""Phrases beside those the catalogue and the instruments declare: what averages, ranges, sets of measures and both
instruments are called in prose, how traders shorten a name, and how a phrase becomes words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pipeline.checking.tokens import tokenise
from pipeline.facts.catalogue import Label
from pipeline.facts.periods import PERIODS

SIMPLE, EXPONENTIAL = "sma_", "ema_"
AVERAGE_NOUNS: dict[str, tuple[str, ...]] = {
    "moving average": (SIMPLE, EXPONENTIAL), "average": (SIMPLE, EXPONENTIAL), "simple moving average": (SIMPLE,),
    "simple average": (SIMPLE,), "sma": (SIMPLE,), "ma": (SIMPLE, EXPONENTIAL),
    "exponential moving average": (EXPONENTIAL,), "exponential average": (EXPONENTIAL,),
    "ema": (EXPONENTIAL,), "exponential": (EXPONENTIAL,), "simple": (SIMPLE,),
    "simple and exponential moving average": (SIMPLE, EXPONENTIAL),
    "simple and exponential average": (SIMPLE, EXPONENTIAL),
}  # fmt: skip
EXTREMES = {
    "as high as": "high", "no higher than": "high", "got to": "high", "as low as": "low", "no lower than": "low",
    "down as far as": "low", "up as far as": "high",
    "topped out at": "high", "peaked at": "high", "opening at": "open", "bottomed out at": "low", "bottomed at": "low",
}  # fmt: skip
"""How prose leads to the session's high and low."""
RANGES = {
    "52w": ("52-week", "one-year", "12-month", "52 week", "52w", "52wk"), "20d": ("20-day", "20-session", "20d"),
    "3m": ("three-month", "3-month"),
    "day": ("day's", "the day's", "session's", "the session's", "session", "daily", "intraday"),
}  # fmt: skip
STRETCHES = {"day": (), "52w": ("52 weeks", "fifty-two weeks"), "20d": (), "3m": ("three months", "3 months")}
PRONOUNS = (
    "it's", "it", "its", "itself", "the index", "the gauge", "the benchmark", "the average", "the measure", "they",
    "their", "the fund", "the stock", "the shares", "the coin", "the token", "the composite", "the price", "price",
    "px",
)  # fmt: skip
BOTH = ("both indexes", "both indices", "both gauges", "both benchmarks", "the two indexes", "the two gauges",
        "the two benchmarks", "the pair", "the two", "both of them")  # fmt: skip
RIVAL = ("its rival", "the rival", "its counterpart", "its peer", "the other index", "the other gauge", "the other")
OVER = ("over", "over the past", "over the last", "in the past", "in the last", "across")
ON_BARS = ("on a {} basis", "on {} bars", "on the {} chart", "{} chart", "on the {} timeframe", "on a {} chart",
           "on {} closes")  # fmt: skip
BANDS = {
    f"{side} {noun}": f"bollinger_{side}"
    for side in ("upper", "lower", "middle")
    for noun in ("one", "daily Bollinger band", "daily band", "20-day Bollinger band")
}
"""The Bollinger bands, said after one of them was named, or with their timeframe or window."""
_SWINGS = ("{}s", "chart {}s", "{} levels", "levels of {}", "swing {}s", "{}s on the chart")
SETS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("bollinger_lower", "bollinger_upper"): ("Bollinger bands", "bands", "Bollingers", "Bollinger range"),
    ("bollinger_lower", "bollinger_middle", "bollinger_upper"): ("three Bollinger bands",),
    ("round_number_below", "round_number_above"): ("round numbers", "round figures", "round levels", "round nos."),
    ("stochastic_k", "stochastic_d"): ("stochastics", "slow stochastics"),
    **{
        tuple(f"swing_{side}_{rank}" for rank in (1, 2, 3)): tuple(form.format(side) for form in _SWINGS)
        for side in ("support", "resistance")
    },
}
"""Names of several measures, in the order in which their figures follow."""
ROUND = ("round number", "round figure", "round level")
"""A round number whose side stands apart from its name ("the round number of 2,700 is the next one above")."""
HEADINGS: dict[str, str] = {
    **{period.heading.lower(): period.name for period in PERIODS if period.heading},
    **{period.name: period.name for period in PERIODS},
    "session": "1d", "today": "1d", "daily": "1d", "d": "1d", "w": "1w", "weekly": "1w", "week to date": "1w",
    "monthly": "mtd", "month to date": "mtd", "year to date": "ytd", "calendar year": "ytd", "twelve months": "12m",
    "12 months": "12m", "12 month": "12m", "year over year": "12m", "five sessions": "5d", "5 sessions": "5d",
    "five days": "5d", "5 days": "5d", "20 sessions": "20d", "20 days": "20d", "twenty sessions": "20d",
}  # fmt: skip
"""Headings of tables that name a period."""
_LENGTHS = re.compile(r"\b(\d+)-(day|week)\b")
_SHORT = {"day": ("{}d", "{}-session"), "week": ("{}w", "{}wk", "{}-wk")}
"""How traders shorten a window's length."""
LABELS_SHORT = {"overbought": ("OB",), "oversold": ("OS",)}


def shortened(phrase: str) -> Iterator[str]:
    """A phrase as traders write its window ("52w high", "50d average"); nothing where it has none."""
    if (found := _LENGTHS.search(phrase)) is not None:
        for form in _SHORT[found[2]]:
            yield phrase[: found.start()] + form.format(found[1]) + phrase[found.end() :]


def phrase_words(phrase: str) -> list[str]:
    """The words of a phrase as the tokeniser gives them, lower case, without hyphens between words."""
    text = phrase.lower()
    if text.replace("-", "").replace("'", "").replace(" ", "").isalpha() and text.isascii() and text[0] not in "-'":
        return text.replace("-", " ").replace("'s ", " 's ").removesuffix("'s").split() + (
            ["'s"] if text.endswith("'s") else []
        )
    return [token.norm for token in tokenise(text) if token.text != "-" or not token.joined]


@cache
def label_words(label: Label) -> frozenset[tuple[str, ...]]:
    """The phrases of a label, each as the words of `phrase_words`."""
    return frozenset(tuple(phrase_words(phrase)) for phrase in label.phrases)
