"""The verdict for people and for programs."""

from __future__ import annotations

import json

import pytest

from pipeline.checking.checker import check
from pipeline.checking.report import WIDTH, as_json, as_text, explain, rule_catalogue
from pipeline.checking.rules import RULES
from pipeline.errors import InputError
from pipeline.facts.snapshot import Snapshot

WRONG = "# Nasdaq\n\nThe Nasdaq closed at 6,653.28 on Dec. 31."


def test_a_finding_is_a_place_a_rule_and_a_sentence_with_the_line_and_carets(sample_snapshot: Snapshot) -> None:
    assert as_text(check(WRONG, sample_snapshot), "article.md", WRONG).splitlines() == [
        "article.md:3:22 wrong-figure (NUM01): `6,653.28` is not the Nasdaq's close",
        "    The Nasdaq closed at 6,653.28 on Dec. 31.",
        "                         ^^^^^^^^",
        "    help: write 6,635.28",
        "rejected: 1 of 2 claims proved, 1 finding",
    ]


def test_an_accepted_text_is_one_line(sample_snapshot: Snapshot) -> None:
    text = "The Nasdaq closed at 6,635.28."
    assert as_text(check(text, sample_snapshot), "a.md", text) == "accepted: 1 of 1 claims proved, no findings"


def test_a_warning_is_called_one(sample_snapshot: Snapshot) -> None:
    text = "The Nasdaq's strong rise on the day was 0.77%."
    lines = as_text(check(text, sample_snapshot), "a.md", text).splitlines()
    assert lines[0].startswith("a.md:1:14 warning: coloured-word (STYLE02): ")
    assert lines[-1] == "accepted: 1 of 1 claims proved, no findings, 1 warning"


def test_a_long_line_is_cut_round_the_place_and_the_carets_stay_under_the_words(sample_snapshot: Snapshot) -> None:
    text = "So it goes. " * 30 + "The Nasdaq closed at 6,653.28. " + "So it goes. " * 30
    _, line, carets, *_ = as_text(check(text, sample_snapshot), "a.md", text).splitlines()
    assert len(line) <= WIDTH + 4
    start = carets.index("^")
    assert line[start : start + carets.count("^")] == "6,653.28"


def test_several_findings_are_counted(sample_snapshot: Snapshot) -> None:
    text = "The Nasdaq closed at 6,653.28. Its RSI(14) stands at 24.38."
    assert as_text(check(text, sample_snapshot), "a.md").splitlines()[-1].endswith("2 findings")


def test_json_has_the_fields_other_programs_rely_on(sample_snapshot: Snapshot) -> None:
    """The names and shapes of the contract: adding one is a new version, losing one is a defect."""
    data = json.loads(as_json(check(WRONG + " Its strong rise on the day was 0.77%.", sample_snapshot)))
    assert set(data) == {"verdict", "findings", "warnings", "claims", "clauses", "second"}
    assert data["second"] is None
    assert data["verdict"] == "rejected"
    (finding,) = data["findings"]
    assert finding == {
        "severity": "refuted", "rule": "wrong-figure", "code": "NUM01", "text": "6,653.28",
        "message": "`6,653.28` is not the Nasdaq's close", "help": "write 6,635.28",
        "start": 31, "end": 39, "line": 3, "column": 22, "facts": ["IXIC.close"], "reader": "first",
    }  # fmt: skip
    assert [set(warning) == set(finding) for warning in data["warnings"]] == [True]
    assert {frozenset(claim) for claim in data["claims"]} == {
        frozenset({"start", "end", "text", "form", "verdict", "facts", "reader"})
    }
    assert {claim["verdict"] for claim in data["claims"]} <= {"supported", "refuted", "not_enough_info"}
    assert set(data["clauses"]) == {"read", "free", "denied"}


def test_the_reading_is_explained_clause_by_clause(sample_snapshot: Snapshot) -> None:
    lines = explain("The Nasdaq closed at 6,653.28. It was 17.", sample_snapshot).splitlines()
    assert lines[0] == '"The Nasdaq closed at 6,653.28."'
    assert lines[1] == "  in focus: IXIC"
    assert "  instrument: Nasdaq = IXIC" in lines
    assert "  claim `6,653.28`" in lines
    chosen = next(line for line in lines if line.startswith("   * "))
    assert "the close: does not hold (IXIC.close: 6,635.28)" in chosen


def test_an_explanation_says_what_has_no_reading_and_what_is_spoken_for(sample_snapshot: Snapshot) -> None:
    text = explain("The Nasdaq rose 0.77% on the day in three cities.", sample_snapshot)
    assert "  claim `three`: no reading" in text.splitlines()
    assert "spoken for: sign of a figure" in text


def test_the_catalogue_has_one_line_for_each_rule() -> None:
    lines = rule_catalogue().splitlines()
    assert len(lines) == len(RULES)
    assert all(rule.code in line and rule.name in line and rule.summary in line
               for rule, line in zip(RULES, lines, strict=True))  # fmt: skip


@pytest.mark.parametrize("name", ["wrong-figure", "NUM01", "Wrong-Figure", "num01"])
def test_a_rule_has_a_page_by_name_or_code(name: str) -> None:
    page = rule_catalogue(name)
    assert page.startswith("wrong-figure (NUM01, refuted)\n\n")
    assert "flags:  The Nasdaq closed at «6,653.28»." in page
    assert "passes: The Nasdaq closed at 6,635.28." in page


def test_an_unknown_rule_is_named_with_a_near_one() -> None:
    with pytest.raises(InputError, match=r"no rule is called 'wrong-figur'. Did you mean wrong-figure\?"):
        rule_catalogue("wrong-figur")
    with pytest.raises(InputError, match="List them with technical-trader rules"):
        rule_catalogue("xyzzy")
