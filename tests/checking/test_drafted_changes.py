"""Changes, volume, tallies and comparisons as drafts under the project's prompt tell them: each true sentence is
accepted whole; the same sentence with one wrong word or figure is not. What is true was read off the sample's bars."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from pipeline.checking.checker import check
from pipeline.facts.build import build_snapshot
from pipeline.facts.snapshot import Snapshot
from pipeline.market.instruments import WELL_KNOWN
from pipeline.market.sources import open_source


@cache
def on(day: str) -> Snapshot:
    """The snapshot of a session, the Nasdaq against the S&P 500; of a fund with the latter's bars after "fund"."""
    source = open_source("sample", None)
    first, second = source.load("IXIC"), source.load("SPX")
    if day.startswith("fund "):
        first, second = (replace(bars, instrument=WELL_KNOWN[name]) for bars, name in ((second, "SPY"), (first, "QQQ")))
    return build_snapshot(first, second, date.fromisoformat(day.removeprefix("fund ")))


PERIODS = [
    ("2012-05-25", "Over 20 sessions the Nasdaq's decline reached 7.55%, and over 12 months the index gained 2.76%.",
     [("7.55%", "2.76%"), ("over 12 months", "year to date"), ("gained", "lost"), ("Over 20 sessions", "On the day")]),
    ("2012-05-25", "Year to date the gain stood at 8.92%, and over 12 months at 2.76%.",
     [("8.92%, and over 12 months at 2.76%", "2.76%, and over 12 months at 8.92%"), ("gain", "loss")]),
    ("2012-05-25", "On the week the Nasdaq gained 2.11%, but month to date it lost 6.86%.",
     [("On the week", "On the day"), ("month to date", "quarter to date"), ("lost", "gained")]),
    ("2012-05-25", "On the week the Nasdaq rose 2.11%, and year to date 8.92%.",
     [("2.11%, and year to date 8.92%", "8.92%, and year to date 2.11%")]),
    ("2012-05-25", "On the week the Nasdaq gained 2.11%, ahead of the S&P 500, which rose 1.74%.",
     [("ahead of", "behind"), ("1.74%", "2.11%"), ("rose", "fell"), ("On the week", "Month to date")]),
    ("2012-05-25",
     "The Nasdaq beat the S&P 500 on the week and year to date, by 0.37 percentage points and 4.13 percentage points.",
     [("0.37", "4.13"), ("year to date", "month to date"), ("beat", "trailed")]),
    ("2012-05-25", "The Nasdaq led on the week and year to date, with gains of 2.11% and 8.92%.",
     [("2.11% and 8.92%", "8.92% and 2.11%"), ("gains", "losses")]),
    ("2012-05-25", "The Nasdaq rose 2.11% on the week, 0.37 percentage points more than the S&P 500.",
     [("more", "less")]),
    ("2012-05-25", "May brought a loss of 6.86% for the Nasdaq and 5.73% for the S&P 500.",
     [("loss", "gain"), ("6.86%", "5.73%"), ("May", "March")]),
    ("2012-05-25", "# Nasdaq ends May 6.86% lower month to date\n\nThe Nasdaq closed at 2,837.53.",
     [("May", "March"), ("lower", "higher"), ("6.86%", "6.96%")]),
    ("2012-05-25", "The 5-session gain was 2.11%, and the 20-session loss was 7.55%.",
     [("5-session", "20-session"), ("loss", "gain"), ("20-session", "50-session"), ("7.55%", "2.11%")]),
    ("2012-05-25", "The close of 2,837.53 was down 1.85 points from the previous close of 2,839.38.",
     [("down", "up"), ("2,839.38", "2,837.53"), ("1.85", "1.58")]),
    ("2012-05-25", "The week's rise carried the year-to-date gain to 8.92%.",
     [("gain", "loss"), ("8.92%", "2.76%"), ("year-to-date", "monthly")]),
    ("2013-11-27", "The last completed week had ended higher.", [("higher", "lower")]),
]  # fmt: skip
COMPARISONS = [
    ("2012-05-25", "On the day the Nasdaq lost less than the S&P 500, which fell 0.22%.",
     [("less", "more"), ("fell", "rose"), ("0.22%", "0.07%"), ("On the day", "On the week")]),
    ("2012-05-25", "The S&P 500 fell 0.22% on the day, more than the Nasdaq, which dropped 0.07%.",
     [("more", "less"), ("0.07%", "0.22%")]),
    ("2012-05-25", "The Nasdaq fell 0.07% on the day, while the S&P 500 lost more, at 0.22%.", [("more", "less")]),
    ("2012-05-25", "The Nasdaq fell 0.07% on the day, a smaller loss than the 0.22% of the S&P 500.",
     [("smaller", "larger"), ("0.22%", "0.23%")]),
    ("2012-05-25", "The S&P 500 fell 0.22% on the day, more than the 0.07% loss of the Nasdaq.", [("more", "less")]),
    ("2012-05-25",
     "On the week the Nasdaq led the S&P 500 by 0.37 percentage points, and year to date by 4.13 percentage points.",
     [("led", "lagged"), ("0.37", "4.13"), ("year to date", "month to date")]),
]  # fmt: skip
RIVALS = [
    ("2014-03-05", "The Nasdaq rose 1.16% on the week so far, while the S&P 500 added a smaller 0.77%.",
     [("smaller", "larger"), ("0.77%", "1.16%"), ("week", "year")]),
    ("2014-03-05", "The Nasdaq posted its highest close in 52 weeks.",
     [("in 52 weeks", "on record"), ("highest", "lowest"), ("Nasdaq", "S&P 500")]),
    ("2018-12-31", "A death cross of the 50-day and 200-day averages came on Nov. 27, 22 sessions ago.",
     [("22", "59"), ("22", "33"), ("death", "golden"), ("27", "28")]),
    ("2012-05-25", "The Nasdaq's gain of 8.92% year to date led the S&P 500's 4.79%.",
     [("led", "trailed"), ("8.92%", "4.79%"), ("4.79%", "8.92%"), ("gain", "loss")]),
    ("2012-05-25", "The S&P 500's 20-session loss of 6.10% was ahead of the Nasdaq's 7.55%.",
     [("ahead of", "behind"), ("loss", "gain")]),
    ("2012-05-25", "The Nasdaq closed 1.85 points below its previous close.", [("below", "above"), ("1.85", "1.58")]),
    ("2012-05-25", "The Nasdaq closed at 2,837.53 on Friday, 0.07% below its previous close.",
     [("Friday", "Thursday"), ("below", "above"), ("previous close", "52-week high")]),
    ("2012-05-25", "The Nasdaq stood 8.22% lower quarter to date.", [("lower", "higher"), ("quarter", "month")]),
]  # fmt: skip
ORDERS = [
    ("2012-05-25",
     "The Nasdaq led the S&P 500 by 0.37 percentage points on the week. Month to date the order was reversed.",
     [("Month", "Year")]),
    ("2012-05-25", "The S&P 500's loss on the day was larger than the Nasdaq's, which came to 0.07%.",
     [("larger", "smaller"), ("0.07%", "0.22%")]),
]  # fmt: skip
TALLIES = [
    ("2014-10-10", "Of the 12 moving averages on the sheet, 11 stood above the Nasdaq's close.",
     [("11", "10"), ("above", "below"), ("12", "11")]),
    ("2014-10-10", "Most of the moving averages on the sheet stood above the price, 11 of 12.",
     [("Most", "All"), ("Most", "None"), ("above", "below"), ("11 of", "10 of")]),
    ("2013-11-27", "All of the moving averages on the sheet stood below the price of the Nasdaq, 12 of 12.",
     [("below", "above"), ("12 of 12", "11 of 12"), ("All", "None")]),
    ("2013-11-27", "None of the 12 moving averages stood above the Nasdaq's close.",
     [("above", "below"), ("12", "11"), ("None", "All")]),
    ("2013-11-27", "None of the moving averages stood above the close of the Nasdaq.",
     [("above", "below"), ("None", "Most")]),
    ("2013-11-27", "No moving average on the sheet stood above the price.", [("above", "below"), ("No", "Every")]),
    ("2018-12-31", "Most of the 12 moving averages stood above the Nasdaq's close.",
     [("above", "below"), ("12", "11"), ("Most", "All")]),
    ("2013-11-27", "The Nasdaq's close and the three moving averages stood in rising order.",
     [("rising", "falling"), ("three", "four")]),
]  # fmt: skip
SESSIONS = [
    ("2013-11-27", "The Nasdaq closed 0.03% below its 52-week high, set in the latest session.",
     [("0.03% below its 52-week high", "30.32% above its 52-week low")]),
    ("2013-11-27", "Within the session the Nasdaq also set a 52-week high of 4,045.81.",
     [("a 52-week high of 4,045.81", "a record high of 5,132.52")]),
    ("fund 2012-05-25", "Volume in SPY was light at 2,873 million shares on the day.",
     [("light", "heavy"), ("on the day", "on the week"), ("2,873", "2,783"), ("on the day", "month to date"),
      ("SPY", "QQQ")]),
    ("fund 2012-05-25", "SPY traded 2,873 million shares on the day, which was light volume.",
     [("light", "heavy"), ("on the day", "on the week")]),
    ("fund 2012-05-25",
     "SPY's volume was 2,873 million shares on the day, 0.74 times the average of the 50 sessions before.",
     [("50", "20"), ("on the day", "year to date")]),
    ("fund 2012-05-25",
     "Down volume of 111,826 million shares exceeded up volume of 80,394 million shares over 50 sessions.",
     [("50", "20"), ("111,826", "51,909"), ("Down", "Up")]),
    ("fund 2012-05-25", "Over 20 sessions down volume led up volume.", [("led", "lagged")]),
    ("fund 2012-05-25", "The fund's volume on the day was light.", [("light", "heavy")]),
]  # fmt: skip
FALLS = [
    ("2018-12-31",
     "The Nasdaq's record close is 8,109.69. Monday's close stood 18.18% below that record, which makes the decline a "
     "correction.",
     [("decline", "gain"), ("correction", "bear market")]),
]  # fmt: skip
GAPS = [
    ("2013-11-27",
     "Both indexes stood above their 50-day moving averages, the Nasdaq by 4.35% and the S&P 500 by 3.84%.",
     [("above", "below"), ("4.35%", "3.84%"), ("3.84%", "4.35%"), ("50-day", "200-day")]),
]  # fmt: skip
ALL = [*GAPS, *PERIODS, *COMPARISONS, *RIVALS, *ORDERS, *TALLIES, *SESSIONS, *FALLS]


