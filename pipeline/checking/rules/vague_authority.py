"""An attribution to nobody in particular."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.evidence import PageView
from pipeline.checking.rules.rule import Problem, page_rule, words_found


@page_rule(
    "NOTE02",
    "forbidden",
    flags=("«Analysts say» the Nasdaq closed at 6,635.28.",),
    passes=("The Nasdaq closed at 6,635.28.",),
)
def vague_authority(view: PageView) -> Iterator[Problem]:
    """An attribution to nobody in particular.

    "Analysts say" launders an unproved statement.
    """
    return words_found(
        view,
        "authority",
        "attributes a statement to a source that is not in the notes",
        "leave it out, or bring it as a sourced note",
    )
