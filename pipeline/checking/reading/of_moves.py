"""Candidates for movement: directions, comparisons of two instruments, who won, the stance."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from pipeline.checking.claims import Between, Flagged, Labelled, Moved, Ref, Running, Statement
from pipeline.checking.mentions import TIMES, Mention
from pipeline.checking.reading.gap_words import side_of
from pipeline.checking.reading.gaps import objects
from pipeline.checking.reading.of_contrasts import than_before, turned_round
from pipeline.checking.reading.of_crossings import gave_way, right_operands
from pipeline.checking.reading.of_labels import is_dated
from pipeline.checking.reading.of_sessions import travelled
from pipeline.checking.reading.of_sides import relation
from pipeline.checking.reading.of_streaks import longest_before, of_the_data
from pipeline.checking.reading.of_winners import control
from pipeline.checking.reading.of_zero import signed
from pipeline.checking.reading.refs import changes, for_owners, named_refs, of_period, uses_of
from pipeline.checking.reading.scene import HEADS, Scene
from pipeline.checking.reading.settle import Candidate, absorbed
from pipeline.checking.reading.signs import band_of
from pipeline.checking.tokens import words
from pipeline.facts.units import Kind

_EXTREMES = {1: ("low",), -1: ("high", "record_")}
"""How the names of levels begin that a rise, and a fall, leads away from."""
_TO_PLACE = 5
"""How many tokens may stand between a move and the place it led to."""
MOVE_UNITS = ("%", "points", "$", "pp", "bp", *TIMES)


def direction(scene: Scene, index: int) -> list[Candidate]:
    """A verb or noun of movement: the sign of a figure beside it, of a streak, of an indicator, or of the change."""
    mention = scene.ms[index]
    if mention.note.startswith("*"):
        return absorbed(index, "a move of either sign", free=True)
    if scene.word_after(mention) == "to" and any(m.kind == "date" and m.first == mention.last + 1 for m in scene.ms):
        return absorbed(index, "up to a date", free=True)
    if scene.word_after(mention) == "on" and any(m.last == mention.first and is_date(scene, m) for m in scene.ms):
        return absorbed(index, "the day something falls on", free=True)
    if _from_an_extreme(scene, index):
        return absorbed(index, "the way from an extreme", free=True)
    found = _order_of_averages(scene, index) or signed(scene, index) or gave_way(scene, index)
    found = found or travelled(scene, index) or than_before(scene, index)
    if found or _of_last_week(scene, mention):
        return found or _week_before(scene, index, "up_streak" if scene.turned(mention).sign > 0 else "down_streak")
    for figure, source in scene.sign_sources.items():
        said = scene.ms[figure]
        if source != index or said.figure is None:
            continue
        beside = 0 <= said.first - mention.last <= 1 or 0 <= mention.first - said.last <= 1
        reached = said.figure.unit in ("", "points", "$") and scene.word_before(said) in ("to", "at", "of")
        moves = said.figure.unit in MOVE_UNITS or said.figure.streak or said.figure.ordinal or beside
        if moves and not reached:
            found += absorbed(index, "sign of a figure")
            break
    lengths = [m for _, m in scene.each("figure") if m.figure and (m.figure.streak or m.figure.unit in TIMES)]
    if any(abs(m.first - mention.last) <= 4 for m in lengths):
        found += absorbed(index, "direction of a streak")
    sign = scene.turned(mention).sign
    subject = _measure_subject(scene, mention)
    if subject is not None:
        for ref, cost, uses, measure in named_refs(scene, mention, subject, scene.names(subject)):
            for name in (f"{measure.name}_change", f"{measure.name}_slope_20"):
                if name in scene.measures:
                    statement = Moved(replace(ref, measure=name), sign)
                    found.append(Candidate(0.2 + cost, (statement,), uses | {index}, f"direction of {measure.name}"))
        return found
    if scene.volume_speaks(mention) or _other_subject(scene, mention):
        return found
    if fallen := _called(scene, index, sign):
        return found + fallen
    for name, symbols, extra, uses in changes(scene, mention, Kind.CHANGE):
        statements: tuple[Statement, ...] = tuple(
            Moved(Ref(name, symbol), sign, band_of(mention)) for symbol in symbols
        )
        whose = scene.word_after(mention) in _OF_ANOTHER  # "doubled the gain of the other", "doubles as resistance"
        if not whose and (times := TIMES_OVER.get(scene.norms(mention.first, mention.first + 1)[0])) is not None:
            statements += tuple(Between(Ref(name, symbol), *times) for symbol in symbols)
        found.append(Candidate(0.2 + extra, statements, uses | {index}, f"direction of {name}"))
    return found


def _called(scene: Scene, index: int, sign: int) -> list[Candidate]:
    """ "Which makes the decline a correction": the distance that earns a label named after it."""
    mention = scene.ms[index]
    said = {name for _, m in scene.each("label") if 0 <= m.first - mention.last <= 2 for name in m.values}
    if scene.word_before(mention) not in ("the", "that", "its"):
        return []
    return [
        candidate
        for measure in scene.measures.values() if measure.kind is Kind.DISTANCE
        if any(label.name in said for label in measure.labels)
        for candidate in for_owners(
            scene, mention, lambda symbol, name=measure.name: Moved(Ref(name, symbol), sign), 0.1,  # type: ignore[misc]
            uses_of(index), f"direction of {measure.name}",
        )
    ]  # fmt: skip


def is_date(scene: Scene, named: Mention) -> bool:
    """Whether a mention names a day of the calendar ("the next session falls on Tuesday")."""
    return named.kind == "measure" and all(scene.kind_of(name) is Kind.DATE for name in named.values)


def _from_an_extreme(scene: Scene, index: int) -> bool:
    """ "Lifted the close to 7.39% above that low", "has fallen to 3% below its 52-week high": since a low was set the
    way up to a place above it is a rise, whatever the day did."""
    mention = scene.ms[index]
    sign = scene.turned(mention).sign
    for figure, said in scene.own("figure"):
        between = scene.norms(mention.last, said.first)
        if not said.first >= mention.last or between[-1:] != ["to"] or len(between) > _TO_PLACE:
            continue
        side = side_of(scene, figure)
        if side is None or not sign or side.sign != sign or side.fronted:
            continue
        names = [name for end in objects(scene, figure, side)[:1] for name in end.names]
        return bool(names) and all(name.startswith(_EXTREMES[sign]) for name in names)
    return False


_BEFORE = words("last previous prior preceding past")
_OF_ANOTHER = words("the its that as")
TIMES_OVER = {
    **dict.fromkeys(words("doubled doubles doubling"), (Decimal(95), Decimal(150))),
    **dict.fromkeys(words("tripled triples tripling trebled"), (Decimal(180), Decimal(250))),
    **dict.fromkeys(words("quadrupled quadrupling"), (Decimal(280), Decimal(350))),
    **dict.fromkeys(words("halved halves halving"), (Decimal(-60), Decimal(-45))),
}
"""How many percent a price may have changed where it is said to have doubled, tripled, halved."""
_FINISHED = words("completed full finished")


def _of_last_week(scene: Scene, mention: Mention) -> bool:
    """Whether a word tells of the week before this one ("last week a loser"), or of another period that is past."""
    if scene.any("figure"):
        return False
    near = [word for word in scene.norms(mention.first - 6, mention.last + 4) if word not in _FINISHED]
    return any(one in _BEFORE and two in HEADS and two != "day" for one, two in pairwise(near))


def _week_before(scene: Scene, index: int, streak: str) -> list[Candidate]:
    """The sign of the last completed week, while another one is in progress where it is not called so; of other past
    periods there is no fact."""
    mention, name = scene.ms[index], f"{streak}_weeks_completed"
    near = scene.norms(mention.first - 6, mention.last + 4)
    if "week" not in near or name not in scene.measures:
        return []
    completed = bool(_FINISHED & set(near))
    opened = () if completed else (Flagged(Ref("weekly_bar_in_progress", scene.symbols[0], "weekly")),)
    pair = scene.pair(mention) if scene.measures[name].scope == "pair" else None
    if pair is not None:
        turned = f"outper{name[8:]}" if name.startswith("under") else f"underper{name[6:]}"
        flipped = turned if pair[1] else name
        return [
            Candidate(
                0.2, (*opened, Running(Ref(flipped, pair[0], "weekly"))), uses_of(index) | pair[2], "the week before"
            )
        ]
    return [
        Candidate(
            0.2 + cost, (*opened, Running(Ref(name, symbols[0], "weekly"))), uses_of(index, use), "the week before"
        )
        for symbols, cost, use in scene.instruments(mention)
    ]


def _order_of_averages(scene: Scene, index: int) -> list[Candidate]:
    """ "The averages are in falling order"."""
    mention = scene.ms[index]
    if scene.word_after(mention) != "order" or not mention.sign:
        return []
    name = "stack_rising_order" if mention.sign > 0 else "stack_falling_order"
    if name not in scene.measures:
        return []
    expected = not scene.negated(mention)
    return for_owners(scene, mention, lambda symbol: Flagged(Ref(name, symbol), expected), 0.0, uses_of(index), name)


def _measure_subject(scene: Scene, mention: Mention) -> int | None:
    """The indicator or average that moves, when the words say one rather than the instrument does."""
    for place, named in reversed([(i, m) for i, m in scene.each("measure") if m.last <= mention.first]):
        names = scene.names(place)
        if scene.is_header(place) or not {scene.kind_of(n) for n in names} & {Kind.INDICATOR, Kind.LEVEL}:
            continue
        if names[0] in ("close", "previous_close"):
            continue
        blocked = scene.between(named, mention, "instrument", "pronoun", "figure", "relation", "date", "crossing")
        if blocked or any(is_dated(scene.measures[n]) for n in names):
            return None
        return place
    return None


_NOT_PRICES = words(
    "volatility momentum picture backdrop tone structure setup landscape conditions condition correlation correlations "
    "chart charts pattern patterns technicals tide risk risks interest activity liquidity"
)
"""Nouns of things that rise and fall without being the price."""


def _other_subject(scene: Scene, mention: Mention) -> bool:
    """Whether what moves is no price ("volatility is picking up", "the picture has improved")."""
    named = scene.each("instrument", "pronoun", "measure", "averages")
    first = max((m.last for _, m in named if m.last <= mention.first), default=scene.clause.first)
    said = scene.norms(first, mention.first)
    return bool(_NOT_PRICES & set(said[-4:])) and "," not in said


def versus(scene: Scene, index: int) -> list[Candidate]:
    """Outperformed, lagged, led: the sign of the spread, or the direction of a streak beside it."""
    mention = scene.ms[index]
    sides = [m for _, m in scene.each("agent") if m.sign and m.last <= mention.first]
    if sides and not scene.between(sides[-1], mention, "instrument", "measure", "figure"):
        return control(scene, index)
    if scene.volume_speaks(mention) and right_operands(scene, mention):
        return relation(scene, index)
    if mention.note.startswith("!"):
        return turned_round(scene, index)
    if mention.note.startswith("*"):
        return absorbed(index, "a noun of comparison", free=True)
    if _of_last_week(scene, mention):
        name = "outperformance_streak" if scene.turned(mention).sign > 0 else "underperformance_streak"
        return _week_before(scene, index, name)
    found: list[Candidate] = []
    for _, said in scene.each("figure"):
        figure = said.figure
        if figure is None:
            continue
        in_a_row = figure.streak or (figure.ordinal and scene.any("streak"))
        if figure.unit in ("pp", "%", "points", "bp", *TIMES) or in_a_row:
            found = absorbed(index, "sign of a spread or direction of a streak")
    pair = scene.pair(mention)
    if pair is None:
        return found
    sign = scene.turned(mention).sign
    if not mention.sign and scene.negated(mention):
        sign = -1  # "cannot keep pace with the S&P 500"
    for measure, extra, use in of_period(scene, mention, Kind.SPREAD):
        statement = Moved(Ref(measure.name, pair[0]), sign, "" if sign else "flat", flip=pair[1])
        uses = uses_of(index, use) | pair[2]
        found.append(Candidate(0.2 + extra, (statement,), uses, f"sign of {measure.name}"))
    carried = scene.spoken_of
    if carried is not None and carried.kind is Kind.STREAK and carried.scope == "pair":
        running = Running(Ref(carried.name, pair[0], carried.timeframes[0]))
        found.append(Candidate(1.4, (running,), uses_of(index), "the streak"))
    return found


def streak_running(scene: Scene, index: int) -> list[Candidate]:
    """A streak named without its length: it runs."""
    mention = scene.ms[index]
    names = [n for n in mention.values if scene.kind_of(n) is Kind.STREAK and scene.measures[n].sign]
    found = []
    for ref, cost, uses, measure in named_refs(scene, mention, index, tuple(names)):
        past = longest_before(scene, mention) and of_the_data(scene)
        if not measure.name.startswith("longest_") and not past:  # "14 sessions, a winning streak that ended in 1971"
            extra = 0.3 * measure.name.endswith("_completed")
            found.append(Candidate(cost + extra, (Running(ref, 2),), uses | {index}, f"{measure.name} runs"))
    return found


_TURNED = words("turned turn turns turning became become becomes grew grows growing more less increasingly again")
"""Words that tell of a stance that changed, which no fact does."""


def stance(scene: Scene, index: int) -> list[Candidate]:
    """Bullish, bearish: the computed stance of the instrument, where nothing else is called so."""
    mention = scene.ms[index]
    word = {1: "bullish", -1: "bearish", 0: "mixed"}[mention.sign]
    if not mention.sign and (mention.note != "tone" or "stance" not in scene.words):
        return absorbed(index, "no stance", free=True)
    others = [n for i, _ in scene.each("measure") for n in scene.names(i) if scene.kind_of(n) is Kind.INDICATOR]
    called = scene.any("crossing") or any(not name.startswith("rating_") for name in others)
    changed = _TURNED & set(scene.norms(mention.first - 3, mention.first))
    if "stance" not in scene.measures or mention.note != "tone" or called or changed:
        return []
    negated = scene.negated(mention)
    return for_owners(
        scene, mention, lambda symbol: Labelled(Ref("stance", symbol), word, negated), 0.0, uses_of(index), "stance"
    )
