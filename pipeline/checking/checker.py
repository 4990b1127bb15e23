"""The checker: an article and a snapshot in, a verdict out. No key, no network, no clock, no model."""

from __future__ import annotations

import gc
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from pipeline.checking.claims import Outcome, Statement
from pipeline.checking.diagnosis import Failure, cures
from pipeline.checking.evidence import PageView
from pipeline.checking.notes import archive
from pipeline.checking.proof import Prover
from pipeline.checking.reading.reader import Page
from pipeline.checking.reading.reader import Reader as TextReader
from pipeline.checking.reading.settle import Anchor, Candidate, Reading
from pipeline.checking.rules import RULES
from pipeline.checking.rules.rule import Problem, Rule
from pipeline.checking.seam import Cite, Reader, SecondReader
from pipeline.checking.second.reconsider import Reconsidered, Weighed, reconsider
from pipeline.checking.verdict import Claim, ClaimVerdict, Clauses, Finding, ReaderName, Verdict
from pipeline.facts.catalogue import catalogue
from pipeline.facts.slots import Span
from pipeline.facts.snapshot import Snapshot
from pipeline.market.instruments import Instrument

TIE = 0.051
"""Readings whose costs differ by no more than this are equally near: a reader may take either; one true is enough."""
DIAGNOSES = 200
"""How many refuted claims of a text are diagnosed, as each takes a hundred proofs. Past them a finding says what the
fact is, and not which word is at fault."""


Why = Literal["nearest", "slot", "tie", "proposed", "false", "ambiguous", "no fact", "no reading"]
"""Why a claim was judged as it was: the nearest reading holds, the one that names the slot's fact does, or one as near
as the nearest; a second reader proposed the reading, whatever the facts say of it; the nearest reading is false, it is
while another plausible one is true, the snapshot lacks its fact, or there is none."""


@dataclass(frozen=True, slots=True)
class Decision:
    """How an anchor was judged, and by which candidate: the one that was proved, or the one taken for what was meant
    (None where there is none). reader: who took the text to say it. denied: the text says that it is not so."""

    anchor: Anchor
    verdict: ClaimVerdict
    why: Why
    by: Candidate | None
    reader: ReaderName = "first"
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with all it was reached by: the page as read, and the reading of each clause with the decisions on its
    anchors; those that another anchor speaks for have none."""

    page: Page
    prover: Prover
    decisions: tuple[tuple[Reading, tuple[Decision, ...]], ...]
    verdict: Verdict


def check(
    text: str,
    snapshot: Snapshot,
    spans: Sequence[Span] = (),
    *,
    reader: Reader | None = None,
    second: SecondReader | None = None,
) -> Verdict:
    """Prove every checkable statement of a Markdown article, or say what is wrong.

    spans: which stretches of the text were printed from which fact, where that is known. They break ties among
    plausible readings and never add one. reader: what reads the text, the project's own by default. second: what is
    asked about the clauses that were not read; what it proposes is proved like anything else.
    """
    return examine(text, snapshot, spans, reader=reader, second=second).verdict


def examine(
    text: str,
    snapshot: Snapshot,
    spans: Sequence[Span] = (),
    *,
    reader: Reader | None = None,
    second: SecondReader | None = None,
) -> Judged:
    """What `check` does, with the page and the decisions it was reached by."""
    with _uncollected():
        page = (reader or reader_for(snapshot)).read(text, citing(snapshot), snapshot.as_of)
        prover = Prover(snapshot, catalogue())
        judge = _Judge(page, snapshot, prover, spans)
        verdict = judge.verdict(second)
    return Judged(page, prover, tuple(zip(judge.meant, map(tuple, judge.decisions), strict=True)), verdict)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without garbage collection: what a page is made of lives until its verdict, and looking through it for cycles
    again and again takes a third of the time of a long text."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def citing(snapshot: Snapshot) -> Cite | None:
    """What finds the sentences that attribute to a snapshot's notes; None where it has none."""
    return archive(snapshot.notes, snapshot.as_of).citations if snapshot.notes else None


def reader_for(snapshot: Snapshot) -> Reader:
    """The project's reader for a snapshot's instruments; of its values it is given none."""
    verbatim = tuple(source.description for source in snapshot.sources)
    return _reader(snapshot.instruments, snapshot.proxies, verbatim)


@lru_cache(maxsize=8)
def _reader(
    instruments: tuple[Instrument, ...], proxies: tuple[Instrument, ...] = (), verbatim: tuple[str, ...] = ()
) -> TextReader:
    """The reader for some instruments; its lexicon takes a moment to build and serves any number of articles."""
    return TextReader(catalogue(), instruments, verbatim, proxies)


