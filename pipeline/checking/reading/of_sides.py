"""Candidates for sides: above, below and between."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product

from pipeline.checking.claims import Between, Operator, Ordered, Ref, Sided, operator_for
from pipeline.checking.lexicon import SET
from pipeline.checking.mentions import TIMES, Figure, Mention
from pipeline.checking.reading import of_contrasts
from pipeline.checking.reading.gaps import breaks, is_object
from pipeline.checking.reading.of_crossings import coordinated, crossing, right_operands
from pipeline.checking.reading.of_tallies import MEANINGS, averages_said, close_beside
from pipeline.checking.reading.of_volume import window_said
from pipeline.checking.reading.refs import for_owners, named_refs, uses_of
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import Candidate, absorbed
from pipeline.checking.tokens import words
from pipeline.facts.units import Kind, number_words

_COMPARABLE = (Kind.LEVEL, Kind.INDICATOR)
_FAR = 7
"""How many tokens may stand between a quantifier and its averages ("all but one of the Nasdaq's tracked averages")."""
_MOVES_ABOUT = {"macd_signal": "macd", "stochastic_d": "stochastic_k"}
"""Lines that only one measure moves about: "above its signal line" is said of MACD."""
_AWAY = words("off shy short adrift")
"""Side words that say how far the close is from a level, whichever of the two is the subject."""
_RELATIVE = words("which that itself")
_LYING = words(", lies lay stands stood sits sat is was comes came rests rested")
"""What leads from a side word that opens a clause to the level that is there."""
_CHOICES, _OPTIONS = 4, 6
"""How many references of one name, and how many orders of names, are thought of."""


def relation(scene: Scene, index: int) -> list[Candidate]:
    """Above, below: the order of close and level, of two measures, or the side of the averages."""
    mention = scene.ms[index]
    following = next((m for m in scene.ms if m.first == mention.last), None)
    if following is not None and (
        following.kind == "period" or (following.figure is not None and following.figure.unit in TIMES)
    ):
        return absorbed(index, "a stretch of time", free=True)
    found = _of_figures(scene, index)
    if coordinated(scene, mention) and (crossed := crossing(scene, index)):
        return found + crossed
    if not found and (contrast := of_contrasts.compared(scene, index) or of_contrasts.against(scene, index)):
        return contrast
    sign = scene.turned(mention).sign
    if scene.conditional:
        return absorbed(index, "a level not reached", free=True)
    if any(0 <= m.first - mention.last <= 2 for _, m in scene.each("label")):
        found += absorbed(index, "side of a zone", free=True)
    if fronted := _fronted(scene, index):
        return found + fronted
    if sign and (others := of_contrasts.than_other(scene, index)):
        return found + others
    rights, lefts = right_operands(scene, mention), _left_operand(scene, mention)
    if mention.note.startswith("~"):
        return found + _between(scene, index, lefts)
    if sign == 0:
        longest = any("longest" in scene.norms(m.first, m.last) for _, m in scene.each("record"))
        return absorbed(index, "the longest streak", free=True) if longest else found
    sided = _sided(scene, index, sign)
    if sided:
        return found + sided
    operator = operator_for(sign)
    if rights:
        sized = _sized(scene, index, operator, rights)
        if sized:
            return found + sized
        for left_cost, left_place in lefts:
            for cost, left, right, uses in _order_options(scene, mention, left_place, rights):
                statements = tuple(Ordered(left, operator, ref) for ref in right)
                windows = (window_said(scene, scene.measures[ref.measure]) for ref in (left, *right))
                told = uses | uses_of(index, *windows)
                found.append(Candidate(0.1 + left_cost + cost, statements, told, "order of two values"))
        return found
    return found + _carried(scene, index, operator)


def _fronted(scene: Scene, index: int) -> list[Candidate]:
    """ "Below, the 50-day average stood at 2,462.84", "above the market, the record close": a level on that side of the
    close."""
    mention = scene.ms[index]
    if mention.first - scene.clause.first > 1 or not mention.sign:
        return []
    after = [(i, m) for i, m in scene.own("measure") if m.first >= mention.last]
    priced = bool(after) and after[0][1].first - mention.last <= 1 and scene.names(after[0][0]) == ("close",)
    last = after[0][1].last if priced else mention.last
    levels = after[1:] if priced else after
    if not set(scene.norms(last, last + 1)) & _LYING or not levels:
        return []
    place = levels[0][0]
    names = tuple(_price_levels(scene, place))
    return [
        Candidate(0.1 + cost, (Ordered(ref, operator_for(mention.sign), Ref("close", ref.instrument)),),
                  uses | uses_of(index, after[0][0] if priced else None), "side of the close")
        for ref, cost, uses, _ in named_refs(scene, mention, place, names)
    ]  # fmt: skip


def _of_figures(scene: Scene, index: int) -> list[Candidate]:
    """A side word spoken for by a figure beside it: a distance, a tally, a threshold."""
    mention = scene.ms[index]
    found: list[Candidate] = []
    for _, figure in scene.own("figure"):
        said = figure.figure
        if said is None:
            continue
        bridge = scene.norms(figure.last, mention.first)
        near = mention.first >= figure.last and len(bridge) <= 2 and not {",", "and", "but", "or"} & set(bridge)
        near = near and not scene.parted(figure, mention)
        within = mention.note.startswith("~") and scene.word_after(figure) == "of"
        if within and 0 <= figure.first - mention.last <= 2:
            found += absorbed(index, "bound of a distance")
        elif near and (said.unit in ("%", "points", "$", "pp") or (said.unit == "" and not said.words)):
            found += absorbed(index, "side of a distance")
        elif said.whole and said.unit == "" and averages_said(scene, mention) is not None:
            found += absorbed(index, "side of a tally")
        elif 0 <= figure.first - mention.last <= 1:
            found += absorbed(index, "side of a figure")
    return found


def _sided(scene: Scene, index: int, sign: int) -> list[Candidate]:
    """ "Above all twelve averages", "the averages lie below the close"."""
    mention = scene.ms[index]
    said = averages_said(scene, mention)
    if said is None:
        return []
    if said[1] is None:
        return absorbed(index, "side of a tally")
    named = scene.ms[said[1]]
    if named.first >= mention.last:
        adjacent = named.first - mention.last <= 6 and not scene.between(mention, named, "measure", "instrument")
        side = sign
    else:
        adjacent = not scene.between(named, mention, "measure", "instrument", "relation", "figure")
        side = -sign
    if not adjacent:
        return []
    quantifier = next(((i, m) for i, m in scene.each("quantifier") if abs(named.first - m.last) <= _FAR), None)
    meaning = MEANINGS.get(quantifier[1].values[0] if quantifier else "all")
    if meaning is None:
        return []
    if meaning == "none" and sign != mention.sign:  # "none of them stood below" turns the count, not the side
        side = -side
    uses = uses_of(index, said[1], quantifier[0] if quantifier else None)
    count = _all_but(scene, quantifier[1], len(said[0])) if quantifier else None
    if count is not None:
        meaning = "count"
    return for_owners(
        scene, mention, lambda symbol: Sided(symbol, said[0], side, count, meaning), 0.2, uses, "side of the averages",
        close_beside(scene, mention),
    )  # fmt: skip


def _all_but(scene: Scene, quantifier: Mention, total: int) -> Figure | None:
    """ "All but one of the averages": how many that leaves."""
    said = scene.norms(quantifier.first, quantifier.last + 1)
    if said[:2] != ["all", "but"]:
        return None
    left_out = next((number for number in (1, 2, 3) if number_words(number) in said), None)
    return Figure(Decimal(total - left_out), Decimal(1), words=True) if left_out else None


def _sized(scene: Scene, index: int, operator: Operator, rights: list[int]) -> list[Candidate]:
    """ "The day's drop was smaller than the average true range": the size of a move against a range."""
    mention = scene.ms[index]
    moves = [m for _, m in scene.each("direction") if m.last <= mention.first]
    moves = [m for m in moves if not scene.between(m, mention, "measure")]
    if not moves or "atr_14" not in scene.names(rights[0]):
        return []
    return _move_sizes(scene, mention, moves[-1], operator, 0.1, uses_of(index, rights[0]))


def _move_sizes(
    scene: Scene, mention: Mention, move: Mention, operator: Operator, cost: float, uses: frozenset[int]
) -> list[Candidate]:
    """The size of a move against the average true range, over instruments and periods."""
    found = []
    for symbols, extra, use in scene.instruments(mention):
        for period, more, when in scene.periods(move):
            left, right = Ref(f"points_{period}", symbols[0]), Ref("atr_14", symbols[0])
            statement = Ordered(left, operator, right, absolute=True)
            found.append(Candidate(cost + extra + more, (statement,), uses | uses_of(use, when), "size of a move"))
    return found


def _carried(scene: Scene, index: int, operator: Operator) -> list[Candidate]:
    """The side of a level named before ("it closed above it"), here or in the clause before."""
    mention = scene.ms[index]
    if (subject := _level_speaks(scene, mention)) is not None:
        return _of_a_level(scene, index, operator, subject)
    earlier = [n for i, m in scene.each("measure") if m.last <= mention.first for n in scene.names(i)]
    level = next((n for n in (*reversed(earlier), scene.state.measure) if _is_price_level(scene, n)), "")
    if level:
        return for_owners(
            scene, mention, lambda symbol: Ordered(Ref("close", symbol), operator, Ref(level, symbol)), 0.9,
            uses_of(index), f"side of {level}, carried",
        )  # fmt: skip
    speaks = scene.any("instrument", "measure", "averages", "pronoun")
    return [] if speaks else absorbed(index, "place on the page", free=True)


def _level_speaks(scene: Scene, mention: Mention) -> int | None:
    """The level that stands above or below what was spoken of before ("the 50-day average was below it")."""
    before = [(i, m) for i, m in scene.own("measure") if m.last <= mention.first and scene.names(i)]
    if not before or not _price_levels(scene, before[-1][0]):
        return None
    place, named = before[-1]
    away = bool(_AWAY & set(scene.norms(mention.first, mention.last)))  # "the record is a long way off"
    return None if away or is_object(scene, named) or breaks(scene, named, mention) else place


def _of_a_level(scene: Scene, index: int, operator: Operator, place: int) -> list[Candidate]:
    """A level against the close, or against the level that was spoken of last."""
    mention = scene.ms[index]
    spoken = scene.state.measure
    other = spoken if _is_price_level(scene, spoken) and spoken not in scene.names(place) else "close"
    return [
        Candidate(0.3 + cost, (Ordered(ref, operator, Ref(other, ref.instrument)),), uses | {index}, f"against {other}")
        for ref, cost, uses, _ in named_refs(scene, mention, place, tuple(_price_levels(scene, place)))
    ]


def _is_price_level(scene: Scene, name: str) -> bool:
    """Whether a measure is a level of an instrument's price, the close apart."""
    measure = scene.measures.get(name)
    if measure is None or name in ("close", "ratio"):
        return False
    return measure.kind is Kind.LEVEL and measure.scope == "instrument"


