"""Laws of the template writer's articles: true ones pass, false ones do not, and nothing is proved without its fact.

Each law is tried on a few examples and on more with the slow tests, the same in every run; with LAWS_WIDER=5 in the
environment on five times as many, others in every run. What is made false stands in benchmarks/corruption, where
nothing asks the checker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from random import Random

import pytest
from drawn import WIDER, Session, sessions, told
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from benchmarks import SHARED
from benchmarks.checker.flags import Flag, clause_around, fresh
from benchmarks.corruption.article import Article
from benchmarks.corruption.kind import Change, Corruption
from benchmarks.corruption.kinds import bindings, numbers, words
from pipeline.checking.checker import check
from pipeline.facts.snapshot import Snapshot

MUTANTS: Mapping[str, tuple[Corruption, ...]] = {
    "another figure": (
        numbers.transposed_digits, numbers.last_digit, numbers.off_by_one, numbers.digit_lost, numbers.point_moved,
        bindings.figure_of_other_measure, bindings.figure_of_other_period, bindings.figure_of_other_window,
        bindings.figure_of_other_timeframe, words.run_length,
    ),
    "another instrument": (
        bindings.figure_of_other_instrument, bindings.instrument_swapped, bindings.outside_name,
    ),
    "another window": (bindings.average_window, bindings.window_unknown, bindings.window_unit),
    "another timeframe": (bindings.timeframe_turned, bindings.period_turned),
    "another direction": (
        words.direction_verb, words.versus_verb, words.run_noun, words.side_of_level, words.side_of_crossing,
        numbers.cell_sign,
    ),
    "another label": (words.zone_turned, words.side_of_tally, words.tally_count, words.record_claimed),
    "another unit": (
        numbers.percent_as_points, numbers.spread_unit, numbers.points_as_percent, numbers.sessions_as_weeks,
    ),
}  # fmt: skip
"""What is changed about a slot's fact or the words around it, and the kinds of changes that do it."""

SEEDS = st.integers(0, 2**32)
COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.filter_too_much]}
FEW = settings(max_examples=5, derandomize=True, database=None, **COMMON)
MANY = settings(max_examples=30 * WIDER, derandomize=WIDER == 1, print_blob=True, **COMMON)


def flags(text: str, snapshot: Snapshot) -> list[Flag]:
    """The findings of a plain text by rule and place."""
    return [Flag(item.rule, item.start, item.end) for item in check(text, snapshot).findings]


def article_passes(session: Session, seed: int) -> None:
    """For any snapshot and any choice of wordings the template writer's article has no finding."""
    article = told(session.snapshot(), seed)
    verdict = check(article.text, article.snapshot, article.spans)
    assert [(item.rule, item.text, item.message) for item in verdict.findings] == []
    assert verdict.proved == len(verdict.claims) > 20


@FEW
@given(session=sessions(), seed=SEEDS)
def test_any_article_of_the_template_writer_passes(session: Session, seed: int) -> None:
    article_passes(session, seed)


@pytest.mark.slow
@MANY
@given(session=sessions(), seed=SEEDS)
def test_any_article_of_the_template_writer_passes_widely(session: Session, seed: int) -> None:
    article_passes(session, seed)


def mutant_is_found(session: Session, seed: int, kinds: tuple[Corruption, ...], choose: Callable[..., Change]) -> None:
    """One thing made false gives a finding that it had not, in the clause that was changed or on what its sentence
    prints."""
    article, rng = told(session.snapshot(), seed), Random(seed)
    changes = list(dict.fromkeys(change for kind in kinds for change in kind.make(article, rng)))
    assume(changes)
    change = choose(st.sampled_from(changes))
    text = change.applied(article.text)
    new = fresh(flags(article.text, article.snapshot), flags(text, article.snapshot), change)
    places = [clause_around(text, change.start, change.new_end), *printed(article, change)]
    start, end = article.sentence(change.start)
    assert any(flag.touches(*place) for flag in new for place in places), text[
        start : end + change.new_end - change.end
    ]


