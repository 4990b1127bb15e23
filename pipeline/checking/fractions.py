"""Fractions and multiples in words: "a third", "two thirds of a point", "twice", "one and a half times"."""

from __future__ import annotations

from decimal import Decimal

from pipeline.checking.mentions import Figure
from pipeline.checking.tokens import Token, words
from pipeline.facts.units import number_words, ordinal_words

_PARTS = {ordinal_words(n): n for n in range(3, 21)} | {"half": 2, "quarter": 4, "hundredth": 100, "thousandth": 1000}
_PARTS |= {f"{name}s": n for name, n in _PARTS.items() if name != "half"} | {"halves": 2}
_COUNTS = {number_words(n): n for n in range(1, 20)} | {"a": 1, "an": 1}
_MULTIPLES = {"twice": 2, "double": 2, "doubled": 2, "doubling": 2, "doubles": 2, "triple": 3, "tripled": 3,
              "treble": 3, "trebled": 3, "quadruple": 4, "quadrupled": 4, "twofold": 2, "threefold": 3, "fourfold": 4,
              "fivefold": 5, "tenfold": 10}  # fmt: skip
_VERBS = words("doubled doubling doubles tripled trebled quadrupled double triple treble quadruple")
_COMPARED = words("the its their that what as those these this his")
_FOLLOWS = words(
    "of higher lower less more as above below beneath under over off away from since "
    ", . ; ) : - \u2013 \u2014 on in the its"
)
"""What comes after "a third" where it is a part and no rank ("a third of", but "a third straight session")."""
_COMPARATIVES = words(
    "as the its times higher lower more less deeper larger bigger smaller wider narrower above below beneath under over"
)
_ENDS = words("top bottom lower upper lowest highest middle")
_SMALL_UNITS = {"point": "points", "percent": "%", "percentage point": "pp", "cent": "$", "per cent": "%"}
_WHOLES = words("of as that its the times")
_SET = words("averages them all twelve 12")
PRECISION = 10
"""A fraction or multiple in words supports what rounds to it at a tenth of itself: half stands for 0.475 to 0.525."""


def share(value: Decimal, unit: str) -> Figure:
    """A figure with the precision of words."""
    return Figure(value, value / PRECISION, unit, words=True, rough=True)


def fraction_at(tokens: list[Token], index: int) -> tuple[Figure, int] | None:
    """The fraction or multiple that starts at a token, with the token after it; None where none starts."""
    return _multiple(tokens, index) or _mixed(tokens, index) or _part(tokens, index)


def _norms(tokens: list[Token], index: int, size: int) -> list[str]:
    return [token.norm for token in tokens[max(index, 0) : index + size]]


def _multiple(tokens: list[Token], index: int) -> tuple[Figure, int] | None:
    """ "Twice the latter's 9%", "doubled the index's gain"; "doubled" alone is a change."""
    said = tokens[index].norm
    if said not in _MULTIPLES:
        return None
    ahead = _norms(tokens, index + 1, 7)
    compared = ahead[:1] and ahead[0] in _COMPARED
    if said in _VERBS and not (compared and ("'s" in ahead or "of" in ahead)):
        return None
    return share(Decimal(_MULTIPLES[said]), "x"), index + 1


def _mixed(tokens: list[Token], index: int) -> tuple[Figure, int] | None:
    """ "One and a half times", "four and a half percentage points": the number is read with the unit after it."""
    from pipeline.checking.figures import unit_at

    said = _norms(tokens, index, 4)
    if len(said) < 4 or said[1:3] != ["and", "a"] or said[0] not in _COUNTS or said[3] not in ("half", "quarter"):
        return None
    value = Decimal(_COUNTS[said[0]]) + Decimal(1) / _PARTS[said[3]]
    unit = unit_at(tokens, index + 4)
    if not unit:
        return None
    size = next(n for n in (1, 2, 3) if unit_at(tokens[: index + 4 + n], index + 4) == unit)
    step = value / PRECISION if unit == "x" else Decimal(1) / _PARTS[said[3]]
    return Figure(value, step, unit, words=True, rough=unit == "x"), index + 4 + size


def _part(tokens: list[Token], index: int) -> tuple[Figure, int] | None:
    """ "A third of", "two-thirds", "half as much", "four hundredths of a point", "the bottom sixth"."""
    said = tokens[index].norm
    before = _norms(tokens, index - 1, 1) if index else []
    count, place, ends = _COUNTS.get(said), index + 1, said in _ENDS
    if said == "half" or ends:
        count, place = 1, index + ends
    if count is None:
        return None
    if place < len(tokens) and tokens[place].text == "-" and tokens[place].joined:
        place += 1
    if place >= len(tokens) or tokens[place].norm not in _PARTS:
        return None
    name = tokens[place].norm
    plural, last = name.endswith("s") and name != "half", place + 1
    if plural != (count > 1):
        return None
    value = Decimal(count) / _PARTS[name]
    ahead = _norms(tokens, last, 5)
    if name == "quarter" and ahead[:2] == ["to", "date"]:
        return None  # "1.15% lower quarter to date"
    small = _small_unit(ahead)
    if small is not None:
        unit, size = small
        step = Decimal(1) / _PARTS[name] if _PARTS[name] >= 10 else value / PRECISION
        return Figure(value, step, unit, words=True, rough=_PARTS[name] < 10), last + size
    told = (ahead[:1] == ["of"] or (name == "half" and ahead[:1] == ["that"])) and not _SET & set(ahead)
    if name in ("half", "quarter", "quarters") and not ends and not told and not set(ahead[:1]) & _COMPARATIVES:
        return None
    if not ends and not plural and ahead and (ahead[0] not in _FOLLOWS | _COMPARATIVES or before == ["for"]):
        return None
    if ends or (plural and ahead[:1] == ["of"]) or ahead[:1] in (["of"], ["as"], ["that"], ["its"], ["the"]):
        worth = 3 if ahead[:3] == ["of", "its", "value"] else 0
        return (share(100 * value, "%"), last + worth) if worth else (share(value, "fraction"), last)
    return share(100 * value, "%"), last


def _small_unit(ahead: list[str]) -> tuple[str, int] | None:
    """The unit a part is of ("of a percentage point"): unit and number of tokens."""
    start = 1 if ahead[:1] == ["of"] else 0
    if ahead[start : start + 1] not in (["a"], ["one"]):
        return None
    for size in (2, 1):
        unit = _SMALL_UNITS.get(" ".join(ahead[start + 1 : start + 1 + size]))
        if unit is not None:
            return unit, start + 1 + size
    return None
