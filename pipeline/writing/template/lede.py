"""The lede: the session's move and its biggest fact in one sentence of 20 to 25 words."""

from __future__ import annotations

from pipeline.writing.template.desk import Builder, Desk, Missing
from pipeline.writing.template.news import Kind, rank_of, ranked, relative_streak, streak
from pipeline.writing.template.periods import told_state
from pipeline.writing.template.verbs import an, joined, move, side


def cores(desk: Desk) -> list[str]:
    """The session in one clause."""
    close, weekday = desk.slot("close"), desk.weekday
    if not desk.has("change_1d"):
        return [f"{{A}} {verb} at {close} on {weekday}" for verb in ("closed", "ended", "finished")]
    day = move(desk)
    if day.direction == "unchanged" or day.prints_zero:
        state = "unchanged" if day.direction == "unchanged" else "little changed"
        return [f"{{A}} {verb} {state} at {close} on {weekday}" for verb in ("was", "closed", "ended", "finished")]
    verbs = [verb for verb in day.verbs() if verb != "added"]  # "added 0.5% to 6,635.28" says something else
    texts = [f"{{A}} {verb} {day.slot} to {close} on {weekday}" for verb in verbs]
    texts += [f"{{A}} {verb} {day.slot} on {weekday} to close at {close}" for verb in verbs]
    if desk.has("points_1d"):
        amount = desk.amount("points_1d")
        texts += [f"{{A}} {verb} {amount}, or {day.slot}, to {close} on {weekday}" for verb in verbs]
    if day.flat:
        texts = [f"{{A}} {verb} little changed on {weekday}, {day.adverb} {day.slot} at {close}"
                 for verb in ("was", "closed", "ended", "finished")]  # fmt: skip
    return texts


def record_close(desk: Desk) -> list[str]:
    """A record, with its scope."""
    start = desk.slot("data_start")
    return [
        f", its highest close in data that begin {start}",
        f", a record close in data going back to {start}",
        f", a record close since the data begin on {start}",
    ]


def year_high(_: Desk) -> list[str]:
    """The highest close of 52 weeks."""
    return [", its highest close in 52 weeks", ", a 52-week closing high"]


def year_low(_: Desk) -> list[str]:
    """The lowest close of 52 weeks."""
    return [", its lowest close in 52 weeks", ", a 52-week closing low"]


def run(desk: Desk) -> list[str]:
    """A run of gains or losses, with its rank when it has one."""
    found = streak(desk)
    if found is None:
        raise Missing("streak")
    ordinal = desk.ordinal(found.measure)
    texts = [f", its {ordinal} straight {found.noun}", f", its {ordinal} {found.noun} in a row"]
    rank = rank_of(desk, found, "data_start")
    return [f"{text}{' and' if rank.startswith('the') else ','} {rank}" for text in texts] if rank else texts


def relative_run(desk: Desk) -> list[str]:
    """A run of sessions ahead of or behind the benchmark."""
    found = relative_streak(desk)
    if found is None:
        raise Missing("relative streak")
    ordinal = desk.ordinal(found.measure)
    verbs = ("beating", "outperforming") if found.up else ("trailing", "lagging")
    texts = [f", {verb} {{B}} for {found.article} {ordinal} straight session" for verb in verbs]
    rank = rank_of(desk, found, "common_data_start")
    return [f"{text}, {rank}" for text in texts] if rank else texts


def crossing(window: int) -> Builder:
    """The close crossing an average."""

    def tails(desk: Desk) -> list[str]:
        where, level = desk.label(f"close_cross_sma_{window}_direction"), desk.slot(f"sma_{window}")
        return [
            f", crossing {where} its {window}-day moving average of {level}",
            f", a close that crossed {where} its {window}-day average of {level}",
            f" and crossed {where} its {window}-day moving average of {level}",
        ]

    return tails


def average_cross(desk: Desk) -> list[str]:
    """The 50-day average crossing the 200-day one."""
    where, kind = desk.label("sma_50_200_cross_direction"), desk.label("sma_50_200_cross_kind")
    return [f", and its 50-day average crossed {where} its 200-day average, a {kind}"]


