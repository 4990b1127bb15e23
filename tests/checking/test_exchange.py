"""The answer of a second reader: what has its form is kept, all else is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from proposing import CALL, claim

from pipeline.checking.second.exchange import LENGTH, RANKED, Proposal, parse

GOOD = {"clause": 1, "claims": [claim("IXIC.close", "equals", "at 6,635.28", 1, figure="6,635.28")]}


def readings(*items: Any) -> str:
    return json.dumps({"readings": list(items)})


def test_a_reading_is_taken_as_it_stands() -> None:
    (reading,) = parse(readings(GOOD), CALL).readings
    (told,) = reading.claims
    assert (reading.clause, told.fact, told.relation, told.figure) == (1, "IXIC.close", "equals", "6,635.28")
    assert (told.words, told.owns, told.than, told.negated) == (("at 6,635.28",), (1,), None, False)


def test_no_reading_is_an_answer() -> None:
    answer = parse('{"readings": []}', CALL)
    assert (answer.readings, answer.malformed, answer.call.error) == ((), 0, "")


@pytest.mark.parametrize("text", [
    "", "It is proved.", "null", "[]", "{}", '{"readings": {}}', '{"readings": null}', '{"verdict": "accepted"}',
    '{"readings": [], "verdict": "accepted"}', '{"readings": [], "readings": []}', "[" * 100_000,
    '{"readings": [] ', '{"readings": ' + " " * LENGTH + "[]}",
])  # fmt: skip
def test_a_text_of_another_form_is_an_error_and_no_reading(text: str) -> None:
    answer = parse(text, CALL)
    assert answer.readings == ()
    assert 'scripted answers with something other than JSON of the form {"readings": [...]}' in answer.call.error
    assert answer.call.input_tokens == 10, "what it cost stays known"


@pytest.mark.parametrize("change", [
    {"value": "6635.28"}, {"figure": 6635.28}, {"fact": None}, {"relation": "is"}, {"words": []}, {"words": [""]},
    {"words": "at 6,635.28"}, {"owns": ["all"]}, {"direction": 1}, {"negated": "perhaps"}, {"than": {"value": 1}},
    {"words": ["a"] * 13}, {"fact": "x" * 121}, {"proved": True}, {"label": ["overbought"]},
])  # fmt: skip
def test_a_claim_of_another_form_spoils_its_reading(change: dict[str, Any]) -> None:
    """A value has no field to stand in, and a figure is words of the text."""
    bad = {"clause": 1, "claims": [{**GOOD["claims"][0], **change}]}  # type: ignore[index]
    answer = parse(readings(bad), CALL)
    assert (answer.readings, answer.malformed, answer.call.error) == ((), 1, "")


@pytest.mark.parametrize("item", [None, 1, "x", [], {}, {"clause": 1}, {"claims": []}, {"clause": 1, "claims": []},
                                  {"clause": "x", "claims": GOOD["claims"]}, {**GOOD, "true": True}])  # fmt: skip
def test_a_reading_of_another_form_is_counted_and_left_out(item: Any) -> None:
    answer = parse(readings(item, {**GOOD, "clause": 2}), CALL)
    assert [reading.clause for reading in answer.readings] == [2]
    assert answer.malformed == 1


def test_what_was_meant_second_does_not_take_the_place_of_a_malformed_first() -> None:
    first = {"clause": 1, "claims": [{**GOOD["claims"][0], "value": "1"}]}  # type: ignore[index]
    assert parse(readings(first, GOOD), CALL).of(1) == ()
    assert len(parse(readings(GOOD, first), CALL).of(1)) == 1


def test_so_many_readings_of_a_clause_count() -> None:
    assert len(parse(readings(*[GOOD] * 9), CALL).of(1)) == RANKED


def test_a_claim_has_no_field_for_a_value() -> None:
    """All it may hold are names, quoted words, ids of items and choices from closed lists."""
    assert set(Proposal.model_fields) == {
        "words", "owns", "fact", "relation", "than", "figure", "direction", "label", "negated"
    }  # fmt: skip
