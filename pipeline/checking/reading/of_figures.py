"""Candidates for figures: what a printed number may be the value of, by its unit and what stands around it."""

from __future__ import annotations

from dataclasses import replace

from pipeline.checking.claims import (
    Away,
    Bound,
    Dated,
    Difference,
    Ordered,
    Prior,
    Ref,
    Valued,
)  # fmt: skip
from pipeline.checking.mentions import Figure, Mention
from pipeline.checking.reading import of_streaks, of_tallies
from pipeline.checking.reading.refs import named_refs, uses_of
from pipeline.checking.reading.scene import LENGTHS, Scene
from pipeline.checking.reading.settle import Candidate
from pipeline.facts.units import Kind, Unit

DISTANCE_WORDS = frozenset({"from", "off", "of", "shy", "short", "to"})
LESS = frozenset({"less", "lower", "worse", "behind", "short", "fewer"})
MORE = frozenset({"more", "higher", "better", "ahead", "greater"})
_CLOSING = frozenset("closed close closes closing ended ends finished finishes settled settles shut finish".split())
_TRAVELLED = frozenset("traded ranged ran moved swung spanned travelled traveled".split())
BARE = ("", "points", "$", "index points")


def candidates(scene: Scene, index: int) -> list[Candidate]:
    """All candidates of the figure at an index of the scene."""
    mention = scene.ms[index]
    figure = mention.figure
    assert figure is not None
    found: list[Candidate] = []
    if scene.denied(mention):
        return found
    if (
        figure.total is not None
        or figure.ordinal
        or (figure.unit in ("", "sessions", "days", "weeks") and figure.whole)
    ):
        found += of_tallies.candidates(scene, index)
    counted = figure.whole and figure.unit == "" and counts_moves(scene, mention)
    if figure.unit in LENGTHS or figure.streak or figure.ordinal or counted:
        found += of_streaks.candidates(scene, index)
    if figure.unit == "%":
        found += _bounds_by_label(scene, index, mention, figure)
        found += _distances(scene, index, mention, figure)
        found += _named(scene, index, mention, figure, (Unit.PERCENT,))
        found += _changes(scene, index, mention, figure, Kind.CHANGE)
    if figure.unit == "%" and (carried := scene.measures.get(scene.state.measure)) is not None:
        for measure in scene.measures.values():
            if measure.of == carried.name and measure.kind is Kind.INDICATOR and measure.unit is Unit.PERCENT:
                for symbols, extra, use in scene.instruments(mention):
                    statement = Valued(Ref(measure.name, symbols[0]), figure)
                    found.append(Candidate(0.5 + extra, (statement,), uses_of(index, use), f"{measure.name}, carried"))
    if figure.unit in ("%", "pp", "bp", "points"):
        found += _spreads(scene, index, mention, figure)
    if figure.unit in BARE and not figure.ordinal and not figure.streak and figure.total is None:
        found += _bare(scene, index, mention, figure)
        found += _changes(scene, index, mention, figure, Kind.POINTS)
    if figure.unit in ("", "sessions", "days", "weeks"):
        found += _named(scene, index, mention, figure, (Unit.SESSIONS, Unit.WEEKS, Unit.BARS, Unit.COUNT))
    return found


def counts_moves(scene: Scene, mention: Mention) -> bool:
    """Whether a bare count is of gains, losses or a named streak ("four weekly losses in a row", "four gains")."""
    for other in scene.ms[scene.headers :]:
        if not 0 <= other.first - mention.last <= 1 or other.kind == "timeframe":
            continue
        last = scene.norms(other.first, other.last)[-1]
        if other.kind == "direction":
            return last.endswith("s")
        return other.kind == "measure" and any(scene.measures[n].sign for n in other.values)
    return False


