"""What writing gives back: the calls to a model, the attempts, and the article with how it came about.

Everything but `Written` is a frozen pydantic model, so that run.json and the attempts folder are plain dumps of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict

from pipeline.checking.second.exchange import SecondReading
from pipeline.checking.verdict import Finding, Verdict
from pipeline.errors import UnreachableError
from pipeline.facts.slots import Span
from pipeline.facts.snapshot import Snapshot
from pipeline.writing.draft import Draft, Rendered

Outcome = Literal["model", "repaired", "fallback", "template"]
"""model: its first draft was proved. repaired: proved after the checker's findings were sent back. fallback: the
template writer stood in, and `Written.reason` says why. template: it was asked for."""


class Record(BaseModel):
    """Base of what a run keeps of its writing."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Usage(Record):
    """Tokens of one call. None is unknown, which many local servers leave it; it is never 0."""

    input_tokens: int | None = None
    output_tokens: int | None = None


class Message(Record):
    """One message of a conversation with a model."""

    role: Literal["system", "user", "assistant"]
    content: str


class Reply(Record):
    """What a model answered: its text without reasoning and fences, and what the answer cost."""

    text: str
    usage: Usage = Usage()
    seconds: float = 0.0
    tries: int = 1


class Attempt(Record):
    """One step towards the article.

    round: 0 for the first draft. kind: who wrote it and why. prompt_sha256: of the messages sent, None for the
    template. draft: the whole draft after the step, with slots. second: the call of a second reader about the draft,
    without its readings. error: why the model gave none.
    """

    round: int
    kind: Literal["draft", "repair", "template"]
    writer: str
    prompt_sha256: str | None = None
    seconds: float = 0.0
    tries: int = 1
    usage: Usage = Usage()
    draft: str = ""
    findings: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()
    second: SecondReading | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """An accepted article and how it came about. reason: why the template writer stood in, for people; else empty.

    prompts_sha256: of the prompt files that were used; None without a model.
    """

    outcome: Outcome
    draft: Draft
    rendered: Rendered
    verdict: Verdict
    attempts: tuple[Attempt, ...]
    reason: str = ""
    prompts_sha256: str | None = None


class ModelError(UnreachableError):
    """A model that cannot be reached, or that gives no usable article.

    reason: a short name ("refused", "timeout", "truncated"). The message is one sentence of what happened and one of
    what to do, and never holds a key or a word of the server's.
    """

    def __init__(self, reason: str, message: str, *, usage: Usage | None = None, tries: int = 1) -> None:
        super().__init__(message)
        self.reason = reason
        self.usage = usage or Usage()
        self.tries = tries
        self.attempts: tuple[Attempt, ...] = ()


class Chat(Protocol):
    """A model in conversation. `model` is its name as asked for."""

    @property
    def model(self) -> str: ...

    def __call__(self, messages: Sequence[Message]) -> Reply:
        """The answer to a conversation. Raises ModelError."""
        ...


Check = Callable[[str, Snapshot, tuple[Span, ...]], Verdict]
"""Judges a rendered text by a snapshot; the spans say which fact printed what."""

WriteTemplate = Callable[[Snapshot], Draft]
"""The template writer."""
