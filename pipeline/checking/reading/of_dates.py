"""Candidates for dates: the session, when a level was set, a run began or ended, a line was crossed, the data begin."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from pipeline.checking.claims import PER_DAYS, Dated, Elapsed, Ref, Today, Valued
from pipeline.checking.mentions import Figure, Mention, PartialDate
from pipeline.checking.reading import of_crossings, of_starts
from pipeline.checking.reading.of_crossings import attach_date
from pipeline.checking.reading.of_labels import is_dated
from pipeline.checking.reading.of_starts import led_by
from pipeline.checking.reading.of_streaks import (
    DATA,
    counts,
    is_run,
    longest_said,
    of_completed,
    of_the_data,
    streak_measures,
)
from pipeline.checking.reading.of_zones import tells_of_zone
from pipeline.checking.reading.refs import for_owners, named_refs, uses_of
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import Candidate, absorbed
from pipeline.checking.tokens import words
from pipeline.facts.units import Kind, Unit

_BEGIN = words("begin begins began beginning start starts started starting since back")
_EVENT = words("ended ending began starting dates dating set reached hit came marked touched posted struck from")
_BEGAN, _ENDED = words("began beginning starting started"), words("ended ending ends")
_LATEST = words("latest last recent")
_ANOTHER_DAY = 0.6
"""Cost of a date being the session's where it is not that of the day the article is of."""
_AHEAD = words("next levels markers pivots resumes reopens reopen holiday")
_CLOSED = words("closed session")
CLOSES = words("close level finish settlement mark settle price")
_OF_CLOSE, _OF_ANOTHER = 0.5, 0.9
"""Costs of a weekday being the session before: of a close ("Friday's close"), and of anything else."""
_NO_DAY = 0.7
"""Cost of a month or year being the session's date."""
_FROM = 0.8
"""Cost of a date that something is measured from being the session's."""
_OF_AN_EVENT = 0.8
"""Cost of a date beside a crossing being the session's."""
_OTHER_UNIT = 0.6
"""Cost of a run of weeks named where no week is spoken of, and of one of sessions where weeks are."""
_OTHER_WEEKS = 0.3
"""Cost of a run of completed weeks where none are spoken of, and of any other where they are."""
_SPANS = words("to through until - and")
"""Words between the first and the last day of a run ("from Sept. 24 to Oct. 8, 1998")."""
_MOVES = ("%", "points", "pp", "")


def candidates(scene: Scene, index: int) -> list[Candidate]:
    """All candidates of the date at an index of the scene."""
    mention = scene.ms[index]
    day = mention.day
    if day is None:
        return []
    day = _completed(scene, mention, day)
    before = scene.norms(mention.first - 3, mention.first)
    longest = "longest" in scene.words or longest_said(scene) is not None
    since = _since(scene, mention) if longest else "since" in before
    since = since or led_by(scene, mention, "since") or (longest and "seen" in before)
    levels = _levels(scene, index, day) + _ends_of_range(scene, index, day)
    spoken = absorbed(index, "date of a distance's level") if not levels and _tells_extreme(scene, mention) else []
    back = not since and DATA & set(scene.words) and led_by(scene, mention, "back")
    found = [*spoken, *levels, *([] if back else _runs(scene, index, day, since))]
    found += of_crossings.dates(scene, index, day, since)
    found += _starts(scene, index, day, since, before)
    if not since:
        cost = _session_cost(scene, mention, day, before, bool(levels))
        if _names_close(scene, mention):
            cost = min(cost, _OF_CLOSE)
        found.append(Candidate(cost, (Today(day),), uses_of(index), "the session"))
    found += _next_session(scene, index, day)
    if not levels:
        found += _carried(scene, index, day)
    moved = any(m.figure is not None and m.figure.unit in _MOVES for _, m in scene.own("figure"))
    if moved and not longest and (since or led_by(scene, mention, "from")):
        found += absorbed(index, "start of a change")
    possessive = scene.word_after(mention) == "'s"
    if day.month is None and day.weekday is not None and possessive:
        owner = (scene.subject or scene.symbols)[0]  # a day is the same for both
        statement = Dated(Ref("previous_close", owner), day)
        same = scene.state.today is not None and day.fits(scene.state.today, scene.state.today)
        cost = (_OF_CLOSE if _names_close(scene, mention) else _OF_ANOTHER) + (_ANOTHER_DAY if same else 0.0)
        found.append(Candidate(cost, (statement,), uses_of(index), "the session before"))
    if not longest:
        found += of_starts.of_changes(scene, index, day, dated=bool(levels))
    return found + of_starts.session_before(scene, index, day)


