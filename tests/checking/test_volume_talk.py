"""Talk of volume: what the facts prove is accepted, everything else is a finding, and a proxy is never the index."""

from __future__ import annotations

from decimal import Decimal

import pytest
from handmade import PUBLISHED, snapshot
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checking.checker import check
from pipeline.checking.figures import figure_at
from pipeline.checking.tokens import tokenise
from pipeline.checking.values import supports
from pipeline.facts.snapshot import Snapshot
from pipeline.facts.units import Kind, Unit, show

INDEX = snapshot({
    **PUBLISHED,
    "IWM.volume": "33844900", "IWM.volume_sma_20": "32629040", "IWM.volume_ratio_20": "1.037263",
    "IWM.volume_sma_50": "40463746", "IWM.volume_ratio_50": "0.836425", "IWM.up_volume_20": "460548600",
    "IWM.down_volume_20": "192032200", "IWM.obv_change_20": "268516400", "IWM.obv_direction_20": "up",
    "IWM.mfi_14": "83.134682", "IWM.cmf_20": "0.157436",
})  # fmt: skip
"""The Russell 2000 against the S&P 500, with IWM for its volume."""
FUND = snapshot({
    "SPY.close": "691.66", "SPY.change_1d": "1.2", "SPY.change_1w": "2.4", "SPY.sma_20": "680.00",
    "SPY.distance_sma_20": "1.714706", "SPY.volume": "79289200", "SPY.volume_sma_20": "56635143",
    "SPY.volume_ratio_20": "1.4", "SPY.volume_ratio_20_prior": "1.43", "SPY.volume_sma_50": "80590796",
    "SPY.volume_ratio_50": "0.983849", "SPY.up_volume_20": "838633600", "SPY.down_volume_20": "294069260",
    "SPY.obv_change_20": "544564340", "SPY.obv_direction_20": "up", "SPY.mfi_14": "42.78", "SPY.cmf_20": "-0.1033",
}, ("SPY",))  # fmt: skip
QUIET = snapshot({"SPY.change_1d": "1.2", "SPY.volume_ratio_20": "0.8"}, ("SPY",))
COIN = snapshot({
    "BTC-USD.close": "78572.59", "BTC-USD.volume": "73201287168", "BTC-USD.volume_sma_20": "60000000000",
    "BTC-USD.volume_ratio_20": "1.220021",
}, ("BTC-USD",))  # fmt: skip

