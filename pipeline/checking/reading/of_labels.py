"""Candidates for states: labels and zones, records and highs set in the session."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pipeline.checking.claims import Flagged, Labelled, Ordered, Ref, SetToday, Statement, Valued
from pipeline.checking.mentions import TIMES, Figure, Mention
from pipeline.checking.phrases import STRETCHES, label_words
from pipeline.checking.ratings import RATING, VOTE
from pipeline.checking.reading import of_ratings
from pipeline.checking.reading.of_streaks import longest_said, of_the_data, speaks_of_runs, streak_measures
from pipeline.checking.reading.of_zones import zone_crossed, zone_crossing
from pipeline.checking.reading.refs import for_owners, named_refs, uses_of
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import Candidate, absorbed
from pipeline.checking.tokens import words
from pipeline.facts.catalogue import Label, Measure
from pipeline.facts.units import Kind


def is_dated(measure: Measure) -> bool:
    """Whether a level was set on a date of its own (highs, lows, records)."""
    return measure.kind is Kind.LEVEL and measure.name.startswith(
        ("high_", "low_", "record_", "ratio_high_", "ratio_low_")
    )


_STATES = words("line threshold mark level boundary at reading territory zone")
"""Words that make a label the name of a line or a zone rather than a state ("the overbought line")."""
_CLAIMED = words(
    "is was also hit hitting reached reaching touched touching set setting marked marking matched posted posting "
    "notched notching logged booked scored recorded registered"
)
"""Words that say a level was set now."""
_DETERMINERS = words("'s its the their that this from of off")
_SCOPES = words("record ever history time all-time data")
_LINES = (70, 30)
_SPOKEN_OF, _UNSAID = 0.5, 0.9
"""Cost of a label of the measure spoken of before, and of one that nothing names."""


def label(scene: Scene, index: int) -> list[Candidate]:
    """Overbought, oversold, neutral and other labels of a measure."""
    mention = scene.ms[index]
    if mention.note in (RATING, VOTE):
        return of_ratings.label(scene, index)
    if scene.word_after(mention) in _STATES and _line_beside(scene, mention):
        return absorbed(index, "threshold of a label")
    if (crossed := zone_crossing(scene, mention)) is not None:
        return zone_crossed(scene, index, *crossed)
    name = mention.values[0]
    beyond = next((m for _, m in scene.each("relation") if 0 <= mention.first - m.last <= 3), None)
    negated = scene.negated(mention) or (beyond is not None and (beyond.sign < 0) == (name == "overbought"))
    indicator = any(scene.kind_of(n) is Kind.INDICATOR for _, m in scene.each("measure") for n in m.values)
    found: list[Candidate] = []
    for owner in scene.measures.values():
        if not any(item.name in mention.values for item in owner.labels):
            continue
        note, base = f"label of {owner.name}", owner.of or owner.name
        for place, _ in scene.each("measure"):
            names = tuple(n for n in scene.names(place) if n in (owner.name, base))
            for ref, extra, uses, _ in named_refs(scene, mention, place, names[:1]):
                statement = Labelled(replace(ref, measure=owner.name), name, negated)
                found.append(Candidate(scene.attach(place, mention) + extra, (statement,), uses | {index}, note))
        if indicator or not any(said_by(scene, mention, item) for item in owner.labels):
            continue
        carried = _SPOKEN_OF if scene.state.measure in (owner.name, base) else _UNSAID
        for timeframe, cost, time_use in scene.timeframes(mention, owner, None):
            for symbols, extra, use in scene.instruments(mention):
                said = tuple(Labelled(Ref(owner.name, symbol, timeframe), name, negated) for symbol in symbols)
                found.append(Candidate(carried + extra + cost, said, uses_of(index, use, time_use), note))
    return found


def said_by(scene: Scene, mention: Mention, label: Label) -> bool:
    """Whether a mention is one of a label's own phrases; labels of several measures may share a name ("neutral")."""
    said = scene.norms(mention.first, mention.last)
    return tuple(norm for norm in said if norm != "-") in label_words(label)


def _line_beside(scene: Scene, label: Mention) -> bool:
    """Whether the figure of a label's line stands near it."""
    return any(
        m.figure is not None and m.figure.whole and m.figure.unit == "" and m.figure.value in _LINES
        for _, m in scene.each("figure") if abs(m.first - label.last) <= 4
    )  # fmt: skip


