"""Words in quotation marks that are not the note's own."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.evidence import PageView
from pipeline.checking.rules.rule import Problem, note_faults, page_rule


@page_rule(
    "NOTE03",
    "refuted",
    flags=('Jerome Powell said on Dec. 19: "«We cut the target range»."',),
    passes=('"We raised the target range by a quarter point," Jerome Powell said on Dec. 19.',),
)
def misquoted_note(view: PageView) -> Iterator[Problem]:
    """Words in quotation marks that are not the note's own.

    A quotation is a verbatim run of the note it is attributed to, but for case, kinds of marks and final punctuation.
    The note of the examples, here and in the rules that follow, is by Jerome Powell, Federal Reserve, Dec. 19, 2018:
    "We raised the target range by a quarter point to 2.25% to 2.5%."
    """
    return note_faults(
        view,
        "quotation",
        "is not verbatim of note {id}, or cut so that it says something else",
        "quote `{truth}` or a run of it, or leave the quotation out",
    )
