"""The periods over which a change is measured, and how prose names them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Period:
    """A period of change.

    `phrases` follow a figure or a verb ("on the week"); `adjectives` stand before a noun of change ("weekly gain").
    """

    name: str
    meaning: str
    phrases: tuple[str, ...]
    adjectives: tuple[str, ...] = ()
    heading: str = ""


def _sessions(number: int, word: str) -> tuple[str, ...]:
    """How prose says a change over a number of sessions."""
    return tuple(
        phrase.format(count=f"{figure} {unit}")
        for figure in (str(number), word)
        for unit in ("sessions", "trading days", "trading sessions", "days")
        for phrase in ("over {count}", "over the past {count}", "over the last {count}", "in {count}",
                       "over the same {count}", "in the past {count}", "in the last {count}", "from {count} earlier",
                       "from {count} ago", "than {count} earlier", "than {count} ago", "compared with {count} ago")
    )  # fmt: skip


PERIODS: tuple[Period, ...] = (
    Period(
        "1d", "against the close of the session before",
        ("on the day", "for the day", "on the session", "for the session", "in the session", "today", "that day",
         "from the previous close", "from the prior close", "from the day before", "in one session", "in a day",
         "in a session", "from the previous session", "the day's", "the session's", "day's change", "1-day", "one-day",
         "in the latest session", "in the last session", "over the day", "over one session", "from its previous close",
         "from its prior close", "day over day", "in a single session", "in a single day",
         "within the session", "within the day", "during the session", "during the day"),
        ("daily", "one-day", "single-session", "session", "one-session", "single-day"), "Day",
    ),
    Period(
        "5d", "against the close of 5 sessions before", _sessions(5, "five"),
        ("five-session", "five-day", "5-session", "5-day"), "5 sessions",
    ),
    Period(
        "1w", "against the close of the last session of the previous ISO week",
        ("on the week", "for the week", "this week", "over the week", "in the week", "during the week", "week to date",
         "so far this week", "the week's", "from the previous week's close", "from last week's close",
         "from the prior week's close", "since last week's close", "since the previous week's close",
         "since the prior week's close", "week over week", "in a week", "from a week earlier", "across the week",
         "through the week", "into the week", "of the week so far", "1-week", "1w", "wtd", "week's change",
         "from the week before"),
        ("weekly", "one-week", "week-to-date"), "Week",
    ),
    Period(
        "20d", "against the close of 20 sessions before", _sessions(20, "twenty"),
        ("20-session", "20-day", "twenty-session", "twenty-day"), "20 sessions",
    ),
    Period(
        "mtd", "against the close of the last session of the previous month",
        ("month to date", "this month", "so far this month", "on the month", "for the month", "in the month",
         "over the month", "since the start of the month", "since the month began", "the month's",
         "from the previous month's close", "from the prior month's close", "since the end of last month",
         "since last month's close", "since the previous month's close", "since the prior month's close", "mtd",
         "during the month", "month-to-date", "since the turn of the month"),
        ("monthly", "month-to-date"), "Month",
    ),
    Period(
        "qtd", "against the close of the last session of the previous quarter",
        ("quarter to date", "this quarter", "so far this quarter", "on the quarter", "for the quarter",
         "in the quarter", "over the quarter", "during the quarter",
         "since the start of the quarter", "since the quarter began",
         "the quarter's", "from the previous quarter's close", "from the prior quarter's close",
         "since the previous quarter's close", "since the prior quarter's close", "since the end of last quarter",
         "since last quarter's close", "quarter-to-date", "qtd", "since the turn of the quarter"),
        ("quarterly", "quarter-to-date"), "Quarter",
    ),
    Period(
        "ytd", "against the close of the last session of the previous year",
        ("year to date", "this year", "so far this year", "on the year", "for the year", "since the start of the year",
         "since the year began", "in the year", "over the year", "the year's", "since the end of last year",
         "from the previous year's close", "from the prior year's close", "since last year's close",
         "since the prior year's close", "since the previous year's close", "ytd", "year-to-date",
         "for the calendar year", "in the calendar year", "since the turn of the year", "since january 1"),
        ("year-to-date", "calendar-year"), "Year",
    ),
    Period(
        "12m", "against the close of the last session on or before the same date a year earlier",
        ("over 12 months", "over the past 12 months", "over the last 12 months", "over twelve months",
         "over the past twelve months", "over the last twelve months", "in 12 months", "in twelve months",
         "from a year earlier", "from a year ago", "over the past year", "over the last year", "in the past year",
         "in the last year", "year over year", "than a year ago", "than a year earlier", "12-month", "twelve-month",
         "on a 12-month basis", "compared with a year earlier", "12m", "over one year", "in the past 12 months",
         "in the last 12 months", "in the past twelve months", "from 12 months ago", "from twelve months ago",
         "from 12 months earlier", "from twelve months earlier", "the 12 months", "the past 12 months",
         "the last 12 months", "the past year", "across 12 months", "across twelve months"),
        ("12-month", "twelve-month", "one-year", "year-over-year"), "12 months",
    ),
)  # fmt: skip

BY_NAME: dict[str, Period] = {period.name: period for period in PERIODS}
