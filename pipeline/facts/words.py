"""Names in prose that families of measures share."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.facts.units import number_words


def window_words(window: int, unit: str = "day") -> tuple[str, ...]:
    """How prose writes a window before a noun: "50-day", "50-session", "fifty-day"."""
    numbers = (str(window),) + ((number_words(window),) if window < 100 else ())
    units = ("day", "session") if unit == "day" else (unit,)
    return tuple(f"{number}-{name}" for number in numbers for name in units)


def combine(*parts: Iterable[str]) -> tuple[str, ...]:
    """Every combination of one word from each part, in order, joined by spaces; empty words are dropped."""
    phrases = [""]
    for part in parts:
        phrases = [f"{left} {right}".strip() for left in phrases for right in tuple(part)]
    return tuple(dict.fromkeys(phrases))
