"""The plain check everybody writes first: is the number in the data?

Each figure in digits must stand among the snapshot's values at the figure's decimals (half up, sign aside), or among
the numbers the fact sheet prints (days, years, windows, names).
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from benchmarks.checker.batches import Article
from benchmarks.checker.flags import Flag, Judge

FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def judge(article: Article) -> Judge:
    """The check for an article."""
    values = [abs(fact.value) for fact in article.snapshot.facts if isinstance(fact.value, Decimal)]
    printed = {Decimal(found.replace(",", "")) for found in FIGURE.findall(article.sheet)}
    rounded: dict[Decimal, set[Decimal]] = {}

    def known(figure: Decimal) -> bool:
        step = Decimal(1).scaleb(figure.as_tuple().exponent)  # type: ignore[arg-type]
        if step not in rounded:
            rounded[step] = {value.quantize(step, ROUND_HALF_UP) for value in values}
        return figure in printed or figure in rounded[step]

    def flags(text: str, start: int, end: int) -> list[Flag]:
        found = FIGURE.finditer(text, start, end)
        return [Flag("unknown", *match.span()) for match in found if not known(Decimal(match[0].replace(",", "")))]

    return flags
