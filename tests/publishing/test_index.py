"""The list of articles: every folder in it, whatever its state."""

from __future__ import annotations

import os
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from stories import finding, run_of, visible

from pipeline.checking.verdict import Verdict
from pipeline.errors import InputError
from pipeline.facts.snapshot import Snapshot
from pipeline.publishing.index import entries, render_index, write_index

HEADLINE = "Nasdaq edges *up* <b>1%</b>"


@pytest.fixture
def put(tmp_path: Path, snapshot: Snapshot) -> Callable[..., Path]:
    """Writes an article's folder by hand."""

    def write(place: str, headline: str = HEADLINE, **files: str) -> Path:
        folder = tmp_path / place
        folder.mkdir(parents=True)
        text = f"# {headline}\n\nIt rose.\n"
        wrong = finding(text, "It rose")
        verdict = Verdict(verdict="rejected", findings=(wrong, wrong))
        names = {"article.md": text, "draft.md": text, "run.json": run_of(snapshot).model_dump_json(),
                 "verdict.json": verdict.model_dump_json()}  # fmt: skip
        for name, content in (names | {name.replace("_", "."): text for name, text in files.items()}).items():
            (folder / name).write_text(content)
        return folder

    return write


def shown(outputs: Path) -> str:
    return unescape(visible(write_index(outputs).read_text()))


def test_articles_stand_by_date_with_their_state(tmp_path: Path, put: Callable[..., Path]) -> None:
    put("2026-01-15/RUT", review_json='{"status": "approved", "by": "A. Editor"}')
    put("2026-01-16/RUT")
    put("2026-01-16/RUT.2", review_json='{"status": "declined"}')
    edited = put("2026-01-16/BTC=2FUSD", headline="Bitcoin")
    (edited / "article.md").write_text("# Bitcoin, edited\n")
    (edited / "versions" / "1").mkdir(parents=True)
    assert [
        (item.as_of, item.symbol, item.number, item.status, item.edited, item.versions) for item in entries(tmp_path)
    ] == [
        ("2026-01-16", "BTC/USD", 1, "draft", True, 1),
        ("2026-01-16", "RUT", 1, "draft", False, 0),
        ("2026-01-16", "RUT", 2, "declined", False, 0),
        ("2026-01-15", "RUT", 1, "approved", False, 0),
    ]
    text = shown(tmp_path)
    assert text.index("Friday, Jan. 16, 2026") < text.index("Bitcoin, edited") < text.index("Thursday, Jan. 15, 2026")
    assert "rejected · 0 claims proved, 2 findings · template" in text
    assert "RUT (2)" in text
    assert all(words in text for words in ("Draft 2", "Approved 1", "Declined 1"))
    page = (tmp_path / "index.html").read_text()
    assert 'href="2026-01-16/BTC%3D2FUSD/article.html"' in page
    assert write_index(tmp_path).read_text() == page


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("run.json", "{", "run.json: the file: Invalid JSON"),
        ("run.json", '{"program": "<i>1"}', "run.json: as_of: Field required"),
        (
            "verdict.json",
            '{"verdict": "<b>maybe</b>"}',
            "verdict.json: verdict: Input should be 'accepted'",
        ),
        ("review.json", '{"status": "perhaps"}', "review.json: status: Input should be 'approved' or 'declined'"),
        ("verdict.json", None, "verdict.json: No such file or directory"),
        ("draft.md", None, "draft.md: No such file or directory"),
    ],
)
def test_a_broken_article_is_shown_as_unreadable_and_the_others_stay(
    tmp_path: Path, put: Callable[..., Path], name: str, content: str | None, problem: str
) -> None:
    broken = put("2026-01-16/RUT")
    put("2026-01-16/SPX", headline="All well")
    if content is None:
        (broken / name).unlink()
    else:
        (broken / name).write_text(content)
    text = shown(tmp_path)
    assert f"Unreadable {problem}" in " ".join(text.split())
    assert "All well" in text
    assert "<b>" not in write_index(tmp_path).read_text().replace("<b>Technical", "").replace("<b>SPX</b>", "")


def test_headlines_and_symbols_are_text(tmp_path: Path, put: Callable[..., Path]) -> None:
    put("2026-01-16/=3Cscript=3E", headline="{{ 7*7 }} <script>alert(1)</script>")
    page = write_index(tmp_path).read_text()
    assert page.count("<script>") == 1  # the page's own
    assert "{{ 7*7 }} &lt;script&gt;alert(1)" in page
    assert "&lt;script&gt;</b>" in page


def test_foreign_and_half_written_folders_are_left_out(tmp_path: Path, put: Callable[..., Path]) -> None:
    put("2026-01-16/.RUT.new")
    put("notes/RUT")
    (tmp_path / "README.md").touch()
    assert list(entries(tmp_path)) == []
    assert "No article yet." in shown(tmp_path)


def test_a_date_that_is_none_is_shown_as_it_stands(tmp_path: Path, put: Callable[..., Path]) -> None:
    put("2026-13-45/RUT")
    assert "2026-13-45" in shown(tmp_path)


def test_it_is_replaced_whole_or_not_at_all(
    tmp_path: Path, put: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    put("2026-01-16/RUT")
    before = write_index(tmp_path).read_bytes()
    put("2026-01-17/RUT")

    def fail(*_paths: object) -> None:
        raise OSError(28, "No space left on device")

    for name in ("fsync", "replace"):
        with monkeypatch.context() as patched:
            patched.setattr(os, name, fail)
            with pytest.raises(InputError, match="Free some space"):
                write_index(tmp_path)
        assert (tmp_path / "index.html").read_bytes() == before
        assert {path.name for path in tmp_path.iterdir()} == {"2026-01-16", "2026-01-17", "index.html", ".lock"}


def test_one_state_needs_no_filter() -> None:
    assert b"<form" not in render_index([])