def _left_operand(scene: Scene, mention: Mention) -> list[tuple[float, int | None]]:
    """The measure that stands above or below, or None for the close."""
    before = [
        (i, m) for i, m in scene.own("measure")
        if m.last <= mention.first and any(scene.kind_of(n) in _COMPARABLE for n in m.values)
        and (not is_object(scene, m) or _RELATIVE & set(scene.norms(m.last, mention.first)))
    ]  # fmt: skip
    if not before:
        return [(0.0, None)]
    traded = [i for i, _ in before if scene.names(i) == ("volume",)]
    if traded and scene.volume_speaks(mention):
        return [(0.0, traded[-1])]
    place, named = before[-1]
    breaks = scene.between(named, mention, "instrument", "pronoun")
    comma = "," in scene.norms(named.last, mention.first)
    if named.values[0] == "close":
        return [(0.0, place)]
    opening = named.first - scene.clause.first <= 1 and not breaks and not scene.own("pronoun")
    if opening:  # "The 20-day at 204.33, a dime under the 50-day"
        return [(0.0, place), (0.6, None)]
    return [(0.8 if breaks or comma else 0.0, place), (0.0 if breaks else 0.5 if comma else 1.1, None)]


def _scaled(scene: Scene, place: int) -> tuple[str, ...]:
    """Measures a mention may name that can be compared."""
    return tuple(n for n in scene.names(place) if scene.kind_of(n) in _COMPARABLE)


