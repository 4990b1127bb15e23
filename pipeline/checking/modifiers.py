"""Mentions joined with what modifies them: hedges, totals and shared units go into the figure they belong to."""

from __future__ import annotations

from dataclasses import replace

from pipeline.checking.mentions import Figure, Mention
from pipeline.checking.tokens import Token

_OF = (["of"], ["out", "of"], ["/"], ["of", "the"], ["out", "of", "the"], ["of", "its"], ["of", "all"], ["of", "those"])
_TIMES = ("sessions", "days", "weeks", "months", "years")
_HEDGE_GAP = frozenset({"a", "an", "the"})


def merge(tokens: list[Token], mentions: list[Mention]) -> list[Mention]:
    """The mentions with figures completed; hedges and totals that went into a figure are gone, and so are words that
    assert nothing."""
    mentions = [mention for mention in mentions if mention.kind != "neutral"]
    mentions = _sized(mentions)
    merged: list[Mention] = []
    index = 0
    while index < len(mentions):
        mention = mentions[index]
        if mention.kind == "figure" and mention.figure is not None:
            if index + 1 < len(mentions):
                after = mentions[index + 1]
                between = [token.norm for token in tokens[mention.last : after.first]]
                if after.figure is not None and _is_total(mention.figure, after.figure, between):
                    figure = replace(mention.figure, total=int(after.figure.value))
                    mention = replace(mention, last=after.last, figure=figure)
                    index += 1
                elif after.figure is not None and mention.figure.unit == "" and after.figure.unit == "%" \
                        and between in (["and"], ["to"], ["or"], ["-"]) and not mention.figure.words and mention.figure.value < 100 \
                        and (not mention.first or tokens[mention.first - 1].norm not in ("of", "at", "is")):  # fmt: skip
                    mention = replace(mention, figure=replace(mention.figure, unit="%"))
            if merged and merged[-1].kind == "hedge" and merged[-1].values:
                gap = [token.norm for token in tokens[merged[-1].last : mention.first]]
                spans_time = (
                    mention.figure is not None
                    and mention.figure.unit in _TIMES
                    and tokens[merged[-1].first].norm == "over"
                )
                if set(gap) <= _HEDGE_GAP and mention.figure is not None and not spans_time:
                    hedge = merged.pop()
                    mention = replace(
                        mention, first=mention.first, figure=replace(mention.figure, hedge=hedge.values[0])
                    )
        merged.append(mention)
        index += 1
    return merged


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
                mention = replace(mention, note=f"{mention.note} {near[0].values[0]}")  # noqa: PLW2901
        sized.append(mention)
    return sized
