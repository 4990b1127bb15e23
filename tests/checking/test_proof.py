"""Each kind of statement, true and false, against a snapshot made by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from handmade import AS_OF, PUBLISHED, snapshot

from pipeline.checking.claims import (
    Apart,
    Away,
    Between,
    Bound,
    Crossed,
    Dated,
    Difference,
    Elapsed,
    Excess,
    Flagged,
    Labelled,
    Moved,
    Near,
    Opposed,
    Ordered,
    Outcome,
    Parameter,
    Placed,
    Polled,
    Prior,
    Ref,
    Running,
    SetToday,
    Sided,
    Size,
    Statement,
    Times,
    Today,
    Valued,
    operator_for,
)
from pipeline.checking.mentions import Figure, PartialDate
from pipeline.checking.proof import Prover
from pipeline.facts.catalogue import catalogue

ADDED = {
    "RUT.rating_averages_buy_count": "12", "RUT.rating_averages_sell_count": "1",
    "RUT.rating_averages_neutral_count": "1",
    "RUT.previous_close": "2674.56", "RUT.sma_20": "2600.00", "RUT.sma_200": "2300.00",
    "RUT.distance_sma_50": "6.888128",
    "RUT.rsi_14_change": "9.7", "RUT.rsi_14.weekly": "66.0", "RUT.atr_pct_14": "1.5", "RUT.atr_14": "31.97",
    "RUT.low": "2668.56", "RUT.high": "2692.23", "RUT.change_1d": "0.119",
    "RUT.low_52w": ("1732.99", date(2025, 4, 9)), "RUT.high_52w": ("2692.23", AS_OF),
    "RUT.up_streak_sessions": "1", "RUT.ma_buy_count": "12", "RUT.data_start": date(1987, 9, 10),
    "RUT.close_cross_sma_50": (date(2025, 11, 21), date(2025, 11, 21)), "RUT.close_cross_sma_50_direction": "above",
    "RUT.sma_50_200_cross_kind": "golden cross", "RUT.macd_histogram": "-3.2",
    "IWM.volume": "33844900", "IWM.volume_ratio_20": "1.037263", "IWM.volume_ratio_50": "0.836425",
    "RUT.rating_oscillators_buy_count": "1", "RUT.rating_oscillators_sell_count": "2",
    "RUT.rating_oscillators_neutral_count": "8",
}  # fmt: skip


@pytest.fixture(scope="module")
def prover() -> Prover:
    return Prover(snapshot({**PUBLISHED, **ADDED}), catalogue())


def fig(text: str, unit: str = "", **more: object) -> Figure:
    """A figure as printed."""
    value = Decimal(text.replace(",", ""))
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Figure(value, Decimal(1).scaleb(exponent), unit, **more)  # type: ignore[arg-type]


def rut(measure: str, timeframe: str = "daily") -> Ref:
    return Ref(measure, "RUT", timeframe)


def pair(measure: str) -> Ref:
    return Ref(measure, "RUT/SPX")


NOVEMBER = PartialDate(2025, 11, 21)
SPREAD = pair("spread_1w")
ALL = ("sma_5", "sma_20", "sma_50", "sma_200")

TRUE: dict[str, Statement] = {
    "value": Valued(rut("close"), fig("2,677.74")),
    "rounded value": Valued(rut("rsi_14"), fig("71.5")),
    "weekly value": Valued(rut("rsi_14", "weekly"), fig("66.0")),
    "gain": Valued(rut("change_1w"), fig("2.04", "%"), 1),
    "loss": Valued(Ref("change_1w", "SPX"), fig("0.38", "%"), -1),
    "loss with its own sign": Valued(Ref("change_1w", "SPX"), fig("0.38", "%", sign=-1)),
    "change of either sign": Valued(Ref("change_1w", "SPX"), fig("0.38", "%"), 0),
    "gain that rounds to nothing": Valued(rut("change_1d"), fig("0", "%"), -1),
    "spread": Valued(SPREAD, fig("2.42", "pp"), 1),
    "spread told from the other side": Valued(SPREAD, fig("2.42", "pp"), -1, flip=True),
    "spread in basis points": Valued(SPREAD, fig("242", "bp"), 1),
    "negative level": Valued(rut("macd_histogram"), fig("3.2", sign=-1)),
    "count of 12": Valued(rut("ma_buy_count"), fig("12", total=12)),
    "streak": Valued(pair("outperformance_streak_sessions"), fig("11")),
    "streak hedged": Valued(pair("outperformance_streak_sessions"), fig("10", hedge="over")),
    "rise": Moved(rut("change_1w"), 1),
    "fall": Moved(Ref("change_1w", "SPX"), -1),
    "outperformance": Moved(SPREAD, 1),
    "the other's underperformance": Moved(SPREAD, -1, flip=True),
    "moved at all": Moved(rut("change_1w"), 0),
    "small move": Moved(rut("change_1d"), 1, "small"),  # 0.119 / 1.5 is 0.08
    "flat move": Moved(rut("change_1d"), 0, "flat"),
    "large move": Moved(rut("change_1w"), 1, "large"),  # 2.04 / 1.5 is 1.36 without dates, and so one session
    "above": Ordered(rut("close"), ">", rut("sma_50")),
    "below": Ordered(rut("sma_50"), "<", rut("close")),
    "equal": Ordered(rut("close"), "=", rut("record_close")),
    "above a figure": Ordered(rut("rsi_14"), ">", Decimal(70)),
    "smaller in size": Ordered(rut("macd_histogram"), ">", rut("change_1w"), absolute=True),
    "near": Near(rut("close"), rut("high_52w"), Decimal(2)),
    "far": Near(rut("close"), rut("sma_200"), Decimal(2), expected=False),
    "middle of the day's range": Placed(rut("low"), rut("high"), Decimal(30), Decimal(70)),
    "ways of the week": Opposed(rut("change_1w"), Ref("change_1w", "SPX")),
    "one way of the year": Opposed(rut("change_ytd"), Ref("change_ytd", "SPX"), apart=False),
    "between": Between(rut("close"), rut("sma_50"), rut("high_52w")),
    "between in the other order": Between(rut("close"), rut("high_52w"), Decimal(2600)),
    "votes of a group": Polled(rut("rating_averages"), fig("14")),
    "above all": Sided("RUT", ALL, 1),
    "below none": Sided("RUT", ALL, -1, quantifier="none"),
    "above most": Sided("RUT", ALL, 1, quantifier="most"),
    "above four": Sided("RUT", ALL, 1, fig("4"), "count"),
    "above four of four": Sided("RUT", ALL, 1, fig("4", total=4), "count"),
    "size": Size(ALL, fig("4")),
    "votes": Polled(rut("rating_oscillators"), fig("11")),
    "points above": Difference(rut("close"), rut("sma_50"), fig("172.56", "points"), 1),
    "points apart": Difference(rut("close"), rut("sma_50"), fig("173", "points"), 0),
    "level below, of the close": Away(rut("sma_50"), fig("6.44", "%"), -1),  # 2505.18 / 2677.74 - 1
    "level below, of the level": Away(rut("sma_50"), fig("6.89", "%"), -1),  # 2677.74 / 2505.18 - 1
    "averages apart": Apart(rut("sma_5"), rut("sma_50"), fig("5.96", "%"), 1),  # 2654.55 / 2505.18 - 1
    "times": Times(rut("change_ytd"), Ref("change_ytd", "SPX"), fig("5.7", "x")),  # 7.89 / 1.38
    "what it came from": Prior(rut("rsi_14"), rut("rsi_14_change"), fig("61.8")),
    "label": Labelled(rut("rsi_14_zone"), "overbought"),
    "label denied": Labelled(rut("rsi_14_zone"), "oversold", negated=True),
    "line of a label": Bound(rut("rsi_14_zone"), "overbought", fig("70")),
    "percent more than average": Excess(Ref("volume_ratio_20", "IWM"), fig("3.7", "%"), 1),
    "percent less than average": Excess(Ref("volume_ratio_50", "IWM"), fig("16", "%"), -1),
    "shares": Valued(Ref("volume", "IWM"), Figure(Decimal(33_800_000), Decimal(10**5), "shares")),
    "window": Parameter(("rsi_14",), fig("14")),
    "one of several windows": Parameter(("sma_5", "sma_200"), fig("200")),
    "date of a level": Dated(rut("low_52w"), PartialDate(2025, 4, 9)),
    "month of a level": Dated(rut("low_52w"), PartialDate(None, 4)),
    "date that is the value": Dated(rut("data_start"), PartialDate(1987)),
    "time until the session": Elapsed(None, rut("low_52w"), fig("40", "weeks"), 1),  # 282 days
    "time between two events": Elapsed(rut("high_52w"), rut("low_52w"), fig("282", "days"), 1),
    "the session": Today(PartialDate(2026, 1, 16)),
    "the session's weekday": Today(PartialDate(weekday=4)),
    "flag": Flagged(rut("is_record_close")),
    "flag denied": Flagged(Ref("is_record_close", "SPX"), expected=False),
    "set today": SetToday(rut("high_52w")),
    "not set today": SetToday(rut("low_52w"), expected=False),
    "streak runs": Running(pair("outperformance_streak_sessions"), 2),
    "crossing with a date elsewhere": Crossed(rut("close_cross_sma_50"), 1, today=False),
    "crossing either way": Crossed(rut("close_cross_sma_50"), 0, today=False),
}  # fmt: skip

FALSE: dict[str, Statement] = {
    "transposed digits": Valued(rut("close"), fig("2,767.74")),
    "wrong rounding": Valued(rut("rsi_14"), fig("71.6")),
    "weekly value as daily": Valued(rut("rsi_14"), fig("66.0")),
    "loss told as a gain": Valued(Ref("change_1w", "SPX"), fig("0.38", "%"), 1),
    "unsigned loss": Valued(Ref("change_1w", "SPX"), fig("0.38", "%")),
    "percent for points": Valued(SPREAD, fig("2.42", "%"), 1),
    "spread from the wrong side": Valued(SPREAD, fig("2.42", "pp"), 1, flip=True),
    "basis points for percent": Valued(SPREAD, fig("2.42", "bp"), 1),
    "sign of a level": Valued(rut("macd_histogram"), fig("3.2")),
    "count of 15": Valued(rut("ma_buy_count"), fig("12", total=15)),
    "streak one longer": Valued(pair("outperformance_streak_sessions"), fig("12")),
    "about is no hedge for counts": Valued(pair("outperformance_streak_sessions"), fig("12", hedge="about")),
    "fall that rose": Moved(rut("change_1w"), -1),
    "underperformance": Moved(SPREAD, -1),
    "small move that was not": Moved(rut("change_1w"), 1, "small"),  # 1.36 is above 1.25
    "large move that was not": Moved(rut("change_1d"), 1, "large"),
    "flat move that was not": Moved(rut("change_1w"), 0, "flat"),
    "below what it is above": Ordered(rut("close"), "<", rut("sma_50")),
    "equal to another": Ordered(rut("close"), "=", rut("high_52w")),
    "above a figure it is below": Ordered(rut("rsi_14"), ">", Decimal(72)),
    "near the average": Near(rut("close"), rut("sma_200"), Decimal(2)),
    "top of the day's range": Placed(rut("low"), rut("high"), Decimal(80), Decimal(100)),
    "ways of the year": Opposed(rut("change_ytd"), Ref("change_ytd", "SPX")),
    "of one sign": Opposed(rut("change_1w"), rut("change_ytd")),
    "outside": Between(rut("close"), rut("sma_50"), rut("sma_200")),
    "votes of more": Polled(rut("rating_averages"), fig("15")),
    "below all": Sided("RUT", ALL, -1),
    "above none": Sided("RUT", ALL, 1, quantifier="none"),
    "below most": Sided("RUT", ALL, -1, quantifier="most"),
    "above three": Sided("RUT", ALL, 1, fig("3"), "count"),
    "above four of five": Sided("RUT", ALL, 1, fig("4", total=5), "count"),
    "wrong size": Size(ALL, fig("5")),
    "other votes": Polled(rut("rating_oscillators"), fig("15")),
    "points below": Difference(rut("close"), rut("sma_50"), fig("172.56", "points"), -1),
    "not so many times": Times(rut("change_ytd"), Ref("change_ytd", "SPX"), fig("4.7", "x")),
    "a gain against a loss": Times(rut("change_1w"), Ref("change_1w", "SPX"), fig("5.4", "x")),
    "averages the other way round": Apart(rut("sma_5"), rut("sma_50"), fig("5.96", "%"), -1),
    "wrong points": Difference(rut("close"), rut("sma_50"), fig("172.65", "points"), 1),
    "percent more that was less": Excess(Ref("volume_ratio_50", "IWM"), fig("16.4", "%"), 1),
    "wrong percent more": Excess(Ref("volume_ratio_20", "IWM"), fig("4.7", "%"), 1),
    "dollars for shares": Valued(Ref("volume", "IWM"), fig("33844900", "$")),
    "level above": Away(rut("sma_50"), fig("6.44", "%"), 1),
    "wrong distance": Away(rut("sma_50"), fig("6.64", "%"), -1),
    "another origin": Prior(rut("rsi_14"), rut("rsi_14_change"), fig("68.1")),
    "another label": Labelled(rut("rsi_14_zone"), "neutral"),
    "its label denied": Labelled(rut("rsi_14_zone"), "overbought", negated=True),
    "another line": Bound(rut("rsi_14_zone"), "overbought", fig("75")),
    "another window": Parameter(("rsi_14",), fig("20")),
    "another day": Dated(rut("low_52w"), PartialDate(2025, 4, 8)),
    "another year": Dated(rut("low_52w"), PartialDate(2024, 4, 9)),
    "another time until the session": Elapsed(None, rut("low_52w"), fig("41", "weeks"), 1),
    "the later event first": Elapsed(rut("low_52w"), rut("high_52w"), fig("282", "days"), 1),
    "not the session": Today(PartialDate(2026, 1, 15)),
    "not its weekday": Today(PartialDate(2026, 1, 16, 3)),
    "flag that is not so": Flagged(Ref("is_record_close", "SPX")),
    "true flag denied": Flagged(rut("is_record_close"), expected=False),
    "set on another day": SetToday(rut("low_52w")),
    "streak too short to run": Running(rut("up_streak_sessions"), 2),
    "crossing today": Crossed(rut("close_cross_sma_50"), 1),
    "crossing to the other side": Crossed(rut("close_cross_sma_50"), -1, today=False),
}  # fmt: skip

UNKNOWN: dict[str, Statement] = {
    "no such fact": Valued(rut("adx_14"), fig("20")),
    "volume of the index": Valued(rut("volume"), fig("33844900", "shares")),
    "percent more than nothing": Excess(rut("volume_ratio_20"), fig("3.7", "%"), 1),
    "no such measure": Valued(rut("volume_profile"), fig("20")),
    "not in that timeframe": Valued(rut("close", "weekly"), fig("2,677.74")),
    "no such instrument": Valued(Ref("close", "IXIC"), fig("2,677.74")),
    "a flag has no figure": Valued(rut("is_record_close"), fig("1")),
    "a label does not move": Moved(rut("rsi_14_zone"), 1),
    "order against nothing": Ordered(rut("close"), ">", rut("adx_14")),
    "opposed to nothing": Opposed(rut("change_1w"), rut("change_mtd")),
    "between nothing": Between(rut("close"), rut("adx_14"), rut("sma_50")),
    "side of nothing": Sided("SPX", ALL, 1),
    "difference from nothing": Difference(rut("close"), rut("sma_10"), fig("1"), 1),
    "away from nothing": Away(rut("sma_10"), fig("1", "%"), 1),
    "no earlier value": Prior(rut("close"), rut("points_1w"), fig("1")),
    "no zone": Labelled(Ref("rsi_14_zone", "SPX"), "overbought"),
    "no such label": Labelled(rut("rsi_14"), "overbought"),
    "no line": Bound(rut("close"), "overbought", fig("70")),
    "no votes": Polled(Ref("rating_averages", "SPX"), fig("11")),
    "no date": Dated(rut("sma_50"), NOVEMBER),
    "no flag": Flagged(rut("stack_rising_order")),
    "no level": SetToday(rut("high_20d")),
    "no streak": Running(rut("down_streak_sessions")),
    "no crossing": Crossed(rut("close_cross_sma_20"), 1),
}


@pytest.mark.parametrize("name", TRUE)
def test_true_statements_hold(prover: Prover, name: str) -> None:
    assert prover.prove(TRUE[name]).holds is True


@pytest.mark.parametrize("name", FALSE)
def test_false_statements_do_not_hold(prover: Prover, name: str) -> None:
    outcome = prover.prove(FALSE[name])
    assert outcome.holds is False
    assert outcome.truth, "a refutation says what is true"


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_no_fact_speaks_of_is_neither(prover: Prover, name: str) -> None:
    assert prover.prove(UNKNOWN[name]).holds is None


def test_every_kind_of_statement_is_tried_both_ways() -> None:
    kinds = {kind.__name__ for kind in Statement.__args__}
    for cases in (TRUE, FALSE):
        assert {type(statement).__name__ for statement in cases.values()} == kinds


def test_an_outcome_names_its_facts_and_the_truth(prover: Prover) -> None:
    assert prover.prove(TRUE["above"]) == Outcome(True, ("RUT.close", "RUT.sma_50"), "2,677.74 against 2,505.18")
    assert prover.prove(FALSE["loss told as a gain"]).truth == "-0.38%"
    assert prover.prove(FALSE["above three"]).truth == "4 of 4"
    assert prover.prove(FALSE["another day"]).truth == "April 9, 2025"
    assert prover.prove(FALSE["flag that is not so"]).truth == "6,977.27, Jan. 12"


def test_a_band_is_measured_over_the_sessions_of_the_period() -> None:
    """6 percent in 16 weekdays are 6 / (1.5 * 4), one range of its days; in one session they are four."""
    values = {"RUT.atr_pct_14": "1.5", "RUT.change_mtd": ("6", date(2025, 12, 25), AS_OF), "RUT.change_1w": "6"}
    prover = Prover(snapshot(values), catalogue())
    assert prover.prove(Moved(rut("change_mtd"), 1, "small")).holds
    assert prover.prove(Moved(rut("change_mtd"), 1, "large")).holds
    assert not prover.prove(Moved(rut("change_mtd"), 0, "flat")).holds
    assert not prover.prove(Moved(rut("change_1w"), 1, "small")).holds


def test_without_a_range_any_word_of_size_goes() -> None:
    prover = Prover(snapshot({"RUT.change_1w": "2.04"}), catalogue())
    assert prover.prove(Moved(rut("change_1w"), 1, "small")).holds


def test_operators() -> None:
    assert (operator_for(1), operator_for(-1)) == (">", "<")
