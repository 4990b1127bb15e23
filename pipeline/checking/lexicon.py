"""The lexicon: one trie over everything the reader can name, made from the catalogue, the instruments and the tables.

Phrases are matched token by token, lower case, with hyphens between words ignored ("50-day" and "50 day" are one
phrase); the longest match wins. Values of the snapshot play no part here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import cast

from pipeline.checking.dates import MONTH_FULL, date_at
from pipeline.checking.figures import figure_at
from pipeline.checking.mentions import Mention, MentionKind
from pipeline.checking.phrases import (
    AVERAGE_NOUNS,
    BANDS,
    BOTH,
    EXPONENTIAL,
    EXTREMES,
    HEADINGS,
    LABELS_SHORT,
    ON_BARS,
    OVER,
    PRONOUNS,
    RANGES,
    RIVAL,
    ROUND,
    SETS,
    SIMPLE,
    STRETCHES,
    phrase_words,
    shortened,
)
from pipeline.checking.tokens import Token, tokenise, words
from pipeline.checking.vocabulary import load
from pipeline.facts.catalogue import Measure
from pipeline.facts.measures.averages import SIDES
from pipeline.facts.measures.pivots import POINTS
from pipeline.facts.periods import PERIODS
from pipeline.facts.units import Kind
from pipeline.market.instruments import WELL_KNOWN, Instrument

SET = "set"
"""Note of such a name."""
UNSIDED = "unsided"
"""Note of a round number named without its side."""
ABOVE, BELOW = "round_number_above", "round_number_below"
_PRIORITY: dict[str, int] = {
    "crossing": 0, "instrument": 0, "measure": 1, "averages": 2, "relation": 3, "label": 4, "timeframe": 5, "period": 6,
}  # fmt: skip
TIMEFRAME_WORDS = {"daily": "1d", "weekly": "1w", "monthly": "mtd", "hourly": "", "intraday": ""}
STRETCH_WORDS = {"day": "1d", "week": "1w", "month": "mtd", "quarter": "qtd", "year": "ytd"}
SUBJECT = "subject"
"""Note of a stretch of time that is a period only where a change is told of it ("the year by 81.46%")."""
_SIGNS = frozenset({"+", "-", "0", "*", "~", "!"})

_HEADING_ENDS = words("change chg move performance return perf pct percent spread gap")
_HEADING_STARTS = words("change chg past last this 1 one on the over for in")
_SHORTER, _LONGER = words("pronoun period control"), words("measure averages instrument period")
"""Kinds of phrases that give way to a name which begins inside them, and the kinds of such names."""
_LISTING = words("and or to the")
_DETERMINERS = words("the its 's their that this")
_WINDOW_UNITS = ("day", "session", "d", "dma")
PIVOT = "pivot"
"""Note of a pivot named without its period ("R1", "the pivot")."""
_PIVOT_BASES = ("next_session", "day", "week", "month")


def _named(tokens: list[Token], index: int) -> bool:
    """Whether an article or owner makes a noun of a word ("lifted the close to", "its close to": no hedge)."""
    return index > 0 and tokens[index - 1].norm in _DETERMINERS


class Lexicon:
    """Finds mentions. measures: the catalogue. instruments: those of the snapshot, primary first. verbatim: texts that
    may be repeated word for word (descriptions of sources). proxies: instruments that may be named, though an article
    is about none of them."""

    def __init__(
        self,
        measures: Mapping[str, Measure],
        instruments: Iterable[Instrument],
        verbatim: Iterable[str] = (),
        proxies: Iterable[Instrument] = (),
    ) -> None:
        self.measures = measures
        self.instruments, self.proxies = tuple(instruments), tuple(proxies)
        self.phrases: dict[str, Mention] = {}
        self.longest: dict[str, int] = {}
        self.averages = {
            prefix: tuple(
                m.name for m in measures.values() if m.kind is Kind.LEVEL and m.window and m.name.startswith(prefix)
            )
            for prefix in (SIMPLE, EXPONENTIAL)
        }
        self._tables()
        self._catalogue()
        self._names()
        for text in verbatim:
            self._add(text, "neutral")

    def _add(self, phrase: str, kind: MentionKind, *, values: tuple[str, ...] = (), sign: int = 0, note: str = "",
             weak: bool = False, plural: bool = False) -> None:  # fmt: skip
        self._enter(phrase, Mention(kind, 0, 0, values, sign, note, weak=weak, plural=plural))

    def _enter(self, phrase: str, entry: Mention) -> None:
        """Keep a phrase's entry, unless a kind that goes before has the same words."""
        said = phrase_words(phrase)
        if not said:
            return
        key = " ".join(said)
        known = self.phrases.get(key)
        if known is not None:
            if known.kind == entry.kind == "measure":
                entry = replace(entry, values=tuple(dict.fromkeys(known.values + entry.values)))
            elif _PRIORITY.get(known.kind, 9) < _PRIORITY.get(entry.kind, 9):
                return
        self.phrases[key] = entry
        if self.longest.get(said[0], 0) < len(said):
            self.longest[said[0]] = len(said)

    def _tables(self) -> None:
        zones = {p for m in self.measures.values() for item in m.labels if item.bounds for p in item.phrases}
        for kind, entries in load().items():
            for entry in entries:
                signs = [item for item in entry.attributes if item in _SIGNS]
                attributes = tuple(item for item in entry.attributes if item and item not in _SIGNS)
                sign = {"+": 1, "-": -1}.get(signs[0], 0) if signs else 0
                open_sign = signs[0] if signs and signs[0] in ("*", "~", "!") else ""
                note = " ".join(filter(None, (open_sign, *attributes)))
                mention = Mention(cast(MentionKind, kind), 0, 0, attributes, sign, note)
                for form in entry.forms:
                    if kind == "crossing" and any(phrase in form for phrase in zones):
                        continue  # the zone itself is a label; its verb says whether it was entered or left
                    self._enter(form, mention)

    def _catalogue(self) -> None:
        for measure in self.measures.values():
            for phrase in (*measure.phrases, *(short for one in measure.phrases for short in shortened(one))):
                frame = "weekly" if "-week " in phrase and "weekly" in measure.timeframes[1:] else ""
                self._add(phrase, "measure", values=(measure.name,), note=frame)
                if phrase[-1].isalpha() and not phrase.endswith("s"):
                    self._add(phrase + "s", "measure", values=(measure.name,), plural=True)
            for label in measure.labels if measure.labels[:1] != SIDES[:1] else ():
                for phrase in (*label.phrases, *LABELS_SHORT.get(label.name, ())):
                    self._add(phrase, "label", values=(label.name,))
        self._pivots()
        for noun, prefixes in AVERAGE_NOUNS.items():
            names = tuple(name for prefix in prefixes for name in self.averages[prefix])
            if names:
                if "average" in noun or noun in ("sma", "ema", "ma"):
                    self._add(noun, "averages", values=names, weak=True)
                self._add(noun + "s", "averages", values=names, plural=True, weak=True)
        for prefix in (SIMPLE, EXPONENTIAL):
            for name in self.averages[prefix]:
                for unit in _WINDOW_UNITS:
                    self._add(f"{self.measures[name].window}-{unit}", "measure", values=(name,), weak=True)
        for phrase, name in BANDS.items():
            if name in self.measures:
                self._add(phrase, "measure", values=(name,))
        for names, phrases in SETS.items():
            for phrase in phrases if all(name in self.measures for name in names) else ():
                self._add(phrase, "measure", values=names, note=SET, plural=True, weak=names[0].startswith("round_"))
        rounds = tuple(name for name in (ABOVE, BELOW) if name in self.measures)
        for phrase in ROUND if rounds else ():
            self._add(phrase, "measure", values=rounds, note=UNSIDED, weak=True)
        for phrase, name in EXTREMES.items():
            self._add(phrase, "measure", values=(name,))
        for note, spans in RANGES.items():
            for span in spans:
                for noun in ("range", "trading range", "span", "band"):
                    self._add(f"{span} {noun}", "range", note=note, weak=True)
            for stretch in STRETCHES[note]:
                for opening in OVER:
                    self._add(f"{opening} {stretch}", "range", note=note, weak=True)
        for period in PERIODS:
            for phrase in period.adjectives:
                self._add(phrase, "period", values=(period.name,), note="adjective", weak=True)
            for phrase in period.phrases:  # last: "year to date" must be used, though it is "year-to-date" too
                self._add(phrase, "period", values=(period.name,), weak=phrase == "today")
        for word, name in STRETCH_WORDS.items():
            for opening in ("", "the ", "this "):
                if opening + word not in self.phrases:
                    self._add(opening + word, "period", values=(name,), note=SUBJECT, weak=True)
        for word, note in TIMEFRAME_WORDS.items():
            self._add(word, "timeframe", values=(word,), note=note, weak=True)
        for timeframe in ("weekly", "daily"):
            for phrase in ON_BARS:
                self._add(phrase.format(timeframe), "timeframe", values=(timeframe,))

    def _pivots(self) -> None:
        """Pivots without their period: what stands around says which is meant."""
        for point in POINTS:
            names = tuple(f"pivot_{base}_{point}" for base in _PIVOT_BASES)
            known = tuple(name for name in names if name in self.measures)
            for phrase in ("pivot", "pivot point") if point == "p" else (point.upper(), f"pivot {point}"):
                if known:
                    self._add(phrase, "measure", values=known, note=PIVOT)

    def _names(self) -> None:
        named = (*self.instruments, *self.proxies)
        mine = {instrument.symbol for instrument in named}
        for known in WELL_KNOWN.values():
            if known.symbol not in mine:
                for name in (known.name, known.short, *known.aliases):
                    if name:
                        self._add(name, "outsider", note="instrument")
        for phrase in PRONOUNS:
            self._add(phrase, "pronoun")
        symbols = tuple(instrument.symbol for instrument in self.instruments)
        if len(symbols) > 1:
            for phrase in BOTH:
                self._add(phrase, "instrument", values=symbols, note="all")
            for phrase in RIVAL:
                self._add(phrase, "pronoun", note="rival")
            self._add("the former", "pronoun", note="former")
            self._add("the latter", "pronoun", note="latter")
        for instrument in reversed(named):  # what two of them may be called is the first's
            for noun in instrument.nouns:
                self._add(noun, "instrument", values=(instrument.symbol,), weak=True)
        for instrument in named:
            for name in dict.fromkeys((instrument.name, instrument.short, instrument.symbol, *instrument.aliases)):
                if name:
                    self._add(name, "instrument", values=(instrument.symbol,))

    def heading_period(self, text: str) -> Mention | None:
        """The period a table's heading names ("Week", "YTD %", "1-week change")."""
        said = [token.norm for token in tokenise(text.partition("(")[0]) if token.kind != "mark"]
        while said and (said[-1] in _HEADING_ENDS or said[-2:] == ["so", "far"]):
            del said[-2 if said[-1] == "far" else -1 :]
        while said and said[0] in _HEADING_STARTS:
            said.pop(0)
        name = HEADINGS.get(" ".join(said))
        if said and said[0] in MONTH_FULL and said[1:] in ([], ["to", "date"]):
            name = "mtd"
        return Mention("period", -1, -1, (name,)) if name else None

    def phrase_at(self, tokens: list[Token], index: int) -> Mention | None:
        """The longest phrase that starts at a token."""
        first = tokens[index].norm
        room = self.longest.get(first, 0)
        if not room:
            return None
        said, ends, position = [first], [index + 1], index + 1
        while len(said) < room and position < len(tokens):
            token = tokens[position]
            if token.text == "-" and token.joined and position + 1 < len(tokens) and tokens[position + 1].joined:
                position += 1
                continue
            said.append(token.norm)
            position += 1
            ends.append(position)
        for length in range(len(said), 0, -1):
            entry = self.phrases.get(" ".join(said[:length]))
            if entry is not None:
                return replace(entry, first=index, last=ends[length - 1])
        return None

    def mentions(self, tokens: list[Token]) -> list[Mention]:
        """All mentions of a run of tokens, left to right, none overlapping. Words of no table are `unknown`."""
        found: list[Mention] = []
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.kind == "mark" and token.text not in ("+", "-", "$", "%"):
                index += 1
                continue
            phrase = self.phrase_at(tokens, index)
            if phrase is not None and phrase.kind == "hedge" and token.norm == "close" and _named(tokens, index):
                phrase = replace(self.phrases["close"], first=index, last=index + 1)
            if phrase is not None and phrase.kind in _SHORTER and self._reaches_further(tokens, phrase):
                index += 1  # "the average true range" is no "the average", "the previous close of 110" no "from it"
                continue
            length = len(phrase) if phrase else 0
            if (dated := date_at(tokens, index)) is not None and dated[1] - index >= length:
                found.append(Mention("date", index, dated[1], day=dated[0]))
            elif (listed := self._window_list(tokens, index)) is not None:
                found += listed[0]
                index = listed[1]
                continue
            elif (figure := figure_at(tokens, index)) is not None and (
                figure[1] - index > length
                or (figure[0].rough and phrase is not None and phrase.kind in ("quantifier", "neutral"))
            ):
                found.append(Mention("figure", index, figure[1], figure=figure[0]))
            elif phrase is not None:
                if found and self._other_window(found[-1], phrase):
                    found[-1] = replace(found[-1], kind="outsider", values=(), note="window")
                found.append(phrase)
            elif token.kind == "word" and token.text != "'s":
                kind: MentionKind = "neutral" if token.norm == "one" else "unknown"  # a pronoun where it counts nothing
                found.append(Mention(kind, index, index + 1))
            else:
                index += 1
                continue
            index = found[-1].last
        return found

    def _reaches_further(self, tokens: list[Token], phrase: Mention) -> bool:
        """Whether a name that begins inside a phrase of several words ends after it, or has a value of its own."""
        inside = range(phrase.first + 1, phrase.last)
        found = [after for place in inside if (after := self.phrase_at(tokens, place)) is not None]
        valued = [token.norm for token in tokens[phrase.last : phrase.last + 1]] == ["of"]
        return any(
            after.kind in _LONGER and (after.last > phrase.last or (valued and after.kind == "measure"))
            for after in found
        )

    def _other_window(self, before: Mention, phrase: Mention) -> bool:
        """Whether a window right before a measure is not its own ("100-day beta")."""
        if before.kind != "measure" or not before.weak or before.last != phrase.first or phrase.kind != "measure":
            return False
        own = {self.measures[name].window for name in phrase.values} - {None}
        return bool(own) and not {self.measures[name].window for name in before.values} & own

    def _window_list(self, tokens: list[Token], index: int) -> tuple[list[Mention], int] | None:
        """ "20-, 50- and 200-day averages": one measure mention for each window."""
        places, position = _windows(tokens, index)
        if len(places) < 2:
            return None
        phrase = self.phrase_at(tokens, position) if position < len(tokens) else None
        prefix = SIMPLE
        if phrase is not None and phrase.kind == "averages":
            said = " ".join(token.norm for token in tokens[phrase.first : phrase.last])
            simple = any(name.startswith(SIMPLE) for name in phrase.values)
            if not simple or "exponential" in said or said.startswith("ema"):
                prefix = EXPONENTIAL
            position = phrase.last
        mentions = []
        for place in places:
            name = f"{prefix}{tokens[place].text}"
            if name in self.measures:
                mentions.append(Mention("measure", place, place + 1, (name,)))
            else:
                mentions.append(Mention("outsider", place, place + 1, note="window"))
        return mentions, position


def _windows(tokens: list[Token], index: int) -> tuple[list[int], int]:
    """Places of the numbers in a list of windows ("20-, 50- and 200-day"), and the token after it; no places where
    there is no list."""
    places: list[int] = []
    position = index
    if index + 2 >= len(tokens) or tokens[index + 1].norm not in ("-", ",", "/", "and", "or"):
        return places, index
    while position < len(tokens) and tokens[position].text.isdigit():
        places.append(position)
        position += 1
        if position < len(tokens) and tokens[position].text == "-":
            position += 1
        if position < len(tokens) and tokens[position].norm in _WINDOW_UNITS:
            return places, position + 1
        start = position
        while position < len(tokens) and (tokens[position].text in (",", "/") or tokens[position].norm in _LISTING):
            position += 1
        if position == start:
            break
    return [], index
