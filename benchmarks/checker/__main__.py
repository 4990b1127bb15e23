"""`python -m benchmarks.checker [BATCH ...] [--json FILE] [--rounds 20] [--seed 1]`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from functools import reduce
from operator import add
from pathlib import Path

from benchmarks.checker.batches import Article, batches, load
from benchmarks.checker.figures import Figures, measure
from benchmarks.checker.judges import JUDGES
from benchmarks.checker.report import Reached, report


def reach(articles: Iterable[Article], rounds: int, seed: int) -> dict[str, Figures | None]:
    """What every judge reaches on some articles; None for one that is not installed."""
    reached: dict[str, Figures | None] = {}
    for name, make in JUDGES.items():
        try:
            reached[name] = reduce(add, (measure(one, make(one), rounds, seed) for one in articles), Figures())
        except ImportError:
            reached[name] = None
    return reached


def both(one: Reached, other: Reached) -> Reached:
    """The figures of two sets of articles together."""
    return {name: mine + theirs if (mine := one[name]) and (theirs := other[name]) else None for name in one}


def main() -> None:
    """Print the figures of the batches named, or of all and of all together."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.checker", description=__doc__)
    parser.add_argument("batch", nargs="*", help="names of batches in tests/corpus; all by default")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    parser.add_argument("--rounds", type=int, default=20, help="random prices put in each sentence that has one")
    parser.add_argument("--seed", type=int, default=1, help="of the random prices")
    options = parser.parse_args()
    if unknown := set(options.batch) - set(batches()):
        parser.error(f"tests/corpus has the batches {', '.join(batches())}; found {', '.join(sorted(unknown))}")
    found: dict[str, Reached] = {}
    skipped: list[str] = []
    for name in options.batch or batches():
        batch = load(name)
        skipped += batch.skipped
        if batch.articles:
            found[f"batch {name}"] = reach(batch.articles, options.rounds, options.seed)
            print(report(f"batch {name}", found[f"batch {name}"]), flush=True)
    if len(found) > 1:
        found["corpus"] = reduce(both, found.values())
        print(report("corpus", found["corpus"]))
    for line in skipped:
        print(f"skipped {line}")
    if options.json:
        figures = {name: {judge: one and one.summary() for judge, one in reached.items()}
                   for name, reached in found.items()}  # fmt: skip
        text = json.dumps({"skipped": skipped, "figures": figures}, indent=1)
        options.json.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
