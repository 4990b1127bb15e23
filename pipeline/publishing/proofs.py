"""How each sentence was proved, ready to be shown: its words, its claims, and the readings of each with their facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.checking.explanation import ClauseRead, Explanation, Judgement, Named, ReadAs, Stated

OTHERS = 3
"""How many other readings of a claim are shown."""
_HOLDS = {True: "holds", False: "does not hold", None: "no fact"}


@dataclass(frozen=True, slots=True)
class Read:
    """One reading in words. facts: the ids it was held against. truth: what they say."""

    about: str
    cost: str
    holds: str
    truth: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proved:
    """One claim: its words, what was decided and why, the reading that rests on and other ones, nearest first."""

    words: str
    verdict: str
    why: str
    reading: Read | None
    others: tuple[Read, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One clause of a sentence that claims something. words: empty where they are the whole sentence or the claim's."""

    words: str
    focus: str
    mentions: str
    claims: tuple[Proved, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """One sentence. told: how many claims it has, in words. findings: codes of the rules that found something in it."""

    words: str
    told: str
    findings: str
    parts: tuple[Part, ...]


def proofs(explanation: Explanation) -> tuple[Proof, ...]:
    """The sentences of an article in order; the cells of a table's row are one."""
    grouped = groupby(explanation.clauses, key=lambda clause: clause.sentence)
    return tuple(_proof(list(clauses)) for _, clauses in grouped)


def _proof(clauses: Sequence[ClauseRead]) -> Proof:
    parts = tuple(_parts(clauses))
    held = [claim.verdict for part in parts for claim in part.claims]
    proved = held.count("supported")
    count = f"{len(held)} claim{'' if len(held) == 1 else 's'}"
    told = (
        "nothing to prove" if not held else f"{count} proved" if proved == len(held) else f"{proved} of {count} proved"
    )
    codes = dict.fromkeys(code for clause in clauses for code in clause.findings)
    return Proof(" ".join(clause.text for clause in clauses), told, ", ".join(codes), parts)


def _parts(clauses: Sequence[ClauseRead]) -> Iterator[Part]:
    for clause in clauses:
        claims = tuple(_proved(claim) for claim in clause.claims if claim.verdict is not None)
        if claims:
            named = ", ".join(f"{one.text or ' or '.join(one.values)} ({_kind(one)})" for one in clause.mentions)
            apart = len(clauses) > 1 and clause.text != claims[0].words
            focus = f"{clause.focus}, but read of the article's instrument" if clause.by_convention else clause.focus
            yield Part(clause.text if apart else "", focus, named, claims)


def _kind(mention: Named) -> str:
    return f"{mention.kind} of the heading" if mention.inherited else mention.kind


def _proved(claim: Judgement) -> Proved:
    used = next((reading for reading in claim.readings if reading.used), None)
    others = [reading for reading in claim.readings if reading is not used and not reading.spoken_for]
    return Proved(
        claim.text, (claim.verdict or "").replace("_", " "), claim.why, _read(used) if used else None,
        tuple(map(_read, others[:OTHERS])),
    )  # fmt: skip


def _read(reading: ReadAs) -> Read:
    stated = reading.statements
    worst = min((one.holds for one in stated), key=_gravity, default=None)
    facts = tuple(dict.fromkeys(fact.id for one in stated for fact in one.facts))
    truths = dict.fromkeys(one.truth for one in stated if one.truth)
    holds = f"{'said not to hold, ' if reading.denied else ''}{_HOLDS[worst]}"
    return Read(_about(stated) or reading.note, f"{reading.cost:.2f}", holds, "; ".join(truths), facts)


def _gravity(holds: bool | None) -> int:
    """What a reading of several statements comes to: false where one is, unknown where one is and none is false."""
    return {False: 0, None: 1, True: 2}[holds]


def _about(stated: Sequence[Stated]) -> str:
    return "; ".join(dict.fromkeys(one.about for one in stated if one.about))
