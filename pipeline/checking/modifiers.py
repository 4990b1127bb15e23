"""Mentions joined with what modifies them: hedges, totals and shared units go into the figure they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pipeline.checking.mentions import TIMES, Figure, Mention
from pipeline.checking.tokens import Token, words

_OF = (["of"], ["out", "of"], ["/"], ["of", "the"], ["out", "of", "the"], ["of", "its"], ["of", "all"], ["of", "those"])
_BEING = words("was is were are been remained stayed ran looked")
_OWNED = words("in of for on")
_HEDGE_GAP = frozenset({"a", "an", "the"})


def merge(tokens: list[Token], mentions: list[Mention]) -> list[Mention]:
    """The mentions with figures completed; hedges and totals that went into a figure are gone, and so are words that
    assert nothing."""
    mentions = _sized([mention for mention in mentions if mention.kind != "neutral"])
    merged: list[Mention] = []
    index = 0
    while index < len(mentions):
        mention = mentions[index]
        index += 1
        if mention.figure is None:
            merged.append(mention)
            continue
        figure, last = mention.figure, mention.last
        its = index < len(mentions) and mentions[index].kind == "pronoun"  # "four of its twelve averages"
        after = mentions[index + its] if index + its < len(mentions) else None
        if after is not None and after.figure is not None:
            between = [token.norm for token in tokens[last : after.first]]
            if _is_total(figure, after.figure, between):
                figure, last = replace(figure, total=int(after.figure.value)), after.last
                index += its + 1
            elif _shares_percent(tokens, mention.first, figure, after.figure, between):
                figure = replace(figure, unit="%")
        if merged and merged[-1].kind == "hedge" and _is_hedged(tokens, merged[-1], mention.first, figure):
            figure = replace(figure, hedge=merged.pop().values[0])
        merged.append(replace(mention, last=last, figure=figure))
    return merged


def _shares_percent(tokens: list[Token], first: int, figure: Figure, after: Figure, between: list[str]) -> bool:
    """Whether a bare number has the percent of the figure after it ("fell 1.5 and 2%")."""
    joined = between in (["and"], ["to"], ["or"], ["-"])
    bare = figure.unit == "" and not figure.words and figure.value < 100
    level = first > 0 and tokens[first - 1].norm in ("of", "at", "is")
    return joined and bare and after.unit == "%" and not level


def _is_hedged(tokens: list[Token], hedge: Mention, first: int, figure: Figure) -> bool:
    """Whether a hedge goes with a figure; "over five sessions" is a stretch of time."""
    gap = {token.norm for token in tokens[hedge.last : first]}
    if tokens[hedge.last - 1].norm == "than" and "the" in gap and figure.unit == "%":
        return False  # "more than the 1.25% loss of the S&P 500"
    stretch = figure.unit in TIMES and tokens[hedge.first].norm == "over"
    side = figure.value == 0 and figure.unit == ""  # "over zero" says a side
    return bool(hedge.values) and not side and gap <= _HEDGE_GAP and not stretch


def _is_total(part: Figure, whole: Figure, between: list[str]) -> bool:
    """Whether "10 of 12" is one tally."""
    return (
        between in _OF and part.whole and whole.whole and part.unit == whole.unit == "" and not part.ordinal
        and part.value <= whole.value <= 50
    )  # fmt: skip


def _sized(mentions: list[Mention]) -> list[Mention]:
    """ "Slightly higher", "a sharp drop": the size goes into the direction beside it; elsewhere it says nothing."""
    sized: list[Mention] = []
    for index, mention in enumerate(mentions):
        if mention.kind == "magnitude":
            continue
        if mention.kind == "direction" and "flat" not in mention.note:
            beside = [m for m in mentions[max(index - 1, 0) : index + 2] if m.kind == "magnitude"]
            near = [m for m in beside if -1 <= mention.first - m.last <= 1 or -1 <= m.first - mention.last <= 0]
            if near:
                sized.append(replace(mention, note=f"{mention.note} {near[0].values[0]}"))
                continue
        sized.append(mention)
    return sized


def weighed(tokens: list[Token], mentions: list[Mention], phrases: Mapping[str, Mention]) -> list[Mention]:
    """ "Volume in the fund was heavy", "its volume on the day was light": what is said of volume, for which the tables
    have "volume was heavy", where the owner or the period stands between."""
    said = [token.norm for token in tokens]
    found: list[Mention] = []
    for at, named in enumerate(mentions):
        if named.kind != "measure" or "volume" not in named.values:
            continue
        place = named.last
        for owner in mentions[at + 1 : at + 3]:
            inside = owner.first - place <= 2 and set(said[place : owner.first]) <= _OWNED | {"the"}
            if owner.kind in ("instrument", "pronoun", "period", "date") and inside:
                place = owner.last
        judged = phrases.get(f"volume was {' '.join(said[place + 1 : place + 2])}")
        being = bool(_BEING & set(said[place : place + 1]))
        if being and judged is not None and judged.kind == "volume":
            found.append(replace(judged, first=place + 1, last=place + 2))
    taken = {one.first for one in found}
    return sorted([*found, *(m for m in mentions if m.first not in taken)], key=lambda m: m.first)
