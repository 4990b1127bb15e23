"""The choice of a reading: by cost alone, jointly, with what ties or nearly ties beside it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pipeline.checking.claims import Ref, Valued
from pipeline.checking.clauses import Clause, Discourse
from pipeline.checking.mentions import Figure, Mention
from pipeline.checking.reading.settle import CANDIDATES, MARGIN, Anchor, Candidate, Reading, absorbed, settle
from pipeline.checking.text import read_markdown
from pipeline.checking.tokens import tokenise

CLOSE, RSI = Ref("close", "RUT"), Ref("rsi_14", "RUT")


def claim(cost: float, ref: Ref = CLOSE, uses: tuple[int, ...] = (), value: int = 1) -> Candidate:
    """A candidate that claims a measure's value."""
    statement = Valued(ref, Figure(Decimal(value), Decimal(1)))
    return Candidate(cost, (statement,), frozenset(uses), ref.measure)


def choose(mentions: list[Mention], candidates: list[list[Candidate]], late: tuple[int, ...] = ()) -> Reading:
    """The reading of a clause whose first mentions are anchors with some candidates."""
    (block,) = read_markdown("one two three four five six")
    tokens = tokenise(block.text)
    clause = Clause(block, tokens, 0, len(tokens), mentions)
    anchors = [Anchor(index, mentions[index], list(own)) for index, own in enumerate(candidates)]
    return settle(clause, Discourse(), mentions, anchors, frozenset(late))


def figure(place: int) -> Mention:
    return Mention("figure", place, place + 1, figure=Figure(Decimal(1), Decimal(1)))


def name(place: int, kind: str = "measure", weak: bool = False) -> Mention:
    return Mention(kind, place, place + 1, ("rsi_14",), weak=weak)  # type: ignore[arg-type]


def test_the_cheapest_is_chosen_and_others_within_the_margin_stay_plausible() -> None:
    cheap, near, far = claim(0.2), claim(0.2 + MARGIN - 0.01, RSI), claim(0.2 + MARGIN + 0.01, RSI)
    (anchor,) = choose([figure(0)], [[far, near, cheap]]).anchors
    assert anchor.chosen is cheap
    assert anchor.alternatives == [near]


def test_an_anchor_without_candidates_has_no_reading() -> None:
    reading = choose([figure(0)], [[]])
    assert reading.anchors[0].chosen is None


def test_leaving_a_name_unused_costs() -> None:
    """The dearer reading that uses the name wins over the cheaper that leaves it."""
    using, leaving = claim(0.5, RSI, (0, 1)), claim(0.0, CLOSE, (0,))
    assert choose([figure(0), name(1)], [[leaving, using]]).anchors[0].chosen is using
    assert choose([figure(0), name(1, weak=True)], [[leaving, using]]).anchors[0].chosen is leaving
    assert choose([figure(0), name(1)], [[leaving, using]], late=(1,)).anchors[0].chosen is leaving


def test_names_left_over_are_told() -> None:
    reading = choose([figure(0), name(1), name(2, "period")], [[claim(0.0, uses=(0, 1))]])
    assert [mention.first for mention in reading.unused] == [2]


def test_two_figures_do_not_claim_one_measure_if_they_can_help_it() -> None:
    """Each alone would be the close; together the second is what costs a little more."""
    second = [claim(0.1, CLOSE, (1,), 2), claim(0.6, RSI, (1,), 2)]
    reading = choose([figure(0), figure(1)], [[claim(0.0, CLOSE, (0,))], second])
    assert [anchor.chosen.note for anchor in reading.anchors if anchor.chosen] == ["close", "rsi_14"]


def test_an_absorbed_anchor_needs_another_that_speaks_for_it() -> None:
    (spoken,) = absorbed(1, "side of a distance")
    own = claim(0.9, RSI, (1,))
    speaking, silent = claim(0.0, CLOSE, (0, 1)), claim(0.0, CLOSE, (0,))
    relation = Mention("relation", 1, 2)
    assert choose([figure(0), relation], [[speaking], [spoken, own]]).anchors[1].chosen is spoken
    assert choose([figure(0), relation], [[silent], [spoken, own]]).anchors[1].chosen is own
    assert choose([figure(0), relation], [[silent], [spoken]]).anchors[1].chosen is None


def test_a_free_anchor_needs_nobody() -> None:
    (free,) = absorbed(0, "place on the page", free=True)
    assert choose([Mention("relation", 0, 1)], [[free]]).anchors[0].chosen is free


def test_an_absorbed_candidate_is_no_alternative() -> None:
    own, spoken = claim(0.1, uses=(0,)), replace(absorbed(0, "spoken for", free=True)[0], cost=0.3)
    (anchor,) = choose([figure(0)], [[own, spoken]]).anchors
    assert anchor.chosen is own
    assert anchor.alternatives == []


def test_equal_costs_keep_the_order_they_were_thought_of() -> None:
    first, second = claim(0.3, CLOSE), claim(0.3, RSI)
    assert choose([figure(0)], [[first, second]]).anchors[0].chosen is first
    assert choose([figure(0)], [[second, first]]).anchors[0].chosen is second


def test_work_is_capped() -> None:
    """However many candidates there are, only so many are kept; the cheapest survives."""
    many = [claim(float(cost), uses=(0,), value=cost) for cost in range(CANDIDATES * 3, 0, -1)]
    reading = choose([figure(place) for place in range(6)], [list(many) for _ in range(6)])
    assert all(len(anchor.candidates) == CANDIDATES for anchor in reading.anchors)
    assert [anchor.chosen.cost for anchor in reading.anchors if anchor.chosen] == [1.0] * 6
