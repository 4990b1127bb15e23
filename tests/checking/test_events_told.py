"""Events told in a stranger's words: dates, crossings and runs. Each true sentence is accepted; the same sentence with
one wrong word or figure is not. What is true was read off the sample's bars on these sessions."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from pipeline.checking.checker import check
from pipeline.facts.build import build_snapshot
from pipeline.facts.snapshot import Snapshot
from pipeline.market.sources import open_source

LED_BY = {"2011-12-30": "SPX", "2013-02-19": "SPX"}
"""The article's instrument where it is not the Nasdaq."""


@cache
def on(day: str) -> Snapshot:
    """The snapshot of a session, the Nasdaq against the S&P 500 or the other way round."""
    source = open_source("sample", None)
    first = LED_BY.get(day, "IXIC")
    second = "SPX" if first == "IXIC" else "IXIC"
    return build_snapshot(source.load(first), source.load(second), date.fromisoformat(day))


DATES = [
    ("2000-04-14", "The Nasdaq's peak came on March 10.",
     [("March 10", "March 24")]),
    ("2000-04-14", "The Nasdaq's record close is 5,048.62, from March 10. The S&P 500's peak came March 24.",
     [("peak came March 24", "peak came March 10")]),
    ("2000-04-14", "The 52-week high came in March. The 20-day low, set on the 14th, is 3,265.98.",
     [("14th", "13th")]),
    ("2000-04-14", "The Nasdaq fell below its 50-day average on April 3 and below its 100-day average on the 11th.",
     [("April 3", "April 4"), ("11th", "10th"), ("11th", "3rd")]),
    ("2000-04-14", "The Nasdaq has been below its 100-day average since the 11th.",
     [("11th", "10th")]),
    ("2000-04-14", "Since the end of 1999 the Nasdaq has lost 18.4%.",
     [("1999", "1998"), ("18.4", "27.4")]),
    ("2000-04-14", "Since the end of March the Nasdaq has lost 27.4%.",
     [("March", "February"), ("27.4", "18.4")]),
    ("2000-04-14", "The Nasdaq has fallen 25.3% since Friday, April 7.",
     [("April 7", "April 6"), ("Friday, April 7", "Monday, April 3")]),
    ("2000-04-14", "The S&P 500 has fallen 7.7% since Dec. 31.",
     [("Dec. 31", "Dec. 30"), ("7.7", "7.9")]),
    ("2000-04-14", "The Nasdaq's 52-week high was set in early March.",
     [("early", "late")]),
    ("2000-04-14", "The Nasdaq's 52-week low was set in the spring of 1999.",
     [("spring", "autumn"), ("1999", "1998")]),
    ("2000-04-14", "The S&P 500's record close came on March 24 of this year.",
     [("this", "last")]),
    ("2000-04-14", "The S&P 500's 52-week low of 1,233.70 was set in mid-October last year.",
     [("mid-", "late "), ("last", "this")]),
    ("2000-04-14", "The ratio of the Nasdaq to the S&P 500 set its 52-week high on March 10.",
     [("10", "24")]),
    ("2000-04-14", "The ratio of the Nasdaq to the S&P 500 stands at 2.4483, well under its March 10 peak.",
     [("March 10", "March 24")]),
    ("2011-12-30", "The ratio of the S&P 500 to the Nasdaq stood at 0.4827, about 0.7% short of its June 20 peak.",
     [("June 20", "June 21")]),
    ("2011-12-30", "The S&P 500 has climbed 126.18 points since the end of September.",
     [("September", "October"), ("126", "136")]),
    ("2011-12-30", "The Nasdaq crossed below its 50-day average in December.",
     []),
    ("2000-04-14", "The next session is on Monday.",
     [("Monday", "Tuesday")]),
    ("2000-04-14", "The next session is Monday, April 17.",
     [("17", "18")]),
    ("2000-04-14", "The Nasdaq's record close is 5,048.62, from March 10. Five weeks later, the index is 34% lower.",
     [("Five", "Six"), ("34%", "35%")]),
    ("2000-04-14", "Nasdaq record close 5,048.62, March 10. Five weeks later, 34% lower.",
     [("Five", "Four"), ("34%", "37%")]),
    ("2000-04-14",
     "The Nasdaq set its record close on March 10; the S&P 500, whose own record close came two weeks "
     "later, is 11.19% below it.",
     [("two", "three"), ("later", "earlier")]),
    ("2000-04-14", "The Nasdaq set its 52-week closing high on March 10. The S&P 500's came 14 days later.",
     [("14", "12")]),
    ("2000-04-14", "The Nasdaq set its record high on March 10, two weeks before the S&P 500's record high.",
     []),
    ("2000-04-14", "Measured from its close on March 17, the Nasdaq has lost 30.8%.",
     [("March 17", "March 15"), ("30.8", "34.2")]),
]  # fmt: skip

