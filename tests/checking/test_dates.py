"""Dates as far as they are written, and which days they can be. Weekdays are the calendar's own."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.checking.dates import date_at
from pipeline.checking.mentions import PartialDate
from pipeline.checking.tokens import tokenise

FRIDAY = 4


def read(text: str, after: str = "") -> PartialDate | None:
    """The date at a text's last words, after some words that lead to it; all of the text belongs to it."""
    lead, tokens = len(tokenise(after)), tokenise(f"{after} {text}")
    found = date_at(tokens, lead)
    assert found is None or found[1] == len(tokens), f"{len(tokens) - found[1]} tokens are left over"
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jan. 16, 2026", PartialDate(2026, 1, 16)),
        ("January 16, 2026", PartialDate(2026, 1, 16)),
        ("Jan 16", PartialDate(None, 1, 16)),
        ("16 January 2026", PartialDate(2026, 1, 16)),
        ("16th January", PartialDate(None, 1, 16)),
        ("January 16th", PartialDate(None, 1, 16)),
        ("Sept. 2008", PartialDate(2008, 9)),
        ("June 2008", PartialDate(2008, 6)),
        ("June of 2008", PartialDate(2008, 6)),
        ("June", PartialDate(None, 6)),
        ("2026-01-16", PartialDate(2026, 1, 16)),
        ("Friday", PartialDate(weekday=FRIDAY)),
        ("Fri.", PartialDate(weekday=FRIDAY)),
        ("Friday, Jan. 16, 2026", PartialDate(2026, 1, 16, FRIDAY)),
        ("Fri. Jan. 16", PartialDate(None, 1, 16, FRIDAY)),
        ("Friday, the 16th January 2026", PartialDate(2026, 1, 16, FRIDAY)),
    ],
)
def test_dates_as_written(text: str, expected: PartialDate) -> None:
    assert read(text) == expected


@pytest.mark.parametrize("lead", ["since", "in", "from", "of", "by"])
def test_a_bare_number_is_a_year_after_words_that_lead_to_one(lead: str) -> None:
    assert read("2008", lead) == PartialDate(2008)


@pytest.mark.parametrize("text", ["2008", "2,008", "3000", "may", "march", "second", "32", "16%"])
def test_what_is_no_date(text: str) -> None:
    assert date_at(tokenise(text), 0) is None


def test_a_number_with_a_unit_is_no_year() -> None:
    assert date_at(tokenise("to 2008 points"), 1) is None


def test_a_month_that_is_also_a_word_needs_a_lead() -> None:
    assert date_at(tokenise("May rose"), 0) is None
    assert read("May", "since") == PartialDate(None, 5)
    assert read("May 3") == PartialDate(None, 5, 3)


def test_superscripts_and_strange_digits_are_no_dates() -> None:
    """ "²" counts as a digit for Python and cannot be made a number."""
    assert date_at(tokenise("since Dec. ²"), 1) == (PartialDate(None, 12), 3)
    for text in ("Dec. ²", "2018-²-1", "²² Dec."):
        date_at(tokenise(text), 0)


AS_OF = date(2026, 1, 16)  # a Friday


@pytest.mark.parametrize(
    ("written", "fits", "not_these"),
    [
        (PartialDate(2026, 1, 16), ["2026-01-16"], ["2025-01-16", "2026-01-15", "2026-02-16"]),
        (PartialDate(None, 1, 16), ["2026-01-16"], ["2025-01-16"]),  # the latest Jan. 16
        (PartialDate(None, 6), ["2025-06-03", "2025-06-30"], ["2024-06-03", "2025-07-01"]),
        (PartialDate(2008, 6), ["2008-06-30"], ["2008-07-01", "2009-06-30"]),
        (PartialDate(2008), ["2008-01-01", "2008-12-31"], ["2009-01-01"]),
        (PartialDate(weekday=FRIDAY), ["2026-01-16"], ["2026-01-09", "2026-01-15"]),
        (PartialDate(weekday=0), ["2026-01-12"], ["2026-01-05", "2026-01-19"]),
        (PartialDate(2026, 1, 16, FRIDAY), ["2026-01-16"], []),
        (PartialDate(2026, 1, 16, 3), [], ["2026-01-16"]),  # it was no Thursday
    ],
)
def test_which_days_a_date_can_be(written: PartialDate, fits: list[str], not_these: list[str]) -> None:
    for text in fits:
        assert written.fits(date.fromisoformat(text), AS_OF), text
    for text in not_these:
        assert not written.fits(date.fromisoformat(text), AS_OF), text
