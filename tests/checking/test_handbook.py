"""The rules for people and programs: complete, and the generated files as the rules and the checker give them."""

from __future__ import annotations

import json

import pytest

from pipeline.checking import handbook
from pipeline.checking.rules import RULES
from pipeline.checking.rules.rule import Rule
from pipeline.errors import InputError
from pipeline.facts.snapshot import Snapshot


@pytest.fixture(scope="module")
def page() -> str:
    """docs/rules.md as it stands."""
    return handbook.DOCS.read_text(encoding="utf-8")


def test_the_page_in_docs_and_the_kept_messages_are_current(sample_snapshot: Snapshot, page: str) -> None:
    said = handbook.hear(sample_snapshot)
    assert handbook.EXAMPLES.read_text(encoding="utf-8") == handbook.examples_text(said), (
        "run technical-trader rules --write"
    )
    assert page == handbook.markdown(said), "run technical-trader rules --write"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_stands_on_the_page_with_all_that_is_known_of_it(rule: Rule, page: str) -> None:
    part = page.split(f"\n### {rule.name}\n")[1].split("\n### ")[0]
    assert f"{rule.code}, {rule.severity}." in part
    assert rule.doc in part
    for example in (*rule.flags, *rule.passes):
        assert example.replace("\n", "\n       ") in part
        assert "```" not in example
    assert part.count("\n       help: ") >= len(rule.flags)
    assert f"| {rule.code} | [{rule.name}](#{rule.name}) |" in page


def test_every_family_of_codes_has_a_title() -> None:
    assert {rule.code.rstrip("0123456789") for rule in RULES} == set(handbook.FAMILIES)


def test_the_list_has_one_line_for_each_rule() -> None:
    lines = handbook.listing().splitlines()
    assert len(lines) == len(RULES)
    assert all(rule.code in line and rule.name in line and rule.summary in line
               for rule, line in zip(RULES, lines, strict=True))  # fmt: skip


@pytest.mark.parametrize("name", ["wrong-figure", "NUM01", "Wrong-Figure", "num01"])
def test_a_rule_has_a_page_by_name_or_code(name: str) -> None:
    lines = handbook.page(handbook.find(name)).splitlines()
    assert lines[0] == "wrong-figure (NUM01, refuted: a fact contradicts the words)"
    assert lines[2] == "A figure that no single change of its binding makes true."
    bad = lines.index("bad:   The Nasdaq closed at «6,653.28».")
    assert lines[bad + 1 : bad + 3] == ["       `6,653.28` is not the Nasdaq's close", "       help: write 6,635.28"]
    assert "good:  The Nasdaq closed at 6,635.28." in lines


def test_an_unknown_rule_is_named_with_a_near_one() -> None:
    with pytest.raises(InputError, match=r"no rule is called 'wrong-figur'. Did you mean wrong-figure\?"):
        handbook.find("wrong-figur")
    with pytest.raises(InputError, match="List them with technical-trader rules"):
        handbook.find("xyzzy")


def test_rules_as_json_mark_the_wrong_words() -> None:
    told = json.loads(handbook.as_json())
    assert [one["code"] for one in told] == [rule.code for rule in RULES]
    figure = next(one for one in told if one["name"] == "wrong-figure")
    assert figure["severity"] == "refuted"
    assert figure["good"][0] == "The Nasdaq closed at 6,635.28."
    bad = figure["bad"][0]
    assert bad["text"] == "The Nasdaq closed at 6,653.28."
    assert bad["text"][bad["start"] : bad["end"]] == "6,653.28"
    assert (bad["message"], bad["help"]) == ("`6,653.28` is not the Nasdaq's close", "write 6,635.28")
