"""Levels as articles with slots tell them: true sentences pass, the same with another fact's figure do not.

Every figure is a slot, printed from the facts of the bundled sample; what is true of them is for the reader of this
page to judge.
"""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.checking.checker import check
from pipeline.facts.build import build_snapshot
from pipeline.facts.catalogue import catalogue
from pipeline.facts.snapshot import Snapshot
from pipeline.market.bars import Bars
from pipeline.writing.draft import Draft, render

ROUND_NUMBERS = (
    ("The round number above the Nasdaq's close is [[IXIC.round_number_above]], and the upper Bollinger band stood at "
     "[[IXIC.bollinger_upper]].", ["IXIC.round_number_above > IXIC.close", "IXIC.round_number_above > SPX.close"]),
    ("The round numbers around the Nasdaq's close are [[IXIC.round_number_above]] above and "
     "[[IXIC.round_number_below]] below.", ["above and > below and", "IXIC.round_number_below > IXIC.close"]),
    ("The round number above the Nasdaq's close is [[IXIC.round_number_above]], and the one below is "
     "[[IXIC.round_number_below]].", ["one below > one above", "the Nasdaq > the S&P 500"]),
    ("The round numbers on either side of the close are [[IXIC.round_number_below]] and [[IXIC.round_number_above]].",
     ["IXIC.round_number_above > IXIC.close", "IXIC.round_number_below > IXIC.swing_support_1"]),
    ("The Nasdaq closed at [[IXIC.close]], with the round number of [[IXIC.round_number_above]] the next one above "
     "the close.", ["one above > one below", "IXIC.round_number_above > IXIC.round_number_below"]),
    ("The Nasdaq's close of [[IXIC.close]] stood below the round number of [[IXIC.round_number_above]].",
     ["stood below > stood above", "IXIC.close > IXIC.open"]),
    ("The nearest round numbers are [[IXIC.round_number_below]] below the close and [[IXIC.round_number_above]] above "
     "it.", ["below the close > above the close", "IXIC.round_number_above > SPX.round_number_above"]),
)  # fmt: skip
PIVOTS = (
    ("The next session, on [[IXIC.next_session|weekday]], has a daily pivot of [[IXIC.pivot_next_session_p]] for the "
     "Nasdaq.", ["pivot_next_session_p > pivot_day_p", "daily > weekly", "the Nasdaq. > the S&P 500."]),
    ("For the session of [[IXIC.next_session]], the Nasdaq's pivot is [[IXIC.pivot_next_session_p]] and its R1 is "
     "[[IXIC.pivot_next_session_r1]].",
     ["pivot_next_session_p > pivot_day_p", "pivot_next_session_r1 > pivot_day_r1", "R1 > S1",
      "[[IXIC.next_session]] > Jan. 7, 2019"]),
    ("The next session falls on [[IXIC.next_session]]. Its pivot is [[IXIC.pivot_next_session_p]], and R2 is "
     "[[IXIC.pivot_next_session_r2]].", ["pivot_next_session_p > pivot_day_p", "R2 > S2"]),
    ("The daily pivot was [[IXIC.pivot_day_p]], and the next session's is [[IXIC.pivot_next_session_p]].",
     ["pivot_day_p > pivot_next_session_p", "next_session_p > week_p"]),
    ("The pivot for Monday's session was [[IXIC.pivot_day_p]].", ["pivot_day_p > pivot_next_session_p"]),
)  # fmt: skip
SESSIONS = (
    ("The Nasdaq opened at [[IXIC.open]], fell to a session low of [[IXIC.low]] and climbed to a session high of "
     "[[IXIC.high]].",
     ["fell to > rose to", "climbed to > dropped to", "IXIC.low > IXIC.close", "IXIC.open > IXIC.close"]),
    ("From an open of [[IXIC.open]], the Nasdaq climbed to a session high of [[IXIC.high]] and closed at "
     "[[IXIC.close]].", ["climbed > dropped", "IXIC.close > IXIC.low", "the Nasdaq > the S&P 500"]),
    ("The Nasdaq fell from a session high of [[IXIC.high]] to close at [[IXIC.close]].",
     ["fell > rose", "session high > session low"]),
    ("The S&P 500 rose as high as [[SPX.high]] and fell as low as [[SPX.low]].",
     ["rose as > dropped as", "fell as > climbed as", "SPX.low > IXIC.low"]),
)  # fmt: skip
PLACES = (
    ("The day's range ran from a low of [[IXIC.low]] to a high of [[IXIC.high]]. The Nasdaq closed at "
     "[[IXIC.day_range_position]] of that range.",
     ["The Nasdaq closed > The S&P 500 closed", "IXIC.high > IXIC.close", "day_range_position > distance_low_52w",
      "The day's > The 52-week"]),
    ("The Nasdaq traded between a session low of [[IXIC.low]] and a session high of [[IXIC.high]], and buyers held the "
     "close at [[IXIC.day_range_position]] of that range.", ["IXIC.day_range_position > SPX.day_range_position"]),
    ("Sellers left the close at [[IXIC.day_range_position]] of the day's range, which topped out at [[IXIC.high]].",
     ["IXIC.high > IXIC.low", "topped out > bottomed out"]),
    ("The session high was [[IXIC.high]] and the session low [[IXIC.low]]. Buyers brought the close to "
     "[[IXIC.day_range_position]] of that range.", ["IXIC.day_range_position > IXIC.distance_low_52w"]),
    ("The session's range was [[IXIC.low]] to [[IXIC.high]].", ["IXIC.low > IXIC.open", "IXIC.high > SPX.high"]),
)  # fmt: skip
AGAINST_ONE_BEFORE = (
    ("The Nasdaq's average true range was [[IXIC.atr_14]] points, equal to [[IXIC.atr_pct_14]] of the close.",
     ["the close > the open", "the close > its 50-day average", "atr_pct_14 > realized_vol_20",
      "The Nasdaq > The S&P 500"]),
    ("The 20-day realized volatility stood at [[IXIC.realized_vol_20]], while the 60-day figure was lower at "
     "[[IXIC.realized_vol_60]].", ["lower > higher", "realized_vol_60 > realized_vol_20", "60-day > 20-day"]),
    ("The Nasdaq's daily RSI stood at [[IXIC.rsi_14]], while the S&P 500's was lower at [[SPX.rsi_14]].",
     ["lower > higher", "SPX.rsi_14 > SPX.rsi_14.weekly", "The Nasdaq > The S&P 500"]),
    ("The Nasdaq's 50-day moving average stood at [[IXIC.sma_50]] at the close against [[IXIC.sma_200]] for the "
     "200-day.", ["IXIC.sma_200 > SPX.sma_200", "for the 200-day > for the 100-day", "IXIC.sma_50 > IXIC.close"]),
)  # fmt: skip
OF_ITS_OWN = (
    ("The Nasdaq's daily RSI was [[IXIC.rsi_14]], above the S&P 500's [[SPX.rsi_14]].",
     ["above > below", "IXIC.rsi_14 > SPX.rsi_14", "SPX.rsi_14 > SPX.rsi_14.weekly"]),
    ("Realized volatility over 20 days was [[IXIC.realized_vol_20]] for the Nasdaq, higher than the "
     "[[SPX.realized_vol_20]] for the S&P 500.", ["higher > lower", "SPX.realized_vol_20 > SPX.realized_vol_60"]),
    ("Realized volatility over 20 days was [[IXIC.realized_vol_20]], against [[IXIC.realized_vol_60]] over 60 days.",
     ["IXIC.realized_vol_60 > IXIC.change_1d", "60 days > 20 days"]),
    ("The Nasdaq's average true range was [[IXIC.atr_pct_14]] of its close, compared with [[SPX.atr_pct_14]] for the "
     "S&P 500.", ["SPX.atr_pct_14 > SPX.change_1d", "its close > its open"]),
    ("Over 20 days, the Nasdaq's high was [[IXIC.high_20d]] and its low [[IXIC.low_20d]].",
     ["IXIC.high_20d > IXIC.high", "20 days > 52 weeks"]),
    ("The Nasdaq's daily Bollinger bands ran from [[IXIC.bollinger_lower]] to [[IXIC.bollinger_upper]].",
     ["IXIC.bollinger_lower > IXIC.low", "IXIC.bollinger_upper > IXIC.high"]),
    ("The Nasdaq ended at [[IXIC.day_range_position]] of its range between [[IXIC.low]] and [[IXIC.high]] on the day.",
     ["IXIC.low > IXIC.low_20d", "IXIC.high > IXIC.close", "day_range_position > rsi_14"]),
)  # fmt: skip
NOT_ROUND = (
    ("The round number above is [[IXIC.round_number_above]]. The Nasdaq stood [[IXIC.distance_sma_20]] below its "
     "20-day moving average of [[IXIC.sma_20]].", ["below its > above its", "IXIC.sma_20 > IXIC.sma_50"]),
    ("At [[IXIC.atr_14]], the Nasdaq's average true range amounts to [[IXIC.atr_pct_14]] of the close.",
     ["IXIC.atr_14 > SPX.atr_14", "IXIC.atr_14 > IXIC.close"]),
    ("At [[IXIC.rsi_14]], the Nasdaq's daily RSI stood below 50.", ["below > above", "daily > weekly"]),
)  # fmt: skip
CASES = (*NOT_ROUND, *OF_ITS_OWN, *ROUND_NUMBERS, *PIVOTS, *SESSIONS, *PLACES, *AGAINST_ONE_BEFORE)


