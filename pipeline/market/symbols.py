"""Symbols people ask for, against those a source has.

A symbol is untrusted text. It is only ever compared with what a source lists and never becomes part of a path.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.errors import InputError, shown

LISTED = 12


def find_symbol(asked: str, known: Sequence[str], where: str, otherwise: str = "") -> str:
    """The known symbol that was asked for: the same, or the only one that differs in case alone.

    where: what has the known ones; otherwise: what else a person may do; both for the message. Raises InputError if
    there is none, or more than one.
    """
    if asked in known:
        return asked
    matches = [symbol for symbol in known if symbol.upper() == asked.upper()]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise InputError(f"{shown(asked)} fits {' and '.join(matches)} of {where}. Write one of them as it stands.")
    more = f" and {len(known) - LISTED} more" if len(known) > LISTED else ""
    raise InputError(
        f"{where} has {', '.join(known[:LISTED])}{more}; found no {shown(asked)}. Choose a symbol it has{otherwise}."
    )
