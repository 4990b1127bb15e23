"""The verdict for people and programs: text with the line and carets, JSON, and how each clause was read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.checking.excerpt import excerpt
from pipeline.checking.second.exchange import Considered, SecondReading
from pipeline.checking.verdict import Claim, Finding, Verdict
from pipeline.errors import one_line

if TYPE_CHECKING:
    from pipeline.checking.explanation import ClauseRead, Explanation, Judgement, ReadAs, Stated

SCHEMA_FILE = Path(__file__).with_name("verdict.schema.json")


def as_json(verdict: Verdict, explanation: Explanation | None = None) -> str:
    """One JSON object: verdict, findings, warnings, claims, clauses; and explanation, where there is one."""
    if explanation is None:
        return verdict.model_dump_json(indent=1)
    from pipeline.checking.explanation import Report

    return Report(**dict(verdict), explanation=explanation).model_dump_json(indent=1)


def schema_text() -> str:
    """The JSON Schema of what `as_json` gives, as text."""
    from pipeline.checking.explanation import Report

    schema = Report.model_json_schema(mode="serialization")
    schema["required"] = [name for name in schema["required"] if name != "explanation"]
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=1) + "\n"


def write_schema(path: Path = SCHEMA_FILE) -> Path:
    """Write the schema to its file and give its place."""
    path.write_text(schema_text(), encoding="utf-8")
    return path


def as_text(verdict: Verdict, name: str, text: str = "") -> str:
    """Findings one after another as `name:line:column: CODE [rule] message`, each with its line, carets and help, then
    what a second reader read and the facts proved, then the verdict in one line."""
    lines = text.split("\n")
    parts = [_finding(finding, name, lines) for finding in (*verdict.findings, *verdict.warnings)]
    second = "\n".join(_second(claim, name, text) for claim in verdict.of_second)
    return "\n\n".join([*parts, *([second] if second else []), f"{verdict.verdict}: {tally(verdict)}"])


def tally(verdict: Verdict) -> str:
    """The counts of a verdict: "97 of 98 claims proved (2 as read by MODEL), 1 finding"."""
    proved = f"{verdict.proved} of {len(verdict.claims)} claims proved"
    if verdict.second is not None and verdict.of_second:
        proved += f" ({len(verdict.of_second)} as read by {one_line(verdict.second.call.model)})"
    told = [proved, _count(len(verdict.findings), "finding")]
    return ", ".join([*told, *([_count(len(verdict.warnings), "warning")] if verdict.warnings else [])])


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def _finding(finding: Finding, name: str, lines: list[str]) -> str:
    kind = "warning: " if finding.severity == "warning" else ""
    place = f"{one_line(name)}:{finding.line}:{finding.column}"
    out = [f"{place}: {finding.code} [{finding.rule}] {kind}{one_line(finding.message)}"]
    number = str(finding.line)
    margin = " " * len(number)
    if finding.line <= len(lines):
        at = finding.column - 1
        shown = excerpt(lines[finding.line - 1].removesuffix("\r"), at, at + finding.end - finding.start)
        out += [f"{margin} |", f"{number} | {shown.line}", f"{margin} | {shown.carets} {finding.severity}"]
    if finding.help:
        out.append(f"{margin} = help: {one_line(finding.help)}")
    return "\n".join(out)


def _second(claim: Claim, name: str, text: str) -> str:
    """A claim that holds as a second reader reads it."""
    before = text[: claim.start]
    place = f"{one_line(name)}:{before.count(chr(10)) + 1}:{claim.start - before.rfind(chr(10))}"
    words = one_line(" ".join(claim.text.split()))
    return f"{place}: second reading: `{words}` is proved by {', '.join(claim.facts)}"


def explained(explanation: Explanation, second: SecondReading | None = None) -> str:
    """An explanation as text: for each clause what stood in focus before it, then its words, mentions, claims and
    readings; then what a second reader proposed, and what became of it. `*` marks the reading the verdict rests on,
    `~` the plausible ones beside it."""
    out: list[str] = []
    for part in explanation.attributed:
        out += [f'"{one_line(part.text)}"', f"  attributed to note {one_line(part.note)}"]
        out += [f"  not the note's {one_line(fault)}" for fault in part.faults]
    for clause in explanation.clauses:
        out += _clause(clause)
    for one in second.considered if second else ():
        out += _considered(one)
    return "\n".join(out)


def _clause(clause: ClauseRead) -> Iterator[str]:
    state = "; ".join(f"{name} {_said(value)}" for name, value in clause.state.items()) or "nothing"
    yield f"line {clause.line}, in focus: {state}"
    found = f", found: {', '.join(clause.findings)}" if clause.findings else ""
    taken = ", read of the article's instrument by convention" if clause.by_convention else ""
    yield f'"{one_line(clause.text)}" ({clause.status}{taken}{found})'
    for mention in clause.mentions:
        values = f" = {', '.join(mention.values[:4])}" if mention.values else ""
        yield f"  {mention.kind}: {'from the heading' if mention.inherited else one_line(mention.text)}{values}"
    for claim in clause.claims:
        yield from _claim(claim)


def _considered(one: Considered) -> Iterator[str]:
    """A reading that a second reader proposed."""
    yield f'"{one_line(one.text)}"'
    yield f"  second reading: {one.outcome}{f' ({one_line(one.reason)})' if one.reason else ''}"
    for claim in one.reading.claims:
        told = [claim.fact, claim.relation, claim.than, claim.figure, claim.direction, claim.label]
        said = f"{'not ' if claim.negated else ''}{' '.join(filter(None, told))}, from {' | '.join(claim.words)}"
        yield f"   {one_line(said)}"


def _said(value: object) -> str:
    """A value of the discourse state in words."""
    if isinstance(value, dict):
        return " ".join(map(str, value.values()))
    return " and ".join(map(_said, value)) if isinstance(value, list) else str(value)


def _claim(claim: Judgement) -> Iterator[str]:
    verdict = f"{claim.verdict.replace('_', ' ')}, " if claim.verdict else ""
    yield f"  claim `{one_line(claim.text)}`: {verdict}{claim.why}"
    for reading in claim.readings:
        mark = "*" if reading.used else "~" if reading.plausible else " "
        yield f"   {mark} {reading.cost:.2f} {_reading(reading)}"
    if claim.more:
        yield f"     and {claim.more} more"


def _reading(reading: ReadAs) -> str:
    if reading.spoken_for:
        return f"spoken for: {reading.note}"
    note = f"{reading.note}, who says that it is not so" if reading.denied else reading.note
    return f"{note}: {'; '.join(map(_stated, reading.statements)) or 'states nothing'}"


def _stated(stated: Stated) -> str:
    word = {True: "holds", False: "does not hold", None: "no fact"}[stated.holds]
    names = ", ".join(fact.id for fact in stated.facts[:3]) + (", ..." if len(stated.facts) > 3 else "")
    return f"{word} ({names or 'none'}: {stated.truth or 'nothing'})"
