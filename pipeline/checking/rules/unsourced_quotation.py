"""Words in quotation marks that are not in the notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checking.evidence import PageView
from pipeline.checking.rules.rule import Problem, page_rule

QUOTED = re.compile(r'"[^"\n]{2,400}"')


@page_rule(
    "NOTE01",
    "forbidden",
    flags=('The Nasdaq closed at 6,635.28: «"what a day"».',),
    passes=("The Nasdaq closed at 6,635.28.",),
)
def unsourced_quotation(view: PageView) -> Iterator[Problem]:
    """Words in quotation marks that are not in the notes.

    A quotation is verbatim from a sourced note or it is invented.
    """
    notes = " ".join(note.text for note in view.snapshot.notes)
    for block in view.page.blocks:
        if block.kind == "front":
            continue
        for match in QUOTED.finditer(block.text):
            words = match[0].strip('" .,')
            if len(words.split()) > 1 and words not in notes:
                yield Problem(
                    f"`{words[:60]}` is quoted but stands in no note",
                    "leave the quotation out, or bring it as a sourced note",
                    block.span(*match.span()),
                )