def _since(scene: Scene, mention: Mention) -> bool:
    """Whether a run is the longest since a date, which is not the one the data begin on."""
    earlier = [m.last for _, m in scene.own("date") if m.last <= mention.first]
    near = scene.norms(max([mention.first - 9, *earlier]), mention.first)
    if "since" not in near or DATA & set(scene.beyond(mention, 5)):
        return False
    said = near[len(near) - near[::-1].index("since") :]
    return not (DATA | {"then"}) & set(said)


def _names_close(scene: Scene, mention: Mention) -> bool:
    """Whether a weekday names a close ("Friday's close"): the session's or, as likely, the one before."""
    weekday = mention.day is not None and mention.day.weekday is not None and mention.day.month is None
    said = set(scene.norms(mention.last + 1, mention.last + 3))
    return weekday and scene.word_after(mention) == "'s" and bool(said & CLOSES)


def _tells_extreme(scene: Scene, mention: Mention) -> bool:
    """Whether a high, low or peak comes right after a date ("its June 20 peak"), and a distance may speak for both."""
    first = mention.last + (scene.word_after(mention) == "'s")
    return any(m.first == first for _, m in scene.own("measure", "record"))


def _completed(scene: Scene, mention: Mention, day: PartialDate) -> PartialDate:
    """A day alone in the month of the date before it ("April 3 ... the 11th")."""
    following = [m for _, m in scene.own("date") if 0 <= m.first - mention.last <= 2 and m.day is not None]
    if following and day.month and day.year is None and _SPANS & set(scene.norms(mention.last, following[0].first)):
        return replace(day, year=following[0].day.year if following[0].day else None)
    if day.day is None or not day.vague:
        return day
    told = [m.day for _, m in scene.own("date") if m.last <= mention.first and m.day is not None and m.day.month]
    return replace(day, month=told[-1].month, year=told[-1].year) if told else day


def _levels(scene: Scene, index: int, day: PartialDate) -> list[Candidate]:
    """When a record, high or low named in the clause was set."""
    mention = scene.ms[index]
    found = []
    for place, named in scene.own("measure"):
        names = tuple(n for n in scene.names(place) if is_dated(scene.measures[n]))
        if "records_this_year" in scene.names(place) and _LATEST & set(scene.norms(mention.first - 3, mention.first)):
            names = ("record_close",)
        vague = day.vague and named.first >= mention.last
        for ref, extra, uses, measure in named_refs(scene, mention, place, names):
            cost = attach_date(scene, place, mention) + (1.0 if vague else 0.0) + extra
            found.append(Candidate(cost, (Dated(ref, day),), uses | {index}, f"date of {measure.name}"))
    return found


def _ends_of_range(scene: Scene, index: int, day: PartialDate) -> list[Candidate]:
    """ "The 52-week range runs from 1,732.99 on April 9 to 2,692.23 on Jan. 16": when an end of it was set."""
    mention = scene.ms[index]
    spans = [(i, m.note) for i, m in scene.each("range") if m.last <= mention.first]
    ends = [m for _, m in scene.own("figure") if m.last == mention.first - 1 and scene.word_before(mention) == "on"]
    side = {"from": "low", "to": "high"}.get(scene.word_before(ends[0])) if ends else None
    if not spans or side is None or (name := f"{side}_{spans[-1][1]}") not in scene.measures:
        return []
    return for_owners(
        scene,
        mention,
        lambda symbol: Dated(Ref(name, symbol), day),
        0.1,
        uses_of(index, spans[-1][0]),
        f"date of {name}",
    )


