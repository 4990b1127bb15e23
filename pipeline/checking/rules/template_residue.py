"""A slot or template mark that was never filled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checking.evidence import PageView
from pipeline.checking.rules.rule import Problem, page_rule

RESIDUE = re.compile(
    r"\[\[[^\[\]\n]*\]\]|\{\{[^}\n]*\}\}|\{%[^%\n]*%\}|\[\[|\]\]|<\|[^|\n]*\|>|\b(?:TODO|TKTK|XXX|lorem ipsum)\b"
)


@page_rule(
    "TEXT01",
    "refuted",
    flags=("The Nasdaq closed at «[[IXIC.closing]]».", "The RSI(14) stands at «{{ rsi }}»."),
    passes=("The Nasdaq closed at 6,635.28.",),
)
def template_residue(view: PageView) -> Iterator[Problem]:
    """A slot or template mark that was never filled.

    Readers have been served `[[WINNING_TEAM_MASCOT]]`.
    """
    for match in RESIDUE.finditer(view.page.source):
        yield Problem(f"`{match[0][:40]}` is template residue", "fill the slot or delete the sentence", match.span())
