"""Words that lean on another claim, and words of place and size without a figure: proved where true, else found.

On Dec. 31, 2018 both indexes rose, the S&P 500 by more, and both were down for the year, the Nasdaq by less. On July
24, 2017 the Nasdaq rose to a record and the S&P 500 fell.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from pipeline.checking.checker import check
from pipeline.facts.build import build_snapshot

if TYPE_CHECKING:
    from pipeline.facts.snapshot import Snapshot
    from pipeline.market.bars import Bars

TOGETHER, APART = date(2018, 12, 31), date(2017, 7, 24)
BEFORE = "The Nasdaq rose on the day. "

TRUE_AND_FALSE = (
    # sizes of two moves
    ("Both indexes rose on the day, the S&P 500 by more.", "Both indexes rose on the day, the Nasdaq by more."),
    ("Both indexes fell this year, the Nasdaq by less.", "Both indexes fell this year, the Nasdaq by more."),
    ("The Nasdaq is down this year, the S&P 500 by more.", "The Nasdaq is down this year, the S&P 500 by less."),
    ("The S&P 500 rose on the day too, and by more.", "The S&P 500 rose on the day too, but by less."),
    ("The S&P 500 fell this year, the Nasdaq not as much.", "The Nasdaq fell this year, the S&P 500 not as much."),
    ("The Nasdaq was calmer on the day.", "The S&P 500 was calmer on the day."),
    ("The S&P 500 had the livelier year.", "The Nasdaq had the livelier year."),
    # what holds of the other too, or does not
    ("So did the S&P 500.", "Not so the S&P 500."),
    ("The S&P 500 did too.", "The S&P 500 did not."),
    ("The S&P 500 followed suit.", "The S&P 500 did the opposite."),
    ("The S&P 500 can say the same.", "The S&P 500 went the other way."),
    ("Not so the year.", "So too the year."),
    ("The S&P 500 rose as well.", "Neither did the S&P 500."),
    ("They moved in the same direction on the day.", "They moved in opposite directions on the day."),
    ("The Nasdaq rose again on the day.", "The S&P 500 rose again on the day."),
    # where the close lies
    ("The 50-day average of the Nasdaq is far off.", "The 50-day average of the Nasdaq is within reach."),
    ("The record is a long way off.", "The record is close."),
    ("The Nasdaq is far from its record.", "The Nasdaq is not far from its record."),
    ("The Nasdaq is far below its 200-day average.", "The Nasdaq is just below its 200-day average."),
    ("The Nasdaq is not at its 50-day average.", "The Nasdaq is at its 50-day average."),
    ("It closed in the upper half of the day's range.", "It closed in the lower half of the day's range."),
    ("It closed in the lower half of its 52-week range.", "It closed in the upper half of its 52-week range."),
    ("The Nasdaq is not near the upper band.", "The Nasdaq is near the upper band."),
)  # fmt: skip
"""A sentence of the session on which both rose, and one that differs in what it asserts."""

ONLY_APART = (
    "The Nasdaq rose on the day, unlike the S&P 500.", "The Nasdaq alone rose on the day.",
    "The Nasdaq was the only one to rise on the day.", "The S&P 500 did not.", "The S&P 500 did the opposite.",
    "The two moved in opposite directions on the day.", "Just the Nasdaq rose on the day.",
    "The Nasdaq is not far from its record.",
    "No close of the Nasdaq has been higher.",
)  # fmt: skip
"""True of the session on which one rose and one fell, false of the other."""

NO_FACT = (
    "The Nasdaq rose and gave it all back.", "The Nasdaq has never been so low.", "The Nasdaq never traded lower.",
    "The Nasdaq rose every day of the week.", "It rose all week.", "It is back where it started the year.",
    "Most of the days were up.", "It was higher at the start of the week.", "It rose only on Monday.",
    "There is no trend.", "The ADX is weak.", "The RSI is high.",
    "It was a narrow session.", "It was a busy day.", "The range was wide.", "The averages point up.",
    "The S&P 500 bore the brunt this year.", "The year's gain is gone.", "The winning streak is over.",
    "It closed at the top of the year's range.", "The Nasdaq broke its 50-day average.",
    "The Nasdaq has doubled this year.", "The Nasdaq halved this year.", "The two are hardly related.",
    "The two moved by the same amount on the day.", "Support is strong, and there is no support below.",
)  # fmt: skip

FREE = (
    "The oscillators alone say little.", "That was the day, once more in short.",
    "The other way round it reads the same.",
    "The story is the same at the top of the page.", "Equally, the table lists the levels.",
    "So much for the day, again.",
    "The Nasdaq rose 0.77% in a narrow session.", "The RSI is weak at 42.38.",
    "Once again the table lists the levels.",
)  # fmt: skip


@pytest.fixture(scope="module")
def together(sample_bars: dict[str, Bars]) -> Snapshot:
    return build_snapshot(sample_bars["IXIC"], sample_bars["SPX"], TOGETHER)


@pytest.fixture(scope="module")
def apart(sample_bars: dict[str, Bars]) -> Snapshot:
    return build_snapshot(sample_bars["IXIC"], sample_bars["SPX"], APART)


def said(sentence: str, snapshot: Snapshot) -> list[str]:
    """Rules and words of the findings in a sentence that follows one that is proved."""
    findings = check(BEFORE + sentence, snapshot).findings
    assert all(finding.start >= len(BEFORE) - 1 for finding in findings)
    return [f"{finding.rule}: {finding.text}" for finding in findings]


@pytest.mark.parametrize(("true", "false"), TRUE_AND_FALSE, ids=[true for true, _ in TRUE_AND_FALSE])
def test_what_leans_on_another_claim_is_proved_with_it(true: str, false: str, together: Snapshot) -> None:
    assert said(true, together) == []
    assert said(false, together) != []


@pytest.mark.parametrize("sentence", ONLY_APART)
def test_what_is_said_of_one_alone_is_denied_of_the_other(sentence: str, together: Snapshot, apart: Snapshot) -> None:
    assert said(sentence, apart) == []
    assert said(sentence, together) != []


@pytest.mark.parametrize("sentence", NO_FACT)
def test_what_no_fact_shows_is_found(sentence: str, together: Snapshot) -> None:
    assert said(sentence, together) != []


@pytest.mark.parametrize("sentence", FREE)
def test_what_leans_on_nothing_or_has_its_figure_passes(sentence: str, together: Snapshot) -> None:
    assert said(sentence, together) == []


def test_nothing_said_before_is_nothing_to_lean_on(together: Snapshot) -> None:
    assert check("So did the S&P 500.", together).findings
    assert check("The Nasdaq by more.", together).findings
