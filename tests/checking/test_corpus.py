"""The marked articles of tests/corpus: what the checker once reached on them it still reaches."""

from __future__ import annotations

import json
import tomllib
from functools import reduce
from operator import add

import pytest

from benchmarks.checker.batches import CORPUS, batches, load
from benchmarks.checker.figures import Figures, measure
from benchmarks.checker.judges import OURS, Checker
from benchmarks.checker.report import report

FLOORS = tomllib.loads((CORPUS / "floor.toml").read_text(encoding="utf-8"))


def test_every_batch_has_a_floor() -> None:
    assert batches()
    assert sorted(FLOORS) == batches()


@pytest.mark.parametrize("batch", batches())
def test_marks_and_errors_quote_their_article(batch: str) -> None:
    """A sentence that is not in the article would be counted nowhere."""
    for folder in sorted(path for path in (CORPUS / batch).iterdir() if path.is_dir()):
        text = (folder / "article.md").read_text(encoding="utf-8")
        for mark in json.loads((folder / "marks.json").read_text(encoding="utf-8")):
            assert mark["sentence"] in text
            assert mark["verdict"] in ("true", "false", "unsupported")
        for error in json.loads((folder / "errors.json").read_text(encoding="utf-8")):
            assert error["original"] in text
            assert error["corrupted"] not in text
            assert error["wrong"] in error["corrupted"]


@pytest.mark.slow
@pytest.mark.parametrize("name", batches())
def test_figures_only_rise(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Floors hold of whole batches: one that cannot be measured whole here is skipped with the reason."""
    batch = load(name)
    if batch.skipped:
        pytest.skip("; ".join(batch.skipped))
    figures = reduce(add, (measure(article, Checker(article)) for article in batch.articles), Figures())
    with capsys.disabled():
        print(f"\n{report(f'batch {name}', {OURS: figures})}")
    reached = {"recall": figures.recall(), "flagged": figures.flagged_share, "held_up": figures.false_share}
    for figure, floor in FLOORS[name].items():
        value = reached[figure]
        assert value is not None
        assert value <= floor if figure == "held_up" else value >= floor, (figure, value, floor)
