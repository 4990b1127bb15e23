"""Readings: for every anchor of a clause the statements it may make, ranked from the text and the catalogue alone.

No value of the snapshot is seen here. A candidate's cost is grammatical distance: what stands in the same phrase costs
nothing, what is carried from before costs more, what only a convention supplies costs most. A clause's reading picks
one candidate per anchor so that the sum, with penalties for names left unused and for two figures making one claim, is
least.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from pipeline.checking.claims import Statement, Valued
from pipeline.checking.clauses import Clause, Discourse
from pipeline.checking.mentions import Mention

MARGIN = 1.0
"""Readings within this cost of the cheapest are plausible."""
UNUSED = 0.8
"""Cost of a name that no claim uses."""
DUPLICATE = 1.5
"""Cost of two figures claiming the value of one measure."""
CANDIDATES = 12
BEAM = 24
"""How many candidates of an anchor, and how many joint readings of a clause, are kept: the cap on work."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to read an anchor: the statements that must all hold, the mentions it uses (indices of the scene), and
    why it was thought of. An absorbed one makes no statement: another anchor speaks for it, or it is free."""

    cost: float
    statements: tuple[Statement, ...]
    uses: frozenset[int] = frozenset()
    note: str = ""
    absorbed: bool = False
    free: bool = False


@dataclass(slots=True)
class Anchor:
    """A mention that must be owned by a claim, with its candidates, cheapest first."""

    index: int
    mention: Mention
    candidates: list[Candidate] = field(default_factory=list)
    chosen: Candidate | None = None
    alternatives: list[Candidate] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """A clause read: its anchors with their chosen candidates and plausible alternatives, and names left unused.

    mentions: the scene's, to which candidates' uses refer. other: the same clause read as speaking of the article's
    instrument, where it names none and another was spoken of last: which of the two is meant, the text does not say.
    """

    clause: Clause
    state: Discourse
    anchors: list[Anchor]
    unused: list[Mention] = field(default_factory=list)
    cost: float = 0.0
    mentions: list[Mention] = field(default_factory=list)
    other: Reading | None = None


def settle(
    clause: Clause, state: Discourse, scene: list[Mention], anchors: list[Anchor], late: frozenset[int] = frozenset()
) -> Reading:
    """Choose the cheapest joint reading and each anchor's plausible alternatives beside it. late: names that make a
    claim of their own where no anchor uses them."""
    for anchor in anchors:
        anchor.candidates.sort(key=lambda item: item.cost)
        del anchor.candidates[CANDIDATES:]
    live = [anchor for anchor in anchors if anchor.candidates]
    must = {
        index
        for index, mention in enumerate(scene)
        if mention.kind in ("measure", "period", "timeframe") and not mention.weak
        if index not in late and mention not in clause.header
    }
    order = count()
    beam: list[tuple[float, int, tuple[Candidate, ...]]] = [(0.0, next(order), ())]
    for anchor in live:
        grown = [
            (cost + candidate.cost + _duplicate(candidate, chosen), next(order), (*chosen, candidate))
            for cost, _, chosen in beam for candidate in anchor.candidates
        ]  # fmt: skip
        beam = sorted(grown)[:BEAM]
    cost, _, best = min((item[0] + _unused(item[2], must), item[1], item[2]) for item in beam)
    owned = _owned(live, best)
    for place, (anchor, candidate) in enumerate(zip(live, owned, strict=True)):
        if candidate is None:
            continue
        anchor.chosen = candidate
        rest = tuple(item for item in (*owned[:place], *owned[place + 1 :]) if item is not None)
        own = _beside(candidate, rest, must)
        anchor.alternatives = [
            other
            for other in anchor.candidates
            if other is not candidate and not other.absorbed and _beside(other, rest, must) <= own + MARGIN
        ]
    used: set[int] = {index for item in owned if item is not None for index in item.uses}
    unused = [scene[index] for index in sorted(must - used)] if live else []
    return Reading(clause, state, anchors, unused, cost, scene)


def _owned(anchors: list[Anchor], best: tuple[Candidate, ...]) -> tuple[Candidate | None, ...]:
    """The same choice, but an anchor that nothing speaks for after all makes its own statement, or has no reading."""
    owned: list[Candidate | None] = []
    for place, (anchor, candidate) in enumerate(zip(anchors, best, strict=True)):
        spoken = any(anchor.index in other.uses for other in best[:place] + best[place + 1 :])
        if candidate.absorbed and not candidate.free and not spoken:
            owned.append(next((item for item in anchor.candidates if not item.absorbed), None))
        else:
            owned.append(candidate)
    return tuple(owned)


def _duplicate(candidate: Candidate, others: tuple[Candidate, ...]) -> float:
    """What it costs that two different figures claim the value of one measure."""
    refs = [(item.ref, item.figure.unit) for item in candidate.statements if isinstance(item, Valued)]
    for other in others if refs else ():
        for item in other.statements:
            if isinstance(item, Valued) and (item.ref, item.figure.unit) in refs:
                return DUPLICATE
    return 0.0


def _beside(candidate: Candidate, rest: tuple[Candidate, ...], must: set[int]) -> float:
    """What a candidate costs beside the other anchors' choices."""
    return candidate.cost + _duplicate(candidate, rest) + _unused((*rest, candidate), must)


def _unused(chosen: tuple[Candidate, ...], must: set[int]) -> float:
    used: set[int] = set()
    for item in chosen:
        used |= item.uses
    return UNUSED * len(must - used)


def absorbed(index: int, note: str, *, free: bool = False) -> list[Candidate]:
    """The candidate of an anchor another one speaks for; free when nothing needs to speak for it."""
    return [Candidate(0.0, (), frozenset({index}), note, absorbed=True, free=free)]
