"""The checker as a whole: ties, spans, one finding for one mistake, determinism, and that any text gets a verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

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


def test_a_clause_too_long_to_read_is_unproved(sample_snapshot: Snapshot) -> None:
    text = "The Nasdaq closed at 6,635.28 " + "and at 6,635.28 " * 200
    assert {finding.rule for finding in check(text, sample_snapshot).findings} == {"unread"}
    assert check(text + ". The Nasdaq closed at 6,635.28.", sample_snapshot).proved == 1
