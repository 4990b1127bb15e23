"""Trend: the close against its averages, the averages against each other, and the crossings."""

from __future__ import annotations

from pipeline.writing.template.desk import Builder, Desk, Missing
from pipeline.writing.template.news import ranked
from pipeline.writing.template.verbs import joined, move, side

GROUP = "simple and exponential averages of 5 to 200 days"
RECENT = 250
"""Sessions after which the last crossing of an average is no longer told."""


def crossed_today(desk: Desk) -> list[str]:
    """The crossing of the session itself, the longest average first, unless the lede told it."""
    told = ranked(desk)[0].kind
    for window in (200, 50, 20):
        if desk.is_today(f"close_cross_sma_{window}") and told != f"cross_{window}":
            name = f"close_cross_sma_{window}"
            where, day = desk.label(f"{name}_direction"), desk.slot(name, "weekday")
            return [
                f"{day}'s close crossed {where} the {window}-day average.",
                f"The close moved {where} the {window}-day average on {day}.",
                f"On {day} the close crossed {where} the {window}-day average.",
            ]
    raise Missing("crossing")


def averages_crossed_today(desk: Desk) -> list[str]:
    """A golden or a death cross of the session."""
    if not desk.is_today("sma_50_200_cross") or ranked(desk)[0].kind == "cross_50_200":
        raise Missing("sma_50_200_cross")
    where, kind = desk.label("sma_50_200_cross_direction"), desk.label("sma_50_200_cross_kind")
    return [f"The 50-day average crossed {where} the 200-day average on {desk.weekday}, a {kind}."]


def fifty_and_two_hundred(desk: Desk) -> list[str]:
    """The close against the 50-day and the 200-day average."""
    near, far = side(desk.shown("distance_sma_50")), side(desk.shown("distance_sma_200"))
    link = joined(near, far)
    one = f"{desk.slot('distance_sma_50')} {near} its 50-day average of {desk.slot('sma_50')}"
    other = f"{desk.slot('distance_sma_200')} {far} its 200-day average of {desk.slot('sma_200')}"
    texts = [
        f"{{it}} closed {one} {link} {other}.",
        f"At the close, {{it}} was {one} {link} {other}.",
        f"{{it}} stands {one} {link} {other}.",
        f"{{it}} ended {desk.weekday} {one} {link} {other}.",
    ]
    day = move(desk)
    if near == far and not day.prints_zero and day.direction == ("down" if near == "above" else "up"):
        texts = [f"Even after {desk.weekday}'s {noun}, {{it}} is {one} {link} {other}." for noun in day.nouns()] + texts
    texts.append(f"Set against the longer averages, {{it}} is {one} {link} {other}.")
    return texts


def tally(desk: Desk) -> list[str]:
    """How many of the twelve averages the close is above."""
    total = desk.measures["ma_buy_count"].total
    below, above = int(desk.number("ma_buy_count")), int(desk.number("ma_sell_count"))
    if total in (below, above):
        which, place = ("ma_buy_count", "below") if below else ("ma_sell_count", "above")
        count, where = desk.count(which), "above" if below else "below"
        return [
            f"The close is {where} all {count} of the {GROUP}.",
            f"All {count} of the {GROUP} are {place} the close.",
            f"Of the {GROUP}, all {count} are {place} the close.",
        ]
    if not below or not above:
        raise Missing("an average equals the close")
    buy, sell = desk.count("ma_buy_count"), desk.count("ma_sell_count")
    return [
        f"The close is above {buy} and below {sell} of the {total} {GROUP}.",
        f"Of the {total} {GROUP}, {buy} {_are(below)} below the close and {sell} {_are(above)} above it.",
        f"Among the {total} {GROUP}, {buy} {_are(below)} below the close and {sell} above.",
    ]


def order(desk: Desk) -> list[str]:
    """Close and averages in strict order."""
    if desk.flag("stack_rising_order"):
        one, first = "above", "rising"
    elif desk.flag("stack_falling_order"):
        one, first = "below", "falling"
    else:
        raise Missing("order")
    return [
        f"The close is {one} the 20-day average, which is {one} the 50-day, which in turn is {one} the 200-day.",
        f"The averages are in {first} order: the close is {one} the 20-day, the 20-day {one} the 50-day and the 50-day "
        f"{one} the 200-day.",
    ]


