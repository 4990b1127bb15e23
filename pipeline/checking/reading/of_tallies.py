"""Candidates for counts: so many of the averages on one side of the close, the size of a set, a window."""

from __future__ import annotations

from dataclasses import replace

from pipeline.checking.claims import Parameter, Quantifier, Ref, Sided, Size, Statement, Valued
from pipeline.checking.mentions import Figure, Mention, PartialDate
from pipeline.checking.reading.refs import for_owners, named_refs, uses_of
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import Candidate
from pipeline.checking.tokens import words
from pipeline.facts.units import Kind

_STRETCH = words("of over from across in the past last a for , to and -")
LISTED = words("levels averages measures readings gauges lines bands names indexes indices benchmarks")
_TRACKED = words("tracked followed counted computed watched")
_EXACTLY = words("all exactly just only")
_INSTRUMENTS = words("indexes indices benchmarks gauges")
_CARRIED = 0.5
MEANINGS: dict[str, Quantifier] = {"all": "all", "both": "all", "each": "all", "none": "none", "most": "most"}
"""What a quantifier says of a set of averages."""
STACKED = ("sma_20", "sma_50", "sma_200")
"""The averages whose order with the close has facts."""
NOT_COUNTED = 30
"""The window that the tally of twelve averages leaves out."""


