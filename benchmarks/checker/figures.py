"""What a judge reached on marked articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from statistics import median, quantiles
from typing import Any

from benchmarks.checker.batches import Article
from benchmarks.checker.flags import Judge, clause_around, fresh
from benchmarks.checker.judges import Checker
from benchmarks.checker.prices import passed
from pipeline.checking.tokens import tokenise

GROUPS: Mapping[str, frozenset[str]] = {
    "number, binding, word, date": frozenset((
        "number", "binding", "instrument", "measure", "window", "timeframe", "unit", "direction", "side", "date",
        "streak",
    )),
    "label, record, name": frozenset(("label", "record", "name", "attribution")),
    "cause, forecast, advice": frozenset(("cause", "forecast", "advice", "quantifier")),
}  # fmt: skip
"""The families of errors by the goals they have."""


@dataclass(slots=True)
class Figures:
    """Counts of a judge on some articles; the sum of two is that of both.

    planted, caught: errors by family. flagged: errors whose sentence has a finding that names other words, or gives
    another reason, than the clean one's: with those that could not be read anyway. on_words: caught errors with a new
    finding that overlaps the wrong words and stays in their clause; lengths: its tokens. false: findings in no sentence
    marked faulty. read, free, denied: the checker's clauses. drawn, passed: random prices. paces: milliseconds for
    1,000 words.
    """

    articles: int = 0
    accepted: int = 0
    clean: int = 0
    held_up: int = 0
    faulty: int = 0
    faulty_found: int = 0
    planted: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    flagged: int = 0
    on_words: int = 0
    lengths: list[int] = field(default_factory=list)
    false: int = 0
    claims: int = 0
    proved: int = 0
    read: int = 0
    free: int = 0
    denied: int = 0
    drawn: int = 0
    passed: int = 0
    paces: list[float] = field(default_factory=list)

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, item.name) + getattr(other, item.name) for item in fields(self)))

    def recall(self, families: frozenset[str] | None = None) -> float | None:
        """Share of planted errors caught, of all families or some; None where none was planted."""
        chosen = [name for name in self.planted if families is None or name in families]
        return share(sum(self.caught[name] for name in chosen), sum(self.planted[name] for name in chosen))

    @property
    def flagged_share(self) -> float | None:
        """Share of planted errors that are flagged, be it only as unread."""
        return share(self.flagged, self.planted.total())

    @property
    def false_share(self) -> float | None:
        """Share of clean sentences held up."""
        return share(self.held_up, self.clean)

    def summary(self) -> dict[str, Any]:
        """The figures by name, for people and programs: counts, shares from 0 to 1, None where there is nothing."""
        clauses = self.read + self.free + self.denied
        return {
            "articles": self.articles,
            "articles accepted whole": self.accepted,
            "errors planted": dict(sorted(self.planted.items())),
            "errors caught": {family: self.caught[family] for family in sorted(self.planted)},
            "recall": self.recall(),
            "recall by goal": {name: self.recall(families) for name, families in GROUPS.items()},
            "errors caught, with those unread anyway": self.flagged,
            "clean sentences": self.clean,
            "clean sentences held up": self.held_up,
            "share of clean sentences held up": self.false_share,
            "sentences marked faulty": self.faulty,
            "sentences marked faulty with a finding": self.faulty_found,
            "false findings": self.false,
            "claims": self.claims,
            "claims proved": self.proved,
            "false findings per 100 claims": share(100 * self.false, self.claims),
            "share of clauses read": share(self.read, clauses),
            "share of clauses free": share(self.free, clauses),
            "share of clauses denied": share(self.denied, clauses),
            "share of caught errors with a finding on the wrong words in their clause": share(
                self.on_words, self.caught.total()
            ),
            "tokens of a finding, median": median(self.lengths) if self.lengths else None,
            "tokens of a finding, p95": percentile(self.lengths, 95),
            "random prices drawn": self.drawn,
            "random prices that pass": self.passed,
            "share of random prices that pass": share(self.passed, self.drawn),
            "milliseconds for 1,000 words, p50": percentile(self.paces, 50),
            "milliseconds for 1,000 words, p99": percentile(self.paces, 99),
        }


def share(part: float, whole: int) -> float | None:
    """A part of a whole; None of nothing."""
    return part / whole if whole else None


def percentile(values: list[float] | list[int], rank: int) -> float | None:
    """A percentile of some values; None of none."""
    if len(values) < 2:
        return values[0] if values else None
    return quantiles(values, n=100, method="inclusive")[rank - 1]


def measure(article: Article, judge: Judge, rounds: int = 0, seed: int = 1) -> Figures:
    """Judge an article as it stands, with each error, and with random prices for so many rounds."""
    figures = Figures(articles=1)
    flags = judge(article.text, 0, len(article.text))
    figures.accepted = not flags
    for mark in article.marks:
        touched = bool(judge(article.text, mark.start, mark.end))
        figures.clean += mark.true
        figures.held_up += mark.true and touched
        figures.faulty += not mark.true
        figures.faulty_found += not mark.true and touched
    faulty = [(mark.start, mark.end) for mark in article.marks if not mark.true]
    figures.false = sum(not any(flag.touches(*place) for place in faulty) for flag in flags)
    before = {error: judge(article.text, error.start, error.end) for error in article.errors}
    for error, flagged in before.items():
        text = error.change.applied(article.text)
        grown = error.change.new_end - error.change.end
        figures.planted[error.family] += 1
        after = judge(text, error.start, error.end + grown)
        said = {(flag.rule, article.text[flag.start : flag.end]) for flag in flagged}
        figures.flagged += any((flag.rule, text[flag.start : flag.end]) not in said for flag in after)
        if new := fresh(flagged, after, error.change):
            figures.caught[error.family] += 1
            first, last = clause_around(text, *error.wrong)
            near = [flag for flag in new if flag.touches(*error.wrong)]
            figures.on_words += any(first <= flag.start and flag.end <= last for flag in near)
            figures.lengths.append(min(len(tokenise(text[flag.start : flag.end])) for flag in near or new))
    figures.drawn, figures.passed = passed(article, judge, rounds, seed)
    if isinstance(judge, Checker):
        verdict = judge.verdict
        figures.claims, figures.proved = len(verdict.claims), verdict.proved
        figures.read, figures.free, figures.denied = (
            verdict.clauses.read, verdict.clauses.free, verdict.clauses.denied,
        )  # fmt: skip
        figures.paces = judge.paces
    return figures
