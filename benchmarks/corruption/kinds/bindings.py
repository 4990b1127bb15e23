"""Figures and names bound to the wrong thing: another instrument, measure, window, period or timeframe."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from random import Random

from benchmarks.corruption.article import COVER, Article, Slot
from benchmarks.corruption.kind import Change, Corruption, corruption
from benchmarks.corruption.kinds.numbers import SPELLED, figures
from benchmarks.corruption.truth import may_print
from pipeline.facts.catalogue import catalogue
from pipeline.facts.measures.averages import WINDOWS
from pipeline.facts.periods import PERIODS
from pipeline.facts.snapshot import Fact
from pipeline.market.instruments import Instrument

WINDOW = re.compile(r"(?<=_)(\d+)([wmd]?)(?=_|$)")
PERIOD = re.compile(rf"(?<=_)(?:{'|'.join(period.name for period in PERIODS)})$")
OUTSIDE_NAMES = ("Dow Jones Industrial Average", "Dow", "Russell 2000", "FTSE 100", "Nikkei 225", "DAX")
OUTSIDE_MEASURES = {
    "RSI": ("MFI", "TRIX", "Aroon"), "MACD": ("KST", "PPO", "Coppock curve"), "stochastic": ("Aroon", "vortex"),
    "Bollinger band": ("Keltner channel", "Donchian channel"), "moving average": ("VWAP",), "average": ("VWAP",),
}  # fmt: skip
PHRASES = {
    "1d": ("on the day",), "1w": ("for the week", "on the week", "so far this week"),
    "mtd": ("this month", "month to date"), "ytd": ("this year", "year to date", "since the start of the year"),
    "12m": ("over the past 12 months", "from a year earlier"),
}  # fmt: skip
"""How the template writer names a period; the first words of each replace the others'."""
COUNTERPARTS = (
    ("%K", "%D", "_k", "_d"), ("%D", "%K", "_d", "_k"),
    ("+DI", "-DI", "plus", "minus"), ("-DI", "+DI", "minus", "plus"),
    ("upper", "lower", "upper", "lower"), ("lower", "upper", "lower", "upper"), ("middle", "upper", "middle", "upper"),
    ("high", "low", "high", "low"), ("low", "high", "low", "high"), ("beta", "correlation", "beta", "correlation"),
    ("correlation", "beta", "correlation", "beta"), ("record close", "previous close", "record", "previous"),
)  # fmt: skip
"""A word beside a slot, its counterpart, and the same two in the measure's name."""


def replaced_by(article: Article, slot: Slot, others: list[Fact], rng: Random) -> Iterator[Change]:
    """A slot's figure replaced by that of one of some other facts, unless it would be true of its own as well."""
    printed = {article.shown(fact, slot.form) for fact in others if isinstance(fact.value, Decimal)}
    wrong = sorted(text for text in printed if not may_print(slot.fact, slot.measure, text, slot.form))
    if wrong:
        yield Change(slot.start, slot.end, rng.choice(wrong))


def siblings(article: Article, slot: Slot, alike: Callable[[str], str]) -> list[Fact]:
    """Facts of the slot's instrument and timeframe whose measure's name is like its own, but another."""
    return [
        fact
        for fact in article.snapshot.facts
        if (fact.instrument, fact.timeframe) == (slot.fact.instrument, slot.fact.timeframe)
        and fact.measure != slot.fact.measure
        and alike(fact.measure) == alike(slot.fact.measure)
    ]


@corruption
def figure_of_other_instrument(article: Article, rng: Random) -> Iterator[Change]:
    """A figure is the other instrument's, of the same measure."""
    symbols = [instrument.symbol for instrument in article.snapshot.instruments]
    for slot in figures(article):
        if slot.fact.instrument in symbols:
            others = [article.fact(other, slot.fact.measure, slot.fact.timeframe)
                      for other in symbols if other != slot.fact.instrument]  # fmt: skip
            yield from replaced_by(article, slot, [fact for fact in others if fact], rng)


@corruption
def figure_of_other_window(article: Article, rng: Random) -> Iterator[Change]:
    """A figure is that of another window: the 200-day average's for the 50-day's."""
    for slot in figures(article):
        if WINDOW.search(slot.fact.measure) and not slot.measure.period:
            yield from replaced_by(article, slot, siblings(article, slot, lambda name: WINDOW.sub("", name)), rng)


@corruption
def figure_of_other_method(article: Article, rng: Random) -> Iterator[Change]:
    """A figure is the exponential average's for the simple one's, or the other way."""
    for slot in figures(article):
        yield from replaced_by(article, slot, siblings(article, slot, lambda name: name.replace("ema_", "sma_")), rng)


@corruption
def figure_of_other_period(article: Article, rng: Random) -> Iterator[Change]:
    """A change, a spread or a change in points is that of another period."""
    for slot in figures(article):
        if slot.measure.period and PERIOD.search(slot.fact.measure):
            yield from replaced_by(article, slot, siblings(article, slot, lambda name: PERIOD.sub("", name)), rng)


