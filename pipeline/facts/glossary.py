"""The catalogue for people: one measure's page, the list of all, and docs/facts.md, all from the declarations."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from inspect import cleandoc
from pathlib import Path
from types import ModuleType

from pipeline.errors import InputError, shown
from pipeline.facts.catalogue import CATALOGUE_VERSION, Label, Measure, catalogue
from pipeline.facts.measures import FAMILIES
from pipeline.facts.units import Unit

DOCS = Path(__file__).resolve().parents[2] / "docs" / "facts.md"
PRICE = "dollars or points"
"""What the unit of a price is: points for an index, dollars for anything else."""


def listing() -> str:
    """Every measure on a line: name, unit, meaning, what it needs, convention and source."""
    measures = catalogue().values()
    width, units = (max(map(len, column)) for column in ([m.name for m in measures], [unit(m) for m in measures]))
    return "\n".join(f"{m.name:<{width}}  {unit(m):<{units}}  {' | '.join(_told(m))}" for m in measures)


def page(name: str) -> str:
    """A measure with the conventions of its family and its names in prose. Raises InputError for an unknown one."""
    measure = catalogue().get(name.lower())
    if measure is None:
        close = get_close_matches(name.lower(), catalogue(), 1)
        hint = f" Did you mean {close[0]}?" if close else ""
        raise InputError(f"no measure is called {shown(name)}.{hint} List them with technical-trader facts.")
    family = next(one for one in FAMILIES if measure in one.MEASURES)
    lines = [f"{measure.name} ({unit(measure)})", "", *_told(measure)]
    if measure.of:
        lines.append(f"describes {measure.of}")
    if measure.phrases:
        lines.append(f"in prose: {', '.join(measure.phrases[:8])}")
    return "\n".join([*lines, "", cleandoc(family.__doc__ or "")])


def markdown() -> str:
    """docs/facts.md."""
    lines = [
        "# The facts an article may state",
        "",
        f"Catalogue version {CATALOGUE_VERSION}: {len(catalogue())} measures. Written by `technical-trader facts "
        "--write`; a test keeps it current.",
        "",
        "Every measure is of daily bars unless it says weekly. A measure without a value is a gap with a reason in the "
        "snapshot, never a zero.",
    ]
    for family in FAMILIES:
        title, _, conventions = cleandoc(family.__doc__ or "").partition("\n")
        lines += ["", f"## {title.rstrip('.')}", ""]
        if conventions.strip():
            lines += [conventions.strip(), ""]
        lines += ["| measure | unit | meaning | convention and source |", "|---|---|---|---|", *_rows(family)]
    return "\n".join(lines) + "\n"


def write(path: Path = DOCS) -> Path:
    """Write docs/facts.md and give its place."""
    path.write_text(markdown(), encoding="utf-8")
    return path


def unit(measure: Measure) -> str:
    """The unit in words."""
    return PRICE if measure.unit is Unit.PRICE else measure.unit.value


def _rows(family: ModuleType) -> Iterator[str]:
    for measure in family.MEASURES:
        meaning, *rest = _told(measure)
        cells = (f"`{measure.name}`", unit(measure), meaning, "; ".join(rest))
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def _told(measure: Measure) -> list[str]:
    """Meaning, what the measure needs, its labels and its source; each a phrase."""
    frames = "" if measure.timeframes == ("daily",) else f" ({' and '.join(measure.timeframes)})"
    told = [measure.meaning + frames]
    if measure.scope == "pair":
        told.append("against a benchmark")
    if measure.bars > 1:
        told.append(f"from {measure.bars} {measure.timeframes[0]} bars on")
    if any(label.bounds for label in measure.labels):
        told.append(", ".join(_threshold(label) for label in measure.labels))
    if measure.source:
        told.append(measure.source)
    return told


def _threshold(label: Label) -> str:
    """A label with what earns it."""
    ends = [f"at least {label.at_least}" * (label.at_least is not None),
            f"at most {label.at_most}" * (label.at_most is not None)]  # fmt: skip
    return f"{label.name}: {' and '.join(filter(None, ends)) or 'otherwise'}"