def level_set(scene: Scene, index: int) -> list[Candidate]:
    """A record, a 52-week high: with a figure, distance, date or side it is only a level; alone it was set today,
    unless it only would be."""
    mention = scene.ms[index]
    if scene.conditional:
        return []
    names = tuple(n for n in scene.names(index) if is_dated(scene.measures[n]))
    before = scene.norms(mention.first - 3, mention.first)
    claimed = _CLAIMED & set(before) or _moved_to(scene, mention)
    if not claimed and (mention.plural or _DETERMINERS & set(before[-1:])):
        return []
    if any(0 <= mention.first - m.last <= 3 for _, m in scene.each("relation")):
        return []
    expected = not scene.negated(mention)
    found: list[Candidate] = []
    for ref, cost, uses, measure in named_refs(scene, mention, index, names):
        flag = scene.measures.get(f"is_{measure.name}")
        statement: Statement = Flagged(replace(ref, measure=flag.name), expected) if flag else SetToday(ref, expected)
        found.append(Candidate(cost, (statement,), uses | {index}, f"{measure.name} set in the session"))
    return found


def _moved_to(scene: Scene, level: Mention) -> bool:
    """Whether the price moved to a level ("gained 0.5% to its highest close on record")."""
    if scene.norms(level.first - 2, level.first) not in (["to", "its"], ["to", "the"]):
        return False
    moves = [m for _, m in scene.own("direction") if m.sign and m.last <= level.first - 2]
    return bool(moves) and not scene.between(moves[-1], level, "measure", "instrument", "relation", "date")


_SET = words("set reached hit made marked touched posted printed dating dated came")


def set_then(scene: Scene, index: int) -> list[Candidate]:
    """ "Its 52-week high, set in the latest session", "within the session it set a record high of 110": a period of one
    session that says when a level was set."""
    mention = scene.ms[index]
    if "1d" not in mention.values or scene.conditional:
        return []
    levels = [i for i, _ in scene.each("measure") if any(is_dated(scene.measures[n]) for n in scene.names(i))]
    before = [i for i in levels if scene.ms[i].last <= mention.first]
    led = bool(before) and "to" in scene.norms(scene.ms[before[-1]].first - 3, mention.first)  # "took it to a high"
    if not led and not _SET & set(scene.words):
        return []
    found = []
    for place in before[-1:] or levels[:1]:
        names = tuple(n for n in scene.names(place) if is_dated(scene.measures[n]))
        for ref, cost, uses, measure in named_refs(scene, scene.ms[place], place, names):
            claim = SetToday(ref, not scene.negated(scene.ms[place]))
            found.append(Candidate(0.1 + cost, (claim,), uses | {index}, f"{measure.name} set in the session"))
    return found


def flag_said(scene: Scene, index: int) -> list[Candidate]:
    """A state with a yes or no ("with the week still in progress")."""
    mention = scene.ms[index]
    names = tuple(n for n in mention.values if scene.kind_of(n) is Kind.FLAG)
    return [
        Candidate(cost, (Flagged(ref, not scene.negated(mention)),), uses | {index}, measure.name)
        for ref, cost, uses, measure in named_refs(scene, mention, index, names)
    ]


_EXTREMES = {"highest": "high", "best": "high", "lowest": "low", "worst": "low"}
_MORE_STRETCHES = {
    "52w": ("a year", "12 months", "one year", "52w", "twelve months"),
    "20d": ("20 sessions", "20 days"),
}
_REACHED = words("reached hit touched")
_OF_WINDOW = {window: (*spans, *_MORE_STRETCHES.get(window, ())) for window, spans in STRETCHES.items()}
_CLOSED = words("close closes closed closing finish finished finishes ended ends end settled settlement")


def _extreme_of_window(scene: Scene, index: int) -> list[Candidate]:
    """ "The ratio is the highest in 52 weeks", "its lowest level in three months": an extreme set in the session."""
    mention = scene.ms[index]
    side = next((_EXTREMES[word] for word in scene.norms(mention.first, mention.last) if word in _EXTREMES), "")
    after = " ".join(scene.norms(mention.last, mention.last + 8))
    window = next((name for name, texts in _OF_WINDOW.items() if any(f"in {text}" in after for text in texts)), "")
    if not side or not window or "since" in after:
        return []
    spans = [i for i, m in scene.each("range", "period", "figure") if mention.last <= m.first <= mention.last + 6]
    ratio = scene.state.measure.startswith("ratio") or any("ratio" in m.values for m in scene.ms)
    name = f"ratio_{side}_{window}" if ratio else f"{side}_{window}"
    if not ratio and _CLOSED & set(scene.words) and f"{name}_close" in scene.measures:
        name += "_close"
    measure = scene.measures.get(name)
    if measure is None:
        return []
    places = [i for i, m in scene.each("measure") if {"ratio", "close"} & set(m.values)]
    found = []
    for symbols, extra, use in scene.instruments(mention):
        claim = SetToday(Ref(name, scene.owner(measure, symbols)), not scene.negated(mention))
        found.append(
            Candidate(0.1 + extra, (claim,), uses_of(index, use, *spans, *places), f"{name} set in the session")
        )
    return found


