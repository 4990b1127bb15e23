"""The reader: a text and a catalogue in, readings out. It sees names and words, never a value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from pipeline.checking.claims import Ordered, Ref, Statement, Valued
from pipeline.checking.clauses import Clause, Discourse, at_paragraph, split
from pipeline.checking.figures import unit_at
from pipeline.checking.lexicon import Lexicon
from pipeline.checking.mentions import Mention
from pipeline.checking.modifiers import merge, weighed
from pipeline.checking.notes import Citation
from pipeline.checking.ratings import rated, speaks
from pipeline.checking.reading import (
    of_contrasts,
    of_crossings,
    of_dates,
    of_echoes,
    of_figures,
    of_labels,
    of_moves,
    of_places,
    of_ratios,
    of_sides,
    of_volume,
    of_winners,
)
from pipeline.checking.reading.extremes import DAY
from pipeline.checking.reading.refs import for_all
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import MARGIN, Anchor, Candidate, Reading, settle
from pipeline.checking.text import Block, read_markdown
from pipeline.checking.tokens import Token, tokenise
from pipeline.facts.catalogue import Measure
from pipeline.facts.units import Kind, Unit
from pipeline.market.instruments import Instrument

CANDIDATES: Mapping[str, Callable[[Scene, int], list[Candidate]]] = {
    "figure": of_figures.candidates,
    "date": of_dates.candidates,
    "direction": of_moves.direction,
    "versus": of_moves.versus,
    "relation": of_sides.relation,
    "way": of_sides.way,
    "size": of_sides.size,
    "crossing": of_crossings.crossing,
    "label": of_labels.label,
    "record": of_labels.record,
    "control": of_winners.control,
    "agent": of_winners.agent,
    "unproved": of_winners.judged,
    "stance": of_moves.stance,
    "volume": of_volume.weighed,
    "nearness": of_places.near,
    "placement": of_places.placed,
}
WORK = 1_300_000
"""How much of a text is read, as `_work` counts. Prose of 100 KB needs about nine tenths of it; what lies beyond is
unread, and so unproved."""
PRICES = ("close", "previous_close", "open", "high", "low")
"""Prices of the session, which are no levels to look back at."""
_ABOUT_ANOTHER = (Kind.DISTANCE, Kind.POINTS, Kind.DATE, Kind.LABEL, Kind.FLAG)
"""Kinds of measures that tell something of another one, which stays the topic."""
_HEADER_KINDS = frozenset({"instrument", "measure", "averages", "timeframe", "period", "label", "versus"})


def unit_of_heading(tokens: list[Token], mentions: list[Mention]) -> str:
    """The unit a table's heading gives its figures ("Gap (percentage points)", "Spread, pp"); percentage points where
    it names a difference of two changes."""
    for index in range(len(tokens)):
        unit = unit_at(tokens, index)
        if unit in ("pp", "bp", "%", "points"):
            gap = any(m.kind == "versus" for m in mentions)
            return "pp" if gap else unit
    return "pp" if any(m.kind == "versus" and m.note.startswith("*") for m in mentions) else ""


def in_unit(mention: Mention, unit: str) -> Mention:
    """A bare figure with the unit of its table's heading."""
    if not unit or mention.figure is None or mention.figure.unit or mention.figure.ordinal or mention.figure.streak:
        return mention
    return replace(mention, figure=replace(mention.figure, unit=unit))


def in_order(order: tuple[str, ...], clause: Clause, symbols: tuple[str, ...]) -> tuple[str, ...]:
    """The two instruments named last, in the order of their names, after a clause."""
    named = [m.values[0] for m in clause.mentions if m.kind == "instrument" and len(m.values) == 1]
    for symbol in named:
        if symbol in symbols:
            order = (*(one for one in order if one != symbol), symbol)
    return order[-2:]


def ending(clause: Clause, symbols: tuple[str, ...]) -> tuple[str, ...]:
    """The instrument whose name ends a clause, a comma apart ("than the Russell 2000,", "than IWM's,")."""
    last = clause.mentions[-1] if clause.mentions else None
    after = {token.norm for token in clause.tokens[last.last : clause.last]} if last is not None else set()
    named = last is not None and last.kind == "instrument" and after <= {",", "'s"}
    return last.values if last is not None and named and set(last.values) <= set(symbols) else ()