CROSSINGS = [
    ("2009-11-09",
     "Golden crosses in the Nasdaq on June 5 and in the S&P 500 on June 23 remained the latest crosses of their 50-day "
     "and 200-day moving averages.",
     [("June 5", "June 23"), ("June 23", "June 5"), ("Golden", "Death")]),
    ("2009-11-09", "The Nasdaq had a golden cross on June 5, while the S&P 500 had its own on June 23.",
     [("June 5", "June 8"), ("June 23", "June 5"), ("golden", "death")]),
    ("2018-01-26", "The daily RSI of the Nasdaq entered the zone above 70 on Jan. 5.",
     [("Jan. 5", "Jan. 3"), ("entered", "left"), ("above 70", "below 30")]),
    ("2018-01-26", "Since Jan. 3 the daily RSI of the S&P 500 has been overbought.",
     [("Jan. 3", "Jan. 5"), ("overbought", "oversold")]),
    ("2018-01-30", "The daily RSI of the S&P 500 left overbought territory on Tuesday.",
     [("left", "entered"), ("overbought", "oversold"), ("Tuesday", "Monday")]),
    ("2000-04-14", "The Nasdaq fell below its 50-day average on April 3 and below its 100-day average on the 11th.",
     [("April 3", "April 4"), ("11th", "10th"), ("and below", "and above"), ("fell below", "rose above")]),
    ("2000-04-14", "Its averages. The 50-day gave way April 3, the 100-day on the 11th, the 200-day on Friday.",
     [("April 3", "April 10"), ("11th", "12th"), ("Friday", "Thursday")]),
    ("2000-04-14", "The 50-day average was lost on April 3 and the 100-day on the 11th.",
     [("April 3", "April 10"), ("11th", "12th"), ("lost", "regained")]),
    ("2000-04-14", "The S&P 500 lost its 50-day average on Friday.",
     [("Friday", "Thursday"), ("lost", "reclaimed")]),
    ("2000-04-14", "The 200-day average gave way on Friday.",
     [("Friday", "Thursday")]),
    ("2000-04-14", "MACD: minus 256 for the Nasdaq, under zero since April 3.",
     [("April 3", "April 4"), ("under", "over")]),
    ("2000-04-14", "The Nasdaq's MACD is -256.21. Below zero since April 3.",
     [("April 3", "April 4"), ("Below", "Above")]),
    ("2000-04-14", "The Nasdaq's MACD is -256.21. Negative since early April.",
     [("early April", "late March"), ("Negative", "Positive")]),
    ("2000-04-14", "The Nasdaq's MACD is negative, the S&P 500's positive.",
     [("negative", "positive"), ("500's positive", "500's negative")]),
    ("2000-04-14", "MACD turned negative on April 3.",
     [("April 3", "April 4"), ("negative", "positive")]),
    ("2000-04-14", "MACD is below its signal line, which it crossed on March 14.",
     [("14", "15")]),
    ("2000-04-14", "The Nasdaq's MACD has been below its signal line since March 14 and below zero since April 3.",
     [("14", "15"), ("April 3", "March 14"), ("since March 14", "since April 3"),
      ("below zero", "above zero"), ("below its", "above its")]),
    ("2018-08-29", "Its MACD, at 67.05, has been above its signal line since Friday and above zero since May 7.",
     [("Friday", "Thursday"), ("May 7", "Friday")]),
    ("2013-02-19", "MACD at 15.51, positive since early December but under its signal line since Feb. 4.",
     [("early", "late"), ("Feb. 4", "Feb. 5"), ("positive", "negative"), ("under", "over")]),
    ("2001-04-18", "MACD is negative for each, although the Nasdaq's has been above its signal line since April 6.",
     [("negative", "positive"), ("April 6", "April 9")]),
    ("2013-02-19", "Golden crosses for both: Jan. 31, 2012, for the S&P 500 and Jan. 11 of this year for the Nasdaq.",
     [("Golden", "Death"), ("31", "30"), ("Jan. 11", "Jan. 31"), ("2012", "2013")]),
    ("2013-02-19", "The S&P 500's daily RSI crossed above 70 on Tuesday and reads 70.98: overbought.",
     [("70.98", "70.89"), ("Tuesday", "Friday"), ("above", "below")]),
    ("2017-07-24",
     "Daily RSI is neutral for each, while the weekly version is overbought for both; the Nasdaq's moved "
     "above 70 on Monday, to 70.08.",
     [("70.08", "68.04"), ("Monday", "Friday"), ("overbought", "neutral")]),
    ("2001-04-18", "Neither has regained its 200-day average.",
     []),
    ("2000-04-14", "Neither has regained its 50-day average.",
     [("50-day average", "50-day high")]),
    ("2018-08-29", "Neither has lost its 200-day average.",
     [("lost", "regained")]),
    ("2000-04-14", "The S&P 500 has not reclaimed its 50-day average.",
     [("reclaimed", "lost")]),
]  # fmt: skip