def average_cross(desk: Desk) -> list[str]:
    """The last golden or death cross before this session, if it is not long ago."""
    bars = int(desk.number("sma_50_200_cross_bars_since"))
    if not 1 <= bars < RECENT:
        raise Missing("told as news, or none")
    where, kind, day = (
        desk.label("sma_50_200_cross_direction"), desk.label("sma_50_200_cross_kind"), desk.slot("sma_50_200_cross"),
    )  # fmt: skip
    texts = [
        f"The 50-day average has been {where} the 200-day average since a {kind} on {day}.",
        f"A {kind} on {day} put the 50-day average {where} the 200-day average.",
        f"The 50-day average crossed {where} the 200-day on {day}, a {kind}.",
    ]
    if bars >= 2:
        texts.append(f"A {kind} of the 50-day and 200-day averages came on {day}, "
                     f"{desk.count('sma_50_200_cross_bars_since')} sessions ago.")  # fmt: skip
    return texts


def crossing(window: int) -> Builder:
    """The last crossing of an average, when it lies some sessions back but not too many."""

    def builder(desk: Desk) -> list[str]:
        name = f"close_cross_sma_{window}"
        if not 2 <= desk.number(f"{name}_bars_since") < RECENT:
            raise Missing(name)
        where, day, ago = desk.label(f"{name}_direction"), desk.slot(name), desk.count(f"{name}_bars_since")
        return [
            f"The close has been {where} the {window}-day average since {day}, {ago} sessions ago.",
            f"The last crossing of the {window}-day average came on {day}, when the close moved {where} it.",
            f"{{it}} last crossed the {window}-day average on {day}, moving {where} it.",
        ]

    builder.__name__ = f"crossing_{window}"
    return builder


def short(desk: Desk) -> list[str]:
    """The close against the 20-day average."""
    where, level, distance = side(desk.shown("distance_sma_20")), desk.slot("sma_20"), desk.slot("distance_sma_20")
    return [
        f"The 20-day average is at {level}, with the close {distance} {where} it.",
        f"The close is {distance} {where} the 20-day average of {level}.",
    ]


def shortest(desk: Desk) -> list[str]:
    """The close against the 5-day and the 10-day average, where the history is too short for longer ones."""
    if desk.has("sma_50"):
        raise Missing("the longer averages say more")
    one, two = side(desk.shown("distance_sma_5")), side(desk.shown("distance_sma_10"))
    return [
        f"{{it}} closed {desk.slot('distance_sma_5')} {one} its 5-day average of {desk.slot('sma_5')} "
        f"{joined(one, two)} {desk.slot('distance_sma_10')} {two} its 10-day average of {desk.slot('sma_10')}."
    ]


def exponential(desk: Desk) -> list[str]:
    """The close against the 10-day and the 20-day exponential average."""
    near, far = side(desk.shown("distance_ema_10")), side(desk.shown("distance_ema_20"))
    one = f"{desk.slot('distance_ema_10')} {near} the 10-day exponential average of {desk.slot('ema_10')}"
    other = f"{desk.slot('distance_ema_20')} {far} the 20-day exponential average of {desk.slot('ema_20')}"
    return [f"The close is {one} {joined(near, far)} {other}."]


def strength(desk: Desk) -> list[str]:
    """ADX with the directional indicators."""
    plus, minus = desk.shown("plus_di_14"), desk.shown("minus_di_14")
    if plus == minus:
        raise Missing("plus_di_14")
    where = "above" if plus > minus else "below"
    one, two, value = desk.slot("plus_di_14"), desk.slot("minus_di_14"), desk.slot("adx_14")
    return [
        f"The 14-day ADX is {value}, with the +DI at {one} and {where} the -DI at {two}.",
        f"ADX reads {value} over 14 days, and the +DI of {one} is {where} the -DI of {two}.",
    ]


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


TREND: tuple[Builder, ...] = (
    crossed_today, averages_crossed_today, fifty_and_two_hundred, shortest, tally, order, average_cross, crossing(50),
    crossing(200), short, strength, exponential,
)  # fmt: skip
