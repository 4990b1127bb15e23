"""Why the session is notable: the record in numbers, the run it belongs to, and the longer periods around it."""

from __future__ import annotations

from pipeline.writing.template.desk import Builder, Desk, Missing
from pipeline.writing.template.news import is_longest, is_tied, long_unseen, rank_of, streak
from pipeline.writing.template.periods import HAS, dated, spans, starting, told_state
from pipeline.writing.template.verbs import joined, move


def records(desk: Desk) -> list[str]:
    """How many records the year has brought."""
    if not (desk.long_history and desk.flag("is_record_close")):
        raise Missing("is_record_close")
    number, texts = desk.number("records_this_year"), []
    if number <= 20:  # longer ordinals read worse than a numeral
        ordinal = desk.ordinal("records_this_year")
        texts += [
            f"It was the {ordinal} record close of the year for {{it}}.",
            f"The close was the year's {ordinal} record for {{it}}.",
            f"For {{it}}, the record close was the {ordinal} of the year.",
        ]
    if number > 1:
        texts += [
            f"{{it}} has now set {desk.count('records_this_year')} record closes this year.",
            f"That brings the count of {{its}} record closes this year to {desk.count('records_this_year')}.",
        ]
    return texts


def run(desk: Desk) -> list[str]:
    """The current run of gains or losses, set against the month where that says more."""
    found = streak(desk)
    if found is None:
        raise Missing("streak")
    words, ordinal = desk.count(found.measure), desk.ordinal(found.measure)
    texts = [
        f"The {found.noun} was {{its}} {ordinal} in a row",
        f"It was the {ordinal} straight {found.noun} for {{it}}",
        f"{{it}} has now {'risen' if found.up else 'fallen'} in {words} straight sessions",
        f"The run of {found.nouns} that began on {dated(desk, found.measure, first=True)} is now {words} sessions long",
    ]
    if rank := rank_of(desk, found, "data_start"):
        texts = [f"{text}, {rank}" for text in texts]
    elif desk.tells("mtd") and not move(desk, "mtd").prints_zero:
        month = move(desk, "mtd")
        verb = "leaves" if (month.direction == "up") == found.up else "still leaves"
        texts += [f"The {found.noun}, {{its}} {ordinal} in a row, {verb} it {month.adverb} {month.slot} {span}"
                  for span in spans(desk, "mtd")]  # fmt: skip
    return [f"{text}." for text in texts]


def longest_run(desk: Desk) -> list[str]:
    """The longest run of the kind, when the current one is worth comparing."""
    found = streak(desk, least=5)
    if found is None or is_longest(desk, found) or is_tied(desk, found) or not desk.long_history:
        raise Missing("streak")
    longest = f"longest_{found.measure}"
    words, ended, start = desk.count(longest), dated(desk, longest), desk.slot("data_start")
    return [
        f"The longest streak of {found.nouns} since the data begin on {start} is {words} sessions, up to {ended}.",
        f"In data that begin {start}, the longest streak of {found.nouns} is {words} sessions, up to {ended}.",
    ]


def week(desk: Desk) -> list[str]:
    """The week, in percent and in price."""
    if not desk.tells("1w"):
        raise Missing("change_1w")
    change = move(desk, "1w")
    texts = [f"{{it}} {text}." for text in told_state(desk, "1w")]
    if desk.has("points_1w"):
        amount = desk.amount("points_1w")
        texts += [f"{span}, {{it}} is {change.adverb} {change.slot}, or {amount}." for span in starting(desk, "1w")]
        texts += [f"{{it}} {verb} {change.slot}, or {amount}, {span}."
                  for verb in HAS[change.adverb] for span in spans(desk, "1w")]  # fmt: skip
    day = move(desk)
    if not day.prints_zero and not day.agrees(change):
        return [
            f"{start}'s {noun}, {{it}} {text}."
            for start in (f"Even with {desk.weekday}", f"Despite {desk.weekday}")
            for noun in day.nouns()
            for text in told_state(desk, "1w")
        ] + [
            f"{desk.weekday}'s {noun} still leaves {{it}} {change.adverb} {change.slot} {span}."
            for noun in day.nouns()
            for span in spans(desk, "1w")
        ]
    if desk.week_complete:
        texts += [f"{{it}} {verb} {change.slot} {span}." for verb in change.verbs() for span in spans(desk, "1w")]
    return texts


