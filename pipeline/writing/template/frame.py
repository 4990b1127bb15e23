"""What stands around the paragraphs: the as-of line, the scoreboard, the method and the disclosure."""

from __future__ import annotations

from pipeline.facts.periods import BY_NAME
from pipeline.facts.units import WEEKDAYS, ap_date
from pipeline.writing.template.desk import TOLD, Desk, Who
from pipeline.writing.template.names import full_name, safe

ZONES = {"America/New_York": "ET", "UTC": "UTC", "Etc/UTC": "UTC"}


def as_of_line(desk: Desk) -> str:
    """The session the article is about, with its zone."""
    snapshot = desk.snapshot
    weekday = WEEKDAYS[snapshot.as_of.weekday()][:3]
    zone = ZONES.get(snapshot.zone, safe(snapshot.zone))
    what = "the close" if snapshot.session == "final" else "a session in progress"
    return f"Data as of {what}, {weekday}. {ap_date(snapshot.as_of)} ({zone})"


def scoreboard(desk: Desk) -> str:
    """Both instruments' close and changes as a table; a column stands only if every row has its fact."""
    snapshot = desk.snapshot
    rows: list[tuple[Who, str]] = [("A", full_name(snapshot.primary))]
    if snapshot.benchmark:
        rows.append(("B", full_name(snapshot.benchmark)))
    columns = [("Close", "close", "")]
    columns += [(BY_NAME[period].heading, f"change_{period}", "signed") for period in TOLD]
    columns.append(("From 52-week high", "distance_high_52w", "signed"))
    columns = [column for column in columns if all(desk.has(column[1], who=who) for who, _ in rows)]
    lines = [
        "| | " + " | ".join(heading for heading, _, _ in columns) + " |",
        "|---|" + "---:|" * len(columns),
    ]
    for who, name in rows:
        cells = " | ".join(desk.slot(measure, form, who) for _, measure, form in columns)
        lines.append(f"| {name.removeprefix('the ')} | {cells} |")
    return "\n".join(lines)


def method(desk: Desk) -> str:
    """Sources, windows and gaps."""
    snapshot = desk.snapshot
    told = {one.symbol for one in (*snapshot.instruments, snapshot.volume_owner) if one is not None}
    used = (source.description for source in snapshot.sources if source.instrument in told)
    *most, final = dict.fromkeys(safe(description) for description in used)
    parts = f"{', '.join(most)} and {final}" if most else final
    first = desk.slot("data_start", "full") if desk.has("data_start") else ""
    since = f" from {first}" if first else ""
    bars = f"{parts},{since} to {ap_date(desk.as_of)}"
    return (
        f"*Method: figures are computed from {bars}. Averages are simple unless called exponential, a change is from "
        "close to close, and records count closes since the data begin.*"
    )


def disclosure() -> str:
    """What the article is not."""
    return "*This article was composed by software from the figures above. It is not investment advice.*"
