"""The whole article: what stands where, and how much of it."""

from __future__ import annotations

from pipeline.writing.template import (
    frame,
    levels,
    momentum,
    news,
    notable,
    notes,
    relative,
    tape,
    trend,
    volume,
    watch,
)  # fmt: skip
from pipeline.writing.template.desk import Builder, Desk
from pipeline.writing.template.headline import dek, headline
from pipeline.writing.template.lede import lede
from pipeline.writing.template.prose import LEDE_WORDS, Composer, words

FEWEST_WORDS, MOST_WORDS = 360, 680
TOPICS: tuple[tuple[news.Topic, tuple[Builder, ...], int], ...] = (
    ("relative", relative.RELATIVE, 3),
    ("trend", trend.TREND, 4),
    ("momentum", momentum.MOMENTUM, 4),
    ("levels", levels.LEVELS, 3),
)
"""Topics with their sentence builders and the most sentences of a paragraph, in the order of a routine day."""


def compose(desk: Desk) -> str:
    """Headline, dek, as-of line, paragraphs, scoreboard, notes, method and disclosure; cut if it runs long."""
    text = _article(desk, 0)
    noted = words(notes.notes(desk))
    length = words(Composer(desk).printed(text)) - noted
    # A short history leaves topics with few facts: each then tells all it has.
    for extra in (-1, -2) if length > MOST_WORDS else (2,) if length < FEWEST_WORDS else ():
        text = _article(desk, extra)
        if words(Composer(desk).printed(text)) - noted <= MOST_WORDS:
            break
    return text


def _article(desk: Desk, extra: int) -> str:
    composer = Composer(desk)
    title, under = composer.sentence(headline), composer.sentence(dek)
    composer.forget_front()
    weights: dict[news.Topic, int] = {}
    for item in news.ranked(desk):
        weights.setdefault(item.topic, item.weight)
    topics = sorted(TOPICS, key=lambda topic: -weights.get(topic[0], 0))
    blocks = [
        f"# {title}",
        f"*{under}*" if under else "",
        frame.as_of_line(desk),
        composer.sentence(lede, LEDE_WORDS),
        composer.paragraph(notable.NOTABLE, 3 + extra),
        frame.scoreboard(desk),
        *(composer.paragraph(builders, most + extra) for _, builders, most in topics),
        composer.paragraph(tape.TAPE, 3 + extra),
        composer.paragraph(volume.VOLUME, 2 + min(extra, 0)),
        notes.notes(desk),
        composer.paragraph(watch.WATCH, 2),
        frame.method(desk),
        frame.disclosure(),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"
