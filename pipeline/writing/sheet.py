"""The fact sheet: all a model sees of a snapshot. Every slot with what it prints and what it means.

A line is one measure with those that describe it (its distance, zone, crossing). Lines stand in sections, sections in
order of newsworthiness; the benchmark has a few lines of its own. Built from the declarations of the catalogue, so a
new measure appears by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from pipeline.facts.catalogue import Measure
from pipeline.facts.periods import BY_NAME
from pipeline.facts.snapshot import Fact, Note, Snapshot
from pipeline.facts.units import FORMS, SIGN_IN_WORDS, Kind, Unit, ap_date
from pipeline.market.instruments import Instrument
from pipeline.writing.draft import shown_value
from pipeline.writing.sections import SECTIONS, ranked, section_of
from pipeline.writing.template.names import full_name, later_name

BUDGET = 18_000
"""Characters a sheet may have, about 4,500 tokens. What ranks last is left out beyond it, and the sheet says so."""

BENCHMARK_LINES = frozenset((
    "close", "record_close", "high_52w", "sma_50", "sma_200", "rsi_14", "macd", "up_streak_sessions",
    "down_streak_sessions",
))  # fmt: skip
"""Measures of the benchmark that an article may want beside its changes."""

NOTES_BUDGET = 4_000
"""Characters of these for notes."""

CITED = (
    '("...," NAME said on DATE. NAME said that ... According to NAME, ... Only the note\'s own words, in its order; in '
    "quotation marks verbatim.)"
)
UNIT_WORDS = {Unit.POINTS: "points", Unit.INDEX_POINTS: "points", Unit.SESSIONS: "sessions", Unit.WEEKS: "weeks"}
LEFT_OUT = "(What ranks lower is left out.)"
NOT_SHOWN = ("_bars_since", "_bars_in_zone")
"""Ends of names that say again what a date beside them says."""
VOTES, RATINGS = "vote_", "rating_"
"""How the names of votes begin, which the ratings count and no words tell of, and of ratings, beside which their labels
stand."""
FROM_CLOSE = "from_close_"
"""Beginning of the names that say a distance again, measured from the close."""


def fact_sheet(snapshot: Snapshot, measures: Mapping[str, Measure], budget: int = BUDGET) -> str:
    """The sheet as Markdown, at most `budget` characters long."""
    sheet = _Sheet(snapshot, measures)
    head = [*_names(snapshot), "", "## Forms: what follows | prints a slot differently", *sheet.forms()]
    tail = ["", "## Words the facts earn", *sheet.words(), *sheet.gaps(), *sheet.notes()]
    room = budget - sum(len(line) + 1 for line in (*head, LEFT_OUT, *tail))
    body: list[str] = []
    for heading, lines in sheet.sections():
        for line in ("", f"## {heading}", *lines):
            room -= len(line) + 1
            if room < 0:
                break
            body.append(line)
    if room < 0:
        body.append(LEFT_OUT)
    return "\n".join((*head, *body, *tail))


def citable(snapshot: Snapshot, measures: Mapping[str, Measure], ids: Iterable[str], most: int = 8) -> tuple[str, ...]:
    """One line for each fact of some ids, without repeats; an id that names none stands for those that look like it."""
    sheet = _Sheet(snapshot, measures)
    notes = {note.id: note for note in snapshot.notes}
    known = snapshot.by_id.keys() | notes.keys()
    alike = (match for one in ids for match in ((one,) if one in known else near(one, snapshot)))
    return tuple(
        note_line(notes[one], snapshot) if one in notes else sheet.alone(snapshot.by_id[one])
        for one in list(dict.fromkeys(alike))[:most]
    )


def note_line(note: Note, snapshot: Snapshot) -> str:
    """A note in a line: its text, who said it and when."""
    source = ", ".join(dict.fromkeys(part for part in (note.speaker, note.publisher) if part))
    day = f", {ap_date(note.published, snapshot.as_of)}" if note.published else ""
    return " ".join(f"note {note.id}: {note.text} [{source}{day}; {note.kind}]".split())


def near(unknown: str, snapshot: Snapshot) -> list[str]:
    """The ids of a snapshot that look like one it does not have."""
    return get_close_matches(unknown, snapshot.by_id, n=2, cutoff=0.8)


def _names(snapshot: Snapshot) -> Iterator[str]:
    """Each instrument's symbol with the names that may be used, the full one first."""
    yield "## Names"
    for one in snapshot.owners:
        nouns = list({noun.replace("-", " "): noun for noun in reversed(one.nouns)}.values())[::-1]
        later = [*([later_name(one)] if one.later != one.name else []), *(f"the {noun}" for noun in nouns[:2])]
        yield f"- {one.symbol}: {', then '.join((full_name(one), *later))}"


