"""How the article names a period of change, and the states a change leads to ("is up", "has gained")."""

from __future__ import annotations

from pipeline.facts.units import ap_date
from pipeline.writing.template.desk import Desk, Missing, Who
from pipeline.writing.template.verbs import move

HAS: dict[str, tuple[str, ...]] = {
    "up": ("has gained", "has risen", "has climbed", "has advanced"),
    "down": ("has lost", "has fallen", "has dropped", "has declined"),
}
SPANS: dict[str, tuple[str, ...]] = {
    "1d": ("on the day",),
    "mtd": ("this month", "month to date"),
    "ytd": ("this year", "year to date", "since the start of the year"),
    "12m": ("over the past 12 months", "from a year earlier"),
}
STARTING: dict[str, tuple[str, ...]] = {
    "mtd": ("This month", "Month to date"),
    "ytd": ("This year", "Year to date", "Since the start of the year"),
    "12m": ("Over the past 12 months",),
}


def spans(desk: Desk, period: str) -> tuple[str, ...]:
    """Phrases that follow a figure: a week that may go on is told as "so far this week"."""
    if period == "1w":
        return ("for the week", "on the week") if desk.week_complete else ("so far this week",)
    return SPANS[period]


def starting(desk: Desk, period: str) -> tuple[str, ...]:
    """Phrases that open a sentence."""
    if period == "1w":
        return ("For the week",) if desk.week_complete else ("So far this week",)
    return STARTING[period]


def told_state(desk: Desk, period: str, who: Who = "A") -> list[str]:
    """A change with its period, in every wording: "is up 2.04% so far this week". Raises Missing."""
    change = move(desk, period, who)
    texts = [f"is {change.adverb} {change.slot} {span}" for span in spans(desk, period)]
    plain = [span for span in spans(desk, period) if span != "from a year earlier"]
    return texts + [f"{verb} {change.slot} {span}" for verb in HAS[change.adverb] for span in plain]


def dated(desk: Desk, measure: str, *, first: bool = False) -> str:
    """The last (or the first) session a fact refers to, in AP style. Raises Missing where it names none."""
    dates = desk.fact(measure).dates
    if not dates:
        raise Missing(measure)
    return ap_date(min(dates) if first else max(dates), desk.as_of)
