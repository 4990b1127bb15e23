"""What docs/rules.md says beside the rules: how a figure supports a fact, which size of move a word may tell, and what
is meant where the text is silent. Numbers and words come from where the checker has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.checking.proof import FLAT_AT_MOST, LARGE_AT_LEAST, SMALL_AT_MOST
from pipeline.checking.reading.of_moves import TIMES_OVER
from pipeline.checking.reading.of_places import AT, NEAR
from pipeline.checking.values import ABOUT, NEARLY
from pipeline.checking.vocabulary import PARTS_OF_A_RANGE, Entry, load


@dataclass(frozen=True, slots=True)
class Hedge:
    """What a hedge says, with a printed figure, a value it supports and one that it does not. side: as in hedge.tsv,
    empty for a figure without a hedge."""

    side: str
    meaning: str
    figure: str
    supports: str
    refuses: str


@dataclass(frozen=True, slots=True)
class Silence:
    """What is meant where the text does not say: a sentence that holds so, and one that would hold only otherwise. Both
    speak of the bundled sample's last session."""

    meaning: str
    holds: str
    fails: str


HEDGES = (
    Hedge("", "the value rounds to it at its last printed digit, half up or half even; from the stored value or from "
              "the form the fact sheet shows", "73.8", "73.8493", "73.9001"),
    Hedge("about", f"the same, or the value is within one unit of its last printed digit or {ABOUT:.1%} of it", "8",
          "7.05", "6.95"),
    Hedge("over", "the value is above it and below the next step of its last significant digit", "2600", "2677.74",
          "2700"),
    Hedge("under", f"the value is below it, by less than half such a step and {NEARLY:.0%}", "8", "7.89", "7.4"),
    Hedge("less", "the value is below it, by at most such a step", "8", "7", "6.99"),
    Hedge("at_least", "as over, and equal is enough", "2", "2", "1.99"),
    Hedge("at_most", "as under, and equal is enough", "8", "8", "8.01"),
)  # fmt: skip

UNITS = (
    "Counts, streaks and tallies are exact, whatever the hedge.",
    "Percent, percentage points, basis points, points and dollars differ: the spread of two changes is in percentage "
    "points.",
    "The sign comes from the verb: \"fell 0.38%\" supports -0.38 and nothing else.",
    "In streaks and windows a day is a session; between dates days are calendar days; weeks are never sessions.",
    "A label carries its threshold and convention; docs/facts.md has them with their sources.",
)  # fmt: skip

SILENCES = (
    Silence("RSI is of daily bars", "The Nasdaq's RSI stands at 42.38.", "The Nasdaq's RSI stands at 37.76."),
    Silence("An average of so many days is simple", "The 50-day average of the Nasdaq stands at 7,087.63.",
            "The 50-day average of the Nasdaq stands at 7,056.11."),
    Silence("A change without a period is the day's", "The Nasdaq rose 0.77%.", "The Nasdaq fell 3.88%."),
    Silence("A fragment without a subject may speak of the article's instrument",
            "The S&P 500 closed at 2,506.85. Up 0.77% on the day.",
            "The S&P 500 closed at 2,506.85. It was up 0.77% on the day."),
    Silence("Support and resistance are the nearest swing levels", "The Nasdaq's nearest support stands at 6,630.67.",
            "The Nasdaq's nearest support stands at 6,514.43."),
)  # fmt: skip

PLACES = (
    f"Near, close to, within reach of a level: within {NEAR} 14-day average true ranges of it; far from it: beyond. "
    f"At a level, a whisker away: within {AT} of one.",
    *(f"The {f'{part} half' if part in ('upper', 'lower') else part} of a range: "
      f"from {least} % to {most} % of the way up from its low."
      for part, (least, most) in PARTS_OF_A_RANGE.items()),
    *(f"{word.capitalize()}: a change of {least} % to {most} %."
      for word, (least, most) in TIMES_OVER.items() if word in ("doubled", "tripled", "quadrupled", "halved")),
)  # fmt: skip
"""What words of place and of multiples say where no figure does."""

BANDS = {
    "small": f"fails above {SMALL_AT_MOST}",
    "large": f"fails below {LARGE_AT_LEAST}",
    "flat": f"fails above {FLAT_AT_MOST}",
    "": "any size",
}
"""When a word of a band does not fit, in 14-day average true ranges times the square root of the period's sessions."""


def sections() -> Iterator[str]:
    """The lines of the sections."""
    yield from ("", "## How a figure supports a fact", "", "Printed precision decides, never a tolerance.", "")
    yield from ("| hedge | words | the figure supports a value if | for example |", "|---|---|---|---|")
    for one in HEDGES:
        cells = (
            one.side.replace("_", " ") or "none",
            _words(form for entry in _sided(one.side) for form in entry.forms),
            one.meaning,
            f"{one.figure}: {one.supports}, but not {one.refuses}",
        )
        yield f"| {' | '.join(cells)} |"
    yield ""
    yield from (f"- {line}" for line in UNITS)
    yield from ("", "## How big a move a word may tell", "")
    yield (
        "A move is measured in the 14-day average true range, in percent of the close, times the square root of the "
        "sessions in its period. The first form of a word stands for all of them."
    )
    yield from ("", "| band | | words |", "|---|---|---|")
    for band, limit in BANDS.items():
        yield f"| {band or 'none'} | {limit} | {_words(entry.forms[0] for entry in _banded(band))} |"
    yield from (
        "",
        "## What words of place and of multiples say without a figure",
        "",
        *(f"- {line}" for line in PLACES),
    )
    yield from ("", "## What is meant where the text is silent", "")
    yield "A convention decides only between readings that are equally near; what the text says or carries goes first."
    yield from ("", "| | holds | does not |", "|---|---|---|")
    yield from (f"| {one.meaning} | {one.holds} | {one.fails} |" for one in SILENCES)


def _sided(side: str) -> list[Entry]:
    return [entry for entry in load()["hedge"] if entry.attributes[0] == side]


def _banded(band: str) -> list[Entry]:
    """Words of a band: those of direction carry it second, those of magnitude first."""
    direction = [entry for entry in load()["direction"] if entry.attributes[1] == band]
    return direction + [entry for entry in load()["magnitude"] if entry.attributes[0] == band]


def _words(forms: Iterable[str]) -> str:
    return ", ".join(forms)
