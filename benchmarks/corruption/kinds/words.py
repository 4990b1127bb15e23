"""Words turned round: directions, sides, comparisons, zones, tallies, runs, magnitudes, records, negations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from random import Random

from benchmarks.corruption.article import COVER, Article
from benchmarks.corruption.kind import Change, Corruption, corruption
from benchmarks.corruption.truth import may_print, prints_zero
from pipeline.facts.catalogue import catalogue
from pipeline.facts.units import WEEKDAYS, Kind, number_words, ordinal_words


def both_ways(table: str) -> dict[str, str]:
    """A table of "one/other" pairs, each word to its opposite."""
    pairs = [(one, other) for one, other in (pair.strip().split("/") for pair in table.split(","))]
    return dict(pairs) | {other: one for one, other in pairs}


MOVES = both_ways("""rose/fell, gained/lost, climbed/dropped, advanced/declined, added/shed, surged/plunged,
    jumped/tumbled, rallied/slumped, soared/sank, rises/falls, gains/loses, climbs/drops, advances/declines,
    surges/plunges, jumps/tumbles, rallies/slumps, soars/sinks, risen/fallen, up/down""") | {
    "slipped": "rose", "slips": "rises", "retreated": "advanced",
}  # fmt: skip
MOVE_NOUNS = both_ways("gain/loss, advance/decline, rise/drop")
VERSUS = both_ways("""beat/trailed, outpaced/lagged, outperformed/underperformed, beating/trailing, outpacing/lagging,
    outperforming/underperforming, leads/trails, ahead of/behind, beats/lags, beaten/lagged,
    outperformance/underperformance""")
RUN_NOUNS = both_ways("gain/loss, gains/losses, risen/fallen, outperformance/underperformance")
OTHER_RUN = both_ways("up_streak/down_streak, outperformance/underperformance")
SIDES = both_ways("above/below")
PLAIN_WORDS = both_ways("""larger/smaller, rising order/falling order, Buyers had/Sellers had,
    to the buyers/to the sellers, golden/death, the upside/the downside""")
STEPS = ("edged", "inched", "ticked", "edges", "inches", "ticks")
FIERCE = {"ed": ("soared", "plunged"), "s": ("soars", "plunges")}
GENTLE = {"ed": ("edged up", "edged down"), "s": ("edges up", "edges down")}
GENTLE_AT_MOST, FIERCE_AT_LEAST = Decimal("1.25"), Decimal("0.5")
"""The printed bands of magnitude verbs, in atr_pct_14 times the square root of the sessions of the period."""


def swaps(article: Article, table: dict[str, str], before: str = "", after: str = "") -> Iterator[re.Match[str]]:
    """Matches of a table's words among the story's, with a pattern before and after them."""
    words = "|".join(sorted(map(re.escape, table), key=len, reverse=True))
    return article.words(rf"{before}\b(?:{words})\b{after}")


@corruption
def direction_verb(article: Article, _: Random) -> Iterator[Change]:
    """The word of direction before a change turns: "rose 0.5%" to "fell 0.5%"."""
    for match in swaps(article, MOVES, after=rf"(?= {COVER})"):
        slot = article.slot_from(match.end() + 1)
        if slot and slot.measure.kind in (Kind.CHANGE, Kind.POINTS) and not prints_zero(slot.text):
            yield Change(match.start(), match.end(), MOVES[match[0]])


@corruption
def direction_noun(article: Article, _: Random) -> Iterator[Change]:
    """The noun of the day's move turns: "Friday's drop" to "Friday's gain"."""
    day = article.own("change_1d")
    for match in swaps(article, MOVE_NOUNS, before=rf"(?:(?:{'|'.join(WEEKDAYS)}|day)'s |, an? )"):
        word = match[0].rpartition(" ")[2]
        if day and not prints_zero(article.shown(day, "plain")):
            yield Change(match.end() - len(word), match.end(), MOVE_NOUNS[word])


@corruption
def versus_verb(article: Article, _: Random) -> Iterator[Change]:
    """The comparison of the two instruments turns: "outperformed" to "underperformed", "ahead of" to "behind"."""
    for match in swaps(article, VERSUS):
        if "longest" not in article.text[slice(*article.sentence(match.start()))]:
            yield Change(match.start(), match.end(), VERSUS[match[0]])