def big(desk: Desk) -> list[str]:
    """A move larger than the usual range."""
    usual = f"its 14-day average true range of {desk.slot('atr_pct_14')} of the close"
    return [f", {an(noun)} {noun} larger than {usual}" for noun in move(desk).nouns()]


def rsi(desk: Desk) -> list[str]:
    """The RSI entering a zone."""
    value, zone = desk.slot("rsi_14"), desk.label("rsi_14_zone")
    return [f", and its 14-day RSI entered {zone} territory at {value}"]


def macd_cross(desk: Desk) -> list[str]:
    """MACD crossing its signal line."""
    return [f", and its MACD crossed {desk.label('macd_cross_signal_direction')} its signal line"]


def touched(which: str) -> Builder:
    """A 52-week extreme reached in the session, not at the close."""
    return lambda desk: [f", after touching a 52-week {which} of {desk.slot(f'{which}_52w')} in the session"]


def benchmark(desk: Desk) -> list[str]:
    """The benchmark's session beside the instrument's."""
    link = ", and" if move(desk).agrees(move(desk, who="B")) else ", while"
    return [f"{link} {{B}} {text}" for text in move(desk, who="B").past()]


def spread(desk: Desk) -> list[str]:
    """The distance to the benchmark's session."""
    if not desk.shown("spread_1d"):
        raise Missing("spread_1d")
    return [f", {verb} {{B}} by {desk.slot('spread_1d')}" for verb in ahead_or_behind(desk)]


def ahead_or_behind(desk: Desk) -> tuple[str, ...]:
    """Participles for the session against the benchmark's; nothing is beaten by falling less."""
    if desk.number("spread_1d") < 0:
        return ("trailing", "lagging", "underperforming")
    return ("outperforming",) if move(desk).direction == "down" else ("beating", "outpacing", "outperforming")


def average(desk: Desk) -> list[str]:
    """Where the close stands against the 50-day or the 20-day average."""
    window = 50 if desk.has("distance_sma_50") else 20
    distance = f"distance_sma_{window}"
    where = side(desk.shown(distance))
    link = joined(move(desk).direction == "up", where == "above")
    return [
        f", {link} stands {desk.slot(distance)} {where} its {window}-day moving average",
        f", {link} is {desk.slot(distance)} {where} its {window}-day average",
    ]


def week(desk: Desk) -> list[str]:
    """The week so far."""
    if not desk.tells("1w"):
        raise Missing("change_1w")
    link = ", and" if move(desk).agrees(move(desk, "1w")) else ", but"
    return [f"{link} {text}" for text in told_state(desk, "1w")]


TAILS: dict[Kind, Builder] = {
    "record_close": record_close, "year_high": year_high, "year_low": year_low, "streak": run,
    "relative_streak": relative_run, "cross_50_200": average_cross, "cross_200": crossing(200),
    "cross_50": crossing(50), "big_move": big, "rsi_zone": rsi, "touched_high": touched("high"),
    "touched_low": touched("low"), "cross_20": crossing(20), "macd_cross": macd_cross,
}  # fmt: skip
"""How the lede goes on from "The Nasdaq Composite rose 0.5% to 6,635.28 on Monday"."""

ROUTINE: tuple[Builder, ...] = (benchmark, spread, average, week)
SECOND: tuple[Builder, ...] = (benchmark, week)
AVERAGE_IS_TOLD = frozenset({"cross_50_200", "cross_200", "cross_50", "cross_20"})


def lede(desk: Desk) -> list[str]:
    """Every lede of the session: a core, its biggest news, and one more fact where there is room."""
    kind = ranked(desk)[0].kind
    top = TAILS.get(kind)
    first = _given(desk, (top,) if top else ROUTINE) or [""]
    more = SECOND if kind in AVERAGE_IS_TOLD else (*SECOND, average)
    second = ["", *(_given(desk, more) if top else [])]
    return [f"{core}{tail}{last}." for core in cores(desk) for tail in first for last in second
            if not ("{B}" in tail and "{B}" in last)]  # fmt: skip


def _given(desk: Desk, tails: tuple[Builder, ...]) -> list[str]:
    found: list[str] = []
    for each in tails:
        try:
            found += each(desk)
        except Missing:
            continue
    return found
