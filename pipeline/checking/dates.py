"""Dates in a sentence, as far as they are written."""

from __future__ import annotations

from pipeline.checking.mentions import PartialDate
from pipeline.checking.tokens import Token
from pipeline.facts.units import MONTH_NAMES, WEEKDAYS

MONTHS: dict[str, int] = {name.lower(): n for n, name in enumerate(MONTH_NAMES, 1)}
MONTHS |= {name[:3].lower(): n for n, name in enumerate(MONTH_NAMES, 1)} | {"sept": 9}
DAYS: dict[str, int] = {name.lower(): n for n, name in enumerate(WEEKDAYS)}
DAYS |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
_YEAR_WORDS = frozenset(
    [
        "in",
        "since",
        "from",
        "of",
        "until",
        "through",
        "to",
        "before",
        "after",
        "by",
        "for",
        "during",
        "late",
        "early",
        "mid",
        "and",
        "between",
        "end",
        "start",
    ]
)
_AMBIGUOUS = frozenset({"may", "march", "mar", "sun", "sat", "jan", "dec"})


def _skip(tokens: list[Token], index: int, *marks: str) -> int:
    return index + 1 if index < len(tokens) and tokens[index].text in marks else index


def _year(tokens: list[Token], index: int) -> int | None:
    if (
        index < len(tokens)
        and tokens[index].kind == "number"
        and len(tokens[index].text) == 4
        and tokens[index].text.isdigit()
    ):
        year = int(tokens[index].text)
        return year if 1900 <= year <= 2199 else None
    return None


def _day(tokens: list[Token], index: int) -> tuple[int, int] | None:
    """Day of the month and the token after it."""
    if index < len(tokens) and tokens[index].text.isdigit() and 1 <= int(tokens[index].text) <= 31:
        after = index + 1
        if after < len(tokens) and tokens[after].joined and tokens[after].norm in ("st", "nd", "rd", "th"):
            after += 1
        elif (
            after < len(tokens)
            and tokens[after].joined
            and tokens[after].text in ("%", "-")
            and not (tokens[after].text == "-" and after + 1 < len(tokens) and tokens[after + 1].kind == "number")
        ):
            return None
        return int(tokens[index].text), after
    return None


def date_at(tokens: list[Token], index: int) -> tuple[PartialDate, int] | None:
    """The date that starts at a token, with the token after it; None where none starts."""
    token = tokens[index]
    if token.kind == "number":
        if (year := _year(tokens, index)) is not None:
            piece = [part.text for part in tokens[index + 1 : index + 5]]
            if len(piece) == 4 and piece[0] == piece[2] == "-" and piece[1].isdigit() and piece[3].isdigit() \
                    and 1 <= int(piece[1]) <= 12:  # fmt: skip
                return PartialDate(year, int(piece[1]), int(piece[3])), index + 5
            before = tokens[index - 1].norm if index else ""
            after = tokens[index + 1] if index + 1 < len(tokens) else None
            unit_follows = after is not None and after.text in ("%", "points", "percent")
            if before in _YEAR_WORDS and not unit_follows:
                return PartialDate(year), index + 1
        found = _day(tokens, index)
        if (
            found is not None
            and found[1] < len(tokens)
            and tokens[found[1]].norm in MONTHS
            and tokens[found[1]].text[0].isupper()
        ):
            day, after = found[0], _skip(tokens, found[1] + 1, ".")
            year_at = _skip(tokens, after, ",")
            year = _year(tokens, year_at)
            month = MONTHS[tokens[found[1]].norm]
            return PartialDate(year, month, day), year_at + 1 if year else after
        return None
    if token.kind != "word" or not token.text[0].isupper():
        return None
    weekday: int | None = None
    if token.norm in DAYS:
        weekday = DAYS[token.norm]
        if token.norm in _AMBIGUOUS and not (index + 1 < len(tokens) and tokens[index + 1].text in (".", ",")):
            return None
        abbreviated = len(token.norm) <= 5 and token.norm not in ("sunday",)
        after = _skip(tokens, index + 1, ".") if abbreviated and not token.norm.endswith("day") else index + 1
        place = _skip(tokens, after, ",")
        if place < len(tokens) and tokens[place].norm == "the":
            place += 1
        rest = None if weekday is None else (date_at(tokens, place) if place < len(tokens) else None)
        if rest is not None and rest[0].weekday is None and rest[0].month is not None and rest[0].day is not None:
            inner = rest[0]
            return PartialDate(inner.year, inner.month, inner.day, weekday), rest[1]
        return PartialDate(weekday=weekday), after
    if token.norm not in MONTHS:
        return None
    month = MONTHS[token.norm]
    after = _skip(tokens, index + 1, ".") if token.norm not in MONTH_FULL else index + 1
    found = _day(tokens, after)
    if found is not None:
        year_at = _skip(tokens, found[1], ",")
        year = _year(tokens, year_at)
        return PartialDate(year, month, found[0]), year_at + 1 if year else found[1]
    place = _skip(tokens, _skip(tokens, after, ","), "of")
    if (year := _year(tokens, place)) is not None:
        return PartialDate(year, month), place + 1
    before = tokens[index - 1].norm if index else ""
    if token.norm in _AMBIGUOUS and before not in _YEAR_WORDS | {"last", "this"}:
        return None
    return PartialDate(month=month), after


MONTH_FULL = frozenset(name.lower() for name in MONTH_NAMES)
