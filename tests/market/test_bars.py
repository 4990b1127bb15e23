"""Bars: their ends, and cutting them at a day."""

from __future__ import annotations

from datetime import date

from pipeline.market.sources.sample import SampleSource


def test_ends_and_length_are_those_of_the_rows() -> None:
    bars = SampleSource().load("SPX")
    assert (bars.first, bars.last, len(bars)) == (date(1999, 1, 4), date(2018, 12, 31), 5031)


def test_up_to_keeps_the_day_itself_and_nothing_after_it() -> None:
    bars = SampleSource().load("SPX")
    assert bars.up_to(date(2018, 12, 24)).last == date(2018, 12, 24)
    assert bars.up_to(date(2018, 12, 25)).last == date(2018, 12, 24)  # Christmas
    assert len(bars.up_to(date(1999, 1, 6))) == 3
    assert len(bars.up_to(date(1998, 12, 31))) == 0
    assert bars.up_to(date(2018, 12, 24)).instrument == bars.instrument
