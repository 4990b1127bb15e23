"""A second reader beside the first: what it proposes is proved by the facts, or leaves everything as it was.

Figures are of the bundled sample's last session, on which the Nasdaq rose 0.77%. "Gloam" is no word.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any, get_args

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from proposing import CALL, Forgets, Proposes, became, claim, consider

from pipeline.checking.checker import check, examine, reader_for
from pipeline.checking.explanation import Explanation, Judgement, explain
from pipeline.checking.report import as_json, as_text, explained, schema_text
from pipeline.checking.rules import RULES
from pipeline.checking.sarif import as_sarif
from pipeline.checking.seam import Reader, SecondReader
from pipeline.checking.second.exchange import Answer, Call, Question, Relation
from pipeline.checking.second.posing import LIFTED
from pipeline.checking.tokens import words
from pipeline.checking.verdict import Verdict
from pipeline.facts.build import build_snapshot
from pipeline.facts.snapshot import Snapshot
from pipeline.market.bars import Bars

DAY = "The Nasdaq gloamed 0.77% on the day."
ROSE = claim("IXIC.change_1d", "equals", "gloamed 0.77%", 1, 2, figure="0.77%", direction="up")
CLOSED = claim("IXIC.close", "equals", "closed at 6,635.28", 1, figure="6,635.28")


def rules(verdict: Verdict) -> list[str]:
    return [finding.rule for finding in verdict.findings]


def test_a_word_nobody_knows_is_proved_by_what_it_is_taken_to_say(sample_snapshot: Snapshot) -> None:
    """The figure was proved as the change on the day; the word beside it says nothing else."""
    assert rules(check(DAY, sample_snapshot)) == ["unknown-predicate"]
    for claims in ([ROSE], [claim("IXIC.change_1d", "moved", "gloamed", 1, direction="up")]):
        verdict = check(DAY, sample_snapshot, second=Proposes(claims))
        assert (verdict.verdict, rules(verdict)) == ("accepted", [])
        (added,) = verdict.of_second
        assert (added.text, added.facts, added.verdict) == ("gloamed", ("IXIC.change_1d",), "supported")
        assert (verdict.clauses.read, verdict.clauses.denied) == (1, 0)


def test_such_claims_are_marked_wherever_the_verdict_is_shown(sample_snapshot: Snapshot) -> None:
    judged = examine(DAY, sample_snapshot, second=Proposes([ROSE]))
    verdict = judged.verdict
    data = json.loads(as_json(verdict))
    jsonschema.validate(data, json.loads(schema_text()))
    assert [one["reader"] for one in data["claims"]] == ["second", "first"]
    assert (data["second"]["asked"], data["second"]["proved"], data["second"]["call"]["model"]) == (1, 1, "scripted")
    assert as_text(verdict, "a.md", DAY).splitlines() == [
        "a.md:1:12: second reading: `gloamed` is proved by IXIC.change_1d",
        "",
        "accepted: 2 of 2 claims proved (1 as read by scripted), no findings",
    ]
    told = explained(explain(judged), verdict.second).splitlines()
    assert told[-2:] == [
        "  second reading: proved", "   IXIC.change_1d equals 0.77% up, from gloamed 0.77%",
    ]  # fmt: skip
    (run,) = json.loads(as_sarif(verdict, sample_snapshot, "a.md", DAY))["runs"]
    second = run["properties"]["second"]
    assert (second["asked"], second["proved"], second["call"]["model"]) == (1, 1, "scripted")
    assert not {"seconds", "tries"} & set(second["call"]), "a log has no times"
    assert [(one["text"], one["verdict"], one["reader"]) for one in second["claims"]] == [
        ("gloamed", "supported", "second")
    ]


def _words(explanation: Explanation) -> dict[str, Judgement]:
    """The claims of an explanation by their words, each of which must stand once."""
    claims = [claim for clause in explanation.clauses for claim in clause.claims]
    words = {claim.text: claim for claim in claims}
    assert len(words) == len(claims)
    return words


def test_an_explanation_says_what_a_second_reader_proposed(sample_snapshot: Snapshot) -> None:
    """The word's claim is its, the figure's stays the first one's, and the clause counts as read."""
    explanation = explain(examine(DAY, sample_snapshot, second=Proposes([ROSE])))
    (clause,) = explanation.clauses
    assert (clause.status, clause.findings) == ("read", ())
    word, figure = _words(explanation)["gloamed"], _words(explanation)["0.77%"]
    assert (word.verdict, word.reader, word.why) == (
        "supported", "second", "the reading that a second reader proposed",
    )  # fmt: skip
    assert (figure.verdict, figure.reader) == ("supported", "first")
    (used,) = [reading for reading in word.readings if reading.used]
    assert [[fact.id for fact in one.facts] for one in used.statements] == [["IXIC.change_1d"]]
    lines = explained(explanation).splitlines()
    assert "  claim `gloamed`: supported, the reading that a second reader proposed" in lines
    assert "(read)" in lines[1]