def candidates(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """All candidates of a count."""
    found = [*_of_averages(scene, index, mention, figure), *_listed(scene, index, mention, figure)]
    of_year = any(m.day is not None and m.day == PartialDate(m.day.year) and 0 <= m.first - mention.last <= 3
                  for _, m in scene.each("date"))  # fmt: skip
    of_year = of_year or any("ytd" in m.values and m.first >= mention.last for _, m in scene.own("period"))
    if figure.ordinal and (of_year or "year" in scene.norms(mention.first - 3, mention.last + 6)):
        found += _records_this_year(scene, index, mention, figure)
    carried = scene.spoken_of
    alone = figure.unit == "" and not scene.any("measure", "averages")
    if alone and carried is not None and carried.kind is Kind.COUNT:
        found += for_owners(
            scene, mention, lambda symbol: Valued(Ref(carried.name, symbol), figure), _CARRIED, uses_of(index),
            f"{carried.name}, carried",
        )  # fmt: skip
    for place, _ in scene.each("measure"):
        names = tuple(n for n in scene.names(place) if scene.kind_of(n) is Kind.COUNT)
        for ref, cost, uses, measure in named_refs(scene, mention, place, names if figure.unit == "" else ()):
            spans = uses_of(index, *(i for i, m in scene.each("period") if measure.period in m.values))
            cost += scene.attach(place, mention)  # noqa: PLW2901
            found.append(Candidate(cost, (Valued(ref, figure),), uses | spans, measure.name))
        windows = tuple(n for n in scene.names(place) if scene.measures[n].window)
        if windows and _is_window(scene, mention, figure, scene.ms[place]):
            cost = 0.4 + scene.attach(place, mention)
            found.append(Candidate(cost, (Parameter(windows, figure),), uses_of(index, place), "window"))
    return found


def _of_averages(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """ "Four of the twelve averages", "all twelve", "averages of 5 to 200 days"."""
    said = averages_said(scene, mention)
    if said is None:
        return []
    names, place = said
    found: list[Candidate] = []
    if place is not None and (stacked := _in_order(scene, index, figure, place)):
        return stacked
    side = tally_side(scene, mention)
    if side is not None and figure.unit == "":
        quantifier = next(((i, m) for i, m in scene.each("quantifier") if 0 <= mention.first - m.last <= 2), None)
        meanings = quantifier[1].values if quantifier is not None and figure.total is None else ()
        whole = next((one for one in ("none", "most") if one in meanings), "")  # "most of the 12": how many there are
        counted = replace(figure, total=int(figure.value)) if "all" in meanings else figure
        uses = uses_of(index, place, side[1], quantifier[0] if quantifier else None)

        def counting(symbol: str) -> Statement:
            if whole:
                return Sided(symbol, names, side[0], quantifier=MEANINGS[whole])
            return Sided(symbol, names, side[0], counted, "count")

        found += for_owners(
            scene, mention, counting, 0.1, uses, "tally of the averages", close_beside(scene, scene.ms[side[1]])
        )
        if whole:
            found = [replace(item, statements=(*item.statements, Size(names, figure))) for item in found]
        if figure.total is not None and place is not None:
            found = [_quantified(scene, item, names, place, side[0]) for item in found]
    if place is None:
        if side is None or _TRACKED & set(scene.norms(mention.last, mention.last + 1)):
            found = [Candidate(0.1, (Size(names, figure),), uses_of(index), "number of averages")]
        return found
    named = scene.ms[place]
    if side is None and figure.total is None and figure.unit == "" and 0 <= named.first - mention.last <= 2:
        found.append(Candidate(0.4, (Size(names, figure),), uses_of(index, place), "number of averages"))
    if 0 <= mention.first - named.last <= 4 and "," not in scene.norms(named.last, mention.first):
        found.append(Candidate(0.3, (Parameter(names, figure),), uses_of(index, place), "window of the averages"))
    return found


def _in_order(scene: Scene, index: int, figure: Figure, place: int) -> list[Candidate]:
    """ "The close and those three averages stood in falling order": how many are stacked, the close apart."""
    ordered = any(
        scene.word_after(m) == "order" and m.sign for _, m in scene.each("direction") if m.first >= scene.ms[place].last
    )
    sided = scene.any("relation")
    if not ordered or sided or figure.unit or not 0 <= scene.ms[place].first - scene.ms[index].last <= 1:
        return []
    return [Candidate(0.1, (Size(STACKED, figure),), uses_of(index, place), "number of averages in order")]


def close_beside(scene: Scene, relation: Mention) -> int | None:
    """The close that averages stand above or below ("above the fund's close"), whose owner is spoken of."""
    return next((i for i, m in scene.own("measure") if "close" in m.values and m.first >= relation.last), None)


def _quantified(scene: Scene, item: Candidate, names: tuple[str, ...], place: int, side: int) -> Candidate:
    """ "All of the averages stood above the price, 12 of 12": a tally with what the quantifier says beside it."""
    for index, said in scene.each("quantifier"):
        if 0 <= scene.ms[place].first - said.last <= 3 and (meaning := MEANINGS.get(said.values[0])) is not None:
            more = tuple(
                Sided(one.instrument, names, side, quantifier=meaning)
                for one in item.statements if isinstance(one, Sided)
            )  # fmt: skip
            return replace(item, statements=(*item.statements, *more), uses=item.uses | {index})
    return item


def _records_this_year(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """ "Its 24th record close of the year"."""
    periods = [i for i, _ in scene.each("period")]
    places = [i for i, _ in scene.each("measure") if {"record_close", "records_this_year"} & set(scene.names(i))]
    carried = scene.state.measure in ("record_close", "records_this_year") or scene.any("record")
    if "records_this_year" not in scene.measures or not (places or carried):
        return []
    return for_owners(
        scene, mention, lambda symbol: Valued(Ref("records_this_year", symbol), figure), 0.2,
        uses_of(index, *places, *periods), "records this year",
    )  # fmt: skip


def _is_window(scene: Scene, mention: Mention, figure: Figure, named: Mention) -> bool:
    """Whether a length is the window of a measure ("a beta over 252 sessions") rather than a count of its own."""
    over = scene.word_before(mention) == "over"
    bare = figure.unit == "" and over and figure.whole
    near = set(scene.norms(named.last, mention.first)) <= _STRETCH or mention.first - scene.clause.first <= 1
    near = near or (over and mention.first > named.last)
    ago = "ago" in scene.norms(mention.last, mention.last + 1)
    return near and not ago and not figure.streak and (figure.unit in ("sessions", "days") or bare)


def _listed(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """ "Two levels to watch", said of two named in the clause."""
    noun = scene.word_after(mention)
    if noun not in LISTED or figure.unit:
        return []
    if noun in _INSTRUMENTS:
        return [Candidate(0.5, (Size(scene.symbols, figure),), uses_of(index), "number of instruments")]
    places = [i for i, _ in scene.each("measure") if any(scene.kind_of(n) is Kind.LEVEL for n in scene.names(i))]
    names = tuple(dict.fromkeys(scene.names(i)[0] for i in places if scene.names(i)[0] != "close"))
    return [Candidate(0.5, (Size(names, figure),), uses_of(index), "number of levels named")] if names else []


def averages_said(scene: Scene, at: Mention) -> tuple[tuple[str, ...], int | None] | None:
    """The set of averages a tally is out of, and the mention that names it; without a name where the clause counts to
    the number of all there are ("seven of the 12 lie below the price", "all twelve of them")."""
    places = [(abs(m.first - at.last), i, m) for i, m in scene.each("averages") if m.plural or _every(scene, m)]
    if places:
        _, index, mention = min(places, key=lambda item: item[:2])
        return tuple(n for n in mention.values if scene.measures[n].window != NOT_COUNTED), index
    names = tuple(
        m.name for m in scene.measures.values()
        if m.kind is Kind.LEVEL and m.window not in (None, NOT_COUNTED) and m.name.startswith(("sma_", "ema_"))
    )  # fmt: skip
    totals = [m.figure for _, m in scene.own("figure") if m.figure is not None and m.figure.unit == ""]
    sided = any(m.sign for _, m in scene.each("relation", "way"))
    if sided and any(len(names) == (f.total if f.total is not None else f.value) and not f.ordinal for f in totals):
        others = [n for i, _ in scene.own("measure") for n in scene.names(i) if n != "close"]
        return None if others else (names, None)
    return None


def _every(scene: Scene, averages: Mention) -> bool:
    """Whether a singular stands for the whole set ("every average", "no average")."""
    return any(m.last == averages.first and m.values[0] in ("each", "none") for _, m in scene.each("quantifier"))


def _counts_between(scene: Scene, at: Mention, relation: Mention) -> bool:
    """Whether another count stands between; the windows of "averages of 5 to 200 days" are none."""
    named = [m for _, m in scene.each("averages") if at.last <= m.first and m.last <= relation.first]
    return any(
        not any(0 <= figure.first - m.last <= 5 and "," not in scene.norms(m.last, figure.first) for m in named)
        for figure in scene.between(at, relation, "figure")
    )


def _none_of(scene: Scene, at: Mention) -> bool:
    """Whether a count is of none ("not one of the 12"), which the quantifier says, and the side does not."""
    return any(m.values[0] == "none" and 0 <= at.first - m.last <= 2 for _, m in scene.each("quantifier"))


def tally_side(scene: Scene, at: Mention) -> tuple[int, int] | None:
    """On which side of the counted averages the close stands (+1 above), and the word that says so.

    A relation after the count has the averages for its subject ("four are below the close"); one before it has the
    close ("closed above four of the twelve").
    """
    relations = [(i, m if _none_of(scene, at) else scene.turned(m)) for i, m in scene.each("relation", "way") if m.sign]
    for index, relation in relations:
        bridge = scene.norms(relation.last, at.first) if relation.last <= at.first else ["?"]
        if len(bridge) <= 1 and set(bridge) <= _EXACTLY:
            return relation.sign, index
    for index, relation in relations:
        if relation.first >= at.last and not _counts_between(scene, at, relation):
            return -relation.sign, index
    for index, relation in reversed(relations):
        if relation.last <= at.first and not scene.between(relation, at, "figure"):
            lead = any(m.last <= relation.first for _, m in scene.each("averages"))
            return (-relation.sign if lead else relation.sign), index
    return None