def week_run(desk: Desk) -> list[str]:
    """A run of weekly gains or losses, from three on; a week in progress is not counted."""
    suffix = "" if desk.week_complete else "_completed"
    for measure, noun, nouns in (
        (f"up_streak_weeks{suffix}", "gain", "gains"), (f"down_streak_weeks{suffix}", "loss", "losses"),
    ):  # fmt: skip
        if not desk.has(measure) or desk.number(measure) < 3:
            continue
        words, ordinal, since = desk.count(measure), desk.ordinal(measure), f"{measure}_longest_since"
        tail = f", the longest such run since {desk.slot(since)}" if long_unseen(desk, since, 365) else ""
        if desk.week_complete:
            return [
                f"It was {{its}} {ordinal} weekly {noun} in a row{tail}.",
                f"{{it}} has recorded {words} straight weekly {nouns}{tail}.",
            ]
        return [
            f"Before this week, {{it}} had recorded {words} straight weekly {nouns}{tail}.",
            f"Through last week, {{it}} had posted {words} weekly {nouns} in a row{tail}.",
        ]
    raise Missing("weeks")


def month_and_year(desk: Desk) -> list[str]:
    """The month and the year together, or the one that adds something."""
    told = [period for period in ("mtd", "ytd") if desk.tells(period) and not move(desk, period).prints_zero]
    if not told:
        raise Missing("change_mtd")
    if len(told) == 1:
        return [f"{{it}} {text}." for text in told_state(desk, told[0])]
    day, month, year = move(desk), move(desk, "mtd"), move(desk, "ytd")
    link = joined(month.direction, year.direction)
    spans_of_both = [(one, two) for one in spans(desk, "mtd") for two in spans(desk, "ytd")]
    texts = [f"{{it}} is {month.adverb} {month.slot} {one} {link} {_again(month.adverb, year.adverb)}{year.slot} {two}."
             for one, two in spans_of_both]  # fmt: skip
    if month.agrees(year):
        both = [f"{month.adverb} {month.slot} {one} and {year.slot} {two}." for one, two in spans_of_both]
        if day.agrees(month):
            texts += [f"That leaves {{it}} {text}" for text in both]
        elif day.direction != "unchanged":
            texts += [f"Even so, {{it}} is {text}" for text in both]
    texts += [
        f"{{it}} {text}, {link} it is {year.adverb} {year.slot} {span}."
        for text in told_state(desk, "mtd")
        for span in spans(desk, "ytd")
        if not text.startswith("is ")
    ]
    return texts


def five_sessions(desk: Desk) -> list[str]:
    """The last five sessions, early in a week whose own change says little yet."""
    if desk.tells("1w"):
        raise Missing("the week says it")
    change = desk.number("change_5d")
    if not desk.shown("change_5d"):
        raise Missing("change_5d")
    verbs = HAS["up" if change > 0 else "down"]
    return [f"Over five sessions, {{it}} {verb} {desk.slot('change_5d')}." for verb in verbs] + [
        f"{{it}} {verb} {desk.slot('change_5d')} over five sessions." for verb in verbs
    ]


def twelve_months(desk: Desk) -> list[str]:
    """The 12 months to the close."""
    if not desk.tells("12m"):
        raise Missing("change_12m")
    return [f"{{it}} {text}." for text in told_state(desk, "12m")]


def _again(one: str, two: str) -> str:
    """ "up 2% this month and 5% this year", but "up 2% this month but down 5% this year"."""
    return "" if one == two else f"{two} "


NOTABLE: tuple[Builder, ...] = (records, run, longest_run, week, five_sessions, week_run, month_and_year, twelve_months)