def printed(article: Article, change: Change) -> Iterator[tuple[int, int]]:
    """Where the slots of the changed sentence stand in the changed text."""
    grown = change.new_end - change.end
    for slot in article.slots_in(*article.sentence(change.start)):
        moved = grown if slot.start >= change.end else 0
        yield slot.start + moved, slot.end + moved


@settings(FEW, max_examples=8)
@given(what=st.sampled_from(sorted(MUTANTS)), session=sessions(), seed=SEEDS, data=st.data())
def test_any_mutant_is_found(what: str, session: Session, seed: int, data: st.DataObject) -> None:
    mutant_is_found(session, seed, MUTANTS[what], data.draw)


@pytest.mark.slow
@pytest.mark.parametrize("what", MUTANTS)
@settings(MANY, max_examples=10 * WIDER)
@given(session=sessions(), seed=SEEDS, data=st.data())
def test_any_mutant_is_found_widely(what: str, session: Session, seed: int, data: st.DataObject) -> None:
    mutant_is_found(session, seed, MUTANTS[what], data.draw)


HOLES = (
    # session, what passes though it is false, and why it is
    (Session("BTC-USD", None, "shared", date(2019, 4, 24)),
     "The 20-day average is above the 50-day and the 50-day below the 200-day.",
     "averages are simple where nothing is said, and the simple 50-day average is above the simple 200-day one"),
    (Session("IWM", "SPY", "shared", date(2006, 12, 21)),
     "Over the last 20 sessions, volume on up days was 486 million shares, against 486 million on down days.",
     "it was 493 million on up days"),
)  # fmt: skip
"""False sentences that pass: where the law of mutants breaks."""


@pytest.mark.parametrize(("session", "text", "why"), HOLES)
@pytest.mark.xfail(reason="not read yet; where one is, take it out of HOLES", strict=True)
def test_holes_of_the_law_of_mutants(session: Session, text: str, why: str) -> None:
    if session.source == "shared" and not (SHARED / "market").is_dir():
        pytest.skip("needs the bars of shared/data/market beside the checkout; not present")
    assert flags(text, session.snapshot()), why


def without(snapshot: Snapshot, fact: str) -> Snapshot:
    """A snapshot without a fact and all it can be derived from."""
    gone, left = set[str](), [fact]
    while left:
        gone.add(one := left.pop())
        left += [part for part in snapshot.by_id[one].derived_from if part in snapshot.by_id and part not in gone]
    kept = {name: getattr(snapshot, name) for name in Snapshot.model_fields}
    return Snapshot.model_construct(**{**kept, "facts": tuple(one for one in snapshot.facts if one.id not in gone)})


def sentences_need_their_fact(session: Session, seed: int, choose: Callable[..., str]) -> None:
    """Without a fact every sentence that printed it has a finding that it had not."""
    article = told(session.snapshot(), seed)
    fact = choose(st.sampled_from(sorted({slot.fact.id for slot in article.slots})))
    before = set(flags(article.text, article.snapshot))
    new = [flag for flag in flags(article.text, without(article.snapshot, fact)) if flag not in before]
    for slot in article.slots:
        start, end = article.sentence(slot.start)
        if slot.fact.id == fact:
            assert any(flag.touches(start, end) for flag in new), (fact, article.text[start:end])


@FEW
@given(session=sessions(), seed=SEEDS, data=st.data())
def test_no_sentence_stands_without_its_fact(session: Session, seed: int, data: st.DataObject) -> None:
    sentences_need_their_fact(session, seed, data.draw)


@pytest.mark.slow
@MANY
@given(session=sessions(), seed=SEEDS, data=st.data())
def test_no_sentence_stands_without_its_fact_widely(session: Session, seed: int, data: st.DataObject) -> None:
    sentences_need_their_fact(session, seed, data.draw)
