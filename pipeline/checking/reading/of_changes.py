"""Candidates for changes: percent or points over a period, and the difference of two instruments' changes."""

from __future__ import annotations

from dataclasses import replace

from pipeline.checking.claims import Dated, Ref, Valued
from pipeline.checking.mentions import Figure, Mention
from pipeline.checking.reading.of_starts import closed_on
from pipeline.checking.reading.refs import changes, of_period, uses_of
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import Candidate
from pipeline.checking.tokens import words
from pipeline.facts.units import Kind, Unit

LESS = words("less lower worse behind short fewer")
MORE = words("more higher better ahead greater")
_LEVEL_FOLLOWS = words("from off above below of")
_BREAKS = words("and but while , ;")
_SINCE = words("since from")
_COMPARED = 1.0
"""Cost of points being a move where the word beside them compares two instruments ("leads by 3.78 points")."""
_EITHER = 0.05
"""Cost of a figure without a sign being a gain after a loss was told of."""
_SPREAD_UNITS = {"pp": 0.0, "bp": 0.1, "%": 1.4, "points": 0.6}
"""Cost of a difference of two percents in each unit it is written in."""
_BY_PERCENT = 0.5
"""Cost of the same where "by" leads to it ("trailed the S&P 500 by 0.08%")."""


def changed(scene: Scene, index: int, mention: Mention, figure: Figure, kind: Kind) -> list[Candidate]:
    """A change over a period, in percent (Kind.CHANGE) or points (Kind.POINTS)."""
    if (kind is Kind.POINTS and figure.words and figure.unit != "points") or scene.volume_speaks(mention):
        return []
    sign, band, source = scene.sign_of(index)
    cost = _change_cost(scene, mention, figure, kind, source)
    found = _since_date(scene, index, mention, figure, kind)
    for name, symbols, extra, uses in changes(scene, mention, kind):
        statements = tuple(Valued(Ref(name, symbol), figure, sign, band=band) for symbol in symbols)
        found.append(Candidate(cost + extra, statements, uses | uses_of(index, source), name))
        if source is None and figure.sign == 0 and sign == -1:  # carried from the clause before, or a plain gain
            gains = tuple(Valued(Ref(name, symbol), figure, None, band=band) for symbol in symbols)
            found.append(Candidate(cost + extra + _EITHER, gains, uses | uses_of(index), name))
    return found


def _change_cost(scene: Scene, mention: Mention, figure: Figure, kind: Kind, source: int | None) -> float:
    """Cost of a figure being a change, by what stands around it."""
    cost = 0.0
    if kind is Kind.POINTS and source is not None and scene.ms[source].kind == "versus":
        cost += _COMPARED
    if source is None and figure.sign == 0 and not scene.headers:
        cost += 0.9 if kind is Kind.CHANGE else 2.0
    if kind is Kind.POINTS and _indicator_speaks(scene, mention):
        cost += 1.2
    if kind is Kind.POINTS and figure.unit == "":
        word = scene.ms[source] if source is not None else None
        beside = word is not None and 0 <= mention.first - word.last <= 1
        cost += 0.35 if beside or _coordinated(scene, mention, word) else 2.5
    if scene.word_before(mention) in ("to", "at", "from") and not (source is not None and scene.amounts(mention)):
        cost += 1.5
    if _level_follows(scene, mention):
        cost += 1.5
    if any(
        0 <= m.first - mention.last <= 1 and m.sign and not _BREAKS & set(scene.norms(mention.last, m.first))
        for _, m in scene.each("relation")
    ):
        cost += 1.2
    return cost


def _coordinated(scene: Scene, mention: Mention, word: Mention | None) -> bool:
    """ "Added 3.18 on the day and 53.52 on the week": a bare number with a period after it, as one before it has."""
    before = [m for _, m in scene.own("figure") if m.last <= mention.first]
    followed = {m.first for _, m in scene.own("period")}
    listed = bool(before) and before[-1].last in followed and mention.last in followed
    return listed and word is not None and 0 <= before[-1].first - word.last <= 1


def _level_follows(scene: Scene, mention: Mention) -> bool:
    """Whether a figure is a distance from the level after it rather than a change."""
    for _, named in scene.each("measure"):
        bridge = set(scene.norms(mention.last, named.first))
        near = 0 <= named.first - mention.last <= 4 and bridge & _LEVEL_FOLLOWS and not bridge & _BREAKS
        if near and any(
            scene.kind_of(n) in (Kind.LEVEL, Kind.DISTANCE) and n not in ("close", "previous_close")
            for n in named.values
        ):
            return True
    return False