@corruption
def figure_of_other_timeframe(article: Article, rng: Random) -> Iterator[Change]:
    """The weekly RSI's figure for the daily one's, or the other way."""
    for slot in figures(article):
        other = "daily" if slot.fact.timeframe == "weekly" else "weekly"
        if len(slot.measure.timeframes) > 1 and (fact := article.fact(slot.fact.instrument, slot.fact.measure, other)):
            yield from replaced_by(article, slot, [fact], rng)


@corruption
def figure_of_other_measure(article: Article, rng: Random) -> Iterator[Change]:
    """A figure is that of another measure of the same instrument in the same unit."""
    for slot in figures(article):
        others = [fact for fact in siblings(article, slot, lambda _: "") if fact.unit is slot.fact.unit]
        yield from replaced_by(article, slot, others, rng)


def names_of(instrument: Instrument) -> str:
    """A pattern of an instrument's names as the template writer uses them."""
    return "|".join(re.escape(name) for name in (instrument.name, instrument.short) if name)


@corruption
def instrument_swapped(article: Article, _: Random) -> Iterator[Change]:
    """A sentence or table row about one instrument names the other."""
    for one, two in zip(article.snapshot.instruments, article.snapshot.instruments[::-1], strict=True):
        for start, end in article.sentences:
            named = list(re.finditer(f"{names_of(one)}|{names_of(two)}", article.covered[start:end]))
            slots = [slot for slot in article.slots_in(start, end) if isinstance(slot.fact.value, Decimal)]
            if one is two or len(named) != 1 or not re.fullmatch(names_of(one), named[0][0]):
                continue
            if {slot.fact.instrument for slot in slots} == {one.symbol} and _false_of(article, slots, two.symbol):
                yield Change(start + named[0].start(), start + named[0].end(), two.later)


def _false_of(article: Article, slots: list[Slot], symbol: str) -> bool:
    """Whether a figure of one instrument's slots is not true of another's facts, where it has them."""
    for slot in slots:
        fact = article.fact(symbol, slot.fact.measure, slot.fact.timeframe)
        if fact is None or slot.form in SPELLED:
            continue
        if not may_print(fact, slot.measure, slot.text, slot.form):
            return True
    return False


@corruption
def outside_name(article: Article, rng: Random) -> Iterator[Change]:
    """An instrument's name becomes that of an index the article knows nothing of."""
    names = "|".join(names_of(instrument) for instrument in article.snapshot.instruments)
    others = [name for name in OUTSIDE_NAMES if not re.fullmatch(names, name)]
    for match in article.words(names, table=True):
        yield Change(match.start(), match.end(), rng.choice(others))


@corruption
def outside_measure(article: Article, rng: Random) -> Iterator[Change]:
    """An indicator's name becomes that of one the catalogue does not hold."""
    for match in article.words(rf"\b(?:{'|'.join(OUTSIDE_MEASURES)})\b(?! true)"):
        yield Change(match.start(), match.end(), rng.choice(OUTSIDE_MEASURES[match[0]]))


def average_words(article: Article) -> Iterator[tuple[re.Match[str], list[Slot]]]:
    """Names of averages ("50-day exponential average") with the slots of their level and distance in the sentence."""
    for match in article.words(r"(\d+)-day ((?:simple |exponential |moving )*)average\b"):
        method = "ema" if "exponential" in match[2] else "sma"
        measure = f"{method}_{match[1]}"
        slots = article.slots_in(*article.sentence(match.start()))
        own = [slot for slot in slots if slot.fact.measure in (measure, f"distance_{measure}")]
        if own:
            yield match, own


def _others(article: Article, slots: list[Slot], method: str, window: int) -> bool:
    """Whether every one of an average's slots is false of another average."""
    for slot in slots:
        name = re.sub(r"[es]ma_\d+", f"{method}_{window}", slot.fact.measure)
        fact = article.fact(slot.fact.instrument, name)
        if fact is None or may_print(fact, catalogue()[name], slot.text, slot.form):
            return False
    return True


@corruption
def average_window(article: Article, rng: Random) -> Iterator[Change]:
    """An average is called that of another window: "50-day" becomes "200-day"."""
    for match, slots in average_words(article):
        method = "ema" if "exponential" in match[2] else "sma"
        others = [window for window in WINDOWS if _others(article, slots, method, window)]
        if others:
            yield Change(match.start(1), match.end(1), str(rng.choice(others)))


@corruption
def average_method(article: Article, _: Random) -> Iterator[Change]:
    """A simple average is called exponential, or an exponential one simple."""
    for match, slots in average_words(article):
        place, was = match.start(2), "exponential " if "exponential" in match[2] else ""
        if _others(article, slots, "sma" if was else "ema", int(match[1])):
            yield Change(place, place + len(was), "simple " if was else "exponential ")


