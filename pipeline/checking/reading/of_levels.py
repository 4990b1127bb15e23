"""Candidates for bare numbers: levels, indicators, thresholds, prices, points from a level, what a value came from."""

from __future__ import annotations

from dataclasses import replace

from pipeline.checking.claims import Dated, Ordered, Prior, Ref, Today, Valued, operator_for
from pipeline.checking.lexicon import SET
from pipeline.checking.mentions import Figure, Mention
from pipeline.checking.reading.extremes import DAY
from pipeline.checking.reading.gap_words import side_of
from pipeline.checking.reading.gaps import bare, closes_of, day_of_close
from pipeline.checking.reading.named_levels import COMPLETED
from pipeline.checking.reading.of_crossings import OF_AVERAGES
from pipeline.checking.reading.of_distances import same_average
from pipeline.checking.reading.of_sessions import range_told
from pipeline.checking.reading.refs import for_owners, named_refs, uses_of
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import Candidate
from pipeline.checking.reading.siblings import in_list, series
from pipeline.checking.tokens import words
from pipeline.facts.catalogue import Measure
from pipeline.facts.units import Kind, Unit

_TRAVELLED = words("traded ranged ran moved swung spanned travelled traveled")
_SPANNING = words("from between range")
_CLOSE_WORDS = words("'s close closing level of finish at")
_VALUE_WORDS = words("reading figure level value indicator oscillator number gauge")
_PRICE_PREPOSITIONS = words("to at near from of around")
_CAME_FROM = 2.0
"""Cost of a figure after "from" being the measure's present value; as its former value it costs that much less."""
_INDICATOR_PERIOD = "5d"
"""Period of the changes of indicators."""
_OTHER_OF_SET = 0.3
"""Cost of each further one of a set that is named together, where no list says which is meant."""
_AGO = words("earlier ago before previously prior back")
_OWNED = (["is"], ["was"], ["stood"], ["stands"], ["at"], ["came"], ["remained"])
_SIDED = 1.2
"""Cost of a figure that a side word follows being a value rather than a distance."""
_SIGNED, _IN_A_TIMEFRAME = 2.0, 0.5
"""Cost of a figure with a sign being a price, and of one told of a weekly or daily reading."""
_REACHED = 0.3
"""Cost of a price that was "reached" being the session's high."""
_SMALL_LEVEL = 1.0
"""Cost of a whole number below 100 being a price level."""


