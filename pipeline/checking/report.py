"""The verdict for people and programs: text with the line and carets, JSON, the reading explained, the rules."""

from __future__ import annotations

from difflib import get_close_matches

from pipeline.checking.second.exchange import SecondReading
from pipeline.checking.verdict import Claim, Finding, Verdict
from pipeline.errors import InputError
from pipeline.facts.snapshot import Snapshot

WIDTH = 110


def as_json(verdict: Verdict) -> str:
    """One JSON object: verdict, findings, warnings, claims, clauses."""
    return verdict.model_dump_json(indent=1)


def as_text(verdict: Verdict, name: str, text: str = "") -> str:
    """Findings one after another as `name:line:column rule (CODE): message`, what a second reader read and the facts
    proved, then the verdict in one line."""
    lines = text.splitlines()
    parts = [_finding(finding, name, lines) for finding in (*verdict.findings, *verdict.warnings)]
    parts += [_second(claim, name, text) for claim in verdict.claims if claim in verdict.of_second]
    tally = f"{verdict.proved} of {len(verdict.claims)} claims proved"
    if verdict.second is not None and verdict.of_second:
        tally += f" ({len(verdict.of_second)} as read by {verdict.second.call.model})"
    count = len(verdict.findings)
    findings = "no findings" if count == 0 else f"{count} finding{'s' if count > 1 else ''}"
    if verdict.warnings:
        findings += f", {len(verdict.warnings)} warning{'s' if len(verdict.warnings) > 1 else ''}"
    return "\n".join([*parts, f"{verdict.verdict}: {tally}, {findings}"])


def _finding(finding: Finding, name: str, lines: list[str]) -> str:
    kind = "warning: " if finding.severity == "warning" else ""
    out = [f"{name}:{finding.line}:{finding.column} {kind}{finding.rule} ({finding.code}): {finding.message}"]
    if finding.line <= len(lines):
        line, at = lines[finding.line - 1], finding.column - 1
        start = max(0, at - WIDTH // 2)
        width = max(1, min(finding.end - finding.start, len(line) - at, start + WIDTH - at))
        out += [f"    {line[start : start + WIDTH]}", f"    {' ' * (at - start)}{'^' * width}"]
    if finding.help:
        out.append(f"    help: {finding.help}")
    return "\n".join(out)


def _second(claim: Claim, name: str, text: str) -> str:
    """A claim that holds as a second reader reads it."""
    before = text[: claim.start]
    place = f"{before.count(chr(10)) + 1}:{claim.start - before.rfind(chr(10))}"
    words = " ".join(claim.text.split())
    return f"{name}:{place} second reading: `{words}` is proved by {', '.join(claim.facts)}"


def explain(text: str, snapshot: Snapshot, second: SecondReading | None = None) -> str:
    """For each clause its mentions, the discourse state, the ranked readings, the facts and why; then what a second
    reader proposed, and what became of it."""
    from pipeline.checking.checker import citing, reader_for
    from pipeline.checking.proof import Prover
    from pipeline.facts.catalogue import catalogue

    page = reader_for(snapshot).read(text, citing(snapshot), snapshot.as_of)
    prover = Prover(snapshot, catalogue())
    out: list[str] = []
    for citation in page.citations:
        start, end = citation.span(citation.first, citation.last)
        out.append(f'"{text[start:end]}"\n  attributed to note {citation.note.id}')
        out += [f"  {fault.kind} `{citation.printed(fault)}`: not the note's" for fault in citation.faults]
    for reading in page.readings:
        clause = reading.clause
        if not clause.text.strip():
            continue
        out += [f'"{clause.text}"', f"  in focus: {reading.state.describe()}"]
        for mention in clause.mentions:
            names = f" = {', '.join(mention.values[:4])}" if mention.values else ""
            out.append(f"  {mention.kind}: {clause.printed(mention)}{names}")
        for anchor in reading.anchors:
            out.append(f"  claim `{clause.printed(anchor.mention)}`" + ("" if anchor.candidates else ": no reading"))
            for candidate in anchor.candidates[:4]:
                mark = "*" if candidate is anchor.chosen else "~" if candidate in anchor.alternatives else " "
                if candidate.absorbed:
                    out.append(f"   {mark} {candidate.cost:.2f} spoken for: {candidate.note}")
                    continue
                outcomes = [prover.prove(statement) for statement in candidate.statements]
                word = {True: "holds", False: "does not hold", None: "no fact"}
                said = "; ".join(
                    f"{word[item.holds]} ({', '.join(item.facts[:3]) or 'none'}: {item.truth or 'nothing'})"
                    for item in outcomes
                )
                out.append(f"   {mark} {candidate.cost:.2f} {candidate.note}: {said}")
    for one in second.considered if second else ():
        out.append(f'"{one.text}"\n  second reading: {one.outcome}{f" ({one.reason})" if one.reason else ""}')
        for claim in one.reading.claims:
            told = [claim.relation, claim.than, claim.figure, claim.direction, claim.label]
            no = "not " if claim.negated else ""
            out.append(f"   {no}{claim.fact} {' '.join(filter(None, told))}, from {' | '.join(claim.words)}")
    return "\n".join(out)


def rule_catalogue(name: str | None = None) -> str:
    """The rules in one line each, or the page of one, by name or code. Raises InputError for an unknown one."""
    from pipeline.checking.rules import RULES

    if name is None:
        width = max(len(rule.name) for rule in RULES)
        return "\n".join(f"{rule.code:<8} {rule.name:<{width}}  {rule.severity:<10} {rule.summary}" for rule in RULES)
    rule = next((rule for rule in RULES if name.lower() in (rule.name, rule.code.lower())), None)
    if rule is None:
        close = get_close_matches(name.lower(), [rule.name for rule in RULES], 1)
        hint = f" Did you mean {close[0]}?" if close else ""
        raise InputError(f"no rule is called {name[:60]!r}.{hint} List them with technical-trader rules.")
    lines = [f"{rule.name} ({rule.code}, {rule.severity})", "", rule.doc, ""]
    lines += [f"flags:  {example}" for example in rule.flags] + [f"passes: {example}" for example in rule.passes]
    return "\n".join(lines).rstrip()