def record(scene: Scene, index: int) -> list[Candidate]:
    """Words of rank outside a measure's name: a streak's "longest" and the first record close of a year have facts."""
    mention = scene.ms[index]
    if "first" in mention.values and "year" in scene.norms(mention.last, mention.last + 6):
        return _first_of_year(scene, index)
    if extreme := _extreme_of_window(scene, index):
        return extreme
    if highest := _highest_of_all(scene, index):
        return highest
    if _of_a_record(scene, mention):
        return absorbed(index, "the scope of a record", free=True)
    if index != longest_said(scene) or not speaks_of_runs(scene):
        return absorbed(index, "a level something stands from") if {"high", "low"} & set(mention.values) else []
    said = scene.norms(mention.first, scene.clause.last)
    if ("since" in said and not of_the_data(scene)) or "seen" in said[: len(mention) + 6]:
        return absorbed(index, "the longest streak since")
    found = absorbed(index, "the longest streak") if _length_follows(scene, mention) else []
    for measure, cost in _runs(scene):
        longest = f"longest_{measure.name}"
        if longest not in scene.measures:
            continue
        for symbols, extra, use in scene.instruments(mention):
            left = Ref(measure.name, scene.owner(measure, symbols), measure.timeframes[0])
            statement = Ordered(left, "=", replace(left, measure=longest))
            note = f"{measure.name} is the longest"
            found.append(Candidate(0.3 + cost + extra, (statement,), uses_of(index, use), note))
    return found


def _highest_of_all(scene: Scene, index: int) -> list[Candidate]:
    """ "The highest since the data begin": a record set in the session, by the close or by the high named before."""
    mention = scene.ms[index]
    since = scene.norms(mention.last, mention.last + 3)
    if "highest" not in scene.norms(mention.first, mention.last) or "since" not in since or not of_the_data(scene):
        return []
    told = [(i, n) for i, m in scene.own("measure") if m.last <= mention.first for n in scene.names(i)]
    highs = [i for i, n in told if n in ("high", "record_high")]
    closes = [i for i, n in told if n in ("close", "record_close")]
    said = set(scene.norms(scene.clause.first, mention.first))
    if not (closes or highs) and not said & (_CLOSED | _REACHED):
        return []
    high = highs and not closes if closes or highs else not said & _CLOSED
    name = "is_record_high" if high else "is_record_close"
    uses = uses_of(index, *(i for i in closes or highs if scene.names(i)[0] in ("close", "high")))
    return for_owners(
        scene, mention, lambda symbol: Flagged(Ref(name, symbol), not scene.negated(mention)), 0.1, uses, name
    )


def _of_a_record(scene: Scene, mention: Mention) -> bool:
    """Whether a scope ("on record", "ever") goes with a record's or the longest run's own name beside it."""
    scope = mention.values[0] == "any" and bool(_SCOPES & set(scene.norms(mention.first, mention.last)))
    return scope and any(
        -2 <= m.first - mention.last <= 2 or 0 <= mention.first - m.last <= 2
        for _, m in scene.own("measure")
        if any(n.startswith(("longest_", "record_")) for n in m.values)
    )


def _length_follows(scene: Scene, mention: Mention) -> bool:
    """Whether the length of the longest run is given, or its days ("its longest lasted 12 sessions")."""
    told = any(m.figure is not None and m.figure.whole and m.first >= mention.last for _, m in scene.own("figure"))
    return told or any(m.first >= mention.last for _, m in scene.own("date"))


def _first_of_year(scene: Scene, index: int) -> list[Candidate]:
    """ "The record close was the first of the year"."""
    if not any({"record_close", "records_this_year"} & set(scene.names(i)) for i, _ in scene.each("measure")):
        return []
    places = [i for i, _ in scene.each("measure", "period")]
    one = Figure(Decimal(1), Decimal(1), ordinal=True, words=True)
    return for_owners(
        scene, scene.ms[index], lambda symbol: Valued(Ref("records_this_year", symbol), one), 0.2,
        uses_of(index, *places), "records this year",
    )  # fmt: skip


def _runs(scene: Scene) -> list[tuple[Measure, float]]:
    """Streaks the clause gives a length of, or else the one spoken of before."""
    for _, length in scene.each("figure"):
        figure = length.figure
        if figure is not None and (figure.streak or figure.ordinal or figure.unit in TIMES):
            runs = [(measure, cost) for measure, cost, _ in streak_measures(scene, length, figure.unit)]
            if runs:
                return runs
            break
    carried = scene.spoken_of
    return [(carried, 0.5)] if carried is not None and carried.kind is Kind.STREAK else []
