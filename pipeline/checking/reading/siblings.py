"""Short names: a word that, after a measure, names its sibling.

"The upper band is at 189 and the lower at 175", "nearest support 180.51, then 177.50", "RSI 59.12, weekly 53.10",
"10-day rate of change 1.2%, 20-day 2.1%", "the day's pivot is 186, the month's 177". Such a word is read as the
sibling's name only where a figure goes with it, so that it never loses what it says elsewhere ("closed lower").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pipeline.checking.clauses import Clause
from pipeline.checking.lexicon import SET
from pipeline.checking.mentions import Mention
from pipeline.checking.tokens import words
from pipeline.facts.catalogue import Measure

_LOW = words("low lows lowest trough bottom worst")
_HIGH = words("high highs highest peak top best")
_RANKS = {"first": 1, "second": 2, "third": 3}
_NEXT = words("then next")
_PERIODS = {"day": "day", "daily": "day", "today": "day", "week": "week", "weekly": "week", "month": "month",
            "monthly": "month"}  # fmt: skip
_NAMES: Mapping[str, Mapping[str, str]] = {
    "bollinger": {
        "upper": "bollinger_upper", "top": "bollinger_upper", "lower": "bollinger_lower", "bottom": "bollinger_lower",
        "middle": "bollinger_middle",
    },
    "plus": {"negative": "minus_di_14", "minus": "minus_di_14"},
    "minus": {"positive": "plus_di_14", "plus": "plus_di_14"},
    "up": {"down": "down_volume_", "falling": "down_volume_", "losing": "down_volume_"},
    "down": {"up": "up_volume_", "rising": "up_volume_", "gaining": "up_volume_"},
    "stochastic": {"signal": "stochastic_d", "d": "stochastic_d"},
    "stoch": {"signal": "stoch_rsi_d", "d": "stoch_rsi_d"},
    "ichimoku": {"base": "ichimoku_base", "conversion": "ichimoku_conversion", "b": "ichimoku_span_b"},
}  # fmt: skip
"""Siblings by the first part of a measure's name; one that ends in a line keeps the window."""
_SHORT = frozenset(word for names in _NAMES.values() for word in names) | _LOW | _HIGH | _NEXT | set(_RANKS)
_COMPARING = words("more less")
"""Words that compare where they stand alone after a verb."""
_RANKED = re.compile(r"(swing_(?:support|resistance)_|pivot_[a-z_]+_[rs])(\d)")
_PIVOT = re.compile(r"pivot_(?:day|week|month|next_session)_(\w+)")
_ROUND = "round_number_"
_LEADS = words("the its a an one and , : ; ( then to with at - on /")
"""Words that may stand before a short name."""
_LINKS = words(
    "higher lower figure measure at is was is of , : one ones line level band comes came stands stood sits lies "
    "reads read reading near around about 's ( the days day on volume to"
)
"""Words that may stand between a short name and its figure."""
_NOUNS = (["level"], ["line"], ["band"], ["one"])
"""Nouns that go with a short name."""
_REACH = 4
_LISTED = words("and at , to - \u2013 / then or followed by & with")
"""Words between the figures of a list."""
_FIRST_REACH = 8


def unnamed(clause: Clause) -> list[Mention]:
    """The words of a clause that are no mentions and may be short names, or compare."""
    taken = {place for m in clause.mentions for place in range(m.first, m.last)}
    return [
        Mention("neutral", place, place + 1) for place in range(clause.first, clause.last)
        if place not in taken and clause.tokens[place].norm in _SHORT | _COMPARING
    ]  # fmt: skip


def sibling(
    mention: Mention,
    named: Sequence[Mention],
    spoken: str,
    measures: Mapping[str, Measure],
    said: Callable[[int, int], list[str]],
    figures: Sequence[Mention],
) -> Mention | None:
    """The measure that a word names after others, None where it names none.

    named: the clause's measures before it. spoken: the measure of the last claim. said: words between token places.
    figures: all figures of the clause.
    """  # fmt: skip
    last = next((m.values[0] for m in reversed(named) if not m.weak or m.note == SET), spoken)
    if not last or last not in measures:
        return None
    word = next((one for one in said(mention.first, mention.last) if one not in ("the", "on", "to")), "")
    placed = _placed(mention, word, last, said, figures)
    if placed is None:
        return None
    name, note = _named(mention, word, last, measures, inside=bool(named))
    if not name:
        return None
    last_place = mention.last + (said(mention.last, mention.last + 1)[:1] in _NOUNS)
    return replace(mention, kind="measure", last=last_place, values=(name,), note=note, sign=0, figure=None, weak=False)


