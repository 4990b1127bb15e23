"""A name that is not in the snapshot or the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.checking.attribution import VERBS
from pipeline.checking.clauses import Clause
from pipeline.checking.evidence import PageView, owners
from pipeline.checking.rules.rule import Problem, page_rule, words_found

NOT_HERE = "is not in the snapshot or the catalogue"
CAPITAL_INSIDE = re.compile("[a-z][A-Z]")
OPENINGS = frozenset({".", "!", "?", "...", ":", '"', "(", "-", "--", "\u2014", "\u2013"})
"""What stands before the first word of a sentence, whose capital says nothing."""


@page_rule(
    "NAME01",
    "unproved",
    flags=(
        "«Apple» rose.",
        "«Glassnode» reported that the Nasdaq closed higher.",
        "«Fibonacci» levels are near.",
        "The Nasdaq rose 0.77%, as «Jane Smith» had it.",
        "«ChartPulse»'s rating of the Nasdaq is sell.",
        "«Quantex Pulse» tells the same of the Nasdaq.",
    ),
    passes=("The Nasdaq rose 0.77% on the day.",),
)
def unknown_name(view: PageView) -> Iterator[Problem]:
    """A name that is not in the snapshot or the catalogue.

    Other indexes, funds, indicators, firms and people have no facts here. Well-known ones are refused by name; a
    word nobody knows is taken for a name where it has a capital inside a sentence.
    """
    yield from words_found(view, "outsider", NOT_HERE, f"write of {owners(view)} and the catalogue's measures only")
    for clause in view.clauses():
        for first, last in _names(clause):
            start, end = clause.span(first, last)
            yield Problem(f"`{view.page.source[start:end]}` {NOT_HERE}", "leave the name out", (start, end))


def _names(clause: Clause) -> list[tuple[int, int]]:
    """Token ranges of unknown words with a capital in running text; at the head of a sentence only where they say
    something ("Glassnode reported"), have a capital inside ("ChartPulse") or a second one ("Quantex Pulse")."""
    names: list[tuple[int, int]] = []
    known = {mention.first for mention in clause.mentions if mention.kind != "unknown"}
    for mention in clause.mentions if clause.block.kind in ("paragraph", "item") else ():
        place, last = mention.first, mention.last
        text, following = clause.tokens[place].text, clause.tokens[last : min(last + 1, clause.last)]
        if mention.kind != "unknown" or not text[0].isupper():
            continue
        if names and place <= names[-1][1]:
            names[-1] = (names[-1][0], max(names[-1][1], last))
        elif any(token.text[:1].isupper() for token in following) and last not in known:
            names.append((place, last + 1))
        elif (
            (place > 0 and clause.tokens[place - 1].text not in OPENINGS)
            or any(token.norm in VERBS for token in following)
            or CAPITAL_INSIDE.search(text)
        ):
            names.append((place, last))
    return names
