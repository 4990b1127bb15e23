"""What the checker says: claims with their evidence, findings, and the verdict."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from pipeline.checking.second.exchange import SecondReading

Severity = Literal["refuted", "unproved", "forbidden", "warning"]
ClaimVerdict = Literal["supported", "refuted", "not_enough_info"]
ReaderName = Literal["first", "second"]
"""Who took the text to say it. Whether it is so, the facts decide in both cases."""


class Result(BaseModel):
    """Base of the checker's results."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class Claim(Result):
    """One checkable statement. Offsets are code points of the file, 0-based, half-open."""

    start: int
    end: int
    text: str
    form: str
    verdict: ClaimVerdict
    facts: tuple[str, ...] = ()
    reader: ReaderName = "first"


class Finding(Result):
    """One mistake: where it is, what is wrong, and what makes it right. line and column count from 1."""

    severity: Severity
    rule: str
    code: str
    message: str
    help: str = ""
    start: int
    end: int
    line: int
    column: int
    text: str
    facts: tuple[str, ...] = ()
    reader: ReaderName = "first"


class Clauses(Result):
    """How much of the text was read: clauses with proved or refuted claims, free ones, and denied ones."""

    read: int = 0
    free: int = 0
    denied: int = 0


class Verdict(Result):
    """The judgement of one article. second: what a second reader was asked and added; None without one."""

    verdict: Literal["accepted", "rejected"]
    findings: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    claims: tuple[Claim, ...] = ()
    clauses: Clauses = Clauses()
    second: SecondReading | None = None

    @property
    def accepted(self) -> bool:
        """Whether every statement was proved."""
        return self.verdict == "accepted"

    @property
    def proved(self) -> int:
        """Number of supported claims."""
        return sum(claim.verdict == "supported" for claim in self.claims)

    @property
    def of_second(self) -> tuple[Claim, ...]:
        """Supported claims that a second reader read."""
        return tuple(claim for claim in self.claims if claim.verdict == "supported" and claim.reader == "second")
