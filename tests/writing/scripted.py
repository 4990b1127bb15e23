"""A scripted model, a checker that looks for given words, and the article they are tried on."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.checking.verdict import Claim, Finding, Verdict
from pipeline.facts.slots import Span
from pipeline.facts.snapshot import Snapshot
from pipeline.writing.draft import Draft
from pipeline.writing.outcome import Message, ModelError, Reply, Usage
from pipeline.writing.sentences import sentences

ARTICLE = """# Nasdaq Composite Rises [[IXIC.change_1d]] to End 2018

The Nasdaq Composite lagged the S&P 500 by [[IXIC/SPX.spread_1d]] on the day.

Data as of the close, Mon. Dec. 31, 2018 (ET)

The Nasdaq Composite rose [[IXIC.change_1d]] on the day to [[IXIC.close]]. The tech-heavy index soared. It fell
[[IXIC.change_ytd]] in the year."""
REPAIRED = "The index gained [[IXIC.points_1d]] points on the day."
TEMPLATE = Draft("# The template's headline\n\nThe template's article.", "template")


class Scripted:
    """A model that gives its answers in order and fails a test that asks for more."""

    model = "scripted"

    def __init__(self, *answers: str | ModelError) -> None:
        self.answers = list(answers)
        self.asked: list[Sequence[Message]] = []

    def __call__(self, messages: Sequence[Message]) -> Reply:
        self.asked.append(messages)
        assert self.answers, f"the script has no answer number {len(self.asked)}"
        answer = self.answers.pop(0)
        if isinstance(answer, ModelError):
            raise answer
        return Reply(text=answer, usage=Usage(input_tokens=10, output_tokens=5), seconds=0.5)


class Rejects:
    """A checker that rejects given words and proves every printed slot."""

    def __init__(self, *words: str) -> None:
        self.words = words
        self.texts: list[str] = []

    def __call__(self, text: str, snapshot: Snapshot, spans: tuple[Span, ...]) -> Verdict:
        self.texts.append(text)
        findings = tuple(
            Finding(severity="refuted", rule="hype", code="T1", message=f"`{word}` is hype", help="write rose", line=1,
                    column=1, start=text.index(word), end=text.index(word) + len(word), text=word,
                    facts=(f"{snapshot.primary.symbol}.points_1d",))
            for word in self.words if word in text
        )  # fmt: skip
        claims = tuple(
            Claim(start=span.start, end=span.end, text="", form="level", verdict="supported", facts=(span.fact,))
            for span in spans
        )
        return Verdict(verdict="rejected" if findings else "accepted", findings=findings, claims=claims)


def write_template(_: Snapshot) -> Draft:
    """The stand-in."""
    return TEMPLATE


def number_of(text: str, word: str) -> int:
    """The number of the sentence that holds a word."""
    return next(one.number for one in sentences(text) if word in one.text)


SOARED = number_of(ARTICLE, "soared")
