"""Whether words say what a note says: its own content words, figures and dates, in its order, nothing turned.

Between two kept words the note's words may be left out, but not those that turn a statement (not, may, expects), nor
across the start of another clause: "inflation rose to 3% and rates fell to 2%" does not say that inflation fell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
_BECAUSE = (("because", "of"), ("because",), ("due", "to"), ("owing", "to"), ("driven", "by"), ("thanks", "to"),
            ("on", "account", "of"))  # fmt: skip
_DASHES = frozenset("-–—") | {"--"}

Kind = Literal["word", "figure", "date"]


@dataclass(frozen=True, slots=True)
class Item:
    """A content word, figure or date at tokens [first, last). key: what must be the same; None for a date. lead: the
    word before it that changes it. clause, sentence: where in the text it stands. head: it opens its clause."""

    kind: Kind
    first: int
    last: int
    key: object = None
    day: PartialDate | None = None
    lead: str = ""
    clause: int = 0
    sentence: int = 0
    head: bool = False


def items(tokens: Sequence[Token], first: int, last: int, without: frozenset[int] = frozenset()) -> list[Item]:
    """The items of tokens [first, last), apart from some places."""
    listed = list(tokens)
    found: list[Item] = []
    clause = sentence = 0
    empty = True
    index = first
    while index < last:
        token = tokens[index]
        if index in without:
            index += 1
            continue
        if token.kind == "mark" and token.text not in ("$", "+", "-"):
            clause += token.text not in ('"', "'", "%", "&", "/")
            empty = empty or token.text not in ('"', "'", "%", "&", "/")
            sentence += token.text in (".", "?", "!", ";") and not _inside(tokens, index)
            index += 1
            continue
        lead = _lead(tokens, index, first)
        place = {"lead": lead, "clause": clause, "sentence": sentence, "head": empty}
        if (dated := date_at(listed, index)) is not None:
            found.append(Item("date", index, dated[1], day=dated[0], **place))  # type: ignore[arg-type]
            index, empty = dated[1], False
            continue
        joins = token.text == "-" and index > first and (token.joined or tokens[index - 1].text == "%")
        figure = None if joins else figure_at(listed, index)
        if figure is not None:
            found.append(Item("figure", index, figure[1], figure_key(figure[0]), **place))  # type: ignore[arg-type]
            index, empty = figure[1], False
            continue
        reason = next((n for n in map(len, _BECAUSE) if _spells(tokens, index, n)), 0)
        if token.norm in _BOUNDARIES or reason:
            clause, empty = clause + 1, True
            place |= {"clause": clause, "head": True}
        if token.kind == "word":
            for key in ["because"] if reason else _keys(token.norm):
                found.append(Item("word", index, index + max(reason, 1), key, **place))  # type: ignore[arg-type]
                empty = empty and (key == WE or token.norm in _BOUNDARIES or bool(reason))
        index += max(reason, 1)
    return found


def _spells(tokens: Sequence[Token], index: int, length: int) -> bool:
    return tuple(token.norm for token in tokens[index : index + length]) in _BECAUSE


def _inside(tokens: Sequence[Token], index: int) -> bool:
    """Whether a stop stands inside a word or a number."""
    return tokens[index].joined and index + 1 < len(tokens) and tokens[index + 1].joined


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


def same(said: Item, held: Item) -> bool:
    """Whether two items say the same."""
    if said.day is not None and held.day is not None:
        return _same_day(said.day, held.day)
    if said.kind != held.kind or said.key != held.key:
        return False
    return said.lead == held.lead or (said.kind == "word" and "to" not in (said.lead, held.lead))


def _same_day(one: PartialDate, other: PartialDate) -> bool:
    """Whether two dates agree in all that both of them name, which is something."""
    pairs = [(getattr(one, name), getattr(other, name)) for name in ("year", "month", "day", "weekday")]
    both = [pair for pair in pairs if None not in pair]
    return bool(both) and all(a == b for a, b in both)


def says(held: Sequence[Item], said: Sequence[Item], *, quoted: bool = False) -> bool:
    """Whether a note of some items says others, by the rules above. quoted: all of it is verbatim, so that only a
    denial must not be cut off."""
    if not said:
        return True
    turning = _NEVER if quoted else _TURNING
    reached = [j for j, item in enumerate(held) if same(said[0], item) and not _turned(held, j, turning)]
    for one in said[1:]:
        places = [k for k, item in enumerate(held) if same(one, item)]
        reached = [k for k in places if any(j < k and _follows(held, j, k, turning) for j in reached)]
    if quoted:
        return bool(reached)
    kept = [item.key for item in said].count
    return any(
        all(kept(key) >= [i.key for i in held if i.sentence == held[j].sentence].count(key) for key in _IF)
        for j in reached
    )


def _turned(held: Sequence[Item], at: int, turning: frozenset[str]) -> bool:
    """Whether a word that turns the statement stands before a place in its clause."""
    return any(item.clause == held[at].clause and item.key in turning for item in held[:at])


def _follows(held: Sequence[Item], one: int, two: int, turning: frozenset[str]) -> bool:
    """Whether what stands between two places may be left out."""
    if two == one + 1:
        return True
    if held[one].clause == held[two].clause:
        return not any(item.key in turning for item in held[one + 1 : two])
    return held[two].head and not _turned(held, two, turning)
