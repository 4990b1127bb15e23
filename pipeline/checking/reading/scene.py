"""The scene: a clause's mentions with the questions readings ask of it — which instrument, measure, timeframe, period
and sign stand nearest, and at what grammatical cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from pipeline.checking.clauses import Clause, Discourse
from pipeline.checking.mentions import Mention
from pipeline.facts.catalogue import Measure
from pipeline.facts.units import Kind, Unit

TIMES = ("sessions", "days", "weeks", "months", "years")
LENGTHS = {"sessions": Unit.SESSIONS, "days": Unit.SESSIONS, "weeks": Unit.WEEKS}
TOKEN = 0.03
FIGURE_BETWEEN = 1.3
MEASURE_BETWEEN = 1.0
AGAINST = frozenset({"against", "versus", "vs", "than", "with", "to", "over", "behind", "by"})
PREPOSITIONS = frozenset("for of in on by to than against with from at as under over".split())
AIMED = frozenset({"it", "that", "this", "them", "there"})
HEADS = {"day": "1d", "today": "1d", "week": "1w", "month": "mtd", "quarter": "qtd", "year": "ytd"}
SPANS = {("5", "sessions"): "5d", ("20", "sessions"): "20d", ("12", "months"): "12m", ("52", "weeks"): "12m"}
OPENERS = frozenset({":", ",", "so", "still", "to", "-", "(", "\u2013", "\u2014"})
COMPARED = frozenset({"compared", "relative", "versus", "against", "vs", "than"})
OWNING = frozenset({"of", "on", "for", "in", "at", "the", "its", "their", "'s", "-", "from", "a", "an", "(", ")", ",", "that",
                    "is", "which", "index", "indexes"})  # fmt: skip


class Scene:
    """A clause under reading. ms: header mentions first, then the clause's own, each known by its index."""

    def __init__(
        self, clause: Clause, state: Discourse, measures: Mapping[str, Measure], symbols: tuple[str, ...]
    ) -> None:
        self.clause, self.state, self.measures, self.symbols = clause, state, measures, symbols
        self.ms: list[Mention] = list(clause.header)
        for mention in clause.mentions:
            self.ms.append(self._resolved(mention))
        if (head := self._fronted()) is not None:
            taken = [m for m in self.ms[len(clause.header) :] if m.first < head.last]
            self.ms = [*clause.header, head, *(m for m in self.ms[len(clause.header) :] if m not in taken)]
        self.headers = len(clause.header)

    def _resolved(self, mention: Mention) -> Mention:
        """ "The former" and "the latter" as the instruments they stand for."""
        if mention.figure is not None and mention.figure.unit in ("sessions", "days") and not mention.figure.streak:
            return self._other_window(mention)
        if mention.kind == "pronoun" and mention.note == "rival" and len(self.symbols) > 1:
            mine = (self.state.instruments or self.symbols)[0]
            return replace(mention, kind="instrument", values=tuple(s for s in self.symbols if s != mine)[:1])
        if (
            mention.kind == "hedge"
            and self.norms(mention.first, mention.last) in (["over"], ["under"])
            and self.word_after(mention) in AIMED
        ):
            return replace(
                mention, kind="relation", sign=1 if self.norms(mention.first, mention.last) == ["over"] else -1, note=""
            )
        if mention.kind != "pronoun" or mention.note not in ("former", "latter") or len(self.symbols) < 2:
            return mention
        first = (self.state.instruments or self.symbols)[0]
        other = self.state.other or next(symbol for symbol in self.symbols if symbol != first)
        return replace(mention, kind="instrument", values=(first if mention.note == "former" else other,))

    def _fronted(self) -> Mention | None:
        """A period at the head of a terse clause: "Five sessions: down 1.47%", "Quarter up 9.67%"."""
        first = self.clause.first
        words = self.norms(first, first + 3)
        if not any(m.figure is not None and m.figure.unit in ("%", "points", "pp") for m in self.clause.mentions):
            return None
        opening = next((m for m in self.clause.mentions if m.first == first), None)
        if (
            opening is not None
            and opening.figure is not None
            and not opening.figure.streak
            and not opening.figure.ordinal
        ):
            name = SPANS.get((str(opening.figure.value), opening.figure.unit.replace("days", "sessions")))
            length = opening.last - first
        else:
            name, length = HEADS.get(words[0] if words else ""), 1
        after = words[length : length + 1] if length < 3 else self.norms(first + length, first + length + 1)
        if name is None or not (after and after[0] in OPENERS or any(
            m.first == first + length and m.kind in ("direction", "figure", "versus") for m in self.clause.mentions
        )):  # fmt: skip
            return None
        return Mention("period", first, first + length, (name,))

    def _other_window(self, mention: Mention) -> Mention:
        """ "20-day volatility is above the 60-day figure": a window alone, of the measure named before."""
        if "-" not in self.norms(mention.first, mention.last) or mention.figure is None:
            return mention
        earlier = [name for m in self.ms if m.kind == "measure" for name in m.values][::-1] + [self.state.measure]
        for name in earlier:
            head, _, window = name.rpartition("_")
            other = f"{head}_{mention.figure.value:f}"
            if window.isdigit() and other in self.measures and other != name:
                return replace(mention, kind="measure", values=(other,), figure=None, weak=True)
        return mention

    def each(self, *kinds: str) -> Iterator[tuple[int, Mention]]:
        """Mentions of some kinds with their indices."""
        return ((index, mention) for index, mention in enumerate(self.ms) if mention.kind in kinds)

    def norms(self, first: int, last: int) -> list[str]:
        """Words between two token positions."""
        return [token.norm for token in self.clause.tokens[max(first, self.clause.first) : min(last, self.clause.last)]]

    def aimed(self, relation: Mention) -> bool:
        """Whether a side word points at what was named before ("above it", "below its own", "under that mark")."""
        words = self.norms(relation.last, relation.last + 3)
        if any(m.kind == "measure" and 0 <= m.first - relation.last <= 4 for m in self.ms):
            return False
        return bool(words) and (words[0] in AIMED or words[:2] == ["its", "own"] or words[:2] == ["their", "own"])

    @cached_property
    def conditional(self) -> bool:
        """Whether the clause is arithmetic about a level not reached ("a close above X would be a record")."""
        return any("conditional" in m.values for _, m in self.each("forecast"))

    def word_before(self, mention: Mention, back: int = 1) -> str:
        """The word so many tokens before a mention."""
        place = mention.first - back
        return self.clause.tokens[place].norm if place >= self.clause.first else ""

    def word_after(self, mention: Mention) -> str:
        """The word right after a mention."""
        return self.clause.tokens[mention.last].norm if mention.last < self.clause.last else ""

    def is_header(self, index: int) -> bool:
        """Whether a mention belongs to the headers of the cell."""
        return index < self.headers

    def between(self, a: Mention, b: Mention, *kinds: str) -> list[Mention]:
        """Mentions of some kinds that stand between two others."""
        low, high = min(a.last, b.last), max(a.first, b.first)
        return [m for m in self.ms[self.headers :] if m.kind in kinds and low <= m.first and m.last <= high]

    @cached_property
    def respectively(self) -> bool:
        """Whether figures belong to the names before them in order: by the word, or "MACD below its signal: 3 against 5"."""
        if "respectively" in self.norms(self.clause.first, self.clause.last):
            return True
        figures = [m for i, m in self.each("figure") if not self.is_header(i)]
        measures = [m for i, m in self.each("measure") if not self.is_header(i)]
        if len(figures) != 2 or len(measures) != 2 or measures[1].last > figures[0].first:
            return False
        between = self.norms(figures[0].last, figures[1].first)
        same = figures[0].figure and figures[1].figure and figures[0].figure.unit == figures[1].figure.unit
        return bool(same) and between in (["against"], ["versus"], ["vs", "."], ["to"], ["and"], ["compared", "with"])

    # instruments

    @cached_property
    def objects(self) -> frozenset[int]:
        """Indices of instruments compared with rather than spoken of ("against the S&P 500", "beat the index")."""
        found = set()
        for index, mention in self.each("instrument"):
            if self.is_header(index):
                continue
            before = [word for word in self.norms(mention.first - 3, mention.first) if word not in ("the", "its", "'s")]
            versus = [m for _, m in self.each("versus") if m.last <= mention.first and mention.first - m.last <= 2]
            last = before[-1] if before else ""
            if versus or last in COMPARED or (last in AGAINST and len(before) > 1 and before[-2] in COMPARED):
                found.add(index)
        return frozenset(found)

    @cached_property
    def subject(self) -> tuple[str, ...]:
        """The instruments the clause speaks of: named in it and not after a preposition, or carried."""
        named = [(i, m) for i, m in self.each("instrument") if i not in self.objects]
        for index, mention in named:
            before = [word for word in self.norms(mention.first - 2, mention.first) if word not in ("the", "its")]
            if (
                self.is_header(index)
                or not before
                or before[-1] not in PREPOSITIONS
                or mention.first - self.clause.first <= 2
            ):
                return mention.values
        return self.carried if named and self.state.instruments else named[0][1].values if named else self.carried

    @cached_property
    def carried(self) -> tuple[str, ...]:
        """The instruments in focus before the clause."""
        return self.state.instruments or self.symbols[:1]

    def instruments(self, at: Mention, measure: int | None = None) -> list[tuple[tuple[str, ...], float, int | None]]:
        """Instruments a claim at a mention may be of: symbols, cost, index of the naming mention."""
        target = self.ms[measure] if measure is not None and not self.is_header(measure) else at
        named: list[tuple[tuple[str, ...], float, int | None]] = []
        listed = [i for i, _ in self.each("instrument")]
        figures = [i for i, m in self.each("figure") if not self.is_header(i)]
        aligned = self.respectively and len(listed) == len(figures) > 1
        for index in listed:
            mention = self.ms[index]
            if aligned and at in (self.ms[f] for f in figures):
                cost = 0.0 if figures.index(self.ms.index(at)) == listed.index(index) else 3.0
            elif self.is_header(index):
                cost = 0.0
            elif mention.last <= target.first:
                others = self.between(mention, target, "instrument")
                cost = 1.2 * sum(o.values != mention.values for o in others)
                possessive = self.word_after(mention) == "'s"
                if index in self.objects and not (possessive and target.first - mention.last <= 3):
                    cost += 1.5
            else:
                words = self.norms(target.last, mention.first)
                bridge = [word for word in words if word in ("for", "of", "in", "on", "by")]
                crossed = self.between(mention, target, "figure", "instrument")
                close = bool(bridge) and len(words) <= 5 and not crossed and not ({",", ";"} & set(words))
                cost = 0.1 if close else 2.0 + 0.4 * len(crossed)
                if close and named:
                    named = [(s, c + 1.4, i) for s, c, i in named]
            named.append((mention.values, cost, index))
        own = [item for item in named if item[2] not in self.objects]
        pronoun = any(m.last <= at.last for _, m in self.each("pronoun"))
        if not own or (pronoun and not any(item[1] < 0.5 for item in own)):
            cost = 0.2 if pronoun else 0.4
            named.append((self.carried, cost, None))
            named += [((symbol,), cost + 3.0, None) for symbol in self.symbols if (symbol,) != self.carried and not own]
        return named

    def pair(self, at: Mention) -> tuple[str, bool, frozenset[int]] | None:
        """The pair's id, whether it is named the other way round, and the mentions that say so."""
        if len(self.symbols) < 2:
            return None
        uses = {index for index, _ in self.each("instrument")}
        left = [
            (i, m)
            for i, m in self.each("instrument")
            if i not in self.objects and (m.first < at.first or self.is_header(i))
        ]
        subject = left[-1][1].values if left else self.subject if self.subject else self.carried
        if not left:
            objects = {self.ms[index].values[0] for index in self.objects}
            if subject and subject[0] in objects:
                subject = tuple(symbol for symbol in self.symbols if symbol not in objects)
        if not subject or len(subject) > 1:
            subject = self.symbols[:1]
        flip = subject[0] == self.symbols[1]
        return f"{self.symbols[0]}/{self.symbols[1]}", flip, frozenset(uses)

    # measures, timeframes, periods, signs

    def names(self, index: int) -> tuple[str, ...]:
        """Measures a mention may name here: the ratio's own averages where the ratio is spoken of, the extreme of a window
        where "the high" follows "the 52-week range"."""
        mention = self.ms[index]
        if mention.kind != "measure":
            return ()
        values = mention.values
        before = [m for i, m in self.each("measure", "range") if not self.is_header(i) and m.last <= mention.first]
        if any("ratio" in m.values for m in before) or (not before and self.state.measure.startswith("ratio")):
            own = tuple(f"ratio_{name}" for name in values if f"ratio_{name}" in self.measures)
            values = own or values
        spans = [m.note for m in before if m.kind == "range"] or [self.state.range]
        if set(values) & {"high", "low"} and spans[-1] and len(mention) == 1:
            values = tuple(f"{name}_{spans[-1]}" for name in values if f"{name}_{spans[-1]}" in self.measures) or values
        return values

    def attach(self, measure: int, figure: Mention, *, across: bool = False) -> float:
        """Cost of hanging a figure on a measure mention; across: a side word between them links them, as in distances."""
        mention = self.ms[measure]
        if self.is_header(measure):
            return 0.0
        if self.respectively:
            listed = [i for i, m in self.each("measure") if m.kind == "measure"]
            figures = [i for i, m in self.each("figure") if not self.is_header(i)]
            if len(listed) == len(figures) > 1 and figure.kind == "figure":
                return 0.0 if figures.index(self.ms.index(figure)) == listed.index(measure) else 3.0
        figures_between = sum(
            m.figure is None or figure.figure is None or m.figure.unit == figure.figure.unit
            for m in self.between(mention, figure, "figure")
        )
        measures_between = sum(not m.weak for m in self.between(mention, figure, "measure", "averages"))
        cost = FIGURE_BETWEEN * figures_between + MEASURE_BETWEEN * measures_between
        if mention.last <= figure.first:
            return cost + TOKEN * (figure.first - mention.last)
        words = self.norms(figure.last, mention.first)
        linked = all(word in OWNING for word in words) or (across and bool(self.between(mention, figure, "relation")))
        if linked and "," in words and not self.between(mention, figure, "relation"):
            linked = not [m for m in self.ms[self.headers :] if m.kind == "measure" and m.last <= figure.first]
        return cost + TOKEN * len(words) + (0.15 if linked else 1.2)

    def timeframes(self, at: Mention, measure: Measure, index: int | None) -> list[tuple[str, float, int | None]]:
        """Timeframes a measure may be meant in: name, cost, index of the naming mention."""
        target = self.ms[index] if index is not None and not self.is_header(index) else at
        if target.kind == "measure" and target.note == "weekly":
            return [("weekly", 0.0, None)] if "weekly" in measure.timeframes else []
        stated: list[tuple[str, float, int | None]] = []
        for place, mention in self.each("timeframe"):
            name = mention.values[0]
            near = self.is_header(place) or abs(mention.last - target.first) <= 1 or not mention.weak or (
                target.last <= mention.first <= target.last + 2)  # fmt: skip
            if near or (len(measure.timeframes) > 1 and not self.between(mention, target, "figure")):
                stated.append((name, 0.0 if near else 0.3, place))
        tight = [item for item in stated if item[1] == 0.0]
        if tight:
            return [item for item in tight if item[0] in measure.timeframes]
        allowed = [item for item in stated if item[0] in measure.timeframes]
        if len(measure.timeframes) == 1:
            return [(measure.timeframes[0], 0.0, None)]
        carried = self.state.timeframe if self.state.measure.partition("_")[0] == measure.name.partition("_")[0] else ""
        default = measure.timeframes[0]
        if not allowed:
            if carried and carried != default and index is None:
                return [(carried, 0.0, None), (default, 1.2, None)]
            return [(default, 0.0, None)]
        return [*allowed, (default, 0.6, None)] if all(item[0] != default for item in allowed) else allowed

    def periods(self, at: Mention) -> list[tuple[str, float, int | None]]:
        """Periods a change at a mention may cover: name, cost, index of the naming mention."""
        found: list[tuple[str, float, int | None]] = []
        places = [(i, m, m.values) for i, m in self.each("period")]
        places += [(i, m, (m.note,)) for i, m in self.each("timeframe") if m.note and self._is_adjective(m)]
        figures = [i for i, m in self.each("figure") if not self.is_header(i)]
        places += [(i, m, ("1d",)) for i, m in self.each("date") if self._is_day(m)]
        places += [(i, m, ("1w",)) for i, m in self.each("measure") if "weekly_bar_in_progress" in m.values]
        aligned = self.respectively and len(places) == len(figures) > 1 and at.kind == "figure"
        for order, (index, mention, values) in enumerate(sorted(places, key=lambda item: item[0])):
            if aligned:
                cost = 0.0 if figures.index(self.ms.index(at)) == order else 3.0
            elif self.is_header(index):
                cost = 0.0
            else:
                same = [m for m in self.between(mention, at, "figure")
                        if at.figure is None or m.figure is None or m.figure.unit == at.figure.unit]  # fmt: skip
                gap = mention.first - at.last if mention.first >= at.last else at.first - mention.last
                cost = 0.02 * gap + 1.0 * len(same) + (0.0 if mention.first >= at.last else 0.15)
                if mention.first >= at.last and gap <= 3 and not same:
                    cost = 0.0
            found += [(value, cost, index) for value in values]
        if not found:
            if self.state.period:
                found.append((self.state.period, 0.6, None))
            if self.state.period != "1d":
                found.append(("1d", 1.2 if self.state.period else 0.3, None))
        return found

    def _is_day(self, mention: Mention) -> bool:
        """Whether a date names the session of a change ("rose 2% on Friday", "Friday's loss")."""
        if mention.day is None or mention.day.weekday is None:
            return False
        return (
            self.word_before(mention) == "on" or self.word_after(mention) == "'s" or mention.first == self.clause.first
        )

    def _is_adjective(self, mention: Mention) -> bool:
        """Whether "weekly" qualifies a change rather than an indicator."""
        return any(
            (m.kind in ("direction", "versus") and 0 <= m.first - mention.last <= 1)
            or (m.kind == "figure" and m.first == mention.last)
            for m in self.ms[self.headers :]
        )

    @cached_property
    def sign_sources(self) -> dict[int, int]:
        """For each figure, the mention that carries its direction (index of figure to index of mention)."""
        sources: dict[int, int] = {}
        signs = [(i, m) for i, m in self.each("direction", "versus") if not self.is_header(i)]
        for index, mention in self.each("figure"):
            figure = mention.figure
            if figure is None or self.is_header(index):
                continue
            right = [
                (i, m) for i, m in signs
                if m.first >= mention.last and m.first - mention.last <= 3 and not self.between(mention, m, "figure", "measure")
                and not ({",", ";", "and", "or", "to"} & set(self.norms(mention.last, m.first)))
            ]  # fmt: skip
            left = [(i, m) for i, m in signs if m.last <= mention.first]
            nearest = left[-1] if left else None
            noun = right and ("noun" in right[0][1].note or right[0][1].note.startswith("*"))
            if right and (noun or nearest is None or mention.first - nearest[1].last > 3):
                sources[index] = right[0][0]
            elif nearest is not None:
                sources[index] = nearest[0]
        return sources

    def relation_for(self, figure: Mention) -> tuple[int, Mention] | None:
        """The relation word that goes with a distance: right after the figure, else the nearest before it."""
        after = [
            (i, m) for i, m in self.each("relation")
            if 0 <= m.first - figure.last <= 2 and not {"and", "but", ",", "while", "or", ";"} & set(self.norms(figure.last, m.first))
        ]  # fmt: skip
        if after:
            return after[0][0], self.turned(after[0][1])
        before = [(i, m) for i, m in self.each("relation") if 0 <= figure.first - m.last <= 3]
        return (before[-1][0], self.turned(before[-1][1])) if before else None

    def turned(self, relation: Mention) -> Mention:
        """A side word with its sign turned by a negation before it."""
        return replace(relation, sign=-relation.sign) if self.negated(relation) else relation

    def denied(self, figure: Mention) -> bool:
        """Whether a negation stands right before a figure ("not 42.38")."""
        return any(m.kind == "negation" and 0 <= figure.first - m.last <= 1 for m in self.ms)

    def negated(self, at: Mention) -> bool:
        """Whether a negation stands before a mention in its phrase."""
        return any(
            0 <= at.first - m.last <= 4 and not self.between(m, at, "figure")
            for _, m in self.each("negation", "quantifier") if m.kind == "negation" or "none" in m.values
        )  # fmt: skip

    def kind_of(self, name: str) -> Kind:
        """A measure's kind."""
        return self.measures[name].kind
