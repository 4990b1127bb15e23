"""The rules' own examples, and what every rule must have: a documented, exampled, listed rule is the only kind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.checking import rules
from pipeline.checking.checker import check
from pipeline.checking.handbook import NOTE
from pipeline.checking.rules import RULES
from pipeline.checking.rules.rule import Rule
from pipeline.facts.build import build_snapshot
from pipeline.facts.snapshot import Snapshot
from pipeline.market.bars import Bars

FOLDER = Path(rules.__file__).parent
NOT_RULES = {"__init__", "rule"}
FLAGS = [(rule, example) for rule in RULES for example in rule.flags]
PASSES = [(rule, example) for rule in RULES for example in rule.passes]


@pytest.fixture(scope="module")
def sample_snapshot(sample_bars: dict[str, Bars]) -> Snapshot:
    """The sample's last session, with the note."""
    return build_snapshot(sample_bars["IXIC"], sample_bars["SPX"], notes=[NOTE])


def ids(cases: list[tuple[Rule, str]]) -> list[str]:
    return [f"{rule.name}: {example[:40]}" for rule, example in cases]


def test_every_rule_file_is_listed_and_named_like_its_rule() -> None:
    files = {path.stem.replace("_", "-") for path in FOLDER.glob("*.py") if path.stem not in NOT_RULES}
    listed = [rule.name for rule in RULES]
    assert sorted(listed) == sorted(files), "list the rule in rules/__init__.py, or name its file after it"


def test_names_and_codes_are_unique_and_codes_have_one_shape() -> None:
    for values in ([rule.name for rule in RULES], [rule.code for rule in RULES]):
        assert len(set(values)) == len(values)
    assert all(re.fullmatch(r"[A-Z]{3,5}\d\d", rule.code) for rule in RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_says_what_it_finds_and_why_and_shows_both_sides(rule: Rule) -> None:
    summary, blank, *reason = rule.doc.splitlines()
    assert summary.endswith(".")
    assert blank == ""
    assert len(" ".join(reason)) > 20
    assert rule.flags
    assert rule.passes
    assert (rule.judge is None) != (rule.scan is None)
    assert all(example.count("«") == example.count("»") == 1 for example in rule.flags)
    assert not any(set("«»") & set(example) for example in rule.passes)


def test_rules_on_words_stand_after_rules_on_claims() -> None:
    """The order is the priority: the first rule that knows a failed claim names it."""
    kinds = [rule.judge is not None for rule in RULES]
    assert kinds == sorted(kinds, reverse=True)


@pytest.mark.parametrize(("rule", "example"), FLAGS, ids=ids(FLAGS))
def test_a_flagged_example_has_one_finding_of_its_rule_at_the_marked_words(
    rule: Rule, example: str, sample_snapshot: Snapshot
) -> None:
    start, end = example.index("«"), example.index("»") - 1
    verdict = check(example.replace("«", "").replace("»", ""), sample_snapshot)
    findings = [*verdict.findings, *verdict.warnings]
    assert [item.rule for item in findings] == [rule.name]
    found = findings[0]
    assert (found.start <= start and end <= found.end) or (start <= found.start and found.end <= end), found.text
    assert verdict.accepted is (rule.severity == "warning")
    assert (found.code, found.severity) == (rule.code, rule.severity)


@pytest.mark.parametrize(("rule", "example"), PASSES, ids=ids(PASSES))
def test_a_near_miss_has_no_finding_at_all(rule: Rule, example: str, sample_snapshot: Snapshot) -> None:
    verdict = check(example, sample_snapshot)
    found = [(item.rule, item.text) for item in (*verdict.findings, *verdict.warnings)]
    assert not found, f"false positive of {rule.name}'s near miss: {found}"


@pytest.mark.parametrize(("rule", "example"), FLAGS, ids=ids(FLAGS))
def test_messages_are_one_sentence_and_say_what_to_do(rule: Rule, example: str, sample_snapshot: Snapshot) -> None:
    """Present tense, no stop, no names of the catalogue's measures, which no reader knows."""
    verdict = check(example.replace("«", "").replace("»", ""), sample_snapshot)
    found = (*verdict.findings, *verdict.warnings)[0]
    for text in (found.message, found.help):
        assert text
        assert not text.endswith(".")
        assert text[0].islower() or text[0] in '`"'
        assert "please" not in text.lower()
        unquoted = re.sub(r"`[^`]*`", "", text)
        assert not re.search(r"\b\w+_\w+\b", unquoted), f"{rule.name}: {text}"
