"""Figures changed by themselves: digits, rounding, scale, sign, unit, hedge, and figures that are not there."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from benchmarks.corruption.article import COVER, Article, Slot
from benchmarks.corruption.kind import Change, Corruption, corruption
from benchmarks.corruption.truth import FIGURE, may_print, prints_zero, rounds_to, values
from pipeline.facts.units import SIGN_IN_WORDS, WHOLE_UNITS, Kind, Unit

SPELLED = ("words", "ordinal")


def figures(article: Article) -> Iterator[Slot]:
    """Slots printed in digits."""
    for slot in article.slots_in(0, article.body_end):
        if isinstance(slot.fact.value, Decimal) and slot.form not in SPELLED:
            yield slot


def refigured(slot: Slot, digits: str) -> Change | None:
    """A slot with other digits, its commas set again; None where that still is true of the fact, or no number."""
    match = FIGURE.search(slot.text)
    whole, point, rest = digits.partition(".")
    if match is None or not whole or (len(whole) > 1 and whole[0] == "0"):
        return None
    text = f"{slot.text[: match.start(2)]}{int(whole):,}{point}{rest}{slot.text[match.end(2) :]}"
    if text == slot.text or may_print(slot.fact, slot.measure, text, slot.form):
        return None
    return Change(slot.start, slot.end, text)


def digits_of(slot: Slot) -> str:
    """The digits of a slot's figure with their point."""
    match = FIGURE.search(slot.text)
    return match[2].replace(",", "") if match else ""


@corruption
def transposed_digits(article: Article, rng: Random) -> Iterator[Change]:
    """Two neighbouring digits of a figure change places."""
    for slot in figures(article):
        digits = digits_of(slot)
        bare = digits.replace(".", "")
        for place in rng.sample(range(len(bare) - 1), len(bare) - 1):
            turned = bare[:place] + bare[place + 1] + bare[place] + bare[place + 2 :]
            if change := refigured(slot, pointed(turned, digits)):
                yield change
                break


def pointed(bare: str, like: str) -> str:
    """Digits with the point where another figure has it."""
    after = len(like.partition(".")[2])
    return f"{bare[:-after]}.{bare[-after:]}" if after else bare


@corruption
def last_digit(article: Article, rng: Random) -> Iterator[Change]:
    """The last digit of a figure becomes another."""
    for slot in figures(article):
        digits = digits_of(slot)
        if change := refigured(slot, digits[:-1] + rng.choice("0123456789".replace(digits[-1], ""))):
            yield change


@corruption
def off_by_one(article: Article, rng: Random) -> Iterator[Change]:
    """A figure is one unit of its last printed digit off."""
    for slot in figures(article):
        figure = Decimal(digits_of(slot))
        step = Decimal(1).scaleb(figure.as_tuple().exponent)  # type: ignore[arg-type]
        other = figure + rng.choice((step, -step))
        if other >= 0 and (change := refigured(slot, f"{other:f}")):
            yield change


@corruption
def wrong_rounding(article: Article, rng: Random) -> Iterator[Change]:
    """A figure is printed with one decimal fewer, one unit off the true rounding."""
    for slot in figures(article):
        decimals = len(digits_of(slot).partition(".")[2]) - 1
        if decimals < 0 or slot.fact.unit in WHOLE_UNITS:
            continue
        step = Decimal(1).scaleb(-decimals)
        other = abs(slot.fact.number).quantize(step, ROUND_HALF_UP) + rng.choice((step, -step))
        if other >= 0 and (change := refigured(slot, f"{other:f}")):
            yield change


@corruption
def digit_lost(article: Article, rng: Random) -> Iterator[Change]:
    """A figure loses a digit before its point."""
    for slot in figures(article):
        whole, point, rest = digits_of(slot).partition(".")
        place = rng.randrange(len(whole))
        if len(whole) > 1 and (change := refigured(slot, whole[:place] + whole[place + 1 :] + point + rest)):
            yield change


@corruption
def point_moved(article: Article, rng: Random) -> Iterator[Change]:
    """The decimal point of a figure moves by one place."""
    for slot in figures(article):
        whole, _, rest = digits_of(slot).partition(".")
        if not rest:
            continue
        left, right = f"{whole[:-1] or '0'}.{whole[-1]}{rest}", f"{int(whole + rest[0])}.{rest[1:]}".rstrip(".")
        if change := refigured(slot, rng.choice((left, right))):
            yield change


@corruption
def scale_inserted(article: Article, rng: Random) -> Iterator[Change]:
    """A price gains a word of scale: "1,887.36 thousand"."""
    for slot in figures(article):
        if slot.measure.kind in (Kind.LEVEL, Kind.POINTS) and not prints_zero(slot.text):
            yield Change(slot.end, slot.end, f" {rng.choice(('thousand', 'million', 'billion'))}")


