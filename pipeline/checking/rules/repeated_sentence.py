"""A sentence said twice."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.evidence import PageView
from pipeline.checking.rules.rule import Problem, page_rule
from pipeline.checking.tokens import sentences, tokenise


@page_rule(
    "STYLE01",
    "warning",
    flags=("The Nasdaq closed at 6,635.28. «The Nasdaq closed at 6,635.28.»",),
    passes=("The Nasdaq closed at 6,635.28. The S&P 500 closed at 2,506.85.",),
)
def repeated_sentence(view: PageView) -> Iterator[Problem]:
    """A sentence said twice.

    A reader who meets a sentence twice doubts both.
    """
    seen: set[str] = set()
    for block in view.page.blocks:
        if block.kind not in ("paragraph", "item"):
            continue
        tokens = tokenise(block.text)
        for first, last in sentences(tokens):
            text = " ".join(token.norm for token in tokens[first:last])
            if last - first >= 5 and text in seen:
                yield Problem(
                    "the sentence stands twice", "delete one", block.span(tokens[first].start, tokens[last - 1].end)
                )
            seen.add(text)
