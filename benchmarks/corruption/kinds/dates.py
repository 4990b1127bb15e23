"""Dates and weekdays changed to ones that no fact of the snapshot refers to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from random import Random

from benchmarks.corruption.article import Article
from benchmarks.corruption.kind import Change, Corruption, corruption
from pipeline.facts.units import MONTHS, WEEKDAYS

DATE = re.compile(rf"\b({'|'.join(map(re.escape, MONTHS))}) (\d{{1,2}})(?:, (\d{{4}}))?")


def dates(article: Article) -> Iterator[tuple[re.Match[str], date, set[date]]]:
    """Dates of the whole text with the day they mean, and every day the snapshot knows."""
    snapshot = article.snapshot
    known = {snapshot.as_of}
    for fact in snapshot.facts:
        known |= {*fact.dates, *fact.rows, *(day for day in (fact.start, fact.end) if day)}
        known |= {fact.value} if isinstance(fact.value, date) else set()
    known |= {day for source in snapshot.sources for day in (source.first, source.last)}
    for match in DATE.finditer(article.text):
        day = date(int(match[3] or snapshot.as_of.year), MONTHS.index(match[1]) + 1, int(match[2]))
        yield match, day, known


def other_days(day: date, known: set[date], part: str) -> list[date]:
    """Days that differ from a day in one part, unknown to the snapshot."""
    values = {"day": range(1, 32), "month": range(1, 13), "year": range(day.year - 3, day.year + 4)}[part]
    found = []
    for value in values:
        try:
            other = day.replace(**{part: value})
        except ValueError:
            continue
        if other not in known:
            found.append(other)
    return found


@corruption
def date_day(article: Article, rng: Random) -> Iterator[Change]:
    """The day of the month of a date is another."""
    for match, day, known in dates(article):
        if others := other_days(day, known, "day"):
            yield Change(match.start(2), match.end(2), str(rng.choice(others).day))


@corruption
def date_month(article: Article, rng: Random) -> Iterator[Change]:
    """The month of a date is another."""
    for match, day, known in dates(article):
        if others := other_days(day, known, "month"):
            yield Change(match.start(1), match.end(1), MONTHS[rng.choice(others).month - 1])


@corruption
def date_year(article: Article, rng: Random) -> Iterator[Change]:
    """The year of a date is another."""
    for match, day, known in dates(article):
        if match[3] and (others := other_days(day, known, "year")):
            yield Change(match.start(3), match.end(3), str(rng.choice(others).year))


@corruption
def weekday_turned(article: Article, rng: Random) -> Iterator[Change]:
    """The weekday of the session is another."""
    name = WEEKDAYS[article.snapshot.as_of.weekday()]
    others = [day for day in WEEKDAYS[:5] if day != name]
    for match in re.finditer(rf"\b{name}\b|\b{name[:3]}(?=\. )", article.text):
        before = article.text[: match.start()]
        # Another day may have had such a move as well.
        if not before.endswith(("Even after ", "Even with ", "Despite ")):
            other = rng.choice(others)
            yield Change(match.start(), match.end(), other if match[0] == name else other[:3])


KINDS: tuple[Corruption, ...] = (date_day, date_month, date_year, weekday_turned)
