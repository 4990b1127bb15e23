"""The scene: a clause's mentions with the questions readings ask of it — which instrument, measure, timeframe, period
and sign stand nearest, and at what grammatical cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pipeline.checking.clauses import Clause, Discourse
from pipeline.checking.lexicon import STRETCH_WORDS, SUBJECT, UNSIDED
from pipeline.checking.mentions import Figure, Mention
from pipeline.checking.reading.comparing import OWN, SPANS, Comparing
from pipeline.checking.reading.extremes import is_extreme, levels
from pipeline.checking.reading.leaning import Leaning
from pipeline.checking.reading.named_levels import NamedLevels
from pipeline.checking.reading.owners import Owners
from pipeline.checking.reading.siblings import sibling, unnamed
from pipeline.checking.reading.signs import AIMED, Signs
from pipeline.checking.reading.stage import MISALIGNED
from pipeline.checking.reading.times import Times
from pipeline.checking.tokens import words
from pipeline.facts.catalogue import Measure
from pipeline.facts.units import Kind, Unit

LENGTHS = {"sessions": Unit.SESSIONS, "days": Unit.SESSIONS, "weeks": Unit.WEEKS}
HEADS = {**STRETCH_WORDS, "session": "1d", "today": "1d"}
"""Periods named by one word at the head of a terse clause."""
_PAST = words("ago earlier before later in straight since old")
_COUNTED = words("for fell rose gained lost of all least most")
_OPENS = words(": , ? \u2013 \u2014 -")
_SUBJECT_OPENS = frozenset({"", ",", ";", ":", "and", "with", "while", "but", "or"})
_ENDED = words("ended ends ending finished finishes finishing closed closes closing leaves left")
_SUBJECT_VERBS = words(
    "by has had is was shows showed brought brings gave gives made makes saw sees stands so to still , remains already "
    "ended ends closed finished turned looks looked tells told bears went goes belongs belonged produced"
)
_WITHIN = words("over to in across past last within these those the window")
"""Words before a length of time that make it a period rather than a run ("over five sessions")."""
OPENERS = words(": , so still to - ( \u2013 \u2014")
OWNING = words("points of on for in at the its their 's - from a an ( ) , that is which index indexes")
"""Words that may stand between a figure and the name it belongs to ("42.38 on the RSI")."""
_OF_STATED_WINDOW = ("up_volume", "down_volume")
"""Measures whose name without a window is that of the usual one."""
_OF = words("of in for at by")
_POSSESSIVE = words("its their itself")
TOKEN = 0.03
"""Cost of each token between a figure and its name."""
FIGURE_BETWEEN = 1.3
MEASURE_BETWEEN = 1.0
_COMPARED = (["compared", "with"], ["compared", "to"], [",", "against"], [",", "versus"])
_NAMED_AFTER, _NAMED_AFAR = 0.15, 1.2
"""Cost of a name after its figure: linked to it, and not."""


class Scene(Owners, Times, Signs, NamedLevels, Comparing, Leaning):
    """A clause under reading."""

    def __init__(
        self, clause: Clause, state: Discourse, measures: Mapping[str, Measure], symbols: tuple[str, ...]
    ) -> None:
        super().__init__(clause, state, measures, symbols)
        self.named: dict[int, tuple[str, ...]] = {}
        self.ms = list(clause.header)
        figures = [m for m in clause.mentions if m.kind == "figure" and m.figure is not None and not m.figure.ordinal]
        for mention in sorted((*self.completed_week(), *clause.mentions, *unnamed(clause)), key=lambda m: m.first):
            if self.ms[self.headers :] and mention.first < self.ms[-1].last:
                continue  # "level" in "a second level at", part of the short name before it
            if mention.first in self.spent or self.completes(mention) or self.dates_a_level(mention):
                continue
            named = [m for m in self.ms if m.kind == "measure"]
            short = sibling(mention, named, state.measure, measures, self.norms, figures) or self.outdone(mention)
            if short or mention.kind != "neutral":
                self.ms.append(short or self._resolved(mention))
        self.ms = self.joined(self.ms)
        if (head := self._fronted()) is not None:
            kept = [m for m in self.ms[self.headers :] if m.first >= head.last]
            self.ms = [*clause.header, head, *kept]

    def _resolved(self, mention: Mention) -> Mention:
        """A mention as the one it stands for here: "the latter" as an instrument, "over it" as a side."""
        if mention.figure is not None and not mention.figure.streak and not mention.figure.ordinal:
            resolved = self._other_window(mention)
            return resolved if resolved is not mention else self._span(mention)
        if (leaning := self.leaning(mention)) is not None:
            return leaning
        if mention.kind == "hedge" and (self.word_after(mention) in AIMED or self._level_follows(mention)):
            sign = {"over": 1, "under": -1, "above": 1, "below": -1}.get(self.norms(mention.first, mention.last)[-1])
            return replace(mention, kind="relation", sign=sign, note="") if sign else mention
        if mention.kind == "relation" and self.norms(mention.first, mention.last) == ["off"]:
            return self._fallen(mention)
        if (span := self.of_a_change(mention)) is not None:
            return replace(mention, kind="period", values=(span,), note="adjective")
        if is_extreme(self, mention):
            return replace(mention, kind="measure", values=levels(self, mention))
        if mention.kind == "hedge" and self.compares(mention):
            return replace(mention, kind="size", sign=1 if "more" in self.norms(mention.first, mention.last) else -1)
        if mention.kind in ("pronoun", "agent") and self.stands_for_close(mention):
            return replace(mention, kind="measure", values=("close",), sign=0, note="")
        if mention.kind == "measure" and mention.values == ("close",) and self.points_at(mention):
            return replace(mention, kind="neutral", values=())
        if mention.kind == "measure" and mention.values == ("close",) and self._is_past(mention):
            return replace(mention, values=("previous_close",))
        if mention.note in ("former", "latter") and len(self.state.levels) == 2 and self._aimed_at(mention):
            level = self.state.levels[mention.note == "latter"]
            return replace(mention, kind="measure", values=(level,), note="")
        if mention.note == UNSIDED:
            return self.round_number(mention)
        if mention.note in ("former", "latter") and (fits := self.of_two_prices(mention)) is not None:
            return replace(mention, kind="neutral" if fits else "record", values=(mention.note,), note="")
        if mention.kind == "period" and mention.note == SUBJECT:
            return self._stretch_subject(mention)
        if mention.kind != "pronoun" or len(self.symbols) < 2:
            return mention
        if mention.note == "rival" and any(m.first == mention.last and m.figure for m in self.clause.mentions):
            return replace(mention, kind="neutral", note="")  # "the other three above it"
        first = self.carried[0]
        others = [symbol for symbol in self.symbols if symbol != first]
        order = self._order(mention) or (first, self.state.other or others[0])
        symbol = {"rival": others[0], "former": order[0], "latter": order[1]}.get(mention.note)
        return replace(mention, kind="instrument", values=(symbol,)) if symbol else mention

    def _level_follows(self, mention: Mention) -> bool:
        """Whether a level's name comes right after a word ("7.98% over the 50-day")."""
        following = next((m for m in self.clause.mentions if m.first >= mention.last and m.kind != "pronoun"), None)
        if following is not None and following.figure is not None and following.first == mention.last:
            return following.figure.value == 0 and following.figure.unit == ""
        return (
            following is not None
            and following.kind == "measure"
            and set(self.norms(mention.last, following.first)) <= OWN
            and any(self.kind_of(name) in (Kind.LEVEL, Kind.INDICATOR) for name in following.values)
        )

    def _is_past(self, close: Mention) -> bool:
        """Whether "Thursday's close" is that of an earlier day than the article's; so is one that the price came from
        ("rose from a close of 2,674.56")."""
        if self.norms(close.first - 2, close.last + 1) in (
            ["from", "a", "close", "of"],
            ["from", "its", "close", "of"],
        ):
            return any(m.figure is not None and m.first == close.last + 1 for m in self.clause.mentions)
        said = next((m for m in self.clause.mentions if m.kind == "date" and m.last == close.first - 1), None)
        day, today = said.day if said is not None else None, self.state.today
        possessive = self.word_before(close) == "'s"
        return possessive and day is not None and today is not None and not day.fits(today, today)

    def _aimed_at(self, pronoun: Mention) -> bool:
        """Whether a side word points at a pronoun ("30% under the former")."""
        return any(m.kind in ("relation", "hedge") and m.last == pronoun.first for m in self.clause.mentions)

    def _fallen(self, off: Mention) -> Mention:
        """ "Off 25.17 points": a fall, where a figure comes right after."""
        told = any(m.figure is not None and 0 <= m.first - off.last <= 3 and m.figure.unit in ("%", "points", "$", "")
                   for m in self.clause.mentions)  # fmt: skip
        before = any(m.figure is not None and 0 <= off.first - m.last <= 1 for m in self.clause.mentions)
        return replace(off, kind="direction", note="adverb") if told and not before else off

    def _order(self, pronoun: Mention) -> tuple[str, ...]:
        """The two instruments named before a pronoun, in order; none where fewer were."""
        named = [m.values[0] for m in self.clause.mentions if m.kind == "instrument" and m.last <= pronoun.first
                 and len(m.values) == 1]  # fmt: skip
        order = self.state.order
        for symbol in named:
            order = (*(one for one in order if one != symbol), symbol)
        return order[-2:] if len(order) > 1 else ()

    def _fronted(self) -> Mention | None:
        """A period at the head of a terse clause: "Five sessions: down 1.47%", "Quarter up 9.67%"."""
        first, mentions = self.clause.first, self.clause.mentions
        if not any(m.figure is not None and m.figure.unit in ("%", "points", "pp") for m in mentions):
            return None
        opening = next((m for m in mentions if m.first == first), None)
        figure = opening.figure if opening is not None else None
        if opening is not None and figure is not None and not figure.streak and not figure.ordinal:
            name = SPANS.get((str(figure.value), figure.unit.replace("days", "sessions")))
            last = opening.last
        else:
            name, last = HEADS.get("".join(self.norms(first, first + 1))), first + 1
        opens = bool(OPENERS & set(self.norms(last, last + 1)))
        opens = opens or any(m.first == last and m.kind in ("direction", "figure", "versus") for m in mentions)
        return Mention("period", first, last, (name,)) if name is not None and opens else None

    def _stretch_subject(self, mention: Mention) -> Mention:
        """ "..., and the year by 81.46%", "the week is up 2%": a stretch of time as what a change is told of; elsewhere
        it says nothing."""
        after = self.word_after(mention)
        follows = any(
            m.first == mention.last and m.kind in ("direction", "versus", "figure", "control", "size")
            for m in self.clause.mentions
        )
        before = self.word_before(mention)
        ended = before in _ENDED or (before == "'s" and any(m.last == mention.first - 1 for m in self.clause.mentions))
        if ended or (before in _SUBJECT_OPENS and (follows or after in _SUBJECT_VERBS)):
            return replace(mention, note="")
        return replace(mention, kind="neutral", values=())

    def _other_window(self, mention: Mention) -> Mention:
        """ "20-day volatility is above the 60-day figure", "12.6% over 20 days, 12% over 60": a window alone, of the
        measure named before."""
        figure = mention.figure
        assert figure is not None
        hyphened = "-" in self.norms(mention.first, mention.last) and figure.unit in ("sessions", "days")
        over = figure.unit in ("", "sessions", "days") and (
            self.word_before(mention) in ("over", "across") or (figure.hedge == "over" and figure.unit == "")
        )
        if not (hyphened or over) or not figure.whole:
            return mention
        named = [name for m in self.ms if m.kind == "measure" for name in m.values]
        for name in (*reversed(named), self.state.measure):
            head, _, window = name.rpartition("_")
            other = f"{head}_{figure.value:f}"
            if not window.isdigit() or other not in self.measures:
                continue
            if hyphened and other == name:
                continue
            if over and self.measures[other].kind is Kind.LEVEL:
                continue
            return replace(mention, kind="measure", values=(other,), figure=None, weak=hyphened)
        return mention

    def _span(self, mention: Mention) -> Mention:
        """ "Five sessions: down 1.47%", "stretch the view to 12 months": a length that is a period changes are told
        over."""
        figure = mention.figure
        assert figure is not None
        name = SPANS.get((str(figure.value), figure.unit.replace("days", "sessions")))
        before, after = self.word_before(mention), self.word_after(mention)
        since = after == "since" and before == "the" and any(m.kind == "date" for m in self.clause.mentions)
        if (
            name is None or (after in _PAST and not since) or before in _COUNTED or len(mention) == 1
        ):  # "five up days" is a run
            return mention
        told = any(0 <= m.first - mention.last <= 1 and m.kind in ("direction", "figure") for m in self.clause.mentions)
        alone = mention.first == self.clause.first and (after in _OPENS or told or mention.last == self.clause.last)
        return replace(mention, kind="period", values=(name,), figure=None) if alone or before in _WITHIN else mention

    def names(self, index: int) -> tuple[str, ...]:
        """Measures a mention may name here: the ratio's own averages where the ratio is spoken of, the extreme of a
        window where "the high" follows "the 52-week range", the level spoken of where it is "that high"."""
        if index not in self.named:
            self.named[index] = self._names(self.ms[index])
        return self.named[index]

    def _names(self, mention: Mention) -> tuple[str, ...]:
        if mention.kind != "measure":
            return ()
        if self.conditional and mention.values == ("close",):
            return ()  # "a close above 8,109.69 would be a record" tells of no close that was
        values = self.pivots(mention)
        before = [m for _, m in self.own("measure", "range") if m.last <= mention.first]
        others = any("close" in m.values for m in before) or any(
            m.last <= mention.first for _, m in self.own("instrument")
        )
        if any("ratio" in m.values for m in before) or (not others and self.state.measure.startswith("ratio")):
            values = tuple(f"ratio_{name}" for name in values if f"ratio_{name}" in self.measures) or values
        if not any(word[0].isdigit() for word in self.norms(mention.first, mention.last)):
            values = tuple(self._over_window(name) for name in values)
        if self._of_volume(mention):
            values = tuple(f"volume_{name}" for name in values if f"volume_{name}" in self.measures) or values
        heading = [m for _, m in self.own("period") if "20d" in m.values and m.last <= mention.first]
        span = ([self.state.range] + ["20d" for _ in heading] + [m.note for m in before if m.kind == "range"])[-1]
        if set(values) & {"high", "low"} and span and len(mention) == 1:
            values = tuple(f"{name}_{span}" for name in values if f"{name}_{span}" in self.measures) or values
        side = next((name for name in ("high", "low") if name in mention.values), "")
        spoken = self.state.measure
        if side and self.word_before(mention) in ("that", "this") and spoken.startswith((f"{side}_", f"record_{side}")):
            return (spoken,)
        return values

    def _over_window(self, name: str) -> str:
        """ "Down volume exceeded up volume over 50 sessions": the measure of the window the clause states, where the
        name says none."""
        head = name.rpartition("_")[0]
        if head not in _OF_STATED_WINDOW:
            return name
        stated = [
            f"{head}_{m.figure.value:f}" for m in self.clause.mentions
            if m.figure is not None and m.figure.unit == "sessions" and not m.figure.streak
        ]  # fmt: skip
        return next((other for other in stated if other in self.measures), name)

    def side_before(self, mention: Mention, figure: Figure) -> tuple[int, Mention] | None:
        """The side word a figure is the threshold of ("above 70"), unless the figure counts or the level is not
        reached."""
        gap = 3 if figure.hedge else 1
        side = next(((i, m) for i, m in self.each("relation") if 0 <= mention.first - m.last <= gap), None)
        tallied = self.word_after(mention) == "of" or (figure.whole and any(m.plural for _, m in self.each("averages")))
        tallied = tallied or (side is not None and any(mention is one for one in self.linked.values()))
        return None if side is None or tallied or self.conditional or not side[1].sign else side

    def _of_volume(self, mention: Mention) -> bool:
        """Whether volume is spoken of where an average is named: last before it, or before the clause."""
        subject = self._subject_before(mention)
        if subject is None:
            carried = self.spoken_of
            return carried is not None and carried.needs_volume
        return subject.kind == "measure" and self._names_volume(subject)

    def volume_speaks(self, at: Mention) -> bool:
        """Whether a word or figure is about volume rather than the price: what was named last before it."""
        subject = self._subject_before(at)
        return subject is not None and subject.kind == "measure" and self._names_volume(subject)

    def _names_volume(self, mention: Mention) -> bool:
        return any(self.measures[name].needs_volume for name in self.names(self.ms.index(mention)))

    def _subject_before(self, at: Mention) -> Mention | None:
        """The measure, instrument or pronoun named last before a mention, owners ("its", "of the fund") left out."""
        for _, named in reversed(self.own("measure", "instrument", "pronoun")):
            if named.last > at.first or (named.weak and named.kind == "measure"):
                continue
            owns = self.word_after(named) == "'s" or set(self.norms(named.first - 2, named.first)) & _OF
            if named.kind == "measure" or not (owns or set(self.norms(named.first, named.last)) & _POSSESSIVE):
                return named
        return None

    def attach(self, measure: int, figure: Mention, *, across: bool = False) -> float:
        """Cost of hanging a figure on a measure mention. across: a side word between links them, as in distances."""
        mention = self.ms[measure]
        if self.is_header(measure):
            return 0.0
        if self.respectively and figure.kind == "figure":
            listed = [i for i, _ in self.each("measure")]
            figures = [m for _, m in self.own("figure")]
            if len(listed) == len(figures) > 1:
                return 0.0 if figures.index(figure) == listed.index(measure) else MISALIGNED
        given = list(self.linked.values())  # "58.49 for the Nasdaq and 61.82 for the S&P 500" share the measure
        bounds = {m.last for _, m in self.own("relation", "crossing")}  # "below zero, at -4.61": zero is no value
        rivals = sum(
            m.figure is None or figure.figure is None or m.figure.unit == figure.figure.unit
            for m in self.between(mention, figure, "figure")
            if m.first not in bounds and not (figure in given and m in given)
        )
        if figure in given and rivals and self.norms(figure.first - 2, figure.first) in _COMPARED:
            rivals -= 1  # "1.19% of its close, compared with 0.81% for the S&P 500"
        others = sum(
            not m.weak and not self.is_object(m) and any(self.kind_of(n) is not Kind.DATE for n in m.values)
            for m in self.between(mention, figure, "measure", "averages")
        )
        told = mention.last <= figure.first and (self.is_object(mention) or self.is_apposed(mention))
        cost = FIGURE_BETWEEN * rivals + MEASURE_BETWEEN * (others + told)
        if mention.last <= figure.first:
            return cost + TOKEN * (figure.first - mention.last)
        said = self.norms(figure.last, mention.first)
        if self.words[:1] == ["at"]:  # "At 31.97, the Russell 2000's average true range"
            owners = [self.norms(m.first, m.last) for m in self.between(figure, mention, "instrument", "timeframe")]
            said = [word for word in said if not any(word in owner for owner in owners)]
        sided = bool(self.between(mention, figure, "relation"))
        window = (
            said in (["over"], ["across"]) and self.norms(mention.first, mention.last)[0].isdigit()
        )  # "against 18.00% over 60 days"
        linked = set(said) <= OWNING or (across and sided) or window
        if linked and "," in said and not sided:
            linked = not any(m.last <= figure.first for _, m in self.own("measure"))
        return cost + TOKEN * len(said) + (_NAMED_AFTER if linked else _NAMED_AFAR)
