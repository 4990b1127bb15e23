"""Figures in a sentence: digits or words, with sign, scale, unit and total."""

from __future__ import annotations

from decimal import Decimal

from pipeline.checking.fractions import PRECISION, fraction_at
from pipeline.checking.mentions import Figure
from pipeline.checking.tokens import Token, words
from pipeline.facts.units import number_words, ordinal_words

FINEST = Decimal("1e-12")
"""The smallest step of a figure: finer ones than any fact's would be more digits than are kept in arithmetic."""

WORDS: dict[str, int] = {number_words(n): n for n in range(100) if n != 1}
"""Number words as single tokens or joined by a hyphen. "one" is a figure only beside a unit."""

ORDINAL_WORDS: dict[str, int] = {ordinal_words(n): n for n in range(2, 100)}

SCALES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12,
          "mn": 10**6, "bn": 10**9, "tn": 10**12, "mln": 10**6, "bln": 10**9}  # fmt: skip

JOINED_SCALES = {"k": 1_000, "m": 10**6, "b": 10**9}
"""Scales as single letters right after the digits ("67.9m shares")."""

_UNIT_WORDS = {
    "%": ("%", "percent", "per cent", "pct"),
    "pp": ("percentage points", "percentage point", "percent points", "pct points", "% points", "% pts", "pct . points",
           "pct . pts", "pct pts", "ppts", "pp", "pps", "ppt"),
    "bp": ("basis points", "basis point", "bps", "bp"),
    "points": ("points", "point", "pts", "pt"), "index points": ("index points", "index point"),
    "$": ("dollars", "dollar"),
    "cents": ("cents", "cent", "\u00a2"),
    "shares": ("shares", "share"),
    "sessions": ("sessions", "session", "trading days", "trading day", "trading sessions", "bars"),
    "days": ("days", "day", "d"),
    "weeks": ("weeks", "week", "wks", "wk", "weekly bars", "weekly bar"), "months": ("months", "month", "mos", "mths"),
    "years": ("years", "year", "yrs", "yr"),
    "x": ("times", "x"),
}  # fmt: skip
UNITS = {tuple(text.split()): unit for unit, texts in _UNIT_WORDS.items() for text in texts}
"""Units as they are written, token by token."""

_RUN_WORDS = words("winning losing up down completed full positive negative green red rising falling")
"""Words between a count and its unit that say what kind of run it is ("six winning weeks")."""
IN_A_ROW = words("straight consecutive successive unbroken running")
_ROW_UNITS = {
    "session": "sessions", "sessions": "sessions", "day": "days", "days": "days", "daily": "days", "week": "weeks",
    "weeks": "weeks", "weekly": "weeks", "month": "months", "months": "months", "monthly": "months",
}  # fmt: skip


def _number(tokens: list[Token], index: int) -> tuple[Decimal, Decimal, int, bool, bool] | None:
    """Value, step, next token, in words, ordinal — or None where no number starts."""
    token = tokens[index]
    if token.kind == "number":
        digits = token.text.replace(",", "")
        value = Decimal(digits)
        exponent = value.as_tuple().exponent
        step = max(Decimal(1).scaleb(exponent), FINEST) if isinstance(exponent, int) else Decimal(1)
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        ordinal = after is not None and after.joined and after.norm in ("st", "nd", "rd", "th")
        return value, step, index + (2 if ordinal else 1), False, ordinal
    if token.kind != "word":
        return None
    for length in (3, 2, 1):
        piece = tokens[index : index + length]
        if len(piece) < length or (length == 3 and piece[1].text != "-"):
            continue
        text = "-".join(part.norm for part in piece if part.text != "-")
        if text in WORDS:
            return Decimal(WORDS[text]), Decimal(1), index + length, text != "zero", False
        if text in ORDINAL_WORDS:
            return Decimal(ORDINAL_WORDS[text]), Decimal(1), index + length, True, True
    if token.norm == "one":
        return Decimal(1), Decimal(1), index + 1, True, False
    return None


def _unit(tokens: list[Token], index: int) -> tuple[str, int]:
    """The unit standing at a token and the token after it; ("", index) for none."""
    if index < len(tokens) and tokens[index].text == "-" and tokens[index].joined and index + 1 < len(tokens) \
            and tokens[index + 1].joined:  # fmt: skip
        index += 1
    for length in (3, 2, 1):
        key = tuple(token.norm for token in tokens[index : index + length])
        if len(key) == length and key in UNITS:
            return UNITS[key], index + length
    return "", index


def _joined_c(tokens: list[Token], index: int) -> bool:
    """Whether "c" right after digits stands for cents ("12c under it")."""
    return (
        index < len(tokens)
        and tokens[index].joined
        and tokens[index].text == "c"
        and tokens[index - 1].kind == "number"
    )


