"""Momentum: RSI with its zone and change, MACD, the stochastic."""

from __future__ import annotations

from pipeline.writing.template.desk import Builder, Desk, Missing
from pipeline.writing.template.news import ranked

LINES = {"overbought": "70 or higher", "oversold": "30 or lower"}
FRESH = 10
"""Sessions for which entering or leaving a zone stays news."""


def rsi(desk: Desk) -> list[str]:
    """The daily RSI, its zone, and its change over five sessions."""
    value, zone = desk.slot("rsi_14"), desk.label("rsi_14_zone")
    state = "neither overbought nor oversold" if zone == "neutral" else f"{zone} at {LINES[zone]}"
    place = "in neutral territory" if zone == "neutral" else f"in {zone} territory"
    texts = [f"{{its}} 14-day RSI is {value}, {place}.", f"At {value}, {{its}} 14-day RSI is {place}."]
    if not desk.has("rsi_14_change") or abs(desk.number("rsi_14_change")) < 1:
        return texts
    up, change = desk.number("rsi_14_change") > 0, desk.slot("rsi_14_change")
    verbs = ("rose", "climbed", "gained") if up else ("fell", "dropped", "lost")
    if ranked(desk)[0].kind == "rsi_zone":  # the lede told where it stands
        return [f"{{its}} 14-day RSI {verb} {change} points in five sessions." for verb in verbs]
    since = f"{'up' if up else 'down'} {change} points from five sessions earlier"
    return [f"{{its}} 14-day RSI {verb} {change} points in five sessions to {value}, {place}." for verb in verbs] + [
        f"The 14-day RSI of {{it}} stands at {value}, {since} and {state}.",
        f"At {value}, {{its}} 14-day RSI is {place} and {since}.",
    ]


def zone_run(desk: Desk) -> list[str]:
    """How long the daily RSI has been overbought or oversold."""
    zone = desk.label("rsi_14_zone")
    if zone == "neutral" or desk.number("rsi_14_bars_in_zone") < 2:
        raise Missing("rsi_14_bars_in_zone")
    count = desk.count("rsi_14_bars_in_zone")
    return [
        f"The daily RSI has been {zone} for {count} sessions in a row.",
        f"The daily RSI has spent {count} straight sessions in {zone} territory.",
    ]


def zone_left(desk: Desk) -> list[str]:
    """When the daily RSI left a zone, if that was a few sessions ago."""
    if desk.label("rsi_14_zone") != "neutral":
        raise Missing("rsi_14_zone")
    for level, zone in ((70, "overbought"), (30, "oversold")):
        name = f"rsi_14_cross_{level}"
        if desk.has(name) and 1 <= desk.number(f"{name}_bars_since") <= FRESH:
            return [
                f"The daily RSI left {zone} territory on {desk.slot(name)}.",
                f"It was on {desk.slot(name)} that the daily RSI left {zone} territory.",
            ]
        if desk.is_today(name):
            return [f"The daily RSI left {zone} territory on {desk.weekday}."]
    raise Missing("rsi_14_cross_70")


def macd(desk: Desk) -> list[str]:
    """MACD against its signal line, with the crossing; against the RSI's change where they disagree."""
    line, signal = desk.shown("macd"), desk.shown("macd_signal")
    if line == signal:
        raise Missing("macd_signal")
    where = "above" if line > signal else "below"
    one, two = desk.slot("macd"), desk.slot("macd_signal")
    if desk.is_today("macd_cross_signal"):
        return [
            f"MACD crossed {where} its signal line on {desk.weekday}, at {one} against {two}.",
            f"MACD, at {one}, crossed {where} its signal line of {two} on {desk.weekday}.",
        ]
    texts = [
        f"MACD is at {one}, {where} its signal line of {two}",
        f"The MACD line of {one} is {where} the signal line of {two}",
        f"MACD stands {where} its signal line, at {one} against {two}",
    ]
    if desk.has("rsi_14_change") and (desk.number("rsi_14_change") > 0) != (where == "above"):
        texts += [f"By contrast, {text.replace('The', 'the', 1)}" for text in texts]
    if desk.has("macd_cross_signal") and desk.number("macd_cross_signal_bars_since") >= 2:
        texts = [f"{text}, after a crossing on {desk.slot('macd_cross_signal')}" for text in texts]
    return [f"{text}." for text in texts]


def weekly_rsi(desk: Desk) -> list[str]:
    """The weekly RSI with its zone."""
    value, zone = desk.slot("rsi_14", weekly=True), desk.label("rsi_14_zone", weekly=True)
    state = "neither overbought nor oversold" if zone == "neutral" else zone
    also = "also " if zone == desk.label("rsi_14_zone") else ""
    going = "" if desk.week_complete else ", with the week still in progress"
    return [
        f"On weekly bars the RSI is {value}, {also}{state}{going}.",
        f"The weekly RSI is {value}, {also}{state}{going}.",
        f"The weekly RSI reads {value} and is {also}{state}{going}.",
    ]


def stochastic(desk: Desk) -> list[str]:
    """Slow %K against %D."""
    fast, slow = desk.shown("stochastic_k"), desk.shown("stochastic_d")
    if fast == slow:
        raise Missing("stochastic_d")
    where, one, two = "above" if fast > slow else "below", desk.slot("stochastic_k"), desk.slot("stochastic_d")
    return [
        f"The slow stochastic %K is {one}, {where} its %D of {two}.",
        f"In the slow stochastic, the %K of {one} is {where} the %D of {two}.",
    ]


def macd_alone(desk: Desk) -> list[str]:
    """MACD where the history is too short for its signal line."""
    if desk.has("macd_signal") or not desk.shown("macd"):
        raise Missing("macd")
    return [f"MACD is {'above' if desk.shown('macd') > 0 else 'below'} zero, at {desk.slot('macd')}."]


def rate_of_change(desk: Desk) -> list[str]:
    """Rates of change over 10 and 20 sessions."""
    short, long = desk.slot("roc_10"), desk.slot("roc_20")
    return [f"The 10-day rate of change is {short} and the 20-day rate of change is {long}."]


def others(desk: Desk) -> list[str]:
    """Williams %R and CCI."""
    return [f"Williams %R over 14 days is {desk.slot('williams_r_14')}, and the 20-day CCI is {desk.slot('cci_20')}."]


MOMENTUM: tuple[Builder, ...] = (
    rsi, zone_run, zone_left, macd, macd_alone, weekly_rsi, stochastic, rate_of_change, others,
)  # fmt: skip
