"""Ratings and votes: where TradingView's ratings are spoken of, "buy", "oscillators" and "overall" name parts of them.

Elsewhere "buy" and "sell" say nothing that can be checked, and the averages are lines. So these words become names,
labels and votes only in sentences that speak of a rating: by its name, or after one that did.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from pipeline.checking.mentions import Figure, Mention
from pipeline.checking.tokens import Token, sentences, words

RATING, VOTE, GROUP = "rating", "vote", "group"
"""Notes of a rating's label, of a vote that a count stands before, and of the name of a group."""
_SPEAK = words("tradingview tv rating ratings rated vote votes voting voted")
_LABELS: dict[str, str] = {
    "buy": "buy", "buys": "buy", "sell": "sell", "sells": "sell", "neutral": "neutral", "neutrals": "neutral",
}  # fmt: skip
_VOTES: dict[tuple[str, ...], str] = {
    ("strong", "buy"): "", ("strong", "sell"): "", **{(word,): name for word, name in _LABELS.items()},
    ("abstaining",): "neutral", ("abstain",): "neutral", ("undecided",): "neutral", ("on", "the", "fence"): "neutral",
    ("for",): "buy", ("in", "favor"): "buy", ("in", "favour"): "buy", ("against",): "sell",
}  # fmt: skip
_GROUPS: dict[tuple[str, ...], str] = {
    ("moving", "averages"): "averages", ("moving", "average"): "averages", ("moving", "-", "average"): "averages",
    ("averages",): "averages", ("mas",): "averages", ("oscillators",): "oscillators", ("oscillator",): "oscillators",
    ("overall",): "overall",
}  # fmt: skip
_POLLED = words("averages mas oscillators overall average oscillator")
_SCORED = words("score scores scored rating ratings")
_BEFORE_VOTE = words("of the averages moving oscillators mas votes vote voting voted say says saying are is being"
                     " was were on rated a at - their its 11 15 them")  # fmt: skip
"""Words that may stand between a count and its vote ("13 of the averages voting sell")."""
_REACH = 6
_BESIDE_ONLY = words("for against")
_SIDES = ("relation", "crossing")


def speaks(text: str) -> bool:
    """Whether a heading or a table's cell is about ratings."""
    return any(
        word.strip(":,.*'").removesuffix("'s") in ("tradingview", "rating", "ratings") for word in text.lower().split()
    )


def rated(tokens: list[Token], mentions: list[Mention], always: bool) -> list[Mention]:
    """Mentions with the names, labels and votes of ratings. always: the heading or the table speaks of them."""
    named: list[Mention] = []
    spoke = always
    for first, last in sentences(tokens):
        said = {token.norm for token in tokens[first:last]}
        polled, labelled = bool(said & _POLLED), bool(said & _LABELS.keys())
        spoke = always or bool(_SPEAK & said) or (labelled and (spoke or polled)) or (polled and bool(said & _SCORED))
        if spoke:
            named += _sentence(tokens, first, last, [m for m in mentions if first <= m.first < last])
    if not named:
        return mentions
    taken = {place for one in named for place in range(one.first, one.last)}
    kept = [m for m in mentions if not taken & set(range(m.first, m.last))]
    return sorted([*kept, *named], key=lambda m: m.first)


def _sentence(tokens: list[Token], first: int, last: int, mentions: list[Mention]) -> Iterator[Mention]:
    """The names, labels and votes of one sentence that speaks of ratings."""
    fixed = {
        place for m in mentions for place in range(m.first, m.last)
        if m.kind in ("instrument", "advice", "measure") or (m.kind == "label" and m.last - m.first > 2)
    }  # fmt: skip
    said = [token.norm for token in tokens]
    found: list[Mention] = []
    counts = _counts(said, first, last, mentions)
    place = first
    while place < last:
        if place in fixed:
            place += 1
            continue
        one = _vote(said, place, last, counts) or _label(said, place, last)
        found += [one] if one else []
        place = one.last if one else place + 1
    scored = bool(found) or bool(_SCORED & set(said[first:last])) or last - first <= 2
    taken = fixed | {spot for one in found for spot in range(one.first, one.last)}
    if scored:
        found += _groups(said, first, last, taken, mentions)
    yield from found
    for number in counts:
        if any(one.note == VOTE and 0 <= one.first - number.last <= _REACH for one in found):
            yield number
    for other in mentions:
        if other.kind == "topic" and said[other.first] == "rates":
            yield replace(other, kind="neutral", values=(), note="")
        rater = other.kind == "unknown" and other.first == first and tokens[first].text[:1].isupper()
        if rater and any(one.first == other.last or said[other.last : other.last + 1] == ["'s"] for one in found):
            yield replace(other, kind="outsider", note="institution")  # whose ratings no fact shows


def _counts(said: list[str], first: int, last: int, mentions: list[Mention]) -> list[Mention]:
    """The whole numbers of a sentence, "one" among them."""
    found = [
        m for m in mentions
        if m.figure is not None and m.figure.whole and not m.figure.unit and not m.figure.ordinal and not m.figure.sign
    ]  # fmt: skip
    taken = {m.first for m in found}
    one = Figure(Decimal(1), Decimal(1), words=True)
    found += [
        Mention("figure", place, place + 1, figure=one) for place in range(first, last)
        if said[place] == "one" and place not in taken
    ]  # fmt: skip
    return found


def _vote(said: list[str], place: int, last: int, counts: list[Mention]) -> Mention | None:
    """The vote at a place that a count stands before ("13 sell", "nine of 11 being neutral", "two for")."""
    form = next((form for form in _VOTES if tuple(said[place : place + len(form)]) == form and _VOTES[form]), None)
    number = next((m for m in reversed(counts) if m.last <= place), None)
    if form is None or number is None or place + len(form) > last:
        return None
    between = said[number.last : place]
    near = len(between) <= _REACH and set(between) <= _BEFORE_VOTE
    if not near or (form[0] in _BESIDE_ONLY and set(between) - {"votes", "vote"}):
        return None
    return Mention("label", place, place + len(form), (_VOTES[form],), note=VOTE)


def _label(said: list[str], place: int, last: int) -> Mention | None:
    """The label at a place ("strong sell")."""
    strong = said[place] == "strong" and place + 1 < last and said[place + 1] in ("buy", "sell")
    if strong:
        return Mention("label", place, place + 2, (f"strong {said[place + 1]}",), note=RATING)
    if said[place] in ("buy", "sell", "neutral"):
        return Mention("label", place, place + 1, (said[place],), note=RATING)
    return None


def _groups(said: list[str], first: int, last: int, taken: set[int], mentions: list[Mention]) -> Iterator[Mention]:
    """Names of the groups of votes, and of the two together; averages with a side are lines."""
    place = first
    while place < last:
        form = next((form for form in _GROUPS if tuple(said[place : place + len(form)]) == form), None)
        if form is None or place in taken:
            place += 1
            continue
        end = place + len(form)
        sided = any(m.kind in _SIDES and 0 <= m.first - end <= 3 for m in mentions)
        if not (sided and _GROUPS[form] == "averages"):
            yield Mention("measure", place, end, (f"rating_{_GROUPS[form]}",), note=GROUP, weak=True)
        place = end
