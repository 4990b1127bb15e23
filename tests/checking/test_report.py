"""The verdict for people and for programs."""

from __future__ import annotations

import json

import jsonschema
import pytest

from pipeline.checking.checker import check, examine
from pipeline.checking.explanation import explain
from pipeline.checking.report import SCHEMA_FILE, as_json, as_text, explained, schema_text
from pipeline.checking.verdict import Finding, Verdict
from pipeline.facts.snapshot import Snapshot

WRONG = "# Nasdaq\n\nThe Nasdaq closed at 6,653.28 on Dec. 31."


def finding(text: str, words: str, **values: str) -> Finding:
    """A finding at some words of a text."""
    start = text.index(words)
    line = text.count("\n", 0, start) + 1
    said = {"severity": "refuted", "rule": "wrong-figure", "code": "NUM01", "message": "it is not", "help": ""} | values
    column = start - text.rfind("\n", 0, start)
    return Finding(start=start, end=start + len(words), line=line, column=column, text=words, **said)  # type: ignore[arg-type]


def test_a_finding_is_a_place_a_rule_and_a_sentence_with_the_line_and_carets(sample_snapshot: Snapshot) -> None:
    assert as_text(check(WRONG, sample_snapshot), "notes/article.md", WRONG).splitlines() == [
        "notes/article.md:3:22: NUM01 [wrong-figure] `6,653.28` is not the Nasdaq's close",
        "  |",
        "3 | The Nasdaq closed at 6,653.28 on Dec. 31.",
        "  |                      ^^^^^^^^ refuted",
        "  = help: write 6,635.28",
        "",
        "rejected: 1 of 2 claims proved, 1 finding",
    ]


def test_an_accepted_text_is_one_line(sample_snapshot: Snapshot) -> None:
    text = "The Nasdaq closed at 6,635.28."
    assert as_text(check(text, sample_snapshot), "a.md", text) == "accepted: 1 of 1 claims proved, no findings"


def test_a_warning_is_called_one(sample_snapshot: Snapshot) -> None:
    text = "The Nasdaq's strong rise on the day was 0.77%."
    lines = as_text(check(text, sample_snapshot), "a.md", text).splitlines()
    assert lines[0].startswith("a.md:1:14: STYLE02 [coloured-word] warning: ")
    assert lines[3].endswith("^^^^^^ warning")
    assert lines[-1] == "accepted: 1 of 1 claims proved, no findings, 1 warning"


def test_several_findings_are_counted(sample_snapshot: Snapshot) -> None:
    text = "The Nasdaq closed at 6,653.28. Its RSI(14) stands at 24.38."
    assert as_text(check(text, sample_snapshot), "a.md").splitlines()[-1].endswith("2 findings")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_lines_are_those_that_findings_count(ending: str) -> None:
    """A form feed and a line separator end no line: the checker counts none either."""
    text = ending.join(["one\x0ctwo\u2028three", "four wrong five"])
    shown = as_text(Verdict(verdict="rejected", findings=(finding(text, "wrong"),)), "a.md", text).splitlines()
    assert shown[:4] == [
        "a.md:2:6: NUM01 [wrong-figure] it is not",
        "  |",
        "2 | four wrong five",
        "  |      ^^^^^ refuted",
    ]


def test_names_and_messages_cannot_add_lines() -> None:
    text = "wrong"
    evil = finding(text, "wrong", message="it\nis\x1b[31m not", help="write\nthis")
    shown = as_text(Verdict(verdict="rejected", findings=(evil,)), "a\nb\u202e.md", text).splitlines()
    assert shown[0] == "a\\nb\\u202e.md:1:1: NUM01 [wrong-figure] it\\nis\\u001b[31m not"
    assert shown[4] == "  = help: write\\nthis"


def test_json_has_the_fields_other_programs_rely_on(sample_snapshot: Snapshot) -> None:
    """The names and shapes of the contract: adding one is a new version, losing one is a defect."""
    data = json.loads(as_json(check(WRONG + " Its strong rise on the day was 0.77%.", sample_snapshot)))
    assert set(data) == {"verdict", "findings", "warnings", "claims", "clauses", "second"}
    assert data["second"] is None
    assert data["verdict"] == "rejected"
    (found,) = data["findings"]
    assert found == {
        "severity": "refuted", "rule": "wrong-figure", "code": "NUM01", "text": "6,653.28",
        "message": "`6,653.28` is not the Nasdaq's close", "help": "write 6,635.28",
        "start": 31, "end": 39, "line": 3, "column": 22, "facts": ["IXIC.close"], "reader": "first",
    }  # fmt: skip
    assert [set(warning) == set(found) for warning in data["warnings"]] == [True]
    assert {frozenset(claim) for claim in data["claims"]} == {
        frozenset({"start", "end", "text", "form", "verdict", "facts", "reader"})
    }
    assert {claim["verdict"] for claim in data["claims"]} <= {"supported", "refuted", "not_enough_info"}
    assert set(data["clauses"]) == {"read", "free", "denied"}


def test_the_committed_schema_is_current() -> None:
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text(), "run technical-trader check --schema"
    jsonschema.Draft202012Validator.check_schema(json.loads(schema_text()))


@pytest.mark.parametrize(
    "text", [WRONG, "The Nasdaq's strong rise on the day was 0.77%.", "| | Day |\n|-|-|\n| Nasdaq | 1% |"]
)
def test_verdicts_are_what_the_schema_says(text: str, sample_snapshot: Snapshot) -> None:
    judged = examine(text, sample_snapshot)
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(as_json(judged.verdict)), schema)
    whole = json.loads(as_json(judged.verdict, explain(judged)))
    jsonschema.validate(whole, schema)
    assert whole.pop("explanation")["clauses"]
    assert whole == json.loads(as_json(judged.verdict))
    for wrong in (
        whole | {"verdict": "perhaps"},
        whole | {"more": 1},
        {key: whole[key] for key in whole if key != "claims"},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema)


def test_an_explanation_as_text_shows_what_was_in_focus_before_each_clause(sample_snapshot: Snapshot) -> None:
    text = "The S&P 500 closed at 2,506.85. It rose 0.85% in three cities."
    lines = explained(explain(examine(text, sample_snapshot))).splitlines()
    assert lines[0].startswith("line 1, in focus: instruments IXIC; topic IXIC")
    assert lines[1:3] == ['"The S&P 500 closed at 2,506.85." (read)', "  instrument: S&P 500 = SPX"]
    second = lines.index('"It rose 0.85% in three cities." (denied, found: READ01)')
    assert lines[second - 1].startswith("line 1, in focus: instruments SPX; ")
    assert "  claim `2,506.85`: supported, the nearest reading holds" in lines
    assert "  claim `three`: not enough info, nothing it can be tied to" in lines
    assert "  claim `rose`: another claim speaks for it" in lines
    assert next(line for line in lines if line.startswith("   * ")).endswith("holds (SPX.close: 2,506.85)")


def test_an_explanation_as_text_cannot_be_steered_by_the_article(sample_snapshot: Snapshot) -> None:
    told = explained(explain(examine("The \x1b[31mNasdaq\u202e closed at 6,635.28.", sample_snapshot)))
    assert not set(told) & {"\x1b", "\u202e"}
