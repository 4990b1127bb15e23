"""The tape: prices and changes of each of the ten sessions before the as-of."""

from __future__ import annotations

from pipeline.facts.catalogue import Measure, measure
from pipeline.facts.units import Kind, Unit
from pipeline.facts.view import Found, View

SESSIONS = 10
COLUMNS = ("open", "high", "low", "close")


def declare(back: int) -> tuple[Measure, ...]:
    """Date, prices and change of the session a number of sessions before the as-of."""
    name = f"recent_{back}"
    which = "the session before the as-of" if back == 1 else f"the session {back} sessions before the as-of"

    @measure(f"{name}_date", unit=Unit.DATE, kind=Kind.DATE, bars=back + 1, meaning=f"Date of {which}")
    def day(view: View) -> Found:
        session = view.day(-1 - back)
        return Found(session, back + 1, dates=(session,))

    def price(column: str) -> Measure:
        @measure(f"{name}_{column}", unit=Unit.PRICE, kind=Kind.LEVEL, of=day.name, bars=back + 1,
                 meaning=f"{column.capitalize()} of {which}")  # fmt: skip
        def value(view: View) -> Found:
            return Found(float(view.columns[column][-1 - back]), back + 1, dates=(view.day(-1 - back),))

        return value

    @measure(f"{name}_change", unit=Unit.PERCENT, kind=Kind.CHANGE, of=day.name, bars=back + 2,
             meaning=f"Change of {which}, close against the close before it")  # fmt: skip
    def change(view: View) -> Found:
        before, close = view.close[-2 - back : len(view) - back].tolist()
        return Found(100 * (close / before - 1), back + 2, start=view.day(-2 - back), end=view.day(-1 - back),
                     dates=(view.day(-1 - back),), of=(f"{name}_close",))  # fmt: skip

    return day, *(price(column) for column in COLUMNS), change


MEASURES: tuple[Measure, ...] = tuple(item for back in range(1, SESSIONS + 1) for item in declare(back))
