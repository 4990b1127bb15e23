"""The table of corruptions is sound: its kinds change one stretch each, and what they print is false by hand."""

from __future__ import annotations

import ast
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import benchmarks.corruption
from benchmarks.corruption.article import Article
from benchmarks.corruption.kinds import KINDS
from benchmarks.corruption.kinds.dates import other_days
from benchmarks.corruption.trial import draw, draw_articles, judge
from benchmarks.corruption.truth import may_print
from pipeline.facts.catalogue import catalogue
from pipeline.facts.snapshot import Fact

LONGEST = 9
"""Words of the longest phrase a kind puts in."""
FOLDER = Path(benchmarks.corruption.__file__).parent


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    """Articles of a few sessions."""
    return draw_articles(10, 3)


def fact(measure: str, value: str) -> Fact:
    """A fact of a measure with a value."""
    day = date(2026, 1, 16)
    return Fact(id=f"RUT.{measure}", instrument="RUT", measure=measure, value=Decimal(value),
                unit=catalogue()[measure].unit if measure.startswith(("rsi", "change", "distance")) else "points",
                shown=value, as_of=day, source="hand", rows=(day, day))  # fmt: skip


@pytest.mark.parametrize(
    ("measure", "value", "text", "true"),
    [
        # 73.8493 is shown as 73.85, so it rounds to 73.8 and, from the shown form, to 73.9.
        ("rsi_14", "73.8493", "73.8", True),
        ("rsi_14", "73.8493", "73.9", True),
        ("rsi_14", "73.8493", "73.7", False),
        ("rsi_14", "73.8493", "-73.8", False),
        ("change_1w", "-0.38", "0.38%", True),  # the sign is the verb's
        ("change_1w", "-0.38", "0.3%", False),
        ("close", "2677.74", "2,677.74", True),
        ("close", "2677.74", "2,678", True),
        ("close", "2677.74", "2,677", False),
        # 80 against 100 is 20% below the level, and the level 25% above the close.
        ("distance_sma_50", "-20", "20.00%", True),
        ("distance_sma_50", "-20", "25.00%", True),
        ("distance_sma_50", "-20", "22.00%", False),
    ],
)  # fmt: skip
def test_a_figure_is_true_of_what_it_rounds_from(measure: str, value: str, text: str, true: bool) -> None:
    assert may_print(fact(measure, value), catalogue()[measure], text) is true


def test_a_signed_figure_keeps_its_sign() -> None:
    one = fact("change_1w", "-0.38")
    assert may_print(one, catalogue()["change_1w"], "-0.38%", "signed")
    assert not may_print(one, catalogue()["change_1w"], "+0.38%", "signed")


def test_another_day_is_a_day_no_fact_knows() -> None:
    days = other_days(date(2024, 2, 29), {date(2024, 2, 28)}, "day")
    assert date(2024, 2, 27) in days
    assert not {date(2024, 2, 28), date(2024, 3, 1)} & set(days)
    assert [day.year for day in other_days(date(2024, 2, 29), {date(2024, 2, 29)}, "year")] == []


def test_every_kind_stands_in_the_table_once_and_finds_changes(articles: list[Article]) -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS) >= 24
    assert not [kind.name for kind in KINDS if not kind.what.endswith(".")]
    assert not [kind.name for kind in KINDS if not draw(kind, articles, 1, 1)]


@pytest.mark.slow
def test_a_change_replaces_one_short_stretch(articles: list[Article]) -> None:
    for kind in KINDS:
        for article, change in draw(kind, articles, 5, 1):
            old = article.text[change.start : change.end]
            assert old != change.new, kind.name
            assert max(len(old.split()), len(change.new.split())) <= LONGEST, (kind.name, old, change.new)
            text = change.applied(article.text)
            assert text[change.start : change.new_end] == change.new
            assert text[: change.start] + old + text[change.new_end :] == article.text


def test_the_same_seed_draws_the_same_changes(articles: list[Article]) -> None:
    for kind in KINDS[:5]:
        assert draw(kind, articles, 5, 1) == draw(kind, articles, 5, 1)
    assert draw(KINDS[0], articles, 5, 1) != draw(KINDS[0], articles, 5, 2)


def test_a_try_says_where_its_findings_lie(articles: list[Article]) -> None:
    kind = next(kind for kind in KINDS if kind.name == "slot-unfilled")
    found = judge(kind, *draw(kind, articles, 1, 1)[0])
    assert (found.caught, found.overlaps, found.in_sentence) == (True, True, True)
    before, after = found.sentences
    assert "[[" not in before
    assert "[[" in after


def test_no_corruption_asks_the_checker() -> None:
    for file in FOLDER.rglob("*.py"):
        if file.name == "trial.py":
            continue
        names = {
            node.module or "" for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.ImportFrom)
        }
        assert not [name for name in names if name.startswith("pipeline.checking")], file.name
