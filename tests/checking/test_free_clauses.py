"""Clauses without a figure: what they claim is proved, what they launder is refused, and what asserts nothing passes.

The Nasdaq rose 0.77% on Dec. 31, 2018 and fell 3.88% on the year, the S&P 500 rose 0.85% and fell 6.24%.
"""

from __future__ import annotations

import pytest

from pipeline.checking.checker import check
from pipeline.facts.snapshot import Snapshot

BEFORE = "The Nasdaq rose 0.77% on the day. "

TRUE_AND_FALSE = (
    ("Last week was a winner.", "Last week was a loser."),  # +3.97% from Dec. 21 to Dec. 28
    ("Buyers won the day.", "Sellers won the day."),
    ("It was a good day for the bulls.", "It was a bad day for the bulls."),
    ("It was a day for buyers.", "It was a day for sellers."),
    ("It was a bad year for the Nasdaq.", "It was a good year for the Nasdaq."),
    ("The year was unkind to both.", "The year was kind to both."),
    ("It was a year to forget.", "It was a year to remember."),
    ("Sellers owned the quarter.", "Buyers owned the quarter."),
    ("The year belonged to the bears.", "The year belonged to the bulls."),
    ("Bears had the last word on the year.", "Bears had the last word on the day."),
    ("The quarter was one of losses.", "The quarter was one of gains."),
    ("The day went to the S&P 500.", "The day went to the Nasdaq."),
    ("The Nasdaq won the year.", "The S&P 500 won the year."),
    ("The year favors the Nasdaq.", "The year favors the S&P 500."),
    ("The S&P 500 had the better of the day.", "The Nasdaq had the better of the day."),
    ("It was a better day for the S&P 500.", "It was a better day for the Nasdaq."),
    ("The larger gain was the S&P 500's.", "The larger gain was the Nasdaq's."),
    ("The Nasdaq's was the smaller gain.", "The S&P 500's was the smaller gain."),
    ("The Nasdaq has the smaller loss on the year.", "The S&P 500 has the smaller loss on the year."),
    ("The Nasdaq's loss on the year is smaller than the S&P 500's.",
     "The Nasdaq's loss on the year is larger than the S&P 500's."),
    ("On the year the Nasdaq fell less than the S&P 500.", "On the year the Nasdaq fell more than the S&P 500."),
    ("It fell short of the S&P 500.", "The S&P 500 fell short of the Nasdaq."),
    ("The gap is wider for the year.", "The gap is narrower for the year."),
    ("Both fell on the year.", "Both rose on the year."),
    ("Each index rose.", "Each index fell."),
)  # fmt: skip
"""A sentence, and one that differs in what it asserts. The spread is 0.08 points on the day and 2.36 on the year."""

REFUSED = (
    # causes
    "Cheaper oil did much of the lifting.", "A weak auction knocked the index lower in the quarter.",
    "The gain was a reaction to the jobs data.", "The Nasdaq rose 0.77% on the day on the strength of chip makers.",
    "The move had its roots in Washington.", "The Nasdaq fell on the year, a victim of rising borrowing costs.",
    "The Nasdaq rose 0.77% on the day as investors looked past the shutdown.", "Softer yields did the trick.",
    "The gloam lifted the index.", "Cocoa butter rose on the day.",
    # forecasts and tendencies
    "The rally has legs.", "The worst is over.", "There is more where that came from.", "The trend remains intact.",
    "What comes next depends on the close.", "7,000 is the next port of call.", "The bulls are not done.",
    "A close below 6,500 opens the way to 6,200.", "This is how bottoms are made.", "It never fails.",
    "History is on the side of the bulls.", "Every dip gets bought.",
    # advice and hype
    "Dips are for buying.", "This is a level at which to buy.", "The index is a hold.", "Best to stand aside.",
    "What a ride.", "A blockbuster session.", "The bulls are on a tear.", "The index is in a sweet spot.",
    # minds, authorities, names, topics
    "Bulls breathed a sigh of relief.", "Traders were glued to their screens.", "Few were brave enough to sell.",
    "Some see a bottom forming.", "Many called the low.", "Energy lagged.", "Put buying was heavy.",
    "Money came out of bonds.", "Breadth was strong.",
    # judgements with no fact behind them
    "Momentum has turned.", "Momentum is fading.", "The tide has turned.", "The correction is complete.",
    "The technical picture has improved.", "Volatility is picking up.", "The index respects its 20-day average.",
    "It was a rare gain.", "The damage is done.", "Support did its job.", "Sellers are nowhere in sight.",
    "Only the Nasdaq rose.", "Only the S&P 500 fell on the year.",
    "A close above 7,000 would be a record.", "A close above 8,109.69 would start a new rally.",
    "The Nasdaq will be at 6,621.77.",
)  # fmt: skip

HARMLESS = (
    "The year was another matter.", "The longer view is different.", "Not so the year.", "So much for the day.",
    "The averages tell the same story.", "Nothing in the table contradicts that.", "The table below lists the levels.",
    "This is not investment advice.", "Nothing here is a forecast.", "Past performance is no guide to the future.",
    "Readers will find the table below.", "The S&P 500 can say the same.", "There is little to choose between them.",
    "On the weekly chart the story is similar.", "It is worth setting the two side by side.", "That is a daily figure.",
    "The Nasdaq rose 0.77% on the day, leaving it at 6,635.28.", "What the chart shows", "The bigger picture",
    "The Nasdaq rose 0.77% on the day as the S&P 500 added 0.85%.", "The record is a long way off.",
    "The Nasdaq rose 0.77% on the day, with the S&P 500 up 0.85%.", "A day does not make a trend.",
    "The close came to rest at 6,635.28.", "So too the S&P 500.", "Zoom out and the view is different.",
    "A close above 8,109.69 would be a record.", "The pivot for the next session will be 6,621.77.",
)  # fmt: skip


def said(sentence: str, snapshot: Snapshot) -> list[str]:
    """Rules and words of the findings in a sentence that follows one that is proved."""
    findings = check(BEFORE + sentence, snapshot).findings
    assert all(finding.start >= len(BEFORE) - 1 for finding in findings)
    return [f"{finding.rule}: {finding.text}" for finding in findings]


@pytest.mark.parametrize(("true", "false"), TRUE_AND_FALSE, ids=[true for true, _ in TRUE_AND_FALSE])
def test_a_claim_without_a_figure_is_proved_and_its_opposite_is_not(
    true: str, false: str, sample_snapshot: Snapshot
) -> None:
    assert said(true, sample_snapshot) == []
    assert said(false, sample_snapshot) != []


@pytest.mark.parametrize("sentence", REFUSED)
def test_what_no_fact_shows_is_refused(sentence: str, sample_snapshot: Snapshot) -> None:
    assert said(sentence, sample_snapshot) != []


@pytest.mark.parametrize("sentence", HARMLESS)
def test_what_asserts_nothing_passes(sentence: str, sample_snapshot: Snapshot) -> None:
    assert said(sentence, sample_snapshot) == []