TRUE: list[tuple[Snapshot, str, set[str]]] = [
    (INDEX, "IWM volume was 33.8 million shares.", {"IWM.volume"}),
    (INDEX, "IWM's volume was 33,844,900 shares.", {"IWM.volume"}),
    (INDEX, "Volume in IWM was 33.8 million shares, 1.04 times its 20-day average.",
     {"IWM.volume", "IWM.volume_ratio_20"}),
    (INDEX, "The Russell 2000 has no volume of its own; its proxy, the iShares Russell 2000 ETF, traded 33.8 million "
     "shares on Friday, 1.04 times its 20-day average volume of 32.6 million.",
     {"IWM.volume", "IWM.volume_ratio_20", "IWM.volume_sma_20"}),
    (INDEX, "IWM, a proxy for the Russell 2000, traded 33.8 million shares.", {"IWM.volume"}),
    (INDEX, "IWM, which tracks the Russell 2000, had volume of 33.8 million shares.", {"IWM.volume"}),
    (INDEX, "IWM's volume on up days came to 461 million shares over the last 20 sessions, against 192 million on "
     "down days.", {"IWM.up_volume_20", "IWM.down_volume_20"}),
    (INDEX, "IWM's on-balance volume rose by 269 million shares over 20 sessions.", {"IWM.obv_change_20"}),
    (INDEX, "IWM's 14-day money flow index stands at 83.13.", {"IWM.mfi_14"}),
    (INDEX, "IWM's Chaikin money flow is 0.16.", {"IWM.cmf_20"}),
    (INDEX, "IWM's volume was 16% below its 50-day average.", {"IWM.volume_ratio_50"}),
    (INDEX, "IWM's volume was above average.", {"IWM.volume_ratio_20"}),
    (FUND, "SPY rose 1.2% on the day on heavy volume.", {"SPY.change_1d", "SPY.volume_ratio_20"}),
    (FUND, "Volume was heavy, at 79.3 million shares.", {"SPY.volume_ratio_20", "SPY.volume"}),
    (FUND, "SPY rose on volume of 79.3 million shares.", {"SPY.change_1d", "SPY.volume"}),
    (FUND, "SPY's volume was 1.4 times its 20-day average.", {"SPY.volume_ratio_20"}),
    (FUND, "Volume was 1.43 times the average of the prior 20 sessions.", {"SPY.volume_ratio_20_prior"}),
    (FUND, "Volume was 40% above the 20-day average volume of 56.6 million shares.",
     {"SPY.volume_ratio_20", "SPY.volume_sma_20"}),
    (FUND, "SPY's volume was above its 20-day average and below its 50-day average.",
     {"SPY.volume", "SPY.volume_sma_20", "SPY.volume_sma_50"}),
    (FUND, "SPY rose 1.2% on above-average volume.", {"SPY.change_1d", "SPY.volume_ratio_20"}),
    (FUND, "About 79 million shares changed hands.", {"SPY.volume"}),
    (FUND, "Volume was above 79 million shares.", {"SPY.volume"}),
    (FUND, "Up volume was above down volume.", {"SPY.up_volume_20", "SPY.down_volume_20"}),
    (FUND, "SPY's relative volume reads 1.4.", {"SPY.volume_ratio_20"}),
    (FUND, "Volume was 79.3 million shares and SPY closed 1.71% above its 20-day average.",
     {"SPY.volume", "SPY.distance_sma_20"}),
    (FUND, "Chaikin money flow is -0.10.", {"SPY.cmf_20"}),
    (QUIET, "SPY rose 1.2% on light volume.", {"SPY.change_1d", "SPY.volume_ratio_20"}),
    (COIN, "Bitcoin's volume was $73.2 billion, 1.22 times its 20-day average.",
     {"BTC-USD.volume", "BTC-USD.volume_ratio_20"}),
    (COIN, "Volume was $73.2bn.", {"BTC-USD.volume"}),
]  # fmt: skip

FALSE: list[tuple[Snapshot, str]] = [
    # the index's: refuted or unproved, never the proxy's
    *((INDEX, text) for text in (
        "RUT volume was 33.8 million shares.", "Volume was 33.8 million shares.", "Volume was heavy.",
        "The Russell 2000's volume was above average.", "The Russell 2000 rose on volume of 33.8 million shares.",
        "The fund's volume was 33.8 million shares.", "SPY volume was 33.8 million shares.",
    )),
    # of the proxy nothing but volume
    *((INDEX, text) for text in (
        "IWM gained 2.04% on the week.", "IWM closed at 2,677.74.", "IWM set a record close.",
        "The small-cap fund's RSI is 71.52.", "IWM has beaten the S&P 500 for 11 straight sessions.",
        "IWM beat the S&P 500 by 2.42 percentage points on the week.",
        "The index has beaten IWM by 2.42 percentage points on the week.",
    )),
    # its volume, wrong
    *((INDEX, text) for text in (
        "IWM volume was 38.3 million shares.", "IWM volume was $33.8 million.", "IWM's volume was heavy.",
        "IWM's volume was below its 20-day average.", "IWM's volume was 16% above its 50-day average.",
        "IWM's volume on up days came to 192 million shares over the last 20 sessions, against 461 million on down "
        "days.", "IWM's on-balance volume fell by 269 million shares over 20 sessions.",
    )),
    *((FUND, text) for text in (
        "SPY rose 1.2% on light volume.", "SPY rose on below-average volume.", "Volume was below its 20-day average.",
        "Volume was 40% below its 20-day average.", "Volume was 1.71% above its 20-day average.",
        "Volume was 1.5 times its 20-day average.", "Volume was 1.4 times its 50-day average.",
        "SPY closed 40% above its 20-day average.", "Volume was 79.3 billion shares.",
        "Thursday's volume was 79.3 million shares.", "Down volume was above up volume.",
    )),
    *((COIN, text) for text in ("Bitcoin's volume was 73.2 billion shares.", "Bitcoin rose on light volume.")),
]  # fmt: skip

