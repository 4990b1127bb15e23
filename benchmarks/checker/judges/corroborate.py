"""The package corroborate 0.1.0, `check_answer`: numbers, dates and quotations of an answer stand in some chunks.

Called as check_answer(query, chunks, sentence) with the lines of the fact sheet as chunks and default settings.
"""

from __future__ import annotations

from benchmarks.checker.batches import Article
from benchmarks.checker.flags import Flag, Judge, standing

QUERY = "What did the market do?"
"""It plays no part in the check, as the package says."""


def judge(article: Article) -> Judge:
    """The check for an article. Raises ImportError without the package."""
    from corroborate import check_answer

    chunks = [line for line in article.sheet.splitlines() if line.strip()]

    def flags(text: str, start: int, end: int) -> list[Flag]:
        report = check_answer(QUERY, chunks, text[start:end])
        return [
            Flag(finding.code, *place)
            for finding in report.critical
            for span in finding.spans
            for place in standing(span, text, start, end)
        ]

    return flags
