"""How an article was read and judged, clause by clause: what stood in focus, what was found, the readings and why."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import JsonValue

from pipeline.checking.checker import Decision, Judged, Why
from pipeline.checking.claims import Ref, Statement
from pipeline.checking.clauses import Clause
from pipeline.checking.evidence import describe
from pipeline.checking.notes import Citation
from pipeline.checking.proof import Prover
from pipeline.checking.reading.settle import Anchor, Candidate, Reading
from pipeline.checking.verdict import ClaimVerdict, Finding, ReaderName, Result, Verdict
from pipeline.facts.snapshot import Fact

SHOWN = 5
"""How many readings of a claim are told besides the plausible ones."""

REASONS: dict[Why, str] = {
    "nearest": "the nearest reading holds",
    "slot": "the reading of the slot's fact holds",
    "tie": "a reading as near as the nearest holds",
    "proposed": "the reading that a second reader proposed",
    "false": "the nearest reading does not hold, and no plausible one does",
    "ambiguous": "the nearest reading does not hold, another plausible one does",
    "no fact": "the snapshot has no fact for the nearest reading",
    "no reading": "nothing it can be tied to",
}


class Proving(Result):
    """A fact a statement was held against. value: as the snapshot's JSON has it. shown: as it may be written."""

    id: str
    value: str | bool
    shown: str


class Stated(Result):
    """One statement of a reading. form: its kind. about: what it speaks of, in words. holds: None where a fact is
    missing. truth: what the facts say, as it may be written."""

    form: str
    about: str = ""
    attributes: dict[str, JsonValue]
    holds: bool | None
    facts: tuple[Proving, ...] = ()
    truth: str = ""


class ReadAs(Result):
    """One reading of a claim. cost: its distance in grammar; the ranking knows no values. note: why it was thought of.
    used: the verdict rests on it. plausible: it is within the margin of the cheapest. spoken_for: it states nothing,
    another claim speaks for the words. denied: the words say that the statements are not so."""

    cost: float
    note: str = ""
    used: bool = False
    plausible: bool = False
    spoken_for: bool = False
    denied: bool = False
    statements: tuple[Stated, ...] = ()


class Judgement(Result):
    """Words that claim something. verdict: None where another claim speaks for them. reader: who took them to claim it.
    readings: cheapest first; more: how many others there are."""

    start: int
    end: int
    text: str
    kind: str
    verdict: ClaimVerdict | None = None
    why: str = ""
    reader: ReaderName = "first"
    readings: tuple[ReadAs, ...] = ()
    more: int = 0


class Named(Result):
    """A mention. values: what it may name. inherited: it stands in a table's heading."""

    kind: str
    start: int
    end: int
    text: str
    values: tuple[str, ...] = ()
    inherited: bool = False


class ClauseRead(Result):
    """A clause. sentence: a number that clauses of one sentence, or of one row of a table, share. focus: the discourse
    state before it, in words; state: the same in full. by_convention: it names nobody, and is read as speaking of the
    article's instrument rather than of the one spoken of last. findings: codes of the rules that found something in it.
    """

    start: int
    end: int
    line: int
    sentence: int
    text: str
    focus: str
    state: dict[str, JsonValue]
    status: Literal["read", "free", "denied"]
    by_convention: bool = False
    mentions: tuple[Named, ...] = ()
    claims: tuple[Judgement, ...] = ()
    findings: tuple[str, ...] = ()


class Attributed(Result):
    """Words attributed to a note, with what in them is not the note's."""

    start: int
    end: int
    text: str
    note: str
    faults: tuple[str, ...] = ()


class Explanation(Result):
    """An article as it was read. Offsets are code points of the file, 0-based, half-open."""

    clauses: tuple[ClauseRead, ...] = ()
    attributed: tuple[Attributed, ...] = ()


class Report(Verdict):
    """What `check --format json` prints: the verdict, and with --explain how it came about."""

    explanation: Explanation | None = None


def explain(judged: Judged) -> Explanation:
    """The explanation of a judgement."""
    teller = _Teller(judged)
    return Explanation(
        clauses=tuple(teller.clauses()), attributed=tuple(_attributed(one, judged) for one in judged.page.citations)
    )


