"""A judgement of size, strength or time that no figure and no claim carries."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.clauses import Clause
from pipeline.checking.evidence import PageView
from pipeline.checking.mentions import Mention
from pipeline.checking.rules.rule import Problem, page_rule
from pipeline.checking.tokens import words

_HOW = words(
    "high low strong weak narrow wide tight quiet calm busy volatile choppy steady stable elevated depressed subdued "
    "muted active thin brisk sluggish extreme stretched remote small large big long short tall split"
)
"""Adjectives of size and strength that are claims where a measure, a session or a trend is said to be so."""
_TIMES = words("day session week month quarter year range trade trading dealing dealings candle bar")
_SUBJECTS = words("trend range candle bar body bands band volatility trade dealing dealings turnover gap session move")
_BEING = words("is are was were looks look looked stays stayed remains remained proved seems")
_BETWEEN = words("very too so rather quite still now also not again a an fairly unusually especially")
_ONLY_OF_TIME = words("narrow wide quiet calm busy volatile choppy active thin brisk sluggish tight")
_ENDS = frozenset({".", ",", ";", "and", "but", "for"})
_DEGREES = words("deeply barely less more mildly slightly heavily severely extremely")
_HAIRS = words("hair whisker shade touch tad notch little")
_OWNED = words("figure label record crossing relation streak stance volume")
"""Kinds of anchors that a word of all times may go with ("never above 2,700")."""
_MOVES, _MARKS = words("direction versus"), words("crossing label record")
"""Kinds of words that may have happened on one day only, and of those that are dated."""
_NEVER = (["never"], ["at", "no", "point"], ["at", "no", "time"], ["never", "once"], ["not", "once"])


@page_rule(
    "READ06",
    "unproved",
    flags=(
        "The RSI is «high».",
        "It was a «narrow» session.",
        "The Nasdaq «never» traded lower.",
    ),
    passes=(
        "At 42.38, the RSI is not high.",
        "The year was another matter.",
    ),
)
def bare_judgement(view: PageView) -> Iterator[Problem]:
    """A judgement of size, strength or time that no figure and no claim carries.

    High, narrow, busy are measured against something, and "never" speaks of all the sessions there were: without a
    figure in the sentence there is nothing to prove them by.
    """
    for reading in view.page.readings:
        clause = reading.clause
        if clause.block.kind == "cell":
            continue
        kinds = {mention.kind for mention in clause.mentions}
        days = {mention.first for mention in clause.mentions if mention.kind == "date"}
        owned = any(anchor.mention.kind in _OWNED for anchor in reading.anchors)
        moved = bool(kinds & _MOVES) and not kinds & _MARKS
        for mention in clause.mentions:
            never = not owned and _is_never(clause, mention)
            if never or (moved and mention.last + 1 in days and _is_only_on(clause, mention)):
                yield _problem(clause, mention.first, mention.last)
        if not view.gives_a_figure(clause):
            for place in _judged(clause):
                yield _problem(clause, place, place + 1)


def _problem(clause: Clause, first: int, last: int) -> Problem:
    start, end = clause.span(first, last)
    said = clause.block.text[clause.tokens[first].start : clause.tokens[last - 1].end]
    return Problem(f"`{said}` stands without the figure that would show it", "give the figure", (start, end))


def _norms(clause: Clause, first: int, last: int) -> list[str]:
    return [token.norm for token in clause.tokens[max(first, clause.first) : min(last, clause.last)]]


def _is_never(clause: Clause, mention: Mention) -> bool:
    return mention.kind == "negation" and _norms(clause, mention.first, mention.last) in _NEVER


def _is_only_on(clause: Clause, mention: Mention) -> bool:
    """Words that make a move one of a single day ("it rose only on Friday")."""
    only = mention.kind == "quantifier" and "only" in mention.values
    return only and _norms(clause, mention.last, mention.last + 1) == ["on"]


def _judged(clause: Clause) -> Iterator[int]:
    """The places of adjectives that judge a measure ("the RSI is high") or a stretch of time ("a narrow session")."""
    labels = {m.first for m in clause.mentions if m.kind == "label"}
    sides = {m.first for m in clause.mentions if m.kind == "relation"}
    for place in range(clause.first + 1, clause.last + 1):
        before = clause.tokens[place - 1].norm
        if (place in labels and before in _DEGREES) or (place in sides and before in _HAIRS):
            yield place - 1
    named = {m.last for m in clause.mentions if m.kind in ("measure", "averages", "versus", "stance", "range")}
    for place in range(clause.first, clause.last):
        word = clause.tokens[place].norm
        if word not in _HOW:
            continue
        after = _norms(clause, place + 1, place + 3)
        joined = after[:1] in (["trading"], ["-"]) and bool(set(after) & _TIMES)
        if word in _ONLY_OF_TIME and (joined or (after and after[0] in _TIMES)):
            yield place
            continue
        back = place - 1
        while back > clause.first and clause.tokens[back].norm in _BETWEEN:
            back -= 1
        subject = clause.tokens[back - 1].norm if back > clause.first else ""
        said_so = clause.tokens[back].norm in _BEING and (back in named or subject in _SUBJECTS)
        if said_so and set(after[:1]) <= _ENDS:
            yield place