def unit_at(tokens: list[Token], index: int) -> str:
    """The unit written at a token, or an empty string."""
    return _unit(tokens, index)[0]


_AFTER_ONE = words("is are lies stands sits above below and of")
_BEFORE_ONE = words("and above below , but or only all just")


def _counts_one(tokens: list[Token], start: int, after: int) -> bool:
    """Whether "one" counts ("11 are below the close and one is above it"), rather than stand for a thing."""
    following = tokens[after].norm if after < len(tokens) else ""
    before = tokens[start - 1].norm if start else ""
    return following in _AFTER_ONE and before in _BEFORE_ONE


def figure_at(tokens: list[Token], index: int) -> tuple[Figure, int] | None:
    """The figure that starts at a token, with the token after it; None where none starts."""
    if (part := fraction_at(tokens, index)) is not None:
        return part
    start = index
    sign, dollars, index = _signs(tokens, index)
    if (sign or dollars) and tokens[index].kind != "number":
        return None
    found = _number(tokens, index)
    if found is None:
        return None
    value, step, index, in_words, ordinal = found
    lone_one = in_words and value == 1
    while index < len(tokens) and tokens[index].norm in SCALES and not ordinal:
        value, step = value * SCALES[tokens[index].norm], step * SCALES[tokens[index].norm]
        index += 1
    if not in_words and index < len(tokens) and tokens[index].joined and tokens[index].norm in JOINED_SCALES:
        value, step = value * JOINED_SCALES[tokens[index].norm], step * JOINED_SCALES[tokens[index].norm]
        index += 1
    unit, streak = "$", False
    if not dollars:
        unit, index = _unit(tokens, index)
        if unit:
            straight = index < len(tokens) and tokens[index].norm in IN_A_ROW
            streak = straight and unit in ("sessions", "days", "weeks", "months")
        else:
            unit, streak, index = _run(tokens, index)
        if unit == "cents" or (not in_words and tokens[index - 1 : index] and _joined_c(tokens, index)):
            index += unit != "cents"
            value, step, unit = value / 100, step / 100, "$"
    if [token.norm for token in tokens[index : index + 3]] == ["in", "a", "row"]:
        streak = True
        index += 3
    if lone_one and not unit and not streak and not _counts_one(tokens, start, index):
        return None
    rough = in_words and unit == "x"
    step = value / PRECISION if rough else step
    return Figure(value, step, unit, sign, words=in_words, ordinal=ordinal, streak=streak, rough=rough), index


def _signs(tokens: list[Token], index: int) -> tuple[int, bool, int]:
    """The sign and the dollar before a number, in either order, and the token after them."""
    sign, dollars = 0, False
    joined = tokens[index].joined and index > 0 and tokens[index - 1].kind != "mark"
    if tokens[index].text in ("+", "-") and index + 1 < len(tokens) and tokens[index + 1].joined and not joined:
        sign = 1 if tokens[index].text == "+" else -1
        index += 1
    elif tokens[index].norm in ("plus", "minus") and index + 1 < len(tokens) and tokens[index + 1].kind == "number":
        sign = 1 if tokens[index].norm == "plus" else -1
        index += 1
    if tokens[index].text == "$" and index + 1 < len(tokens):
        dollars = True
        index += 1
        if tokens[index].text in ("+", "-") and index + 1 < len(tokens):
            sign = 1 if tokens[index].text == "+" else -1
            index += 1
    return sign, dollars, index


def _run(tokens: list[Token], index: int) -> tuple[str, bool, int]:
    """What a word between a count and its unit says ("six winning weeks", "a fifth straight daily gain"): the unit,
    whether it is a streak, and the token after the words that belong to the figure."""
    unit, streak = "", False
    ahead = index + 1 if index < len(tokens) and tokens[index].text == "-" and tokens[index].joined else index
    if ahead >= len(tokens):
        return unit, streak, index
    if ahead + 1 < len(tokens) and tokens[ahead].norm in _RUN_WORDS and tokens[ahead + 1].norm in _ROW_UNITS:
        unit = _ROW_UNITS[tokens[ahead + 1].norm]
        row = [token.norm for token in tokens[ahead + 2 : ahead + 5]]
        streak = row == ["in", "a", "row"] or row[:1] == ["running"] or tokens[ahead].norm in ("winning", "losing")
    if tokens[ahead].norm in IN_A_ROW:
        following = (_ROW_UNITS[t.norm] for t in tokens[ahead + 1 : ahead + 4] if t.norm in _ROW_UNITS)
        return next(following, unit), True, ahead + 1
    return unit, streak, index