@pytest.fixture(scope="module")
def facts(sample_bars: dict[str, Bars]) -> Snapshot:
    """The Nasdaq Composite against the S&P 500 on Monday, Dec. 31, 2018; the next session is Wednesday, Jan. 2."""
    return build_snapshot(sample_bars["IXIC"], sample_bars["SPX"])


def printed(template: str, facts: Snapshot) -> str:
    """A sentence with its slots printed; none may be left."""
    text = render(Draft(template, "test"), facts, catalogue()).text
    assert "[[" not in text
    return text


@pytest.mark.parametrize("template", [template for template, _ in CASES])
def test_a_true_sentence_passes(template: str, facts: Snapshot) -> None:
    verdict = check(printed(template, facts), facts)
    assert [(one.rule, one.text) for one in verdict.findings] == []
    assert verdict.claims


@pytest.mark.parametrize(("template", "change"), [(t, change) for t, changes in CASES for change in changes])
def test_a_false_variant_is_a_finding(template: str, change: str, facts: Snapshot) -> None:
    said, _, other = change.partition(" > ")
    assert said in template
    wrong = printed(template.replace(said, other, 1), facts)
    assert wrong != printed(template, facts)
    assert check(wrong, facts).findings, wrong


RECORDS = (
    ("The S&P 500 reached [[SPX.high]] on the day, a record high, and closed at [[SPX.close]], a record close.",
     ["SPX.high > SPX.close", "SPX.close > SPX.high", "The S&P 500 > The Nasdaq"]),
    ("The day's range for the S&P 500 ran from a low of [[SPX.low]] to a high of [[SPX.high]], the latter a 52-week "
     "high.", ["latter > former", "52-week high > 52-week low", "SPX.high > SPX.close"]),
)  # fmt: skip


