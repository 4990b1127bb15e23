"""Whether words say what a note says: its own content words, figures and dates, in its order, nothing turned.

Between two kept words the note's words may be left out, but not those that turn a statement (not, may, expects), nor
across the start of another clause: "inflation rose to 3% and rates fell to 2%" does not say that inflation fell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.checking.dates import date_at
from pipeline.checking.figures import figure_at
from pipeline.checking.mentions import Figure, PartialDate
from pipeline.checking.tokens import Token, words

FREE = words(
    "a an the this that these those its it their theirs they them he she his her him there which who whom whose and of "
    "in on at for by to from into be been being is are was were has have had do does did 's"
)
"""Words that may be added or left out: they state nothing by themselves."""
WE = "we"
_FIRST_PERSON = words("we i us our ours my mine me ourselves myself")
_DENYING = words(
    "not no never nor neither none nobody nothing without hardly barely scarcely rarely seldom unlikely deny refuse "
    "reject fail lack avoid stop doubt false"
)
_OPENING = words(
    "will may can should must shall expect plan hope want seek propose consider likely probably perhaps possibly "
    "maybe forecast project intend aim try predict urge"
)
_CONDITIONS = words("if unless")
_BOUNDARIES = words("and but or while whereas although though because if unless when since after before as that which")
_LEADS = words(
    "to from than about around nearly almost roughly approximately over under above below least most only just some"
)
"""Words that change the figure after them."""
_STRAIGHT = {
    "would": "will", "could": "can", "might": "may", "rose": "rise", "fell": "fall", "saw": "see", "held": "hold",
    "kept": "keep", "left": "leave", "grew": "grow", "began": "begin", "led": "lead", "made": "make", "took": "take",
    "gave": "give", "thought": "think", "won't": "will not", "can't": "can not", "cannot": "can not",
}  # fmt: skip
_SUFFIXES = {"ll": "will", "d": "will", "re": "", "ve": "", "m": ""}
_BEING = words("is are was were be been being")
_DONE = words("cut held kept left made led put set given taken seen sold bought told paid lost won beaten hit")
_SIGNS, _INNER, _STOPS = frozenset("$+-"), frozenset("\"'%&/"), frozenset(".?!;")
_BECAUSE = (("because", "of"), ("because",), ("due", "to"), ("owing", "to"), ("driven", "by"), ("thanks", "to"),
            ("on", "account", "of"))  # fmt: skip
_DASHES = frozenset("-–—") | {"--"}

LONGEST = 60
"""Items among which the place of a date that opens a sentence is sought."""

Kind = Literal["word", "figure", "date"]


@dataclass(frozen=True, slots=True)
class Item:
    """A content word, figure or date at tokens [first, last). key: what must be the same; None for a date. lead: the
    word before it that changes it. passive: it was done to its subject. clause, sentence: where in the text it stands.
    head: it opens its clause."""

    kind: Kind
    first: int
    last: int
    key: object = None
    day: PartialDate | None = None
    lead: str = ""
    passive: bool = False
    clause: int = 0
    sentence: int = 0
    head: bool = False


def items(tokens: Sequence[Token], first: int, last: int, without: frozenset[int] = frozenset()) -> list[Item]:
    """The items of tokens [first, last), apart from some places."""
    listed, found = list(tokens), list[Item]()
    clause = sentence = 0
    empty, index = True, first
    while index < last:
        token = tokens[index]
        if index in without or (token.kind == "mark" and token.text not in _SIGNS):
            if index not in without and token.text not in _INNER:
                clause, empty = clause + 1, True
                sentence += token.text in _STOPS and not _is_inside(tokens, index)
            index += 1
            continue
        at = Item(
            "word", index, index + 1, lead=_lead(tokens, index, first), clause=clause, sentence=sentence, head=empty
        )
        reason = next((len(one) for one in _BECAUSE if _norms(tokens, index, len(one)) == one), 0)
        if (dated := date_at(listed, index)) is not None:
            found.append(replace(at, kind="date", last=dated[1], day=dated[0]))
        elif not _joins(tokens, index, first) and (figure := figure_at(listed, index)) is not None:
            found.append(replace(at, kind="figure", last=figure[1], key=figure_key(figure[0])))
        elif reason:
            clause += 1
            found.append(replace(at, last=index + reason, key="because", clause=clause, head=True))
        elif token.kind == "word":
            opens = token.norm in _BOUNDARIES
            clause += opens
            done = token.norm in _DONE or token.norm.endswith("ed")
            passive = done and index > first and tokens[index - 1].norm in _BEING
            found += [
                replace(at, key=key, passive=passive, clause=clause, head=empty or opens) for key in _keys(token.norm)
            ]
            empty = empty or opens
        if found and found[-1].first == index:
            empty = found[-1].key in _LIGHT
            index = found[-1].last
        else:
            index += 1
    return found


def _norms(tokens: Sequence[Token], index: int, size: int) -> tuple[str, ...]:
    return tuple(token.norm for token in tokens[index : index + size])


def _is_inside(tokens: Sequence[Token], index: int) -> bool:
    """Whether a stop stands inside a word or a number."""
    return tokens[index].joined and index + 1 < len(tokens) and tokens[index + 1].joined


def _joins(tokens: Sequence[Token], index: int, first: int) -> bool:
    """Whether a dash stands between two things rather than before a negative figure."""
    if tokens[index].text != "-" or index <= first or not tokens[index].joined:
        return False
    return tokens[index - 1].kind != "mark" or tokens[index - 1].text == "%"


def _lead(tokens: Sequence[Token], index: int, first: int) -> str:
    """The word right before a place that changes what stands there; a dash between figures reads as "to"."""
    if index <= first:
        return ""
    before = tokens[index - 1]
    if before.text in _DASHES and index - 1 > first and (tokens[index - 2].kind == "number" or tokens[index - 2].text in
                                                         ("%", "$")):  # fmt: skip
        return "to"
    return before.norm if before.norm in _LEADS else ""


def figure_key(figure: Figure) -> object:
    """What two figures must share: "2.50 percent" is 2.5%."""
    return figure.value, figure.unit, figure.sign, figure.ordinal


def _keys(norm: str) -> list[str]:
    """The content of a word without its ending: none for a free word, two for "won't"."""
    straight = _STRAIGHT.get(norm, norm)
    if straight.endswith("n't"):
        straight = "not"
    base, apostrophe, suffix = straight.partition("'")
    if apostrophe and suffix in _SUFFIXES:
        straight = f"{base} {_SUFFIXES[suffix]}"
    return [WE if word in _FIRST_PERSON else stem(word) for word in straight.split() if word not in FREE]


def stem(word: str) -> str:
    """A word without the ending of number or tense: raise, raises and raised are one."""
    for ending in ("ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) > len(ending) + 2 and not word.endswith("ss"):
            return word.removesuffix(ending)
    return word


_TURNING = frozenset(stem(word) for word in _DENYING | _OPENING)
_NEVER = frozenset(stem(word) for word in _DENYING)
_IF = frozenset(stem(word) for word in _CONDITIONS)
_LIGHT = frozenset({WE, "because"} | {stem(word) for word in _BOUNDARIES})
"""Keys after which a clause still opens."""


def same(said: Item, held: Item) -> bool:
    """Whether two items say the same."""
    if said.day is not None and held.day is not None:
        return _same_day(said.day, held.day)
    if said.kind != held.kind or said.key != held.key or said.passive != held.passive:
        return False
    return said.lead == held.lead or (said.kind == "word" and "to" not in (said.lead, held.lead))


def _same_day(one: PartialDate, other: PartialDate) -> bool:
    """Whether two dates agree in all that both of them name, which is something."""
    pairs = [(getattr(one, name), getattr(other, name)) for name in ("year", "month", "day", "weekday")]
    both = [pair for pair in pairs if None not in pair]
    return bool(both) and all(a == b for a, b in both)


class Wording:
    """The items of a note, ready to be compared with many others."""

    def __init__(self, held: Sequence[Item]) -> None:
        self.held = held
        self.keys = frozenset(item.key for item in held if item.kind == "word")
        self.dates = [place for place, item in enumerate(held) if item.kind == "date"]
        self.places: dict[object, list[int]] = {}
        for place, item in enumerate(held):
            self.places.setdefault(item.key, []).append(place)
        self.turns = {turning: _Turns(held, turning) for turning in (_NEVER, _TURNING)}

    def where(self, said: Item) -> list[int]:
        """The places of the items that say the same as another."""
        places = self.dates if said.kind == "date" else self.places.get(said.key, [])
        return [place for place in places if same(said, self.held[place])]

    def says(self, said: Sequence[Item], *, quoted: bool = False) -> bool:
        """Whether the note says others, by the rules above. quoted: all of it is verbatim, so that only a denial must
        not be cut off."""
        return any(self._says(one, quoted) for one in _orders(list(said))) if said else True

    def _says(self, said: Sequence[Item], quoted: bool) -> bool:
        turns = self.turns[_NEVER if quoted else _TURNING]
        reached = [place for place in self.where(said[0]) if not turns.before[place]]
        for one in said[1:]:
            reached = [k for k in self.where(one) if any(j < k and self._follows(j, k, turns) for j in reached)]
            if not reached:
                return False
        return bool(reached) and (quoted or any(self._whole(self.held[place].sentence, said) for place in reached))

    def _follows(self, one: int, two: int, turns: _Turns) -> bool:
        """Whether what stands between two places may be left out."""
        if two == one + 1:
            return True
        if self.held[one].clause == self.held[two].clause:
            return turns.count[two] == turns.count[one + 1]
        return self.held[two].head and not turns.before[two]

    def _whole(self, sentence: int, said: Sequence[Item]) -> bool:
        """Whether others keep every condition of a sentence."""
        kept = [item.key for item in said].count
        conditions = [item.key for item in self.held if item.sentence == sentence and item.key in _IF]
        return all(kept(key) >= conditions.count(key) for key in conditions)


class _Turns:
    """The words of a note that turn a statement. count: how many stand before each place. before: whether one stands
    before it in its clause."""

    def __init__(self, held: Sequence[Item], turning: frozenset[str]) -> None:
        self.count, self.before = [0], list[bool]()
        clause, turned = -1, False
        for item in held:
            clause, turned = item.clause, turned and item.clause == clause
            self.before.append(turned)
            turned = turned or item.key in turning
            self.count.append(self.count[-1] + (item.key in turning))


def _orders(said: list[Item]) -> Iterator[list[Item]]:
    """Items as they stand; with a date that opens the sentence elsewhere ("In November, payrolls rose"); with the
    passive made active ("the range was raised")."""
    yield said
    if said[0].kind == "date":
        yield from ([*said[1:place], said[0], *said[place:]] for place in range(2, min(len(said), LONGEST) + 1))
    passive = [place for place, item in enumerate(said) if item.passive]
    if len(passive) == 1 and passive[0]:
        verb = passive[0]
        yield [replace(said[verb], passive=False), *said[:verb], *said[verb + 1 :]]
