"""The record of a run (run.json) and what a reviewer decided (review.json)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, JsonValue

from pipeline.facts.snapshot import Snapshot
from pipeline.writing.outcome import Attempt, Outcome, Written


class Run(BaseModel):
    """How an article was made. The only file of an article that holds times, so that all others are reproducible.

    program: version of this program. settings: what the run was asked for. writer: "template" or the model's name.
    reason: why the template writer stood in. attempts: without their drafts, which are in the attempts folder.
    stages: seconds by name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal["1"] = "1"
    program: str
    as_of: date
    instruments: tuple[str, ...]
    snapshot_digest: str
    catalogue_version: str
    settings: dict[str, JsonValue] = {}
    writer: str
    outcome: Outcome
    reason: str = ""
    prompts_sha256: str | None = None
    attempts: tuple[Attempt, ...] = ()
    language: str = "en"
    started: AwareDatetime | None = None
    completed: AwareDatetime | None = None
    stages: dict[str, float] = {}

    @property
    def by_model(self) -> bool:
        """Whether a language model wrote the article."""
        return self.outcome in ("model", "repaired")


def record(
    written: Written,
    snapshot: Snapshot,
    *,
    settings: dict[str, JsonValue] | None = None,
    started: AwareDatetime | None = None,
    completed: AwareDatetime | None = None,
    stages: dict[str, float] | None = None,
) -> Run:
    """The record of what was written from a snapshot, with the times and settings the caller knows."""
    from pipeline import __version__

    return Run(
        program=__version__,
        as_of=snapshot.as_of,
        instruments=tuple(item.symbol for item in snapshot.instruments),
        snapshot_digest=snapshot.digest,
        catalogue_version=snapshot.catalogue_version,
        settings=settings or {},
        writer=written.draft.writer,
        outcome=written.outcome,
        reason=written.reason,
        prompts_sha256=written.prompts_sha256,
        attempts=tuple(attempt.model_copy(update={"draft": ""}) for attempt in written.attempts),
        started=started,
        completed=completed,
        stages=stages or {},
    )


class Review(BaseModel):
    """A reviewer's decision as far as it is shown; the file may hold more."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    status: Literal["approved", "declined"]
    by: str = ""
    note: str = ""