def _work(clause: Clause) -> int:
    """What reading a clause costs, in about two microseconds; the cube of its mentions counts in long ones, and what a
    cell takes from its headings in a table: a text of nothing but cells has little time left for the rest."""
    mentions = len(clause.mentions)
    return mentions**3 // 4 + 110 * mentions + 120 * len(clause.header) + 60


def _unread(clause: Clause, state: Discourse) -> Reading:
    """A clause that is too costly to read: all that must be owned by a claim has none."""
    anchors = [Anchor(index, mention) for index, mention in enumerate(clause.mentions) if mention.kind in CANDIDATES]
    return Reading(clause, state, anchors, mentions=clause.mentions)


@dataclass(slots=True)
class Page:
    """A text as read: its blocks, and for each clause its reading. source is the file's text. citations: the parts of
    it that attribute to a note, whose mentions are not read."""

    source: str
    blocks: list[Block]
    readings: list[Reading]
    citations: list[Citation] = field(default_factory=list)


class Reader:
    """Reads articles about some instruments in the catalogue's terms. proxies: see `Lexicon`."""

    def __init__(
        self,
        measures: Mapping[str, Measure],
        instruments: Iterable[Instrument],
        verbatim: Iterable[str] = (),
        proxies: Iterable[Instrument] = (),
    ) -> None:
        self.measures = measures
        self.lexicon = Lexicon(measures, instruments, verbatim, proxies)
        self.symbols = tuple(instrument.symbol for instrument in self.lexicon.instruments)

    def read(
        self, source: str, cite: Callable[[Block, list[Token]], list[Citation]] | None = None, today: date | None = None
    ) -> Page:
        """Every clause of a Markdown text with its ranked readings. cite: finds what a block attributes to notes.
        today: the day the text is of; whoever reads it knows which Friday is meant."""
        blocks = read_markdown(source)
        seen: list[tuple[Block, list[Token], list[Mention]]] = []
        citations: list[Citation] = []
        tables = {b.table for b in blocks if b.kind == "cell" and (b.row == 0 or b.column == 0) and speaks(b.text)}
        heading = False  # whether it speaks of ratings
        for block in blocks:
            tokens = tokenise(block.text)
            heading = speaks(block.text) if block.kind == "heading" else heading
            about = heading or (block.kind == "cell" and block.table in tables)
            mentions = merge(tokens, rated(tokens, self.lexicon.mentions(tokens), about))
            mentions = weighed(tokens, mentions, self.lexicon.phrases)
            if cite is not None and (cited := cite(block, tokens)):
                part_at = {place: part for part in cited for place in range(part.first, part.last)}
                mentions = [one for one in mentions if not (one.first in part_at and part_at[one.first].masks(one))]
                citations += cited
            seen.append((block, tokens, mentions))
        headers = {
            (block.table, block.row, block.column): self._header(block, mentions)
            for block, _, mentions in seen if block.kind == "cell" and (block.row == 0 or block.column == 0)
        }  # fmt: skip
        units = {
            (block.table, block.row, block.column): unit_of_heading(tokens, mentions)
            for block, tokens, mentions in seen if block.kind == "cell" and (block.row == 0 or block.column == 0)
        }  # fmt: skip
        alone = Discourse(self.symbols[:1], topic=self.symbols[:1], today=today)
        state = alone
        readings: list[Reading] = []
        room = WORK
        before = ""
        for block, tokens, mentions in seen:
            if block.kind == "cell" and block.row == 0 and self.lexicon.heading_period(block.text) is not None:
                continue
            clauses = split(block, tokens, mentions)
            if block.kind == "cell" and block.row > 0 and block.column > 0:
                named = headers.get((block.table, block.row, 0), []) + headers.get((block.table, 0, block.column), [])
                places = ((0, block.column), (block.row, 0), (0, 0))
                unit = next((unit for row, column in places if (unit := units.get((block.table, row, column)))), "")
                for clause in clauses:
                    clause.header = [replace(mention, first=-1, last=-1) for mention in named]
                    clause.mentions = [in_unit(mention, unit) for mention in clause.mentions]
                    if (work := _work(clause)) > room:
                        readings.append(_unread(clause, alone))
                        continue
                    room -= work
                    readings.append(self.read_clause(clause, alone))
                continue
            state = at_paragraph(state, listed=block.kind == "item" and before == "item")
            before = block.kind
            for clause in clauses:
                work = _work(clause)
                if work > room:
                    readings.append(_unread(clause, state))
                    continue
                room -= work
                reading = self.read_clause(clause, state)
                if self._without_subject(clause, state):
                    reading.other = self.read_clause(clause, replace(state, instruments=self.symbols[:1]))
                readings.append(reading)
                state = self.follow(reading)
            if block.kind == "heading":
                state = replace(state, topic=state.instruments if block.level > 1 else self.symbols[:1])
        return Page(source, blocks, readings, citations)

    def _header(self, block: Block, mentions: list[Mention]) -> list[Mention]:
        """What a table's heading cell names for the cells below or beside it."""
        named = [mention for mention in mentions if mention.kind in _HEADER_KINDS]
        period = self.lexicon.heading_period(block.text)
        if period is not None and not any(m.kind == "period" for m in named):
            named = [m for m in named if m.kind != "timeframe"] + [period]
        return named

    def read_clause(self, clause: Clause, state: Discourse) -> Reading:
        """One clause read in a discourse state."""
        scene = Scene(clause, state, self.measures, self.symbols)
        anchors = []
        asked = self._asked(clause)
        header_cell = clause.block.kind == "cell" and not clause.header
        for index in range(scene.headers, len(scene.ms)):
            mention = scene.ms[index]
            make = CANDIDATES.get(mention.kind)
            if (
                make is not None
                and not asked
                and not (header_cell and mention.kind in ("direction", "versus", "relation", "label"))
            ):
                anchors.append(Anchor(index, mention, for_all(scene, mention, make(scene, index))))
        late = frozenset(
            i
            for i, m in scene.each("measure")
            if any(of_labels.is_dated(self.measures[n]) or self.measures[n].sign for n in m.values)
        )
        reading = settle(clause, state, scene.ms, anchors, late)
        of_ratios.settle_late(scene, reading)
        self._late_anchors(scene, reading, header_cell)
        return reading

    def _without_subject(self, clause: Clause, state: Discourse) -> bool:
        """Whether a clause gives figures of nobody in particular after another instrument than the article's was
        spoken of. Short whole numbers and those in words do not count: they are true of either too often."""
        if state.instruments == self.symbols[:1] or len(state.instruments) != 1:
            return False
        figures = [mention.figure for mention in clause.mentions]
        told = any(f is not None and not f.words and (f.step < 1 or f.value >= 100) for f in figures)
        return told and not any(m.kind in ("instrument", "pronoun") for m in clause.mentions)

    def _asked(self, clause: Clause) -> bool:
        """Whether the clause asks and states no figure ("Was that a record?")."""
        return clause.tokens[clause.last - 1].text == "?" and not any(
            m.kind in ("figure", "date") for m in clause.mentions
        )

    def _late_anchors(self, scene: Scene, reading: Reading, header_cell: bool) -> None:
        """Names that became claims because nothing else used them: a record named alone, a quantifier left over."""
        used = {index for anchor in reading.anchors if anchor.chosen for index in anchor.chosen.uses}
        said = [one for anchor in reading.anchors if anchor.chosen for one in anchor.chosen.statements]
        for index in range(scene.headers, len(scene.ms)):
            mention = scene.ms[index]
            if not header_cell and (far := of_places.how_far(scene, index, said)) is not None:
                reading.anchors.append(Anchor(index, mention, far, far[0]))
            if index in used or header_cell or self._asked(scene.clause):
                continue
            if (
                mention.kind == "measure"
                and (
                    found := of_labels.level_set(scene, index)
                    or of_moves.streak_running(scene, index)
                    or of_labels.flag_said(scene, index)
                )
            ) or (mention.kind == "period" and (found := of_labels.set_then(scene, index))):
                found.sort(key=lambda item: item.cost)
                near = [item for item in found[1:] if item.cost <= found[0].cost + MARGIN]
                reading.anchors.append(Anchor(index, mention, found, found[0], near))
                reading.unused = [m for m in reading.unused if m is not mention]
            elif (echo := of_echoes.echoed(scene, index, said)) is not None:
                reading.anchors.append(Anchor(index, mention, echo, echo[0] if echo else None, echo[1:]))
                leant = {i for one in echo[:1] for i in one.uses}
                reading.unused = [m for m in reading.unused if all(m is not scene.ms[i] for i in leant)]
            elif (placed := of_places.at_level(scene, index)) is not None:
                reading.anchors.append(Anchor(index, mention, placed, placed[0] if placed else None, placed[1:]))
                reading.unused = [m for m in reading.unused if m is not mention]
            elif (denied := of_contrasts.only(scene, index, said)) is not None:
                reading.anchors.append(Anchor(index, mention, denied, denied[0] if denied else None))
            elif mention.kind == "quantifier" and any(
                m.kind == "averages" and 0 <= m.first - mention.last <= 3 for m in scene.ms[scene.headers :]
            ):
                reading.anchors.append(Anchor(index, mention))

    def follow(self, reading: Reading) -> Discourse:
        """The discourse state after a clause."""
        scene = Scene(reading.clause, reading.state, self.measures, self.symbols)
        subject = scene.subject or reading.state.instruments
        named = [m.values[0] for _, m in scene.each("instrument") if len(m.values) == 1]
        others = [symbol for symbol in named if (symbol,) != subject]
        state = replace(
            reading.state, instruments=subject, other=others[-1] if others else reading.state.other,
            order=in_order(reading.state.order, reading.clause, self.symbols),
            ending=ending(reading.clause, self.symbols),
        )  # fmt: skip
        told = (Kind.LEVEL, Kind.INDICATOR, Kind.STREAK)
        spoken = [(m.weak, name) for i, m in scene.each("measure") for name in scene.names(i)[:1]]
        spoken = [item for item in spoken if self.measures[item[1]].kind in told]
        topics = [name for weak, name in spoken if not weak] or [name for _, name in spoken]
        lines = [name for _, name in spoken if self.measures[name].kind is Kind.LEVEL and name not in PRICES]
        if lines:
            state = replace(state, levels=tuple(dict.fromkeys((*state.levels, *lines)))[-2:])
        for name in topics:
            state = self._topic(state, name, self.measures[name].timeframes[0])
        periods = [m.values[0] for _, m in scene.each("period") if m.values]
        periods += [span for _, m in scene.each("date") if (span := scene.span_of_date(m))]
        if periods:
            state = replace(state, period=periods[-1])
        moves = [m.sign for _, m in scene.each("direction") if (m.sign and "verb" in m.note) or "adverb" in m.note]
        state = replace(state, sign=moves[-1] if moves else state.sign)
        spans = [m.note for _, m in scene.each("range")]
        state = replace(state, range=spans[-1] if spans else state.range)
        valued: list[Ref] = []
        said = tuple(one for anchor in reading.anchors if anchor.chosen for one in anchor.chosen.statements)
        state = replace(state, said=said or state.said)
        for anchor in reading.anchors:
            for statement in anchor.chosen.statements if anchor.chosen else ():
                state = self._remember(state, statement)
                if isinstance(statement, Valued):
                    state = replace(state, claimed=statement.ref.measure)
                    valued.append(statement.ref)
        if {"low", "high"} <= {ref.measure for ref in (*reading.state.claims, *valued)}:
            state = replace(state, range=DAY)
        state = replace(state, told=state.period or state.told)
        return replace(state, claims=tuple(valued)) if valued else state

    def _remember(self, state: Discourse, statement: Statement) -> Discourse:
        ref: Ref | None = getattr(statement, "ref", None)
        if isinstance(statement, Ordered):
            ref = statement.right if isinstance(statement.right, Ref) and not statement.absolute else statement.left
        if ref is None or (measure := self.measures.get(ref.measure)) is None:
            return state
        if (
            measure.kind in (Kind.CHANGE, Kind.POINTS, Kind.SPREAD)
            and measure.period
            and measure.unit is not Unit.INDEX_POINTS
        ):
            return replace(state, period=measure.period)
        if measure.name.endswith("data_start"):
            return state  # "since the data begin" says how far back, and is nothing to come back to
        name = measure.of if measure.kind in _ABOUT_ANOTHER and measure.of else measure.name
        if ref.measure.startswith(of_crossings.OF_AVERAGES):
            name = of_crossings.OF_AVERAGES
        return self._topic(state, name, ref.timeframe)

    def _topic(self, state: Discourse, name: str, timeframe: str) -> Discourse:
        """The state with a measure spoken of; a level other than the close stays in mind."""
        level = self.measures[name].kind is Kind.LEVEL and name not in PRICES
        return replace(state, measure=name, timeframe=timeframe, level=name if level else state.level)
