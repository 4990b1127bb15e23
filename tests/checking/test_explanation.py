"""How an article was read: it agrees with the verdict, and says of every reading what it was held against."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from handmade import PUBLISHED, snapshot

from pipeline.checking.checker import Judged, check, examine
from pipeline.checking.explanation import ClauseRead, Explanation, Judgement, explain
from pipeline.facts.slots import Span
from pipeline.facts.snapshot import Note, Snapshot

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "first"


def told(text: str, values: dict[str, object] | None = None) -> tuple[Judged, Explanation]:
    """A judgement of a text by published figures, or some of them, and its explanation."""
    judged = examine(text, snapshot(values or PUBLISHED))
    return judged, explain(judged)


def claim(explanation: Explanation, words: str) -> Judgement:
    """The claim of some words."""
    return next(one for clause in explanation.clauses for one in clause.claims if one.text == words)


def test_a_proved_claim_names_its_reading_its_fact_and_why() -> None:
    _, explanation = told("The Russell 2000 closed at 2,677.74.")
    proved = claim(explanation, "2,677.74")
    assert (proved.start, proved.end, proved.kind) == (27, 35, "figure")
    assert (proved.verdict, proved.why) == ("supported", "the nearest reading holds")
    (used,) = [reading for reading in proved.readings if reading.used]
    (stated,) = used.statements
    assert (stated.form, stated.about, stated.holds) == ("valued", "the Russell 2000's close", True)
    assert stated.attributes["measure"] == "close"
    assert stated.attributes["instrument"] == "RUT"
    assert stated.attributes["timeframe"] == "daily"
    assert stated.attributes["figure"] == {"value": "2677.74", "step": "0.01"}
    (fact,) = stated.facts
    assert (fact.id, fact.value, stated.truth) == ("RUT.close", "2677.74", "2,677.74")
    assert fact.shown == snapshot(PUBLISHED).by_id["RUT.close"].shown


def test_readings_are_ranked_from_the_nearest_and_each_is_held_against_the_facts() -> None:
    """The second clause names no period: the week is carried, the day is the other one and has no fact here."""
    _, explanation = told("The Russell 2000 gained 2.04% this week, and the S&P 500 lost 0.38%.")
    readings = claim(explanation, "0.38%").readings
    assert [reading.cost for reading in readings] == sorted(reading.cost for reading in readings)
    assert [reading.used for reading in readings] == [True] + [False] * (len(readings) - 1)
    held = {one.attributes["period"]: one.holds for reading in readings for one in reading.statements}
    assert held == {"1w": True, "1d": None}


def test_window_and_period_are_told_with_the_measure() -> None:
    _, explanation = told("The Russell 2000's RSI(14) stands at 71.5 and it gained 7.89% this year.")
    (stated,) = next(one for one in claim(explanation, "71.5").readings if one.used).statements
    assert (stated.attributes["measure"], stated.attributes["window"]) == ("rsi_14", 14)
    (stated,) = next(one for one in claim(explanation, "7.89%").readings if one.used).statements
    assert (stated.attributes["measure"], stated.attributes["period"]) == ("change_ytd", "ytd")


@pytest.mark.parametrize(("text", "words", "verdict", "why"), [
    ("The Russell 2000 closed at 2,677.47.", "2,677.47", "refuted", "the nearest reading does not hold"),
    ("The Russell 2000 closed at 2,677.74 in three cities.", "three", "not_enough_info", "nothing it can be tied to"),
    ("The Russell 2000 closed below its 200-day average of 2,505.18.", "2,505.18", "not_enough_info", "no fact"),
])  # fmt: skip
def test_what_was_not_proved_says_why(text: str, words: str, verdict: str, why: str) -> None:
    judged, explanation = told(text)
    found = claim(explanation, words)
    assert found.verdict == verdict
    assert why in found.why
    clause = next(one for one in explanation.clauses if found in one.claims)
    assert clause.status == "denied"
    assert set(clause.findings) == {one.code for one in judged.verdict.findings}


def test_a_clause_without_a_claim_is_free_and_words_another_speaks_for_have_no_verdict() -> None:
    _, explanation = told("So it goes. The Russell 2000 gained 2.04% this week.")
    assert [clause.status for clause in explanation.clauses] == ["free", "read"]
    spoken = claim(explanation, "gained")
    assert spoken.verdict is None
    assert spoken.why == "another claim speaks for it"


def test_the_state_before_a_clause_is_what_the_text_before_it_left() -> None:
    _, explanation = told("The S&P 500 lost 0.38% this week. It closed at 6,940.01.")
    first, second = explanation.clauses
    assert (first.state["instruments"], second.state["instruments"]) == (["RUT"], ["SPX"])
    assert second.state["period"] == "1w"
    assert "SPX" in second.focus


def test_a_fragment_read_of_the_articles_instrument_says_so(sample_snapshot: Snapshot) -> None:
    """The S&P 500 was spoken of last; the RSI is the Nasdaq's, as the printed convention lets it be."""
    _, second = explain(examine("The S&P 500 rose 0.85% on the day. RSI(14) 42.38.", sample_snapshot)).clauses
    assert (second.state["instruments"], second.by_convention) == (["SPX"], True)
    (used,) = [one for one in second.claims[0].readings if one.used]
    assert used.statements[0].attributes["instrument"] == "IXIC"


