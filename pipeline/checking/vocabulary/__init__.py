"""The general English of market writing, as tables that a person extends without programming.

Each class of words is one file of tab-separated rows: the forms of a word, the columns that say how the checker
judges it, and an example sentence. The lines at the top of a file explain what belongs there. Measures, instruments,
periods, numbers, months, weekdays and currencies have their names elsewhere and do not stand here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pipeline.errors import DefectError

FREE = frozenset[str]()
"""A column without a closed list: a few words of explanation."""

SIGN = frozenset({"+", "-", "0", "*"})
PART = frozenset({"verb", "noun", "adjective", "adverb"})

PARTS_OF_A_RANGE = {
    "top": (Decimal(80), Decimal(100)), "upper": (Decimal(50), Decimal(100)), "middle": (Decimal(30), Decimal(70)),
    "lower": (Decimal(0), Decimal(50)), "bottom": (Decimal(0), Decimal(20)),
}  # fmt: skip
"""Where the parts of a range begin and end, in percent of the way up from its low."""

COLUMNS: Mapping[str, Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "advice": {},
        "agent": {"sign": frozenset({"+", "-", "0", "*"})},
        "authority": {"kind": frozenset({"source", "verb", "phrase"})},
        "cause": {"strength": frozenset({"strong", "soft"})},
        "control": {"sign": frozenset({"+", "-", "0"})},
        "crossing": {"sign": frozenset({"+", "-", "*"}), "kind": frozenset({"cross", "golden", "death"})},
        "direction": {"sign": SIGN, "band": frozenset({"", "small", "large", "flat"}), "part": PART},
        "echo": {
            "sense": frozenset(
                {
                    "more",
                    "less",
                    "equal",
                    "same",
                    "opposite",
                    "alone",
                    "apart",
                    "together",
                    "calmer",
                    "livelier",
                    "topped",
                    "again",
                }
            )
        },
        "forecast": {"kind": frozenset({"modal", "conditional", "expectation", "sign"})},
        "habit": {},
        "hedge": {"side": frozenset({"about", "over", "under", "less", "at_least", "at_most"})},
        "hype": {"kind": frozenset({"promise", "hype"})},
        "magnitude": {"band": frozenset({"small", "large"}), "part": PART},
        "mind": {},
        "negation": {},
        "nearness": {"sign": frozenset({"+", "-"}), "reach": frozenset({"", "at"})},
        "neutral": {"part": PART | {"function", "phrase", "name"}},
        "outsider": {
            "kind": frozenset(
                {"index", "fund", "stock", "asset", "indicator", "pattern", "person", "institution", "window"}
            )
        },
        "placement": {"part": frozenset(PARTS_OF_A_RANGE)},
        "quantifier": {"meaning": frozenset({"all", "none", "most", "both", "each", "half", "some", "only"})},
        "record": {
            "meaning": frozenset({"high", "low", "largest", "smallest", "longest", "shortest", "first", "any"}),
            "sign": frozenset({"+", "-", "*"}),
        },
        "relation": {"sign": frozenset({"+", "-", "0", "~", "!"})},
        "size": {"sign": frozenset({"+", "-"})},
        "stance": {"sign": frozenset({"+", "-", "0"}), "kind": frozenset({"tone", "trend", "market"})},
        "streak": {"sign": frozenset({"+", "-", "*"})},
        "topic": {
            "kind": frozenset({"company", "policy", "economy", "flows", "breadth", "derivatives", "sector", "events"})
        },
        "unproved": {
            "reason": FREE,
            "weight": frozenset({"claim", "colour", "figure"}),
            "sign": frozenset({"+", "-", "0"}),
        },
        "versus": {"sign": SIGN | {"!"}},
        "way": {"sign": frozenset({"+", "-"})},
        "volume": {"sense": frozenset({"heavy", "light", "above", "below", "any"})},
    }
)
"""Every class, with the columns between its forms and its example and the values each may hold."""

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: the forms of a word or phrase, lower case; the attributes in the order of `COLUMNS[kind]`; a sentence
    that uses one of the forms; and the class it belongs to."""

    forms: tuple[str, ...]
    attributes: tuple[str, ...]
    example: str
    kind: str


def read(path: Path) -> tuple[Entry, ...]:
    """The rows of one file. Raises `DefectError` naming file and line when a row has the wrong number of columns."""
    kind = path.stem
    width = len(COLUMNS[kind]) + 2
    entries = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line[0] == "#":
            continue
        forms, *attributes, example = cells = line.split("\t")
        if len(cells) != width:
            names = ", ".join(("forms", *COLUMNS[kind], "example"))
            raise DefectError(
                f"{path.name}:{number} needs {width} columns separated by single tabs ({names}); it has {len(cells)}. "
                "Put one tab between two columns and none inside a sentence."
            )
        entries.append(Entry(tuple(forms.split("|")), tuple(attributes), example, kind))
    return tuple(entries)


@cache
def load() -> Mapping[str, tuple[Entry, ...]]:
    """Every class of words by name, read once. A form stands in one class only."""
    return MappingProxyType({kind: read(FOLDER / f"{kind}.tsv") for kind in COLUMNS})
