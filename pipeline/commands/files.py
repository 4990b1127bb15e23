"""Files that a command is given to read: their text, or one message that says what to do instead."""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.errors import InputError, shown

LIMIT = 8_000_000
"""Bytes that are read of a file: far more than an article or a snapshot has, and an end to what has none."""
STDIN = Path("-")


def read_article(path: Path) -> str:
    """The text of an article, "-" for standard input. Raises InputError for a page, or where nothing is to be read."""
    text = read_text(path, "Name an article, such as outputs/.../article.md, or - for standard input.")
    start = text.lstrip("\ufeff \t\r\n")[:9].lower()
    if path.suffix.lower() in (".html", ".htm") or start.startswith(("<!doctype", "<html")):
        raise InputError(f"{_name(path)} is a page, not a text. Check the article.md beside it.")
    if not any(char.isprintable() and not char.isspace() for char in text):
        raise InputError(f"{_name(path)} needs a text to prove; it is empty. Name an article.")
    return text


def read_text(path: Path, advice: str) -> str:
    """The text of a file, code point for code point. advice: what to do where it cannot be read. Raises InputError."""
    try:
        data = _bytes(path)
    except (OSError, ValueError) as error:
        raise InputError(
            f"{_name(path)} cannot be read: {getattr(error, 'strerror', None) or error}. {advice}"
        ) from None
    if len(data) > LIMIT:
        raise InputError(
            f"{_name(path)} is longer than {LIMIT // 1_000_000} MB, which no article or snapshot is. {advice}"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            raise InputError(
                f"{_name(path)} ends in the middle of a character, at byte {error.start}: it was cut short. "
                "Get the whole file again."
            ) from None
        raise InputError(
            f"{_name(path)} needs to be text in UTF-8; found {error.reason} at byte {error.start}. Save it as UTF-8."
        ) from None


def _bytes(path: Path) -> bytes:
    if path == STDIN:
        return sys.stdin.buffer.read(LIMIT + 1)
    with path.open("rb") as file:
        return file.read(LIMIT + 1)


def _name(path: Path) -> str:
    return "standard input" if path == STDIN else shown(path)
