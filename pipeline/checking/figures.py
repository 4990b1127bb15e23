"""Figures in a sentence: digits or words, with sign, scale, unit and total."""

from __future__ import annotations

from decimal import Decimal

from pipeline.checking.mentions import Figure
from pipeline.checking.tokens import Token
from pipeline.facts.units import number_words, ordinal_words

WORDS: dict[str, int] = {number_words(n): n for n in range(100) if n != 1}
"""Number words as single tokens or joined by a hyphen. "one" is a figure only beside a unit."""

ORDINAL_WORDS: dict[str, int] = {ordinal_words(n): n for n in range(2, 100)}

SCALES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}

UNITS: dict[tuple[str, ...], str] = {
    ("%",): "%", ("percent",): "%", ("per", "cent"): "%", ("pct",): "%",
    ("percentage", "points"): "pp", ("percentage", "point"): "pp", ("pp",): "pp", ("ppt",): "pp", ("pct", "points"): "pp",
    ("percent", "points"): "pp", ("%", "points"): "pp", ("%", "pts"): "pp", ("pps",): "pp", ("ppts",): "pp",
    ("basis", "points"): "bp", ("basis", "point"): "bp", ("bps",): "bp", ("bp",): "bp",
    ("points",): "points", ("point",): "points", ("pts",): "points", ("pt",): "points", ("index", "points"): "points",
    ("dollars",): "$", ("dollar",): "$", ("cents",): "cents",
    ("sessions",): "sessions", ("session",): "sessions", ("trading", "days"): "sessions", ("trading", "day"): "sessions",
    ("trading", "sessions"): "sessions", ("bars",): "sessions", ("days",): "days", ("day",): "days",
    ("weeks",): "weeks", ("week",): "weeks", ("months",): "months", ("month",): "months", ("years",): "years",
    ("year",): "years", ("times",): "x", ("x",): "x",
}  # fmt: skip

_RUN_WORDS = frozenset("winning losing up down completed full positive negative green red rising falling".split())
"""Words between a count and its unit that say what kind of run it is ("six winning weeks")."""
IN_A_ROW = frozenset({"straight", "consecutive", "successive", "unbroken", "running"})
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
        step = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)
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
            return Decimal(WORDS[text]), Decimal(1), index + length, True, False
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
    for length in (2, 1):
        key = tuple(token.norm for token in tokens[index : index + length])
        if len(key) == length and key in UNITS:
            return UNITS[key], index + length
    return "", index


def _counts_one(tokens: list[Token], start: int, after: int) -> bool:
    """Whether "one" counts ("11 are below the close and one is above it"), rather than stand for a thing."""
    following = tokens[after].norm if after < len(tokens) else ""
    before = tokens[start - 1].norm if start else ""
    counted = following in ("is", "lies", "stands", "sits", "above", "below", "and", "of")
    return counted and before in ("and", "above", "below", ",", "but", "or", "only", "all", "just")


def figure_at(tokens: list[Token], index: int) -> tuple[Figure, int] | None:
    """The figure that starts at a token, with the token after it; None where none starts."""
    start, sign, dollars = index, 0, False
    if tokens[index].text in ("+", "-") and index + 1 < len(tokens) and tokens[index + 1].joined \
            and not (tokens[index].joined and index and tokens[index - 1].kind != "mark"):  # fmt: skip
        sign = 1 if tokens[index].text == "+" else -1
        index += 1
    if tokens[index].text == "$" and index + 1 < len(tokens):
        dollars = True
        index += 1
        if tokens[index].text in ("+", "-") and index + 1 < len(tokens):
            sign = 1 if tokens[index].text == "+" else -1
            index += 1
    if (sign or dollars) and tokens[index].kind != "number":
        return None
    found = _number(tokens, index)
    if found is None:
        return None
    value, step, index, words, ordinal = found
    lone_one = words and value == 1
    while index < len(tokens) and tokens[index].norm in SCALES and not ordinal:
        value, step = value * SCALES[tokens[index].norm], step * SCALES[tokens[index].norm]
        index += 1
    unit, streak = "", False
    if dollars:
        unit = "$"
    else:
        unit, after = _unit(tokens, index)
        if unit:
            index = after
            if (
                index < len(tokens)
                and tokens[index].norm in IN_A_ROW
                and unit in ("sessions", "days", "weeks", "months")
            ):
                streak = True
        else:
            ahead = index + 1 if index < len(tokens) and tokens[index].text == "-" and tokens[index].joined else index
            if ahead + 1 < len(tokens) and tokens[ahead].norm in _RUN_WORDS and tokens[ahead + 1].norm in _ROW_UNITS:
                unit = _ROW_UNITS[tokens[ahead + 1].norm]
                row = [token.norm for token in tokens[ahead + 2 : ahead + 5]]
                streak = (
                    row == ["in", "a", "row"] or row[:1] == ["running"] or tokens[ahead].norm in ("winning", "losing")
                )
            if ahead < len(tokens) and tokens[ahead].norm in IN_A_ROW:
                streak = True
                for place in range(ahead + 1, min(ahead + 4, len(tokens))):
                    if tokens[place].norm in _ROW_UNITS:
                        unit = _ROW_UNITS[tokens[place].norm]
                        break
                index = ahead + 1
    if [token.norm for token in tokens[index : index + 3]] == ["in", "a", "row"]:
        streak = True
        index += 3
    if lone_one and not unit and not streak and not _counts_one(tokens, start, index):
        return None
    return Figure(value, step, unit, sign, words=words, ordinal=ordinal, streak=streak), index