def _order_options(
    scene: Scene, mention: Mention, left: int | None, rights: list[int]
) -> list[tuple[float, Ref, tuple[Ref, ...], frozenset[int]]]:
    """Left reference with all right references, over instruments, timeframes and what the names may mean."""
    options: list[tuple[float, Ref, tuple[Ref, ...], frozenset[int]]] = []
    columns = [list(named_refs(scene, mention, place, _scaled(scene, place)))[:_CHOICES] for place in rights]
    for combination in product(*columns):
        right = tuple(item[0] for item in combination)
        symbol = right[0].instrument
        if any(ref.instrument != symbol for ref in right):
            continue
        cost = sum(item[1] for item in combination)
        uses: frozenset[int] = frozenset().union(*(item[2] for item in combination))
        scales = {scene.kind_of(ref.measure) for ref in right}
        if left is None:
            own = _MOVES_ABOUT.get(right[0].measure, "")
            named = any(m.last <= mention.first for _, m in scene.own("measure"))  # then the left side is what was said
            if own in scene.measures and len(right) == 1 and not named:
                options.append((cost + 0.1, replace(right[0], measure=own), right, uses))
            price = Ref("ratio" if "/" in symbol else "close", symbol)
            if Kind.INDICATOR not in scales and all(ref.measure != price.measure for ref in right):
                options.append((cost, price, right, uses))
            continue
        for ref, extra, more, measure in named_refs(scene, mention, left, _scaled(scene, left)):
            if ref.instrument == symbol and ref != right[0] and measure.kind in scales:
                options.append((cost + extra, ref, right, uses | more))
    return sorted(options, key=lambda item: item[0])[:_OPTIONS]