def test_an_explanation_of_what_a_second_reader_denies_or_is_refuted_in(sample_snapshot: Snapshot) -> None:
    text = "The Nasdaq ran the gloam backwards."
    down = [claim("IXIC.change_1d", "moved", "ran the gloam backwards", direction="down")]
    judged = examine(text, sample_snapshot, second=Proposes(down))
    (clause,) = explain(judged).clauses
    assert (clause.status, clause.findings) == ("denied", ("WORD01",))
    found = _words(explain(judged))["ran the gloam backwards"]
    assert (found.verdict, found.reader) == ("refuted", "second")
    (run,) = json.loads(as_sarif(judged.verdict, sample_snapshot, "a.md", text))["runs"]
    assert [one["properties"]["reader"] for one in run["results"]] == ["second"]
    text = "The Nasdaq did not close above its 50-day average."
    above = claim("IXIC.close", "above", "not close above", 1, than="IXIC.sma_50", negated=True)
    forgets = Forgets(sample_snapshot, "above")
    judged = examine(text, sample_snapshot, reader=forgets, second=Proposes([above]))
    assert became(judged.verdict) == ["proved"]
    found = _words(explain(judged))["above"]
    (reading,) = found.readings
    assert (found.verdict, reading.denied, [one.holds for one in reading.statements]) == ("supported", True, [False])
    assert "as a second reader takes it, who says that it is not so: does not hold (" in explained(explain(judged))


def test_without_one_the_verdict_says_so(sample_snapshot: Snapshot) -> None:
    verdict = check(DAY, sample_snapshot)
    assert verdict.second is None
    assert {one.reader for one in (*verdict.claims, *verdict.findings)} == {"first"}


@pytest.mark.parametrize(("text", "figure", "outcome"), [
    ("The Nasdaq closed at 6,635.3.", "6,635.3", "proved"),  # printed precision: the close is 6,635.28
    ("The Nasdaq closed at 6,635.2.", "6,635.2", "not proved"),
    ("The Nasdaq closed at 6,653.28.", "6,653.28", "not proved"),
    ("The Nasdaq closed at more than 6,600.", "6,600", "proved"),  # a hedge has a side
    ("The Nasdaq closed at more than 6,700.", "6,700", "not proved"),
    ("The Nasdaq closed at nearly 6,640.", "6,640", "proved"),
    ("The Nasdaq closed at nearly 6,630.", "6,630", "not proved"),
])  # fmt: skip
def test_figures_are_compared_as_they_are_for_the_first_reader(
    text: str, figure: str, outcome: str, sample_snapshot: Snapshot
) -> None:
    claims = [claim("IXIC.close", "equals", figure, 1, figure=figure)]
    verdict = consider(text, sample_snapshot, claims, forgets=(figure,))
    assert became(verdict) == [outcome]
    assert verdict.accepted is check(text, sample_snapshot).accepted is (outcome == "proved")


# What it cannot do


@pytest.mark.parametrize("claims", [
    [claim("IXIC.change_1d", "moved", "gloamed", 1, direction="down")],  # false
    [claim("IXIC.change_mtd", "equals", "gloamed 0.77%", 1, 2, figure="0.77%", direction="up")],  # not on the day
    [claim("SPX.change_1d", "moved", "gloamed", 1, direction="up")],  # true, of another index
    [claim("IXIC.change_1d", "moved", "gloamed", 2, direction="up")],  # the word has no owner
    [claim("IXIC.close", "equals", "gloamed 0.77%", 1, 2, figure="0.77%")],  # the figure is proved to be another's
])  # fmt: skip
def test_what_is_false_or_not_said_stays_denied(claims: list[dict[str, Any]], sample_snapshot: Snapshot) -> None:
    alone, verdict = check(DAY, sample_snapshot), check(DAY, sample_snapshot, second=Proposes(claims))
    assert (verdict.findings, verdict.claims, verdict.clauses) == (alone.findings, alone.claims, alone.clauses)
    assert became(verdict) in (["not proved"], ["does not fit"])


