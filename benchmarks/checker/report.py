"""The figures as lines of text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from benchmarks.checker.figures import GROUPS, Figures, percentile, share
from benchmarks.checker.judges import OURS

LABEL = 32

Reached = Mapping[str, Figures | None]
"""Figures by judge, the checker's first; None for a judge that is not installed."""


def report(name: str, reached: Reached) -> str:
    """A batch's figures: the checker and the others side by side, then what only the checker has."""
    ours = reached[OURS]
    assert ours is not None
    rows: list[tuple[str, int, Callable[[Figures], float | None]]] = [
        *((family, count, lambda one, family=family: one.recall(frozenset((family,))))
          for family, count in sorted(ours.planted.items())),
        *((group, sum(ours.planted[family] for family in families), lambda one, families=families: one.recall(families))
          for group, families in GROUPS.items()),
        ("all errors", ours.planted.total(), Figures.recall),
        ("with those unread anyway", ours.planted.total(), lambda one: one.flagged_share),
        ("clean sentences held up", ours.clean, lambda one: one.false_share),
        ("articles accepted whole", ours.articles, lambda one: share(one.accepted, one.articles)),
        ("random prices that pass", ours.drawn, lambda one: share(one.passed, one.drawn)),
    ]  # fmt: skip
    lines = [f"{name}: {ours.articles} articles", f"{'  errors caught, by family':{LABEL}} {'of':>5} {_heads(reached)}"]
    for label, count, value in rows:
        cells = (_percent(value(one) if one else None).rjust(len(judge)) for judge, one in reached.items())
        lines.append(f"  {label:{LABEL - 2}} {count:5} {'  '.join(cells)}")
    lines += [f"  {judge} is not installed: pip install -e '.[bench]'" for judge, one in reached.items() if one is None]
    return "\n".join([*lines, *alone(ours)])


def alone(ours: Figures) -> list[str]:
    """What only the checker has: claims, clauses, spans, time."""
    clauses = ours.read + ours.free + ours.denied
    read, free, denied = (_percent(share(count, clauses)) for count in (ours.read, ours.free, ours.denied))
    median, long = (percentile(ours.lengths, rank) or 0 for rank in (50, 95))
    usual, slow = (percentile(ours.paces, rank) or 0 for rank in (50, 99))
    return [
        f"  sentences marked faulty that have a finding: {ours.faulty_found} of {ours.faulty}",
        f"  claims proved: {ours.proved} of {ours.claims}; false findings for 100 claims: "
        f"{share(100 * ours.false, ours.claims) or 0:.2f}",
        f"  clauses read {read}, free {free}, denied {denied}",
        f"  caught errors with a finding on the wrong words, inside their clause: "
        f"{_percent(share(ours.on_words, ours.caught.total()))}; tokens of a finding: {median:.0f} (median), "
        f"{long:.0f} (p95)",
        f"  1,000 words take {usual:.0f} ms (p50), {slow:.0f} ms (p99)",
    ]


def _heads(reached: Reached) -> str:
    return "  ".join(reached)


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.1%}"
