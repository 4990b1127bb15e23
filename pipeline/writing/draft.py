"""A draft: Markdown with slots, and its rendering, which remembers the fact behind every printed figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.facts.catalogue import Measure
from pipeline.facts.slots import SLOT, Span
from pipeline.facts.snapshot import Fact, Snapshot
from pipeline.facts.units import FORMS, show


@dataclass(frozen=True, slots=True)
class Draft:
    """An article before proof. text: Markdown with slots. writer: "template" or the model's name."""

    text: str
    writer: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A draft with its slots printed. Slots that name no fact stay in the text, for the checker to find."""

    text: str
    spans: tuple[Span, ...]


def shown_value(fact: Fact, measure: Measure, snapshot: Snapshot, form: str = "plain") -> str:
    """How a fact prints in running text."""
    return show(fact.value, fact.unit, fact.decimals, kind=measure.kind, form=form, as_of=snapshot.as_of)


def render(draft: Draft, snapshot: Snapshot, measures: Mapping[str, Measure]) -> Rendered:
    """Print every slot of a draft and keep the spans. Deterministic; never raises on an unknown slot."""
    parts: list[str] = []
    spans: list[Span] = []
    length = position = 0
    for match in SLOT.finditer(draft.text):
        fact, form = snapshot.get(match[1]), match[2] or "plain"
        if fact is None or form not in FORMS:
            continue
        before = draft.text[position : match.start()]
        printed = shown_value(fact, measures[fact.measure], snapshot, form)
        start = length + len(before)
        spans.append(Span(start=start, end=start + len(printed), fact=fact.id, form=form))
        parts += (before, printed)
        length, position = start + len(printed), match.end()
    parts.append(draft.text[position:])
    return Rendered("".join(parts), tuple(spans))