def test_clauses_have_their_line_and_share_a_sentence() -> None:
    prose = "The Russell 2000 gained 2.04% this week, while the S&P 500 lost 0.38%. Quiet."
    table = "| | Close |\n|---|---|\n| Russell 2000 | 2,677.74 |\n| S&P 500 | 6,940.01 |"
    text = f"# Up\n\n{prose}\n\n{table}"
    _, explanation = told(text)
    places = [(clause.line, clause.sentence, clause.text.split()[0]) for clause in explanation.clauses]
    assert places == [
        (1, 1, "Up"), (3, 2, "The"), (3, 2, "while"), (3, 3, "Quiet."), (5, 4, "Close"),
        (7, 5, "Russell"), (7, 5, "2,677.74"), (8, 6, "S&P"), (8, 6, "6,940.01"),
    ]  # fmt: skip
    cell = next(clause for clause in explanation.clauses if clause.text == "2,677.74")
    assert [(mention.kind, mention.values) for mention in cell.mentions if mention.inherited] == [
        ("instrument", ("RUT",)), ("measure", ("close",)),
    ]  # fmt: skip


def test_a_slot_that_broke_a_tie_and_a_reading_taken_two_ways_are_told(sample_snapshot: Snapshot) -> None:
    """The second figure may be a fall or a distance; only the slot says that it is the distance."""
    text = "The Nasdaq fell 6.38% below its 50-day average and 11.14% its 200-day average."
    at = text.index("11.14%")
    slot = Span(start=at, end=at + 6, fact="IXIC.distance_sma_200")
    for spans, verdict, why in (
        ((), "not_enough_info", "the nearest reading does not hold, another plausible one does"),
        ((slot,), "supported", "the reading of the slot's fact holds"),
    ):
        found = claim(explain(examine(text, sample_snapshot, spans)), "11.14%")
        assert (found.verdict, found.why) == (verdict, why)


def test_words_of_a_note_are_told_with_what_is_not_the_notes(sample_snapshot: Snapshot) -> None:
    note = Note(id="fed", text="Rates rose to 2.5%.", figures=("2.5%",), speaker="Jerome Powell", url="https://a.org/")
    judged = examine("Powell said rates rose to 9%.", sample_snapshot.model_copy(update={"notes": (note,)}))
    (part,) = explain(judged).attributed
    assert (part.note, part.faults) == ("fed", ("figure: 9%",))


@pytest.mark.parametrize("article", sorted(CORPUS.glob("*/article.md")), ids=lambda path: path.parent.name)
def test_an_explanation_agrees_with_the_verdict(article: Path, sample_snapshot: Snapshot) -> None:
    """Whatever the text: the same claims with the same verdicts, every clause counted once, all of it JSON."""
    text = article.read_text(encoding="utf-8")
    judged = examine(text, sample_snapshot)
    assert judged.verdict == check(text, sample_snapshot)
    explanation = explain(judged)
    decided = [one for clause in explanation.clauses for one in clause.claims if one.verdict]
    cited = [one for one in judged.verdict.claims if one.form == "quotation"]
    assert sorted((one.start, one.end, one.verdict) for one in decided) == sorted(
        (one.start, one.end, one.verdict) for one in judged.verdict.claims if one not in cited
    )
    proved = {(one.start, one.end): one.facts for one in judged.verdict.claims}
    for one in decided:
        assert text[one.start : one.end] == one.text
        if one.verdict == "supported":
            (used,) = [reading for reading in one.readings if reading.used]
            assert all(stated.holds for stated in used.statements)
            assert {fact.id for stated in used.statements for fact in stated.facts} == set(proved[one.start, one.end])
    denied = sum(clause.status == "denied" for clause in explanation.clauses)
    assert denied == judged.verdict.clauses.denied
    assert json.loads(explanation.model_dump_json())["clauses"]
    assert _no_raw_numbers(explanation.clauses)


def _no_raw_numbers(clauses: tuple[ClauseRead, ...]) -> bool:
    """Decimals are strings in JSON, as in a snapshot."""
    stated = (
        one for clause in clauses for claim in clause.claims for reading in claim.readings for one in reading.statements
    )
    return not any(isinstance(value, Decimal | float) for one in stated for value in one.attributes.values())
