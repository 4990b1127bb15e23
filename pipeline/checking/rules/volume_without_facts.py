"""Talk of volume that no volume fact proves."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checking.claims import Ref, Statement
from pipeline.checking.evidence import PageView, owner
from pipeline.checking.mentions import Mention
from pipeline.checking.reading.settle import Reading
from pipeline.checking.rules.rule import Problem, page_rule


@page_rule(
    "INF08",
    "unproved",
    flags=(
        "The Nasdaq rose 0.77% on the day on heavy «volume».",
        "The Nasdaq rose 0.77% on the day, and so did «turnover».",
    ),
    passes=("The Nasdaq rose 0.77% on the day.",),
)
def volume_without_facts(view: PageView) -> Iterator[Problem]:
    """Talk of volume that no volume fact proves.

    Index volume is not the index's own; without real volume in the snapshot there is nothing to say. Where there is
    some, a word of volume has a figure beside it or weighs the session's volume against its 20-session average.
    """
    measures = view.prover.measures
    facts = [fact for fact in view.snapshot.facts if fact.measure in measures and measures[fact.measure].needs_volume]
    names = " and ".join(owner(view.prover, symbol) for symbol in dict.fromkeys(fact.instrument for fact in facts))
    wrong = "is proved by no fact of volume" if facts else "speaks of volume, for which the snapshot has no facts"
    for reading in view.page.readings:
        for mention in _unclaimed(reading, view):
            yield Problem(
                f"`{reading.clause.printed(mention)}` {wrong}",
                f"leave it out, or give its figure; the facts of volume are of {names}" if facts else "leave it out",
                reading.clause.place(mention),
            )


def _unclaimed(reading: Reading, view: PageView) -> Iterator[Mention]:
    """Words of volume in a clause that no claim about volume uses; headings of a table are no claims."""
    clause, measures = reading.clause, view.prover.measures
    if clause.block.kind == "cell" and not clause.header:
        return
    claimed = {
        index
        for anchor in reading.anchors if anchor.chosen
        for statement in anchor.chosen.statements if _of_volume(statement, view)
        for index in anchor.chosen.uses
    }  # fmt: skip
    for index, mention in enumerate(reading.mentions):
        named = mention.kind == "measure" and any(measures[name].needs_volume for name in mention.values)
        if index >= len(clause.header) and index not in claimed and (named or mention.kind == "volume"):
            yield mention


def _of_volume(statement: Statement, view: PageView) -> bool:
    """Whether a statement is about a measure of volume of which the snapshot has a fact."""
    refs = (getattr(statement, name, None) for name in ("ref", "left", "right"))
    facts = (view.prover.fact(ref) for ref in refs if isinstance(ref, Ref))
    return any(fact is not None and view.prover.measures[fact.measure].needs_volume for fact in facts)
