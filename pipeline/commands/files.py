"""Files that a command is given to read: their text, or one message that says what to do instead."""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.errors import InputError, shown

MEGABYTE = 1_000_000
ARTICLE_LIMIT = MEGABYTE
"""Bytes of the longest article that is read: a book, and still judged in half a minute."""
LIMIT = 16 * MEGABYTE
"""Bytes of any other file: far more than a snapshot has, and an end to what has none."""
STDIN = Path("-")


def read_article(path: Path) -> str:
    """The text of an article, "-" for standard input. Raises InputError for a page, or where nothing is to be read."""
    advice = "Name an article, such as outputs/.../article.md, or - for standard input."
    text = read_text(path, advice, ARTICLE_LIMIT)
    start = text.lstrip("\ufeff \t\r\n")[:9].lower()
    if path.suffix.lower() in (".html", ".htm") or start.startswith(("<!doctype", "<html")):
        raise InputError(f"{name_of(path)} is a page, not a text. Check the article.md beside it.")
    if not any(char.isprintable() and not char.isspace() for char in text):
        raise InputError(f"{name_of(path)} needs a text to prove; it is empty. Name an article.")
    return text


def read_text(path: Path, advice: str, limit: int = LIMIT) -> str:
    """The text of a file, code point for code point. advice: what to do where it cannot be read. limit: the most bytes
    it may have. Raises InputError."""
    try:
        data = _bytes(path, limit + 1)
    except (OSError, ValueError) as error:
        raise InputError(
            f"{name_of(path)} cannot be read: {getattr(error, 'strerror', None) or error}. {advice}"
        ) from None
    if len(data) > limit:
        raise InputError(f"{name_of(path)} is longer than {limit // MEGABYTE} MB, the most that is read. {advice}")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            raise InputError(
                f"{name_of(path)} ends in the middle of a character, at byte {error.start}: it was cut short. "
                "Get the whole file again."
            ) from None
        raise InputError(
            f"{name_of(path)} needs to be text in UTF-8; found {error.reason} at byte {error.start}. Save it as UTF-8."
        ) from None


def _bytes(path: Path, most: int) -> bytes:
    if path == STDIN:
        return sys.stdin.buffer.read(most)
    with path.open("rb") as file:
        return file.read(most)


def name_of(path: Path) -> str:
    """A file as messages name it."""
    return "standard input" if path == STDIN else shown(path)
