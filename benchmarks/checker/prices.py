"""Random prices in place of true ones: what share of them a judge would let pass."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from benchmarks.checker.batches import Article
from benchmarks.checker.flags import Judge
from benchmarks.corruption.kind import Change

PRICE = re.compile(r"(?<![\d.,])\d[\d,]*\.\d\d(?!\d|,\d| ?%| ?(?:percent|points?|pts|basis)\b)")
REACH = Decimal("0.2")
"""How far from the close a price is drawn, as a share of it; and how far a figure may be from one to be a price."""


@dataclass(frozen=True, slots=True)
class Price:
    """A price to the cent that stands in a sentence (code points, half-open), and the close it is near."""

    start: int
    end: int
    close: Decimal

    def drawn(self, text: str, rng: Random) -> Change:
        """Another price, drawn evenly within reach of the close."""
        cents = int(100 * self.close)
        reach = int(cents * REACH)
        while True:
            other = f"{Decimal(rng.randint(cents - reach, cents + reach)) / 100:,.2f}"
            other = other if "," in text[self.start : self.end] else other.replace(",", "")
            if other != text[self.start : self.end]:
                return Change(self.start, self.end, other)


def prices(article: Article, start: int, end: int) -> list[Price]:
    """The prices of a sentence: figures with two decimals and no unit, near the close of an instrument."""
    closes = [fact.number for fact in article.snapshot.facts if fact.measure == "close"]
    found = []
    for match in PRICE.finditer(article.text, start, end):
        figure = Decimal(match[0].replace(",", ""))
        close = min(closes, key=lambda one: abs(figure - one))
        if abs(figure - close) <= REACH * close:
            found.append(Price(*match.span(), close))
    return found


def passed(article: Article, judge: Judge, rounds: int, seed: int) -> tuple[int, int]:
    """How many random prices were tried and how many passed.

    In each round every true sentence with a price that passes as it stands has one of its prices replaced, all at
    once: sentences are judged by their own words. A price passes if its sentence has no flag.
    """
    rng, tried, unseen = Random(f"{seed} {article.name} {article.snapshot.as_of}"), 0, 0
    places = [(mark, found) for mark in article.marks if mark.true and (found := prices(article, mark.start, mark.end))]
    places = [(mark, found) for mark, found in places if not judge(article.text, mark.start, mark.end)]
    for _ in range(rounds):
        changes = [rng.choice(found).drawn(article.text, rng) for _, found in places]
        text = article.text
        for change in reversed(changes):
            text = change.applied(text)
        moved = 0
        for (mark, _), change in zip(places, changes, strict=True):
            grown = change.new_end - change.end
            tried += 1
            unseen += not judge(text, mark.start + moved, mark.end + moved + grown)
            moved += grown
    return tried, unseen