def _between(scene: Scene, index: int, lefts: list[tuple[float, int | None]]) -> list[Candidate]:
    """ "Between the middle and the upper band", "within the 52-week range"."""
    mention = scene.ms[index]
    if any(m.kind == "range" and 0 <= m.first - mention.last <= 2 for m in scene.ms):
        return absorbed(index, "inside a range", free=True)
    after = [i for i, m in scene.each("measure") if m.first >= mention.last]
    rights = [i for i in after if _scaled(scene, i)][:2]
    if len(rights) == 1 and scene.ms[rights[0]].note == SET:
        return _inside(scene, index, rights[0])
    if len(rights) < 2:
        figures = [m for _, m in scene.each("figure") if m.first >= mention.last]
        return absorbed(index, "between two figures") if len(figures) >= 2 else []
    found = []
    for left_cost, left in lefts:
        for cost, ref, right, uses in _order_options(scene, mention, left, rights):
            statement = Between(ref, right[0], right[1])
            found.append(Candidate(left_cost + cost, (statement,), uses | {index}, "between two levels"))
    return found


def _inside(scene: Scene, index: int, place: int) -> list[Candidate]:
    """ "Inside the Bollinger bands", "between the round numbers": the close between the ends of a set named at once."""
    names = scene.names(place)
    return for_owners(
        scene, scene.ms[place],
        lambda symbol: Between(Ref("close", symbol), Ref(names[0], symbol), Ref(names[-1], symbol)), 0.1,
        uses_of(index, place), "inside a set of levels",
    )  # fmt: skip


def _price_levels(scene: Scene, place: int) -> list[str]:
    """Levels of an instrument's price that a mention may name."""
    return [name for name in scene.names(place) if _is_price_level(scene, name)]


def way(scene: Scene, index: int) -> list[Candidate]:
    """On the upside, on the downside: the levels named in the clause lie above or below the close."""
    mention = scene.ms[index]
    if any(0 <= mention.first - m.last <= 1 for _, m in scene.each("crossing")):
        return absorbed(index, "side of a crossing", free=True)
    if (said := averages_said(scene, mention)) is not None:
        return _averages_on(scene, index, *said)
    levels = [names[0] for i, _ in scene.each("measure") if (names := _price_levels(scene, i))]
    target = next((m for i, m in scene.each("measure") if _price_levels(scene, i)), mention)
    if not levels and len(mention) > 1 and _is_price_level(scene, scene.state.measure):
        levels = [scene.state.measure]
    if not levels:
        return absorbed(index, "no level named", free=True)
    operator = operator_for(-mention.sign)
    found = []
    for symbols, extra, use in scene.instruments(target):
        statements = tuple(Ordered(Ref("close", symbols[0]), operator, Ref(name, symbols[0])) for name in levels)
        found.append(Candidate(extra, statements, uses_of(index, use), "side of the levels"))
    return found


def _averages_on(scene: Scene, index: int, names: tuple[str, ...], place: int | None) -> list[Candidate]:
    """ "Every average overhead", "twelve overhead"."""
    counts = any(m.figure is not None and m.figure.whole and m.figure.unit == "" for _, m in scene.own("figure"))
    if counts:
        return absorbed(index, "side of a tally")
    said = next(((i, m) for i, m in scene.each("quantifier") if m.values[0] in MEANINGS), None)
    meaning = MEANINGS[said[1].values[0]] if said else "all"
    return for_owners(
        scene, scene.ms[index], lambda symbol: Sided(symbol, names, -scene.ms[index].sign, None, meaning), 0.1,
        uses_of(index, place, said[0] if said else None), "side of the averages",
    )  # fmt: skip


def size(scene: Scene, index: int) -> list[Candidate]:
    """ "The day's gain was smaller": the size of a move against the range named before, or against another's; said of
    something else it says nothing of a price."""
    mention = scene.ms[index]
    if contrast := of_contrasts.compared(scene, index):
        return contrast
    named = {n for i, m in scene.each("measure") if m.last <= mention.first for n in scene.names(i)}
    moves = [m for _, m in scene.each("direction") if m.last <= mention.first]
    if not moves or not {"atr_14", "atr_pct_14"} & (named | {scene.state.measure}):
        near = [m for _, m in scene.each("direction", "versus") if abs(m.first - mention.last) <= 2]
        return [] if near or "than" in scene.norms(mention.last, mention.last + 1) else absorbed(index, "", free=True)
    operator = operator_for(scene.turned(mention).sign)
    return _move_sizes(scene, mention, moves[-1], operator, 0.3, uses_of(index))