@pytest.mark.parametrize(("text", "rule"), [
    ("The Nasdaq closed at 6,653.28.", "wrong-figure"),
    ("The Nasdaq closed at 2,506.85.", "misbound-instrument"),
    ("The Nasdaq fell 0.77% on the day.", "wrong-direction"),
    ("The Nasdaq's RSI(14) is overbought.", "wrong-label"),
    ("The Nasdaq rose 0.77% on the day because traders cheered.", "unsourced-cause"),
    ("The Nasdaq will gloam 0.77% on the day.", "forecast"),
    ("The Nasdaq gloamed 0.77% on the day, and Apple rose.", "unknown-name"),
    ("The Nasdaq's breakout gloamed at 6,635.28.", "unproved-word"),
    ("The Nasdaq gloamed above its 50-day average at 6,635.28.", "wrong-side"),
])  # fmt: skip
def test_nothing_is_asked_about_a_clause_that_was_refuted_or_forbidden(
    text: str, rule: str, sample_snapshot: Snapshot
) -> None:
    """Nor about one with a finding of another kind than that it was not read: nothing proposed could lift it."""
    alone, second = check(text, sample_snapshot), Proposes([claim("IXIC.change_1d", "moved", "Nasdaq", direction="up")])
    assert rule in rules(alone)
    verdict = check(text, sample_snapshot, second=second)
    asked = [one for question in second.asked for one in question.clauses]
    faults = [one for one in alone.findings if one.rule == rule]
    assert not [one for one in asked if any(fault.text in one.clause for fault in faults)]
    assert verdict.findings == alone.findings


@pytest.mark.slow
def test_a_false_clause_stays_denied_whatever_is_proposed(sample_snapshot: Snapshot) -> None:
    """Every measure of both indexes is proposed for a figure that is none's; then for one that is another's."""
    figures = {"6,653.28": "no fact", "2,506.85": "the S&P 500's close", "7,087.63": "the 50-day average"}
    for figure in figures:
        text = f"The Nasdaq closed at {figure}."
        for fact in sample_snapshot.facts:
            claims = [claim(fact.id, "equals", f"closed at {figure}", 1, figure=figure)]
            verdict = consider(text, sample_snapshot, claims, forgets=(figure,))
            assert became(verdict) in (["not proved"], ["does not fit"]), fact.id
            assert rules(verdict) == ["unread"]


def test_only_findings_that_say_unread_are_lifted() -> None:
    known = {rule.name: rule.severity for rule in RULES}
    assert {known[name] for name in LIFTED} == {"unproved"}


def test_the_first_reading_that_fits_decides_whatever_comes_after(sample_snapshot: Snapshot) -> None:
    """Ranks are blind to values: a true reading does not take the place of a false one before it."""
    false, true = ([claim("IXIC.change_1d", "moved", "gloamed", 1, direction=way)] for way in ("down", "up"))
    unfit = [claim("SPX.change_1d", "moved", "gloamed", 1, direction="up")]
    assert became(check(DAY, sample_snapshot, second=Proposes(false, true))) == ["not proved"]
    assert became(check(DAY, sample_snapshot, second=Proposes(unfit, true))) == ["does not fit", "proved"]
    assert became(check(DAY, sample_snapshot, second=Proposes(true, false))) == ["proved"]
    assert became(check(DAY, sample_snapshot, second=Proposes(unfit, unfit, unfit, true))) == ["does not fit"] * 3


@pytest.mark.parametrize("text", [
    "", "It is proved.", '{"verdict": "accepted"}', '{"readings": [{"clause": 1, "claims": "proved"}]}',
    json.dumps({"readings": [{"clause": 1, "claims": [{**ROSE, "value": "0.77"}]}]}),
    json.dumps({"readings": [{"clause": 1, "claims": [{**ROSE, "figure": 0.77}]}]}),
    json.dumps({"readings": [{"clause": 9, "claims": [ROSE]}]}),
    json.dumps({"readings": [{"clause": 1, "claims": [{**ROSE, "fact": "IXIC.change_on_the_day"}]}]}),
])  # fmt: skip
def test_an_answer_that_cannot_be_used_changes_nothing(text: str, sample_snapshot: Snapshot) -> None:
    alone, verdict = check(DAY, sample_snapshot), check(DAY, sample_snapshot, second=Proposes(text=text))
    assert (verdict.verdict, verdict.findings, verdict.claims) == (alone.verdict, alone.findings, alone.claims)
    assert verdict.second is not None
    assert verdict.second.proved == 0