def candidates(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """Values of the levels and indicators named in the clause, and what else a bare number may say of them."""
    found = _ends_of_range(scene, index, mention, figure) + _other_day(scene, index, mention, figure)
    found += _of_series(scene, index, mention, figure)
    side = scene.side_before(mention, figure)
    after_from = scene.came_from(mention)
    sided = _SIDED if _is_distance(scene, index, mention) or _is_move(scene, index, mention) else 0.0
    for place, named in scene.each("measure", "averages"):
        names = _valued_names(scene, place, figure) or _level_within(scene, named, mention)
        if named.note == SET and any(0 <= m.first - mention.last <= 1 for _, m in scene.own("measure")):
            continue  # "round numbers: 370 above, 360 below": each figure has a name of its own
        if "close" in names and day_of_close(scene, place) is not None:
            continue
        former = after_from and names != (COMPLETED,)
        base = scene.attach(place, mention) + (_CAME_FROM if former else 0.0) if names else 0.0
        for ref, extra, uses, measure in named_refs(scene, mention, place, names):
            if figure.unit == "index points" and measure.unit is not Unit.INDEX:
                continue
            cost = base + extra + sided + (_OTHER_OF_SET * names.index(measure.name) if named.note == SET else 0.0)
            level = measure.kind is Kind.LEVEL
            small = figure.whole and figure.value < 100 and level and measure.scope == "instrument"
            used, dear = uses | {index} | scene.equals(mention), cost + (_SMALL_LEVEL if small else 0.0)
            found.append(Candidate(dear, (Valued(ref, figure),), used, f"value of {measure.name}"))
            if side is not None and scene.ms[side[0]].first >= named.last:
                threshold = Ordered(ref, operator_for(scene.turned(side[1]).sign), figure.signed)
                found.append(Candidate(cost - 0.2, (threshold,), used | {side[0]}, "threshold"))
            change = scene.measures.get(f"{measure.name}_change")
            ago = _earlier(scene, mention)
            if change is not None and ago is not None and not _of_the_change(scene, ago):
                continue
            if change is not None and figure.unit != "$":
                moved = replace(ref, measure=change.name)
                found += _moves(scene, index, place, moved, cost - sided, uses | uses_of(ago))
            if change is not None and ago is not None and not after_from and figure.unit == "":
                prior = Prior(ref, replace(ref, measure=change.name), figure)
                found.append(Candidate(max(cost - 0.3, 0.0), (prior,), used | {ago}, "value before the change"))
            if change is not None and after_from:
                prior = Prior(ref, replace(ref, measure=change.name), figure)
                found.append(Candidate(cost - _CAME_FROM, (prior,), used, "value before the change"))
    return found


def _of_series(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """ "Supports: 180.51, 177.50", "the Bollinger bands run from 175.25 to 189.86": one of a list, in its order."""
    found: list[Candidate] = []
    figures = [m for _, m in scene.own("figure")]
    for place, named in scene.each("measure"):
        names = scene.names(place)
        names = names if named.note == SET else series(names[0], scene.measures) if len(names) == 1 else ()
        order = in_list(named, mention, figures, scene.norms) if len(names) > 1 else None
        if order is None or order >= len(names) or figure.words:
            continue
        if scene.between(named, mention, "measure", "averages", "direction", "versus"):
            continue
        for ref, extra, uses, measure in named_refs(scene, mention, place, names[order : order + 1]):
            note = f"{measure.name}, in a list"
            found.append(Candidate(extra, (Valued(ref, figure),), uses | {index}, note))
    return found


def _is_distance(scene: Scene, index: int, mention: Mention) -> bool:
    """Whether a side word right after a figure makes it a distance ("close 2.16 points above the band")."""
    side = side_of(scene, index)
    led = scene.word_before(mention) in ("at", "of", "to", "is")
    if side is None or side.fronted or led or side.first - mention.last > 1:
        return False
    return not side.weak or bool(bare(scene, index, side))


def _is_move(scene: Scene, index: int, mention: Mention) -> bool:
    """Whether something moved by so many points ("gained 185.44 points", "after a rise of 19.38 points")."""
    source = scene.sign_sources.get(index)
    points = mention.figure is not None and mention.figure.unit in ("points", "index points")
    return points and source is not None and scene.norms(scene.ms[source].last, mention.first) in ([], ["of"])


def _earlier(scene: Scene, mention: Mention) -> int | None:
    """The stretch of time right after a figure that says how long ago ("58 five sessions earlier")."""
    for place, said in scene.own("figure", "period"):
        gap = scene.norms(mention.last, said.first)
        over = gap in (["over"], ["in"]) and said.figure is not None and said.figure.unit == "weeks"
        near = 0 <= said.first - mention.last <= 3 and not {",", "and"} & set(gap)
        if near and (over or scene.word_after(said) in _AGO):
            return place
    return None


def _of_the_change(scene: Scene, place: int) -> bool:
    """Whether a stretch of time is the period of the changes of indicators."""
    said = scene.ms[place]
    if said.figure is None:
        return _INDICATOR_PERIOD in said.values
    weekly = any("weekly" in m.values for _, m in scene.each("timeframe")) or scene.state.timeframe == "weekly"
    return said.figure.value == 5 and said.figure.unit in (("weeks",) if weekly else ("sessions", "days"))


def _valued_names(scene: Scene, place: int, figure: Figure) -> tuple[str, ...]:
    """Measures a mention names whose value a bare number may be."""
    named = scene.ms[place]
    if figure.words:
        return ()
    return tuple(
        name for name in (scene.names(place) if named.kind == "measure" else same_average(scene, named))
        if scene.kind_of(name) in (Kind.LEVEL, Kind.INDICATOR)
        and scene.measures[name].unit not in (Unit.PERCENT, Unit.VOLUME)
        and not (scene.measures[name].unit is Unit.SCORE and figure.step >= 1)  # a whole number counts votes
    )  # fmt: skip


def _level_within(scene: Scene, named: Mention, figure: Mention) -> tuple[str, ...]:
    """The level that a distance's own name ends in, where its value follows ("the drawdown from the record close of
    2,677.74")."""
    valued = len(named) > 1 and figure.first == named.last + 1 and scene.word_after(named) == "of"
    measures = [scene.measures[name] for name in named.values] if valued and named.kind == "measure" else []
    return tuple(m.of for m in measures if m.kind is Kind.DISTANCE and m.of)


def _moves(scene: Scene, index: int, place: int, ref: Ref, cost: float, uses: frozenset[int]) -> list[Candidate]:
    """ "The RSI rose 16.2 points", "35 points lower than five sessions earlier": a move over the change's period."""
    mention = scene.ms[index]
    sign, _, source = scene.sign_of(index)
    after = next(
        (i for i, m in scene.each("relation", "direction", "versus") if m.first == mention.last and m.sign), None
    )
    if after is not None:
        sign, source = scene.ms[after].sign, after
    elif source is None or scene.ms[source].kind != "direction" or scene.ms[source].first < scene.ms[place].last:
        return []
    if scene.word_before(mention) in ("to", "at", "from") or mention.figure is None:
        return []
    named = scene.own("period")
    fitting = [i for i, m in named if _INDICATOR_PERIOD in m.values]
    if named and not fitting:
        return []
    statement = Valued(ref, replace(mention.figure, unit=""), sign)
    stretch = _earlier(scene, mention)
    extra = 0.0 if fitting or (stretch is not None and _of_the_change(scene, stretch)) else 0.4
    return [Candidate(max(cost + extra - 0.1, 0.0), (statement,), uses | uses_of(index, source, *fitting), ref.measure)]


def prices(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """The close, or a level or indicator spoken of before: what a bare number says where no name stands beside it."""
    found: list[Candidate] = []
    crossed = _crossed(scene)
    carried = crossed or scene.spoken_of
    pricey = not figure.whole or figure.value >= 100 or figure.unit in ("$", "points")
    if figure.words:
        return found
    if pricey and not scene.conditional:
        side = scene.side_before(mention, figure)
        subject = side and any(m.last <= side[1].first and "close" not in m.values for _, m in scene.own("measure"))
        after_from = scene.came_from(mention)
        name = "previous_close" if after_from or scene.before_now(mention) else "close"
        cost = _price_cost(scene, index, mention) + (_SIDED if _is_distance(scene, index, mention) else 0.0)
        for symbols, extra, use in scene.instruments(mention):
            statement = Valued(Ref(name, symbols[0]), figure)
            found.append(Candidate(cost + extra, (statement,), uses_of(index, use), f"the {name}"))
            if side is not None and not subject:
                order = Ordered(Ref("close", symbols[0]), operator_for(side[1].sign), figure.signed)
                uses = uses_of(index, use, side[0])
                found.append(Candidate(0.3 + extra, (order,), uses, "close against a figure"))
    if pricey and scene.word_before(mention) == "reached" and not scene.conditional:
        found += for_owners(
            scene,
            mention,
            lambda symbol: Valued(Ref("high", symbol), figure),
            _REACHED,
            uses_of(index) | scene.day_marks,
            "the high",
        )
    if carried is not None and not (pricey and carried.name in ("close", "previous_close")):
        found += _carried(scene, index, mention, figure, carried)
    return found


def _price_cost(scene: Scene, index: int, mention: Mention) -> float:
    """Cost of a bare number being the close, by the word before it."""
    before, figure = scene.word_before(mention), mention.figure
    base = 0.5
    if figure is not None and figure.sign:
        base += _SIGNED
    if scene.own("timeframe") and (figure is None or figure.unit != "$"):
        base += _IN_A_TIMEFRAME
    if before == "of" or scene.amounts(mention):
        return base + 0.8
    if before in _PRICE_PREPOSITIONS or scene.is_header(index):
        return base
    return base + (0.7 if scene.sign_sources.get(index) is None else 1.2)


def _crossed(scene: Scene) -> Measure | None:
    """The average that crossed another one before, where "it" is set beside that one ("and at the close it stood at
    558.78 against 576.97 for the 200-day")."""
    named = {name for i, _ in scene.own("measure") for name in scene.names(i)}
    told = scene.state.measure == OF_AVERAGES and "sma_200" in named and "sma_50" not in named
    return scene.measures.get("sma_50") if told and scene.any("pronoun") else None


def _carried(scene: Scene, index: int, mention: Mention, figure: Figure, measure: Measure) -> list[Candidate]:
    """A figure of the measure spoken of last."""
    if measure.kind not in (Kind.LEVEL, Kind.INDICATOR) or measure.unit is Unit.PERCENT:
        return []
    named = _VALUE_WORDS & set(scene.norms(mention.first - 4, mention.first))
    base = (
        0.1
        if scene.points_back or _its_own(scene) or _crossed(scene) is measure
        else 0.3
        if named or scene.any("timeframe")
        else 0.6
        if measure.kind is Kind.INDICATOR
        else 0.8
    )
    side = next(((i, m) for i, m in scene.each("relation") if 0 <= mention.first - m.last <= 1 and m.sign), None)
    found = []
    for timeframe, time_cost, time_use in scene.timeframes(mention, measure, None):
        for symbols, extra, use in scene.instruments(mention):
            ref = Ref(measure.name, scene.owner(measure, symbols), timeframe)
            cost, uses = base + time_cost + extra, uses_of(index, use, time_use)
            if side is not None and not scene.conditional:
                against = Ordered(ref, operator_for(side[1].sign), figure.signed)
                found.append(Candidate(cost - 0.2, (against,), uses | {side[0]}, "threshold, carried"))
            found.append(Candidate(cost, (Valued(ref, figure),), uses, f"value of {measure.name}, carried"))
            ago, change = _earlier(scene, mention), scene.measures.get(f"{measure.name}_change")
            if ago is not None and change is not None and figure.unit == "" and _of_the_change(scene, ago):
                prior = Prior(ref, replace(ref, measure=change.name), figure)
                found.append(Candidate(max(cost - 0.5, 0.0), (prior,), uses | {ago}, "value before the change"))
    return found


def _its_own(scene: Scene) -> bool:
    """Whether an owner stands without what it owns ("the S&P 500's was lower at 56.63"): what was spoken of last."""
    return any(
        scene.word_after(m) == "'s" and scene.norms(m.last + 1, m.last + 2)[:1] in _OWNED
        for _, m in scene.own("instrument")
    )


def moves_of_carried(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """ "Up 14.12 in five sessions", said of an indicator spoken of before."""
    carried = scene.spoken_of
    change = scene.measures.get(f"{carried.name}_change") if carried is not None else None
    sign, _, source = scene.sign_of(index)
    ago = _earlier(scene, mention)
    words_after = scene.own("relation", "direction")
    after = next((i for i, m in words_after if 0 <= m.first - mention.last <= 1 and m.sign), None)
    if ago is not None and after is not None:
        sign, source = scene.turned(scene.ms[after]).sign, after
    if change is None or carried is None or carried.kind is not Kind.INDICATOR or source is None:
        return []
    if (scene.any("instrument") and ago is None) or (ago is not None and not _of_the_change(scene, ago)):
        return []
    if scene.word_before(mention) in ("to", "at", "from") or any(not m.weak for _, m in scene.each("measure")):
        return []
    spans = [i for i, m in scene.each("period") if _INDICATOR_PERIOD in m.values]
    if scene.any("period") and not spans:
        return []
    found = []
    for timeframe, cost, time_use in scene.timeframes(mention, change, None):
        for symbols, extra, use in scene.instruments(mention):
            ref = Ref(change.name, symbols[0], timeframe)
            uses = uses_of(index, use, time_use, source, ago, *spans)
            base = 0.0 if spans or ago is not None else 0.5
            found.append(
                Candidate(base + cost + extra, (Valued(ref, replace(figure, unit=""), sign),), uses, change.name)
            )
    return found


def _other_day(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """ "Thursday's close of 2,839.25": the close of a session named by its weekday."""
    found: list[Candidate] = []
    for place, said in scene.each("date"):
        day = said.day
        if day is None or day.weekday is None or not 0 <= mention.first - said.last <= 4:
            continue
        if scene.word_after(said) != "'s" or not set(scene.norms(said.last, mention.first)) <= _CLOSE_WORDS:
            continue
        inside = [(i, m) for i, m in scene.each("measure") if said.last <= m.first and m.last <= mention.first]
        closes = [i for i, m in inside if "close" in m.values]
        cost = scene.attach(closes[0], mention) if closes else 0.45
        for symbols, extra, use in scene.instruments(mention):
            for name in closes_of(scene, said):
                ref = Ref(name, symbols[0])
                uses = uses_of(index, place, use, *closes)
                held = Today(day) if name == "close" else Dated(ref, day)
                found.append(Candidate(cost + extra, (Valued(ref, figure), held), uses, "close of a day"))
    return found


def _ends_of_range(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """ "The 20-day range runs from 1,829.06 to 2,014.74", "traded between 6,000 and 6,100"."""
    spans = [(i, m.note) for i, m in scene.each("range") if m.last <= mention.first]
    placed = ((i, DAY) for i, m in scene.each("measure") if "day_range_position" in m.values)
    spans += [(i, note) for i, note in placed if scene.ms[i].last <= mention.first]
    spans += [(index, DAY)] if range_told(scene) else []
    before = scene.norms(scene.clause.first, mention.first)
    moved = next((n for n, word in enumerate(before) if word in _TRAVELLED), len(before))
    others = any(
        not set(scene.names(i)) & {"close", "open"} for i, m in scene.own("measure") if m.last <= mention.first
    )
    if not spans and not others and _SPANNING & set(before[moved:]):
        spans = [(index, "")]
    side = {"from": "low", "between": "low", "to": "high", "and": "high", "-": "high"}.get(scene.word_before(mention))
    if side is None and spans and scene.word_after(mention) == "to":
        side = "low"  # "the session's range was 2,668.56 to 2,692.23", "in a range of 2,668.56 to 2,692.23"
    if not spans or side is None:
        return []
    place, span = spans[-1]
    name = f"{side}_{span}" if span not in ("", DAY) else side
    if name not in scene.measures:
        return []
    between = next((i for i, m in scene.each("relation") if m.note.startswith("~") and m.last <= mention.first), None)
    uses = uses_of(index, place, between) | (scene.day_marks if name == side else frozenset())
    return for_owners(scene, mention, lambda symbol: Valued(Ref(name, symbol), figure), 0.1, uses, name)