def _starts(scene: Scene, index: int, day: PartialDate, since: bool, before: list[str]) -> list[Candidate]:
    """The start of the data, or another date that is a measure of its own."""
    said = set(scene.words)
    if not (said & (_BEGIN | DATA) or since) or day.vague:
        return []
    mention = scene.ms[index]
    found = []
    for place, _ in scene.each("measure"):
        names = tuple(n for n in scene.names(place) if scene.kind_of(n) is Kind.DATE and not scene.measures[n].sign)
        for ref, extra, uses, measure in named_refs(scene, mention, place, names):
            cost = scene.attach(place, mention) + extra
            found.append(Candidate(cost, (Dated(ref, day),), uses | {index}, measure.name))
    earlier = [m.last for _, m in scene.own("date", "figure") if m.last <= mention.first]
    near = scene.norms(max([mention.first - 12, *earlier]), mention.first)
    begins = set(near[-6:]) & _BEGIN or before[-1:] == ["from"]
    of_bars = before[-1:] == ["from"] and not scene.any("figure", "measure")  # "figures are of daily bars ..., from"
    told = DATA & {*near, *scene.beyond(mention, 5), *(said if of_bars else ())}
    others = len(scene.own("date")) > 1
    cost = 0.0 if begins and told else 1.2 if said & DATA and not others else 2.4
    start = Ref("data_start", (scene.subject or scene.symbols)[0])
    if any(scene.measures[name].scope == "pair" for name, _, _ in _streaks(scene, mention)):
        start = Ref("common_data_start", scene.both)  # a run against the benchmark counts from where both have data
    found.append(Candidate(cost, (Dated(start, day),), uses_of(index), "start of the data"))
    return found


def elapsed(scene: Scene, index: int, figure: Figure) -> list[Candidate]:
    """ "Five weeks later", "came two weeks after": time from one dated event to another, or to the session."""
    mention = scene.ms[index]
    after = scene.word_after(mention)
    if after not in ("later", "after", "earlier", "before") or figure.unit not in PER_DAYS or figure.streak:
        return []
    sign = 1 if after in ("later", "after") else -1
    mine = [(i, n) for i, m in scene.own("measure") if m.last <= mention.first for n in scene.names(i)
            if is_dated(scene.measures[n])]  # fmt: skip
    spoken = scene.spoken_of.of if scene.spoken_of is not None and scene.spoken_of.of else scene.state.measure
    theirs = scene.measures.get(spoken)
    found = []
    for place, name in mine:
        measure = scene.measures[name]
        for symbols, extra, use in scene.instruments(mention, place):
            left = Ref(name, scene.owner(measure, symbols), measure.timeframes[0])
            others = [symbol for symbol in scene.symbols if symbol not in symbols]
            rights = [Ref(name, symbol) for symbol in others if measure.scope == "instrument"]
            if theirs is not None and is_dated(theirs) and theirs.name != name:
                rights.append(replace(left, measure=theirs.name))
            for order, right in enumerate(rights):
                statement = Elapsed(left, right, figure, sign)
                found.append(Candidate(0.1 + extra + 0.3 * order, (statement,), uses_of(index, place, use), "apart"))
    if mine or theirs is None or not is_dated(theirs):
        return found
    came = _EVENT & set(scene.norms(scene.clause.first, mention.first))
    rivals = [(i, m.values[0]) for i, m in scene.own("instrument") if m.last <= mention.first]
    if came and rivals and (rivals[0][1],) != scene.state.instruments and theirs.scope == "instrument":
        left, right = Ref(theirs.name, rivals[0][1]), Ref(theirs.name, scene.carried[0])
        return [Candidate(0.2, (Elapsed(left, right, figure, sign),), uses_of(index, rivals[0][0]), "apart, carried")]
    if sign > 0:
        for symbols, extra, use in scene.instruments(mention):
            right = Ref(theirs.name, scene.owner(theirs, symbols), theirs.timeframes[0])
            statement = Elapsed(None, right, figure, sign)
            found.append(Candidate(0.1 + extra, (statement,), uses_of(index, use), "until now"))
    return found


