"""A verdict as SARIF 2.1.0, the format of editors and code hosts for what a checker found.

Deterministic: no times, and nothing of this machine but the addresses of the article, as it was named, and of the
documentation. Places are code points, not counting a byte order mark, as the standard has it. Words of the article
stand in messages as plain text: what would make them a placeholder or a link is written so that it does not.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import quote

from pipeline.checking.handbook import DOCS, family, page
from pipeline.checking.rules import RULES
from pipeline.checking.rules.rule import Rule
from pipeline.checking.second.exchange import VARIES, SecondReading
from pipeline.checking.verdict import ClaimVerdict, Finding, Severity, Verdict
from pipeline.facts.snapshot import Snapshot

if TYPE_CHECKING:
    from pipeline.checking.explanation import Explanation

VERSION = "2.1.0"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS: dict[Severity, str] = {"refuted": "error", "unproved": "error", "forbidden": "error", "warning": "warning"}
"""All that rejects an article is an error: what could not be proved is not printed either."""
FINGERPRINT = "words/v1"
_INDEX = {rule.code: index for index, rule in enumerate(RULES)}
_BOM = "\ufeff"
_BEFORE = 5
"""How many words before a finding's go into its fingerprint, if they are within so many characters."""
_NEAR = 200

Sarif = dict[str, Any]


def as_sarif(verdict: Verdict, snapshot: Snapshot, name: str, text: str, explanation: Explanation | None = None) -> str:
    """The log of one article. name: the path it was named by, or "-". text: the file's."""
    from pipeline import __version__

    uri = address(name)
    found = [*verdict.findings, *verdict.warnings]
    seen: Counter[str] = Counter()
    counted = Counter(claim.verdict for claim in verdict.claims)
    properties = {
        "verdict": verdict.verdict,
        "claims": {"total": len(verdict.claims), **{name: counted[name] for name in get_args(ClaimVerdict)}},
        "clauses": verdict.clauses.model_dump(),
        **({"second": _second(verdict.second, verdict)} if verdict.second else {}),
        "snapshot": {
            "asOf": snapshot.as_of.isoformat(), "digest": snapshot.digest, "schemaVersion": snapshot.schema_version,
            "catalogueVersion": snapshot.catalogue_version,
        },
        **({"explanation": explanation.model_dump(mode="json", exclude_defaults=True)} if explanation else {}),
    }  # fmt: skip
    run: Sarif = {
        "tool": {"driver": {
            "name": "technical-trader", "version": __version__, "semanticVersion": __version__,
            "rules": [_rule(rule) for rule in RULES],
        }},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{
            "location": {"uri": uri}, "encoding": "UTF-8", "mimeType": "text/markdown", "roles": ["analysisTarget"],
            "hashes": {"sha-256": hashlib.sha256(text.encode()).hexdigest()},
        }],
        "invocations": [{"executionSuccessful": True, "exitCode": 0 if verdict.accepted else 1}],
        "results": [_result(finding, uri, text, seen) for finding in found],
        "properties": properties,
    }  # fmt: skip
    return json.dumps({"$schema": SCHEMA, "version": VERSION, "runs": [run]}, indent=1, ensure_ascii=False)


def address(name: str) -> str:
    """The address of a file as it was named: relative if the name is."""
    path = Path(name)
    return path.as_uri() if path.is_absolute() else quote("stdin" if name == "-" else path.as_posix())


def plain(text: str) -> str:
    """A text as it stands in a message: its braces are no placeholders, its brackets no links."""
    return text.replace("{", "{{").replace("}", "}}").replace("](", "\\](")


def _second(second: SecondReading, verdict: Verdict) -> Sarif:
    """What a second reader proposed, and the claims that are judged as it reads them."""
    claims = [claim.model_dump(mode="json") for claim in verdict.claims if claim.reader == "second"]
    return {**second.model_dump(mode="json", exclude=VARIES), "claims": claims}


def _rule(rule: Rule) -> Sarif:
    where = {"helpUri": f"{DOCS.as_uri()}#{rule.name}"} if DOCS.is_file() else {}
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": plain(f"{rule.summary}.")},
        "fullDescription": {"text": plain(rule.doc)},
        "help": {"text": plain(page(rule))},
        **where,
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"severity": rule.severity, "tags": [family(rule)]},
    }


def _result(finding: Finding, uri: str, text: str, seen: Counter[str]) -> Sarif:
    help = f" Help: {finding.help}." if finding.help else ""
    return {
        "ruleId": finding.code,
        "ruleIndex": _INDEX[finding.code],
        "level": LEVELS[finding.severity],
        "message": {"text": plain(f"{finding.message}.{help}")},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": uri, "index": 0}, "region": _region(finding, text)
        }}],
        "partialFingerprints": {FINGERPRINT: _fingerprint(finding, text, seen)},
        "properties": {"severity": finding.severity, "facts": list(finding.facts), "reader": finding.reader},
    }  # fmt: skip


def _region(finding: Finding, text: str) -> Sarif:
    """The place of a finding, by line and column and by offset."""
    mark = len(_BOM) if text.startswith(_BOM) else 0
    inside = text[finding.start : finding.end]
    breaks = inside.count("\n")
    ends = finding.column + len(inside) if not breaks else len(inside) - inside.rfind("\n")
    return {
        "startLine": finding.line,
        "startColumn": max(finding.column - (mark if finding.line == 1 else 0), 1),
        "endLine": finding.line + breaks,
        "endColumn": max(ends - (mark if finding.line + breaks == 1 else 0), 1),
        "charOffset": max(finding.start - mark, 0),
        "charLength": finding.end - max(finding.start, mark),
        "snippet": {"text": inside},
    }  # fmt: skip


def _fingerprint(finding: Finding, text: str, seen: Counter[str]) -> str:
    """What stays the same when other parts of the article change: the rule, the words and a few before them, and which
    of several alike it is."""
    near = max(finding.start - _NEAR, 0)
    line = text[max(text.rfind("\n", near, finding.start) + 1, near) : finding.start]
    before = " ".join(line.split()[-_BEFORE:])
    mark = hashlib.sha256(f"{finding.code}\n{before}\n{' '.join(finding.text.split())}".encode()).hexdigest()[:16]
    seen[mark] += 1
    return f"{mark}:{seen[mark]}"
