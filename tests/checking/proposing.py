"""A second reader that says what a test tells it, a first one that forgets, and short ways to write claims."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from pipeline.checking.checker import check, reader_for
from pipeline.checking.reading.reader import Page
from pipeline.checking.seam import Cite
from pipeline.checking.second.exchange import Answer, Call, Question, parse
from pipeline.checking.verdict import Verdict
from pipeline.facts.snapshot import Snapshot

CALL = Call(model="scripted", input_tokens=10, output_tokens=5)


def claim(fact: str, relation: str, words: str | list[str], *owns: int, **more: Any) -> dict[str, Any]:
    """One claim as a model writes it in JSON."""
    said = [words] if isinstance(words, str) else words
    return {"fact": fact, "relation": relation, "words": said, "owns": list(owns), **more}


class Proposes:
    """Answers with readings, each the claims of one; those of a test that names no clause are of the first."""

    def __init__(self, *readings: list[dict[str, Any]] | dict[str, Any], text: str | None = None) -> None:
        self.readings, self.text = readings, text
        self.asked: list[Question] = []

    def propose(self, question: Question) -> Answer:
        """The answer of the script."""
        self.asked.append(question)
        readings = [one if isinstance(one, dict) else {"clause": 1, "claims": one} for one in self.readings]
        return parse(json.dumps({"readings": readings}) if self.text is None else self.text, CALL)


class Forgets:
    """The project's reader, but for some words of which it has no reading: what a weaker first reader would give."""

    def __init__(self, snapshot: Snapshot, *words: str) -> None:
        self.reader, self.words = reader_for(snapshot), words

    def read(self, source: str, cite: Cite | None = None, today: date | None = None) -> Page:
        """The page with those anchors unread."""
        page = self.reader.read(source, cite, today)
        for reading in page.readings:
            for anchor in reading.anchors:
                if reading.clause.printed(anchor.mention) in self.words:
                    anchor.chosen, anchor.candidates, anchor.alternatives = None, [], []
        return page


def consider(text: str, snapshot: Snapshot, *readings: list[dict[str, Any]], forgets: tuple[str, ...] = ()) -> Verdict:
    """The verdict on a text of which some words are not read, with readings proposed for its first clause."""
    return check(text, snapshot, reader=Forgets(snapshot, *forgets), second=Proposes(*readings))


def became(verdict: Verdict) -> list[str]:
    """What became of each reading."""
    assert verdict.second is not None, "nobody was asked"
    return [one.outcome for one in verdict.second.considered]
