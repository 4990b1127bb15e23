"""What becomes of the clauses put to a second reader: proved by the facts like any other, or left as they were."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.checking.claims import Outcome
from pipeline.checking.proof import Prover
from pipeline.checking.reading.reader import Page
from pipeline.checking.reading.settle import Candidate, Reading
from pipeline.checking.seam import SecondReader
from pipeline.checking.second.exchange import Became, Considered, Proposed, SecondReading
from pipeline.checking.second.fitting import Fitted, fit
from pipeline.checking.second.posing import Posed, pose, question
from pipeline.checking.second.terms import Scope, Unfit
from pipeline.checking.verdict import Finding


@dataclass(frozen=True, slots=True)
class Weighed:
    """A fitted claim with what the facts say of it."""

    claim: Fitted
    outcome: Outcome


@dataclass(slots=True)
class Reconsidered:
    """What a second reader changes, by the positions of readings on the page: lifted, claims that prove a clause which
    was not read; found, claims of a clause that passed and that the facts refute. record: for the verdict."""

    record: SecondReading
    lifted: dict[int, list[Weighed]] = field(default_factory=dict)
    found: dict[int, list[Weighed]] = field(default_factory=dict)


def reconsider(
    page: Page,
    meant: Sequence[Reading],
    findings: Sequence[Finding],
    proved: Mapping[tuple[int, int], Candidate],
    prover: Prover,
    reader: SecondReader,
) -> Reconsidered | None:
    """Ask about what was not read, once; None where there is nothing to ask. The others: see `pose`.

    The first of a clause's readings that its text bears is the one that counts. It is chosen blind to values, so that
    a reading which happens to be true takes no other one's place.
    """
    posed = pose(page, meant, findings, proved)
    if not posed:
        return None
    snapshot = prover.snapshot
    answer = reader.propose(question(posed, snapshot, prover.measures))
    scope = Scope(prover.measures, [one.symbol for one in snapshot.owners], snapshot.pair or "")
    done = Reconsidered(SecondReading(call=answer.call))
    considered: list[Considered] = []
    for one in posed:
        for reading, claims, reason in _fitting(one, answer.of(one.asked.id), scope):
            judged = [Weighed(claim, prove(claim, prover)) for claim in claims]
            outcome: Became = "does not fit" if reason else _outcome(one, judged, done)
            considered.append(Considered(text=one.asked.clause, reading=reading, outcome=outcome, reason=reason))
    done.record = SecondReading(
        call=answer.call, asked=len(posed), proved=len(done.lifted), found=len(done.found),
        malformed=answer.malformed, considered=tuple(considered),
    )  # fmt: skip
    return done


def _fitting(posed: Posed, readings: Sequence[Proposed], scope: Scope) -> Iterator[tuple[Proposed, list[Fitted], str]]:
    """The readings of a clause up to the first that its text bears: the reading, its claims, and why it has none."""
    for reading in readings:
        try:
            claims = fit(posed, reading.claims, scope)
        except Unfit as refusal:
            yield reading, [], str(refusal)
        else:
            yield reading, claims, ""
            return


def _outcome(posed: Posed, judged: list[Weighed], done: Reconsidered) -> Became:
    """Enter what the claims of a clause change, and say it."""
    if posed.items:
        if not all(one.outcome.holds for one in judged):
            return "not proved"
        done.lifted[posed.index] = judged
        return "proved"
    refuted = [one for one in judged if one.outcome.holds is False]
    if refuted:
        done.found[posed.index] = refuted
    return "a finding" if refuted else "nothing"


def prove(claim: Fitted, prover: Prover) -> Outcome:
    """What the facts say of a claim: all its statements hold, or, of one that denies, its statement does not."""
    outcomes = [prover.prove(one) for one in claim.statements]
    facts = tuple(dict.fromkeys(fact for outcome in outcomes for fact in outcome.facts))
    truth = next((outcome.truth for outcome in outcomes if outcome.truth), "")
    if any(outcome.holds is None for outcome in outcomes):
        return Outcome(None, facts, truth)
    return Outcome(all(outcome.holds for outcome in outcomes) is not claim.denied, facts, truth)
