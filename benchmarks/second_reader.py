"""How far a second reader could get: `python -m benchmarks.second_reader [--forget] [BATCH ...]`.

No model is asked. The worst one is played: it knows the facts, which a second reader is never told, and proposes
whatever makes a clause pass. The planted errors of the corpus that it gets through are what the checker would leave to
a model's honesty; the true sentences it gets through are the most that a good one could do. With --forget the project's
reader has no reading of anything in the sentence, so that everything is left to the second one.

The search is wide and not complete: a claim rests on the whole clause, and of the ways to share out a clause's items
among claims the first few hundred are tried.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations, islice, product
from unittest import mock

from benchmarks.checker.batches import batches, load
from pipeline.checking.checker import check, reader_for
from pipeline.checking.proof import Prover
from pipeline.checking.reading.reader import Page
from pipeline.checking.seam import Cite, Reader
from pipeline.checking.second import reconsider as second
from pipeline.checking.second.exchange import Answer, Call, Proposal, Proposed, Question
from pipeline.checking.second.fitting import fit, fit_one
from pipeline.checking.second.posing import Posed
from pipeline.checking.second.terms import Scope, Terms, Unfit
from pipeline.facts.catalogue import catalogue
from pipeline.facts.snapshot import Snapshot

MEASURES = catalogue()
SHARED_OUT = 400
"""How many ways to choose a claim for each share of a clause's items are tried."""
WAYS = ("up", "down", "flat")
SIDES = ("above", "below", "same")


class Forgetful:
    """The project's reader without any reading of what stands between two places of a text."""

    def __init__(self, snapshot: Snapshot, start: int, end: int) -> None:
        self.reader, self.start, self.end = reader_for(snapshot), start, end

    def read(self, source: str, cite: Cite | None = None, today: date | None = None) -> Page:
        """The page with those clauses unread."""
        page = self.reader.read(source, cite, today)
        for reading in page.readings:
            first, last = reading.clause.span(reading.clause.first, reading.clause.last)
            for anchor in reading.anchors if first < self.end and self.start < last else ():
                anchor.chosen, anchor.candidates, anchor.alternatives = None, [], []
        return page


class Worst:
    """A second reader that knows the facts and wants every clause between two places to pass."""

    def __init__(self, snapshot: Snapshot, start: int, end: int) -> None:
        self.snapshot, self.prover, self.start, self.end = snapshot, Prover(snapshot, MEASURES), start, end
        self.scope = Scope(MEASURES, [one.symbol for one in snapshot.owners], snapshot.pair or "")
        self.asked = self.passed = 0

    def look(self, posed: list[Posed]) -> list[Posed]:
        """Look at what is asked beyond the question: the clauses as the checker has them."""
        self.posed = {
            one.asked.id: one for one in posed
            if one.items and self._inside(*one.reading.clause.span(one.reading.clause.first, one.reading.clause.last))
        }  # fmt: skip
        return posed

    def _inside(self, first: int, last: int) -> bool:
        return first < self.end and self.start < last

    def propose(self, _: Question) -> Answer:
        """For each clause claims that the facts bear out, where there are any."""
        readings = []
        for number, posed in self.posed.items():
            self.asked += 1
            if claims := self._passing(posed):
                self.passed += 1
                readings.append(Proposed(clause=number, claims=claims))
        return Answer(call=Call(model="worst"), readings=tuple(readings))

    def _passing(self, posed: Posed) -> tuple[Proposal, ...]:
        """Claims that own every open item once and hold; none where the search finds none."""
        by_items: dict[frozenset[int], list[Proposal]] = {}
        for claim in self._claims(posed):
            by_items.setdefault(frozenset(claim.owns), []).append(claim)
        for shares in _shared_out(posed.open, list(by_items)):
            for claims in islice(product(*(by_items[share] for share in shares)), SHARED_OUT):
                try:
                    fit(posed, claims, self.scope)
                except Unfit:
                    continue
                return claims
        return ()

    def _claims(self, posed: Posed) -> Iterator[Proposal]:
        """Every single claim about some items that fits and holds."""
        kinds = {item.id: item for item in posed.asked.items if item.open}
        told = [item for item in kinds.values() if item.kind in ("figure", "date", "label")]
        rest = [number for number, item in kinds.items() if item not in told]
        several = [share for size in range(len(rest) + 1) for share in combinations(rest, size)][:16]
        named = {name for m in Terms(posed, self.scope).each("measure") for name in m.values}
        named |= {"close", posed.reading.state.measure}
        facts = [fact.id for fact in self.snapshot.facts]
        if pair := self.snapshot.pair:
            facts += [f"{self.scope.turned}{one.removeprefix(pair)}" for one in facts if one.startswith(f"{pair}.")]
        others = [fact.id for fact in self.snapshot.facts if fact.measure in named]
        for fact in facts:
            for item in (*told, None):
                for share in several:
                    owns = (*([item.id] if item else []), *share)
                    for fields in _forms(fact, item.kind if item else "", others) if owns else ():
                        figure = item.text if item and item.kind != "label" else None
                        claim = Proposal(words=(posed.asked.clause,), owns=owns, fact=fact, figure=figure, **fields)
                        if self._holds(posed, claim):
                            yield claim

    def _holds(self, posed: Posed, claim: Proposal) -> bool:
        try:
            return bool(second.prove(fit_one(posed, claim, self.scope), self.prover).holds)
        except Unfit:
            return False