class _Judge:
    """Turns one page's readings into claims and findings."""

    def __init__(self, page: Page, snapshot: Snapshot, prover: Prover, spans: Sequence[Span]) -> None:
        self.page, self.snapshot, self.prover = page, snapshot, prover
        self.spans = sorted(spans, key=lambda span: span.start)
        self.line_starts = [0, *(i + 1 for i, char in enumerate(page.source) if char == "\n")]
        self.findings: list[Finding] = []
        self.claims: list[Claim] = []
        self.decisions: list[list[Decision]] = []  # by the places of readings on the page, as `meant` and `became` are
        self.diagnoses = DIAGNOSES
        self.proved: dict[tuple[int, int], Candidate] = {}
        self.meant: list[Reading] = []
        self.became: list[str] = []

    def verdict(self, second: SecondReader | None = None) -> Verdict:
        """The whole judgement."""
        for place in range(len(self.page.readings)):
            self._judge(place)
        verbatim = self._cite()
        view = PageView(self.page, self.snapshot, self.prover)
        warnings: list[Finding] = []
        for rule in RULES:
            kept = warnings if rule.severity == "warning" else self.findings
            for problem in rule.scan(view) if rule.scan else ():
                start, end = problem.place or (0, 0)
                if not any(first <= start and end <= last for first, last in verbatim):
                    kept.append(self._finding(rule, problem, (0, 0)))
        done = reconsider(self.page, self.meant, self.findings, self.proved, self.prover, second) if second else None
        if done is not None:
            self._reconsidered(done)
        findings = one_per_mistake(self.findings)
        return Verdict(
            verdict="rejected" if findings else "accepted", findings=tuple(findings), warnings=tuple(warnings),
            claims=tuple(sorted(self.claims, key=lambda claim: (claim.start, claim.end))),
            clauses=Clauses(**Counter(self.became)), second=done.record if done else None,
        )  # fmt: skip

    def _judge(self, place: int) -> None:
        """Add the claims and findings of a clause, and what became of it."""
        reading, before = self._meant(self.page.readings[place]), len(self.findings)
        self.meant.append(reading)
        self.decisions.append([])
        live = [(n, item) for n, item in enumerate(reading.anchors) if not (item.chosen and item.chosen.absorbed)]
        for number, anchor in live:
            if (candidate := self._judge_anchor(place, anchor)) is not None:
                self.proved[place, number] = candidate
        self.became.append("denied" if len(self.findings) > before else "read" if live else "free")

    def _reconsidered(self, done: Reconsidered) -> None:
        """Enter what a second reader changes."""
        for place, judged in done.lifted.items():
            reading = self.meant[place]
            first, last = reading.clause.span(reading.clause.first, reading.clause.last)
            self.findings = [one for one in self.findings if one.end <= first or last <= one.start]
            self.claims = [one for one in self.claims if one.verdict == "supported" or not first <= one.start < last]
            self.decisions[place] = [one for one in self.decisions[place] if one.verdict == "supported"]
            for one in judged:
                self._decide(place, _proposed(one, "supported"), one.outcome)
            self.became[place] = "read"
        for place, judged in done.found.items():
            reading = self.meant[place]
            for one in judged:
                (statement,) = one.claim.statements
                cured = {} if one.claim.denied else cures(statement, self.prover)
                decision = _proposed(one, "refuted")
                failure = Failure(reading, decision.anchor, statement, one.outcome, self.prover, False, cured)
                self._fail(place, failure, decision)
            self.became[place] = "denied"

    def _meant(self, reading: Reading) -> Reading:
        """A clause without a subject as read of the article's instrument where so fewer of its anchors fail: by the
        printed convention a fragment may speak of it, and the text leaves open which is meant. A clause passes only
        where all of it holds of one of the two."""
        if reading.other is None or not (failing := self._failing(reading)):
            return reading
        return reading.other if self._failing(reading.other) < failing else reading

    def _failing(self, reading: Reading) -> int:
        """How many anchors of a reading are not supported."""
        live = [anchor for anchor in reading.anchors if not (anchor.chosen and anchor.chosen.absorbed)]
        return sum(anchor.chosen is None or not self._prove(anchor.chosen)[0].holds for anchor in live)

    def _cite(self) -> list[tuple[int, int]]:
        """Add the claims of citations. Gives the places of quotations that are verbatim: their words are the note's."""
        verbatim = []
        for citation in self.page.citations:
            for first, last, form, verdict in citation.claims:
                start, end = citation.span(first, last)
                text, facts = self.page.source[start:end], (citation.note.id,)
                self.claims.append(Claim(start=start, end=end, text=text, form=form, verdict=verdict, facts=facts))
                verbatim += [(start, end)] if form == "quotation" and verdict == "supported" else []
        return verbatim

    def _slot(self, start: int, end: int) -> Span | None:
        """The slot span inside an anchor's words."""
        return next((span for span in self.spans if start <= span.start and span.end <= end), None)

    def _prove(self, candidate: Candidate) -> tuple[Outcome, Statement | None]:
        """The outcome of a candidate: all its statements must hold; the first that does not is returned with it."""
        facts: tuple[str, ...] = ()
        truth = ""
        for statement in candidate.statements:
            outcome = self.prover.prove(statement)
            facts += outcome.facts
            truth = truth or outcome.truth
            if outcome.holds is not True:
                return Outcome(outcome.holds, outcome.facts, outcome.truth), statement
        return Outcome(True, tuple(dict.fromkeys(facts)), truth), None

    def _judge_anchor(self, place: int, anchor: Anchor) -> Candidate | None:
        """Add an anchor's claim, and its finding where it is not supported. Gives the candidate that proved it."""
        reading = self.meant[place]
        if anchor.chosen is None:
            unread = Decision(anchor, "not_enough_info", "no reading", None)
            self._fail(place, Failure(reading, anchor, None, Outcome(None), self.prover), unread)
            return None
        chosen, alternatives = self._by_slot(reading, anchor, anchor.chosen)
        outcome, failed = self._prove(chosen)
        if failed is None:
            why: Why = "nearest" if chosen is anchor.chosen else "slot"
            self._decide(place, Decision(anchor, "supported", why, chosen), outcome)
            return chosen
        rescue = next((item for item in alternatives if self._prove(item)[0].holds), None)
        if rescue is not None and rescue.cost <= chosen.cost + TIE:
            self._decide(place, Decision(anchor, "supported", "tie", rescue), self._prove(rescue)[0])
            return rescue
        cured = {}
        if outcome.holds is False and self.diagnoses:
            self.diagnoses -= 1
            cured = cures(failed, self.prover)
        failure = Failure(reading, anchor, failed, outcome, self.prover, rescue is not None, cured)
        refuted = outcome.holds is False and rescue is None
        why = "ambiguous" if rescue is not None else "false" if refuted else "no fact"
        self._fail(place, failure, Decision(anchor, "refuted" if refuted else "not_enough_info", why, chosen))
        return None

    def _by_slot(self, reading: Reading, anchor: Anchor, chosen: Candidate) -> tuple[Candidate, list[Candidate]]:
        """The chosen candidate and its alternatives, with the first that names the slot's fact in front."""
        slot = self._slot(*reading.clause.place(anchor.mention))
        plausible = [chosen, *anchor.alternatives]
        if slot is not None:
            named = next((item for item in plausible if self._names(item, slot.fact)), chosen)
            plausible.remove(named)
            plausible.insert(0, named)
        return plausible[0], plausible[1:]

    def _names(self, candidate: Candidate, fact: str) -> bool:
        return any(fact in self.prover.prove(statement).facts for statement in candidate.statements)

    def _decide(self, place: int, decision: Decision, outcome: Outcome) -> None:
        """Keep a decision on a clause and add its claim."""
        self.decisions[place].append(decision)
        mention = decision.anchor.mention
        start, end = self.meant[place].clause.place(mention)
        self.claims.append(
            Claim(start=start, end=end, text=self.page.source[start:end], form=mention.kind, verdict=decision.verdict,
                  facts=outcome.facts, reader=decision.reader)
        )  # fmt: skip

    def _fail(self, at: int, failure: Failure, decision: Decision) -> None:
        """Keep the decision on a claim that is not supported, with the finding of the first rule that knows why."""
        self._decide(at, decision, failure.outcome)
        place = failure.reading.clause.place(failure.mention)
        for rule in RULES:
            if rule.judge is not None and (problem := rule.judge(failure)) is not None:
                if decision.reader == "second":
                    problem = replace(problem, message=f"{problem.message}, as a second reader takes it")
                finding = self._finding(rule, problem, place, failure.outcome.facts)
                self.findings.append(finding.model_copy(update={"reader": decision.reader}))
                return

    def _finding(self, rule: Rule, problem: Problem, where: tuple[int, int], facts: tuple[str, ...] = ()) -> Finding:
        start, end = problem.place or where
        line = bisect_right(self.line_starts, start)
        return Finding(
            severity=rule.severity, rule=rule.name, code=rule.code, message=problem.message, help=problem.help,
            start=start, end=end, line=line, column=start - self.line_starts[line - 1] + 1,
            text=self.page.source[start:end], facts=problem.facts or facts,
        )  # fmt: skip


def _proposed(one: Weighed, verdict: ClaimVerdict) -> Decision:
    """The decision on a claim that a second reader proposed."""
    by = Candidate(0.0, one.claim.statements, note="as a second reader takes it")
    return Decision(Anchor(-1, one.claim.at, [by], by), verdict, "proposed", by, "second", one.claim.denied)


def one_per_mistake(findings: list[Finding]) -> list[Finding]:
    """Findings in reading order, one of those that overlap: the gravest, and of these the first and longest."""
    rank = {"forbidden": 0, "refuted": 1, "unproved": 2, "warning": 3}
    kept: list[Finding] = []  # in reading order, so that only the neighbours can overlap
    for finding in sorted(findings, key=lambda item: (rank[item.severity], item.start, -item.end, item.code)):
        place = bisect_left(kept, (finding.start, finding.end), key=lambda item: (item.start, item.end))
        beside = kept[max(place - 1, 0) : place + 1]
        if not any(finding.start < other.end and other.start < finding.end for other in beside):
            kept.insert(place, finding)
    return kept
