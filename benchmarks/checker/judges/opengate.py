"""The package opengate-grounding 0.1.0, `check_grounding`: every number of an answer is in the context.

Called as check_grounding(sentence, sheet) with the fact sheet as context and default settings. Anchors, facts an answer
must contain, are left out: an article need not say any one thing.
"""

from __future__ import annotations

from benchmarks.checker.batches import Article
from benchmarks.checker.flags import Flag, Judge, standing


def judge(article: Article) -> Judge:
    """The check for an article. Raises ImportError without the package."""
    from opengate_grounding import check_grounding

    def flags(text: str, start: int, end: int) -> list[Flag]:
        result = check_grounding(text[start:end], article.sheet)
        return [
            Flag("ungrounded", *place)
            for number in result.ungrounded_numbers
            for place in standing(number, text, start, end)
        ]

    return flags