def _indicator_speaks(scene: Scene, mention: Mention) -> bool:
    """Whether an indicator is what moves: the last name before the figure that is no period or figure."""
    named = [
        m for _, m in scene.own("measure", "instrument")
        if m.last <= mention.first
        and not (m.kind == "instrument" and {"of", "for"} & set(scene.norms(m.first - 2, m.first)))
    ]  # fmt: skip
    return (
        bool(named)
        and named[-1].kind == "measure"
        and any(scene.kind_of(n) is Kind.INDICATOR for n in named[-1].values)
    )


def _since_date(scene: Scene, index: int, mention: Mention, figure: Figure, kind: Kind) -> list[Candidate]:
    """ "8.73% since the end of December": the change whose period starts on the date."""
    sign, band, source = scene.sign_of(index)
    if source is None and not figure.sign:
        return []
    starts = [
        m.name for m in scene.measures.values()
        if m.kind is kind and m.scope == "instrument" and m.period and m.unit is not Unit.INDEX_POINTS
    ]  # fmt: skip
    found: list[Candidate] = []
    for place, said in scene.each("date"):
        if said.day is None or not _starts(scene, mention, said):
            continue
        for name in starts:
            for symbols, more, who in scene.instruments(mention):
                valued = tuple(Valued(Ref(name, symbol), figure, sign, band=band) for symbol in symbols)
                start = Dated(Ref(name, symbols[0]), said.day)
                uses = uses_of(index, who, source) | closed_on(scene, place)
                found.append(Candidate(0.05 + more, (*valued, start), uses, f"{name} from its start"))
    return found


def _starts(scene: Scene, figure: Mention, said: Mention) -> bool:
    """Whether a change starts on a date: "8.73% since the end of December", "Since the end of September, the Russell
    2000 is up", "Measured from its close on Dec. 17"."""
    if 0 <= said.first - figure.last <= 6 and not scene.between(figure, said, "figure", "measure"):
        return bool(_SINCE & set(scene.norms(max(said.first - 5, figure.last), said.first)))
    leads = said.first - scene.clause.first <= 6 and _SINCE & set(scene.norms(scene.clause.first, said.first))
    told = any(
        m.first < said.first and m.values != ("close",) for _, m in scene.each("measure", "instrument", "figure")
    )
    return bool(leads) and not told and not scene.any("period")


def _spread_since(scene: Scene, index: int, mention: Mention, valued: Valued, uses: frozenset[int]) -> list[Candidate]:
    """ "Ahead by 3.3 percentage points since the end of September"."""
    found = []
    for place, said in scene.each("date"):
        if said.day is None or not _starts(scene, mention, said):
            continue
        for measure in scene.measures.values():
            change = scene.measures.get(f"change_{measure.period}")
            if measure.kind is Kind.SPREAD and change is not None:
                start = Dated(Ref(change.name, scene.symbols[0]), said.day)
                claim = replace(valued, ref=replace(valued.ref, measure=measure.name))
                used = uses | uses_of(index) | closed_on(scene, place)
                found.append(Candidate(0.05, (claim, start), used, f"{measure.name} from its start"))
    return found


def spreads(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """The difference between two instruments' changes over a period."""
    pair = scene.pair(mention)
    nouns = [i for i, m in scene.each("measure") if any(scene.kind_of(n) is Kind.SPREAD for n in m.values)]
    versus = [i for i, _ in scene.each("versus")]
    if pair is None or (not versus and not nouns and figure.unit not in ("pp", "bp")):
        return []
    sign, _, source = scene.sign_of(index)
    cost = _SPREAD_UNITS[figure.unit]
    if figure.unit == "%" and scene.word_before(mention) == "by":
        cost = _BY_PERCENT
    use: int | None = None
    if source is not None and scene.ms[source].kind == "versus":
        use = source
    elif versus:
        use = versus[-1]
        sign = scene.ms[use].sign or sign or 0
        cost += 0.2
    elif nouns:
        use = nouns[-1]
        if source is None:
            sign = figure.sign or int(any(scene.is_header(i) for i in nouns))
    else:
        cost += 0.6
        sign = scene.ms[source].sign if source is not None else figure.sign
    after = set(scene.norms(mention.last, mention.last + 1))
    if after & (LESS | MORE):
        sign = -1 if after & LESS else 1
    since = Valued(Ref("", pair[0]), figure, sign, flip=pair[1])
    found = _spread_since(scene, index, mention, since, pair[2] | uses_of(use, source))
    for measure, extra, when in of_period(scene, mention, Kind.SPREAD):
        statement = Valued(Ref(measure.name, pair[0]), figure, sign, flip=pair[1])
        uses = uses_of(index, use, when, source) | pair[2]
        found.append(Candidate(cost + extra, (statement,), uses, measure.name))
    return found
