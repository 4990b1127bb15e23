"""The table of corruptions, one file for each family; a kind not listed here does not exist."""

from __future__ import annotations

from benchmarks.corruption.kind import Corruption
from benchmarks.corruption.kinds import bindings, dates, inferences, numbers, words

FAMILIES: dict[str, tuple[Corruption, ...]] = {
    "number": numbers.KINDS,
    "binding": bindings.KINDS,
    "word": words.KINDS,
    "date": dates.KINDS,
    "inference": inferences.KINDS,
}

KINDS: tuple[Corruption, ...] = tuple(kind for family in FAMILIES.values() for kind in family)
