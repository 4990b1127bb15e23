"""Batches as they are read: where marks and errors lie, and what cannot be measured without the longer series."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.checker import batches
from benchmarks.checker.batches import load, marks, planted

TEXT = "# Up 2%\n\nUp 2%. The Nasdaq rose 2% to 8,109.69. Up 2%.\n"


def test_equal_sentences_are_told_apart_by_their_order() -> None:
    items = [{"sentence": "Up 2%", "verdict": "true"}] * 3
    starts = [TEXT.index("Up"), TEXT.index("Up", 5), TEXT.rindex("Up")]
    assert [mark.start for mark in marks(TEXT, items)] == starts


def test_a_sentence_that_is_not_in_the_text_is_an_error() -> None:
    with pytest.raises(ValueError, match="substring"):
        list(marks(TEXT, [{"sentence": "Down 2%", "verdict": "true"}]))


@pytest.mark.parametrize(
    ("corrupted", "wrong", "change", "place"),
    [
        ("The Nasdaq rose 2% to 8,190.69.", "8,190.69", ("09", "90"), "8,190.69"),
        ("The Nasdaq rose 2% on hopes to 8,109.69.", "on hopes", ("", "on hopes "), "on hopes"),
        ("The Nasdaq rose 2%2% to 8,109.69.", "2%", ("", "2%"), "2%"),
    ],
)
def test_an_error_is_as_short_as_it_can_be(corrupted: str, wrong: str, change: tuple[str, str], place: str) -> None:
    original = "The Nasdaq rose 2% to 8,109.69."
    error = planted(TEXT, {"original": original, "corrupted": corrupted, "wrong": wrong, "family": "number"})
    changed = error.change.applied(TEXT)
    assert changed == TEXT.replace(original, corrupted)
    assert (TEXT[error.change.start : error.change.end], error.change.new) == change
    assert changed[slice(*error.wrong)] == place
    assert TEXT[error.start : error.end] == original


def test_the_sheet_has_figures_and_no_slots() -> None:
    sheet = load("first").articles[0].sheet
    assert "8,109.69" in sheet
    assert "[[" not in sheet
    assert "## Forms" not in sheet
    assert "29 record" in sheet or "29" in sheet


def test_articles_of_other_series_are_skipped_with_the_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(batches, "SHARED", tmp_path / "shared" / "data")
    corpus, folder = tmp_path / "corpus", tmp_path / "corpus" / "some" / "1"
    folder.mkdir(parents=True)
    (corpus / "some" / "batch.toml").write_text(
        '[articles.1]\ninstrument = "SPX"\nas_of = 2018-08-29\n'
        '[articles.2]\ninstrument = "RUT"\nas_of = 2018-08-29\nsource = "shared"\n'
    )
    for name, text in (("article.md", "The S&P 500 closed at 2,914.04."), ("marks.json", "[]"), ("errors.json", "[]")):
        (folder / name).write_text(text)
    monkeypatch.setattr(batches, "CORPUS", corpus)
    batch = load("some")
    assert [article.snapshot.benchmark for article in batch.articles] == [None]
    assert batch.skipped == (
        "some/2: needs the bars of shared/data/market beside the project's folder; not present",
    )  # fmt: skip
