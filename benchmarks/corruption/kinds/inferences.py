"""Words inserted that no price can show: causes, forecasts, advice, attributions, moods, other topics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random

from benchmarks.corruption.article import COVER, Article
from benchmarks.corruption.kind import Change, Corruption, corruption

CAUSES = (
    " because of strong demand", " due to profit-taking", " thanks to lower bond yields", " driven by upbeat earnings",
    " on the back of a rate cut", " fuelled by merger news", " as a result of weak jobs data",
)  # fmt: skip
FORECASTS = {"is": ("will be", "could be", "should be", "is likely"), "was": ("will be", "may be"),
             "has": ("will have", "could have"), "closed": ("will close", "may close"), "stands": ("will stand",),
             "are": ("will be", "might be")}  # fmt: skip
AHEAD = (
    ", with further gains ahead", ", and is poised to rise", ", which points to more losses", ", setting up a rally",
    ", and will test the record", ", and should bounce next week",
)  # fmt: skip
ADVICE = (
    ", and investors should buy", ", a good time to sell", ", so traders should take profits", ", a buying opportunity",
    ", and holders should cut exposure", ", so buy the dip",
)  # fmt: skip
ATTRIBUTIONS = (
    ", analysts say", ", according to traders", ", Goldman Sachs said", ", said Robert Hale, a strategist",
    ", economists noted", ", people familiar with the matter said",
)  # fmt: skip
MOODS = (
    " as investors cheered", " amid growing fear", ", as traders bet on calm", " as bulls hoped for more",
    " as nervous investors waited",
)  # fmt: skip
TOPICS = (
    " on heavy volume", " amid strong inflows", " before the Federal Reserve meeting", " in a busy earnings season",
    " as positioning stayed light", " after the inflation report",
)  # fmt: skip
HABITS = (
    ", a level that usually holds", ", which often precedes a rebound", ", as is typical of a bear market",
    ", and such readings tend to mark a low",
)  # fmt: skip


def at_ends(name: str, explanation: str, phrases: tuple[str, ...]) -> Corruption:
    """Phrases put before the full stop of sentences that print a figure."""

    def make(article: Article, rng: Random) -> Iterator[Change]:
        for start, end in article.sentences:
            text = article.text[start:end]
            if not article.in_table(start) and article.slots_in(start, end) and (stop := re.search(r"\.\*?$", text)):
                yield Change(start + stop.start(), start + stop.start(), rng.choice(phrases))

    return Corruption(name, explanation, make)


@corruption
def forecast_inserted(article: Article, rng: Random) -> Iterator[Change]:
    """A verb is put in the future, or made possible: "is" to "will be"."""
    for match in article.words(rf"\b(?:{'|'.join(FORECASTS)})\b(?=[^.]*{COVER})"):
        yield Change(match.start(), match.end(), rng.choice(FORECASTS[match[0]]))


KINDS: tuple[Corruption, ...] = (
    at_ends("cause-inserted", 'A sentence gains a cause: "because of strong demand".', CAUSES),
    forecast_inserted,
    at_ends("outlook-inserted", 'A sentence gains an outlook: "with further gains ahead".', AHEAD),
    at_ends("advice-inserted", 'A sentence gains advice: "and investors should buy".', ADVICE),
    at_ends("attribution-inserted", 'A sentence gains a speaker: "analysts say".', ATTRIBUTIONS),
    at_ends("mood-inserted", 'A sentence gains a mood: "as investors cheered".', MOODS),
    at_ends("topic-inserted", 'A sentence gains a topic that prices cannot show: "on heavy volume".', TOPICS),
    at_ends("habit-inserted", 'A sentence gains a general rule: "a level that usually holds".', HABITS),
)
