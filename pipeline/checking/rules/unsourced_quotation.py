"""Words in quotation marks that are not in the notes."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.attribution import quotations
from pipeline.checking.evidence import PageView
from pipeline.checking.notes import archive
from pipeline.checking.rules.rule import Problem, page_rule
from pipeline.checking.tokens import tokenise


@page_rule(
    "NOTE01",
    "forbidden",
    flags=('The Nasdaq closed at 6,635.28: «"what a day"».',),
    passes=("The Nasdaq closed at 6,635.28.",),
)
def unsourced_quotation(view: PageView) -> Iterator[Problem]:
    """Words in quotation marks that are not in the notes.

    A quotation of two words and more is verbatim from a sourced note and names who said it, or it is invented.
    """
    notes = archive(view.snapshot.notes, view.snapshot.as_of)
    cited = {(id(one.block), first) for one in view.page.citations for first, _ in one.quotes}
    for block in view.page.blocks:
        if not {'"', "'"} & set(block.text):
            continue
        tokens = tokenise(block.text)
        for first, last in quotations(block, tokens):
            if (id(block), first) in cited:
                continue
            words = block.text[tokens[first].start : tokens[last - 1].end]
            known = notes.holds(tokens[first:last])
            wrong = "is quoted without saying whose words they are" if known else "is quoted but stands in no note"
            yield Problem(
                f"`{words[:60]}` {wrong}",
                "name the note's speaker or publisher" if known else "leave it out, or bring it as a sourced note",
                block.span(tokens[first - 1].start, tokens[last].end),
            )
