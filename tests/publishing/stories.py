"""Small makers of claims, findings and records, and ways to look at what was written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from pipeline.checking.verdict import Claim, Finding
from pipeline.facts.snapshot import Snapshot
from pipeline.publishing.record import Run


def claim(text: str, words: str, *facts: str, verdict: Any = "supported") -> Claim:
    """A claim about the first place of some words."""
    start = text.index(words)
    return Claim(start=start, end=start + len(words), text=words, form="level", verdict=verdict, facts=facts)


def finding(text: str, words: str, severity: Any = "refuted", **values: Any) -> Finding:
    """A finding at the first place of some words."""
    start = text.index(words)
    defaults = {"rule": "wrong-value", "code": "NUM01", "message": "it is not so", "help": "write it as it is"}
    return Finding(severity=severity, start=start, end=start + len(words), line=text.count("\n", 0, start) + 1,
                   column=start - text.rfind("\n", 0, start), text=words, **(defaults | values))  # fmt: skip


def run_of(snapshot: Snapshot, **values: Any) -> Run:
    """The record of a template run."""
    defaults = {
        "program": "0.1.0", "as_of": snapshot.as_of, "instruments": ("IXIC", "SPX"), "writer": "template",
        "outcome": "template", "snapshot_digest": snapshot.digest, "catalogue_version": "1",
    }  # fmt: skip
    return Run(**(defaults | values))


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its relative name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def visible(page: str) -> str:
    """The text of a page without tags, styles, scripts and cards."""
    page = re.sub(r"<(style|script|title|svg)\b.*?</\1>", "", page, flags=re.DOTALL)
    page = re.sub(r'<span class="card".*?</span></span>', "", page, flags=re.DOTALL)
    return re.sub(r"<[^>]*>", "", page)


def altered(snapshot: Snapshot, **values: Any) -> Snapshot:
    """A snapshot with other values, unchecked and made anew: a copy would keep its table of facts by id."""
    return Snapshot.model_construct(**{name: getattr(snapshot, name) for name in Snapshot.model_fields} | values)


def lacking(snapshot: Snapshot, *ids: str) -> Snapshot:
    """A snapshot without some facts."""
    return altered(snapshot, facts=tuple(fact for fact in snapshot.facts if fact.id not in ids))
