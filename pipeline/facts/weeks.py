"""Whether a session is the last of its ISO week, as far as weekdays and the fixed holidays tell.

Every earlier week is told by the bars themselves; only the as-of's own week needs to know whether a session is still
to come. The New York rules hold from 1971 and are tested against every week of real bars since.
"""

from __future__ import annotations

from datetime import date, timedelta

FRIDAY, SUNDAY = 4, 6
EXTRA_CLOSED = frozenset({
    *(date(2001, 9, day) for day in (11, 12, 13, 14)),  # attacks of September 11
    date(1985, 9, 27),  # Hurricane Gloria
    date(2004, 6, 11),  # funeral of Ronald Reagan
})  # fmt: skip


def easter(year: int) -> date:
    """Easter Sunday (the anonymous Gregorian computus, as Meeus prints it)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


def new_york_closed(day: date) -> bool:
    """Whether the New York Stock Exchange is closed on a weekday, for the holidays that can fall on a Friday."""
    if day in EXTRA_CLOSED or day == easter(day.year) - timedelta(days=2):
        return True
    fixed = [(1, 1), (7, 4), (12, 25)] + ([(6, 19)] if day.year >= 2022 else [])
    if (day.month, day.day) in fixed:
        return True
    saturday = day + timedelta(days=1)  # a holiday on a Saturday closes the Friday before, New Year's Day does not
    return day.weekday() == FRIDAY and (saturday.month, saturday.day) in fixed[1:]


def week_is_over(session: date, calendar: str) -> bool | None:
    """Whether no later session of its ISO week follows; None for a calendar whose rules are not known here."""
    if calendar == "24/7":
        return session.weekday() == SUNDAY
    if session.weekday() >= FRIDAY:
        return True
    if calendar != "XNYS":
        return None
    rest = (session + timedelta(days=ahead) for ahead in range(1, FRIDAY - session.weekday() + 1))
    return all(new_york_closed(day) for day in rest)
