"""Printing: results to stdout, progress and errors to stderr, and nothing that steers the terminal."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.production import Progress

# C0 but tab and newline, DEL, C1, and the marks that reorder or hide text.
_STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def plain(text: object) -> str:
    """A text with the characters that could steer a terminal written out, as JSON writes them too."""
    return _STEERS.sub(lambda match: f"\\u{ord(match[0]):04x}", str(text))


def say(text: object) -> None:
    """A line of the result, to stdout."""
    click.echo(plain(text))


def tell(text: object) -> None:
    """A line for the person watching, to stderr."""
    click.echo(plain(text), err=True)


def stopwatch() -> Progress:
    """A progress callback that prints each stage as it starts, with the seconds since the first."""
    started = time.monotonic()

    def progress(name: str, doing: str) -> None:
        tell(f"{time.monotonic() - started:5.1f} s  {name:<9} {doing}")

    return progress
