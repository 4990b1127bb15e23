"""Words that make a figure a distance: "1.7% short of", "34 points higher", "separated by 31%", "down from there"."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.checking.mentions import Mention
from pipeline.checking.reading.refs import uses_of
from pipeline.checking.reading.scene import Scene
from pipeline.checking.tokens import words

DISTANCES = words("distance gap")
"""Nouns for a distance."""
_AWAY = words("away from to separated removed distant apart")
_LEADS = words("from against since versus off relative compared")
_MOVED_FROM = words("from off")
_REACHED = words("at to of")
"""Words before a price rather than a distance ("from an open of 2,676.81 it climbed to")."""


@dataclass(frozen=True, slots=True)
class Side:
    """Words that make a figure a distance, at tokens [first, last). sign: of what stands there against what it is
    measured from, 0 for either. uses: the mentions that say so. fronted: the level stands between it and the figure.
    weak: the words
    are those of a change too. at_most: the figure is a bound ("within three points of")."""

    sign: int
    first: int
    last: int
    uses: frozenset[int] = frozenset()
    fronted: bool = False
    weak: bool = False
    at_most: bool = False


def side_of(scene: Scene, index: int) -> Side | None:
    """The words that make the figure at an index a distance, if any do."""
    mention = scene.ms[index]
    side = _side_after(scene, index, mention)
    if side is None or side.weak:
        return _side_before(scene, index, mention) or side
    return side


_TO_LEVEL = 5
"""How many tokens may stand between a distance and the level it leads to."""


def _side_after(scene: Scene, index: int, mention: Mention) -> Side | None:
    """ "2% below", "34 points higher", "2% away", "down 32% from there"."""
    said = scene.relation_for(mention)
    if said is not None and said[1].first >= mention.last and scene.parted(mention, said[1]):
        return None
    if said is not None and said[1].first >= mention.last:
        place, word = said
        return None if word.note[:1] in ("~", "!") else Side(word.sign, word.first, word.last, uses_of(place))
    source = scene.sign_sources.get(index)
    moved = scene.ms[source] if source is not None else None
    if moved is not None and scene.norms(moved.first, moved.last) in (["higher"], ["lower"]) and (
        0 <= moved.first - mention.last <= 1
    ):  # fmt: skip
        return Side(scene.turned(moved).sign, moved.first, moved.last, uses_of(source), weak=True)
    after = scene.norms(mention.last, mention.last + 2)
    if after[:1] == ["from"] and _dated(scene, mention):
        return None  # "the record close is 5,048.62 from March 10, 2000"
    within = next((i for i, m in scene.own("relation") if 0 <= mention.first - m.last <= 2
                   and scene.norms(m.first, m.last) == ["within"]), None)  # fmt: skip
    if within is not None and after[:1] == ["of"]:
        return Side(0, mention.last, mention.last + 1, uses_of(within), at_most=True)
    pushed = moved is not None and moved.kind == "direction" and moved.last <= mention.first
    named = any(0 <= m.first - mention.last <= _TO_LEVEL for _, m in scene.own("measure", "averages", "record", "date"))
    if not set(after[:1]) & _AWAY or (after[0] == "to" and (pushed or not named)):
        return None
    off = next(((i, m) for i, m in scene.each("relation") if 0 <= mention.first - m.last <= 3 and m.sign), None)
    last = mention.last + (2 if set(after[1:]) & _AWAY else 1)
    if off is not None:
        return Side(scene.turned(off[1]).sign, mention.last, last, uses_of(off[0]))
    sign = scene.turned(moved).sign if moved is not None and pushed and "from" in after else 0
    return Side(sign, mention.last, last, uses_of(source) if sign else frozenset())


def _dated(scene: Scene, figure: Mention) -> bool:
    """Whether a price is followed by the day it is of ("5,048.62 from March 10, 2000")."""
    said = next((m for _, m in scene.own("date") if m.first == figure.last + 1), None)
    priced = figure.figure is not None and figure.figure.unit != "%"
    return priced and said is not None and scene.word_after(said) != "'s" and extreme_after(scene, said) is None


def _side_before(scene: Scene, index: int, mention: Mention) -> Side | None:
    """ "Under its average as well, by 2.8%", "tops its own 50-day line by 3.71%", "from which it is separated by"."""
    for place, word in reversed(scene.own("relation", "versus")):
        if word.last > mention.first or not word.sign or word.note[:1] in ("~", "!"):
            continue
        between = scene.norms(word.last, mention.first)
        told = scene.norms(mention.first - 4, mention.first)
        by = "by" in told or (bool(DISTANCES & set(told)) and told[-1:] == ["of"])  # "..., a distance of 6.89%"
        heads = word.first - scene.clause.first <= 1 and not _copula_before(scene, word)
        if not (by or (heads and (scene.between(word, mention, "pronoun", "instrument") or "," in between))):
            continue
        if word.kind == "versus" and scene.between(word, mention, "instrument"):
            named = scene.between(word, mention, "measure")
            if not named or scene.word_after(scene.between(word, mention, "instrument")[-1]) != "'s":
                continue
        others = [m for m in scene.between(word, mention, "figure") if m.figure and m.figure.unit in ("%", "points")]
        listed = all(scene.word_before(m) == "by" for m in (*others, mention))  # "one by 21.67%, the other by 11.19%"
        if others and (not listed or scene.between(others[-1], mention, "measure", "averages")):
            continue
        return Side(scene.turned(word).sign, word.first, word.last, uses_of(place), fronted=True)
    return _led(scene, index, mention)


def _copula_before(scene: Scene, word: Mention) -> bool:
    return bool(words("is are was were be") & set(scene.norms(scene.clause.first, word.first)))


def _led(scene: Scene, index: int, mention: Mention) -> Side | None:
    """ "Measured from its record close, it is down 59%": a level before all else, and a direction or distance. So is
    "the decline from its record close of 2,677.74 is 3.2%"."""
    if scene.word_before(mention) in _REACHED:
        return None
    first = scene.clause.first
    source = scene.sign_sources.get(index)
    moved = scene.ms[source] if source is not None and scene.ms[source].kind == "direction" else None
    lead = next((first + n for n, word in enumerate(scene.norms(first, first + 3)) if word in _LEADS), None)
    if lead is None and moved is not None and set(scene.norms(moved.last, moved.last + 1)) & _MOVED_FROM:
        lead = moved.last if moved.last < mention.first else None
    if lead is None or any(m.figure and m.figure.unit in ("%", "points") for _, m in scene.own("figure")
                           if m.last <= mention.first):  # fmt: skip
        return None
    apart = (_AWAY | DISTANCES) & set(scene.norms(mention.first - 4, mention.last + 1))
    if moved is None and not apart:
        return None
    sign = scene.turned(moved).sign if moved is not None else 0
    return Side(sign, lead, lead + 1, uses_of(source) if moved is not None else frozenset(), fronted=True)


def extreme_after(scene: Scene, said: Mention) -> int | None:
    """The high, low or record that a date right before it tells apart."""
    first = said.last + (scene.word_after(said) == "'s")
    for place, named in scene.own("measure", "record"):
        dated = named.kind == "record" and bool({"high", "low"} & set(named.values))
        level = any(n.removeprefix("ratio_").startswith(("high", "low", "record_")) for n in scene.names(place))
        if named.first == first and (dated or level):
            return place
    return None