def _forms(fact: str, kind: str, others: Sequence[str]) -> Iterator[dict[str, object]]:
    """The forms of a claim about an item of a kind."""
    if kind == "figure":
        yield from ({"relation": "equals", "direction": way} for way in (*WAYS, None))
        yield from ({"relation": side} for side in SIDES)
        for other in others:
            yield {"relation": "ratio", "than": other}
            yield from ({"relation": "difference", "than": other, "direction": way} for way in WAYS)
    elif kind == "date":
        yield {"relation": "date"}
    elif kind == "label":
        name = fact.removesuffix(".weekly").rpartition(".")[2]
        yield from ({"relation": "label", "label": one.name} for one in MEASURES[name].labels)
    else:
        for negated in (False, True):
            yield from ({"relation": "moved", "direction": way, "negated": negated} for way in WAYS)
            for other in others:
                yield from ({"relation": side, "than": other, "negated": negated} for side in SIDES)


def _shared_out(rest: frozenset[int], shares: list[frozenset[int]]) -> Iterator[list[frozenset[int]]]:
    """The ways to make up a set of disjoint ones."""
    if not rest:
        yield []
        return
    for share in shares:
        if min(rest) in share and share <= rest:
            for others in _shared_out(rest - share, shares):
                yield [share, *others]


def try_on(text: str, snapshot: Snapshot, start: int, end: int, *, forget: bool) -> tuple[bool, bool]:
    """Whether the second reader is asked about words of a text, and whether it gets all it is asked about through."""
    worst = Worst(snapshot, start, end)
    reader: Reader = Forgetful(snapshot, start, end) if forget else reader_for(snapshot)
    pose = second.pose
    with mock.patch.object(second, "pose", lambda *given: worst.look(pose(*given))):
        check(text, snapshot, reader=reader, second=worst)
    return worst.asked > 0, 0 < worst.asked == worst.passed


def measure(batch: str, forget: bool) -> str:
    """The figures of a batch as lines of text."""
    counts = {"planted errors": [0, 0, 0], "true sentences": [0, 0, 0]}
    for article in load(batch).articles:
        tries = [("planted errors", one.change.applied(article.text), *one.wrong) for one in article.errors]
        tries += [("true sentences", article.text, one.start, one.end) for one in article.marks if one.true]
        for kind, text, start, end in tries:
            asked, passed = try_on(text, article.snapshot, start, end, forget=forget)
            counts[kind] = [counts[kind][0] + 1, counts[kind][1] + asked, counts[kind][2] + passed]
    how = "nothing read by the first reader" if forget else "after the first reader"
    lines = [
        f"  {kind}: asked about {asked} of {total}, {passed} would pass"
        for kind, (total, asked, passed) in counts.items()
    ]
    return "\n".join([f"batch {batch}, {how}", *lines])


def main() -> None:
    """Print the figures of the batches named, or of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("batch", nargs="*", help="names of batches in tests/corpus; all by default")
    parser.add_argument(
        "--forget", action="store_true", help="leave the whole sentence to the second reader (some ten minutes)"
    )
    given = parser.parse_args()
    for batch in given.batch or batches():
        print(measure(batch, given.forget), flush=True)


if __name__ == "__main__":
    main()
