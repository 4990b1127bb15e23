"""The session and its size: the day's range, the average true range, the Bollinger bands, realized volatility."""

from __future__ import annotations

from pipeline.writing.template.desk import Builder, Desk, Missing
from pipeline.writing.template.verbs import move


def day_range(desk: Desk) -> list[str]:
    """The session's low and high and the close's place between them."""
    low, high, place = desk.slot("low"), desk.slot("high"), desk.number("day_range_position")
    traded = [
        f"{{it}} traded between {low} and {high} on {desk.weekday}",
        f"{desk.weekday}'s session ran from a low of {low} to a high of {high}",
    ]
    if place in (0, 100):
        return [f"{text}, and the close was the {'high' if place else 'low'} of the day." for text in traded]
    where = f"{desk.slot('day_range_position')} of the way up the day's range"
    texts = [f"{text}, and the close came {where}." for text in traded]
    day = move(desk)
    won = "up" if place >= 75 else "down" if place <= 25 else ""
    if won and day.direction == won and not day.prints_zero:
        winners = "Buyers" if won == "up" else "Sellers"
        texts += [f"{winners} had the better of the session: {traded[0]}, and the close came {where}.",
                  f"The session went to the {winners.lower()}: {traded[0]}, and the close came {where}."]  # fmt: skip
    return texts


def true_range(desk: Desk) -> list[str]:
    """The average true range, and the day's change beside it."""
    day, usual, percent = move(desk), desk.amount("atr_14"), desk.slot("atr_pct_14")
    texts = [
        f"The 14-day average true range is {usual}, or {percent} of the close",
        f"{{its}} average true range over 14 days is {usual}, or {percent} of the close",
    ]
    gap = abs(desk.number("points_1d")) - desk.number("atr_14")
    if day.prints_zero or abs(gap) < desk.number("atr_14") / 20:  # too near to call
        return [f"{text}." for text in texts]
    compared = "larger" if gap > 0 else "smaller"
    return [f"{text}; the day's {noun} was {compared}." for text in texts for noun in day.nouns()] + [
        f"The day's {noun} was {compared} than the 14-day average true range of {usual}, or {percent} of the close."
        for noun in day.nouns()
    ]


def bollinger(desk: Desk) -> list[str]:
    """The close against the Bollinger bands."""
    place = desk.number("bollinger_percent_b")
    upper, middle, lower = (desk.slot(f"bollinger_{side}") for side in ("upper", "middle", "lower"))
    for name, band, where, outside in (("upper", upper, "above", place > 1), ("lower", lower, "below", place < 0)):
        if outside:
            return [
                f"The close is {where} the {name} Bollinger band of {band}.",
                f"The {name} Bollinger band is at {band}, and the close is {where} it.",
            ]
    name, band = ("upper", upper) if place > 0.5 else ("lower", lower)
    return [
        f"The close is inside the Bollinger bands, between the lower one at {lower} and the upper one at {upper}.",
        f"The close is between the middle Bollinger band of {middle} and the {name} band of {band}.",
        f"Among the Bollinger bands, the close lies between the middle one at {middle} and the {name} one at {band}.",
    ]


def realized(desk: Desk) -> list[str]:
    """Realized volatility over 20 sessions against 60."""
    one, two = desk.shown("realized_vol_20"), desk.shown("realized_vol_60")
    if one == two:
        raise Missing("realized_vol_60")
    where, short, long = "above" if one > two else "below", desk.slot("realized_vol_20"), desk.slot("realized_vol_60")
    return [
        f"The 20-day realized volatility is {short}, {where} the 60-day reading of {long}.",
        f"At {short}, 20-day realized volatility is {where} the 60-day figure of {long}.",
    ]


def opening(desk: Desk) -> list[str]:
    """The open beside the close before it."""
    if desk.number("open") == desk.number("previous_close"):
        raise Missing("open")
    return [f"The session opened at {desk.slot('open')}, against a previous close of {desk.slot('previous_close')}."]


TAPE: tuple[Builder, ...] = (day_range, true_range, bollinger, realized, opening)