def _sign(scene: Scene, index: int) -> tuple[int | None, str, int | None]:
    """Sign the words give a figure (0: either), the magnitude band, and the mention that says so."""
    figure = scene.ms[index].figure
    source = scene.sign_sources.get(index)
    if source is not None:
        mention = scene.ms[source]
        band = next((word for word in ("small", "large", "flat") if word in mention.note.split()), "")
        if mention.sign:
            return -mention.sign if scene.negated(mention) else mention.sign, band, source
        if mention.note.startswith("*"):
            return 0, band, source
        return (figure.sign or 0 if figure else 0), band, source
    said = figure.sign if figure else 0
    if (
        not said
        and scene.state.sign
        and not scene.headers
        and not any(True for _ in scene.each("direction", "versus", "relation"))
    ):
        return scene.state.sign, "", None
    return said or None, "", None


def _named(scene: Scene, index: int, mention: Mention, figure: Figure, units: tuple[Unit, ...]) -> list[Candidate]:
    """The value of a measure named in the clause that has one of some units."""
    found = []
    for place, named in scene.each("measure"):
        names = tuple(n for n in scene.names(place) if scene.measures[n].unit in units and scene.kind_of(n) is not Kind.CHANGE
                      and not (scene.kind_of(n) is Kind.STREAK and units[0] is Unit.SESSIONS and _streaky(scene, n)))  # fmt: skip
        if not names:
            continue
        base = scene.attach(place, mention)
        sign = _sign(scene, index)[0] if any(scene.kind_of(n) is Kind.DISTANCE for n in names) else None
        windows = {scene.measures[n].window for n in names}
        for ref, cost, uses, measure in named_refs(scene, mention, place, names):
            if len(windows) > 1:
                stated = _window_beside(scene, index, measure.window)
                cost += 0.0 if stated is not None else 0.8  # noqa: PLW2901
                uses = uses | uses_of(stated)  # noqa: PLW2901
            claimed = replace(figure, unit="") if measure.kind in (Kind.STREAK, Kind.COUNT) else figure
            signed = 0 if measure.kind is Kind.DISTANCE and not sign else sign
            found.append(
                Candidate(base + cost, (Valued(ref, claimed, signed),), uses | {index}, f"value of {measure.name}")
            )
    return found


def _window_beside(scene: Scene, index: int, window: int | None) -> int | None:
    """The mention that says a figure's window ("14.35% over 20 days"), if it is this one."""
    mention = scene.ms[index]
    for place, other in enumerate(scene.ms[scene.headers :], scene.headers):
        near = 0 <= other.first - mention.last <= 2 or 0 <= mention.first - other.last <= 4
        number = (
            other.figure.value
            if other.figure is not None
            else {"5d": 5, "20d": 20}.get(other.values[0] if other.values else "")
        )
        if place != index and near and number == window and other.kind in ("figure", "period"):
            return place
    return None


def _streaky(scene: Scene, name: str) -> bool:
    """Whether a measure is one of the direction streaks, which have a reading of their own."""
    return scene.measures[name].sign != 0


