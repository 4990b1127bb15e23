"""The judges on sentences whose faults are known: each as its package describes it."""

from __future__ import annotations

import pytest

from benchmarks.checker.batches import Article, load
from benchmarks.checker.figures import Figures, measure
from benchmarks.checker.judges import JUDGES, OURS, Checker
from benchmarks.checker.prices import passed, prices
from benchmarks.checker.report import report

CLOSE = "The Nasdaq Composite closed at a record 8,109.69 on Wednesday."


@pytest.fixture(scope="module")
def article() -> Article:
    """The Nasdaq Composite on Aug. 29, 2018."""
    return load("first").articles[0]


def wrong(name: str, article: Article, text: str) -> list[str]:
    """What a judge flags in a text."""
    try:
        judge = JUDGES[name](article)
    except ImportError:
        pytest.skip(f"{name} is not installed: pip install -e '.[bench]'")
    return [text[flag.start : flag.end] for flag in judge(text, 0, len(text))]


@pytest.mark.parametrize("name", JUDGES)
def test_a_true_sentence_passes(name: str, article: Article) -> None:
    assert wrong(name, article, CLOSE) == []


@pytest.mark.parametrize("name", JUDGES)
def test_a_figure_far_from_all_data_does_not(name: str, article: Article) -> None:
    found = wrong(name, article, CLOSE.replace("8,109.69", "987,654.32"))
    assert ",".join(found) == "987,654.32"  # one of them takes the comma for the end of a number


@pytest.mark.parametrize(("name", "flagged"), [("plain", True), ("figured", False), ("corroborate", True)])
def test_a_near_figure_passes_where_there_is_a_tolerance(name: str, flagged: bool, article: Article) -> None:
    assert bool(wrong(name, article, CLOSE.replace("8,109.69", "8,109.68"))) is flagged


def test_only_the_checker_sees_the_wrong_name(article: Article) -> None:
    text = CLOSE.replace("Nasdaq Composite", "S&P 500")
    assert wrong("plain", article, text) == []
    assert wrong(OURS, article, text)


def test_prices_are_figures_to_the_cent_near_a_close(article: Article) -> None:
    text = article.text
    found = [text[one.start : one.end] for one in prices(article, 0, len(text))]
    assert {"8,109.69", "2,914.04", "8,044.34", "2,916.50"} <= set(found)
    assert not {"79.65", "72.03", "67.05", "73.50"} & set(found)


def test_a_judge_that_passes_everything_passes_all_prices(article: Article) -> None:
    tried, unseen = passed(article, lambda *_: [], 2, 1)
    assert tried == unseen > 10
    assert passed(article, Checker(article), 2, 1)[1] == 0


def test_figures_add_up_and_a_missing_judge_is_told(article: Article) -> None:
    blind = measure(article, lambda *_: [])
    assert (blind.recall(), blind.false_share, blind.accepted) == (0.0, 0.0, 1)
    assert blind.planted.total() == len(article.errors) == 18
    both = blind + blind
    assert (both.articles, both.planted.total(), both.clean) == (2, 36, 2 * blind.clean)
    text = report("batch some", {OURS: both, "figured": None})
    assert "figured is not installed" in text
    assert Figures().summary()["recall"] is None
