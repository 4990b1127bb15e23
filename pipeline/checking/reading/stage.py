"""The stage: a clause's mentions and tokens, with the questions of place that every reading asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from pipeline.checking.clauses import Clause, Discourse
from pipeline.checking.mentions import Mention
from pipeline.checking.tokens import words
from pipeline.facts.catalogue import Measure
from pipeline.facts.units import Kind

MISALIGNED = 3.0
"""Cost of giving a figure to another name than its own where names and figures stand in one order."""
_POINTED = (["one"], ["line"], ["level"], ["average"], ["mark"], ["figure"], ["reading"], ["band"], ["high"], ["low"],
            ["peak"], ["trough"], ["pivot"])  # fmt: skip
"""What "that" may point back with."""
_SIDES = (["above"], ["below"], ["over"], ["under"], ["beneath"])
_DETERMINERS = frozenset({"the", "'s", "its"})
_LOOSE = words("a an the about around roughly nearly almost just under over more less than some only")
_ENDS = frozenset(".!?;")
_PAIRED = (["against"], ["versus"], ["vs", "."], ["to"], ["and"], ["compared", "with"])


class Stage:
    """Where mentions stand. ms: header mentions first, then the clause's own, each known by its index."""

    def __init__(
        self, clause: Clause, state: Discourse, measures: Mapping[str, Measure], symbols: tuple[str, ...]
    ) -> None:
        self.clause, self.state, self.measures, self.symbols = clause, state, measures, symbols
        self.ms: list[Mention] = [*clause.header, *clause.mentions]
        self.headers = len(clause.header)

    @cached_property
    def spoken_of(self) -> Measure | None:
        """The measure of the last claim before the clause."""
        return self.measures.get(self.state.measure)

    @cached_property
    def level(self) -> str:
        """The measure a distance is from where none is named: the last claim's, or the last level where that was the
        close."""
        return self.state.level if self.state.measure in ("", "close", "previous_close") else self.state.measure

    @cached_property
    def points_back(self) -> bool:
        """Whether the clause's subject is what was spoken of last ("which stands at", "that line sits at")."""
        said = self.norms(self.clause.first, self.clause.first + 2)
        return said[:1] == ["which"] or (said[:1] in (["that"], ["this"]) and said[1:] in _POINTED)

    def each(self, *kinds: str) -> Iterator[tuple[int, Mention]]:
        """Mentions of some kinds with their indices."""
        return ((index, mention) for index, mention in enumerate(self.ms) if mention.kind in kinds)

    def any(self, *kinds: str) -> bool:
        """Whether there is a mention of one of some kinds."""
        return any(mention.kind in kinds for mention in self.ms)

    def own(self, *kinds: str) -> list[tuple[int, Mention]]:
        """Mentions of some kinds in the clause itself, without its headers."""
        mentions = self.ms
        places = range(self.headers, len(mentions))
        return [(index, mentions[index]) for index in places if mentions[index].kind in kinds]

    def norms(self, first: int, last: int) -> list[str]:
        """Words between two token positions."""
        return [token.norm for token in self.clause.tokens[max(first, self.clause.first) : min(last, self.clause.last)]]

    @cached_property
    def words(self) -> list[str]:
        """All words of the clause."""
        return self.norms(self.clause.first, self.clause.last)

    def word_before(self, mention: Mention, back: int = 1) -> str:
        """The word so many tokens before a mention."""
        place = mention.first - back
        return self.clause.tokens[place].norm if place >= self.clause.first else ""

    def word_after(self, mention: Mention) -> str:
        """The word right after a mention."""
        return self.clause.tokens[mention.last].norm if mention.last < self.clause.last else ""

    def beyond(self, mention: Mention, count: int) -> list[str]:
        """So many words after a mention in its sentence, the next clause too ("since 1987, where the data begin")."""
        said = [token.norm for token in self.clause.tokens[mention.last : mention.last + count]]
        return said[: next((place for place, word in enumerate(said) if word in _ENDS), count)]

    def is_header(self, index: int) -> bool:
        """Whether a mention belongs to the headers of the cell."""
        return index < self.headers

    def between(self, a: Mention, b: Mention, *kinds: str) -> list[Mention]:
        """Mentions of some kinds that stand between two others."""
        low, high = min(a.last, b.last), max(a.first, b.first)
        return [m for m in self.ms[self.headers :] if m.kind in kinds and low <= m.first and m.last <= high]

    @cached_property
    def respectively(self) -> bool:
        """Whether figures go with names in order: "respectively", or "MACD stands below its signal, 3 against 5"."""
        if "respectively" in self.words:
            return True
        figures = [m for _, m in self.own("figure")]
        measures = [m for _, m in self.own("measure")]
        if len(figures) != 2 or len(measures) != 2 or measures[1].last > figures[0].first:
            return False
        same = figures[0].figure and figures[1].figure and figures[0].figure.unit == figures[1].figure.unit
        return bool(same) and self.norms(figures[0].last, figures[1].first) in _PAIRED

    def speaks_of_all(self, at: Mention) -> bool:
        """Whether a claim is made of both instruments without their names: "both neutral", "negative for each"."""
        if len(self.symbols) < 2 or at.kind in ("figure", "date"):
            return False
        neither = any("neither" in self.norms(m.first, m.last) and not self._rival_follows(m)
                      for _, m in self.each("negation"))  # fmt: skip
        plural = neither or (len(self.state.instruments) > 1 and bool({"they", "their"} & set(self.words)))
        return plural or any(
            (m.values[0] in ("both", "each") or "neither" in self.norms(m.first, m.last)) and not self._counts_things(m)
            for _, m in self.each("quantifier")
        )

    def _rival_follows(self, negation: Mention) -> bool:
        """Whether an instrument comes after a word that denies something of it too ("neither has the Nasdaq")."""
        return any(0 <= m.first - negation.last <= 1 for m in self.ms if m.kind == "instrument")

    def _counts_things(self, quantifier: Mention) -> bool:
        """Whether a quantifier is of levels or averages named right after it ("both averages", "each of the bands")."""
        return any(
            0 <= m.first - quantifier.last <= 3
            and m.kind in ("measure", "averages", "figure", "period")
            and not (m.kind == "measure" and m.plural and len(m.values) == 1)  # "both MACDs": one of each instrument
            for m in self.ms[self.headers :]
        )

    @cached_property
    def conditional(self) -> bool:
        """Whether the clause is arithmetic about a level not reached ("a close above X would be a record")."""
        return any("conditional" in m.values for _, m in self.each("forecast"))

    def negated(self, at: Mention) -> bool:
        """Whether a negation stands before a mention in its phrase."""
        return any(
            0 <= at.first - m.last <= 4
            and not self.between(m, at, "figure")
            and "," not in self.norms(m.last, at.first)
            for _, m in self.each("negation", "quantifier")
            if m.kind == "negation" or "none" in m.values
        )

    def denied(self, figure: Mention) -> bool:
        """Whether a negation stands right before a figure ("not 42.38")."""
        return any(m.kind == "negation" and 0 <= figure.first - m.last <= 1 for m in self.ms)

    def turned(self, word: Mention) -> Mention:
        """A word with its sign turned by a negation before it."""
        return replace(word, sign=-word.sign) if self.negated(word) else word

    def is_object(self, named: Mention) -> bool:
        """Whether a measure only says where the one named right before it stands ("the nearest support below the
        close is"), so that what follows is told of that one."""
        share = next(
            (m for m in self.ms[self.headers :] if m.kind == "figure" and 1 <= named.first - m.last <= 2), None
        )
        if (
            share is not None
            and share.figure is not None
            and share.figure.unit == "%"
            and self.norms(share.last, named.first)[:1] == ["of"]
        ):
            return True  # "1.19% of its close"
        for side in self.ms[self.headers :]:
            if side.kind != "relation" or self.norms(side.first, side.last) not in _SIDES or side.last > named.first:
                continue
            led = any(m.kind == "measure" and m.last == side.first for m in self.ms[self.headers :])
            owners = {p for m in self.between(side, named, "instrument", "pronoun") for p in range(m.first, m.last)}
            gap = {self.clause.tokens[p].norm for p in range(side.last, named.first) if p not in owners}
            if led and gap <= _DETERMINERS:
                return True
        return False

    def is_apposed(self, named: Mention) -> bool:
        """Whether a measure stands between commas, told of what came before it ("reached 93,434, a record high, and
        closed at")."""
        before, after = self.norms(named.first - 2, named.first), self.norms(named.last, named.last + 1)
        return (
            len(before) == 2 and before[0] == "," and before[1] in ("a", "an", "another") and after in ([","], ["and"])
        )

    def came_from(self, figure: Mention) -> bool:
        """Whether a figure is what something came from ("from 68.9", "from a 68.9", "from about 26")."""
        before = self.norms(figure.first - 4, figure.first)
        return "from" in before and set(before[before.index("from") + 1 :]) <= _LOOSE

    def before_now(self, figure: Mention) -> bool:
        """Whether a figure is told of a day before the session's ("had closed at 2,674.56 on Jan. 15")."""
        said, today = self.norms(figure.first - 3, figure.first), self.state.today
        had = said[:1] == ["had"] and said[1:] in (["closed", "at"], ["ended", "at"], ["finished", "at"])
        days = [m.day for _, m in self.own("date") if m.day is not None]
        return had and today is not None and any(not day.fits(today, today) for day in days)

    def kind_of(self, name: str) -> Kind:
        """A measure's kind."""
        return self.measures[name].kind