def since_event(scene: Scene, index: int, figure: Figure) -> list[Candidate]:
    """ "Five weeks later, 34% lower": how far the close is from the level spoken of before."""
    mention = scene.ms[index]
    later = [m for _, m in scene.own("figure") if m.last <= mention.first and scene.word_after(m) == "later"]
    level = scene.measures.get(f"distance_{scene.state.measure}")
    if not later or level is None or scene.any("measure") or not is_dated(scene.measures[scene.state.measure]):
        return []
    sign, _, source = scene.sign_of(index)
    return for_owners(
        scene, mention, lambda symbol: Valued(Ref(level.name, symbol), figure, sign), 0.1, uses_of(index, source),
        f"{level.name}, carried",
    )  # fmt: skip


def _session_cost(scene: Scene, mention: Mention, day: PartialDate, before: list[str], dated: bool) -> float:
    """Cost of a date being the article's session. dated: the clause names a level with a date of its own."""
    cost = 0.9 if dated else 0.5
    owned = scene.word_after(mention) == "'s" and not _names_close(scene, mention)  # "Friday's session"
    if (today := scene.state.today) is not None and not day.fits(today, today) and not owned:
        cost += _ANOTHER_DAY
    earlier = max((m.last for _, m in scene.each("date") if m.last <= mention.first), default=0)
    near = set(scene.norms(max(mention.first - 6, earlier), mention.first))
    if day.month is not None and near & _EVENT and not near & _CLOSED and before[-2:] != ["as", "of"]:
        cost += 1.2
    if day.month is not None and any(0 <= mention.first - m.last <= 5 for _, m in scene.each("crossing")):
        cost += _OF_AN_EVENT
    if led_by(scene, mention, "from") and any(m.figure and m.figure.unit in _MOVES for _, m in scene.own("figure")):
        cost += _FROM
    if tells_of_zone(scene, mention):
        cost += _OF_AN_EVENT
    if day.day is None and day.weekday is None:
        cost += _NO_DAY
    streak = any(scene.kind_of(n) is Kind.STREAK for i, _ in scene.each("measure") for n in scene.names(i))
    if streak and before[-1:] in (["to"], ["through"], ["until"]):
        cost += 0.8
    return cost


def _next_session(scene: Scene, index: int, day: PartialDate) -> list[Candidate]:
    """ "Thursday's pivot", "Levels for Friday, Oct. 14", "the next session, Tuesday": the session after this one."""
    said = set(scene.words)
    if not (scene.pivots_spoken_of or said & _AHEAD):
        return []
    named = uses_of(index, *(i for i, m in scene.each("measure") if "next_session" in m.values))
    if scene.state.today is not None and len(named) == 1 and not scene.other_day(scene.ms[index]):
        return []  # "the daily pivot for Jan. 16", the article's own day
    return [Candidate(0.2, (Dated(Ref("next_session", scene.symbols[0]), day),), named, "the next session")]


def _carried(scene: Scene, index: int, day: PartialDate) -> list[Candidate]:
    """The date of the level or run spoken of before."""
    carried = scene.spoken_of
    if carried is not None and carried.of and carried.kind is Kind.DISTANCE:
        carried = scene.measures.get(carried.of)
    if carried is None or not (is_dated(carried) or is_run(carried)):
        return []
    found = []
    for symbols, extra, use in scene.instruments(scene.ms[index]):
        ref = Ref(carried.name, scene.owner(carried, symbols), carried.timeframes[0])
        note = f"date of {carried.name}, carried"
        found.append(Candidate(0.8 + extra, (Dated(ref, day),), uses_of(index, use), note))
    return found