@corruption
def cell_sign(article: Article, _: Random) -> Iterator[Change]:
    """The sign of a change in the table turns."""
    for slot in figures(article):
        if slot.form == "signed" and slot.text[0] in "+-":
            yield Change(slot.start, slot.start + 1, "-" if slot.text[0] == "+" else "+")


@corruption
def indicator_sign(article: Article, _: Random) -> Iterator[Change]:
    """An indicator on both sides of zero, such as MACD, changes its sign."""
    for slot in figures(article):
        low = slot.measure.limits[0]
        if slot.measure.kind is not Kind.INDICATOR or (low is not None and low >= 0) or prints_zero(slot.text):
            continue
        yield Change(slot.start, slot.start + 1, "") if slot.text[0] == "-" else Change(slot.start, slot.start, "-")


@corruption
def percent_as_points(article: Article, rng: Random) -> Iterator[Change]:
    """A change or a distance in percent is told in percentage points or basis points."""
    for slot in figures(article):
        if slot.fact.unit is Unit.PERCENT and slot.measure.kind in SIGN_IN_WORDS and not article.in_table(slot.start):
            yield Change(slot.end - 1, slot.end, f" {rng.choice(('percentage points', 'basis points'))}")


@corruption
def spread_unit(article: Article, rng: Random) -> Iterator[Change]:
    """A spread in percentage points is told in percent or basis points."""
    for slot in figures(article):
        place = slot.text.find(" percentage point")
        if place > 0 and not prints_zero(slot.text):
            yield Change(slot.start + place, slot.end, rng.choice(("%", " basis points")))


@corruption
def points_as_percent(article: Article, _: Random) -> Iterator[Change]:
    """A change in points is told in percent."""
    for match in article.words(rf"(?<={COVER}) points"):
        slot = article.slot_to(match.start())
        if slot is None or slot.measure.kind is not Kind.POINTS:
            continue
        level = article.fact(slot.fact.instrument, "close" if slot.measure.period else str(slot.measure.of))
        before = level.number - slot.fact.number if level else Decimal(0)
        if before and not rounds_to(abs(100 * slot.fact.number / before), Decimal(digits_of(slot))):
            yield Change(match.start(), match.end(), "%")


@corruption
def sessions_as_weeks(article: Article, _: Random) -> Iterator[Change]:
    """A run or a count of sessions is told in weeks."""
    for match in article.words(rf"(?<={COVER} )(?:straight )?session(?=s?\b)"):
        slot = article.slot_to(match.start() - 1)
        if slot is None or slot.fact.unit not in WHOLE_UNITS:
            continue
        weekly = [slot.measure.name.replace("sessions", span) for span in ("weeks", "weeks_completed")]
        facts = [article.fact(slot.fact.instrument, name, "weekly") for name in weekly]
        if not any(fact and fact.number == slot.fact.number for fact in facts):
            yield Change(match.end() - len("session"), match.end(), "week")


@corruption
def hedge_on_wrong_side(article: Article, _: Random) -> Iterator[Change]:
    """A figure rounded up is hedged with "more than", or one rounded down with "nearly"."""
    for slot in figures(article):
        if slot.fact.unit in WHOLE_UNITS or slot.text[0] in "+-" or article.in_table(slot.start):
            continue
        if slot.measure.needs_volume:  # printed in millions
            continue
        figure, sizes = Decimal(digits_of(slot)), [abs(value) for value in values(slot.fact, slot.measure)]
        if all(size <= figure for size in sizes):
            yield Change(slot.start, slot.start, "more than ")
        elif all(size >= figure for size in sizes):
            yield Change(slot.start, slot.start, "nearly ")


@corruption
def figure_deleted(article: Article, _: Random) -> Iterator[Change]:
    """A figure is left out, with the blanks around it left in."""
    for slot in figures(article):
        yield Change(slot.start, slot.end, "")


@corruption
def slot_unfilled(article: Article, _: Random) -> Iterator[Change]:
    """A slot stands in the text unfilled."""
    for slot in article.slots_in(0, article.body_end):
        form = "" if slot.form == "plain" else f"|{slot.form}"
        yield Change(slot.start, slot.end, f"[[{slot.fact.id}{form}]]")


@corruption
def not_a_number(article: Article, rng: Random) -> Iterator[Change]:
    """A figure is nan, N/A or None."""
    for slot in figures(article):
        match = FIGURE.search(slot.text)
        assert match is not None
        yield Change(slot.start, slot.start + match.end(), rng.choice(("nan", "N/A", "None")))


KINDS: tuple[Corruption, ...] = (
    transposed_digits, last_digit, off_by_one, wrong_rounding, digit_lost, point_moved, scale_inserted, cell_sign,
    indicator_sign, percent_as_points, spread_unit, points_as_percent, sessions_as_weeks, hedge_on_wrong_side,
    figure_deleted, slot_unfilled, not_a_number,
)  # fmt: skip
