"""What stands behind an article, in words for its readers: facts with their meaning and rows, sources, disclosure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.checking.sourced import source_of
from pipeline.checking.verdict import Verdict
from pipeline.facts.catalogue import Measure
from pipeline.facts.snapshot import Fact, Gap, Note, Snapshot, Source
from pipeline.facts.units import ap_date
from pipeline.publishing.markup import WEB
from pipeline.publishing.record import Review, Run

TEMPLATE_AUTHOR = (
    "This text was composed by a program from prepared wordings and computed figures, without a language model."
)
NOT_ADVICE = "For information only. This is not investment advice, and nothing here is an offer or a recommendation."


@dataclass(frozen=True, slots=True)
class Shown:
    """A fact as its card and the list of facts show it."""

    id: str
    name: str
    meaning: str
    value: str
    when: str
    source: str


class Evidence:
    """The facts of a snapshot, ready to be shown; each is made once."""

    def __init__(self, snapshot: Snapshot, measures: Mapping[str, Measure]) -> None:
        self.snapshot, self.measures = snapshot, measures
        self.names = {item.symbol: item.name for item in snapshot.owners}
        self.notes = {note.id: note for note in snapshot.notes}
        self.made: dict[str, Shown] = {}

    def shown(self, ids: Iterable[str]) -> list[Shown]:
        """The facts and notes of some ids without repeats, in order; ids the snapshot does not hold are left out."""
        found = (self.snapshot.get(one) or self.notes.get(one) for one in dict.fromkeys(ids))
        return [self._noted(one) if isinstance(one, Note) else self._shown(one) for one in found if one is not None]

    def _shown(self, fact: Fact) -> Shown:
        if fact.id not in self.made:
            declared = self.measures.get(fact.measure)
            meaning = declared.meaning if declared else fact.measure
            self.made[fact.id] = Shown(
                fact.id, self._name(fact.instrument), meaning, fact.shown, _when(fact), _rows(fact)
            )
        return self.made[fact.id]

    def _noted(self, note: Note) -> Shown:
        when = f"published {ap_date(note.published)}" if note.published else "undated"
        return Shown(note.id, source_of(note), f"Note of kind {note.kind}", note.text, when, note.url)

    def _name(self, instrument: str) -> str:
        """An instrument's name; a pair's two with a stroke."""
        if instrument == self.snapshot.pair:
            return " / ".join(item.name for item in self.snapshot.instruments)
        return self.names.get(instrument, instrument)


@dataclass(frozen=True, slots=True)
class Noted:
    """A note as the page shows it. link: its address if that leads to the web, else empty."""

    id: str
    text: str
    source: str
    when: str
    link: str


def noted(snapshot: Snapshot) -> list[Noted]:
    """The notes of a snapshot; what they hold is somebody else's text."""
    return [
        Noted(note.id, note.text, source_of(note), _valid(note), note.url if WEB.match(note.url) else "")
        for note in snapshot.notes
    ]


def _valid(note: Note) -> str:
    published = f"published {ap_date(note.published)}" if note.published else "undated"
    return f"{published}, valid until {ap_date(note.valid_until)}" if note.valid_until else published


def _when(fact: Fact) -> str:
    """The session or period of a fact, and the dates it refers to."""
    parts = [f"as of {ap_date(fact.as_of)}"]
    if fact.timeframe == "weekly":
        parts.append("weekly")
    if fact.start and fact.end and fact.start != fact.end:
        parts.append(f"{ap_date(fact.start)} to {ap_date(fact.end)}")
    elif fact.dates:
        parts.append("refers to " + ", ".join(map(ap_date, fact.dates[:4])))
    return " · ".join(parts)


def _rows(fact: Fact) -> str:
    first, last = fact.rows
    rows = f"row {last}" if first == last else f"rows {first} to {last}"
    derived = f", from {', '.join(fact.derived_from[:4])}" if fact.derived_from else ""
    return f"{fact.source}, {rows}{derived}"


def _source_line(source: Source, name: str) -> str:
    """Where an instrument's bars came from, in a sentence."""
    retrieved = f", retrieved {source.retrieved.isoformat(timespec='minutes')}" if source.retrieved else ""
    return (
        f"{name}: {source.description} ({source.id}), {source.rows:,} sessions from {ap_date(source.first)} "
        f"to {ap_date(source.last)}{retrieved}."
    )


def method_lines(snapshot: Snapshot) -> list[str]:
    """Where the bars came from and how the figures came about."""
    names = {item.symbol: item.name for item in snapshot.owners}
    told = {item.symbol for item in snapshot.instruments}
    starts = {source.first for source in snapshot.sources if source.instrument in told}
    since = ap_date(max(starts)) if starts else "their start"
    return [
        *(_source_line(source, names.get(source.instrument, source.instrument)) for source in snapshot.sources),
        "Every figure was computed from these bars and rounded once, when it was printed; every statement was then "
        "read back and compared with the figures. Point at the underlined words to see what proves them.",
        f"Records and longest runs count from where the data begin, {since} at the latest. Averages are simple and "
        "daily unless the text says otherwise.",
        f"Session {snapshot.session}, time zone {snapshot.zone}. Snapshot {snapshot.digest[:16]}, catalogue version "
        f"{snapshot.catalogue_version}.",
    ]


def gap_lines(gaps: Iterable[Gap]) -> list[tuple[str, str, str]]:
    """What is missing, of whom: the reason, and the ids that have it in common."""
    ids: dict[tuple[str, str], list[str]] = {}
    for gap in gaps:
        ids.setdefault((gap.instrument, gap.reason.removeprefix(f"{gap.measure} ")), []).append(gap.id)
    return [(whose or together[0], reason, ", ".join(together)) for (whose, reason), together in ids.items()]


def making_lines(run: Run, verdict: Verdict, review: Review | None, edited: bool) -> list[str]:
    """Who wrote it, how it went, what the checker said and what was decided."""
    tries = f"{len(run.attempts)} attempt{'' if len(run.attempts) == 1 else 's'}" if run.attempts else ""
    who = f"Writer: {'template' if not run.by_model else f'language model {run.writer}'}"
    how = "; ".join(part for part in (who, f"outcome: {run.outcome}", tries) if part)
    lines = [
        f"{how}.",
        f"Checker: {_count(verdict.proved, 'claim')} proved, {_count(len(verdict.findings), 'finding')}.",
    ]
    if verdict.second is not None and verdict.of_second:
        lines.append(
            f"Second reader: {_count(len(verdict.of_second), 'claim')} of these stood in words that the checker could "
            f"not read. A language model, {verdict.second.call.model}, that was shown none of the facts' figures said "
            "what the words claim; the facts proved it."
        )
    if run.reason:
        lines.append(run.reason)
    if edited:
        lines.append("A person edited the text after it was written.")
    if review:
        by = f" by {review.by}" if review.by else ""
        lines.append(f"{review.status.capitalize()}{by}{f': {review.note}' if review.note else ''}")
    else:
        lines.append("Status: draft, not yet reviewed by a person.")
    return lines


def disclosure_lines(run: Run, edited: bool) -> list[str]:
    """What the reader must be told about the author, and that it is no advice."""
    author = (
        f"This text was written by a language model ({run.writer}) and checked, statement by statement, by a program."
        if run.by_model
        else TEMPLATE_AUTHOR
    )
    return [f"{author}{' A person edited it.' if edited else ''}", NOT_ADVICE]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
