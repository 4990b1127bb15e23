"""What a rule is: a name, a code, why it matters, examples that are its tests, and a function that finds.

Rules on failures name why a claim failed; they see the statement, what the facts say and which single change would
make it true. Rules on the page look at words alone (blanks, residue, forbidden words). One mistake gives one finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipeline.checking.verdict import Severity

if TYPE_CHECKING:
    from pipeline.checking.diagnosis import Failure
    from pipeline.checking.evidence import PageView


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found: the message, the help, file offsets and the facts it was judged by. A rule on failures may
    leave the place to the failure (None)."""

    message: str
    help: str = ""
    place: tuple[int, int] | None = None
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. doc: its docstring, first line the summary. flags: examples with the words to be marked between « and »;
    passes: near misses. Examples speak of the bundled sample's last session."""

    name: str
    code: str
    severity: Severity
    doc: str
    flags: tuple[str, ...]
    passes: tuple[str, ...]
    on: Literal["failure", "page"]
    judge: Callable[[Failure], Problem | None] | None = None
    scan: Callable[[PageView], Iterable[Problem]] | None = None

    @property
    def summary(self) -> str:
        """The first line of the docstring."""
        return self.doc.splitlines()[0].rstrip(".")


def failure_rule(
    code: str, severity: Severity, *, flags: tuple[str, ...], passes: tuple[str, ...]
) -> Callable[[Callable[[Failure], Problem | None]], Rule]:
    """Declare a rule on failed claims; the function's name is the rule's, with hyphens."""

    def declare(judge: Callable[[Failure], Problem | None]) -> Rule:
        name = judge.__name__.replace("_", "-")
        return Rule(name, code, severity, _doc(judge), flags, passes, "failure", judge=judge)

    return declare


def page_rule(
    code: str, severity: Severity, *, flags: tuple[str, ...], passes: tuple[str, ...]
) -> Callable[[Callable[[PageView], Iterable[Problem]]], Rule]:
    """Declare a rule on the words of a page."""

    def declare(scan: Callable[[PageView], Iterable[Problem]]) -> Rule:
        name = scan.__name__.replace("_", "-")
        return Rule(name, code, severity, _doc(scan), flags, passes, "page", scan=scan)

    return declare


def _doc(function: Callable[..., object]) -> str:
    from inspect import cleandoc

    return cleandoc(function.__doc__ or "")