@corruption
def window_unknown(article: Article, rng: Random) -> Iterator[Change]:
    """A window becomes one that no fact has: "14-day RSI" to "9-day RSI", "52-week high" to "26-week high"."""
    for match in article.words(r"\b(14|20|52|252)-(?:day|week) (?!average\b(?! true)|moving|exponential)"):
        if match[1] in ("14", "252"):
            yield Change(match.start(1), match.end(1), str(rng.choice({"14": (9, 21), "252": (100, 120)}[match[1]])))
        elif _extremes_before(article, match.start(), {"20": 9, "52": 26 * 7}[match[1]]):
            yield Change(match.start(1), match.end(1), {"20": "5", "52": "26"}[match[1]])


def _extremes_before(article: Article, place: int, days: int) -> bool:
    """Whether a sentence prints extremes of a window, all of sessions more than so many days ago."""
    slots = article.slots_in(*article.sentence(place))
    extremes = [slot.fact for slot in slots if re.fullmatch(r"(high|low)_(52w|20d)", slot.fact.measure)]
    return bool(extremes) and all((article.snapshot.as_of - max(fact.dates)).days > days for fact in extremes)


@corruption
def window_unit(article: Article, _: Random) -> Iterator[Change]:
    """A window of days is told in weeks, which no fact has: "50-day average" to "50-week average"."""
    for match in article.words(r"(?<=\d-)day(?= (?:exponential |moving )*(?:average|RSI|ADX|rate))"):
        rsi = article.covered[match.end() :].startswith(" RSI")
        if not rsi or _rsi_differs(article, match.start()):
            yield Change(match.start(), match.end(), "week")


def _rsi_differs(article: Article, place: int) -> bool:
    """Whether a sentence prints the RSI of a timeframe, and the other timeframe's is not printed so."""
    for slot in article.slots_in(*article.sentence(place)):
        if slot.fact.measure == "rsi_14":
            other = "daily" if slot.fact.timeframe == "weekly" else "weekly"
            fact = article.fact(slot.fact.instrument, "rsi_14", other)
            return fact is not None and not may_print(fact, slot.measure, slot.text)
    return False


@corruption
def period_turned(article: Article, rng: Random) -> Iterator[Change]:
    """The words of a period become those of another: "on the day" to "for the week"."""
    periods = {phrase: period for period, phrases in PHRASES.items() for phrase in phrases}
    for match in article.words(rf"\b(?i:{'|'.join(periods)})\b"):
        period = periods[match[0].lower()]
        slots = [slot for slot in article.slots_in(*article.sentence(match.start())) if slot.measure.period == period]
        others = [other for other in PHRASES if other != period and _false_over(article, slots, other)]
        if slots and others:
            phrase = PHRASES[rng.choice(others)][0]
            yield Change(match.start(), match.end(), phrase.capitalize() if match[0][0].isupper() else phrase)


def _false_over(article: Article, slots: list[Slot], period: str) -> bool:
    """Whether every one of some changes is false of another period."""
    for slot in slots:
        name = PERIOD.sub(period, slot.fact.measure)
        fact = article.fact(slot.fact.instrument, name)
        if fact is None or may_print(fact, catalogue()[name], slot.text, slot.form):
            return False
    return True


@corruption
def timeframe_turned(article: Article, _: Random) -> Iterator[Change]:
    """The weekly RSI is called daily, or the daily one weekly."""
    for match in article.words(r"\b(?:weekly|14-day)(?= (?:bars the )?RSI\b)"):
        if _rsi_differs(article, match.start()):
            yield Change(match.start(), match.end(), "daily" if match[0] == "weekly" else "weekly")


@corruption
def measure_turned(article: Article, _: Random) -> Iterator[Change]:
    """The name of a measure becomes its counterpart's: "%K" to "%D", "52-week high of" to "52-week low of"."""
    for word, new, piece, other in COUNTERPARTS:
        for match in article.words(rf"(?<![\w%+-]){re.escape(word)}(?= (?:of |at |one at |is |band of )?{COVER})"):
            slot = article.slot_from(article.covered.index(COVER, match.end()))
            name = slot.fact.measure.replace(piece, other) if slot else ""
            fact = article.fact(slot.fact.instrument, name) if slot else None
            if slot and fact and not may_print(fact, catalogue()[name], slot.text):
                yield Change(match.start(), match.end(), new)


KINDS: tuple[Corruption, ...] = (
    figure_of_other_instrument, figure_of_other_window, figure_of_other_method, figure_of_other_period,
    figure_of_other_timeframe, figure_of_other_measure, instrument_swapped, outside_name, outside_measure,
    average_window, average_method, window_unknown, window_unit, period_turned, timeframe_turned, measure_turned,
)  # fmt: skip