class Unreachable:
    """A second reader that gives no answer."""

    def propose(self, _: Question) -> Answer:
        return Answer(call=Call(model="gone", tries=3, error="Nothing answers there."))


def test_one_that_does_not_answer_leaves_the_first_readers_verdict(sample_snapshot: Snapshot) -> None:
    alone, verdict = check(DAY, sample_snapshot), check(DAY, sample_snapshot, second=Unreachable())
    assert verdict.second is not None
    assert verdict.model_copy(update={"second": None}) == alone
    assert "the verdict is the first reader's. Nothing answers there." in verdict.second.trouble


# What it can add


def test_words_that_passed_as_free_are_a_finding_where_the_facts_refute_them(sample_snapshot: Snapshot) -> None:
    text = "The Nasdaq ran the gloam backwards."
    assert check(text, sample_snapshot).accepted
    down = [claim("IXIC.change_1d", "moved", "ran the gloam backwards", direction="down")]
    verdict = check(text, sample_snapshot, second=Proposes(down))
    (finding,) = verdict.findings
    assert (finding.rule, finding.text, finding.reader) == ("wrong-direction", "ran the gloam backwards", "second")
    assert finding.message.endswith("the Nasdaq's change on the day is +0.77%, as a second reader takes it")
    assert [(one.verdict, one.reader) for one in verdict.claims] == [("refuted", "second")]
    assert (verdict.verdict, verdict.clauses.denied, verdict.clauses.free) == ("rejected", 1, 0)
    assert (verdict.second and verdict.second.found) == 1


def test_a_free_clause_that_is_so_stays_free(sample_snapshot: Snapshot) -> None:
    text = "The Nasdaq ran the gloam backwards."
    up = [claim("IXIC.change_1d", "moved", "ran the gloam backwards", direction="up")]
    verdict = check(text, sample_snapshot, second=Proposes(up))
    assert (verdict.accepted, verdict.claims, verdict.clauses.free, became(verdict)) == (True, (), 1, ["nothing"])


@pytest.mark.parametrize("claims", [
    [claim("SPX.change_1d", "moved", "ran the gloam", direction="down")],  # the clause is the Nasdaq's
    [claim("IXIC.rsi_14_zone", "label", "dances", label="overbought")],  # words that do not stand there
    [claim("IXIC.change_1d", "equals", "ran the gloam", figure="9.99%", direction="down")],  # no figure stands there
])  # fmt: skip
def test_no_finding_is_added_for_what_the_clause_does_not_say(
    claims: list[dict[str, Any]], sample_snapshot: Snapshot
) -> None:
    verdict = check("The Nasdaq ran the gloam backwards.", sample_snapshot, second=Proposes(claims))
    assert (verdict.accepted, became(verdict)) == (True, ["does not fit"])


# The question


def test_all_clauses_are_asked_about_at_once_unread_ones_first(sample_snapshot: Snapshot) -> None:
    second = Proposes()
    text = f"# Nasdaq gloams along\n\nThe Nasdaq closed at 6,635.28. So it gloams. {DAY}\n\n"
    check(text + "| | Day |\n|---|---|\n| Gloam | 7 |", sample_snapshot, second=second)
    (question,) = second.asked
    first, *free = question.clauses
    assert (first.clause, first.before, first.sentence) == (DAY, "So it gloams.", DAY)
    assert [(one.text, one.open) for one in first.items] == [("gloamed", True), ("0.77%", False)]
    assert [(one.clause, one.items) for one in free] == [("Nasdaq gloams along", ()), ("So it gloams.", ())]


def test_nobody_is_asked_where_there_is_nothing_to_ask(sample_snapshot: Snapshot) -> None:
    second = Proposes()
    assert check("The Nasdaq closed at 6,635.28.", sample_snapshot, second=second).second is None
    assert second.asked == []


def test_a_question_has_its_limits(sample_snapshot: Snapshot) -> None:
    """More clauses than are asked about, and one that is too long: they stay denied."""
    second = Proposes()
    text = "\n\n".join([DAY] * 70 + [f"The Nasdaq gloamed 0.77% {'so ' * 300}on the day."])
    verdict = check(text, sample_snapshot, second=second)
    assert len(second.asked[0].clauses) == 60
    assert rules(verdict).count("unknown-predicate") == 71


