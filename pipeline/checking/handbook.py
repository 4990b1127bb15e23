"""The rules for people and programs: the list, one rule's page, JSON, and docs/rules.md, all from the rules themselves.

What the checker says of each bad example stands in rules/examples.json, so that a page needs no bars to be printed;
`write` makes both files from a snapshot of the bundled sample's last session.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.checking.rules import RULES
from pipeline.checking.rules.rule import Rule
from pipeline.checking.sourced import source_of
from pipeline.errors import InputError, shown
from pipeline.facts.snapshot import Note, Snapshot

DOCS = Path(__file__).resolve().parents[2] / "docs" / "rules.md"
EXAMPLES = Path(__file__).with_name("rules") / "examples.json"
NOTE = Note(
    id="fed", text="We raised the target range by a quarter point to 2.25% to 2.5%.", figures=("2.25%", "2.5%"),
    speaker="Jerome Powell", publisher="Federal Reserve", url="https://www.federalreserve.gov/",
    published=date(2018, 12, 19),
)  # fmt: skip
"""The note that the rules' examples speak of."""
FAMILIES = {
    "READ": "What cannot be read",
    "BIND": "Figures and words bound to the wrong thing",
    "NUM": "Figures",
    "WORD": "Words",
    "REC": "Records and streaks",
    "DATE": "Dates",
    "NAME": "Names",
    "TEXT": "Lost text",
    "NOTE": "Notes and quotations",
    "INF": "Causes, forecasts, advice and moods",
    "STYLE": "Style, which only warns",
}
"""Titles of the rules' families, by the letters of their codes."""
SEVERITIES = {
    "refuted": "a fact contradicts the words",
    "unproved": "no fact proves them, or they cannot be read",
    "forbidden": "an article never says so, whatever the facts",
    "warning": "a matter of style, which changes neither verdict nor exit code",
}

Said = Mapping[str, list[dict[str, str]]]
"""For each rule by name, the message and help of each of its bad examples."""


def listing() -> str:
    """Every rule on a line: code, name, severity, summary."""
    width = max(len(rule.name) for rule in RULES)
    return "\n".join(f"{rule.code:<8} {rule.name:<{width}}  {rule.severity:<10} {rule.summary}" for rule in RULES)


def find(name: str) -> Rule:
    """The rule of a name or code. Raises InputError for an unknown one."""
    wanted = name.lower()
    for rule in RULES:
        if wanted in (rule.name, rule.code.lower()):
            return rule
    close = get_close_matches(wanted, [rule.name for rule in RULES], 1)
    hint = f" Did you mean {close[0]}?" if close else ""
    raise InputError(f"no rule is called {shown(name)}.{hint} List them with technical-trader rules.")


def family(rule: Rule) -> str:
    """The title of a rule's family."""
    return FAMILIES[rule.code.rstrip("0123456789")]


def page(rule: Rule) -> str:
    """A rule with why it matters, and its examples with what the checker says of the bad ones."""
    lines = [f"{rule.name} ({rule.code}, {rule.severity}: {SEVERITIES[rule.severity]})", "", rule.doc, ""]
    return "\n".join([*lines, *_examples(rule)])


def as_json(rules: tuple[Rule, ...] = RULES) -> str:
    """Rules as a JSON list. Places of the wrong words are code points of the example, half-open."""
    return json.dumps([_plain(rule) for rule in rules], indent=1, ensure_ascii=False)


def markdown(said: Said) -> str:
    """docs/rules.md."""
    from pipeline.checking.conventions import sections

    lines = [
        "# The rules of the checker",
        "",
        f"{len(RULES)} rules, in the order of their families. Written by `technical-trader rules --write`; a test "
        "keeps it current.",
        "",
        "A statement that no rule objects to has been proved by a fact of the snapshot. Examples speak of the bundled "
        f'sample\'s last session, Dec. 31, 2018, with one note, of {source_of(NOTE)}: "{NOTE.text}" The words that are '
        "wrong stand between « and », and below them what the checker says. A finding is one of four:",
        "",
        *(f"- **{name}**: {meaning}" for name, meaning in SEVERITIES.items()),
        "",
        "At the end stands how a figure supports a fact, how big a move a word may tell, and what is meant where the "
        "text is silent.",
    ]
    for title in FAMILIES.values():
        together = sorted((rule for rule in RULES if family(rule) == title), key=lambda rule: rule.code)
        lines += ["", f"## {title}", "", "| code | rule | finding | what it is |", "|---|---|---|---|"]
        lines += [f"| {one.code} | [{one.name}](#{one.name}) | {one.severity} | {one.summary} |" for one in together]
        for rule in together:
            lines += ["", f"### {rule.name}", "", f"{rule.code}, {rule.severity}. {rule.doc}", "", "```text"]
            lines += [*_examples(rule, said), "```"]
    return "\n".join([*lines, *sections()]) + "\n"


def hear(snapshot: Snapshot) -> Said:
    """What the checker says of every bad example. snapshot: the bundled sample's last session."""
    from pipeline.checking.checker import check

    known = snapshot.model_copy(update={"notes": (NOTE,)})

    def heard(rule: Rule, example: str) -> dict[str, str]:
        verdict = check(_bare(example), known)
        found = next(one for one in (*verdict.findings, *verdict.warnings) if one.rule == rule.name)
        return {"message": found.message, "help": found.help}

    return {rule.name: [heard(rule, example) for example in rule.flags] for rule in RULES}


def examples_text(said: Said) -> str:
    """What examples.json holds."""
    return json.dumps(said, indent=1, ensure_ascii=False) + "\n"


def write(snapshot: Snapshot, docs: Path = DOCS, examples: Path = EXAMPLES) -> Path:
    """Write examples.json and docs/rules.md, and give the place of the latter. snapshot: as for `hear`."""
    said = hear(snapshot)
    examples.write_text(examples_text(said), encoding="utf-8")
    docs.write_text(markdown(said), encoding="utf-8")
    return docs


@cache
def _kept() -> Said:
    kept: Said = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    return kept


def _bare(example: str) -> str:
    """An example without its marks."""
    return example.replace("«", "").replace("»", "")


def _examples(rule: Rule, said: Said | None = None) -> Iterator[str]:
    """The examples in lines, each bad one with what is said of it."""
    for example, heard in zip(rule.flags, (said or _kept())[rule.name], strict=True):
        yield f"bad:   {_indented(example)}"
        yield f"       {heard['message']}"
        if heard["help"]:
            yield f"       help: {heard['help']}"
    for example in rule.passes:
        yield f"good:  {_indented(example)}"


def _indented(example: str) -> str:
    """An example of several lines, below one another."""
    return example.replace("\n", "\n       ")


def _plain(rule: Rule) -> dict[str, Any]:
    """A rule as JSON has it."""
    summary, _, why = rule.doc.partition("\n")
    bad = [
        {"text": _bare(example), "start": example.index("«"), "end": example.index("»") - 1, **heard}
        for example, heard in zip(rule.flags, _kept()[rule.name], strict=True)
    ]
    return {
        "code": rule.code, "name": rule.name, "severity": rule.severity, "summary": summary, "why": why.strip(),
        "bad": bad, "good": list(rule.passes),
    }  # fmt: skip
