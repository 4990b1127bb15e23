"""Candidates for counts: so many of the averages on one side of the close, the size of a set, a window."""

from __future__ import annotations

from dataclasses import replace

from pipeline.checking.claims import Parameter, Ref, Sided, Size, Statement, Valued
from pipeline.checking.mentions import Mention
from pipeline.checking.reading.refs import named_refs, uses_of
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import Candidate
from pipeline.facts.units import Kind

_STRETCH = frozenset("of over from across in the past last a for , to and -".split())
NOT_COUNTED = 30
"""The window that the tally of twelve averages leaves out."""


def candidates(scene: Scene, index: int) -> list[Candidate]:
    """All candidates of a count."""
    mention = scene.ms[index]
    figure = mention.figure
    assert figure is not None
    found: list[Candidate] = []
    said = averages_said(scene, mention)
    if said is not None:
        names, place = said
        side = tally_side(scene, mention)
        if side is not None and figure.unit == "":
            quantifier = next(((i, m) for i, m in scene.each("quantifier") if 0 <= mention.first - m.last <= 2), None)
            whole = quantifier is not None and figure.total is None and "all" in quantifier[1].values
            counted = replace(figure, total=int(figure.value)) if whole else figure
            for symbols, extra, use in scene.instruments(mention):
                statement: Statement = Sided(symbols[0], names, side[0], counted, "count")
                uses = uses_of(index, use, place, side[1], quantifier[0] if quantifier else None)
                found.append(Candidate(0.1 + extra, (statement,), uses, "tally of the averages"))
        named = scene.ms[place]
        if side is None and figure.total is None and 0 <= named.first - mention.last <= 2 and figure.unit == "":
            found.append(Candidate(0.4, (Size(names, figure),), uses_of(index, place), "number of averages"))
        if 0 <= mention.first - named.last <= 4 and "," not in scene.norms(named.last, mention.first):
            found.append(Candidate(0.3, (Parameter(names, figure),), uses_of(index, place), "window of the averages"))
    found += _listed(scene, index)
    if (
        figure.ordinal
        and "records_this_year" in scene.measures
        and "year" in scene.norms(mention.first - 3, mention.last + 4)
    ):
        for place, _ in scene.each("measure"):
            if "record_close" in scene.names(place):
                for symbols, extra, use in scene.instruments(mention):
                    statement = Valued(Ref("records_this_year", symbols[0]), figure)
                    found.append(
                        Candidate(
                            0.2 + extra,
                            (statement,),
                            uses_of(index, place, use, *(i for i, _ in scene.each("period"))),
                            "records this year",
                        )
                    )
    for place, named in scene.each("measure"):
        names = tuple(n for n in scene.names(place) if scene.kind_of(n) is Kind.COUNT)
        if names and figure.unit == "":
            base = scene.attach(place, mention)
            for ref, cost, uses, measure in named_refs(scene, mention, place, names):
                spans = uses_of(*(i for i, m in scene.each("period") if measure.period in m.values))
                found.append(Candidate(base + cost, (Valued(ref, figure),), uses | spans | {index}, measure.name))
        windows = tuple(n for n in scene.names(place) if scene.measures[n].window)
        near = (
            set(scene.norms(scene.ms[place].last, mention.first)) <= _STRETCH or mention.first - scene.clause.first <= 1
        )
        if scene.word_before(mention) == "over" and mention.first > scene.ms[place].last:
            near = True
        bare = figure.unit == "" and scene.word_before(mention) == "over" and figure.whole
        if windows and (figure.unit in ("sessions", "days") or bare) and not figure.streak and near and (
            "ago" not in scene.norms(mention.last, mention.last + 1)
        ):  # fmt: skip
            statement = Parameter(windows, figure)
            found.append(Candidate(0.4 + scene.attach(place, mention), (statement,), uses_of(index, place), "window"))
    return found


LISTED = frozenset("levels averages measures readings gauges lines bands names indexes indices benchmarks".split())


def _listed(scene: Scene, index: int) -> list[Candidate]:
    """ "Two levels to watch", said of two named in the clause."""
    mention = scene.ms[index]
    if scene.word_after(mention) not in LISTED or mention.figure is None or mention.figure.unit:
        return []
    if scene.word_after(mention) in ("indexes", "indices", "benchmarks", "gauges"):
        return [Candidate(0.5, (Size(scene.symbols, mention.figure),), uses_of(index), "number of instruments")]
    places = [i for i, _ in scene.each("measure") if any(scene.kind_of(n) is Kind.LEVEL for n in scene.names(i))]
    names = tuple(dict.fromkeys(scene.names(i)[0] for i in places if scene.names(i)[0] != "close"))
    return [Candidate(0.5, (Size(names, mention.figure),), uses_of(index), "number of levels named")] if names else []


def averages_said(scene: Scene, at: Mention) -> tuple[tuple[str, ...], int] | None:
    """The set of averages a tally is out of, and the mention that names it."""
    places = [(abs(m.first - at.last), i, m) for i, m in scene.each("averages") if m.plural]
    if not places:
        return None
    _, index, mention = min(places, key=lambda item: item[:2])
    return tuple(n for n in mention.values if scene.measures[n].window != NOT_COUNTED), index


def _counts_between(scene: Scene, at: Mention, relation: Mention) -> bool:
    """Whether another count stands between; the windows of "averages of 5 to 200 days" are none."""
    named = [m for _, m in scene.each("averages") if at.last <= m.first and m.last <= relation.first]
    return any(
        not any(0 <= figure.first - m.last <= 5 for m in named) for figure in scene.between(at, relation, "figure")
    )


def tally_side(scene: Scene, at: Mention) -> tuple[int, int] | None:
    """On which side of the counted averages the close stands (+1 above), and the word that says so.

    A relation after the count has the averages for its subject ("four are below the close"); one before it has the
    close ("closed above four of the twelve").
    """
    relations = [(i, scene.turned(m)) for i, m in scene.each("relation") if m.sign]
    for index, relation in relations:
        words = scene.norms(relation.last, at.first) if relation.last <= at.first else ["?"]
        if set(words) <= {"all", "exactly", "just", "only"} and len(words) <= 1:
            return relation.sign, index
    for index, relation in relations:
        if relation.first >= at.last and not _counts_between(scene, at, relation):
            return -relation.sign, index
    for index, relation in reversed(relations):
        if relation.last <= at.first and not scene.between(relation, at, "figure"):
            lead = any(m.last <= relation.first for _, m in scene.each("averages"))
            return (-relation.sign if lead else relation.sign), index
    return None
