"""Candidates for lengths: sessions or weeks in a row, in a zone, or since a crossing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from pipeline.checking.claims import Labelled, Ref, Running, Valued
from pipeline.checking.mentions import TIMES, Figure, Mention
from pipeline.checking.reading.of_crossings import OF_AVERAGES, named_cross
from pipeline.checking.reading.refs import for_owners, uses_of
from pipeline.checking.reading.scene import LENGTHS, Scene
from pipeline.checking.reading.settle import Candidate, absorbed
from pipeline.checking.tokens import words
from pipeline.facts.catalogue import Measure
from pipeline.facts.units import Kind, Unit

_LONGEST = words(
    "longest most unsurpassed unmatched unequaled unequalled unrivaled unrivalled unparalleled seen matched"
)
DATA = words("data history series sample records bars figures")
"""Words for all there is to count from."""
_OTHER_UNIT = 0.6
"""Cost of a run of weeks where no week is spoken of, and of one of sessions where weeks are."""
_INTO, _HELD, _TRADED = words("after into in of"), words("had has holds held counted counts with"), words("traded long")
"""Words around the number of sessions a week has had."""
_SINCE = words("ago earlier before since")
_PAST_RUN, _PAST_RUN_SAID = 0.3, -0.4
"""Cost of a run as it stood before the week in progress: where nothing says so, and where the words do."""
_OF_CARRIED = 0.8
"""Cost of a length whose direction only the streak spoken of before tells."""
_NOT_IN_A_ROW = 0.9
"""Cost of a length being a streak where no word says that its days came in a row."""
_OTHER_NAMED = 1.5
"""Cost of a streak while another one is named, or a comparison is."""


def is_run(measure: Measure) -> bool:
    """Whether a measure is a streak in one direction."""
    return measure.kind is Kind.STREAK and measure.sign != 0


def streak_measures(scene: Scene, at: Mention, unit: str) -> Iterator[tuple[Measure, float, frozenset[int]]]:
    """Streak measures a length may be of, by direction words, versus words and named streaks: measure, cost, mentions
    used."""
    wanted = LENGTHS.get(unit)
    if unit in TIMES and wanted is None:
        return
    before = [m.last for _, m in scene.own("date") if m.last <= at.first and not _begins_data(scene, m)]
    record = _record(scene, at)
    longest = record is not None or "longest" in scene.norms(max([scene.clause.first, *before]), at.first)
    of_data = longest and of_the_data(scene)
    held = uses_of(longest_said(scene), record) if longest else frozenset()
    named = [(i, m) for i, m in scene.each("measure") if any(is_run(scene.measures[n]) for n in m.values)]
    before_now = next((i for i, m in scene.each("period") if scene.word_before(m) in ("before", "until", "to")), None)
    past = (
        before_now is not None
        or "last week" in " ".join(scene.words)
        or of_completed(scene)
        or bool({"completed", "preceding", "previous", "prior", "before"} & set(scene.norms(at.first - 2, at.last + 2)))
    )
    near = scene.norms(at.first - 8, at.last + 3)
    weekly = bool({"week", "weeks", "weekly"} & {*near, *scene.words[:3]})
    for measure in scene.measures.values():
        if not is_run(measure) or (wanted is not None and measure.unit is not wanted):
            continue
        cost = 0.0
        frames = (i for i, m in scene.each("timeframe") if m.values[0] == "weekly" and measure.unit is Unit.WEEKS)
        uses = uses_of(scene.ms.index(at), *frames) | (held if measure.name.startswith("longest_") else frozenset())
        if measure.name.endswith("_completed"):
            cost += _PAST_RUN_SAID if past else _PAST_RUN
            uses |= uses_of(before_now)
        if wanted is None and (measure.unit is Unit.WEEKS) != weekly:
            cost += _OTHER_UNIT
        if measure.name.startswith("longest_") != longest:
            cost += 1.2
        since = "since" in scene.words
        mine = [
            (i, m) for i, m in named
            if (measure.name in m.values and not of_data)
            or (of_data and measure.name.startswith("longest_") and _bare(measure.name) in map(_bare, m.values))
            or (since and m.first >= at.last and f"longest_{measure.name}" in m.values)
        ]  # fmt: skip
        if mine:
            place, name = min(mine, key=lambda item: abs(item[1].first - at.last))
            uses |= uses_of(place, _direction(scene, at, measure))
            yield measure, cost + 0.02 * abs(name.first - at.last), uses
            continue
        if named:
            cost += _OTHER_NAMED
        if measure.scope == "instrument" and any(m.sign for _, m in scene.each("versus")):
            cost += _OTHER_NAMED
        direction = _direction(scene, at, measure)
        if direction is None:
            if _stem(scene.state.measure) != _stem(measure.name):
                continue
            cost += _OF_CARRIED + (0.0 if _bare(scene.state.measure) == _bare(measure.name) else 0.1)
        yield measure, cost, uses | uses_of(direction)


def _record(scene: Scene, length: Mention) -> int | None:
    """The record that a length is of ("the record in the data is 14 sessions")."""
    if length.figure is None or length.figure.unit not in LENGTHS:
        return None
    said = [(i, m) for i, m in scene.own("measure") if scene.norms(m.first, m.last) == ["record"]]
    linked = bool({"is", "was", "stands", "remains"} & set(scene.norms(length.first - 3, length.first)))
    return next((i for i, m in said if linked and m.last <= length.first), None)


def longest_before(scene: Scene, at: Mention) -> bool:
    """Whether the longest run was told of before a mention, in its clause."""
    lengths = [m for _, m in scene.own("figure") if m.last <= at.first]
    said = "longest" in scene.norms(scene.clause.first, at.first)
    return said or any(_record(scene, length) is not None for length in lengths)


def of_the_data(scene: Scene) -> bool:
    """Whether the longest run is that of all the data ("in the data", "since the data begin", "since then")."""
    said = scene.words
    begins = any(_begins_data(scene, m) for _, m in scene.own("date"))
    return "since" not in said or begins or bool(DATA & set(said)) or "since then" in " ".join(said)


def _begins_data(scene: Scene, date: Mention) -> bool:
    """Whether a date is the one the data begin on."""
    return bool(DATA & {*scene.norms(date.first - 6, date.first), *scene.beyond(date, 5)})


def of_completed(scene: Scene) -> bool:
    """Whether runs of completed weeks are spoken of ("among completed weeks", "that completed-week streak")."""
    said = [word for word in scene.words if word != "-"]
    return any(one == "completed" and two in ("week", "weeks", "weekly") for one, two in pairwise(said))


def _bare(name: str) -> str:
    """A streak's name without what sets the longest one or the one of finished weeks apart."""
    return name.removeprefix("longest_").removesuffix("_completed")