def _placed(
    mention: Mention, word: str, last: str, said: Callable[[int, int], list[str]], figures: Sequence[Mention]
) -> bool | None:
    """Whether a bare figure goes with a word: after it, or right before it for the side of a round number."""
    before = said(mention.first - 1, mention.first)
    if last.startswith(_ROUND):  # "12.88% above its average" is no round number
        figures = [m for m in figures if m.figure is not None and m.figure.unit in ("", "$", "points")]
    after = next((m for m in figures if m.first >= mention.last and m is not mention), None)
    led = not before or before[0] in _LEADS
    if mention.values == ("next_session",) and said(mention.last, mention.last + 1) != ["'s"]:
        return None
    beside = [m for m in figures if 0 <= mention.first - m.last <= (1 if word == "on" else 0)]
    if last.startswith(_ROUND) and any(m.figure is not None and m.figure.unit in ("", "$", "points") for m in beside):
        return True
    if mention.kind == "timeframe" and before == ["the"] and said(mention.first - 2, mention.first - 1) == ["on"]:
        return any(0 <= mention.first - m.last <= 2 for m in figures) or None
    if after is None or not led or after.first - mention.last > _REACH:
        return None
    return set(said(mention.last, after.first)) <= _LINKS or None


def _named(mention: Mention, word: str, last: str, measures: Mapping[str, Measure], *, inside: bool) -> tuple[str, str]:
    """The sibling's name and the note of its mention; an empty name where there is none."""
    head, _, tail = last.partition("_")
    pivot = _PIVOT.fullmatch(last)
    if last.startswith(_ROUND) and mention.kind in ("relation", "way", "unknown", "direction"):
        place = {1: "above", -1: "below"}.get(mention.sign, "above" if word == "overhead" else "")
        return (f"{_ROUND}{place}", "") if place else ("", "")
    if len(mention) == 1 and (ranked := _RANKED.fullmatch(last)) is not None:
        rank = int(ranked[2]) + 1 if word in _NEXT else _RANKS.get(word, 0)
        if rank and (name := f"{ranked[1]}{rank}") in measures:
            return name, ""
    if pivot is not None and mention.values == ("next_session",):
        return f"pivot_next_session_{pivot[1]}", ""
    if pivot is not None and word in _PERIODS and mention.kind in ("period", "timeframe"):
        return f"pivot_{_PERIODS[word]}_{pivot[1]}", ""
    if mention.kind == "timeframe" and word in ("weekly", "daily") and "weekly" in measures[last].timeframes[1:]:
        return last, "weekly" if word == "weekly" else ""
    if (found := _NAMES.get(head, {}).get(word, "")) and not (
        word in ("d", "b") and mention.kind not in ("unknown", "neutral")
    ):
        name = f"{found}{measures[last].window}" if found.endswith("_") else found
        return (name, "") if name in measures and name != last else ("", "")
    if mention.kind == "measure" and mention.weak and mention.values[0].startswith(("sma_", "ema_")):
        family = re.sub(r"_\d+$", "", last)
        name = f"{family}_{measures[mention.values[0]].window}"
        if family not in ("sma", "ema") and name != last and name in measures:
            return name, ""
    sides = (("low", _LOW), ("high", _HIGH))
    for (side, forms), (other, _) in (sides, sides[::-1]):
        if inside and word in forms and other in (head, tail.partition("_")[0]):
            name = last.replace(other, side)
            return (name, "") if name in measures else ("", "")
    return "", ""


def in_list(
    place: Mention, figure: Mention, figures: Sequence[Mention], said: Callable[[int, int], list[str]]
) -> int | None:
    """Which figure of the list after a name a figure is, from 0; None where it stands in none, or alone."""
    run: list[Mention] = []
    for one in figures:
        if one.first < place.last:
            continue
        gap = said(run[-1].last if run else place.last, one.first)
        if len(gap) > _FIRST_REACH or (run and not set(gap) <= _LISTED):
            break
        run.append(one)
    return next((n for n, one in enumerate(run) if one is figure), None) if len(run) > 1 else None


def series(name: str, measures: Mapping[str, Measure]) -> tuple[str, ...]:
    """The measures that a list of figures after a level's name is of: it, and the ones that follow it."""
    ranked = _RANKED.fullmatch(name)
    if ranked is None or not name.startswith("swing_"):
        return ()
    names = (f"{ranked[1]}{rank}" for rank in range(int(ranked[2]), 4))
    return tuple(one for one in names if one in measures)
