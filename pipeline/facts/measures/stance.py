"""The stance: the overall rating and the long trend in one word."""

from __future__ import annotations

from pipeline.facts import series
from pipeline.facts.catalogue import Label, Measure, label_of, measure
from pipeline.facts.measures.momentum import number
from pipeline.facts.measures.ratings import STATES, overall_score
from pipeline.facts.units import Kind, Unit
from pipeline.facts.view import Found, View

BULLISH, BEARISH = frozenset({"buy", "strong buy"}), frozenset({"sell", "strong sell"})


def stance_of(rating: str, above: int) -> str:
    """The stance of a rating's label and a close above (+1), at (0) or below (-1) the 200-day average."""
    if rating in BULLISH and above > 0:
        return "bullish"
    return "bearish" if rating in BEARISH and above < 0 else "mixed"


@measure("stance", unit=Unit.LABEL, kind=Kind.LABEL, bars=200,
         labels=tuple(Label(name, ()) for name in ("bullish", "mixed", "bearish")),  # its words are a table: stance.tsv
         source="The project's own rule",
         meaning="Bullish with an overall rating of buy or better and the close above its 200-day average, "
                 "bearish with sell or worse and below it, else mixed")  # fmt: skip
def stance(view: View) -> Found:
    """Bullish, mixed, bearish."""
    close, average = number(view.last), number(series.sma(view, 200)[-1])
    rating = label_of(STATES, overall_score(view)[0]).name
    return Found(
        stance_of(rating, (close > average) - (close < average)), of=("rating_overall_label", "close", "sma_200")
    )


MEASURES: tuple[Measure, ...] = (stance,)