def _stem(name: str) -> str:
    """A streak's name without its unit: "five weeks, too" goes on from a run of sessions."""
    return _bare(name).removesuffix("_sessions").removesuffix("_weeks")


def longest_said(scene: Scene) -> int | None:
    """The mention that says a run is the longest there is, or since a date ("unsurpassed", "the most since")."""
    told = [(i, m) for i, m in scene.each("record") if _LONGEST & set(scene.norms(m.first, m.last))]
    return told[0][0] if told else None


def speaks_of_runs(scene: Scene) -> bool:
    """Whether a clause gives the length of a run, names one, or goes on about the one spoken of before."""
    moves = any(m.sign for _, m in scene.each("direction", "versus"))
    lengths = any(
        m.figure is not None and (m.figure.streak or m.figure.ordinal or (moves and m.figure.unit in LENGTHS))
        for _, m in scene.each("figure")
    )
    named = any(is_run(scene.measures[n]) for _, m in scene.each("measure") for n in m.values)
    return lengths or named or (scene.spoken_of is not None and is_run(scene.spoken_of))


def each_of(scene: Scene, at: Mention) -> int | None:
    """The word that says all of so many sessions or weeks moved one way ("down all five", "each of the last three")."""
    small = words("of the last past latest previous completed these those")
    for place, word in scene.each("quantifier"):
        if word.values[0] in ("all", "each") and set(scene.norms(word.last, at.first)) <= small:
            return place if 0 <= at.first - word.last <= 4 else None
    return None


def _out_of(scene: Scene, at: Mention) -> bool:
    """ "Zero for five", "five for five": so many gains out of so many sessions, the second figure being read."""
    before = [m.figure for _, m in scene.own("figure") if m.last == at.first - 1 and m.figure is not None]
    wins = before[0].value if before and scene.word_before(at) == "for" else None
    return at.figure is not None and wins in (0, at.figure.value)


def scored(scene: Scene, index: int) -> list[Candidate]:
    """The first figure of "zero for five", for which the second one speaks."""
    mention = scene.ms[index]
    after = [m for _, m in scene.own("figure") if m.first == mention.last + 1]
    return absorbed(index, "gains out of so many") if after and _out_of(scene, after[0]) else []


