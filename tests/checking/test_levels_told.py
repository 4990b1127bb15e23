"""Levels as articles with slots tell them: true sentences pass, the same with another fact's figure do not.

Every figure is a slot, printed from the facts of the bundled sample; what is true of them is for the reader of this
page to judge.
"""

from __future__ import annotations

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
CASES = (*ROUND_NUMBERS, *PIVOTS, *SESSIONS)


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
