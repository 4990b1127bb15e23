"""Which clauses a second reader is asked about, and what it is told of them: text and names, no value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from pipeline.checking.claims import Statement
from pipeline.checking.clauses import Clause
from pipeline.checking.mentions import Mention
from pipeline.checking.reading.reader import Page
from pipeline.checking.reading.settle import Candidate, Reading
from pipeline.checking.second.exchange import Asked, Item, Named, Question
from pipeline.checking.tokens import words
from pipeline.checking.verdict import Finding
from pipeline.facts.catalogue import Measure
from pipeline.facts.snapshot import Snapshot
from pipeline.facts.units import Unit

LIFTED = words("unread unknown-predicate unused-attribute")
"""Rules whose findings say that a clause was not read. Any other finding keeps its clause from being asked about."""
OWNED = words("figure date direction versus relation label unknown")
"""Kinds of mentions a proposed claim may own: those whose meaning code can hold the claim to."""
NAMING = words("instrument pronoun measure timeframe period negation unknown")
"""Kinds of mentions that may stand beside them: names a claim is held to, and words nobody knows."""
CLAUSES, CHARACTERS, ITEMS = 60, 600, 12
"""How many clauses are asked about, how long each may be, and how much of it may have to be owned."""


@dataclass(frozen=True, slots=True)
class Posed:
    """A clause that is asked about: its place among the page's readings, the mention of each item, and what the first
    reader's proved claims say of those it owns."""

    asked: Asked
    index: int
    reading: Reading
    items: Mapping[int, Mention]
    proved: Mapping[int, tuple[Statement, ...]]

    @property
    def open(self) -> frozenset[int]:
        """Ids of what a reading must own."""
        return frozenset(item.id for item in self.asked.items if item.open)


def pose(
    page: Page, meant: Sequence[Reading], findings: Sequence[Finding], proved: Mapping[tuple[int, int], Candidate]
) -> list[Posed]:
    """The clauses to ask about: first those that were not read, then those that passed because they claim nothing.

    meant: the readings by which the page was judged. Where that is not the page's own, the facts chose whom the clause
    speaks of, and nothing is asked about it. findings: all of the page, overlapping ones too. proved: the candidate
    that proved an anchor, by the positions of reading and anchor.
    """
    context = _sentences(page)
    cited = [citation.span(citation.first, citation.last) for citation in page.citations]
    unread: list[Posed] = []
    free: list[Posed] = []
    for index, reading in enumerate(page.readings):
        clause = reading.clause
        if clause.block.kind == "cell" or not clause.text.strip() or len(clause.text) > CHARACTERS:
            continue
        start, end = clause.span(clause.first, clause.last)
        if meant[index] is not reading or any(first < end and start < last for first, last in cited):
            continue
        found = [item for item in findings if item.start < end and start < item.end]
        sentence, before = context[id(clause)]
        asked = Asked(id=0, clause=clause.text, sentence=sentence, before=before, focus=reading.state.describe())
        if not found and _claims_nothing(reading):
            free.append(Posed(asked, index, reading, {}, {}))
        elif found and all(item.rule in LIFTED for item in found):
            held = {place: candidate for (at, place), candidate in proved.items() if at == index}
            unread += _unread(Posed(asked, index, reading, {}, {}), found, held)
    return list(_numbered([*unread, *free]))


def _numbered(posed: Iterable[Posed]) -> Iterator[Posed]:
    """As many clauses as are asked about, each with its number."""
    for number, one in enumerate(islice(posed, CLAUSES), 1):
        asked = one.asked.model_copy(update={"id": number})
        yield Posed(asked, one.index, one.reading, one.items, one.proved)


def _claims_nothing(reading: Reading) -> bool:
    """Whether a clause has no claim, and words that nobody knows."""
    live = [anchor for anchor in reading.anchors if not (anchor.chosen and anchor.chosen.absorbed)]
    return not live and any(mention.kind == "unknown" for mention in reading.mentions)


def _unread(posed: Posed, found: Sequence[Finding], proved: Mapping[int, Candidate]) -> Iterator[Posed]:
    """The clause with its items, unless it holds something that no proposal could be held to."""
    reading = posed.reading
    clause = reading.clause
    anchors = {anchor.mention: place for place, anchor in enumerate(reading.anchors)}
    faulty = {(item.start, item.end) for item in found if item.rule != "unused-attribute"}
    items: list[Item] = []
    mentions: dict[int, Mention] = {}
    statements: dict[int, tuple[Statement, ...]] = {}
    for mention in reading.mentions:
        if mention.first < 0:
            continue
        place = anchors.get(mention)
        is_open = clause.place(mention) in faulty
        if is_open and mention.kind not in OWNED:
            return
        if not is_open and place is None and (mention.kind not in NAMING or mention.plural):
            return
        if is_open or place in proved:
            number = len(items) + 1
            items.append(Item(id=number, text=clause.printed(mention), kind=mention.kind, open=is_open))
            mentions[number] = mention
            statements[number] = () if is_open or place is None else proved[place].statements
    if len(items) <= ITEMS and sum(item.open for item in items) == len(faulty) > 0:
        asked = posed.asked.model_copy(update={"items": tuple(items)})
        yield Posed(asked, posed.index, reading, mentions, statements)


def _sentences(page: Page) -> dict[int, tuple[str, str]]:
    """For each clause, by its identity, the sentence it stands in and the one before."""
    context: dict[int, tuple[str, str]] = {}
    before, said = "", ""
    group: list[Clause] = []

    def close() -> None:
        for one in group:
            context[id(one)] = (said, before)

    for reading in page.readings:
        clause = reading.clause
        if group and not (group[0].block is clause.block and group[0].sentence == clause.sentence):
            close()
            before, group = said, []
        group.append(clause)
        first, last = group[0].tokens[group[0].first], clause.tokens[clause.last - 1]
        said = clause.block.text[first.start : last.end][: 2 * CHARACTERS]
    close()
    return context


def question(posed: Sequence[Posed], snapshot: Snapshot, measures: Mapping[str, Measure]) -> Question:
    """What is asked about some clauses. Of the snapshot it tells whose facts there are, and of those no value."""
    instruments = tuple(
        Named(id=one.symbol, meaning=", ".join(dict.fromkeys((one.name, one.later, *one.aliases, *one.nouns))))
        for one in snapshot.owners
    )
    return Question(
        instruments=instruments, pair=snapshot.pair or "", clauses=tuple(one.asked for one in posed),
        measures=tuple(Named(id=one.name, meaning=_meaning(one)) for one in measures.values()),
    )  # fmt: skip


def _meaning(measure: Measure) -> str:
    """A measure in one line: what it is, its unit, whose it is, its timeframes beside daily, its labels."""
    about = [measure.meaning.partition(";")[0], measure.unit.value]
    if measure.scope == "pair":
        about.append("of the pair")
    if len(measure.timeframes) > 1:
        about.append("daily or .weekly")
    if measure.labels and measure.unit in (Unit.LABEL, Unit.INDEX, Unit.PERCENT, Unit.RATIO):
        about.append("labels " + " | ".join(label.name for label in measure.labels[:8]))
    return "; ".join(about)