@dataclass(slots=True)
class _Sheet:
    """A snapshot with its facts arranged as a forest: each one under the fact it describes."""

    snapshot: Snapshot
    measures: Mapping[str, Measure]
    offered: list[Fact] = field(default_factory=list)
    children: dict[str, list[Fact]] = field(default_factory=dict)
    roots: list[Fact] = field(default_factory=list)

    def __post_init__(self) -> None:
        for fact in self.snapshot.facts:
            if not self.offers(self.measures[fact.measure]) or ("_completed" in fact.measure and not self.in_progress):
                continue
            self.offered.append(fact)
            parent = self.parent(fact)
            siblings = self.roots if parent is None else self.children.setdefault(parent.id, [])
            siblings.append(fact)

    @property
    def in_progress(self) -> bool:
        """Whether the week is not over: its values are so far."""
        flag = self.snapshot.get(f"{self.snapshot.primary.symbol}.weekly_bar_in_progress")
        return flag is not None and flag.value is True

    def offers(self, measure: Measure) -> bool:
        """Whether a writer is offered a measure: prose can name it, and nothing beside it says the same."""
        if measure.name.endswith(NOT_SHOWN) or measure.name.startswith((FROM_CLOSE, VOTES)):
            return False
        named = measure.phrases or measure.period or (measure.of and measure.kind is Kind.DATE)  # by what was crossed
        described = measure.of is None or self.offers(self.measures[measure.of])
        return bool(described and (named or measure.kind not in (Kind.CHANGE, Kind.COUNT, Kind.DATE)))

    def parent(self, fact: Fact) -> Fact | None:
        """The fact that another one describes; none for changes and spreads of a period, which have a line each."""
        measure = self.measures[fact.measure]
        if measure.of is None or (measure.period and measure.kind in (Kind.CHANGE, Kind.SPREAD)):
            return None
        same = f"{fact.instrument}.{measure.of}"
        weekly = self.snapshot.get(f"{same}.{fact.timeframe}") if fact.timeframe != "daily" else None
        return weekly or self.snapshot.get(same)

    def owner(self, fact: Fact) -> str:
        """Whose fact it is, in words."""
        names = {one.symbol: one.name for one in self.snapshot.owners}
        return names.get(fact.instrument) or " against ".join(one.name for one in self.snapshot.instruments)

    def sections(self) -> Iterator[tuple[str, list[str]]]:
        """Sections with their lines: the instrument's and the pair's by newsworthiness, then the benchmark's. Volume is
        the instrument's, or that of the proxy the heading names."""
        benchmark, traded = self.snapshot.benchmark, self.snapshot.volume_owner
        grouped: dict[str, list[str]] = {section.name: [] for section in SECTIONS}
        beside: list[str] = []
        for fact in self.roots:
            measure = self.measures[fact.measure]
            if measure.needs_volume:
                grouped[section_of(measure).name] += self.line(fact) if self.of(traded, fact) else []
            elif benchmark is None or fact.instrument != benchmark.symbol:
                grouped[section_of(measure).name] += self.line(fact)
            elif fact.timeframe == "daily" and beside_it(measure):
                beside += self.line(fact, without=Kind.DATE)
        names = {
            "instrument": self.snapshot.primary.name,
            "benchmark": benchmark.name if benchmark else "",
            "proxy": "",
        }
        if traded is not None and traded != self.snapshot.primary:
            names["proxy"] = f" of {traded.symbol}, the proxy"
        for section in ranked(self.snapshot):
            if grouped[section.name]:
                yield section.heading.format(**names), grouped[section.name]
        if benchmark is not None and beside:
            yield f"The benchmark: {benchmark.name}", beside

    def of(self, instrument: Instrument | None, fact: Fact) -> bool:
        """Whether a fact is an instrument's."""
        return instrument is not None and fact.instrument == instrument.symbol

    def line(self, root: Fact, without: Kind | None = None) -> list[str]:
        """A fact with those that describe it; nothing where there is nothing to say."""
        first = self.clause(root)
        return [f"- {'; '.join((first, *self.described(root, without)))}"] if first else []

    def alone(self, fact: Fact) -> str:
        """A fact on a line of its own, after whose it is and what it describes."""
        value = shown_value(fact, self.measures[fact.measure], self.snapshot)
        said = self.clause(fact) or f"{self.name(fact)}: {value}"
        chain, parent = [said], self.parent(fact)
        while parent is not None:
            chain.insert(0, self.clause(parent))
            parent = self.parent(parent)
        return f"{self.owner(fact)}, {'; '.join(clause for clause in chain if clause)}"

    def described(self, fact: Fact, without: Kind | None) -> Iterator[str]:
        """The clauses of the facts under one, depth first."""
        for child in self.children.get(fact.id, ()):
            if self.measures[child.measure].kind is not without and (clause := self.clause(child)):
                yield clause
                yield from self.described(child, without)

    def name(self, fact: Fact) -> str:
        """The name of a fact's measure in prose, or its meaning where the name would be the one it describes."""
        measure = self.measures[fact.measure]
        if measure.period and measure.kind in (Kind.CHANGE, Kind.SPREAD):
            return BY_NAME[measure.period].phrases[0]
        described = self.measures.get(measure.of or "")
        if not measure.phrases or (described and measure.phrases[0] in described.phrases):
            return measure.meaning
        name = f"{fact.timeframe} {measure.phrases[0]}" if len(measure.timeframes) > 1 else measure.phrases[0]
        return f"{name}, completed weeks" if "_completed" in measure.name else name

    def slot(self, fact: Fact) -> str:
        """A fact's slot and what it prints; a unit in brackets is left to the writer."""
        measure = self.measures[fact.measure]
        words = UNIT_WORDS.get(fact.unit) if measure.kind is not Kind.LEVEL else None
        shown = shown_value(fact, measure, self.snapshot)
        return f"[[{fact.id}]] {shown}{f' ({words})' if words else ''}"

    def clause(self, fact: Fact) -> str:
        """What a fact says, with its slot; empty for one that says nothing (no streak, a flag that is down)."""
        measure, name, slot, value = self.measures[fact.measure], self.name(fact), self.slot(fact), fact.value
        sign = (value > 0) - (value < 0) if isinstance(value, Decimal) else 0
        match measure.kind:
            case Kind.FLAG:
                return f"{flag_words(measure)}: yes" if value is True else ""
            case Kind.LABEL:
                return "" if is_side(measure) or measure.of is None else str(value)
            case Kind.STREAK | Kind.COUNT if not sign:
                return ""
            case Kind.STREAK:
                return f"{name} {slot}{self.when(fact, ' from {} to {}')}"
            case Kind.COUNT:
                return f"{name} {slot}{f' of {measure.total}' if measure.total else ''}"
            case Kind.DATE if side := self.snapshot.get(fact.id.replace(fact.measure, f"{fact.measure}_direction")):
                return f"{measure.meaning.split(' ', 2)[2]} on {slot}, to {side.value}"  # without its "Last session"
            case Kind.CHANGE:
                since = self.when(fact, ", since {}") if measure.period else ""
                return f"{name}: {('unchanged,', 'up', 'down')[sign]} {slot}{since}"
            case Kind.POINTS if measure.period:
                return f"or {slot}"
            case Kind.POINTS:
                meaning = (
                    measure.meaning.replace("5 sessions", "5 weekly bars")
                    if fact.timeframe == "weekly"
                    else measure.meaning
                )
                return f"{('unchanged,', 'up', 'down')[sign]} {slot} ({meaning})"
            case Kind.DISTANCE if measure.name.startswith(FROM_CLOSE):
                return f"{('at', 'above', 'below')[sign]} the close by {slot}"
            case Kind.DISTANCE if measure.phrases:
                return f"{name} {slot}" if sign else ""
            case Kind.DISTANCE:
                return f"{('', 'above', 'below')[sign]} it by {slot}" if sign else "at it"
            case Kind.SPREAD:
                return f"{('level', 'ahead', 'behind')[sign]} {name} by {slot}"
            case Kind.LEVEL:
                return f"{name} {slot}{self.when(fact, ' on {}')}"
            case _:
                return f"{name} {slot}"

    def when(self, fact: Fact, words: str) -> str:
        """The dates of a fact in words, if it has as many as the words take."""
        days = [ap_date(day, self.snapshot.as_of) for day in fact.dates]
        return words.format(*days) if len(days) == words.count("{}") else ""

    def words(self) -> Iterator[str]:
        """Labels and flags that hold, by the rule that earns them."""
        earned: dict[str, list[str]] = {}
        for fact in self.snapshot.facts:
            measure, rule = self.measures[fact.measure], self.measures[fact.measure].meaning
            if measure.needs_volume and not self.of(self.snapshot.volume_owner, fact):
                continue
            word_of_its_own = any(label.phrases for label in measure.labels) and not measure.name.startswith(RATINGS)
            if measure.kind is Kind.LABEL and not is_side(measure) and word_of_its_own:
                word = f"{fact.value}{self.when(fact, ' on {}')}"
            elif isinstance(fact.value, Decimal) and measure.labels:
                held = [label.name for label in measure.labels if label.holds(fact.value)]
                word, rule = f"{held[0]} volume" if held else "", measure.source
            elif measure.kind is Kind.FLAG and fact.value is True:
                word = flag_words(measure)
            else:
                continue
            timeframe = f" ({fact.timeframe})" if len(measure.timeframes) > 1 else ""
            if word:
                earned.setdefault(rule, []).append(f"{self.owner(fact)}{timeframe}, {word}")
        yield from (f"- {'; '.join(who)}. Rule: {rule}" for rule, who in earned.items())
        if self.in_progress:
            yield "- The week is in progress: weekly values are so far, not final."

    def gaps(self) -> Iterator[str]:
        """What is missing and why, an index's lack of volume in one line.

        A streak that does not run is no gap, nor is what describes a gap.
        """
        benchmark, missing = self.snapshot.benchmark, {gap.id for gap in self.snapshot.gaps}
        lines: list[str] = []
        for gap in self.snapshot.gaps:
            if gap.kind != "measure":
                continue
            measure = self.measures[gap.measure]
            beside = benchmark is None or gap.instrument != benchmark.symbol or beside_it(measure)
            whole = f"{gap.instrument}.{measure.of}" not in missing and not gap.measure.endswith("_longest_since")
            if " is an index" in gap.reason:
                if measure.needs_volume and gap.instrument == self.snapshot.primary.symbol:
                    reason = gap.reason.removeprefix(f"{gap.measure} ")
                    lines.append(f"- {gap.instrument}, all measures of volume: {reason}")
            elif self.offers(measure) and beside and whole:
                lines.append(f"- {gap.id}: {gap.reason}")
        if lines:
            yield from ("", "## Missing: leave these out", *dict.fromkeys(lines))

    def notes(self) -> Iterator[str]:
        """The notes, newest first, with how to repeat one; nothing without any."""
        newest = sorted(self.snapshot.notes, key=lambda one: one.published or self.snapshot.as_of, reverse=True)
        room = NOTES_BUDGET
        for number, note in enumerate(newest):
            if not number:
                yield from (
                    "",
                    "## Notes: each may be repeated in a sentence that names who said it",
                    CITED,
                )
            line = f"- {note_line(note, self.snapshot)}"
            room -= len(line) + 1
            if room < 0:
                yield LEFT_OUT
                return
            yield line

    def forms(self) -> Iterator[str]:
        """An example of each form a slot may ask for, from the facts of this sheet."""
        for form in FORMS[1:]:
            for fact in self.offered:
                measure = self.measures[fact.measure]
                if form == "signed" and measure.kind not in SIGN_IN_WORDS:
                    continue
                if isinstance(fact.value, date) and fact.value.year != self.snapshot.as_of.year:
                    continue
                plain, other = (shown_value(fact, measure, self.snapshot, one) for one in ("plain", form))
                if plain != other and fact.value:
                    yield f"- [[{fact.id}|{form}]] prints {other}"
                    break
        traded = self.snapshot.volume_owner
        volume = self.snapshot.get(f"{traded.symbol}.volume") if traded is not None else None
        if volume is not None:
            short = shown_value(volume, self.measures[volume.measure], self.snapshot, "short")
            yield f"- [[{volume.id}|short]] prints {short}"


def beside_it(measure: Measure) -> bool:
    """Whether an article may want a measure of the benchmark."""
    return measure.name in BENCHMARK_LINES or (measure.kind is Kind.CHANGE and measure.period is not None)


def is_side(measure: Measure) -> bool:
    """Whether a label says what another part of its line says: a crossing's side, the weekday of the as-of line."""
    return "_direction" in measure.name or measure.name.endswith("weekday")


def flag_words(measure: Measure) -> str:
    """The words of a flag."""
    return measure.name.removeprefix("is_").replace("_", " ")