@pytest.mark.parametrize(("day", "text"), [(day, text) for day, text, _ in ALL])
def test_a_true_sentence_is_accepted(day: str, text: str) -> None:
    assert [item.message for item in check(text, on(day)).findings if item.severity != "style"] == []


@pytest.mark.parametrize(
    ("day", "text", "wrong"),
    [(day, text, text.replace(right, wrong, 1)) for day, text, changes in ALL for right, wrong in changes],
)
def test_a_false_variant_is_a_finding(day: str, text: str, wrong: str) -> None:
    assert wrong != text
    assert [item for item in check(wrong, on(day)).findings if item.severity != "style"]


@pytest.mark.parametrize(
    "text",
    [
        "By weeks, the Nasdaq rose 2.11% on the week.",
        "The Nasdaq's daily RSI is below the zone at or above 70.",
    ],
)
def test_no_blank_is_seen_where_none_is(text: str) -> None:
    assert "blank-figure" not in {item.rule for item in check(text, on("2012-05-25")).findings}


@pytest.mark.parametrize(
    "text", ["The Nasdaq closed at or.", "The Nasdaq closed at or on Friday.", "The Nasdaq rose by percent."]
)
def test_a_blank_is_seen(text: str) -> None:
    assert "blank-figure" in {item.rule for item in check(text, on("2012-05-25")).findings}
