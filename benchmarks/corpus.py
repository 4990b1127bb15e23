"""How the checker does on articles by authors who saw only a fact sheet: `python -m benchmarks.corpus [BATCH ...]`.

Each article of a batch in tests/corpus/ has its sentences marked by a second reader and single errors planted by one.
A clean sentence counts as held up when a finding touches it. An error counts as caught when the corrupted sentence has
a finding that the clean one had not: what the checker could not read anyway counts as missed.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median

from pipeline.checking.checker import check
from pipeline.checking.verdict import Finding
from pipeline.facts.build import build_snapshot
from pipeline.facts.snapshot import Snapshot
from pipeline.market.sources import open_source

CORPUS = Path(__file__).parent.parent / "tests" / "corpus"


@dataclass(slots=True)
class Figures:
    """What a batch gave. families: errors planted and caught by family."""

    articles: int = 0
    accepted: int = 0
    clean: int = 0
    held_up: int = 0
    faulty: int = 0
    faulty_found: int = 0
    claims: int = 0
    proved: int = 0
    read: int = 0
    free: int = 0
    denied: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    lengths: list[int] = field(default_factory=list)
    overlaps: int = 0

    @property
    def recall(self) -> float:
        """Share of planted errors caught."""
        return sum(self.caught.values()) / max(sum(self.planted.values()), 1)

    @property
    def false_share(self) -> float:
        """Share of clean sentences held up."""
        return self.held_up / max(self.clean, 1)


def batches() -> list[str]:
    """Names of the batches."""
    return sorted(folder.name for folder in CORPUS.iterdir() if (folder / "batch.toml").is_file())


def snapshots(batch: str) -> Iterator[tuple[Path, Snapshot]]:
    """Each article's folder with the snapshot it speaks of, computed anew from the sample."""
    source = open_source("sample", None)
    bars = {symbol: source.load(symbol) for symbol in source.symbols()}
    places = tomllib.loads((CORPUS / batch / "batch.toml").read_text(encoding="utf-8"))["articles"]
    for name, place in places.items():
        day = date.fromisoformat(str(place["as_of"]))
        yield CORPUS / batch / name, build_snapshot(bars[place["instrument"]], bars[place["benchmark"]], day)


def measure(batch: str) -> Figures:
    """Judge every article of a batch, clean and with each error."""
    figures = Figures()
    for folder, snapshot in snapshots(batch):
        text = (folder / "article.md").read_text(encoding="utf-8")
        verdict = check(text, snapshot)
        figures.articles += 1
        figures.accepted += verdict.accepted
        figures.claims += len(verdict.claims)
        figures.proved += verdict.proved
        figures.read += verdict.clauses.read
        figures.free += verdict.clauses.free
        figures.denied += verdict.clauses.denied
        for mark in json.loads((folder / "marks.json").read_text(encoding="utf-8")):
            start = text.index(mark["sentence"])
            touched = _touching(verdict.findings, start, start + len(mark["sentence"]))
            if mark["verdict"] == "true":
                figures.clean += 1
                figures.held_up += bool(touched)
            else:
                figures.faulty += 1
                figures.faulty_found += bool(touched)
        for error in json.loads((folder / "errors.json").read_text(encoding="utf-8")):
            _try_error(text, error, snapshot, verdict.findings, figures)
    return figures


def _try_error(
    text: str, error: dict[str, str], snapshot: Snapshot, clean: tuple[Finding, ...], figures: Figures
) -> None:
    start = text.index(error["original"])
    corrupted = text[:start] + error["corrupted"] + text[start + len(error["original"]) :]
    before = {(item.rule, item.text) for item in _touching(clean, start, start + len(error["original"]))}
    found = _touching(check(corrupted, snapshot).findings, start, start + len(error["corrupted"]))
    fresh = [item for item in found if (item.rule, item.text) not in before]
    figures.planted[error["family"]] += 1
    if fresh:
        figures.caught[error["family"]] += 1
        wrong = start + error["corrupted"].find(error["wrong"])
        figures.overlaps += any(item.start < wrong + len(error["wrong"]) and wrong < item.end for item in fresh)
        figures.lengths.append(min(len(item.text.split()) for item in fresh))


def _touching(findings: tuple[Finding, ...], start: int, end: int) -> list[Finding]:
    return [item for item in findings if item.start < end and start < item.end]


def report(batch: str, figures: Figures) -> str:
    """The figures as lines of text."""
    planted, caught = sum(figures.planted.values()), sum(figures.caught.values())
    clauses = max(figures.read + figures.free + figures.denied, 1)
    shares = ", ".join(f"{count / clauses:.1%}" for count in (figures.read, figures.free, figures.denied))
    lines = [
        f"batch {batch}: {figures.articles} articles",
        f"  errors caught            {caught} of {planted} ({figures.recall:.1%})",
        *(f"    {family:<22} {figures.caught[family]} of {count}" for family, count in sorted(figures.planted.items())),
        f"  clean sentences held up  {figures.held_up} of {figures.clean} ({figures.false_share:.1%})",
        f"  sentences marked faulty  {figures.faulty_found} of {figures.faulty} found",
        f"  articles accepted whole  {figures.accepted} of {figures.articles}",
        f"  claims proved            {figures.proved} of {figures.claims}",
        f"  clauses read, free, denied  {shares}",
    ]
    if figures.lengths:
        length = median(figures.lengths)
        lines.append(f"  findings on the wrong words {figures.overlaps} of {caught}, median {length} words")
    return "\n".join(lines)


def main() -> None:
    """Print the figures of the batches named, or of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("batch", nargs="*", help="names of batches in tests/corpus; all by default")
    for batch in parser.parse_args().batch or batches():
        print(report(batch, measure(batch)))


if __name__ == "__main__":
    main()
