"""The checker as a whole: ties, spans, one finding for one mistake, determinism, and that any text gets a verdict."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.checking.checker import check, one_per_mistake
from pipeline.checking.verdict import Verdict
from pipeline.facts.slots import Span
from pipeline.facts.snapshot import Snapshot

ROOT = Path(__file__).resolve().parents[2]
PAGE = """# Nasdaq rises 0.77% to end 2018

The Nasdaq rose 0.77% on the day to 6,635.28. Its RSI(14) stands at 42.38.

| | Close | Day |
|---|---|---|
| Nasdaq | 6,635.28 | +0.77% |
| S&P 500 | 2,506.85 | +0.85% |
"""


def rules(verdict: Verdict) -> list[tuple[str, str]]:
    return [(finding.rule, finding.text) for finding in verdict.findings]


def test_a_true_page_is_accepted_with_all_its_claims(sample_snapshot: Snapshot) -> None:
    verdict = check(PAGE, sample_snapshot)
    assert rules(verdict) == []
    assert verdict.accepted
    assert verdict.proved == len(verdict.claims) >= 8
    assert {"IXIC.change_1d", "IXIC.close", "IXIC.rsi_14", "SPX.close", "SPX.change_1d"} <= {
        fact for claim in verdict.claims for fact in claim.facts
    }


@pytest.mark.parametrize("text", ["", " ", "\n\n", "---\n---\n", "<!-- nothing -->", "\ufeff"])
def test_nothing_said_is_nothing_wrong(sample_snapshot: Snapshot, text: str) -> None:
    verdict = check(text, sample_snapshot)
    assert (verdict.accepted, verdict.claims, verdict.findings) == (True, (), ())


@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("0.77% on the day to", "0.87% on the day to"),
        ("to 6,635.28.", "to 6,653.28."),
        ("at 42.38", "at 41.71"),
        ("rose 0.77%", "fell 0.77%"),
        ("| +0.85% |", "| -0.85% |"),
        ("2,506.85", "2,508.65"),
        ("# Nasdaq rises", "# Nasdaq falls"),
    ],
)
def test_one_mistake_is_one_finding_in_its_clause(sample_snapshot: Snapshot, true: str, false: str) -> None:
    text = PAGE.replace(true, false)
    start = text.index(false)
    (finding,) = check(text, sample_snapshot).findings
    assert start <= finding.start
    assert finding.end <= start + len(false)


def test_offsets_are_code_points_of_the_file(sample_snapshot: Snapshot) -> None:
    """Before the mistake stand a character beyond the first plane, a zero-width one, an entity, Windows line ends."""
    text = "# 📈 Nasdaq\r\n\r\nS&amp;P\u200b 500: **2,506.85**. The Nasdaq closed at 6,653.28.\r\n"
    verdict = check(text, sample_snapshot)
    (finding,) = verdict.findings
    assert text[finding.start : finding.end] == finding.text == "6,653.28"
    assert (finding.line, finding.column) == (3, text.splitlines()[2].index("6,653.28") + 1)
    for claim in verdict.claims:
        assert text[claim.start : claim.end] == claim.text


def test_findings_and_claims_stand_in_reading_order(sample_snapshot: Snapshot) -> None:
    verdict = check(PAGE.replace("0.77%", "0.87%").replace("42.38", "43.28"), sample_snapshot)
    starts = [finding.start for finding in verdict.findings]
    assert len(starts) == 4
    assert starts == sorted(starts)
    assert [claim.start for claim in verdict.claims] == sorted(claim.start for claim in verdict.claims)


def test_of_findings_that_overlap_the_gravest_stays(sample_snapshot: Snapshot) -> None:
    (found,) = check("Analysts say so.", sample_snapshot).findings
    grave, first, second, apart = (
        found.model_copy(update={"severity": severity, "start": start, "end": end})
        for severity, start, end in (
            ("forbidden", 10, 14), ("refuted", 8, 12), ("unproved", 13, 20), ("unproved", 14, 20),
        )
    )  # fmt: skip
    assert one_per_mistake([first, second, grave]) == [grave]
    assert one_per_mistake([apart, grave]) == [grave, apart]
    assert one_per_mistake([second, first]) == [first, second]


def test_a_warning_changes_no_verdict(sample_snapshot: Snapshot) -> None:
    verdict = check("The Nasdaq's strong rise on the day was 0.77%.", sample_snapshot)
    assert verdict.accepted
    assert [finding.severity for finding in verdict.warnings] == ["warning"]


def test_clauses_are_counted_as_read_free_or_denied(sample_snapshot: Snapshot) -> None:
    clauses = check("The Nasdaq closed at 6,635.28. So it goes. It closed at 9,999.99.", sample_snapshot).clauses
    assert (clauses.read, clauses.free, clauses.denied) == (1, 1, 1)


# Spans: what was printed from a slot breaks a tie; it never makes a reading plausible that grammar does not.

TERSE = "The Nasdaq fell 6.38% below its 50-day average and 11.14% its 200-day average."
"""Read as a change, the second figure is false; as a distance, a plausible reading that is dearer, it is true."""


def span_of(text: str, words: str, fact: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words), fact=fact)


def test_a_span_decides_between_plausible_readings(sample_snapshot: Snapshot) -> None:
    assert rules(check(TERSE, sample_snapshot)) == [("ambiguous", "11.14%")]
    span = span_of(TERSE, "11.14%", "IXIC.distance_sma_200")
    assert check(TERSE, sample_snapshot, [span]).accepted


def test_a_span_adds_no_reading(sample_snapshot: Snapshot) -> None:
    """The figure is the S&P 500's, the words are the Nasdaq's: knowing the slot does not make the sentence true."""
    text = "The Nasdaq closed at 2,506.85."
    spans = [span_of(text, "2,506.85", "SPX.close")]
    assert rules(check(text, sample_snapshot, spans)) == rules(check(text, sample_snapshot))
    assert rules(check(text, sample_snapshot, spans)) == [("misbound-instrument", "2,506.85")]


def test_a_span_of_an_unknown_fact_changes_nothing(sample_snapshot: Snapshot) -> None:
    spans = [span_of(PAGE, "6,635.28", "IXIC.no_such_fact"), Span(start=10**6, end=10**6 + 4, fact="IXIC.close")]
    assert check(PAGE, sample_snapshot, spans) == check(PAGE, sample_snapshot)


# Determinism

PROGRAM = """
import sys
from pipeline.checking.checker import check, one_per_mistake
from pipeline.facts.snapshot import Snapshot
text, snapshot = (open(path, encoding="utf-8").read() for path in sys.argv[1:])
print(check(text, Snapshot.model_validate_json(snapshot)).model_dump_json())
"""


def test_the_same_bytes_for_any_hash_seed(sample_snapshot: Snapshot, tmp_path: Path) -> None:
    article, snapshot = tmp_path / "article.md", tmp_path / "snapshot.json"
    article.write_text(PAGE.replace("42.38", "41.71") + "\nAnalysts fear the 75-day average.\n", encoding="utf-8")
    snapshot.write_text(sample_snapshot.model_dump_json(), encoding="utf-8")
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(article), str(snapshot)],
            env={**os.environ, "PYTHONHASHSEED": seed}, cwd=ROOT, stdout=subprocess.PIPE,
        )
        for seed in ("1", "4711")
    ]  # fmt: skip
    first, second = (run.communicate(timeout=60)[0] for run in runs)
    assert b"misbound-instrument" in first
    assert first == second


# Any text at all

VOCABULARY = """
    The Nasdaq S&P 500 rose fell 0.77% 6,635.28 above below its 50-day average and on the week Friday, Dec. 31, 2018 .
    record close RSI(14) at 42.38 overbought not all twelve averages crossed nearly 4 straight sessions the latter
    respectively | --- # ## 1. - ( ) " ' % $ + , ; : since longest between will because ½ ² ① ٣ 一 ５ ﷽
