"""The chart: nine months of closes with their averages, the ratio to the benchmark, and the RSI.

Drawn with matplotlib's figure alone (no pyplot, no display) as a deterministic SVG whose text stays text. Its colours
are those of the light palette; the page replaces them by its own variables, so that the chart there follows dark.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any

from pipeline.facts.snapshot import Fact, Snapshot, Source
from pipeline.facts.units import MONTHS, Kind, Unit, ap_date, quantise, show
from pipeline.publishing.palette import LIGHT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from pipeline.facts.view import Days, Floats, View
    from pipeline.market.bars import Bars

DAYS = 273
"""Calendar days shown: nine months."""
WIDTH, PRICE, PANEL = 500, 250, 74
"""Points: the width, the height of the price panel and of those below. Narrow, so that a phone shows it legibly."""
FONT = 12.2
FAMILY = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
_DRAWING = Lock()  # matplotlib's settings are the process's


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a panel, with the label at its end."""

    values: Floats
    label: str
    colour: str = LIGHT["ink"]
    width: float = 1.3


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: lines over the same days, the first of them with a dot at its end. marks: the only values named."""

    title: str
    days: Days
    lines: tuple[Line, ...]
    height: int = PANEL
    marks: tuple[int, ...] = ()


def draw_chart(bars: Bars, benchmark: Bars | None, snapshot: Snapshot) -> bytes:
    """The chart as SVG. bars and benchmark: at least up to the snapshot's as-of, later rows are not looked at."""
    import io

    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    from pipeline.facts.view import pair_view, view_of

    view = view_of(bars.up_to(snapshot.as_of))
    pair = pair_view(view, view_of(benchmark.up_to(snapshot.as_of))) if benchmark else None
    panels = [panel for panel in (_price(view, snapshot), _ratio(pair, snapshot), _rsi(view, snapshot)) if panel]
    days = view.days[view.before(snapshot.as_of - timedelta(days=DAYS)) :]
    settings: Any = {
        "svg.hashsalt": "technical-trader", "svg.fonttype": "none", "font.family": "sans-serif",
        "font.sans-serif": ["DejaVu Sans"], "font.size": FONT, "text.parse_math": False, "axes.unicode_minus": True,
        "path.simplify": True,
    }  # fmt: skip
    with _DRAWING, matplotlib.rc_context(settings):
        height = sum(panel.height for panel in panels) + 18 * len(panels) + 20
        figure = Figure(figsize=(WIDTH / 72, height / 72), facecolor=LIGHT["paper"])
        FigureCanvasSVG(figure)
        grid = {"height_ratios": [panel.height for panel in panels], "hspace": 0.22}
        axes = figure.subplots(len(panels), 1, gridspec_kw=grid, squeeze=False)[:, 0]
        for panel, place in zip(panels, axes, strict=True):
            _draw(place, panel, days)
        left = max(_room(label) for place in axes for label in _ticks(place))
        right = WIDTH - max(_room(line.label) for panel in panels for line in panel.lines)
        figure.subplots_adjust(left / WIDTH, 22 / height, right / WIDTH, 1 - 18 / height)
        _months(axes, days)
        out = io.BytesIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return out.getvalue().replace(b"'DejaVu Sans', sans-serif", FAMILY.encode())


def chart_alt(snapshot: Snapshot) -> str:
    """What the chart shows with the figures at its end, for those who cannot see it."""
    parts = [f"{name} {fact.shown}" for name, fact in _shown(snapshot)]
    return f"Chart of {snapshot.primary.name}, {_time(snapshot)}. On {ap_date(snapshot.as_of)}: {', '.join(parts)}."


def chart_caption(snapshot: Snapshot) -> str:
    """What the chart shows and where it is from."""
    names = [name for name, _fact in _shown(snapshot)[1:]]
    beside = f" with the {', '.join(names[:-1])}{' and the ' if names[:-1] else ''}{names[-1]}" if names else ""
    sources = " and ".join(dict.fromkeys(source.description for source in _drawn(snapshot)))
    return (
        f"{snapshot.primary.name}: daily closes {_time(snapshot)}{beside}. The dot is the close of "
        f"{ap_date(snapshot.as_of)}. Source: {sources}."
    )


def _drawn(snapshot: Snapshot) -> list[Source]:
    """The sources of what is drawn: a proxy's volume is told in the text alone."""
    symbols = {one.symbol for one in snapshot.instruments}
    return [source for source in snapshot.sources if source.instrument in symbols]


def _shown(snapshot: Snapshot) -> list[tuple[str, Fact]]:
    """What is drawn, by name, with the fact at its end."""
    symbol, other = snapshot.primary.symbol, snapshot.benchmark
    named = [
        ("close", f"{symbol}.close"), ("50-day average", f"{symbol}.sma_50"), ("200-day average", f"{symbol}.sma_200"),
        (f"ratio to {other.name}" if other else "", f"{snapshot.pair}.ratio"), ("14-day RSI", f"{symbol}.rsi_14"),
    ]  # fmt: skip
    return [(name, fact) for name, fact_id in named if (fact := snapshot.get(fact_id))]


def _time(snapshot: Snapshot) -> str:
    """The time shown, in words."""
    first = min(source.first for source in _drawn(snapshot))
    return "over nine months" if first <= snapshot.as_of - timedelta(days=DAYS) else f"since {ap_date(first)}"