def _runs(scene: Scene, index: int, day: PartialDate, since: bool) -> list[Candidate]:
    """ "the longest since June 2008"; first and last sessions of a streak in the clause."""
    mention = scene.ms[index]
    longest = uses_of(longest_said(scene))
    found = []
    for name, cost, uses in _streaks(scene, mention):
        measure = scene.measures[name]
        current = name.removeprefix("longest_")
        target = f"{current}_longest_since" if since and (longest or "longest" in scene.words) else name
        if target not in scene.measures:
            continue
        owners = scene.instruments(mention) if measure.scope == "instrument" else [((scene.both,), 0.0, None)]
        for symbols, extra, use in owners:
            ref = Ref(target, symbols[0], measure.timeframes[0])
            used = uses | longest | uses_of(index, use)
            end = _end_of_run(scene, mention) if target == name else ""
            found.append(Candidate(cost + extra, (Dated(ref, day, end),), used, target))
    return found


def _end_of_run(scene: Scene, mention: Mention) -> Literal["", "first", "last"]:
    """Which day of a run the words say: "began on", "ended on", "from ... to"."""
    before = scene.norms(mention.first - 3, mention.first)
    if before[-1:] in (["to"], ["through"], ["until"]) or _ENDED & set(before):
        return "last"
    spanned = scene.norms(mention.last, mention.last + 1) in (["to"], ["through"], ["until"])
    return "first" if (before[-1:] == ["from"] and spanned) or _BEGAN & set(before) else ""


def _streaks(scene: Scene, date: Mention) -> list[tuple[str, float, frozenset[int]]]:
    """Streak measures the clause speaks of: by length, by name, or spoken of before; of two runs the one told of
    between the date before and this one."""
    lengths = [m for _, m in scene.each("figure") if _is_length(scene, m)]
    streaks: list[tuple[str, float, frozenset[int]]] = []
    start = max((m.last for _, m in scene.own("date") if m.last <= date.first), default=scene.clause.first)
    runs = [(i, m) for i, m in scene.each("measure") if any(is_run(scene.measures[n]) for n in m.values)]
    mine = [(i, m) for i, m in runs if start <= m.first < date.first]
    if mine and (start > scene.clause.first or all(m.first >= date.last for m in lengths)):
        lengths = [m for m in lengths if start <= m.first < date.first]
    if lengths and (figure := lengths[-1].figure) is not None:
        own = {scene.ms.index(lengths[-1])}
        streaks += [(m.name, cost, uses - own) for m, cost, uses in streak_measures(scene, lengths[-1], figure.unit)]
    else:
        weekly = bool({"week", "weeks", "weekly"} & set(scene.norms(start, date.first)))
        for place, named in mine or runs:
            for run in (scene.measures[n] for n in named.values if is_run(scene.measures[n])):
                cost = 0.1 + (_OTHER_UNIT if (run.unit is Unit.WEEKS) != weekly else 0.0)
                cost += 0.0 if run.name.endswith("_completed") == of_completed(scene) else _OTHER_WEEKS
                most = "longest" in scene.norms(named.first - 2, named.first) and of_the_data(scene)
                streaks.append((f"longest_{run.name}" if most else run.name, cost, uses_of(place)))
    longest = "longest" in scene.words and lengths and "since" not in scene.words
    if scene.spoken_of is not None and is_run(scene.spoken_of) and not longest:
        streaks.append((scene.spoken_of.name, 0.9 if streaks else 0.4, frozenset()))
    return streaks


def _is_length(scene: Scene, mention: Mention) -> bool:
    """Whether a figure is the length of a run."""
    figure = mention.figure
    if figure is None:
        return False
    counted = figure.whole and figure.unit == "" and counts(scene, mention)
    return counted or figure.streak or figure.ordinal or figure.unit in ("sessions", "days", "weeks")
