"""Cutting a draft into sentences, finding the one a finding is in, and replacing it alone."""

from __future__ import annotations

import pytest

from pipeline.facts.slots import Span
from pipeline.writing.sentences import owners, replace, sentences

DRAFT = """# Index Closes at [[X.close]]

*It rose [[X.change_1w]] on the week.*

Data as of the close, Fri. Jan. 16, 2026 (ET)

The S&P 500 closed at [[X.close]]. It gained 61.8 points, or [[X.change_1d]], on Jan. 16. The U.S. gauge
led. [[X.unknown]] stood still.

| Close | Week |
|---|---|
| [[X.close]] | [[X.change_1w]] |

- One item. And a second sentence.
"""
PRINTED = {"X.close": "6,940.01", "X.change_1w": "0.38%", "X.change_1d": "0.06%"}


def rendered(draft: str) -> tuple[str, tuple[Span, ...]]:
    """A draft printed by hand, slot by slot; an unknown one stays."""
    spans = []
    for fact, shown in PRINTED.items():
        draft = draft.replace(f"[[{fact}]]", f"<{fact}>{shown}</>")
    while "<X." in draft:
        start, close = draft.index("<X."), draft.index("</>")
        fact, shown = draft[start + 1 : close].split(">")
        spans.append(Span(start=start, end=start + len(shown), fact=fact))
        draft = draft[:start] + shown + draft[close + 3 :]
    return draft, tuple(spans)


def test_sentences_of_a_draft() -> None:
    """Headings, items and rows are units of their own, without their marks; abbreviations do not end a sentence."""
    assert [sentence.text for sentence in sentences(DRAFT)] == [
        "Index Closes at [[X.close]]",
        "*It rose [[X.change_1w]] on the week.*",
        "Data as of the close, Fri. Jan. 16, 2026 (ET)",
        "The S&P 500 closed at [[X.close]].",
        "It gained 61.8 points, or [[X.change_1d]], on Jan. 16.",
        "The U.S. gauge\nled.",
        "[[X.unknown]] stood still.",
        "| Close | Week |",
        "|---|---|",
        "| [[X.close]] | [[X.change_1w]] |",
        "One item.",
        "And a second sentence.",
    ]
    assert all(DRAFT[one.start : one.end] == one.text for one in sentences(DRAFT))


@pytest.mark.parametrize(("text", "count"), [
    ("The S&P 500. The Dow.", 2), ("It rose to 61.8. Then it fell.", 2), ("On Sept. 5 it rose.", 1),
    ("It closed Mon. Jan. 5 at 3.", 1), ("No. 1 in the U.S. market.", 1), ("J. Smith rose.", 1),
    ("It rose! Did it? Yes.", 3),
    ('It "closed." The end.', 2), ("It rose (by 3.5%). It fell.", 2), ("Its 50-day avg. of it", 1), ("", 0),
    ("It closed at 4 p.m. ET. It rose.", 2), ("In 1996. In May. It fell.", 3), ("$5 rose... It fell.", 2),
])  # fmt: skip
def test_where_a_sentence_ends(text: str, count: int) -> None:
    """Counted by hand."""
    assert len(sentences(text)) == count


def test_a_place_in_the_printed_text_leads_to_its_sentence() -> None:
    """Every word of the printed text is found in the sentence of the draft it came from, printed figures included."""
    text, spans = rendered(DRAFT)
    for words, number in (
        ("6,940.01", 1), ("0.38%", 2), ("Jan. 16, 2026", 3), ("S&P 500", 4), ("0.06%", 5), ("led.", 6),
        ("[[X.unknown]]", 7), ("Week", 8), ("| 6,940.01 |", 10), ("second", 12),
    ):  # fmt: skip
        start = text.index(words)
        assert [one.number for one in owners(DRAFT, spans, start, start + len(words))] == [number]


def test_a_finding_over_two_sentences_belongs_to_both_and_one_between_to_the_nearest() -> None:
    """Offsets into the printed text, taken by hand."""
    text, spans = rendered(DRAFT)
    start, end = text.index("on Jan. 16."), text.index("gauge")
    assert [one.number for one in owners(DRAFT, spans, start, end)] == [5, 6]
    gap = text.index("\n\nData")
    assert [one.number for one in owners(DRAFT, spans, gap, gap + 1)] == [2]
    assert [one.number for one in owners(DRAFT, spans, 0, 0)] == [1]
    assert owners("", (), 0, 5) == ()


def test_only_the_named_sentence_is_replaced() -> None:
    """The text before and after it stays byte for byte."""
    old = "It gained 61.8 points, or [[X.change_1d]], on Jan. 16."
    before, after = DRAFT.split(old)
    assert replace(DRAFT, {5: "It rose."}) == (before + "It rose." + after).strip()


@pytest.mark.parametrize(("draft", "number", "left"), [
    ("One. Two. Three.", 2, "One. Three."), ("One. Two. Three.", 1, "Two. Three."),
    ("One. Two. Three.", 3, "One. Two."),
    ("One.\n\nTwo.\n\nThree.", 2, "One.\n\nThree."), ("- One.\n- Two.", 1, "- Two."), ("## Two\n\nOne.", 1, "One."),
])  # fmt: skip
def test_a_deleted_sentence_leaves_no_trace(draft: str, number: int, left: str) -> None:
    """Its mark and its space go with it."""
    assert replace(draft, {number: ""}) == left