RUNS = [
    ("2013-02-19", "Among completed weeks, the S&P 500's winning streak ended Feb. 15 at seven weeks.",
     [("Feb. 15", "Feb. 19"), ("seven", "eight"), ("winning", "losing"), ("completed weeks", "all weeks")]),
    ("2013-02-19",
     "Counting completed weeks, the winning streak of the S&P 500 stood at seven weeks. That completed-week streak was "
     "the longest since Jan. 14, 2011.",
     [("Jan. 14, 2011", "Jan. 23, 2004"), ("seven", "eight"), ("the S&P 500", "the Nasdaq")]),
    ("2013-02-19",
     "The S&P 500 rose for the eighth straight week. That is the longest weekly winning streak for the large-cap index "
     "since Jan. 23, 2004.",
     [("Jan. 23, 2004", "Jan. 14, 2011"), ("eighth", "seventh"), ("since Jan. 23, 2004", "in the data")]),
    ("2018-08-29",
     "The winning streak in the Nasdaq is its longest since Aug. 22, and the weekly winning streak reached two weeks, "
     "the longest since Aug. 10.",
     [("Aug. 22", "Aug. 10"), ("Aug. 10", "Aug. 22"), ("two", "four"), ("the Nasdaq", "the S&P 500")]),
    ("2018-01-26",
     "By weeks, the Nasdaq outperformed the S&P 500 for the fourth time in a row, the longest such streak "
     "since Nov. 24, 2017.",
     [("Nov. 24", "Dec. 22"), ("fourth", "fifth"), ("outperformed", "lagged"), ("By weeks, the", "The")]),
    ("2000-04-14",
     "The Nasdaq lagged the S&P 500 for the fifth session in a row, its longest underperformance streak since May 25, "
     "1999.",
     [("May 25", "May 26"), ("fifth", "sixth"), ("lagged", "outperformed"), ("session", "week")]),
    ("2018-08-29", "No close and no high has been higher since the data begin on Jan. 4, 1999.",
     [("higher", "lower"), ("Jan. 4, 1999", "Jan. 3, 1950"), ("No close", "No volume")]),
    ("2018-08-29", "The Nasdaq set 29 record closes this year, the latest on Aug. 29.",
     [("29 record", "28 record"), ("Aug. 29", "Aug. 28"), ("The Nasdaq", "The S&P 500")]),
    ("2018-08-29", "The close of the Nasdaq was a record, the highest since the data begin on Jan. 4, 1999.",
     [("Jan. 4", "Jan. 5"), ("highest", "lowest")]),
    ("2018-01-30", "The longest daily winning streak of the Nasdaq ran from July 8, 2009 to July 23, 2009.",
     [("July 8", "July 23"), ("to July 23", "to July 8"), ("winning", "losing"), ("daily", "weekly")]),
    ("2018-01-30", "Its longest daily winning streak in the data, twelve sessions, ended on July 23, 2009.",
     [("winning", "losing"), ("twelve", "eleven"), ("sessions", "weeks"), ("2009", "2010"), ("Its", "The S&P 500's")]),
    ("2018-08-29", "On the week, with three sessions traded and the bar unfinished, the Nasdaq was up 2.06%.",
     [("three", "four"), ("three sessions", "three weeks"), ("2.06", "1.36")]),
    ("2018-08-29", "The daily RSI of the Nasdaq was 72.03, up 13.73 points from its value 5 sessions before.",
     [("5 sessions", "6 sessions"), ("5 sessions", "20 sessions"), ("5 sessions", "5 weeks"), ("up", "down"),
      ("13.73", "13.37"), ("daily", "weekly"), ("the Nasdaq", "the S&P 500")]),
    ("2000-04-14", "The Nasdaq fell for a fifth session. S&P 500 also down all five.",
     [("down all five", "up all five"), ("all five", "all six")]),
    ("2000-04-14",
     "The Nasdaq fell for a fifth session. The large-cap index, also zero for five, lost 10.5% on the "
     "week.",
     [("zero for five", "five for five"), ("zero for five", "zero for six")]),
    ("2000-04-14", "The S&P 500 has fallen in each of the last five sessions.",
     [("five", "six"), ("fallen", "risen")]),
    ("2000-04-14", "The Nasdaq has fallen in each of the last three weeks.",
     [("three", "four"), ("Nasdaq", "S&P 500"), ("fallen", "gained")]),
    ("2000-04-14", "The Nasdaq trailed the S&P 500 in every one of the past five sessions.",
     [("five", "six"), ("trailed", "beat")]),
    ("2017-07-24", "It outpaced the S&P 500 in each of the last three completed weeks.",
     [("three", "five"), ("outpaced", "trailed")]),
    ("2000-04-14", "By week, three straight losers for the Nasdaq.",
     [("three", "four"), ("losers", "winners"), ("Nasdaq", "S&P 500")]),
    ("2000-04-14", "Five sessions, five losses. The Nasdaq's longest such run since Aug. 4, 1999.",
     [("Aug. 4", "Aug. 5"), ("five losses", "five gains"), ("Five sessions", "Six sessions")]),
    ("2017-07-24",
     "The Nasdaq beat the S&P 500 for a 12th straight session, a run unsurpassed in data going back to "
     "1999.",
     [("12th", "11th"), ("1999", "1998")]),
    ("2018-08-29", "The Nasdaq beat the S&P 500 for a seventh straight session.",
     [("seventh straight session", "seventh straight session, a run unsurpassed in data going back to 1999")]),
    ("2018-08-29",
     "Both indexes rose for a fourth consecutive session. For the Nasdaq, the run is the longest since "
     "Aug. 22. Its longest in data going back to January 1999 lasted 12 sessions, in July 2009. The S&P "
     "500's longest was nine, in the autumn of 2004.",
     [("lasted 12", "lasted 11"), ("July 2009", "August 2009"), ("nine", "ten"), ("autumn", "spring"),
      ("2004", "2005"), ("Aug. 22", "Aug. 21")]),
    ("2000-04-14", "Five sessions trailing in a row for the Nasdaq, the most since May 25, 1999. Five weeks, too.",
     [("May 25", "May 26"), ("Five weeks", "Four weeks"), ("Five sessions", "Six sessions"),
      ("trailing", "leading")]),
    ("2000-04-14", "The S&P 500 has lost ground for a fifth day.",
     [("fifth", "sixth")]),
    ("2000-04-14", "The Nasdaq fell for five straight sessions, its longest losing streak since Aug. 4, 1999.",
     [("Aug. 4", "Aug. 5")]),
    ("2000-04-14", "The Nasdaq has lagged for five weeks in a row.",
     [("five", "six"), ("lagged", "led"), ("weeks", "months")]),
]  # fmt: skip

