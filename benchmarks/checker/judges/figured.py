"""The package figured 0.4.3, `trace`: "check that every substantive number in a text traces to rows".

Called as trace(sentence, rows) with one row for each numeric fact, its id and its value, and default settings: 1.5 %
tolerance, plain figures up to 100 and years unchecked. In one column few of the sums and shares it also tries come
about; a column for each measure would let it add up neighbours.
"""

from __future__ import annotations

from decimal import Decimal

from benchmarks.checker.batches import Article
from benchmarks.checker.flags import Flag, Judge


def judge(article: Article) -> Judge:
    """The check for an article. Raises ImportError without the package."""
    from figured import trace

    rows = [
        {"fact": fact.id, "value": float(fact.value)}
        for fact in article.snapshot.facts
        if isinstance(fact.value, Decimal)
    ]

    def flags(text: str, start: int, end: int) -> list[Flag]:
        results = trace(text[start:end], rows).results
        wrong = [item.figure for item in results if item.status == "ungrounded"]
        return [Flag("ungrounded", start + figure.start, start + figure.end) for figure in wrong]

    return flags
