"""The checker on the template writer's articles: they pass as they stand, and fail with one thing in them made false.

Which corruptions there are, and why each is false, stands in benchmarks/corruption; the figures are printed.
"""

from __future__ import annotations

import pytest

from benchmarks.corruption.kinds import KINDS
from benchmarks.corruption.trial import Clean, Try, draw_articles, judge_all, judge_clean, share_caught, summary, table

DATES, TRIES, SEED = 200, 40, 20040229
LEAST_CAUGHT = 0.95


def rejected(clean: list[Clean]) -> list[str]:
    """Articles that do not pass with their slots known, with their first finding."""
    return [
        f"{item.article.snapshot.primary.symbol} {item.article.snapshot.as_of}: {item.with_spans.findings[0].message}"
        for item in clean
        if not item.with_spans.accepted
    ]


def missed(tries: list[Try]) -> str:
    """The missed corruptions, for whoever has to mend the checker."""
    return "\n".join(
        f"{item.kind.name} {item.article.snapshot.primary.symbol} {item.article.snapshot.as_of}: {item.sentences[1]}"
        for item in tries
        if not item.caught
    )


def test_articles_of_some_dates_pass_and_their_corruptions_do_not() -> None:
    clean = judge_clean(draw_articles(4, SEED))
    assert not rejected(clean)
    tries = judge_all(clean, 1, SEED)
    assert share_caught(tries) >= LEAST_CAUGHT, missed(tries)


@pytest.fixture(scope="module")
def clean() -> list[Clean]:
    """Articles of dates drawn at random from the whole sample, as they stand."""
    return judge_clean(draw_articles(DATES, SEED))


@pytest.mark.slow
def test_every_article_of_200_random_dates_passes(clean: list[Clean], capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f"\n{summary(clean, ())}")
    assert not rejected(clean)


@pytest.mark.slow
def test_every_kind_of_corruption_is_caught(clean: list[Clean], capsys: pytest.CaptureFixture[str]) -> None:
    tries = judge_all(clean, TRIES, SEED)
    with capsys.disabled():
        print(f"\n{table(tries)}\n{summary(clean, tries)}")
    of_kind = {kind.name: [item for item in tries if item.kind is kind] for kind in KINDS}
    assert not [name for name, found in of_kind.items() if len(found) < TRIES / 2], "too few tries"
    assert not [name for name, found in of_kind.items() if share_caught(found) < LEAST_CAUGHT], missed(tries)