def test_the_question_knows_no_value(sample_bars: dict[str, Bars]) -> None:
    """It is the same, letter for letter, whatever the facts are."""
    text = "The Nasdaq gloams along. It closed in three cities. The S&P 500 dances, and gloams above it."
    asked = []
    for day in (date(2018, 12, 31), date(2017, 6, 30), date(2009, 3, 9)):
        second = Proposes()
        snapshot = build_snapshot(sample_bars["IXIC"], sample_bars["SPX"], day)
        check(text, snapshot, second=second)
        asked += second.asked
    assert len(asked) == 3
    assert len({question.model_dump_json() for question in asked}) == 1
    assert asked[0].clauses


# The seam


def test_the_readers_fit_the_seam(sample_snapshot: Snapshot) -> None:
    """What a type checker reads: the project's reader and one of a test are both readers."""
    own: Reader = reader_for(sample_snapshot)
    forgets: Reader = Forgets(sample_snapshot, "6,635.28")
    second: SecondReader = Proposes([CLOSED])
    text = "The Nasdaq closed at 6,635.28."
    assert check(text, sample_snapshot, reader=own) == check(text, sample_snapshot)
    assert rules(check(text, sample_snapshot, reader=forgets)) == ["unread"]
    assert check(text, sample_snapshot, reader=forgets, second=second).accepted


def test_a_verdict_can_be_proved_anew_without_asking_anybody(sample_snapshot: Snapshot) -> None:
    verdict = check(DAY, sample_snapshot, second=Proposes([ROSE]))
    read = Verdict.model_validate_json(verdict.model_dump_json())
    assert read == verdict
    assert check(DAY, sample_snapshot, second=read.second) == verdict
    assert verdict.second is not None
    assert verdict.second.call == CALL
    changed = DAY.replace("0.77%", "0.87%")
    assert not check(changed, sample_snapshot, second=read.second).accepted


# Whatever is answered

PAGE = (
    "The Nasdaq closed at 6,635.28, 6.38% below its 50-day average, for a fourth straight gain since Dec. 26. "
    "Its RSI(14) gloams neutral at 42.38, not above 50, and the S&P 500 beat it by 0.08 percentage points on the day. "
    "The Nasdaq's -DI is 1.71 times its +DI. It closed at 6,653.28. Buyers danced, because of the Fed."
)
FORGOTTEN = ("6,635.28", "6.38%", "below", "fourth straight", "Dec. 26", "neutral", "42.38", "above", "50", "beat",
             "0.08 percentage points", "1.71 times")  # fmt: skip
IDS = sorted(
    words("""
    IXIC.close IXIC.sma_50 IXIC.distance_sma_50 IXIC.rsi_14 IXIC.rsi_14.weekly IXIC.rsi_14_zone IXIC.is_session
    IXIC.next_session IXIC.weekday IXIC.plus_di_14 IXIC.minus_di_14 IXIC.recent_3_close IXIC.recent_3_date
    IXIC.up_streak_sessions IXIC.change_1d IXIC/SPX.spread_1d SPX/IXIC.spread_1d IXIC.holidays_next_7d
    IXIC.largest_gain_day_since_change IXIC.ma_buy_count IXIC.stack_order nothing
""")
)
PIECES = st.sampled_from([*FORGOTTEN, "not", "gloams", "The Nasdaq closed", "Buyers danced", "-DI is", "no", PAGE])
CLAIMS = st.fixed_dictionaries(
    {
        "fact": st.sampled_from(IDS), "relation": st.sampled_from(get_args(Relation)),
        "words": st.lists(PIECES, min_size=1, max_size=4), "owns": st.lists(st.integers(0, 6), max_size=4, unique=True),
    },
    optional={
        "than": st.sampled_from(IDS), "figure": PIECES, "negated": st.booleans(),
        "direction": st.sampled_from(["up", "down", "flat"]), "label": st.sampled_from(["neutral", "above", "x"]),
    },
)  # fmt: skip
READINGS = st.lists(
    st.fixed_dictionaries({"clause": st.integers(1, 6), "claims": st.lists(CLAIMS, min_size=1, max_size=4)}), max_size=6
)


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(readings=READINGS)
def test_no_answer_breaks_the_checker_or_acquits_what_is_refuted(
    readings: list[dict[str, Any]], sample_snapshot: Snapshot
) -> None:
    reader = Forgets(sample_snapshot, *FORGOTTEN)
    alone = check(PAGE, sample_snapshot, reader=reader)
    verdict = check(PAGE, sample_snapshot, reader=reader, second=Proposes(*readings))
    grave = [one for one in alone.findings if one.severity != "unproved"]
    assert len(grave) >= 2
    assert [one for one in grave if one not in verdict.findings] == []
    assert not verdict.accepted
    assert verdict.second is not None
    assert len(verdict.of_second) == 0 or verdict.second.proved > 0