@corruption
def run_noun(article: Article, _: Random) -> Iterator[Change]:
    """A run of gains becomes one of losses: "fifth straight gain" to "fifth straight loss"."""
    for match in swaps(article, RUN_NOUNS):
        for slot in article.slots_in(*article.sentence(match.start())):
            if slot.measure.kind is not Kind.STREAK or not slot.measure.sign:
                continue
            old = next(piece for piece in OTHER_RUN if re.search(rf"(^|_){piece}", slot.fact.measure))
            other = article.fact(slot.fact.instrument, slot.fact.measure.replace(old, OTHER_RUN[old], 1),
                                 slot.fact.timeframe)  # fmt: skip
            if other is None or other.number != slot.fact.number:
                yield Change(match.start(), match.end(), RUN_NOUNS[match[0]])
            break


def side_words(article: Article, sentences: str, *, inside: bool = True, before: str = "") -> Iterator[Change]:
    """Turned sides in sentences that match a pattern, or in the others; a side told by a zero is left alone."""
    for match in swaps(article, SIDES, before=before):
        text = article.covered[slice(*article.sentence(match.start()))]
        slot = article.slot_to(match.start() - 1)
        if bool(re.search(sentences, text)) == inside and not (slot and prints_zero(slot.text)):
            yield Change(match.end() - 5, match.end(), SIDES[match[0][-5:]])


INDICATORS = r"MACD|stochastic|%K|DI|volatility"
TALLY = "averages of 5 to 200 days"
CROSSING = r"(?:cross(?:ed|ing|es)|mov(?:ed|ing)) "
NO_CROSSING = r"(?<!crossed )(?<!crossing )(?<!crosses )(?<!moved )(?<!moving )"


@corruption
def side_of_level(article: Article, _: Random) -> Iterator[Change]:
    """The close, or an average, is told on the other side of a level: "above" to "below"."""
    yield from side_words(article, rf"{INDICATORS}|{TALLY}", inside=False, before=NO_CROSSING)


@corruption
def side_of_indicator(article: Article, _: Random) -> Iterator[Change]:
    """MACD and its signal, %K and %D, +DI and -DI, or two volatilities are told the other way round."""
    yield from side_words(article, INDICATORS)


@corruption
def side_of_crossing(article: Article, _: Random) -> Iterator[Change]:
    """A crossing goes the other way: "crossed above" to "crossed below"."""
    yield from side_words(article, "", before=CROSSING)


@corruption
def side_of_tally(article: Article, _: Random) -> Iterator[Change]:
    """The averages counted on one side of the close are told on the other."""
    buy, sell = article.own("ma_buy_count"), article.own("ma_sell_count")
    if buy and sell and buy.number != sell.number:
        yield from side_words(article, TALLY)


def counted(article: Article, measures: str, rng: Random) -> Iterator[Change]:
    """Counts of some measures, one or two off, in the form they stand in."""
    for slot in article.slots_in(0, article.body_end):
        if not re.search(measures, slot.fact.measure) or not isinstance(slot.fact.value, Decimal):
            continue
        number = int(slot.fact.number)
        other = max(number + rng.choice((-2, -1, 1, 2)), 1)
        form = {"words": number_words, "ordinal": ordinal_words}.get(slot.form, str)
        if other != number:
            yield Change(slot.start, slot.end, form(other))


@corruption
def tally_count(article: Article, rng: Random) -> Iterator[Change]:
    """The number of averages on a side of the close is one or two off."""
    yield from counted(article, "ma_(buy|sell)_count", rng)


@corruption
def tally_total(article: Article, rng: Random) -> Iterator[Change]:
    """The number of averages counted is another than 12."""
    for match in article.words(rf"\b12\b(?= [a-z ]*{TALLY})"):
        yield Change(match.start(), match.end(), str(rng.choice((10, 11, 13, 14, 20))))


@corruption
def run_length(article: Article, rng: Random) -> Iterator[Change]:
    """The length of a run of sessions or weeks, as a number or an ordinal, is one or two off."""
    yield from counted(article, r"streak_(sessions|weeks)(_completed)?$", rng)


@corruption
def session_count(article: Article, rng: Random) -> Iterator[Change]:
    """A number of sessions since an event or in a zone, or of records this year, is one or two off."""
    yield from counted(article, "bars_since|bars_in_zone|records_this_year", rng)


ZONES = ("neutral", "overbought", "oversold")