UNREAD: list[str] = [
    # of another stretch than the session
    "SPY rose 2.4% for the week on heavy volume.", "SPY rose 2.4% on the week. Volume was heavy.",
    "This week's volume was 79.3 million shares.", "Weekly volume was 79.3 million shares.",
    # more than a fact can prove
    "SPY rose 1.2% on rising volume.", "SPY rose 1.2% as volume grew.", "Volume doubled.", "Volume rose.",
    "Volume was the highest since March.", "Volume was twice its 20-day average.", "Volume was not heavy.",
    "SPY rose 1.2% with volume higher than usual.", "Heavier-than-usual trade lifted SPY 1.2%.",
    "SPY rose 1.2%, and so did volume.", "SPY, up 1.2%, was actively traded.",
    # true of the price, said of volume
    "Volume rose 1.2%.", "Volume rose 1.2% to 79.3 million shares.", "Volume of 79.3 million shares rose 1.2%.",
    # an amount told as a change
    "Volume rose 79.3 million shares.", "Volume rose by 79.3 million shares.",
]  # fmt: skip


@pytest.mark.parametrize(("facts", "text", "proved"), TRUE, ids=[text for _, text, _ in TRUE])
def test_true_talk_of_volume_is_proved(facts: Snapshot, text: str, proved: set[str]) -> None:
    verdict = check(text, facts)
    assert [(item.rule, item.text, item.message) for item in verdict.findings] == []
    assert proved <= {fact for claim in verdict.claims for fact in claim.facts}


@pytest.mark.parametrize(("facts", "text"), FALSE, ids=[text for _, text in FALSE])
def test_false_talk_of_volume_is_found(facts: Snapshot, text: str) -> None:
    assert not check(text, facts).accepted


@pytest.mark.parametrize("text", UNREAD)
def test_what_no_fact_proves_is_never_passed_over(text: str) -> None:
    assert {item.severity for item in check(text, FUND).findings} & {"unproved", "refuted"}


@pytest.mark.parametrize(
    ("ratio", "heavy", "light"),
    [("1.2", True, False), ("1.199999", False, False), ("0.8", False, True), ("0.800001", False, False)],
)
def test_heavy_and_light_begin_where_the_vocabulary_says(ratio: str, heavy: bool, light: bool) -> None:
    facts = snapshot({"SPY.change_1d": "1.2", "SPY.volume_ratio_20": ratio}, ("SPY",))
    assert check("SPY rose 1.2% on heavy volume.", facts).accepted is heavy
    assert check("SPY rose 1.2% on light volume.", facts).accepted is light


def test_a_finding_says_whose_volume_the_facts_are_of() -> None:
    (finding,) = check("Turnover was what it was.", INDEX).findings
    assert (finding.code, finding.text) == ("INF08", "Turnover")
    assert finding.help.endswith("the facts of volume are of the IWM")


def test_a_table_may_have_a_column_of_volume() -> None:
    table = "| | Close | Volume |\n|---|---|---|\n| SPY | $691.66 | 79.3 million shares |\n"
    assert check(table, FUND).accepted
    assert not check(table.replace("79.3", "78.3"), FUND).accepted


@given(st.integers(0, 10**14), st.sampled_from([Unit.SHARES, Unit.DOLLARS]), st.sampled_from(["plain", "short"]))
def test_a_printed_volume_is_read_as_the_same_fact(number: int, unit: Unit, form: str) -> None:
    text = show(Decimal(number), unit, 0, kind=Kind.INDICATOR, form=form)
    tokens = tokenise(text)
    found = figure_at(tokens, 0)
    assert found is not None, text
    figure, after = found
    assert after == len(tokens), text
    assert supports(Decimal(number), figure, 0), text
    if number >= 1000:
        assert not supports(Decimal(number) * Decimal("1.02"), figure, 0), text
