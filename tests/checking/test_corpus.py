"""The marked articles of tests/corpus: what the checker once reached on them it still reaches."""

from __future__ import annotations

import json
import tomllib

import pytest

from benchmarks.corpus import CORPUS, batches, measure, report

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
@pytest.mark.parametrize("batch", batches())
def test_figures_only_rise(batch: str, capsys: pytest.CaptureFixture[str]) -> None:
    figures = measure(batch)
    with capsys.disabled():
        print(f"\n{report(batch, figures)}")
    assert figures.recall >= FLOORS[batch]["recall"]
    assert figures.false_share <= FLOORS[batch]["held_up"]
