"""The seam between reading and proof: what a reader is given and what it gives back.

Text and the names of a catalogue go in, readings ranked blind to values come out, and proof is nobody's but the
checker's. There is a reader of pages, which every check needs, and a second one, which it may have: that one is asked
about the clauses the first could not read, all in one question.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Protocol

from pipeline.checking.notes import Citation
from pipeline.checking.second.exchange import Answer, Question
from pipeline.checking.text import Block
from pipeline.checking.tokens import Token

if TYPE_CHECKING:
    from pipeline.checking.reading.reader import Page

Cite = Callable[[Block, list[Token]], list[Citation]]
"""Finds what a block attributes to notes."""


class Reader(Protocol):
    """Reads articles. It is made for a catalogue and some instruments' names, and never sees a value."""

    def read(self, source: str, cite: Cite | None = None, today: date | None = None) -> Page:
        """A Markdown text as clauses with their mentions, the discourse state each is read in, and for every anchor
        the statements it may make, ranked. today: the day the text is of."""
        ...


class SecondReader(Protocol):
    """Proposes readings for clauses that were not read. All it is told is in the question, which holds no value."""

    def propose(self, question: Question) -> Answer:
        """Ranked readings of the question's clauses, or an answer that says why there are none. Never raises for what
        a network or a model does."""
        ...
