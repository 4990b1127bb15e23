"""The checker: an article and a snapshot in, a verdict out. No key, no network, no clock, no model."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.checking.claims import Outcome, Statement
from pipeline.checking.diagnosis import Failure, cures
from pipeline.checking.evidence import PageView
from pipeline.checking.notes import Citation, archive
from pipeline.checking.proof import Prover
from pipeline.checking.reading.reader import Page, Reader
from pipeline.checking.reading.settle import Anchor, Candidate, Reading
from pipeline.checking.rules import RULES
from pipeline.checking.rules.rule import Problem, Rule
from pipeline.checking.text import Block
from pipeline.checking.tokens import Token
from pipeline.checking.verdict import Claim, ClaimVerdict, Clauses, Finding, Verdict
from pipeline.facts.catalogue import catalogue
from pipeline.facts.slots import Span
from pipeline.facts.snapshot import Snapshot
from pipeline.market.instruments import Instrument

TIE = 0.051
"""Readings whose costs differ by no more than this are equally near: a reader may take either; one true is enough."""


Why = Literal["nearest", "slot", "tie", "false", "ambiguous", "no fact", "no reading"]
"""Why a claim was judged as it was: the nearest reading holds, the one that names the slot's fact does, or one as near
as the nearest; the nearest reading is false, it is while another plausible one is true, the snapshot lacks its fact, or
there is none."""


@dataclass(frozen=True, slots=True)
class Decision:
    """How an anchor was judged, and by which candidate: the one that was proved, or the one taken for what was meant
    (None where there is none)."""

    anchor: Anchor
    verdict: ClaimVerdict
    why: Why
    by: Candidate | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with all it was reached by: the page as read, and the reading of each clause with the decisions on its
    anchors; those that another anchor speaks for have none."""

    page: Page
    prover: Prover
    decisions: tuple[tuple[Reading, tuple[Decision, ...]], ...]
    verdict: Verdict


def check(text: str, snapshot: Snapshot, spans: Sequence[Span] = ()) -> Verdict:
    """Prove every checkable statement of a Markdown article, or say what is wrong.

    spans: which stretches of the text were printed from which fact, where that is known. They break ties among
    plausible readings and never add one.
    """
    return examine(text, snapshot, spans).verdict


def examine(text: str, snapshot: Snapshot, spans: Sequence[Span] = ()) -> Judged:
    """What `check` does, with the page and the decisions it was reached by."""
    page = reader_for(snapshot).read(text, citing(snapshot), snapshot.as_of)
    prover = Prover(snapshot, catalogue())
    judge = _Judge(page, snapshot, prover, spans)
    verdict = judge.verdict()
    return Judged(page, prover, tuple((reading, tuple(made)) for reading, made in judge.decisions), verdict)


def citing(snapshot: Snapshot) -> Callable[[Block, list[Token]], list[Citation]] | None:
    """What finds the sentences that attribute to a snapshot's notes; None where it has none."""
    return archive(snapshot.notes, snapshot.as_of).citations if snapshot.notes else None


def reader_for(snapshot: Snapshot) -> Reader:
    """The reader for a snapshot's instruments; of its values it is given none."""
    verbatim = tuple(source.description for source in snapshot.sources)
    return _reader(snapshot.instruments, snapshot.proxies, verbatim)


@lru_cache(maxsize=8)
def _reader(
    instruments: tuple[Instrument, ...], proxies: tuple[Instrument, ...] = (), verbatim: tuple[str, ...] = ()
) -> Reader:
    """The reader for some instruments; its lexicon takes a moment to build and serves any number of articles."""
    return Reader(catalogue(), instruments, verbatim, proxies)