@corruption
def zone_turned(article: Article, rng: Random) -> Iterator[Change]:
    """The RSI is told in another zone: neutral, overbought, oversold."""
    for match in article.words(r"\b(?:neutral|overbought|oversold)(?= territory)"):
        yield Change(match.start(), match.end(), rng.choice([zone for zone in ZONES if zone != match[0]]))
    for match in article.words(r"neither overbought nor oversold|\b(?:overbought|oversold)\b(?! territory| nor)"):
        if not article.covered.endswith("nor ", 0, match.start()):
            yield Change(match.start(), match.end(), rng.choice([zone for zone in ZONES[1:] if zone != match[0]]))


@corruption
def contrast_turned(article: Article, _: Random) -> Iterator[Change]:
    """A word becomes its opposite: larger and smaller, rising and falling order, golden and death cross, buyers and
    sellers, upside and downside."""
    for match in swaps(article, PLAIN_WORDS):
        yield Change(match.start(), match.end(), PLAIN_WORDS[match[0]])


def sized(article: Article) -> Iterator[tuple[re.Match[str], Decimal, str]]:
    """Verbs before a change of the day or the week, its size in usual ranges, and their tense."""
    week = article.own("sessions_in_week")
    sessions = {"1d": Decimal(1)} | ({"1w": week.number} if week else {})
    for match in swaps(article, MOVES, before=f"(?:(?:{'|'.join(STEPS)}) )?", after=f"(?= {COVER})"):
        slot = article.slot_from(match.end() + 1)
        usual = slot and article.fact(slot.fact.instrument, "atr_pct_14")
        if not slot or not usual or slot.measure.kind is not Kind.CHANGE or slot.measure.period not in sessions:
            continue
        if match[0] not in ("up", "down") and not prints_zero(slot.text):
            width = usual.number * sessions[slot.measure.period].sqrt()
            present = match[0].split()[0].endswith("s")
            yield match, slot.fact.number / width, "s" if present else "ed"


@corruption
def move_exaggerated(article: Article, _: Random) -> Iterator[Change]:
    """A small move is told with a fierce verb: "rose" to "soared" under half the usual range."""
    for match, size, tense in sized(article):
        if abs(size) < FIERCE_AT_LEAST * Decimal("0.9"):
            yield Change(match.start(), match.end(), FIERCE[tense][size < 0])


@corruption
def move_played_down(article: Article, _: Random) -> Iterator[Change]:
    """A large move is told with a gentle verb: "tumbled" to "edged down" beyond one and a quarter usual ranges."""
    for match, size, tense in sized(article):
        if abs(size) > GENTLE_AT_MOST * Decimal("1.1"):
            yield Change(match.start(), match.end(), GENTLE[tense][size < 0])


@corruption
def record_claimed(article: Article, _: Random) -> Iterator[Change]:
    """A close or a high that is no record is called one."""
    close, high, top = article.own("is_record_close"), article.own("record_high"), article.own("high_52w")
    if close and close.value is False:
        for match in article.words(rf"\b(?:to|at) (?={COVER}+(?: on (?:{'|'.join(WEEKDAYS)})|,|\.))"):
            slot = article.slot_from(match.end())
            if slot and slot.fact.measure == "close":
                yield Change(slot.start, slot.start, "a record ")
        for match in article.words("52-week closing high|highest close in 52 weeks"):
            claim = "record close" if match[0].startswith("52") else "highest close on record"
            yield Change(match.start(), match.end(), claim)
    if high and top and not may_print(high, catalogue()["record_high"], article.shown(top, "plain")):
        for match in article.words("52-week(?= high)"):
            yield Change(match.start(), match.end(), "record")


@corruption
def negated(article: Article, _: Random) -> Iterator[Change]:
    """A proved state is denied: "is up 2%" to "is not up 2%"."""
    for match in article.words(r"\b(?:is|are|was|has been)(?= (?:up|down|above|below|in \w+ territory)\b)"):
        sentence = article.covered[slice(*article.sentence(match.start()))]
        # "Six of 12 are not below the close" may be as true as before.
        if TALLY in sentence and not re.search(r"\b[Aa]ll\b", sentence):
            continue
        slot = article.slot_from(article.covered.find(COVER, match.end()))
        if not (slot and prints_zero(slot.text)):
            yield Change(match.end(), match.end(), " not")


KINDS: tuple[Corruption, ...] = (
    direction_verb, direction_noun, versus_verb, run_noun, side_of_level, side_of_indicator, side_of_crossing,
    side_of_tally, tally_count, tally_total, run_length, session_count, zone_turned, contrast_turned,
    move_exaggerated, move_played_down, record_claimed, negated,
)  # fmt: skip
