"""Drawing corruptions over the dates of the sample and putting each to the checker."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from statistics import median

from benchmarks.corruption.article import Article, written
from benchmarks.corruption.kind import Change, Corruption
from benchmarks.corruption.kinds import KINDS
from pipeline.checking.checker import check
from pipeline.checking.verdict import Verdict
from pipeline.facts.build import build_snapshot
from pipeline.market.sources import open_source

FEWEST_BARS = 30
"""An article needs that many bars; earlier sessions of the sample are not drawn."""

Said = frozenset[tuple[str, str]]
"""Findings by code and message."""


@dataclass(frozen=True, slots=True)
class Clean:
    """An article as it was written, and what the checker makes of it with its slots known and without."""

    article: Article
    with_spans: Verdict
    without: Verdict

    @property
    def said(self) -> Said:
        """What is found in it as plain text, though nothing is wrong: no corruption is caught by that."""
        return frozenset((item.code, item.message) for item in self.without.findings)


@dataclass(frozen=True, slots=True)
class Try:
    """One corrupted article: the change, whether it was caught, and where its findings lie."""

    kind: Corruption
    article: Article
    change: Change
    caught: bool
    overlaps: bool
    in_sentence: bool
    seconds: float

    @property
    def sentences(self) -> tuple[str, str]:
        """The sentence before and after."""
        start, end = self.article.sentence(self.change.start)
        grown = self.change.new_end - self.change.end
        return self.article.text[start:end], self.change.applied(self.article.text)[start : end + grown]


def draw_articles(dates: int, seed: int) -> list[Article]:
    """Articles of random sessions of the sample, each index in turn against the other."""
    rng, source = Random(seed), open_source("sample", None)
    bars = {symbol: source.load(symbol) for symbol in source.symbols()}
    symbols = sorted(bars)
    days = [stamp.date() for stamp in bars[symbols[0]].frame.index[FEWEST_BARS:]]
    chosen = rng.sample(days, dates)
    turns = [symbols, symbols[::-1]]
    return [
        written(build_snapshot(bars[turns[place % 2][0]], bars[turns[place % 2][1]], day))
        for place, day in enumerate(chosen)
    ]


def judge_clean(articles: Iterable[Article]) -> list[Clean]:
    """Each article as it stands, with its slots known and as plain text."""
    return [
        Clean(item, check(item.text, item.snapshot, item.spans), check(item.text, item.snapshot)) for item in articles
    ]


def draw(kind: Corruption, articles: Sequence[Article], tries: int, seed: int) -> list[tuple[Article, Change]]:
    """Up to so many changes of a kind, spread over the articles as evenly as they allow."""
    rng = Random(f"{seed} {kind.name}")
    shuffled = rng.sample(articles, len(articles))
    pools = []
    for article in shuffled:
        changes = list(dict.fromkeys(kind.make(article, rng)))
        rng.shuffle(changes)
        pools.append((article, changes))
        if sum(bool(pool) for _, pool in pools) >= tries:
            break
    rounds = max((len(changes) for _, changes in pools), default=0)
    spread = [(article, changes[turn]) for turn in range(rounds) for article, changes in pools if turn < len(changes)]
    return spread[:tries]


def judge(kind: Corruption, article: Article, change: Change, said: Said = frozenset()) -> Try:
    """One corrupted article put to the checker as plain text, as its offsets have moved. said: see `Clean.said`."""
    started = time.perf_counter()
    verdict = check(change.applied(article.text), article.snapshot)
    seconds = time.perf_counter() - started
    start, end = article.sentence(change.start)
    end += change.new_end - change.end
    findings = [item for item in verdict.findings if (item.code, item.message) not in said]
    return Try(
        kind, article, change,
        caught=bool(findings),
        # An empty stretch is overlapped by what touches it.
        overlaps=any(item.start <= change.new_end and change.start <= item.end for item in findings),
        in_sentence=any(item.start < end and start < item.end for item in findings),
        seconds=seconds,
    )  # fmt: skip


def judge_all(clean: Sequence[Clean], tries: int, seed: int, kinds: Sequence[Corruption] = KINDS) -> list[Try]:
    """Tries of every kind on the articles that pass as they stand: elsewhere anything would be caught."""
    said = {item.article.text: item.said for item in clean if item.with_spans.accepted}
    articles = [item.article for item in clean if item.with_spans.accepted]
    return [
        judge(kind, article, change, said[article.text])
        for kind in kinds
        for article, change in draw(kind, articles, tries, seed)
    ]


def share_caught(tries: Sequence[Try]) -> float:
    """The share of tries that were caught; 0 of none."""
    return sum(item.caught for item in tries) / len(tries) if tries else 0.0


def table(tries: Sequence[Try], kinds: Sequence[Corruption] = KINDS) -> str:
    """Kind, tries, caught, share, and the shares of caught ones with a finding on the words and in the sentence."""
    lines = [f"{'kind':28} tries caught  share  on words  in sentence"]
    rows = [(kind.name, [item for item in tries if item.kind is kind]) for kind in kinds]
    for name, found in [*rows, ("all", list(tries))]:
        caught = [item for item in found if item.caught]
        words, sentence = (
            sum(place) / len(caught) if caught else 0.0
            for place in ([item.overlaps for item in caught], [item.in_sentence for item in caught])
        )
        lines.append(
            f"{name:28} {len(found):5} {len(caught):6} {share_caught(found):6.1%} {words:9.1%} {sentence:12.1%}"
        )
    return "\n".join(lines)


def summary(clean: Sequence[Clean], tries: Sequence[Try]) -> str:
    """Clean articles accepted, and the median time of a check."""
    accepted = [sum(verdict.accepted for verdict in verdicts) for verdicts in
                ([item.with_spans for item in clean], [item.without for item in clean])]  # fmt: skip
    lines = [f"clean articles accepted: {accepted[0]} of {len(clean)} with slots, {accepted[1]} as plain text"]
    if tries:
        lines.append(f"time of a check, median: {1000 * median(item.seconds for item in tries):.0f} ms")
    return "\n".join(lines)
