"""Candidates for where the close lies without a figure: near a level, far from it, in a part of a range."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from pipeline.checking.claims import Near, Ordered, Placed, Ref, Statement
from pipeline.checking.mentions import Mention
from pipeline.checking.reading.refs import for_all, for_owners, named_refs, uses_of
from pipeline.checking.reading.scene import Scene
from pipeline.checking.reading.settle import Candidate, absorbed
from pipeline.checking.tokens import words
from pipeline.checking.vocabulary import PARTS_OF_A_RANGE
from pipeline.facts.units import Kind

NEAR, AT = Decimal(2), Decimal("0.25")
"""How many 14-day average true ranges away a level is near without a figure; how many where the price is at it."""
WHOLE, END = Decimal(100), Decimal(5)
"""All of a range in percent, and how much of it an end takes where the price is at it."""
_CLOSES = words("close previous_close open")
_SESSION = {"high": "top", "low": "bottom"}
_ENDS = {
    "1d": ("low", "high"),
    "52w": ("low_52w", "high_52w"),
    "20d": ("low_20d", "high_20d"),
    "3m": ("low_3m", "high_3m"),
}
_BANDS = frozenset({"bollinger_lower", "bollinger_upper"})
_RECORDS = ("record_close", "record_high")
_PRICES = words("open previous_close")
_REACH = 5
"""How many tokens may stand between such words and the level or range they are of."""
_RANGE = words("range span highs lows")
_CALENDAR = words("year month week quarter")
_STEP = 0.05
"""Cost of each further level that a name may be."""


def near(scene: Scene, index: int) -> list[Candidate]:
    """ "Close to its record", "far from the 52-week low": the distance of the close, or of the level spoken of."""
    mention = scene.ms[index]
    place = _level(scene, mention)
    if place is None:
        return absorbed(index, "near no level", free=True)
    expected = (mention.sign > 0) is not scene.negated(mention)
    subject = _subject(scene, mention, place)
    found = []
    names = scene.names(place) if scene.ms[place].kind == "measure" else _RECORDS
    if subject is not None and scene.names(subject)[:1] == names[:1]:  # "a 52-week high, still far from the summit"
        subject, names = None, _RECORDS
    for ref, cost, uses, measure in named_refs(scene, mention, place, names):
        end = _SESSION.get(measure.name)
        if measure.kind is not Kind.LEVEL:
            continue
        if end is not None and subject is None:
            low, high = (Ref(name, ref.instrument) for name in _ENDS["1d"])
            statement: Placed | Near = Placed(low, high, *PARTS_OF_A_RANGE[end], expected)
        else:
            left = Ref(scene.names(subject)[0] if subject is not None else "close", ref.instrument)
            ranges = AT if mention.note == "at" or measure.name in _PRICES else NEAR
            statement = Near(left, ref, ranges, expected)
        found.append(Candidate(0.2 + cost, (statement,), uses | uses_of(index, subject), f"near {measure.name}"))
    return found


def _level(scene: Scene, mention: Mention) -> int | None:
    """The level that words of nearness are of: right after them, else the subject ("the record is near")."""
    levels = [(i, m) for i, m in scene.own("measure", "record") if _is_level(scene, i, m)]
    after = [i for i, m in levels if 0 <= m.first - mention.last <= _REACH and not scene.between(mention, m, "figure")]
    before = [i for i, m in levels if m.last <= mention.first]
    return after[0] if after else before[-1] if before else None


def _is_level(scene: Scene, index: int, mention: Mention) -> bool:
    if mention.kind == "record":
        return mention.note.startswith("*") and "record" in scene.norms(mention.first, mention.last)
    names = scene.names(index)
    return bool(names) and scene.kind_of(names[0]) is Kind.LEVEL and names[0] != "close"


def _subject(scene: Scene, mention: Mention, place: int) -> int | None:
    """The level that is said to be near another one ("R1 is close to today's open")."""
    levels = [i for i, m in scene.own("measure") if m.last <= mention.first and i != place and _is_level(scene, i, m)]
    return levels[-1] if levels else None


_HELD = words("held holds kept defended")
_LEVEL_LEADS = words("its the the 's day session")
_AT = words("at on around")
_LOST = words("lost lose loses broke breaks broken missed misses")
_NEITHER = words("neither nor not never")
_NEAR_SIDE, _FAR_SIDE = words("just right barely slightly"), words("far well")


def at_level(scene: Scene, index: int) -> list[Candidate] | None:
    """A level that nothing else claims: "at its 200-day average", "held its 50-day average"; None where the clause says
    neither of it. "Broke its 20-day average" says a crossing that the reader has no words for."""
    mention = scene.ms[index]
    names = scene.names(index)
    if mention.kind != "measure" or not names or scene.kind_of(names[0]) is not Kind.LEVEL or names[0] in _CLOSES:
        return None
    place = mention.first - 1
    while place > scene.clause.first and scene.clause.tokens[place].norm in _LEVEL_LEADS:
        place -= 1
    led = scene.clause.tokens[place].norm if scene.clause.first <= place < mention.first else ""
    figures = any(m.figure is not None for m in scene.ms[scene.headers :])
    if led not in _AT | _HELD | _LOST or figures or scene.any("nearness", "relation", "crossing", "date"):
        return None
    ends = names[0] in _SESSION
    subject = [i for i, m in scene.own("measure") if m.last <= place and set(m.values) & {"open", "previous_close"}]
    of_year = bool(_CALENDAR & set(scene.norms(mention.last, mention.last + 3)))
    denied = led in _LOST and (scene.negated(mention) or bool(_NEITHER & set(scene.norms(scene.clause.first, place))))
    if (
        (led in _LOST and not denied)
        or (ends and (subject or of_year))
        or any(name.startswith("ratio") for name in names)
    ):
        return []
    expected = not scene.negated(mention)
    found = []
    for ref, cost, uses, measure in named_refs(scene, mention, index, names):
        close = Ref("close", ref.instrument)
        statement: Statement = Near(close, ref, AT, expected)
        if ends and measure.name in _SESSION:
            low, high = (Ref(name, ref.instrument) for name in _ENDS["1d"])
            least, most = (WHOLE - END, WHOLE) if measure.name == "high" else (WHOLE * 0, END)
            statement = Placed(low, high, least, most, expected)
        elif led in _HELD or denied:  # "neither has lost its 200-day average"
            statement = Ordered(close, ">" if expected or denied else "<", ref)
        found.append(Candidate(cost, (statement,), uses | {index}, f"at {measure.name}"))
    return for_all(scene, mention, found)


def how_far(scene: Scene, index: int, said: Iterable[Statement]) -> list[Candidate] | None:
    """ "Far above its 200-day average", "just below the record": how far, beside the side; None where it is not said or
    a figure says it."""
    mention = scene.ms[index]
    first = next(iter(scene.norms(mention.first, mention.last)), "")
    if mention.kind != "relation" or first not in _NEAR_SIDE | _FAR_SIDE or scene.any("figure"):
        return None
    for one in said:
        if isinstance(one, Ordered) and isinstance(one.right, Ref) and one.left.measure == "close":
            statement = Near(one.left, one.right, NEAR, first in _NEAR_SIDE)
            return [Candidate(0.0, (statement,), uses_of(index), "how far")]
    return None


def placed(scene: Scene, index: int) -> list[Candidate]:
    """ "In the upper half of its range": where the close lies between the low and the high."""
    mention = scene.ms[index]
    named = [(i, m) for i, m in scene.own("range") if 0 <= m.first - mention.last <= _REACH]
    day = [i for i, m in scene.own("measure")
           if "day_range_position" in m.values and 0 <= m.first - mention.last <= _REACH]  # fmt: skip
    bare = bool(_RANGE & set(scene.norms(mention.first, mention.last + _REACH)))
    bands = [i for i, m in scene.own("measure")
             if set(m.values) >= _BANDS and 0 <= m.first - mention.last <= _REACH]  # fmt: skip
    told = [m for i, m in scene.own("measure") if m.last <= mention.first
            and any(scene.kind_of(name) is Kind.INDICATOR for name in scene.names(i))]  # fmt: skip
    if told and not scene.any("figure"):
        return []  # "the RSI is in the upper half of its range"
    if any(0 <= m.first - mention.last <= _REACH for _, m in scene.own("averages")) and not bands:
        return []  # "in the middle of its averages"
    if not (named or day or bare or bands):
        return absorbed(index, "a place in no range", free=True)
    span = named[0][1].note if named else "1d" if day else scene.state.range or "1d"
    if bare and not (named or day) and _CALENDAR & set(scene.norms(mention.last, mention.last + _REACH)):
        return []  # no fact holds the range of a calendar year
    least, most = PARTS_OF_A_RANGE[mention.values[0]]
    low, high = ("bollinger_lower", "bollinger_upper") if bands else _ENDS[span]
    uses = uses_of(index, *(i for i, _ in named[:1]), *day[:1], *bands[:1])
    expected = not scene.negated(mention)
    return for_owners(
        scene,
        mention,
        lambda symbol: Placed(Ref(low, symbol), Ref(high, symbol), least, most, expected),
        0.1,
        uses,
        "place in a range",
    )
