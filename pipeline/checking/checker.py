"""The checker: an article and a snapshot in, a verdict out. No key, no network, no clock, no model."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache

from pipeline.checking.claims import Outcome, Statement
from pipeline.checking.diagnosis import Failure, cures
from pipeline.checking.evidence import PageView
from pipeline.checking.proof import Prover
from pipeline.checking.reading.reader import Page, Reader
from pipeline.checking.reading.settle import Anchor, Candidate, Reading
from pipeline.checking.rules import RULES
from pipeline.checking.rules.rule import Problem, Rule
from pipeline.checking.verdict import Claim, Clauses, Finding, Verdict
from pipeline.facts.catalogue import Measure, catalogue
from pipeline.facts.slots import Span
from pipeline.facts.snapshot import Snapshot
from pipeline.market.instruments import Instrument


def check(text: str, snapshot: Snapshot, spans: Sequence[Span] = ()) -> Verdict:
    """Prove every checkable statement of a Markdown article, or say what is wrong.

    spans: which stretches of the text were printed from which fact, where that is known. They break ties among plausible
    readings and never add one.
    """
    measures = catalogue()
    page = reader_for(snapshot).read(text)
    prover = Prover(snapshot, measures)
    return _Judge(page, snapshot, prover, measures, spans).verdict()


def reader_for(snapshot: Snapshot) -> Reader:
    """The reader for a snapshot's instruments; of its values it is given none."""
    return _reader(snapshot.instruments, tuple(source.description for source in snapshot.sources))


@lru_cache(maxsize=8)
def _reader(instruments: tuple[Instrument, ...], verbatim: tuple[str, ...] = ()) -> Reader:
    """The reader for some instruments; its lexicon takes a moment to build and serves any number of articles."""
    return Reader(catalogue(), instruments, verbatim)


class _Judge:
    """Turns one page's readings into claims and findings."""

    def __init__(
        self, page: Page, snapshot: Snapshot, prover: Prover, measures: Mapping[str, Measure], spans: Sequence[Span]
    ) -> None:
        self.page, self.snapshot, self.prover, self.measures = page, snapshot, prover, measures
        self.spans = {(span.start, span.end): span for span in spans}
        self.by_start = sorted(spans, key=lambda span: span.start)
        self.line_starts = [0] + [i + 1 for i, char in enumerate(page.source) if char == "\n"]
        self.findings: list[Finding] = []
        self.claims: list[Claim] = []

    def verdict(self) -> Verdict:
        """The whole judgement."""
        read = free = denied = 0
        for reading in self.page.readings:
            before = len(self.findings)
            live = [anchor for anchor in reading.anchors if not (anchor.chosen and anchor.chosen.absorbed)]
            for anchor in live:
                self._judge_anchor(reading, anchor)
            if len(self.findings) > before:
                denied += 1
            elif live:
                read += 1
            else:
                free += 1
        view = PageView(self.page, self.snapshot, self.prover)
        warnings: list[Finding] = []
        for rule in RULES:
            for problem in rule.scan(view) if rule.scan else ():
                (warnings if rule.severity == "warning" else self.findings).append(self._finding(rule, problem, (0, 0)))
        findings = _one_per_mistake(self.findings)
        return Verdict(
            verdict="rejected" if findings else "accepted", findings=tuple(findings), warnings=tuple(warnings),
            claims=tuple(sorted(self.claims, key=lambda claim: (claim.start, claim.end))),
            clauses=Clauses(read=read, free=free, denied=denied),
        )  # fmt: skip

    def _span(self, reading: Reading, anchor: Anchor) -> tuple[int, int]:
        return reading.clause.span(anchor.mention.first, anchor.mention.last)

    def _slot(self, start: int, end: int) -> Span | None:
        """The slot span inside an anchor's words."""
        return next((span for span in self.by_start if start <= span.start and span.end <= end), None)

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
        start, end = self._span(reading, anchor)
        text = self.page.source[start:end]
        form = anchor.mention.kind
        if anchor.chosen is None:
            failure = Failure(reading, anchor, None, Outcome(None), self.prover)
            self._fail(failure, start, end, text, form)
            return
        chosen, alternatives = anchor.chosen, list(anchor.alternatives)
        slot = self._slot(start, end)
        if slot is not None:
            fitting = [item for item in (chosen, *alternatives) if self._names(item, slot.fact)]
            if fitting and fitting[0] is not chosen:
                alternatives = [chosen, *(item for item in alternatives if item is not fitting[0])]
                chosen = fitting[0]
        outcome, failed = self._prove(chosen)
        if outcome.holds:
            self.claims.append(
                Claim(start=start, end=end, text=text, form=form, verdict="supported", facts=outcome.facts)
            )
            return
        ties = [item for item in alternatives if item.cost <= chosen.cost + 0.051]
        rescue = next((item for item in alternatives if self._prove(item)[0].holds), None)
        if rescue is not None and rescue in ties:
            proved = self._prove(rescue)[0]
            self.claims.append(
                Claim(start=start, end=end, text=text, form=form, verdict="supported", facts=proved.facts)
            )
            return
        statement = failed or chosen.statements[0]
        failure = Failure(
            reading, anchor, statement, outcome, self.prover, ambiguous=rescue is not None,
            cures=cures(statement, self.prover) if outcome.holds is False else {},
        )  # fmt: skip
        self._fail(failure, start, end, text, form)

    def _names(self, candidate: Candidate, fact: str) -> bool:
        return any(fact in self.prover.prove(statement).facts for statement in candidate.statements)

    def _fail(self, failure: Failure, start: int, end: int, text: str, form: str) -> None:
        verdict = "refuted" if failure.outcome.holds is False and not failure.ambiguous else "not_enough_info"
        self.claims.append(
            Claim(start=start, end=end, text=text, form=form, verdict=verdict, facts=failure.outcome.facts)  # type: ignore[arg-type]
        )
        for rule in RULES:
            if rule.judge is not None and (problem := rule.judge(failure)) is not None:
                self.findings.append(self._finding(rule, problem, (start, end), failure.outcome.facts))
                return

    def _finding(self, rule: Rule, problem: Problem, where: tuple[int, int], facts: tuple[str, ...] = ()) -> Finding:
        start, end = problem.place or where
        line = bisect_right(self.line_starts, start)
        return Finding(
            severity=rule.severity, rule=rule.name, code=rule.code, message=problem.message, help=problem.help, start=start, end=end,
            line=line, column=start - self.line_starts[line - 1] + 1, text=self.page.source[start:end], facts=problem.facts or facts,
        )  # fmt: skip


def _one_per_mistake(findings: list[Finding]) -> list[Finding]:
    """Findings in reading order, the first of those that overlap; a longer forbidden phrase outranks a word inside it."""
    rank = {"forbidden": 0, "refuted": 1, "unproved": 2, "warning": 3}
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda item: (rank[item.severity], item.start, -item.end, item.code)):
        if not any(finding.start < other.end and other.start < finding.end for other in kept):
            kept.append(finding)
    return sorted(kept, key=lambda item: (item.start, item.end))
