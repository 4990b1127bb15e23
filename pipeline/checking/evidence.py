"""What rules may look at, and how a claim is spoken of in messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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

    def clauses(self) -> Iterator[Clause]:
        """Clauses in reading order."""
        return (reading.clause for reading in self.page.readings)

    def mentions(self, *kinds: str) -> Iterator[tuple[Clause, Mention]]:
        """Mentions of some kinds with their clauses."""
        for clause in self.clauses():
            for mention in clause.mentions:
                if mention.kind in kinds:
                    yield clause, mention


def said(clause: Clause, mention: Mention) -> str:
    """A mention's words as printed."""
    return clause.block.text[clause.tokens[mention.first].start : clause.tokens[mention.last - 1].end]


def place(clause: Clause, mention: Mention) -> tuple[int, int]:
    """A mention's file offsets."""
    return clause.span(mention.first, mention.last)


def owner(prover: Prover, instrument: str) -> str:
    """An instrument's name with its article: "the Nasdaq", "Bitcoin"."""
    if "/" in instrument:
        return " and ".join(owner(prover, symbol) for symbol in instrument.split("/"))
    found = next((item for item in prover.snapshot.instruments if item.symbol == instrument), None)
    if found is None:
        return instrument
    return f"the {found.later}" if found.kind in ("index", "fund") else found.later


def measure_name(prover: Prover, ref: Ref) -> str:
    """A measure as prose names it."""
    measure = prover.measures[ref.measure]
    frame = "weekly " if ref.timeframe == "weekly" and len(measure.timeframes) > 1 else ""
    if measure.period and (period := BY_NAME.get(measure.period)):
        noun = {Kind.CHANGE: "change", Kind.POINTS: "change in points", Kind.SPREAD: "spread"}.get(
            measure.kind, measure.name
        )
        return f"{noun} {period.phrases[0]}"
    if measure.phrases:
        return f"{frame}{measure.phrases[0]}"
    if measure.kind is Kind.DISTANCE and measure.of and (base := prover.measures.get(measure.of)) and base.phrases:
        return f"distance from the {base.phrases[0]}"
    return f"{frame}{measure.name}"


def describe(prover: Prover, ref: Ref) -> str:
    """A reference in words: "the S&P 500's RSI(14)"."""
    name = owner(prover, ref.instrument)
    return f"{name}{chr(39) if name.endswith('s') else chr(39) + 's'} {measure_name(prover, ref)}"


def owners(view: PageView) -> str:
    """The snapshot's instruments in words."""
    return " and ".join(owner(view.prover, item.symbol) for item in view.snapshot.instruments)