def of_all(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """All of the last sessions or weeks moved one way: a run that is at least as long."""
    quantifier = each_of(scene, mention)
    scored = _out_of(scene, mention)
    if (quantifier is None and not scored) or figure.streak or figure.ordinal or figure.unit not in ("", *LENGTHS):
        return []
    wins = next((i for i, m in scene.own("figure") if m.last == mention.first - 1), None) if scored else None
    lost = wins is not None and (told := scene.ms[wins].figure) is not None and told.value == 0
    found = []
    for measure in scene.measures.values():
        if not is_run(measure) or measure.name.startswith("longest_") or measure.unit is not _unit_told(scene, figure):
            continue
        pair = scene.pair(mention) if measure.scope == "pair" else None
        if scored:
            way, fits = None, measure.scope == "instrument" and (measure.sign < 0) == lost
        else:
            way = _direction(scene, mention, measure)
            fits = way is not None and (measure.scope == "pair" or not any(m.sign for _, m in scene.each("versus")))
        if not fits:
            continue
        cost = 0.1 + (_PAST_RUN if measure.name.endswith("_completed") else 0.0)
        if measure.name.endswith("_completed") and {"completed", "full", "before", "finished"} & set(scene.words):
            cost -= 2 * _PAST_RUN
        uses = uses_of(index, quantifier, wins, way)
        if pair is not None:
            running = Running(Ref(measure.name, pair[0], measure.timeframes[0]), int(figure.value))
            found.append(Candidate(cost, (running,), uses | pair[2], f"all of {measure.name}"))
            continue
        for symbols, extra, use in scene.instruments(mention) if measure.scope == "instrument" else ():
            refs = (Ref(measure.name, symbol, measure.timeframes[0]) for symbol in symbols)
            statements = tuple(Running(ref, int(figure.value)) for ref in refs)
            found.append(Candidate(cost + extra, statements, uses | uses_of(use), f"all of {measure.name}"))
    return found


def _unit_told(scene: Scene, figure: Figure) -> Unit:
    """Sessions or weeks: as written, else those of the run spoken of before."""
    carried = scene.spoken_of
    return LENGTHS.get(figure.unit) or (carried.unit if carried is not None and is_run(carried) else Unit.SESSIONS)


def _direction(scene: Scene, at: Mention, measure: Measure) -> int | None:
    """The word that says a streak's direction, if one does."""
    if measure.scope == "pair":
        pair = scene.pair(at)
        turn = -1 if pair is not None and pair[1] else 1
        return next((i for i, m in scene.each("versus") if m.sign == turn * measure.sign), None)
    moves = [i for i, m in scene.each("direction") if m.sign == measure.sign]
    source = scene.sign_sources.get(scene.ms.index(at))
    if source is not None and scene.ms[source].kind == "direction" and scene.ms[source].sign:
        moves = [i for i in moves if i == source]
    return moves[0] if moves else None


def counts_moves(scene: Scene, mention: Mention) -> bool:
    """Whether a bare count is of gains, losses or a named streak ("four weekly losses in a row", "four gains")."""
    beside = [m for m in scene.ms[scene.headers :] if 0 <= m.first - mention.last <= 1 and m.kind != "timeframe"]
    if beside and beside[0].kind == "direction":
        return scene.norms(beside[0].first, beside[0].last)[-1].endswith("s")
    return bool(beside) and beside[0].kind == "measure" and any(scene.measures[n].sign for n in beside[0].values)


def counts(scene: Scene, mention: Mention) -> bool:
    """Whether a bare count may be the length of a run: by the noun after it, by "all", after "longest", or as what
    goes on from a run ("the S&P 500's longest was nine", "SPY has risen for four")."""
    if counts_moves(scene, mention) or each_of(scene, mention) is not None or _out_of(scene, mention):
        return True
    alone = scene.word_after(mention) in ("", ",", ".", ";", "in", "and", "while")
    if not alone or not speaks_of_runs(scene):
        return False
    return "longest" in scene.norms(scene.clause.first, mention.first) or scene.word_before(mention) == "for"


def candidates(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """All candidates of a length."""
    found = _since_crossing(scene, index, mention, figure) + _in_zone(scene, index, mention, figure)
    found += _into_week(scene, index, mention, figure) + of_all(scene, index, mention, figure)
    spans = {"sessions": (5, 20), "weeks": (5,)}.get(figure.unit, ())
    if figure.unit == "weeks" and figure.value in spans and scene.word_before(mention) in ("over", "in"):
        found += absorbed(index, "the stretch of an indicator's move")
    if figure.value in spans and scene.word_after(mention) in ("earlier", "before"):
        led = scene.word_before(mention) in ("from", "value", "reading", "than")
        found += [replace(item, cost=0.0 if led else 0.4) for item in absorbed(index, "a stretch of time", free=True)]
    plain = replace(figure, unit="")
    span = f"{figure.value}d"  # "five sessions, five losses"
    said = uses_of(*(i for i, m in scene.each("period") if m.values[0] == span))
    for measure, cost, told in streak_measures(scene, mention, figure.unit):
        uses = told | said
        timeframe = measure.timeframes[0]
        if not (figure.streak or scene.any("streak")) and not any(scene.ms[i].kind == "measure" for i in uses):
            cost += _NOT_IN_A_ROW  # noqa: PLW2901
        if measure.scope == "pair":
            if pair := scene.pair(mention):
                statement = Valued(Ref(measure.name, pair[0], timeframe), plain)
                found.append(Candidate(cost, (statement,), uses | pair[2], measure.name))
            continue
        for symbols, extra, use in scene.instruments(mention):
            statements = tuple(Valued(Ref(measure.name, symbol, timeframe), plain) for symbol in symbols)
            found.append(Candidate(cost + extra, statements, uses | uses_of(use), measure.name))
    return found


def _into_week(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """ "The week, in progress after three sessions"."""
    if figure.streak or figure.ordinal or figure.unit != "sessions" or "sessions_in_week" not in scene.measures:
        return []
    told = bool({"week", "weekly"} & set(scene.words)) or scene.state.period == "1w"
    before, after = scene.norms(mention.first - 2, mention.first), scene.norms(mention.last, mention.last + 1)
    if not told or not (_INTO & {*before, *after} or set(before[-1:]) & _HELD or set(after) & _TRADED):
        return []
    return for_owners(
        scene, mention, lambda symbol: Valued(Ref("sessions_in_week", symbol), replace(figure, unit="")),
        0.3 if _TRADED & set(after) else 0.5, uses_of(index), "sessions of the week",
    )  # fmt: skip


def _in_zone(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """ "Four straight sessions in overbought territory"."""
    timeframe = "weekly" if figure.unit == "weeks" else "daily"
    plain = replace(figure, unit="")
    times = [i for i, _ in scene.each("timeframe")]
    found = []
    for place, label in scene.each("label"):
        for measure in scene.measures.values():
            zone = scene.measures.get(measure.of or "")
            if zone is None or not measure.name.endswith("_bars_in_zone"):
                continue
            if not any(item.name in label.values for item in zone.labels):
                continue
            owners = [i for i, _ in scene.each("measure") if zone.of in scene.names(i)]
            for symbols, extra, use in scene.instruments(mention):
                length = Valued(Ref(measure.name, symbols[0], timeframe), plain)
                state = Labelled(Ref(zone.name, symbols[0], timeframe), label.values[0])
                uses = uses_of(index, place, use, *owners, *times)
                found.append(Candidate(0.1 + extra, (length, state), uses, measure.name))
    return found


def _since_crossing(scene: Scene, index: int, mention: Mention, figure: Figure) -> list[Candidate]:
    """Sessions since a crossing ("a death cross 22 sessions ago")."""
    if figure.streak or figure.ordinal or figure.unit != "sessions":
        return []
    if not _SINCE & set(scene.norms(mention.last, mention.last + 2)):
        return []
    plain = replace(figure, unit="")
    held = "since" in scene.norms(scene.clause.first, mention.first) and scene.any("relation")
    each_other = any(named_cross(m) for _, m in scene.each("crossing"))  # the averages named are no lines of the price
    found = []
    for measure in scene.measures.values():
        event = scene.measures.get(measure.of or "")
        if event is None or not measure.name.endswith("_bars_since"):
            continue
        timeframe = measure.timeframes[0]
        for place, named in scene.each("measure", "crossing"):
            names = scene.names(place)
            line_crossed = event.of in names and not each_other and (held or scene.any("crossing"))
            averages_crossed = event.name == OF_AVERAGES and named_cross(named) != ""
            if event.name in names or line_crossed or averages_crossed:
                for symbols, extra, use in scene.instruments(mention):
                    statement = Valued(Ref(measure.name, symbols[0], timeframe), plain)
                    found.append(Candidate(0.2 + extra, (statement,), uses_of(index, use, place), measure.name))
        if event.name == scene.state.measure:
            for symbols, extra, use in scene.instruments(mention):
                statement = Valued(Ref(measure.name, symbols[0], timeframe), plain)
                found.append(Candidate(0.6 + extra, (statement,), uses_of(index, use), measure.name))
    return found
