"""Levels: the record, the 52-week range, and the 20-day range, each with its distance from the close."""

from __future__ import annotations

from decimal import Decimal

from pipeline.writing.template.desk import Builder, Desk, Missing
from pipeline.writing.template.periods import dated

CORRECTION, BEAR = Decimal(-10), Decimal(-20)
"""Distance from the peak close, in percent, that the words mean."""
CYCLE = 730
"""Days for which a record counts as the peak of the present cycle."""


def record(desk: Desk) -> list[str]:
    """The record close and the distance to it, with the name the distance has."""
    if not desk.long_history or not desk.shown("distance_record_close"):
        raise Missing("record_close")
    level, day, gap = desk.slot("record_close"), dated(desk, "record_close"), desk.slot("distance_record_close")
    texts = [
        f"{{it}} is {gap} below its record close of {level}, set on {day}",
        f"{desk.weekday}'s close left {{it}} {gap} below its record close of {level}, set on {day}",
        f"The close is {gap} below {{its}} record close of {level}, which dates from {day}",
        f"{{its}} record close is {level}, set on {day}, and the latest close is {gap} below it",
    ]
    fall = desk.number("distance_record_close")
    if fall <= CORRECTION and (desk.as_of - max(desk.fact("record_close").dates)).days < CYCLE:
        name, size = ("bear market", "20%") if fall <= BEAR else ("correction", "10%")
        texts = [f"{text}, enough to count as a {name}, a fall of {size} or more from the peak close" for text in texts]
    return [f"{text}." for text in texts]


def highest(desk: Desk) -> list[str]:
    """The highest close of a history too short for it to be called a record."""
    if desk.long_history or not desk.shown("distance_record_close"):
        raise Missing("record_close")
    level, gap, start = desk.slot("record_close"), desk.slot("distance_record_close"), desk.slot("data_start")
    return [
        f"{{its}} highest close since the data begin on {start} is {level}, and the latest close is {gap} below it.",
        f"In data that begin {start}, {{its}} highest close is {level}, and the latest close is {gap} below it.",
    ]


def year_range(desk: Desk) -> list[str]:
    """The 52-week range and both distances."""
    low, high = desk.slot("low_52w"), desk.slot("high_52w")
    up, down = desk.slot("distance_low_52w"), desk.slot("distance_high_52w")
    bottom = f"the 52-week low of {low} from {dated(desk, 'low_52w')}"
    top = f"the 52-week high of {high} from {dated(desk, 'high_52w')}"
    if not desk.shown("distance_high_52w"):
        return [f"The close is at the 52-week high of {high} and {up} above {bottom}."]
    if not desk.shown("distance_low_52w"):
        return [f"The close is at the 52-week low of {low} and {down} below {top}."]
    if desk.as_of in desk.fact("high_52w").dates:
        today = f"{desk.weekday}'s intraday high of {high} is also the 52-week high"
        return [f"{today}; the close is {down} below it and {up} above {bottom}."]
    if desk.as_of in desk.fact("low_52w").dates:
        today = f"{desk.weekday}'s intraday low of {low} is also the 52-week low"
        return [f"{today}; the close is {up} above it and {down} below {top}."]
    return [
        f"The close is {down} below {top} and {up} above {bottom}.",
        f"Within the 52-week range, the close is {up} above {bottom.replace('52-week ', '')} and {down} below "
        f"{top.replace('52-week ', '')}.",
        f"{{it}} closed {down} below {top} and {up} above {bottom}.",
    ]


def month_range(desk: Desk) -> list[str]:
    """The 20-day range."""
    low, high = desk.slot("low_20d"), desk.slot("high_20d")
    up, down = desk.slot("distance_low_20d"), desk.slot("distance_high_20d")
    if not desk.shown("distance_low_20d") or not desk.shown("distance_high_20d"):
        return [f"The 20-day range runs from {low} to {high}."]
    return [
        f"The 20-day range runs from {low} to {high}; the close is {up} above its low and {down} below its high.",
        f"The close is {up} above the 20-day low of {low} and {down} below the 20-day high of {high}.",
    ]


def month_low(desk: Desk) -> list[str]:
    """The 20-day low alone, where the high was told under another name."""
    return [f"The 20-day low is {desk.slot('low_20d')}, and the close is {desk.slot('distance_low_20d')} above it."]


def month_high(desk: Desk) -> list[str]:
    """The 20-day high alone, where the low was told under another name."""
    return [f"The 20-day high is {desk.slot('high_20d')}, and the close is {desk.slot('distance_high_20d')} below it."]


def quarter_range(desk: Desk) -> list[str]:
    """The three-month range."""
    low, high = desk.slot("low_3m"), desk.slot("high_3m")
    return [
        f"The three-month range runs from {low} to {high}.",
        f"Over three months, the low is {low} and the high {high}.",
    ]


LEVELS: tuple[Builder, ...] = (record, highest, year_range, month_range, month_low, month_high, quarter_range)
