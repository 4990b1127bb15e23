"""Printing: results to stdout, progress and errors to stderr, and nothing that steers the terminal."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from pipeline.errors import visible

if TYPE_CHECKING:
    from pipeline.production import Progress


def say(text: object) -> None:
    """A line of the result, to stdout."""
    click.echo(visible(text))


def tell(text: object) -> None:
    """A line for the person watching, to stderr."""
    click.echo(visible(text), err=True)


def stopwatch() -> Progress:
    """A progress callback that prints each stage as it starts, with the seconds since the first."""
    started = time.monotonic()

    def progress(name: str, doing: str) -> None:
        tell(f"{time.monotonic() - started:5.1f} s  {name:<9} {doing}")

    return progress
