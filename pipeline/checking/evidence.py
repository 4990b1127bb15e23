"""What rules may look at, and how a claim is spoken of in messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.checking.claims import Ref
from pipeline.checking.clauses import Clause
from pipeline.checking.mentions import Mention
from pipeline.checking.proof import Prover
from pipeline.checking.reading.reader import Page
from pipeline.facts.periods import BY_NAME
from pipeline.facts.snapshot import Snapshot
from pipeline.facts.units import Kind


@dataclass(slots=True)
class PageView:
    """A page with the snapshot it is judged by, for rules on words."""

    page: Page
    snapshot: Snapshot
    prover: Prover
    _figured: set[tuple[int, int]] = field(init=False)

    def __post_init__(self) -> None:
        told = (clause for clause in self.clauses() if any(m.figure is not None for m in clause.mentions))
        self._figured = {(id(clause.block), clause.sentence) for clause in told}

    def clauses(self) -> Iterator[Clause]:
        """Clauses in reading order."""
        return (reading.clause for reading in self.page.readings)

    def mentions(self, *kinds: str) -> Iterator[tuple[Clause, Mention]]:
        """Mentions of some kinds with their clauses."""
        for clause in self.clauses():
            for mention in clause.mentions:
                if mention.kind in kinds:
                    yield clause, mention

    def gives_a_figure(self, clause: Clause) -> bool:
        """Whether the sentence of a clause holds a figure."""
        return (id(clause.block), clause.sentence) in self._figured


def owner(prover: Prover, instrument: str) -> str:
    """An instrument's name with its article: "the Nasdaq", "Bitcoin"."""
    if "/" in instrument:
        return " and ".join(owner(prover, symbol) for symbol in instrument.split("/"))
    found = next((item for item in prover.snapshot.owners if item.symbol == instrument), None)
    if found is None:
        return instrument
    return f"the {found.later}" if found.kind in ("index", "fund") else found.later


_OVER_A_PERIOD = {Kind.CHANGE: "change", Kind.POINTS: "change in points", Kind.SPREAD: "spread"}
_OF_ANOTHER = (
    ("distance_", "distance from the {}"), ("_longest_since", "earlier {} as long"),
    ("_bars_in_zone", "sessions in the {}"), ("_bars_since", "sessions since the {}"), ("_direction", "side of the {}"),
    ("_kind", "kind of the {}"), ("_cross", "crossing of the {}"), ("_zone", "{} zone"),
    ("_change", "change in the {}"), ("_slope", "slope of the {}"), ("_label", "{}"),
)  # fmt: skip
"""How a measure that describes another one is called, by a part of its name."""


def measure_name(prover: Prover, ref: Ref) -> str:
    """A measure as prose names it."""
    measure = prover.measures[ref.measure]
    frame = "weekly " if ref.timeframe == "weekly" and len(measure.timeframes) > 1 else ""
    if measure.kind in _OVER_A_PERIOD and measure.period and (period := BY_NAME.get(measure.period)):
        return f"{_OVER_A_PERIOD[measure.kind]} {period.phrases[0]}"
    template = next((text for part, text in _OF_ANOTHER if part in measure.name), "")
    if template and measure.of and measure.of in prover.measures and measure.phrases[:1] in ((), ("longest since",)):
        return template.format(measure_name(prover, Ref(measure.of, ref.instrument, ref.timeframe)))
    return f"{frame}{measure.phrases[0] if measure.phrases else measure.name.replace('_', ' ')}"


def describe(prover: Prover, ref: Ref) -> str:
    """A reference in words: "the S&P 500's RSI(14)"."""
    name = owner(prover, ref.instrument)
    possessive = "'" if name.endswith("s") else "'s"
    return f"{name}{possessive} {measure_name(prover, ref)}"


def owners(view: PageView) -> str:
    """The snapshot's instruments in words."""
    return " and ".join(owner(view.prover, item.symbol) for item in view.snapshot.owners)