COUNTS = [
    ("2018-01-26", "The S&P 500 closed at 2,872.87. It was the 14th record close for the large-cap index this year.",
     [("14th", "13th"), ("large-cap index", "Nasdaq")]),
    ("2018-08-29", "The Nasdaq has set 29 record closes this year. The large-cap index has set 18.",
     [("29", "28"), ("18", "29")]),
    ("2018-08-29", "Every average lies below the Nasdaq's price.",
     [("below", "above")]),
    ("2018-08-29", "Every average underfoot.",
     [("underfoot", "overhead")]),
    ("2018-08-29", "The Nasdaq's averages tell the same story. The price sits above all twelve of them.",
     [("above", "below"), ("twelve", "eleven")]),
    ("2018-08-29", "Not one of the 12 moving averages is left above the price.",
     [("above", "below"), ("12", "11")]),
    ("2018-08-29", "Above 12 of 12 MAs.",
     [("Above", "Below"), ("12 of", "11 of")]),
]  # fmt: skip
BOTH = [
    ("2000-04-14", "Both indexes are below their 50-day averages.", []),
    ("2000-04-14", "Neither is overbought.", [("Neither", "Each"), ("overbought", "oversold")]),
    ("2000-04-14", "Neither index rose on the day.", [("Neither", "Each")]),
    ("2000-04-14", "Daily RSI is neutral for the S&P 500.", [("the S&P 500", "both"), ("the S&P 500", "each")]),
    ("2000-04-14", "The MACD of the Nasdaq is below zero.", [("the Nasdaq", "both indexes")]),
    ("2001-04-18", "Both indexes closed below their 200-day averages.", [("below", "above")]),
    ("2001-04-18", "Daily RSI readings of 58.49 for the Nasdaq and 61.82 for the S&P 500 are both neutral.",
     [("neutral", "overbought"), ("58.49", "61.82")]),
]  # fmt: skip

TOLD = [*DATES, *CROSSINGS, *RUNS, *COUNTS, *BOTH]
WRONG = [(day, text, true, false) for day, text, changes in TOLD for true, false in changes]


@pytest.mark.parametrize(("day", "text"), [(day, text) for day, text, _ in TOLD], ids=[text for _, text, _ in TOLD])
def test_a_true_event_is_proved(day: str, text: str) -> None:
    assert [(finding.rule, finding.text) for finding in check(text, on(day)).findings] == []


@pytest.mark.parametrize(
    ("day", "text", "true", "false"), WRONG, ids=[f"{text}: {true} to {false}" for _, text, true, false in WRONG]
)
def test_an_event_told_wrongly_is_found(day: str, text: str, true: str, false: str) -> None:
    assert true in text
    assert check(text.replace(true, false), on(day)).findings