class _Judge:
    """Turns one page's readings into claims and findings."""

    def __init__(self, page: Page, snapshot: Snapshot, prover: Prover, spans: Sequence[Span]) -> None:
        self.page, self.snapshot, self.prover = page, snapshot, prover
        self.spans = sorted(spans, key=lambda span: span.start)
        self.line_starts = [0, *(i + 1 for i, char in enumerate(page.source) if char == "\n")]
        self.findings: list[Finding] = []
        self.claims: list[Claim] = []
        self.decisions: list[tuple[Reading, list[Decision]]] = []

    def verdict(self) -> Verdict:
        """The whole judgement."""
        read = free = denied = 0
        for first in self.page.readings:
            before = len(self.findings)
            reading = self._meant(first)
            self.decisions.append((reading, []))
            live = [anchor for anchor in reading.anchors if not (anchor.chosen and anchor.chosen.absorbed)]
            for anchor in live:
                self._judge_anchor(reading, anchor)
            if len(self.findings) > before:
                denied += 1
            elif live:
                read += 1
            else:
                free += 1
        verbatim = self._cite()
        view = PageView(self.page, self.snapshot, self.prover)
        warnings: list[Finding] = []
        for rule in RULES:
            kept = warnings if rule.severity == "warning" else self.findings
            for problem in rule.scan(view) if rule.scan else ():
                start, end = problem.place or (0, 0)
                if not any(first <= start and end <= last for first, last in verbatim):
                    kept.append(self._finding(rule, problem, (0, 0)))
        findings = one_per_mistake(self.findings)
        return Verdict(
            verdict="rejected" if findings else "accepted", findings=tuple(findings), warnings=tuple(warnings),
            claims=tuple(sorted(self.claims, key=lambda claim: (claim.start, claim.end))),
            clauses=Clauses(read=read, free=free, denied=denied),
        )  # fmt: skip

    def _meant(self, reading: Reading) -> Reading:
        """A clause without a subject as read of the article's instrument where so fewer of its anchors fail: by the
        printed convention a fragment may speak of it, and the text leaves open which is meant."""
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

    def _judge_anchor(self, reading: Reading, anchor: Anchor) -> None:
        """Add an anchor's claim, and its finding where it is not supported."""
        if anchor.chosen is None:
            self._fail(Failure(reading, anchor, None, Outcome(None), self.prover))
            return
        chosen, alternatives = self._by_slot(reading, anchor, anchor.chosen)
        outcome, failed = self._prove(chosen)
        if failed is None:
            why: Why = "nearest" if chosen is anchor.chosen else "slot"
            self._decide(reading, Decision(anchor, "supported", why, chosen), outcome)
            return
        rescue = next((item for item in alternatives if self._prove(item)[0].holds), None)
        if rescue is not None and rescue.cost <= chosen.cost + TIE:
            self._decide(reading, Decision(anchor, "supported", "tie", rescue), self._prove(rescue)[0])
            return
        cured = cures(failed, self.prover) if outcome.holds is False else {}
        self._fail(Failure(reading, anchor, failed, outcome, self.prover, rescue is not None, cured), chosen)

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

    def _decide(self, reading: Reading, decision: Decision, outcome: Outcome) -> None:
        """Keep a decision and add its claim."""
        self.decisions[-1][1].append(decision)
        mention = decision.anchor.mention
        start, end = reading.clause.place(mention)
        self.claims.append(
            Claim(start=start, end=end, text=self.page.source[start:end], form=mention.kind, verdict=decision.verdict,
                  facts=outcome.facts)
        )  # fmt: skip

    def _fail(self, failure: Failure, chosen: Candidate | None = None) -> None:
        """Add a claim that is not supported, and the finding of the first rule that knows why."""
        why: Why = "false" if failure.outcome.holds is False else "no fact"
        if chosen is None or failure.ambiguous:
            why = "ambiguous" if failure.ambiguous else "no reading"
        verdict: ClaimVerdict = "refuted" if why == "false" else "not_enough_info"
        self._decide(failure.reading, Decision(failure.anchor, verdict, why, chosen), failure.outcome)
        place = failure.reading.clause.place(failure.mention)
        for rule in RULES:
            if rule.judge is not None and (problem := rule.judge(failure)) is not None:
                self.findings.append(self._finding(rule, problem, place, failure.outcome.facts))
                return

    def _finding(self, rule: Rule, problem: Problem, where: tuple[int, int], facts: tuple[str, ...] = ()) -> Finding:
        start, end = problem.place or where
        line = bisect_right(self.line_starts, start)
        return Finding(
            severity=rule.severity, rule=rule.name, code=rule.code, message=problem.message, help=problem.help,
            start=start, end=end, line=line, column=start - self.line_starts[line - 1] + 1,
            text=self.page.source[start:end], facts=problem.facts or facts,
        )  # fmt: skip


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
