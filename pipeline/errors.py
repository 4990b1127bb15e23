"""Errors a person can act on, each with the exit code of the command-line contract.

A message says what was needed, what was found and where, then what to do. The command line prints it without a
traceback. A rejected draft is a result, never an exception.
"""

from __future__ import annotations

import re

# C0 but tab and newline, DEL, C1, halves of surrogate pairs, and the characters that reorder, hide or tag text.
_STEERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_BREAKS = str.maketrans({"\n": "\\n", "\t": "\\t"})


def visible(text: object) -> str:
    """A text with the characters that could steer a terminal or hide words written out as JSON writes them, so that
    JSON stays the same JSON. Tabs and line breaks stay."""
    return _STEERS.sub(lambda match: _written(match[0]), str(text))


def one_line(text: object) -> str:
    """The same on one line: tabs and line breaks are written out too."""
    return visible(text).translate(_BREAKS)


def _written(char: str) -> str:
    """A character as JSON writes it: one escape, or a pair of them."""
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


class TechnicalTraderError(Exception):
    """Base of every expected failure."""

    exit_code = 70


class InputError(TechnicalTraderError):
    """The request, its input or the disk is wrong."""

    exit_code = 2


class UnreachableError(TechnicalTraderError):
    """A source or a model could not be reached."""

    exit_code = 3


class HeldError(TechnicalTraderError):
    """The quality gate holds the article for a person."""

    exit_code = 4


class DefectError(TechnicalTraderError):
    """The program broke its own promise, such as a template article that the checker rejects."""

    exit_code = 70


def shown(text: object) -> str:
    """Text from outside as it may stand in a message: quoted, control characters escaped, at most 60 characters."""
    whole = str(text)
    return repr(whole if len(whole) <= 60 else f"{whole[:57]}...")