class _Teller:
    """Tells the clauses of one judgement."""

    def __init__(self, judged: Judged) -> None:
        self.judged, self.prover = judged, judged.prover
        self.found = sorted((*judged.verdict.findings, *judged.verdict.warnings), key=lambda item: item.start)
        self.longest = max((one.end - one.start for one in self.found), default=0)

    def clauses(self) -> Iterator[ClauseRead]:
        page, line, counted = self.judged.page, 1, 0
        numbers: dict[tuple[int, ...], int] = {}
        for first, (reading, decisions) in zip(page.readings, self.judged.decisions, strict=True):
            clause = reading.clause
            if not clause.text.strip():
                continue
            start, end = clause.span(clause.first, clause.last)
            if start < counted:
                line, counted = 1, 0
            line += page.source.count("\n", counted, start)
            counted = start
            claims = tuple(self._claims(reading, decisions))
            unproved = any(one.verdict != "supported" for one in decisions)
            findings = dict.fromkeys(one.code for one in self._inside(start, end))
            yield ClauseRead(
                start=start, end=end, line=line, sentence=numbers.setdefault(_sentence(clause), len(numbers) + 1),
                text=clause.text, focus=first.state.describe(), state=_attributes(first.state, self.prover),
                status="denied" if unproved else "read" if decisions else "free", by_convention=reading is not first,
                mentions=tuple(_named(clause)), claims=claims, findings=tuple(findings),
            )  # fmt: skip

    def _inside(self, start: int, end: int) -> Iterator[Finding]:
        """Findings whose words are in a place, or about it."""
        at = bisect_left(self.found, start - self.longest, key=lambda one: one.start)
        while at < len(self.found) and (one := self.found[at]).start < end:
            if start < one.end:
                yield one
            at += 1

    def _claims(self, reading: Reading, decisions: Sequence[Decision]) -> list[Judgement]:
        """The claims of a clause in its order. What a second reader proposed stands for the anchor at its words."""
        proposed = [one for one in decisions if one.reader == "second"]
        others = [one for one in reading.anchors if all(one.mention is not other.anchor.mention for other in proposed)]
        made = {id(one.anchor): one for one in decisions}
        claims = [self._claim(reading, one, made.get(id(one))) for one in others]
        claims += [self._claim(reading, one.anchor, one) for one in proposed]
        return sorted(claims, key=lambda one: one.start)

    def _claim(self, reading: Reading, anchor: Anchor, decision: Decision | None) -> Judgement:
        start, end = reading.clause.place(anchor.mention)
        used = decision.by if decision else anchor.chosen
        told = [one for rank, one in enumerate(anchor.candidates) if rank < SHOWN or self._matters(one, anchor, used)]
        return Judgement(
            start=start, end=end, text=self.judged.page.source[start:end], kind=anchor.mention.kind,
            verdict=decision.verdict if decision else None,
            why=REASONS[decision.why] if decision else _spoken_for(anchor),
            reader=decision.reader if decision else "first",
            readings=tuple(self._reading(one, anchor, used, decision) for one in told),
            more=len(anchor.candidates) - len(told),
        )  # fmt: skip

    def _matters(self, one: Candidate, anchor: Anchor, used: Candidate | None) -> bool:
        return one is used or one is anchor.chosen or any(one is other for other in anchor.alternatives)

    def _reading(self, one: Candidate, anchor: Anchor, used: Candidate | None, decision: Decision | None) -> ReadAs:
        return ReadAs(
            cost=round(one.cost, 2), note=one.note, used=one is used, plausible=self._matters(one, anchor, used),
            spoken_for=one.absorbed, denied=decision is not None and decision.denied,
            statements=tuple(map(self._stated, one.statements)),
        )  # fmt: skip

    def _stated(self, statement: Statement) -> Stated:
        outcome = self.prover.prove(statement)
        facts = (self.prover.snapshot.get(name) for name in outcome.facts)
        return Stated(
            form=type(statement).__name__.lower(), about=_about(statement, self.prover),
            attributes=_attributes(statement, self.prover), holds=outcome.holds, truth=outcome.truth,
            facts=tuple(self._proving(one) for one in facts if one is not None),
        )  # fmt: skip

    def _proving(self, fact: Fact) -> Proving:
        value = fact.value if isinstance(fact.value, bool) else str(_plain(fact.value, self.prover))
        return Proving(id=fact.id, value=value, shown=fact.shown)


def _sentence(clause: Clause) -> tuple[int, ...]:
    """What tells a sentence from another: its block and number, or its row."""
    block = clause.block
    return (block.table, block.row) if block.kind == "cell" else (id(block), clause.sentence, 0)


def _spoken_for(anchor: Anchor) -> str:
    """Why words make no claim of their own."""
    return "claims nothing" if anchor.chosen and anchor.chosen.free else "another claim speaks for it"


def _named(clause: Clause) -> Iterator[Named]:
    """The mentions of a clause, those of its headings first; these have no place of their own in it."""
    start, _ = clause.span(clause.first, clause.last)
    for mention in clause.header:
        yield Named(kind=mention.kind, start=start, end=start, text="", values=mention.values, inherited=True)
    for mention in clause.mentions:
        first, last = clause.place(mention)
        yield Named(kind=mention.kind, start=first, end=last, text=clause.printed(mention), values=mention.values)


def _attributed(citation: Citation, judged: Judged) -> Attributed:
    start, end = citation.span(citation.first, citation.last)
    faults = tuple(f"{fault.kind}: {citation.printed(fault)}" for fault in citation.faults)
    return Attributed(
        start=start, end=end, text=judged.page.source[start:end], note=citation.note.id, faults=faults
    )  # fmt: skip


def _about(statement: Statement, prover: Prover) -> str:
    """What a statement speaks of, in words: "the Nasdaq's close and the Nasdaq's 50-day average"."""
    refs = (getattr(statement, field.name) for field in fields(statement))
    return " and ".join(describe(prover, ref) for ref in refs if isinstance(ref, Ref))


def _attributes(item: object, prover: Prover) -> dict[str, JsonValue]:
    """The fields of a statement, or of what is in it, as JSON has them, without those that say nothing. A reference
    gives its timeframe always, and the measure's window and period too."""
    told: dict[str, JsonValue] = {}
    for field in fields(item) if is_dataclass(item) else ():
        value = getattr(item, field.name)
        if value == field.default and not isinstance(item, Ref):
            continue
        if isinstance(value, Ref) and field.name == "ref":
            told |= _attributes(value, prover)
        else:
            told[field.name] = _plain(value, prover)
    if isinstance(item, Ref) and (measure := prover.measures.get(item.measure)) is not None:
        told |= {"window": measure.window} if measure.window else {}
        told |= {"period": measure.period} if measure.period else {}
    return told


def _plain(value: object, prover: Prover) -> JsonValue:
    """A value of a field as JSON has it."""
    if is_dataclass(value):
        return dict(_attributes(value, prover))
    if isinstance(value, tuple | list | frozenset):
        return [_plain(one, prover) for one in (sorted(value) if isinstance(value, frozenset) else value)]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool) else str(value)
