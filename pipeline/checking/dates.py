"""Dates in a sentence, as far as they are written."""

from __future__ import annotations

from dataclasses import replace

from pipeline.checking.mentions import PartialDate
from pipeline.checking.tokens import Token, words
from pipeline.facts.units import MONTH_NAMES, WEEKDAYS

MONTH_FULL = frozenset(name.lower() for name in MONTH_NAMES)
MONTHS: dict[str, int] = {name.lower(): n for n, name in enumerate(MONTH_NAMES, 1)}
MONTHS |= {name[:3].lower(): n for n, name in enumerate(MONTH_NAMES, 1)} | {"sept": 9}
DAYS: dict[str, int] = {name.lower(): n for n, name in enumerate(WEEKDAYS)}
DAYS |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4}
DAYS |= {"sat": 5, "sun": 6}
_YEARS = range(1900, 2200)
_YEAR_WORDS = words("in since from of until through to before after by for during late early mid and between end start")
"""Words after which a bare number of four digits is a year, and a name that is also a word a month."""
_AMBIGUOUS = words("may march mar sun sat jan dec")
_TOLD = words("brought ended was saw closed has had gave added cost")
"""Verbs that tell of a month right after its name ("May brought a gain")."""
ENDED = words("ends ended ending closes closed closing finishes finished finishing")
"""Verbs that a month may be the object of ("ended May 6.28% higher")."""
_ORDINAL_ENDINGS = ("st", "nd", "rd", "th")
_PARTS = {"early": (1, 12), "mid": (9, 21), "late": (19, 31)}
"""Days of a part of a month; the parts overlap, as nobody says where one ends."""
_SEASONS = {"spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11), "fall": (9, 10, 11), "winter": (12, 1, 2)}
_ON = words("on since from until till through by before after")
_AFTER_DAY = words(". , ; : and but or with when while at to")
_YEAR_OF = {"this": 0, "last": 1}


def date_at(tokens: list[Token], index: int) -> tuple[PartialDate, int] | None:
    """The date that starts at a token, with the token after it; None where none starts."""
    token = tokens[index]
    if token.kind == "number":
        return _iso_date(tokens, index) or _bare_year(tokens, index) or _day_first(tokens, index) or (
            _day_alone(tokens, index) or _range_end(tokens, index)
        )  # fmt: skip
    if token.norm in _PARTS:
        return _part_of_month(tokens, index)
    if token.norm in _SEASONS:
        return _season(tokens, index)
    if token.kind != "word" or not token.text[0].isupper():
        return None
    if token.norm in DAYS:
        return _weekday(tokens, index)
    return _of_year(tokens, *found) if token.norm in MONTHS and (found := _month(tokens, index)) else None


def _of_year(tokens: list[Token], day: PartialDate, after: int) -> tuple[PartialDate, int]:
    """A date with "of this year" or "of last year" after it."""
    said = [token.norm for token in tokens[after : after + 3]]
    length = 3 if said[:1] == ["of"] else 2
    which = _YEAR_OF.get(said[length - 2]) if len(said) >= length else None
    if day.year is not None or which is None or said[length - 1] != "year":
        return day, after
    return replace(day, years_ago=which), after + length


def _part_of_month(tokens: list[Token], index: int) -> tuple[PartialDate, int] | None:
    """ "Early December", "mid-March 2020"."""
    place = _skip(tokens, index + 1, "-")
    if place >= len(tokens) or tokens[place].norm not in MONTHS or not tokens[place].text[0].isupper():
        return None
    day, after = _month(tokens, place) or (PartialDate(month=MONTHS[tokens[place].norm]), place + 1)
    return (replace(day, days=_PARTS[tokens[index].norm]), after) if day.day is None else None


def _season(tokens: list[Token], index: int) -> tuple[PartialDate, int] | None:
    """ "The autumn of 2004", "in spring 2009"."""
    year = _year(tokens, _skip(tokens, index + 1, "of", ","))
    if year is None:
        return None
    return PartialDate(year, months=_SEASONS[tokens[index].norm]), _skip(tokens, index + 1, "of", ",") + 1


def _range_end(tokens: list[Token], index: int) -> tuple[PartialDate, int] | None:
    """The 16 of "July 10 through 16": a day in the month of the one before."""
    said = tokens[max(index - 4, 0) : index]
    month = next((t.norm for t in said[:2] if t.norm in MONTHS and t.text[0].isupper()), "")
    linked = len(said) >= 3 and said[-1].norm in ("through", "to", "until", "-", "\u2013") and said[-2].text.isdecimal()
    found = _day(tokens, index) if month and linked else None
    return (PartialDate(None, MONTHS[month], found[0]), found[1]) if found else None


def _day_alone(tokens: list[Token], index: int) -> tuple[PartialDate, int] | None:
    """ "On the 11th"."""
    said = [token.norm for token in tokens[max(index - 2, 0) : index]]
    found = _day(tokens, index)
    if found is None or found[1] != index + 2 or len(said) < 2 or said[0] not in _ON or said[1] != "the":
        return None
    ends = found[1] >= len(tokens) or tokens[found[1]].norm in _AFTER_DAY
    return (PartialDate(day=found[0]), found[1]) if ends else None


def _skip(tokens: list[Token], index: int, *marks: str) -> int:
    return index + 1 if index < len(tokens) and tokens[index].text in marks else index


def _short_year(tokens: list[Token], index: int) -> int | None:
    """ "'23", as in "Aug '23"."""
    said = tokens[index : index + 2]
    if (
        len(said) < 2
        or said[0].text != "'"
        or not said[1].joined
        or len(said[1].text) != 2
        or not said[1].text.isdecimal()
    ):
        return None
    return 2000 + int(said[1].text) if int(said[1].text) < 70 else 1900 + int(said[1].text)


def _year(tokens: list[Token], index: int) -> int | None:
    text = tokens[index].text if index < len(tokens) and tokens[index].kind == "number" else ""
    return int(text) if len(text) == 4 and text.isdecimal() and int(text) in _YEARS else None


def _small(text: str) -> int:
    """A number of one or two digits, as days and months are written; 0 for any other text."""
    return int(text) if text.isdecimal() and len(text) <= 2 else 0


def _with_year(tokens: list[Token], month: int, day: int, after: int) -> tuple[PartialDate, int]:
    """A month and day with the year that follows, if one does."""
    place = _skip(tokens, after, ",")
    year = _year(tokens, place)
    if year is None and (short := _short_year(tokens, after)) is not None:
        return PartialDate(short, month, day), after + 2
    return PartialDate(year, month, day), place + 1 if year else after


def _day(tokens: list[Token], index: int) -> tuple[int, int] | None:
    """Day of the month and the token after it."""
    day, after = _small(tokens[index].text) if index < len(tokens) else 0, index + 1
    if not 1 <= day <= 31:
        return None
    following = tokens[after] if after < len(tokens) and tokens[after].joined else None
    if following is not None and following.norm in _ORDINAL_ENDINGS:
        return day, after + 1
    ranged = after + 1 < len(tokens) and tokens[after + 1].kind == "number"
    if following is not None and (following.text == "%" or (following.text == "-" and not ranged)):
        return None
    return day, after


def _iso_date(tokens: list[Token], index: int) -> tuple[PartialDate, int] | None:
    """ "2018-12-31"."""
    year, rest = _year(tokens, index), [part.text for part in tokens[index + 1 : index + 5]]
    if year is None or len(rest) < 4 or rest[0] != "-" or rest[2] != "-":
        return None
    month, day = _small(rest[1]), _small(rest[3])
    return (PartialDate(year, month, day), index + 5) if 1 <= month <= 12 and day else None


def _bare_year(tokens: list[Token], index: int) -> tuple[PartialDate, int] | None:
    """ "In 2018", but not "to 2018 points"."""
    year, before = _year(tokens, index), tokens[index - 1].norm if index else ""
    after = tokens[index + 1].text if index + 1 < len(tokens) else ""
    if year is None or before not in _YEAR_WORDS or after in ("%", "points", "percent"):
        return None
    return PartialDate(year), index + 1


def _day_first(tokens: list[Token], index: int) -> tuple[PartialDate, int] | None:
    """ "31 December 2018"."""
    found = _day(tokens, index)
    if found is None or found[1] >= len(tokens):
        return None
    day, place = found
    if tokens[place].norm not in MONTHS or not tokens[place].text[0].isupper():
        return None
    return _with_year(tokens, MONTHS[tokens[place].norm], day, _skip(tokens, place + 1, "."))


def _weekday(tokens: list[Token], index: int) -> tuple[PartialDate, int] | None:
    """ "Monday", "Mon. Dec. 31, 2018", "Monday, the 31st of December"."""
    name = tokens[index].norm
    if name in _AMBIGUOUS and not (index + 1 < len(tokens) and tokens[index + 1].text in (".", ",")):
        return None
    after = index + 1 if name.endswith("day") else _skip(tokens, index + 1, ".")
    place = _skip(tokens, after, ",")
    if place < len(tokens) and tokens[place].norm == "the":
        place += 1
    rest = date_at(tokens, place) if place < len(tokens) else None
    if rest is not None and rest[0].weekday is None and rest[0].month is not None and rest[0].day is not None:
        return replace(rest[0], weekday=DAYS[name]), rest[1]
    return PartialDate(weekday=DAYS[name]), after


def _month(tokens: list[Token], index: int) -> tuple[PartialDate, int] | None:
    """ "Dec. 31, 2018", "December 2018", "in December"."""
    name = tokens[index].norm
    after = index + 1 if name in MONTH_FULL else _skip(tokens, index + 1, ".")
    if (found := _day(tokens, after)) is not None:
        return _with_year(tokens, MONTHS[name], *found)
    if (short := _short_year(tokens, after)) is not None:
        return PartialDate(short, MONTHS[name]), after + 2
    place = _skip(tokens, _skip(tokens, after, ","), "of")
    if (year := _year(tokens, place)) is not None:
        return PartialDate(year, MONTHS[name]), place + 1
    before = tokens[index - 1].norm if index else ""
    opens = before in ("", ".", ",", "#") and tokens[after : after + 1] and tokens[after].norm in _TOLD
    if name in _AMBIGUOUS and not opens and before not in _YEAR_WORDS | ENDED | {"last", "this"}:
        return None
    return PartialDate(month=MONTHS[name]), after
