"""A judgement that colours a proved statement."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.evidence import PageView
from pipeline.checking.rules.rule import Problem, page_rule, words_found


@page_rule(
    "STYLE02",
    "warning",
    flags=("The Nasdaq's «strong» rise on the day was 0.77%.",),
    passes=("The Nasdaq rose 0.77% on the day.",),
)
def coloured_word(view: PageView) -> Iterator[Problem]:
    """A judgement that colours a proved statement.

    Strong, weak, impressive: the figure says it better. A matter of style, not of proof.
    """
    return words_found(
        view, "unproved", "is a judgement", "let the figure speak", lambda _, mention: "colour" not in mention.values
    )
