"""Candidates for ratings: labels of the three ratings, and counts of votes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from pipeline.checking.claims import Labelled, Polled, Ref, Statement, Valued
from pipeline.checking.mentions import Figure, Mention
from pipeline.checking.ratings import VOTE
from pipeline.checking.reading.refs import uses_of
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import Candidate, absorbed
from pipeline.checking.tokens import words

GROUPS = ("rating_averages", "rating_oscillators")
OVERALL = "rating_overall"
_CARRIED, _BY_NAME_OF_ALL = 0.5, 0.4
"""Cost of the rating spoken of before, and of the overall one where no group is named."""
_LABELS = frozenset({"strong buy", "buy", "neutral", "sell", "strong sell"})
_ANOTHERS = 1.3
"""Cost of a group that another label is given to ("strong buy for the averages, neutral for the oscillators")."""
_GIVES = words("for from by on of in the")
_REACH = 7


def label(scene: Scene, index: int) -> list[Candidate]:
    """ "Strong sell" where a rating is spoken of: of the group named beside it, spoken of before, or overall."""
    mention = scene.ms[index]
    if mention.note == VOTE:
        return absorbed(index, "a vote that is counted")
    name, negated = mention.values[0], scene.negated(mention)
    found = []
    for rating, cost, place in _ratings(scene, mention, (*GROUPS, OVERALL)):
        for symbols, extra, use in scene.instruments(mention):
            statement = Labelled(Ref(f"{rating}_label", symbols[0]), name, negated)
            uses = uses_of(index, use, place)
            found.append(Candidate(cost + extra, (statement,), uses, f"label of {rating}"))
    return found


def votes(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """ "13 of the averages voting sell", "two buys, one sell", "nine of 11 being neutral", "strong sell, with 11
    votes", "of the 11 oscillators"."""
    if not figure.whole or figure.unit or figure.sign:
        return []
    said = _side(scene, mention)
    found = []
    for rating, cost, place in _ratings(scene, mention, GROUPS):
        named = scene.ms[place] if place is not None else None
        polled = said is None and figure.total is None and named is not None and 0 <= named.first - mention.last <= 1
        for symbols, extra, use in scene.instruments(mention):
            group = Ref(rating, symbols[0])
            statements: tuple[Statement, ...] = ()
            if said is not None:
                count = replace(group, measure=f"{rating}_{said[1]}_count")
                statements = (Valued(count, replace(figure, total=None)),)
            if figure.total is not None:
                statements += (Polled(group, replace(figure, value=Decimal(figure.total), total=None)),)
            elif polled:
                statements = (Polled(group, figure),)
            uses = uses_of(index, use, place, said[0] if said else None)
            if statements:
                found.append(Candidate(cost + extra, statements, uses, f"votes of {rating}"))
    return found


def _side(scene: Scene, mention: Mention) -> tuple[int, str] | None:
    """The vote that a count is of and the mention that says it: after the count, or the label before "11 votes"."""
    after = [(i, m) for i, m in scene.each("label") if m.note == VOTE and 0 <= m.first - mention.last <= _REACH]
    if after and not scene.between(mention, after[0][1], "figure"):
        return after[0][0], after[0][1].values[0]
    if scene.word_after(mention) not in ("vote", "votes"):
        return None
    before = [(i, m) for i, m in scene.each("label") if m.last <= mention.first and m.values[0] != "neutral"]
    return (before[-1][0], before[-1][1].values[0].removeprefix("strong ")) if before else None


def _taken(scene: Scene, place: int, at: Mention) -> bool:
    """Whether a group's name follows another label, which it belongs to."""
    group = scene.ms[place]
    before = [m for _, m in scene.each("label") if m.last <= group.first and m.values[0] in _LABELS]
    if not before or before[-1] is at or at.first < before[-1].first:
        return False
    return set(scene.norms(before[-1].last, group.first)) <= _GIVES


def _ratings(scene: Scene, at: Mention, wanted: tuple[str, ...]) -> Iterator[tuple[str, float, int | None]]:
    """Ratings a claim at a mention may be of: name, cost, the mention that names it."""
    named = [(i, scene.names(i)[0]) for i, _ in scene.each("measure") if scene.names(i)[:1]]
    named = [(i, name) for i, name in named if name in wanted]
    for place, name in named:
        yield name, scene.attach(place, at) + _ANOTHERS * _taken(scene, place, at), place
    if named:
        return
    spoken = scene.state.measure
    if spoken in wanted and not scene.headers:
        yield spoken, _CARRIED, None
    elif OVERALL in wanted:
        yield OVERALL, _BY_NAME_OF_ALL, None
