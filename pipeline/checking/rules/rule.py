"""What a rule is: a name, a code, why it matters, examples that are its tests, and a function that finds.

Rules on failures name why a claim failed; they see the statement, what the facts say and which single change would
make it true. Rules on the page look at words alone (blanks, residue, forbidden words). One mistake gives one finding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from inspect import cleandoc

from pipeline.checking.clauses import Clause
from pipeline.checking.diagnosis import Failure
from pipeline.checking.evidence import PageView, describe, measure_name, owner
from pipeline.checking.mentions import Mention
from pipeline.checking.sourced import FaultKind, source_of
from pipeline.checking.verdict import Severity


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
    passes: near misses. Examples speak of the bundled sample's last session. judge: names a failed claim. scan: finds
    words on the page."""

    name: str
    code: str
    severity: Severity
    doc: str
    flags: tuple[str, ...]
    passes: tuple[str, ...]
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
        return Rule(_name(judge), code, severity, _doc(judge), flags, passes, judge=judge)

    return declare


def page_rule(
    code: str, severity: Severity, *, flags: tuple[str, ...], passes: tuple[str, ...]
) -> Callable[[Callable[[PageView], Iterable[Problem]]], Rule]:
    """Declare a rule on the words of a page."""

    def declare(scan: Callable[[PageView], Iterable[Problem]]) -> Rule:
        return Rule(_name(scan), code, severity, _doc(scan), flags, passes, scan=scan)

    return declare


def _name(function: Callable[..., object]) -> str:
    return function.__name__.replace("_", "-")


def _doc(function: Callable[..., object]) -> str:
    return cleandoc(function.__doc__ or "")


def misbound(failure: Failure, attribute: str) -> Problem | None:
    """The problem of a claim that would be true with another value of one attribute alone (see `Failure.cause`)."""
    ref, other, prover = failure.ref, failure.cure_ref(attribute), failure.prover
    if ref is None or other is None:
        return None
    if attribute == "instrument":
        named = owner(prover, other.instrument)
        wrong = f"is true of {named}; the clause speaks of {owner(prover, ref.instrument)}"
    else:
        named = f"the {measure_name(prover, other)}"
        wrong = f"is {describe(prover, other)}; the clause says {measure_name(prover, ref)}"
    return Problem(f"`{failure.words}` {wrong}", f"write {failure.correct}, {describe(prover, ref)}, or name {named}")


def note_faults(view: PageView, kind: FaultKind, wrong: str, help: str) -> Iterator[Problem]:
    """A problem for every fault of a kind in what is attributed to notes. wrong, help: with {id}, {source} and {truth}
    of the note."""
    for citation in view.page.citations:
        for fault in citation.faults:
            if fault.kind == kind:
                note = citation.note
                about = {"id": note.id, "source": source_of(note), "truth": fault.truth or "none"}
                printed = citation.printed(fault)
                words = printed if len(printed) <= 80 else f"{printed[:77]}..."
                place = citation.span(fault.first, fault.last)
                yield Problem(f"`{words}` {wrong.format(**about)}", help.format(**about), place, (note.id,))


def words_found(
    view: PageView, kind: str, wrong: str, help: str, unless: Callable[[Clause, Mention], bool] | None = None
) -> Iterator[Problem]:
    """A problem for every mention of a kind, but those excepted. wrong: what the words do ("gives advice")."""
    for clause, mention in view.mentions(kind):
        if unless is None or not unless(clause, mention):
            yield Problem(f"`{clause.printed(mention)}` {wrong}", help, clause.place(mention))