def _bare(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """A bare number: a level, an indicator, a threshold, the close, a difference, what a value came from."""
    found: list[Candidate] = []
    after_from = scene.word_before(mention) == "from" or (
        scene.word_before(mention, 2) == "from" and scene.word_before(mention) == "a"
    )
    gap = 3 if figure.hedge else 1
    relation = next(((i, m) for i, m in scene.each("relation") if 0 <= mention.first - m.last <= gap), None)
    if scene.word_after(mention) == "of" or (figure.whole and any(m.plural for _, m in scene.each("averages"))):
        relation = None
    found += _ends_of_range(scene, index) + _other_day(scene, index)
    for place, named in scene.each("measure", "averages"):
        if named.kind == "averages" and (named.plural or not scene.state.measure):
            continue
        names = tuple(
            n for n in (scene.names(place) if named.kind == "measure" else _same_average(scene, named))
            if scene.kind_of(n) in (Kind.LEVEL, Kind.INDICATOR) and scene.measures[n].unit is not Unit.PERCENT and not figure.words
        )  # fmt: skip
        if not names:
            continue
        base = scene.attach(place, mention) + (2.0 if after_from else 0.0)
        for ref, cost, uses, measure in named_refs(scene, mention, place, names):
            if figure.unit == "index points" and measure.unit is not Unit.INDEX:
                continue
            small = (
                1.0
                if figure.whole and figure.value < 100 and measure.kind is Kind.LEVEL and measure.scope == "instrument"
                else 0.0
            )
            found.append(
                Candidate(base + cost + small, (Valued(ref, figure),), uses | {index}, f"value of {measure.name}")
            )
            if relation and scene.ms[relation[0]].first >= named.last and relation[1].sign and not scene.conditional:
                operator = ">" if relation[1].sign > 0 else "<"
                if scene.negated(relation[1]):
                    operator = "<" if operator == ">" else ">"
                statement = Ordered(ref, operator, figure.signed)  # type: ignore[arg-type]
                found.append(Candidate(base + cost - 0.2, (statement,), uses | {index, relation[0]}, "threshold"))
            change = scene.measures.get(f"{measure.name}_change")
            if change is not None and figure.unit != "$":
                found += _indicator_moves(scene, index, place, replace(ref, measure=change.name), base + cost, uses)
            if after_from:
                if change is not None:
                    prior = Prior(ref, replace(ref, measure=change.name), figure)
                    found.append(Candidate(base + cost - 2.0, (prior,), uses | {index}, "value before the change"))
            if measure.kind is Kind.LEVEL and measure.name != "close":
                found += _differences(scene, index, mention, figure, place, ref, base + cost, uses)
    found += _bounds_by_label(scene, index, mention, figure)
    sign_source = scene.sign_sources.get(index)
    pricey = not figure.whole or figure.value >= 100 or figure.unit in ("$", "points")
    if pricey and not figure.words:
        name, cost = ("previous_close", 0.5) if after_from else ("close", 0.5)
        before = scene.word_before(mention)
        if before not in ("to", "at", "near", "from", "of", "around") and not scene.is_header(index):
            cost += 0.7 if sign_source is None else 1.2
        if before == "of":
            cost += 0.8
        carried = scene.state.measure
        for symbols, extra, use in scene.instruments(mention):
            found.append(
                Candidate(cost + extra, (Valued(Ref(name, symbols[0]), figure),), uses_of(index, use), f"the {name}")
            )
            if relation and relation[1].sign and not scene.conditional and not _measure_before(scene, relation[1]):
                operator = ">" if relation[1].sign > 0 else "<"
                statement = Ordered(Ref("close", symbols[0]), operator, figure.signed)  # type: ignore[arg-type]
                found.append(
                    Candidate(0.3 + extra, (statement,), uses_of(index, use, relation[0]), "close against a figure")
                )
        if carried and carried in scene.measures and carried not in ("close", "previous_close"):
            found += _carried(scene, index, mention, figure, carried)
    elif scene.state.measure and not figure.words:
        found += _carried(scene, index, mention, figure, scene.state.measure)
    return found


def _indicator_moves(
    scene: Scene, index: int, place: int, ref: Ref, cost: float, uses: frozenset[int]
) -> list[Candidate]:
    """ "The RSI rose 16.2 points", "35 points lower than five sessions earlier": a move over the change's period."""
    mention = scene.ms[index]
    sign, _, source = _sign(scene, index)
    after = next(
        (i for i, m in scene.each("relation", "direction", "versus") if m.first == mention.last and m.sign), None
    )
    if after is not None:
        sign, source = scene.ms[after].sign, after
    elif source is None or scene.ms[source].kind != "direction" or scene.ms[source].first < scene.ms[place].last:
        return []
    if scene.word_before(mention) in ("to", "at", "from") or mention.figure is None:
        return []
    period = "5d"  # indicators' changes are over 5 sessions
    named = [(i, m) for i, m in scene.each("period") if not scene.is_header(i)]
    fitting = [i for i, m in named if period in m.values]
    if named and not fitting:
        return []
    statement = Valued(ref, replace(mention.figure, unit=""), sign)
    extra = 0.0 if fitting else 0.4
    return [Candidate(max(cost + extra - 0.1, 0.0), (statement,), uses | uses_of(index, source, *fitting), ref.measure)]


def _same_average(scene: Scene, named: Mention) -> tuple[str, ...]:
    """ "The average", said of one named before."""
    return tuple(name for name in named.values if name == scene.state.measure)


def _measure_before(scene: Scene, relation: Mention) -> bool:
    return any(
        m.last <= relation.first for i, m in scene.each("measure") if not scene.is_header(i) and "close" not in m.values
    )


def _carried(scene: Scene, index: int, mention: Mention, figure: Figure, name: str) -> list[Candidate]:
    """A figure of the measure spoken of last."""
    measure = scene.measures[name]
    if measure.kind not in (Kind.LEVEL, Kind.INDICATOR) or measure.unit is Unit.PERCENT:
        return []
    named = {"reading", "figure", "level", "value", "indicator", "oscillator", "number", "gauge"} & set(
        scene.norms(mention.first - 4, mention.first)
    )
    weekly = any(True for _ in scene.each("timeframe"))
    base = 0.3 if named or weekly else 0.6 if measure.kind is Kind.INDICATOR else 0.8
    relation = next(((i, m) for i, m in scene.each("relation") if 0 <= mention.first - m.last <= 1 and m.sign), None)
    found = []
    for timeframe, time_cost, time_use in scene.timeframes(mention, measure, None):
        for symbols, extra, use in scene.instruments(mention):
            symbol = symbols[0] if measure.scope == "instrument" else "/".join(scene.symbols)
            if relation is not None and not scene.conditional:
                operator = ">" if relation[1].sign > 0 else "<"
                against = Ordered(Ref(name, symbol, timeframe), operator, figure.signed)  # type: ignore[arg-type]
                uses = uses_of(index, use, time_use, relation[0])
                found.append(Candidate(base - 0.2 + time_cost + extra, (against,), uses, "threshold, carried"))
            found.append(Candidate(base + time_cost + extra, (Valued(Ref(name, symbol, timeframe), figure),),
                                   uses_of(index, use, time_use), f"value of {name}, carried"))  # fmt: skip
    return found


def _other_day(scene: Scene, index: int) -> list[Candidate]:
    """ "Thursday's close of 2,839.25": the close of the session before, named by its weekday."""
    mention = scene.ms[index]
    found: list[Candidate] = []
    for place, said in scene.each("date"):
        if said.day is None or said.day.weekday is None or scene.word_after(said) != "'s" or mention.figure is None:
            continue
        words = set(scene.norms(said.last, mention.first))
        if not 0 <= mention.first - said.last <= 4 or not words <= {
            "'s",
            "close",
            "closing",
            "level",
            "of",
            "finish",
            "at",
        }:
            continue
        closes = [
            i
            for i, m in scene.each("measure")
            if "close" in m.values and said.last <= m.first and m.last <= mention.first
        ]
        for symbols, extra, use in scene.instruments(mention):
            ref = Ref("previous_close", symbols[0])
            statements = (Valued(ref, mention.figure), Dated(ref, said.day))
            base = scene.attach(closes[0], mention) if closes else 0.45
            found.append(
                Candidate(base + extra, statements, uses_of(index, place, use, *closes), "close of the session before")
            )
    return found


def _ends_of_range(scene: Scene, index: int) -> list[Candidate]:
    """ "The 20-day range runs from 1,829.06 to 2,014.74"."""
    mention = scene.ms[index]
    spans = [(i, m) for i, m in scene.each("range") if m.last <= mention.first]
    word = scene.word_before(mention)
    if not spans and _TRAVELLED & set(scene.norms(scene.clause.first, mention.first)):
        spans = [(index, replace(mention, note=""))]
    if not spans or word not in ("from", "between", "to", "and", "-") or mention.figure is None:
        return []
    place, span = spans[-1]
    side = "low" if word in ("from", "between") else "high"
    name = f"{side}_{span.note}" if span.note else side
    if name not in scene.measures:
        return []
    between = next((i for i, m in scene.each("relation") if m.note.startswith("~") and m.last <= mention.first), None)
    return [
        Candidate(
            0.1 + extra, (Valued(Ref(name, symbols[0]), mention.figure),), uses_of(index, place, use, between), name
        )
        for symbols, extra, use in scene.instruments(mention)
    ]


def _differences(scene: Scene, index: int, mention: Mention, figure: Figure, place: int, ref: Ref, cost: float,
                 uses: frozenset[int]) -> list[Candidate]:  # fmt: skip
    """ "51.3 points above the 50-day average": side word and level come right after the figure."""
    level = scene.ms[place]
    words = scene.norms(mention.last, level.first)
    if level.first < mention.last or len(words) > 6 or scene.between(mention, level, "figure", "measure"):
        return []
    relation = next(((i, m) for i, m in scene.each("relation") if 0 <= m.first - mention.last <= 1), None)
    if relation is None and not DISTANCE_WORDS & set(words[:2]):
        return []
    source = scene.sign_sources.get(index)
    sign = relation[1].sign if relation else scene.ms[source].sign if source is not None else 0
    if not sign and {"off", "shy", "short"} & set(words):
        sign = -1
    statement = Difference(Ref("close", ref.instrument), ref, figure, sign)
    used = uses | uses_of(index, relation[0] if relation else None)
    return [Candidate(max(cost - 0.2, 0.0), (statement,), used, "points from a level")]


def _bounds_by_label(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """ "the overbought line at 70" without the indicator's name."""
    found = []
    for place, label in scene.each("label"):
        gap = label.first - mention.last if label.first >= mention.last else mention.first - label.last
        if gap > (3 if figure.unit == "" else 5) or scene.between(label, mention, "figure"):
            continue
        for name in label.values:
            owner = next((m for m in scene.measures.values() if any(item.name == name for item in m.labels)
                          and any(item.name == name and item.bounds for item in m.labels)), None)  # fmt: skip
            if owner is not None and figure.whole:
                statement = Bound(Ref(owner.name, scene.subject[0] if scene.subject else ""), name, figure)
                uses = uses_of(index, place, scene.sign_sources.get(index))
                found.append(Candidate(0.1 + 0.03 * gap, (statement,), uses, "threshold of a label"))
    return found


def _changes(scene: Scene, index: int, mention: Mention, figure: Figure, kind: Kind) -> list[Candidate]:
    """A change over a period."""
    sign, band, source = _sign(scene, index)
    cost = 0.0
    if source is None and not scene.is_header(index) and figure.sign == 0 and not scene.headers:
        cost += 0.9 if kind is Kind.CHANGE else 2.0
    if kind is Kind.POINTS and figure.words and figure.unit != "points":
        return []
    if kind is Kind.POINTS and _indicator_speaks(scene, mention):
        cost += 1.2
    if kind is Kind.POINTS and figure.unit == "":
        gap = (
            mention.first - scene.ms[source].last
            if source is not None and scene.ms[source].last <= mention.first
            else 9
        )
        cost += 0.35 if gap <= 1 else 2.5
    if scene.word_before(mention) in ("to", "at", "from"):
        cost += 1.5
    if any(
        scene.kind_of(n) in (Kind.LEVEL, Kind.DISTANCE) and n != "close"
        for _, m in scene.each("measure")
        for n in m.values
        if 0 <= m.first - mention.last <= 4
        and not {"and", "but", "while", ",", ";"} & set(scene.norms(mention.last, m.first))
        and {"from", "off", "above", "below", "of"} & set(scene.norms(mention.last, m.first))
    ):
        cost += 1.5
    if any(0 <= m.first - mention.last <= 1 and m.sign for _, m in scene.each("relation")):
        cost += 1.2
    found = _since_date(scene, index, kind)
    for period, extra, use in scene.periods(mention):
        names = [
            m.name for m in scene.measures.values() if m.kind is kind and m.period == period and m.scope == "instrument"
        ]
        for name in names:
            for symbols, more, who in scene.instruments(mention):
                statements = tuple(Valued(Ref(name, symbol), figure, sign, band=band) for symbol in symbols)
                found.append(Candidate(cost + extra + more, statements, uses_of(index, use, who, source), f"{name}"))
    return found


def _indicator_speaks(scene: Scene, mention: Mention) -> bool:
    """Whether an indicator is what moves: the last name before the figure that is no period or figure."""
    named = [
        m for m in scene.ms[scene.headers :] if m.kind in ("measure", "instrument") and m.last <= mention.first
        and not (m.kind == "instrument" and {"of", "for"} & set(scene.norms(m.first - 2, m.first)))
    ]  # fmt: skip
    return (
        bool(named)
        and named[-1].kind == "measure"
        and any(scene.kind_of(n) is Kind.INDICATOR for n in named[-1].values)
    )


def _since_date(scene: Scene, index: int, kind: Kind) -> list[Candidate]:
    """ "8.73% since the end of December": the change whose period starts on the date."""
    mention = scene.ms[index]
    sign, band, source = _sign(scene, index)
    found: list[Candidate] = []
    for place, said in scene.each("date"):
        words = scene.norms(said.first - 5, said.first)
        if (
            said.day is None
            or not {"since", "from"} & set(words)
            or not 0 <= said.first - mention.last <= 6
            or mention.figure is None
        ):
            continue
        if scene.between(mention, said, "figure", "measure"):
            continue
        for measure in scene.measures.values():
            if (
                measure.kind is kind
                and measure.scope == "instrument"
                and measure.period
                and measure.unit is not Unit.INDEX_POINTS
            ):
                for symbols, more, who in scene.instruments(mention):
                    refs = [Ref(measure.name, symbol) for symbol in symbols]
                    statements = tuple(Valued(ref, mention.figure, sign, band=band) for ref in refs) + (
                        Dated(refs[0], said.day),
                    )
                    found.append(
                        Candidate(
                            0.05 + more,
                            statements,
                            uses_of(index, place, who, source),
                            f"{measure.name} from its start",
                        )
                    )
    return found


def _spreads(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """The difference between two instruments' changes over a period."""
    pair = scene.pair(mention)
    if pair is None:
        return []
    sign, band, source = _sign(scene, index)
    nouns = [(i, m) for i, m in scene.each("measure") if any(scene.kind_of(n) is Kind.SPREAD for n in m.values)]
    versus = [(i, m) for i, m in scene.each("versus")]
    header = any(scene.is_header(i) for i, _ in nouns)
    if not versus and not nouns and figure.unit not in ("pp", "bp"):
        return []
    cost = {"pp": 0.0, "bp": 0.1, "%": 0.5, "points": 0.6}[figure.unit]
    if source is not None and scene.ms[source].kind == "versus":
        use: int | None = source
    elif versus:
        use = versus[-1][0]
        sign = scene.ms[use].sign or (0 if sign is None else sign)
        cost += 0.2
    elif nouns:
        use = nouns[-1][0]
        sign = (figure.sign or (1 if header else 0)) if source is None else sign
    else:
        use, cost = None, cost + 0.6
        sign = figure.sign or 0 if source is None else sign
    if not versus and not nouns and source is not None:
        sign = scene.ms[source].sign
    after = scene.norms(mention.last, mention.last + 1)
    if after and after[0] in LESS | MORE:
        sign = -1 if after[0] in LESS else 1
    found = []
    for period, extra, when in scene.periods(mention):
        for measure in scene.measures.values():
            if measure.kind is Kind.SPREAD and measure.period == period:
                statement = Valued(Ref(measure.name, pair[0]), figure, sign, flip=pair[1])
                uses = uses_of(index, use, when, source) | pair[2]
                found.append(Candidate(cost + extra, (statement,), uses, measure.name))
    return found


def _distances(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """Percent above or below a level named in the clause, or carried."""
    relation = scene.relation_for(mention)
    source = scene.sign_sources.get(index)
    found: list[Candidate] = []
    levels = [(i, m, scene.names(i)) for i, m in scene.each("measure")]
    levels += [(i, m, _same_average(scene, m)) for i, m in scene.each("averages") if not m.plural]
    levels = [
        (i, m, names) for i, m, values in levels
        if (names := tuple(n for n in values if scene.kind_of(n) is Kind.LEVEL and n not in ("close", "ratio")))
    ]  # fmt: skip
    for place, named, names in levels:
        before = named.last <= mention.first and not scene.is_header(place)
        words = scene.norms(mention.last, named.first) if not before else []
        linked = relation is not None or bool(DISTANCE_WORDS & set(words)) or scene.is_header(place)
        base = scene.attach(place, mention, across=True)
        if not before and not linked:
            base += 1.5
        sign = relation[1].sign if relation else scene.ms[source].sign if source is not None else figure.sign
        if not sign and {"off", "shy", "short"} & set(words):
            sign = -1
        for ref, cost, uses, measure in named_refs(scene, mention, place, names):
            distance = next((m for m in scene.measures.values() if m.of == measure.name and m.kind is Kind.DISTANCE
                             and m.name.startswith("distance_")), None)  # fmt: skip
            if distance is None:
                continue
            used = uses | uses_of(index, relation[0] if relation else source)
            close_leads = before and any(
                m.kind == "instrument" or (m.kind == "measure" and "close" in m.values) or m.kind == "pronoun"
                for m in scene.between(named, mention, "instrument", "measure", "pronoun")
            )
            if close_leads and relation is not None:
                statement = Valued(replace(ref, measure=distance.name), figure, sign)
                found.append(Candidate(base + cost + 0.1, (statement,), used, distance.name))
                continue
            if before:
                if relation is not None:
                    words_after = scene.norms(relation[1].last, relation[1].last + 5)
                    level_first = Away(ref, figure, sign)
                    back = any(word in ("close", "price", "index", "level", "it") for word in words_after)
                    found.append(
                        Candidate(base + cost + (0.1 if back else 0.5), (level_first,), used, "a level's distance")
                    )
                    if not back:
                        statement = Valued(replace(ref, measure=distance.name), figure, sign)
                        found.append(Candidate(base + cost + 0.7, (statement,), used, distance.name))
                elif source is not None or figure.sign:
                    statement = Valued(replace(ref, measure=distance.name), figure, sign)
                    found.append(Candidate(base + cost + 0.9, (statement,), used, distance.name))
                continue
            statement = Valued(replace(ref, measure=distance.name), figure, sign)
            found.append(Candidate(base + cost, (statement,), used, distance.name))
    here = [n for i, m, names in levels for n in names[:1] if relation is not None and m.last <= relation[1].first]
    carried = scene.measures.get(here[-1] if here else scene.state.measure)
    aimed = relation is not None and scene.aimed(relation[1])
    if carried is not None and relation is not None and (aimed or not levels):
        base_name = carried.of if carried.kind is Kind.DISTANCE else carried.name
        distance = next((m for m in scene.measures.values() if m.of == base_name and m.kind is Kind.DISTANCE
                         and m.name.startswith("distance_")), None)  # fmt: skip
        if distance is not None:
            for symbols, extra, use in scene.instruments(mention):
                symbol = symbols[0] if distance.scope == "instrument" else "/".join(scene.symbols)
                statement = Valued(Ref(distance.name, symbol), figure, relation[1].sign)
                found.append(
                    Candidate(
                        (0.0 if aimed else 0.8) + extra,
                        (statement,),
                        uses_of(index, use, relation[0]),
                        f"{distance.name}, carried",
                    )
                )
    return found
