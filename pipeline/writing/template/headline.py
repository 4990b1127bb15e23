"""The headline and the dek under it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from pipeline.writing.template.desk import Desk, Missing
from pipeline.writing.template.lede import ahead_or_behind
from pipeline.writing.template.names import full_name, later_name
from pipeline.writing.template.news import Kind, ranked, relative_streak, streak
from pipeline.writing.template.periods import spans
from pipeline.writing.template.verbs import PRESENT, move, side

LONGEST = 12
"""Words of a headline."""
TENTH = Decimal("0.1")
"""Percent; from here on a headline's figure has one decimal."""


def _verb_phrases(desk: Desk) -> list[str]:
    """The session in the present tense with its figure: "rises 0.5%"."""
    if not desk.has("change_1d"):
        return [f"closes at {desk.slot('close')}"]
    day = move(desk)
    if day.direction == "unchanged":
        return ["ends unchanged", "closes unchanged"]
    if day.prints_zero:
        return ["ends little changed", "closes little changed"]
    figure = day.slot if abs(desk.number("change_1d")) < TENTH else desk.slot("change_1d", "short")
    return [f"{verb} {figure}" for verb in day.verbs(PRESENT)]


def _ends(*ends: str) -> Callable[[Desk], list[str]]:
    return lambda desk: [f"{phrase} {end}" for phrase in _verb_phrases(desk) for end in ends]


def _streak(desk: Desk) -> list[str]:
    run = streak(desk)
    if run is None:
        raise Missing("streak")
    day = move(desk)
    ordinal = desk.ordinal(run.measure)
    return [f"{verb} for {run.article} {ordinal} straight session" for verb in day.verbs(PRESENT)]


def _relative_streak(desk: Desk) -> list[str]:
    run = relative_streak(desk)
    if run is None:
        raise Missing("relative streak")
    verb = "beats" if run.up else "trails"
    return [f"{verb} {{B}} for {run.article} {desk.ordinal(run.measure)} straight session"]


def _crossing(window: int) -> Callable[[Desk], list[str]]:
    def phrases(desk: Desk) -> list[str]:
        where = desk.label(f"close_cross_sma_{window}_direction")
        return [f"{phrase} and closes {where} its {window}-day average" for phrase in _verb_phrases(desk)] + [
            f"{phrase} and crosses {where} its {window}-day average" for phrase in _verb_phrases(desk)
        ]

    return phrases


def _cross(desk: Desk) -> list[str]:
    kind = desk.label("sma_50_200_cross_kind")
    return [f"{phrase} on day of a {kind}" for phrase in _verb_phrases(desk)]


def _rsi(desk: Desk) -> list[str]:
    zone = desk.label("rsi_14_zone")
    return [f"{phrase} with daily RSI in {zone} territory" for phrase in _verb_phrases(desk)]


def _routine(desk: Desk) -> list[str]:
    phrases = _verb_phrases(desk)
    texts: list[str] = []
    if desk.has("spread_1d") and desk.shown("spread_1d"):
        texts += [f"{phrase}, {verb} {{B}}" for phrase in phrases for verb in ahead_or_behind(desk)]
    elif desk.has("distance_sma_50") and not desk.is_today("close_cross_sma_50"):
        texts += [f"{phrase} and stays {side(desk.number('distance_sma_50'))} its 50-day average" for phrase in phrases]
    return texts or [f"{phrase} on {desk.weekday}" for phrase in phrases]


PHRASES: dict[Kind, Callable[[Desk], list[str]]] = {
    "record_close": _ends("to a record close", "to close at a record"),
    "year_high": _ends("to its highest close in 52 weeks", "to a 52-week closing high"),
    "year_low": _ends("to its lowest close in 52 weeks", "to a 52-week closing low"),
    "streak": _streak, "relative_streak": _relative_streak, "cross_50_200": _cross, "cross_200": _crossing(200),
    "cross_50": _crossing(50), "cross_20": _crossing(20), "rsi_zone": _rsi,
    "touched_high": _ends("after touching a 52-week high"), "touched_low": _ends("after touching a 52-week low"),
    "big_move": _routine, "macd_cross": _routine, "routine": _routine,
}  # fmt: skip


def headline(desk: Desk) -> list[str]:
    """Headlines of the heaviest news, the instrument by its longest name that fits."""
    snapshot = desk.snapshot
    other = later_name(snapshot.benchmark).removeprefix("the ") if snapshot.benchmark else ""
    phrases = [phrase.replace("{B}", other) for phrase in _phrases(desk)]
    for name in (full_name(snapshot.primary), later_name(snapshot.primary)):
        short = name.removeprefix("the ")
        fitting = [f"{short} {phrase}" for phrase in phrases if len(f"{short} {phrase}".split()) <= LONGEST]
        if fitting:
            return fitting
    return [f"{later_name(snapshot.primary).removeprefix('the ')} {phrase}" for phrase in _verb_phrases(desk)]


def _phrases(desk: Desk) -> list[str]:
    """Phrases of the heaviest news that has its facts; "routine" always has."""
    for news in ranked(desk):
        try:
            return PHRASES[news.kind](desk)
        except Missing:
            continue
    return _verb_phrases(desk)


def dek(desk: Desk) -> list[str]:
    """One comparison with its period: with the benchmark over a longer period, else with an average."""
    texts: list[str] = []
    for period in ("1w", "ytd", "12m", "mtd"):
        if not (desk.tells(period) and desk.has(f"spread_{period}") and desk.shown(f"spread_{period}")):
            continue
        verb = "leads" if desk.number(f"spread_{period}") > 0 else "trails"
        texts += [f"{{A}} {verb} {{B}} by {desk.slot(f'spread_{period}')} {span}" for span in spans(desk, period)]
        mine, theirs = move(desk, period), move(desk, period, "B")
        if mine.prints_zero or theirs.prints_zero:
            continue
        link = "and" if mine.agrees(theirs) else "while"
        texts += [f"{{A}} is {mine.adverb} {mine.slot} {span}, {link} {{B}} is {theirs.adverb} {theirs.slot}"
                  for span in spans(desk, period)]  # fmt: skip
        break
    if not texts:
        for window in (200, 50, 20):
            name = f"distance_sma_{window}"
            if desk.has(name) and desk.number(name):
                return [f"The close is {desk.slot(name)} {side(desk.number(name))} {{A's}} {window}-day average."]
        raise Missing("dek")
    return [f"{text}." for text in texts]