def _price(view: View, snapshot: Snapshot) -> Panel:
    """Closes with the 50- and 200-day averages."""
    from pipeline.facts.series import sma

    symbol = snapshot.primary.symbol
    lines = [Line(view.close, _label("Close", snapshot.get(f"{symbol}.close")), width=1.7)]
    for window, colour in ((50, LIGHT["first"]), (200, LIGHT["second"])):
        if fact := snapshot.get(f"{symbol}.sma_{window}"):
            lines.append(Line(sma(view, window), _label(f"{window}-day", fact), colour))
    return Panel(snapshot.primary.name, view.days, tuple(lines), PRICE)


def _ratio(pair: View | None, snapshot: Snapshot) -> Panel | None:
    """Close divided by the benchmark's."""
    fact = snapshot.get(f"{snapshot.pair}.ratio")
    if pair is None or fact is None or snapshot.benchmark is None:
        return None
    title = f"{snapshot.primary.later} / {snapshot.benchmark.later}"
    return Panel(title, pair.days, (Line(pair.close, _label("Ratio", fact)),))


def _rsi(view: View, snapshot: Snapshot) -> Panel | None:
    """RSI(14) with its zones."""
    from pipeline.facts.series import rsi

    fact = snapshot.get(f"{snapshot.primary.symbol}.rsi_14")
    if fact is None:
        return None
    return Panel("RSI (14 days)", view.days, (Line(rsi(view, 14), _label("RSI", fact)),), marks=(30, 70))


def _draw(axes: Axes, panel: Panel, days: Days) -> None:
    """Draw a panel over the sessions `days` with a title, a quiet grid and labels at the right end."""
    import numpy as np

    first = np.searchsorted(panel.days, days[0])
    where = np.searchsorted(days, panel.days[first:])
    axes.set_facecolor("none")
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(LIGHT["rule"])
    axes.tick_params(length=0, labelcolor=LIGHT["muted"], pad=2)
    axes.grid(color=LIGHT["rule"], linewidth=0.7)
    axes.set_axisbelow(True)
    axes.set_title(panel.title, loc="left", fontsize=FONT, color=LIGHT["muted"], pad=5)
    for line in panel.lines:
        axes.plot(where, line.values[first:], color=line.colour, linewidth=line.width, solid_joinstyle="round")
    axes.plot(where[-1:], panel.lines[0].values[-1:], marker="o", markersize=4.5, color=panel.lines[0].colour)
    axes.set_xlim(0, len(days) + 0.5)
    axes.locator_params(axis="y", nbins=5 if panel.height == PRICE else 2)
    axes.yaxis.set_major_formatter(_tick)
    if panel.marks:
        low, high = axes.get_ylim()
        axes.set_ylim(min(low, panel.marks[0] - 5), max(high, panel.marks[-1] + 5))
        axes.set_yticks(panel.marks, [str(mark) for mark in panel.marks])
    _label_ends(axes, [(line, float(line.values[-1])) for line in panel.lines], panel.height)


def _label_ends(axes: Axes, ends: list[tuple[Line, float]], height: float) -> None:
    """Write each line's label beside its end, moved apart where they would touch."""
    low, high = axes.get_ylim()
    step = 1.25 * FONT / height
    ends = sorted(((line, (value - low) / (high - low)) for line, value in ends), key=lambda end: end[1])
    places: list[float] = []
    for _line, at in ends:
        places.append(max(at, places[-1] + step) if places else at)
    excess = max(places[-1] - 1, 0)
    for (line, _at), place in zip(ends, places, strict=True):
        axes.annotate(line.label, (1, place - excess), xycoords="axes fraction", xytext=(6, 0),
                      textcoords="offset points", va="center", color=line.colour)  # fmt: skip


def _months(axes: NDArray[Any], days: Days) -> None:
    """Mark every second month in all panels and name it below the lowest."""
    months = days.astype("datetime64[M]")
    firsts = [at for at in range(1, len(days)) if months[at] != months[at - 1]]
    named = firsts[::-2][::-1]
    for panel in axes:
        panel.set_xticks(named, [])
    axes[-1].set_xticks(named, [_month(days[at].item()) for at in named])


def _month(day: date) -> str:
    """A month's name, the year for January."""
    return str(day.year) if day.month == 1 else MONTHS[day.month - 1]


def _tick(value: float, _position: float = 0) -> str:
    return f"{value:,.10g}"


def _ticks(axes: Axes) -> list[str]:
    """The labels of the values an axis names."""
    low, high = axes.get_ylim()
    return [_tick(value) for value in axes.get_yticks() if low <= value <= high]


def _room(label: str) -> float:
    """Points a label takes beside the plot in the widest of common fonts."""
    return 10 + 0.6 * FONT * len(label)


def _label(name: str, fact: Fact | None) -> str:
    """A name with the value of its fact as it is printed; large prices without their decimals."""
    if fact is None:
        return name
    if fact.unit is Unit.INDEX:
        return f"{name} {quantise(fact.number, 1)}"
    large = fact.unit in (Unit.DOLLARS, Unit.POINTS) and fact.number >= 10_000
    return f"{name} {show(fact.number, fact.unit, 2, kind=Kind.LEVEL, form='short') if large else fact.shown}"
