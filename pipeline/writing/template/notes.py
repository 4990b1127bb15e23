"""Notes repeated: each valid one verbatim in quotation marks, with who said it and when."""

from __future__ import annotations

import re

from pipeline.facts.snapshot import Note
from pipeline.facts.units import ap_date
from pipeline.writing.sentences import sentences
from pipeline.writing.template.desk import Desk
from pipeline.writing.template.names import safe

MOST, LONGEST = 3, 300
"""Notes an article repeats, and characters after which a note is cut at the end of a sentence."""

ACRONYM = re.compile(r"(?:\b[^\W\d_]\.){2,}\Z")
"""A last word whose stops are its own: "U.S.", "a.m."."""


def notes(desk: Desk) -> str:
    """The newest notes in one paragraph; empty without any."""
    whole = [note for note in desk.snapshot.notes if note.text.strip() and (note.speaker or note.publisher)]
    newest = sorted(whole, key=lambda note: note.published or desk.as_of, reverse=True)
    return " ".join(_repeated(note, desk) for note in newest[:MOST])


def _repeated(note: Note, desk: Desk) -> str:
    """A note with its attribution: `"...," Jerome Powell said on Dec. 19, Federal Reserve reported.`"""
    words = _plain(_short(" ".join(note.text.split()))).replace('"', "'").replace("“", "'").replace("”", "'")
    words = words if words[-1] in "?!" else f"{words if ACRONYM.search(words) else words.rstrip('.,;:')},"
    day = f" on {ap_date(note.published, desk.as_of)}" if note.published else ""
    speaker, publisher = _plain(note.speaker), _plain(note.publisher)
    if not speaker or speaker == publisher:
        return f'"{words}" {publisher or speaker} {"reported" if publisher else "said"}{day}.'
    return f'"{words}" {speaker} said{day}{f", {publisher} reported" if publisher else ""}.'


def _short(text: str) -> str:
    """The sentences of a text that fit, at least the first."""
    kept = [one for one in sentences(text) if one.end <= LONGEST] or list(sentences(text)[:1])
    return text[: kept[-1].end] if kept else text


def _plain(text: str) -> str:
    """A note's text as Markdown that shows just that; an entity is text too."""
    return re.sub(r"&(?=#?\w+;)", r"\\&", safe(text))
