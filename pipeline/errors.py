"""Errors a person can act on, each with the exit code of the command-line contract.

A message says what was needed, what was found and where, then what to do. The command line prints it without a
traceback. A rejected draft is a result, never an exception.
"""


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