@pytest.mark.parametrize(("template", "changes"), RECORDS)
def test_a_record_told_beside_a_price(template: str, changes: list[str], sample_bars: dict[str, Bars]) -> None:
    day = build_snapshot(sample_bars["SPX"], sample_bars["IXIC"], as_of=date(2018, 9, 20))  # both records were set
    assert not check(printed(template, day), day).findings
    for change in changes:
        said, _, other = change.partition(" > ")
        assert check(printed(template.replace(said, other, 1), day), day).findings, change


COMPLETED = (
    ("The weekly RSI, on a bar still in progress, stood at [[SPX.rsi_14.weekly]], while the last completed week's RSI "
     "was [[SPX.rsi_14_completed]].", ["SPX.rsi_14_completed > SPX.rsi_14.weekly"]),
    ("The weekly RSI stood at [[SPX.rsi_14.weekly]] so far, against [[SPX.rsi_14_completed]] for the last completed "
     "week.", ["SPX.rsi_14_completed > SPX.rsi_14", "SPX.rsi_14.weekly > SPX.rsi_14_completed"]),
    ("The S&P 500's RSI was [[SPX.rsi_14_completed]] for the last completed week.",
     ["rsi_14_completed > rsi_14.weekly"]),
)  # fmt: skip


@pytest.mark.parametrize(("template", "changes"), COMPLETED)
def test_the_completed_week_is_told_apart(template: str, changes: list[str], sample_bars: dict[str, Bars]) -> None:
    begun = build_snapshot(sample_bars["SPX"], as_of=date(2018, 12, 26))  # a Wednesday
    assert not check(printed(template, begun), begun).findings
    for change in changes:
        said, _, other = change.partition(" > ")
        assert check(printed(template.replace(said, other, 1), begun), begun).findings
