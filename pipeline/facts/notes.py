"""Notes: sourced statements of what prices cannot show, from a YAML or TOML file the user keeps.

A note is one line of plain text. Line breaks and runs of spaces become one space; characters that cannot be seen or
reorder text, HTML, entities, template expressions and slots are refused; all else (Markdown, quotation marks) is text.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pipeline.errors import InputError, shown
from pipeline.facts.snapshot import Gap, Note

BYTES, NOTES, TEXT, NAME, URL, FIGURES, FIGURE = 1_000_000, 200, 1_000, 100, 2_000, 50, 40
"""The most a file may hold: bytes, notes, and characters or items of each key."""

KINDS = ("statement", "event", "cause")
KEYS = tuple(name for name in Note.model_fields)
REQUIRED = ("id", "text", "url", "published")
SHOWN_FAULTS = 40
DEPTH, NODES = 4, 20_000

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_WEB = re.compile(r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?(?:[/?#][^\s\"<>\\^`{|}]*)?", re.IGNORECASE)
_MARKUP = re.compile(r"<[A-Za-z/!?][^>]{0,20}|&#?\w{1,20};|\[\[|\]\]|\{\{|\}\}|\{%|%\}")

Place = tuple[str | int, ...]
"""Where a value stands: `("notes", 0, "url")`."""


def read_notes(path: Path) -> tuple[Note, ...]:
    """The notes of a file. Raises InputError that names every fault with its line, note and key."""
    text = _text(path)
    if path.suffix.lower() == ".toml":
        file = _File(path.name, _toml(path.name, text))
    elif path.suffix.lower() in (".yaml", ".yml"):
        file = _File(path.name, *_yaml(path.name, text))
    else:
        raise InputError(
            f"{shown(path)} needs to be a file of notes; found no name in .yaml, .yml or .toml. Rename it."
        )
    return file.notes()


def at_session(notes: Sequence[Note], as_of: date, symbols: Sequence[str]) -> tuple[tuple[Note, ...], tuple[Gap, ...]]:
    """The notes valid at a session, and a gap for each that is not yet or no longer. Those about others are in neither.

    symbols: the instruments of the snapshot.
    """
    valid: list[Note] = []
    gaps: list[Gap] = []
    ours = {symbol.upper() for symbol in symbols}
    for note in notes:
        if note.instruments and ours.isdisjoint(symbol.upper() for symbol in note.instruments):
            continue
        if note.published is not None and note.published > as_of:
            gaps.append(Gap(id=note.id, kind="note", reason=f"published on {note.published}, after the session"))
        elif note.valid_until is not None and note.valid_until < as_of:
            gaps.append(Gap(id=note.id, kind="note", reason=f"expired on {note.valid_until}, before the session"))
        else:
            valid.append(note)
    return tuple(valid), tuple(gaps)


def _text(path: Path) -> str:
    """The text of a file of bounded size."""
    try:
        with path.open("rb") as file:
            raw = file.read(BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"the notes {shown(path)} cannot be read: {reason}. Name a file with --notes FILE.") from None
    if len(raw) > BYTES:
        raise InputError(f"{path.name} needs at most {BYTES:,} bytes; found more. Keep the notes that are still valid.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name} needs to be text in UTF-8; found {error.reason} at byte {error.start}. "
                         "Save it as UTF-8.") from None  # fmt: skip
    if not text.strip():
        raise InputError(f"{path.name} needs a list `notes`; found an empty file. Fill it or leave --notes out.")
    return text


def _toml(where: str, text: str) -> Any:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(f"{where} needs to be TOML; found: {error or 'values nested too deep'}. Mend it.") from None


def _yaml(where: str, text: str) -> tuple[Any, dict[Place, int]]:
    """The values of a YAML file and the line of each, built from its events so that nothing can unfold or recurse."""
    import yaml

    lines: dict[Place, int] = {}

    def fault(line: int, found: str) -> InputError:
        return InputError(f"{where} line {line}: found {found}; needed a list `notes` of keys and values.")

    def build(event: Any, place: Place) -> Any:
        line = event.start_mark.line + 1
        lines[place] = line
        if getattr(event, "anchor", None) is not None:
            raise fault(line, "an anchor or alias")
        if len(place) > DEPTH or len(lines) > NODES:
            raise fault(line, "values nested too deep" if len(place) > DEPTH else "too many values")
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(part := loader.get_event(), yaml.SequenceEndEvent):
                items.append(build(part, (*place, len(items))))
            return items
        if isinstance(event, yaml.MappingStartEvent):
            table: dict[str, Any] = {}
            while not isinstance(part := loader.get_event(), yaml.MappingEndEvent):
                key = build(part, (*place, "key"))
                if not isinstance(key, str) or key in table:
                    raise fault(lines[*place, "key"], f"the key {shown(key)} twice" if key in table else "a key that "
                                "is no word")  # fmt: skip
                table[key] = build(loader.get_event(), (*place, key))
            return table
        tag = event.tag or loader.resolve(yaml.ScalarNode, event.value, event.implicit)
        try:
            return loader.construct_object(yaml.ScalarNode(tag, event.value, event.start_mark, event.end_mark))
        except (ValueError, KeyError, OverflowError, yaml.YAMLError):
            raise fault(line, f"{shown(event.value)}, which is no value") from None

    try:
        loader = yaml.SafeLoader(text)
        loader.get_event()  # the stream's start
        if loader.check_event(yaml.StreamEndEvent):
            return None, lines
        loader.get_event()  # the document's start
        value = build(loader.get_event(), ())
        loader.get_event()  # the document's end
        if not loader.check_event(yaml.StreamEndEvent):
            raise fault(loader.peek_event().start_mark.line + 1, "a second document")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "no YAML"
        raise InputError(f"{where}{place} needs to be YAML; found: {problem}. Put texts in quotation marks.") from None
    return value, lines


def _named(value: Any) -> str:
    """A value as messages name it."""
    if isinstance(value, str):
        return f"the text {shown(value)}" if value.strip() else "an empty text"
    if value is None or isinstance(value, bool):
        return {None: "nothing", True: "true", False: "false"}[value]
    if isinstance(value, list | dict):
        return "an empty list" if value == [] else "a list" if isinstance(value, list) else "a table"
    kind = "the time" if isinstance(value, datetime) else "the date" if isinstance(value, date) else "the number"
    return f"{kind} {str(value)[:40]}"


@dataclass(slots=True)
class _File:
    """A file's values on their way to notes. Faults are gathered, one sentence each."""

    where: str
    tree: Any
    lines: Mapping[Place, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def notes(self) -> tuple[Note, ...]:
        """Every note, or InputError with every fault."""
        listed = self._list()
        made = [self._note(item, ("notes", number)) for number, item in enumerate(listed)]
        seen: list[object] = []
        for number, item in enumerate(listed):
            name = item.get("id") if isinstance(item, dict) else None
            if isinstance(name, str) and name in seen:
                self._fault(("notes", number, "id"), name, "the id of an earlier note", "an id of its own")
            seen.append(name)
        if self.faults:
            rest = len(self.faults) - SHOWN_FAULTS
            more = [f"and {rest} more"] if rest > 0 else []
            raise InputError("\n".join([*self.faults[:SHOWN_FAULTS], *more]))
        return tuple(note for note in made if note is not None)

    def _list(self) -> list[Any]:
        tree = self.tree if isinstance(self.tree, dict) else {}
        listed = tree.get("notes")
        if not isinstance(listed, list):
            found = _named(listed) if "notes" in tree else "no such list"
            self._fault(("notes",), "", found, "a list `notes`, each with " + ", ".join(REQUIRED))
            return []
        for key in tree:
            if key != "notes":
                self._fault((key,), "", f"the key {shown(key)}", "`notes` alone")
        if len(listed) > NOTES:
            self._fault(("notes",), "", f"{len(listed)} notes", f"at most {NOTES}")
        return listed[:NOTES]

    def _fault(self, place: Place, name: str, found: str, needed: str) -> None:
        """Add a fault. name: the note's id, its number where it has none."""
        line = next((self.lines[place[:end]] for end in range(len(place), 0, -1) if place[:end] in self.lines), 0)
        number = f"note {place[1] + 1}" if len(place) > 1 and isinstance(place[1], int) else ""
        key = next((str(part) for part in place[2:3]), "")
        parts = [f"line {line}" if line else "", f"note {name}" if name else number, key]
        at = ", ".join(part for part in parts if part)
        self.faults.append(f"{self.where}{f' {at}' if at else ''}: found {found}; needed {needed}")

    def _note(self, item: Any, place: Place) -> Note | None:
        """A note, or None with its faults added."""
        before = len(self.faults)
        if not isinstance(item, dict):
            self._fault(place, "", _named(item), "a note with " + ", ".join(REQUIRED))
            return None
        name = item["id"] if isinstance(item.get("id"), str) and _ID.fullmatch(item["id"]) else ""
        values: dict[str, Any] = {}
        for key, value in item.items():
            if key not in KEYS:
                near = get_close_matches(key, KEYS, n=1)
                self._fault((*place, key), name, f"an unknown key {shown(key)}", near[0] if near else ", ".join(KEYS))
                continue
            try:
                values[key] = _VALUES[key](value)
            except _Unfit as unfit:
                self._fault((*place, key), name, unfit.found or _named(value), unfit.needed)
        for key in REQUIRED:
            if key not in item:
                self._fault((*place, key), name, "no such key", _NEEDED[key])
        for found, needed, key in _contradictions(values, item):
            self._fault((*place, key), name, found, needed)
        return Note(**values) if len(self.faults) == before else None


def _contradictions(values: Mapping[str, Any], item: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What is wrong between the keys of a note: what was found, what was needed, and the key."""
    for figure in values.get("figures", ()) if "text" in values else ():
        if not re.search(rf"(?<![\w.,]){re.escape(figure)}(?!\w|[.,]\d)", values["text"]):
            yield f"{shown(figure)}, which the text does not hold", "figures as they stand in the text", "figures"
    if not item.get("speaker") and not item.get("publisher"):
        yield "neither speaker nor publisher", "at least one of them, to attribute the note to", "speaker"
    published, until = values.get("published"), values.get("valid_until")
    if published and until and until < published:
        yield f"the date {until}, before it was published", f"a date from {published} on, or none", "valid_until"


class _Unfit(Exception):  # noqa: N818  (a value that does not fit, told in `faults`)
    """A value that does not fit. found: what about it, if not the whole value."""

    def __init__(self, needed: str, found: str = "") -> None:
        self.needed, self.found = needed, found


def _plain(value: Any, most: int, needed: str) -> str:
    """A text of one line. Raises _Unfit."""
    if not isinstance(value, str):
        raise _Unfit(f"{needed}, in quotation marks")
    text = unicodedata.normalize("NFC", " ".join(value.split()))
    if not text:
        raise _Unfit(needed)
    if len(text) > most:
        raise _Unfit(f"at most {most:,} characters", f"{len(text):,} characters")
    if odd := next((char for char in text if unicodedata.category(char)[0] == "C"), ""):
        raise _Unfit("text that can be seen", f"the character U+{ord(odd):04X}")
    if markup := _MARKUP.search(text):
        raise _Unfit("plain text without HTML, template expressions or slots", shown(markup[0]))
    return text


def _name(value: Any) -> str:
    text = _plain(value, NAME, "a name")
    if not any(char.isalpha() for char in text) or set(text) & set('"“”«»'):
        raise _Unfit("a name without quotation marks")
    return text


def _statement(value: Any) -> str:
    text = _plain(value, TEXT, _NEEDED["text"])
    if sum(any(map(str.isalnum, word)) for word in text.split()) < 2:
        raise _Unfit("a statement of two words at least")
    return text


def _id(value: Any) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise _Unfit(_NEEDED["id"])
    return value


def _url(value: Any) -> str:
    if not isinstance(value, str) or len(value) > URL or not value.isascii() or not _WEB.fullmatch(value):
        raise _Unfit(_NEEDED["url"])
    return value


def _day(value: Any) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise _Unfit(_NEEDED["published"])
    return value


def _kind(value: Any) -> str:
    if value not in KINDS:
        raise _Unfit(", ".join(KINDS))
    return str(value)


def _several(value: Any, most: int, needed: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _Unfit(f"a list of {needed}")
    if len(value) > FIGURES:
        raise _Unfit(f"at most {FIGURES}", f"{len(value)} of them")
    for item in value:
        if not isinstance(item, str):
            raise _Unfit(f"{needed}, each in quotation marks", _named(item))
    return tuple(_plain(item, most, needed) for item in value)


_NEEDED = {
    "id": "a short name of letters, digits, - and _", "text": "the statement", "url": "an address with http or https",
    "published": "a date such as 2026-01-14, without quotation marks or time",
}  # fmt: skip
_VALUES: Mapping[str, Callable[[Any], Any]] = {
    "id": _id, "text": _statement,
    "figures": lambda value: _several(value, FIGURE, "figures as they stand in the text"),
    "speaker": _name, "publisher": _name, "url": _url, "published": _day, "valid_until": _day, "kind": _kind,
    "instruments": lambda value: _several(value, FIGURE, "symbols"),
}  # fmt: skip
"""How the value of each key is read. Raises _Unfit."""
