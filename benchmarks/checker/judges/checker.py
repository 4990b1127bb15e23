"""The checker itself: the whole article, as plain text without slots."""

from __future__ import annotations

from time import process_time

from benchmarks.checker.batches import Article
from benchmarks.checker.flags import Flag
from pipeline.checking.checker import check
from pipeline.checking.verdict import Verdict


class Checker:
    """Judges an article and changed versions of it. paces: milliseconds of this process for 1,000 words, for each text
    judged; `check` alone, with the words known already."""

    def __init__(self, article: Article) -> None:
        self.snapshot = article.snapshot
        self.paces: list[float] = []
        self._text: str | None = None
        check("", self.snapshot)
        self.verdict = self.of(article.text)

    def of(self, text: str) -> Verdict:
        """The verdict on a text; the last one is kept."""
        if text != self._text:
            started = process_time()
            verdict = check(text, self.snapshot)
            self.paces.append(1e6 * (process_time() - started) / max(len(text.split()), 1))
            self._text, self._last = text, verdict
        return self._last

    def __call__(self, text: str, start: int, end: int) -> list[Flag]:
        """The findings that touch a stretch of a text."""
        found = [Flag(item.rule, item.start, item.end) for item in self.of(text).findings]
        return [flag for flag in found if flag.touches(start, end)]
