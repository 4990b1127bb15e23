"""Candidates for dates before the session that a change is measured from: its first close, and the close before."""

from __future__ import annotations

from pipeline.checking.claims import Dated, Ref
from pipeline.checking.mentions import Mention, PartialDate
from pipeline.checking.reading.of_crossings import attach_date
from pipeline.checking.reading.refs import changes, for_owners, named_refs, uses_of
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import Candidate
from pipeline.checking.tokens import words
from pipeline.facts.units import Kind

_LEADING = words("the week end of close start beginning at least as far all way on in to its their")
"""Words between "since" or "from" and its date."""
_CHANGES = ("%", "points", "pp", "$")
_START, _START_ALONE, _BEFORE = 0.3, 0.7, 0.2
"""Costs of a date being the first of a change's period, beside a change and alone; of it being the session before."""
_OF_A_LEVEL = 0.8
"""Cost of the same where the date may be a level's."""
_ON = words("on , of the")
_DATING = words("dates dated dating")


def led_by(scene: Scene, date: Mention, word: str) -> bool:
    """Whether a word leads to a date, with nothing but small words between ("since the end of", "from early")."""
    place = 1
    while scene.word_before(date, place) in _LEADING:
        place += 1
    return scene.word_before(date, place) == word


def of_changes(scene: Scene, index: int, day: PartialDate, *, dated: bool) -> list[Candidate]:
    """ "From its March 16 close, the index fell 6.23% over 5 sessions": the day before the change's period. dated: the
    clause names a level with a date of its own ("since April 4, when it set its 52-week low")."""
    mention = scene.ms[index]
    of_close = scene.word_after(mention) == "'s" and "close" in scene.norms(mention.last, mention.last + 2)
    led = led_by(scene, mention, "from") or led_by(scene, mention, "since")
    if not (of_close or led) or _DATING & set(scene.norms(mention.first - 3, mention.first)):
        return []
    told = [m for _, m in scene.own("figure") if m.figure is not None and m.figure.unit in _CHANGES]
    base = (_START if told or scene.any("direction", "versus") else _START_ALONE) + (_OF_A_LEVEL if dated else 0.0)
    change = min(told, key=lambda m: abs(m.first - mention.first), default=mention)
    return [
        Candidate(base + cost, (Dated(Ref(name, symbols[0]), day),), uses | closed_on(scene, index), f"start of {name}")
        for name, symbols, cost, uses in changes(scene, change, Kind.CHANGE)
    ]


def closed_on(scene: Scene, index: int) -> frozenset[int]:
    """A date and the close named beside it ("its March 16 close", "the close of March 16")."""
    date = scene.ms[index]
    closes = (i for i, m in scene.own("measure") if m.values == ("close",) and -2 <= m.first - date.first <= 4)
    return uses_of(index, *closes)


def session_before(scene: Scene, index: int, day: PartialDate) -> list[Candidate]:
    """ "The previous close, on June 17", "a loss of 45.10 points from 1,156.79 on Aug. 21": the session before."""
    mention = scene.ms[index]
    found = [
        Candidate(attach_date(scene, place, mention) + cost, (Dated(ref, day),), uses | {index}, "previous close")
        for place, _ in scene.own("measure") if "previous_close" in scene.names(place)
        for ref, cost, uses, _ in named_refs(scene, mention, place, ("previous_close",))
    ]  # fmt: skip
    if found:
        return found
    for _, price in scene.own("figure"):
        after = price.last <= mention.first and set(scene.norms(price.last, mention.first)) <= _ON
        if scene.before_now(price) or (after and scene.came_from(price)):
            found += for_owners(
                scene, price, lambda symbol: Dated(Ref("previous_close", symbol), day), _BEFORE,
                uses_of(index), "the session before",
            )  # fmt: skip
    return found
