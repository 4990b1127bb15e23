"""Largest since: the last earlier session or week whose change was at least as large as the as-of's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pipeline.facts.catalogue import Measure, Timeframe, measure
from pipeline.facts.units import Kind, Unit
from pipeline.facts.view import Found, Missing, View, once

if TYPE_CHECKING:
    from pipeline.facts.view import Floats

Way = Literal["gain", "loss", "move"]
SPANS: dict[str, tuple[Timeframe, str]] = {"day": ("daily", "session"), "week": ("weekly", "week")}


@once
def sizes(view: View, way: Way) -> Floats:
    """Percent changes of the bars, positive in the way asked for; NaN first. Rounded as facts are, so that the printed
    changes never contradict the comparison."""
    import numpy as np

    changes: Floats = np.round(100 * (view.close[1:] / view.close[:-1] - 1), 6)
    signed = np.abs(changes) if way == "move" else changes if way == "gain" else -changes
    return np.concatenate(([np.nan], signed))


def last_as_large(view: View, way: Way, noun: str) -> int:
    """Position of the last earlier bar with a change at least as large. Raises Missing where there is none."""
    found = sizes(view, way)
    now = float(found[-1])
    if not now > 0:
        what = "did not change" if not now else "fell" if way == "gain" else "rose"
        raise Missing(f"has no value: the close {what} in the {noun}")
    earlier = (found[:-1] >= now).nonzero()[0]
    if not len(earlier):
        raise Missing(f"has no value: the {noun}'s {way} is the largest since the data begin ({view.since(None)})")
    return int(earlier[-1])


def declare(way: Way, span: str) -> tuple[Measure, Measure]:
    """The session or week, and its change."""
    timeframe, noun = SPANS[span]
    name = f"largest_{way}_{span}_since"
    direction = "either" if way == "move" else "the same"

    @measure(name, unit=Unit.DATE, kind=Kind.DATE, timeframes=(timeframe,), bars=2,
             meaning=f"Last earlier {noun} with a percent change at least as large in {direction} direction",
             )  # fmt: skip
    def since(view: View) -> Found:
        day = view.day(last_as_large(view, way, noun))
        return Found(day, start=day, end=view.as_of, dates=(day,), of=("close",))

    @measure(f"{name}_change", unit=Unit.PERCENT, kind=Kind.CHANGE, timeframes=(timeframe,), bars=2, of=name,
             meaning=f"The change on the date of {name}")  # fmt: skip
    def change(view: View) -> Found:
        position = last_as_large(view, way, noun)
        before, close = view.close[position - 1 : position + 1].tolist()
        return Found(100 * (close / before - 1), start=view.day(position - 1), end=view.day(position),
                     dates=(view.day(position),), of=(name,))  # fmt: skip

    return since, change


WAYS: tuple[Way, ...] = ("gain", "loss", "move")
MEASURES: tuple[Measure, ...] = tuple(item for span in SPANS for way in WAYS for item in declare(way, span))