"""
WORDS = st.sampled_from([*VOCABULARY.split(), "\n", "\n\n", "\u202e", "\u00a0"])


@pytest.mark.slow
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.one_of(st.lists(WORDS, max_size=60).map(" ".join), st.text(max_size=2000)))
def test_any_text_gets_a_verdict_that_points_into_it(text: str, sample_snapshot: Snapshot) -> None:
    verdict = check(text, sample_snapshot)
    assert verdict.accepted == (not verdict.findings)
    for item in (*verdict.findings, *verdict.warnings, *verdict.claims):
        assert 0 <= item.start <= item.end <= len(text)
        assert item.text == text[item.start : item.end]
    for one, other in pairwise(verdict.findings):
        assert one.end <= other.start, "findings overlap"


@pytest.mark.parametrize(
    "text", ["Dec ².", "2018-²-1", "50- and ²-day averages", "% % %", "-" * 200, "| " * 200, "#" * 9]
)
def test_strange_texts_that_once_broke_or_might(sample_snapshot: Snapshot, text: str) -> None:
    assert check(text, sample_snapshot).verdict in ("accepted", "rejected")


LIMIT = 5.0
"""Seconds of one core that 100 KB may take, the limit of the design."""


def cost(text: str, snapshot: Snapshot) -> tuple[float, Verdict]:
    """Processor seconds of a check, and its verdict."""
    start = process_time()
    verdict = check(text, snapshot)
    return process_time() - start, verdict


@pytest.mark.slow
def test_a_long_text_is_read_whole_and_in_time(sample_snapshot: Snapshot) -> None:
    paragraph = (
        "The Nasdaq rose 0.77% on the day to 6,635.28, below its 50-day average of 7,087.63. It was not a record.\n\n"
    )
    seconds, verdict = cost(paragraph * (100_000 // len(paragraph)), sample_snapshot)
    assert verdict.accepted
    assert seconds < LIMIT


@pytest.mark.slow
@pytest.mark.parametrize(
    "part", ["1.5% ", "close 5 ", "rose 2% above the 50-day average ", "gloam ", '"a b" ', "[[", "![", "<!--"]
)
def test_one_endless_sentence_costs_no_more(part: str, sample_snapshot: Snapshot) -> None:
    """A clause too costly to read is unproved; nothing grows with the square of a clause's length."""
    seconds, verdict = cost("The Nasdaq " + part * (100_000 // len(part)), sample_snapshot)
    assert seconds < LIMIT
    assert verdict.accepted is (part in ("gloam ", "![", "<!--"))


def test_a_clause_too_long_to_read_is_unproved(sample_snapshot: Snapshot) -> None:
    text = "The Nasdaq closed at 6,635.28 " + "and at 6,635.28 " * 200
    assert {finding.rule for finding in check(text, sample_snapshot).findings} == {"unread"}
    assert check(text + ". The Nasdaq closed at 6,635.28.", sample_snapshot).proved == 1
