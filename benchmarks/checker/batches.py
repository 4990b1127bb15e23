"""The batches of tests/corpus/: marked articles with the snapshots they speak of, computed anew from the bars."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from benchmarks import SHARED
from benchmarks.corruption.kind import Change
from pipeline.facts.build import build_snapshot
from pipeline.facts.catalogue import catalogue
from pipeline.facts.notes import read_notes
from pipeline.facts.slots import SLOT
from pipeline.facts.snapshot import Snapshot
from pipeline.market.bars import Bars
from pipeline.market.sources import open_source
from pipeline.writing.sheet import fact_sheet

CORPUS = Path(__file__).parent.parent.parent / "tests" / "corpus"
WHOLE_SHEET = 100_000
"""Characters of a fact sheet that leaves nothing out."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A sentence of an article (code points, half-open) and whether the second reader found it true."""

    start: int
    end: int
    true: bool


@dataclass(frozen=True, slots=True)
class Planted:
    """An error: the sentence it stands in (code points of the clean text, half-open), the change as short as it is,
    the wrong words in the changed text, and the family."""

    start: int
    end: int
    change: Change
    wrong: tuple[int, int]
    family: str


@dataclass(frozen=True)
class Article:
    """A marked article and all that is known of its market."""

    name: str
    text: str
    snapshot: Snapshot
    marks: tuple[Mark, ...]
    errors: tuple[Planted, ...]

    @cached_property
    def sheet(self) -> str:
        """The facts as their author had them: the fact sheet in words and figures, without slots and their forms."""
        head, _, rest = fact_sheet(self.snapshot, catalogue(), WHOLE_SHEET).partition("\n## Forms")
        return SLOT.sub("", head + rest[rest.index("\n\n") :])


@dataclass(frozen=True, slots=True)
class Batch:
    """The articles of a batch, and why others of it cannot be measured here."""

    name: str
    articles: tuple[Article, ...]
    skipped: tuple[str, ...] = ()


def batches() -> list[str]:
    """Names of the batches."""
    return sorted(folder.name for folder in CORPUS.iterdir() if (folder / "batch.toml").is_file())


def load(name: str) -> Batch:
    """A batch, in the order of its batch.toml. Raises ValueError for a mark or an error that is not in its article."""
    places = tomllib.loads((CORPUS / name / "batch.toml").read_text(encoding="utf-8"))["articles"]
    skipped = {key: f"{name}/{key}: {why}" for key, place in places.items() if (why := unmeasurable(place))}
    articles = [_article(CORPUS / name / key, place) for key, place in places.items() if key not in skipped]
    return Batch(name, tuple(articles), tuple(skipped.values()))


def unmeasurable(place: Mapping[str, Any]) -> str:
    """Why an article cannot be measured here: its bars are not in the project and not beside it. Empty if it can."""
    if place.get("source") == "shared" and not (SHARED / "market").is_dir():
        return f"needs the bars of {'/'.join(SHARED.parts[-2:])}/market beside the project's folder; not present"
    return ""


@cache
def bars_of(symbol: str, source: str) -> Bars:
    """The bars of a symbol from the bundled sample, or for "shared" from the folder beside the project's, and from the
    sample where that lacks the symbol."""
    if source == "shared":
        files = open_source("csv", SHARED / "market")
        if symbol in files.symbols():
            return files.load(symbol, None)
    return open_source("sample").load(symbol, None)


def snapshot_of(place: Mapping[str, Any], folder: Path) -> Snapshot:
    """The snapshot of a place in a batch.toml; its notes are in the folder."""
    source, benchmark = place.get("source", "sample"), place.get("benchmark")
    return build_snapshot(
        bars_of(place["instrument"], source), bars_of(benchmark, source) if benchmark else None,
        date.fromisoformat(str(place["as_of"])), notes=read_notes(folder / place["notes"]) if "notes" in place else (),
    )  # fmt: skip


def _article(folder: Path, place: Mapping[str, Any]) -> Article:
    text = (folder / "article.md").read_text(encoding="utf-8")
    errors = tuple(planted(text, error) for error in _json(folder / "errors.json"))
    return Article(
        folder.name, text, snapshot_of(place, folder), tuple(marks(text, _json(folder / "marks.json"))), errors
    )


def _json(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def marks(text: str, items: list[dict[str, Any]]) -> Iterator[Mark]:
    """The marks of a text, each looked for after the one before and then from the start."""
    end = 0
    for item in items:
        start = text.find(item["sentence"], end)
        start = start if start >= 0 else text.index(item["sentence"])
        end = start + len(item["sentence"])
        yield Mark(start, end, item["verdict"] == "true")


def planted(text: str, item: Mapping[str, str]) -> Planted:
    """An error of errors.json in its text."""
    old, new, wrong = item["original"], item["corrupted"], item["wrong"]
    start = text.index(old)
    before = _shared(old, new)
    after = _shared(old[before:][::-1], new[before:][::-1])
    change = Change(start + before, start + len(old) - after, new[before : len(new) - after])
    places = [start + place for place in range(len(new)) if new.startswith(wrong, place)]
    touching = (place for place in places if place <= change.new_end and change.start <= place + len(wrong))
    place = next(touching, None) or places[0]
    return Planted(start, start + len(old), change, (place, place + len(wrong)), item["family"])


def _shared(one: str, other: str) -> int:
    """How many characters two texts have in common at their starts."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
