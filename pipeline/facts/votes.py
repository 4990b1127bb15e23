"""The rules of TradingView's technical ratings: what a vote makes of the latest values of its lines.

Pure functions of lines: +1 to buy, -1 to sell, 0 for neutral. Equal values are on neither side.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

Line = tuple[Decimal, ...]
"""Values of a line as facts hold them, the latest first, then the bars before."""


def sign(number: Decimal) -> int:
    """+1, -1 or 0."""
    return (number > 0) - (number < 0)


def over(one: Line, other: Line) -> int:
    """Buy above the other line, sell below it."""
    return sign(one[0] - other[0])


def moving(line: Line) -> int:
    """Buy rising, sell falling."""
    return sign(line[0] - line[1])


def crossed(one: Line, other: Line) -> int:
    """Buy as it crosses above the other line, sell as it crosses below."""
    way = over(one, other)
    return way if sign(one[1] - other[1]) == -way else 0


def ordered(*lines: Line) -> int:
    """Buy with every line above the next one, sell with every line below it."""
    ways = {over(one, other) for one, other in pairwise(lines)}
    return ways.pop() if len(ways) == 1 else 0


def turning(low: int, high: int) -> Callable[[Line], int]:
    """Buy below the low threshold and rising, sell above the high one and falling."""

    def rule(line: Line) -> int:
        zone = (line[0] < low) - (line[0] > high)
        return zone if moving(line) == zone else 0

    return rule


def beyond(low: int, high: int) -> Callable[[Line], int]:
    """Buy above the high threshold, sell below the low one."""

    def rule(line: Line) -> int:
        return (line[0] > high) - (line[0] < low)

    return rule


def crossed_beyond(k: Line, d: Line) -> int:
    """Buy as %K crosses above %D with both below 20, sell as it crosses below with both above 80."""
    zone = (max(k[0], d[0]) < 20) - (min(k[0], d[0]) > 80)
    return zone if crossed(k, d) == zone else 0


def crossed_against(k: Line, d: Line, close: Line, average: Line) -> int:
    """The same, buying only in a downtrend, with the close below the average, and selling only in an uptrend."""
    way = crossed_beyond(k, d)
    return way if over(close, average) == -way else 0


def crossed_in_trend(adx: Line, plus: Line, minus: Line) -> int:
    """Buy with ADX above 20 as +DI crosses above -DI, sell as it crosses below."""
    return crossed(plus, minus) if adx[0] > 20 else 0


def saucer(line: Line) -> int:
    """Buy as it crosses above zero or turns up above zero, sell as it crosses below zero or turns down below it."""
    now, before, earlier = line
    side = sign(now)
    if sign(before) != side:
        return side
    return side if sign(now - before) == side == sign(earlier - before) else 0


def powers(close: Line, average: Line, bull: Line, bear: Line) -> int:
    """Buy in an uptrend with bear power below zero and rising, sell in a downtrend with bull power above zero and
    falling."""
    match over(close, average):
        case 1:
            return int(bear[0] < 0 and moving(bear) > 0)
        case -1:
            return -int(bull[0] > 0 and moving(bull) < 0)
        case _:
            return 0
