"""What a second reader is asked and what it answers: plain data without a single value of the snapshot.

A question holds text of the article and names: of the instruments, of the catalogue's measures, of labels. An answer
holds names again, ids of stretches of text, and words quoted from it. There is no field for a number, so that an
answer can say what a printed figure is of, and nothing else.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

LENGTH = 200_000
"""Characters of an answer that are looked at."""
FORM = 'JSON of the form {"readings": [...]}'
RANKED = 3
"""How many readings of one clause are looked at, best first."""

Relation = Literal["equals", "moved", "above", "below", "same", "difference", "ratio", "date", "label", "flag"]
"""equals: the fact has the printed figure. moved: it went the way of `direction`. above, below, same: it stands so to
another fact or to the printed figure. difference, ratio: of two facts, as printed. date: something happened on the date
printed. label: it earns the label. flag: a yes-or-no fact is so."""

Direction = Literal["up", "down", "flat"]
Words = Annotated[str, Field(min_length=1, max_length=400)]
Id = Annotated[str, Field(min_length=1, max_length=120)]


class Exchanged(BaseModel):
    """Base of what passes between the checker and a second reader."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Item(Exchanged):
    """A stretch of a clause that a claim must own. open: nothing owns it yet; otherwise the first reader proved it."""

    id: int
    text: str
    kind: str
    open: bool


class Asked(Exchanged):
    """A clause put to the second reader, with the sentence it stands in and the one before.

    focus: what it may inherit from before, in names. items: none for a clause that passed because it claims nothing.
    """

    id: int
    clause: str
    sentence: str
    before: str
    focus: str
    items: tuple[Item, ...] = ()


class Named(Exchanged):
    """An instrument or a measure by its id with its names or its meaning."""

    id: str
    meaning: str


class Question(Exchanged):
    """Everything a second reader is told. pair: the id of facts of both instruments; empty without a benchmark."""

    instruments: tuple[Named, ...]
    pair: str
    measures: tuple[Named, ...]
    clauses: tuple[Asked, ...]


class Proposal(Exchanged):
    """One claim a reader takes a clause to make.

    words: what it rests on, verbatim. owns: ids of items. fact, than: fact ids, `SYMBOL.measure[.timeframe]`. figure:
    the printed figure or date, verbatim. direction: which way the words say. negated: the clause denies it.
    """

    words: Annotated[tuple[Words, ...], Field(min_length=1, max_length=12)]
    owns: Annotated[tuple[int, ...], Field(max_length=12)] = ()
    fact: Id
    relation: Relation
    than: Id | None = None
    figure: Words | None = None
    direction: Direction | None = None
    label: Id | None = None
    negated: bool = False


class Proposed(Exchanged):
    """A reading of one clause: claims that together are all it says."""

    clause: int
    claims: Annotated[tuple[Proposal, ...], Field(min_length=1, max_length=12)]


class Call(Exchanged):
    """One call of a second reader. None is unknown, never 0. error: why it gave no answer that can be used."""

    model: str
    prompts_sha256: str = ""
    input_tokens: int | None = None
    output_tokens: int | None = None
    seconds: float = 0.0
    tries: int = 0
    error: str = ""


VARIES = {"call": {"seconds", "tries"}}
"""What of a second reading differs from one time to the next; files that keep their bytes leave it out."""


class Answer(Exchanged):
    """Readings in the order of their rank, as they were proposed, and the call that gave them. malformed: how many
    there were that have another form; their clauses stay as they are."""

    call: Call
    readings: tuple[Proposed, ...] = ()
    malformed: int = 0

    def of(self, clause: int) -> tuple[Proposed, ...]:
        """The readings of a clause, best first, as many as count."""
        return tuple(reading for reading in self.readings if reading.clause == clause)[:RANKED]


Became = Literal["proved", "not proved", "a finding", "nothing", "does not fit"]
"""proved: and the clause passes. not proved: a claim is false or has no fact. a finding: a clause that passed claims
what the facts refute. nothing: it claims what they bear out. does not fit: the text does not say so."""


class Considered(Exchanged):
    """A reading that was looked at, and what came of it. text: the clause. reason: why it does not fit."""

    text: str
    reading: Proposed
    outcome: Became
    reason: str = ""


class SecondReading(Exchanged):
    """What a second reader added to a verdict. asked, proved, found: numbers of clauses."""

    call: Call
    asked: int = 0
    proved: int = 0
    found: int = 0
    malformed: int = 0
    considered: tuple[Considered, ...] = ()

    @property
    def trouble(self) -> str:
        """What to tell a person of a call that gave nothing."""
        return f"the second reader gave no reading, so the verdict is the first reader's. {self.call.error}"

    @property
    def told(self) -> str:
        """What was asked, what came of it and what it cost, in one line."""
        call = self.call
        counts = (call.input_tokens, call.output_tokens)
        tokens = " + ".join("unknown" if count is None else f"{count:,}" for count in counts)
        asked = f"{self.asked} clause{'' if self.asked == 1 else 's'} asked about, {self.proved} proved"
        found = f", {self.found} found to be false" if self.found else ""
        return f"second reader {call.model}: {asked}{found}; {tokens} tokens, {call.seconds:.1f} s"

    def propose(self, _: Question) -> Answer:
        """The same readings again, so that they can be proved anew without asking anybody."""
        return Answer(call=self.call, readings=tuple(one.reading for one in self.considered), malformed=self.malformed)


def parse(text: str, call: Call) -> Answer:
    """The answer in a text of JSON: {"readings": [{"clause": 1, "claims": [...]}]}.

    A reading of another form is counted and left out, with all of lower rank of its clause: what was meant first must
    not give way to what was meant second. A text of another form is an answer with an error.
    """
    try:
        given = _loaded(text)
    except (ValueError, RecursionError):
        return Answer(call=call.model_copy(update={"error": f"{call.model} answers with something other than {FORM}."}))
    readings: list[Proposed] = []
    spoilt: set[object] = set()
    malformed = 0
    for item in given:
        clause = item.get("clause") if isinstance(item, dict) else None
        try:
            reading = Proposed.model_validate(item, strict=False)
        except (ValidationError, RecursionError):
            malformed += 1
            spoilt |= {clause} if isinstance(clause, int) else set()
            continue
        if reading.clause not in spoilt:
            readings.append(reading)
    return Answer(call=call, readings=tuple(readings), malformed=malformed)


def _loaded(text: str) -> list[Any]:
    """The list of readings. Raises ValueError for any other text, a name given twice and a figure in place of a word
    included."""
    given = json.loads(text[:LENGTH], object_pairs_hook=_once)
    if not isinstance(given, dict) or set(given) != {"readings"} or not isinstance(given["readings"], list):
        raise ValueError(text[:20])
    return given["readings"]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose names stand once each."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found
