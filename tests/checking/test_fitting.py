"""What may be proposed for a clause: all it says, in its own words, held to every name and sign it states.

Each text has words the first reader has no reading of ("forgets"). Figures are of the bundled sample's last session, on
which the Nasdaq closed at 6,635.28 and the S&P 500 at 2,506.85; +DI was 18.70, -DI 31.95, the RSI 42.38 on daily and
37.76 on weekly bars.
"""

from __future__ import annotations

from typing import Any

import pytest
from proposing import became, claim, consider

from pipeline.facts.snapshot import Snapshot

Claims = list[dict[str, Any]]
CLOSED = "The Nasdaq closed at 6,635.28."
RSI = "The Nasdaq's RSI(14) stands at 42.38."
BELOW = "The Nasdaq closed below its 50-day average."
LED = "The S&P 500 beat the Nasdaq by 0.08 percentage points on the day."
TIMES = "The Nasdaq's -DI is 1.71 times its +DI."


def equal(fact: str, words: str, figure: str, **more: Any) -> dict[str, Any]:
    """The fact has the figure, which is the clause's only item or has the number given as owns."""
    return claim(fact, "equals", words, more.pop("owns", 1), figure=figure, **more)


FITS: list[tuple[str, tuple[str, ...], Claims]] = [
    (CLOSED, ("6,635.28",), [equal("IXIC.close", "closed at 6,635.28", "6,635.28")]),
    (RSI, ("42.38",), [equal("IXIC.rsi_14", "RSI(14) stands at 42.38", "42.38")]),
    ("The Nasdaq's weekly RSI stands at 37.76.", ("37.76",), [equal("IXIC.rsi_14.weekly", "37.76", "37.76")]),
    ("The Nasdaq rose 0.77% on the day.", ("0.77%", "rose"),
     [claim("IXIC.change_1d", "equals", "rose 0.77%", 1, 2, figure="0.77%", direction="up")]),
    ("The Nasdaq fell 9.48% this month and 3.88% this year.", ("9.48%", "3.88%", "fell"),
     [claim("IXIC.change_mtd", "equals", "fell 9.48%", 1, 2, figure="9.48%"),
      claim("IXIC.change_ytd", "equals", "3.88% this year", 3, figure="3.88%", direction="down")]),
    ("The S&P 500 closed at 2,506.85 and the Nasdaq at 6,635.28.", ("2,506.85",),
     [equal("SPX.close", "closed at 2,506.85", "2,506.85")]),
    (BELOW, ("below",), [claim("IXIC.close", "below", "below", 1, than="IXIC.sma_50")]),
    ("The Nasdaq did not close above its 50-day average.", ("above",),
     [claim("IXIC.close", "above", "not close above", 1, than="IXIC.sma_50", negated=True)]),
    ("The Nasdaq's RSI(14) is below 50.", ("50", "below"),
     [claim("IXIC.rsi_14", "below", "below 50", 1, 2, figure="50")]),
    ("The Nasdaq closed 6.38% below its 50-day average.", ("6.38%", "below"),
     [claim("IXIC.distance_sma_50", "equals", "6.38% below", 1, 2, figure="6.38%")]),
    ("The close is 452.35 points below the 50-day average.", ("452.35 points", "below"),
     [claim("IXIC.close", "difference", "452.35 points below", 1, 2, than="IXIC.sma_50", figure="452.35 points")]),
    (TIMES, ("1.71 times",), [claim("IXIC.minus_di_14", "ratio", "1.71 times", 1, than="IXIC.plus_di_14",
                                    figure="1.71 times")]),
    (LED, ("0.08 percentage points", "beat"),
     [claim("SPX/IXIC.spread_1d", "equals", "beat the Nasdaq by 0.08 percentage points", 1, 2,
            figure="0.08 percentage points", direction="up")]),
    ("The Nasdaq's RSI is neutral.", ("neutral",),
     [claim("IXIC.rsi_14_zone", "label", "neutral", 1, label="neutral")]),
    ("The Nasdaq set its record close of 8,109.69 on Aug. 29.", ("Aug. 29",),
     [claim("IXIC.record_close", "date", "Aug. 29", 2, figure="Aug. 29")]),
    ("The Nasdaq rose for a fourth straight session.", ("fourth straight", "rose"),
     [claim("IXIC.up_streak_sessions", "equals", "rose for a fourth straight session", 1, 2,
            figure="fourth straight")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "forgets", "claims"), FITS, ids=[text for text, *_ in FITS])
def test_a_claim_in_the_clauses_own_words_is_proved(
    text: str, forgets: tuple[str, ...], claims: Claims, sample_snapshot: Snapshot
) -> None:
    assert not consider(text, sample_snapshot, forgets=forgets).accepted
    verdict = consider(text, sample_snapshot, claims, forgets=forgets)
    assert became(verdict) == ["proved"], verdict.second
    assert verdict.accepted


@pytest.mark.parametrize(("text", "forgets", "claims"), FITS, ids=[text for text, *_ in FITS])
def test_every_open_stretch_has_an_owner_and_no_more_than_one(
    text: str, forgets: tuple[str, ...], claims: Claims, sample_snapshot: Snapshot
) -> None:
    without = [{**claims[0], "owns": claims[0]["owns"][1:]}, *claims[1:]]
    assert became(consider(text, sample_snapshot, without, forgets=forgets)) == ["does not fit"]
    assert became(consider(text, sample_snapshot, [*claims, claims[0]], forgets=forgets)) == ["does not fit"]


UNFIT: list[tuple[str, tuple[str, ...], Claims, str]] = [
    # names that are none
    (CLOSED, ("6,635.28",), [equal("IXIC.closing", "6,635.28", "6,635.28")], "no fact's id"),
    (CLOSED, ("6,635.28",), [equal("RUT.close", "6,635.28", "6,635.28")], "no fact's id"),
    (CLOSED, ("6,635.28",), [equal("IXIC.close.weekly", "6,635.28", "6,635.28")], "no fact's id"),
    (CLOSED, ("6,635.28",), [equal("IXIC/SPX.close", "6,635.28", "6,635.28")], "no fact's id"),
    (CLOSED, ("6,635.28",), [equal("close", "6,635.28", "6,635.28")], "no fact's id"),
    # words that do not stand there, figures that are not the text's
    (CLOSED, ("6,635.28",), [equal("IXIC.close", "ended at 6,635.28", "6,635.28")], "does not stand in the clause"),
    (CLOSED, ("6,635.28",), [equal("IXIC.close", "closed at", "6,635.28")], "not among the words"),
    (CLOSED, ("6,635.28",), [equal("IXIC.close", "6,635.28", "6635.28")], "the text has '6,635.28'"),
    (CLOSED, ("6,635.28",), [equal("IXIC.close", "6,635.28", "6,653.28")], "the text has '6,635.28'"),
    (CLOSED, ("6,635.28",), [claim("IXIC.close", "equals", "6,635.28", 1)], "the text has '6,635.28'"),
    (CLOSED, ("6,635.28",), [equal("IXIC.close", "6,635.28", "6,635.28", owns=2)], "none of those listed"),
    # another instrument, measure, window, period, timeframe than the clause states
    ("The Nasdaq closed at 2,506.85.", ("2,506.85",), [equal("SPX.close", "2,506.85", "2,506.85")], "not of SPX"),
    ("The S&P 500 closed at 6,635.28 and the Nasdaq at 2,506.85.", ("6,635.28", "2,506.85"),
     [equal("IXIC.close", "6,635.28", "6,635.28"), equal("SPX.close", "2,506.85", "2,506.85", owns=2)], "not of IXIC"),
    ("Its RSI(14) stands at 41.71.", ("41.71",), [equal("SPX.rsi_14", "41.71", "41.71")], "not of SPX"),
    ("The Nasdaq's RSI(14) stands at 37.76.", ("37.76",), [equal("IXIC.rsi_14.weekly", "37.76", "37.76")],
     "daily bars"),
    ("The Nasdaq's weekly RSI stands at 42.38.", ("42.38",), [equal("IXIC.rsi_14", "42.38", "42.38")], "weekly bars"),
    ("The Nasdaq's RSI(14) stands at 18.70.", ("18.70",), [equal("IXIC.plus_di_14", "18.70", "18.70")],
     "does not name plus_di_14"),
    ("The Nasdaq's 50-day average is 7,466.84.", ("7,466.84",), [equal("IXIC.sma_200", "7,466.84", "7,466.84")],
     "does not name sma_200"),
    ("The Nasdaq's 50-day average is 6,635.28.", ("6,635.28",), [equal("IXIC.close", "6,635.28", "6,635.28")],
     "does not name close"),
    ("The 50-day average is 7,466.84 and the 200-day average 7,087.63.", ("7,466.84", "7,087.63"),
     [equal("IXIC.sma_200", "7,466.84", "7,466.84"), equal("IXIC.sma_50", "7,087.63", "7,087.63", owns=2)],
     "does not name sma_200"),
    ("The Nasdaq fell 9.48% this year.", ("9.48%", "fell"),
     [claim("IXIC.change_mtd", "equals", "fell 9.48%", 1, 2, figure="9.48%")], "not of mtd"),
    ("The Nasdaq fell 9.48%.", ("9.48%", "fell"),
     [claim("IXIC.change_mtd", "equals", "fell 9.48%", 1, 2, figure="9.48%")], "speaks of 1d"),
    ("The Nasdaq closed at 6,635.28, 0.77% above 6,584.52.", ("6,635.28", "0.77%", "above", "6,584.52"),
     [claim("IXIC.close", "equals", "closed at 6,635.28", 1, figure="6,635.28"),
      claim("IXIC.change_1d", "equals", "0.77%", 2, figure="0.77%", direction="up"),
      claim("IXIC.close", "above", "above 6,584.52", 3, 4, figure="6,584.52")], "does not name change_1d"),
    # names that nothing uses
    ("The Nasdaq's RSI(14) stands at 42.38 for the quarter.", ("42.38",), [equal("IXIC.rsi_14", "42.38", "42.38")],
     "no claim uses 'for the quarter'"),
    ("The Nasdaq closed at 6,635.28 on the weekly chart.", ("6,635.28",),
     [equal("IXIC.close", "6,635.28", "6,635.28")], "no claim uses"),
    # signs the words do not give
    ("The Nasdaq rose 9.48% this month.", ("9.48%", "rose"),
     [claim("IXIC.change_mtd", "equals", "rose 9.48%", 1, 2, figure="9.48%", direction="down")], "another direction"),
    ("The Nasdaq rose 9.48% this month.", ("9.48%",),
     [claim("IXIC.change_mtd", "equals", "9.48%", 1, figure="9.48%", direction="down")], "another direction"),
    (BELOW, ("below",), [claim("IXIC.close", "above", "below", 1, than="IXIC.sma_50")], "another direction"),
    ("The Nasdaq fell for a fourth straight session.", ("fourth straight", "fell"),
     [claim("IXIC.up_streak_sessions", "equals", "fell for a fourth straight", 1, 2, figure="fourth straight")],
     "another direction"),
    ("The Nasdaq's RSI(14) climbed to 42.38.", ("42.38", "climbed"),
     [claim("IXIC.rsi_14", "equals", "climbed to 42.38", 1, 2, figure="42.38")], "says nothing of rsi_14"),
    # what is compared with what
    ("The 50-day average closed below the Nasdaq's close.", ("below",),
     [claim("IXIC.close", "below", "below", 1, than="IXIC.sma_50")], "does not name close before"),
    ("The 50-day average lies 6.38% below the close.", ("6.38%", "below"),
     [claim("IXIC.distance_sma_50", "equals", "6.38% below", 1, 2, figure="6.38%", direction="down")],
     "the level's distance"),
    ("The Nasdaq's +DI is 1.71 times its -DI.", ("1.71 times",),
     [claim("IXIC.minus_di_14", "ratio", "1.71 times", 1, than="IXIC.plus_di_14", figure="1.71 times")],
     "does not name minus_di_14 before"),
    (TIMES, ("1.71 times",), [claim("IXIC.minus_di_14", "ratio", "1.71 times", 1, than="IXIC.close",
                                    figure="1.71 times")], "not to be compared"),
    (TIMES, ("1.71 times",), [claim("IXIC.minus_di_14", "ratio", "1.71 times", 1, figure="1.71 times")],
     "no fact's id"),
    (LED, ("0.08 percentage points", "beat"),
     [claim("IXIC/SPX.spread_1d", "equals", "beat the Nasdaq by 0.08 percentage points", 1, 2,
            figure="0.08 percentage points", direction="up")], "does not speak of IXIC against SPX"),
    # what a relation does not take
    ("The Nasdaq did not close at 6,635.28.", ("6,635.28",), [equal("IXIC.close", "6,635.28", "6,635.28")],
     "belongs to no claim that is negated"),
    ("The Nasdaq did not close at 6,635.28.", ("6,635.28",),
     [equal("IXIC.close", "not close at 6,635.28", "6,635.28", negated=True)], "cannot be negated"),
    (BELOW, ("below",), [claim("IXIC.close", "below", "below", 1, than="IXIC.sma_50", negated=True)],
     "rests on no word that negates"),
    ("The Nasdaq rose 0.77% on the day.", ("0.77%", "rose"),
     [claim("IXIC.change_1d", "moved", "rose 0.77%", 1, 2, figure="0.77%", direction="up")], "makes nothing of"),
    (CLOSED, ("6,635.28",), [equal("IXIC.change_1d", "6,635.28", "6,635.28", direction="up")], "is not written as"),
    (CLOSED, ("6,635.28",), [equal("IXIC.stance", "6,635.28", "6,635.28")], "is not written as"),
    ("The Nasdaq's winning streak is four weeks.", ("four weeks",),
     [equal("IXIC.up_streak_sessions", "winning streak is four weeks", "four weeks")], "is not written as"),
    ("The Nasdaq's RSI is overbought.", ("overbought",),
     [claim("IXIC.rsi_14_zone", "label", "overbought", 1, label="neutral")], "the clause says overbought"),
    ("The Nasdaq's RSI is overbought.", ("overbought",),
     [claim("IXIC.rsi_14_zone", "label", "overbought", 1, label="proved")], "no label"),
    ("The Nasdaq's RSI is overbought.", ("overbought",),
     [claim("IXIC.is_session", "flag", "overbought", 1)], "does not name is_session"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "forgets", "claims", "reason"), UNFIT, ids=[
    f"{text} {claims[0]['fact']} {reason}" for text, _, claims, reason in UNFIT
])  # fmt: skip
def test_what_the_clause_does_not_say_is_refused_before_any_fact_is_looked_at(
    text: str, forgets: tuple[str, ...], claims: Claims, reason: str, sample_snapshot: Snapshot
) -> None:
    alone = consider(text, sample_snapshot, forgets=forgets)
    verdict = consider(text, sample_snapshot, claims, forgets=forgets)
    assert became(verdict) == ["does not fit"]
    assert verdict.second is not None
    assert reason in verdict.second.considered[0].reason
    assert (verdict.findings, verdict.claims) == (alone.findings, alone.claims)
    assert not verdict.accepted
