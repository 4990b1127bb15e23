"""Laws of any text: the checker is a pure function, never breaks, points into the text and ends in time."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from time import process_time

import pytest
from drawn import WIDER, Session, sessions, told
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.corruption.article import written
from pipeline.checking.checker import check
from pipeline.checking.verdict import Verdict
from pipeline.checking.vocabulary import load
from pipeline.facts.catalogue import catalogue
from pipeline.facts.snapshot import Snapshot

ROOT = Path(__file__).resolve().parents[2]
COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]}

# Pure: what is judged, in which order and process, changes nothing.

PROGRAM = """
import sys
from pipeline.checking.checker import check
from pipeline.facts.snapshot import Snapshot
for place in range(1, len(sys.argv), 2):
    text, snapshot = (open(path, encoding="utf-8").read() for path in sys.argv[place : place + 2])
    print(check(text, Snapshot.model_validate_json(snapshot)).model_dump_json())
"""
LACKING = "\nAnalysts fear the 75-day average. It fell 3% to 41.71, and the Dow, at 9,999, rose on heavy volume.\n"
"""Sentences with many findings, some that name the nearest of several facts."""


def judged(pairs: list[Path], seed: str) -> subprocess.Popen[bytes]:
    """A process of its own that judges texts, each beside its snapshot, with a seed for hashes."""
    command = [sys.executable, "-c", PROGRAM, *map(str, pairs)]
    environ = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.Popen(command, env=environ, cwd=ROOT, stdout=subprocess.PIPE)


def test_the_same_bytes_for_any_hash_seed(sample_snapshot: Snapshot, tmp_path: Path) -> None:
    snapshot, pairs = tmp_path / "snapshot.json", []
    snapshot.write_text(sample_snapshot.model_dump_json(), encoding="utf-8")
    for name, text in (("true", ""), ("false", LACKING)):
        article = tmp_path / f"{name}.md"
        article.write_text(told(sample_snapshot, 1).text + text, encoding="utf-8")
        pairs += [article, snapshot]
    runs = [judged(pairs, seed) for seed in ("0", "4711")]
    first, other = (run.communicate(timeout=60)[0] for run in runs)
    assert first.count(b"\n") == 2
    assert b"vague-authority" in first
    assert other == first
    here = [check(article.read_text(encoding="utf-8"), sample_snapshot).model_dump_json() for article in pairs[::2]]
    assert first.decode("utf-8").splitlines() == here


def order_is_nothing(drawn: list[tuple[Session, int]]) -> None:
    """Articles judged once, in the other order and again give the same bytes."""
    articles = [told(session.snapshot(), seed) for session, seed in drawn]
    texts = [(article.text + LACKING, article.snapshot) for article in articles]
    once = [check(*item).model_dump_json() for item in texts]
    assert [check(*item).model_dump_json() for item in texts[::-1]][::-1] == once
    assert [check(*item).model_dump_json() for item in texts] == once


ARTICLES = st.lists(st.tuples(sessions(), st.integers(0, 99)), min_size=2, max_size=4)


@settings(max_examples=2, derandomize=True, database=None, **COMMON)
@given(drawn=ARTICLES)
def test_the_order_of_checks_is_nothing(drawn: list[tuple[Session, int]]) -> None:
    order_is_nothing(drawn)


@pytest.mark.slow
@settings(max_examples=5 * WIDER, derandomize=WIDER == 1, print_blob=True, **COMMON)
@given(drawn=ARTICLES)
def test_the_order_of_checks_is_nothing_widely(drawn: list[tuple[Session, int]]) -> None:
    order_is_nothing(drawn)


# Any text: pieces of what the checker reads, of Markdown and of Unicode, put together at random.

NAMES = ("Nasdaq Composite", "the Nasdaq", "S&P 500", "both indexes", "it", "its", "the former", "the latter")
DATES = ("Dec. 31, 2018", "Friday", "Feb. 30", "31 December 2018", "2018-12-31", "2018-00-99", "Jan 0", "99 May")
UNITS = ("%", " percent", " percentage points", " basis points", " points", " sessions", " straight weeks", " days",
         " times", " million", " trillion trillion", "-day", "th", "x", " in a row", " of 12")  # fmt: skip
MARKS = (*".,;:!?()[]{}|*_`~<>#-+$%'\"\\/&=", "\n", "\n\n", "--", "—", "…", "[[", "]]", "{{", "<!--", "-->", "![", "](",
         "\u202e", "\u200f", "\u200b", "\u00a0", "\u2212", "½", "²", "①", "٣", "一", "５", "﷽", "\ufffd", "\u0301",
         "📈", "| ", "|---|\n", "# ", "- ", "1. ", "```\n", "---\n", "> ", "&amp;", "&#37;", "**_*")  # fmt: skip
WORDS = tuple(sorted(
    {form for entries in load().values() for entry in entries for form in entry.forms}
    | {phrase for measure in catalogue().values() for phrase in measure.phrases}
))  # fmt: skip
DIGITS = st.one_of(
    st.decimals(0, 20_000, places=2).map("{:,}".format), st.integers(0, 10**6).map(str),
    st.tuples(st.sampled_from("0123456789."), st.integers(1, 6_000)).map(lambda pair: f"{pair[0] * pair[1]}1"),
)  # fmt: skip
PIECES = st.one_of(
    st.sampled_from(WORDS), st.sampled_from(NAMES), st.sampled_from(DATES), st.sampled_from(MARKS),
    st.tuples(st.sampled_from(("", "-", "+", "$")), DIGITS, st.sampled_from(UNITS)).map("".join), st.text(max_size=4),
    st.tuples(st.sampled_from(("*", "_", "[", "(", "<b>", "`", ">", "#")), st.integers(1, 60)).map(
        lambda pair: pair[0] * pair[1]
    ),
)  # fmt: skip
TEXTS = st.one_of(
    st.tuples(st.sampled_from(("", " ", ". ", " | ")), st.lists(PIECES, max_size=40)).map(lambda p: p[0].join(p[1])),
    st.text(max_size=2_000),
)
SIZE, LIMIT = 100_000, 5.0
"""The longest text that must end in time, in characters, and the seconds of one core it may take."""


def verdict_points_into(text: str, snapshot: Snapshot) -> Verdict:
    """A verdict on any text whose findings stand in it in order, without overlap."""
    verdict = check(text, snapshot)
    assert verdict.accepted == (not verdict.findings)
    for item in (*verdict.findings, *verdict.warnings, *verdict.claims):
        assert 0 <= item.start <= item.end <= len(text)
        assert item.text == text[item.start : item.end]
    for one, other in pairwise(verdict.findings):
        assert one.end <= other.start, "findings overlap"
    return verdict


@settings(max_examples=60, derandomize=True, database=None, **COMMON)
@given(text=TEXTS)
def test_any_text_gets_a_verdict_that_points_into_it(text: str, sample_snapshot: Snapshot) -> None:
    verdict_points_into(text, sample_snapshot)


@pytest.mark.slow
@settings(max_examples=200 * WIDER, derandomize=WIDER == 1, print_blob=True, **COMMON)
@given(text=TEXTS)
def test_any_text_gets_a_verdict_that_points_into_it_widely(text: str, sample_snapshot: Snapshot) -> None:
    verdict_points_into(text, sample_snapshot)


def ends_in_time(text: str, snapshot: Snapshot) -> Verdict:
    """A verdict within the seconds that 100 KB may take; a second time decides where a busy machine had the first."""
    check("", snapshot)
    seconds = []
    while len(seconds) < 2 and min(seconds, default=LIMIT) >= LIMIT:
        started = process_time()
        verdict = check(text, snapshot)
        seconds.append(process_time() - started)
    assert min(seconds) < LIMIT
    return verdict


@pytest.mark.slow
@settings(max_examples=6 * WIDER, derandomize=WIDER == 1, print_blob=True, **COMMON)
@given(text=TEXTS.filter(bool))
def test_any_long_text_ends_in_time(text: str, sample_snapshot: Snapshot) -> None:
    """The same text over and over, up to 100 KB."""
    ends_in_time((text * (SIZE // len(text) + 1))[:SIZE], sample_snapshot)


DENSE = (
    "RSI. MACD. 50. Up. ", "Up 2%. RSI 50. Down. ", "RSI MACD 50 up ", "up; down; ", "The RSI is 50. ", "- RSI 50\n",
    "Jan. 16, 2018. ", "2% or 3% ", "1,234.56 ", "1", "9", "0.", "million ", "Acme Corp said Bob. ", "[[IXIC.rsi_14]] ",
    '"RSI 50" ', "and RSI and 50 ", "\u202eRSI \u200f50 ", "**_a_** ", "*", "_", "`", "[", "![", "[a](", "<a", "<!--",
    "&amp;", "\u0301e", " ", "\n", "-", "- ", "|", ".", '"', "#", "# a\n", "```\n~~~\n", "- - - a\n", "> > > a\n",
)  # fmt: skip
TABLES = (
    "| RSI | 50 | up 2% |\n", "|1%|1%|1%|1%|1%|1%|1%|1%|1%|1%|1%|1%|\n", "| RSI 50 up 2% MACD 20 |\n",
    "| RSI | 50 |\n|---|---|\n| MACD | up |\n\n",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("part", DENSE)
def test_dense_text_ends_in_time(part: str, sample_snapshot: Snapshot) -> None:
    ends_in_time((part * SIZE)[:SIZE], sample_snapshot)


@pytest.mark.slow
@pytest.mark.parametrize("row", TABLES)
def test_dense_tables_end_in_time(row: str, sample_snapshot: Snapshot) -> None:
    columns = row.split("\n")[0].count("|") - 1
    head = f"{'| Close ' * columns}|\n{'|---' * columns}|\n"
    ends_in_time((head + row * SIZE)[:SIZE], sample_snapshot)


@pytest.mark.slow
def test_a_wide_table_ends_in_time(sample_snapshot: Snapshot) -> None:
    third = SIZE // 3
    lines = ("| RSI " * third, "|---" * third, "| 5 " * third)
    ends_in_time("\n".join(line[:third] for line in lines), sample_snapshot)


@pytest.mark.slow
def test_a_long_text_is_read_whole_and_in_time(sample_snapshot: Snapshot) -> None:
    """The template writer's article again and again: its findings would be of what is left unread."""
    article = written(sample_snapshot).text + "\n\n"
    assert ends_in_time(article * (SIZE // len(article)), sample_snapshot).accepted


@pytest.mark.slow
@pytest.mark.parametrize(
    "part", ["1.5% ", "close 5 ", "rose 2% above the 50-day average ", "gloam ", '"a b" ', "[[", "![", "<!--"]
)
def test_one_endless_sentence_costs_no_more(part: str, sample_snapshot: Snapshot) -> None:
    """A clause too costly to read is unproved; nothing grows with the square of a clause's length."""
    verdict = ends_in_time("The Nasdaq " + part * (SIZE // len(part)), sample_snapshot)
    assert verdict.accepted is (part in ("gloam ", "![", "<!--"))


@pytest.mark.parametrize(
    "text",
    ["Dec ².", "2018-²-1", "50- and ²-day averages", "% % %", "-" * 200, "| " * 200, "#" * 9, "1" * 5_000,
     "2018-" + "1" * 5_000 + "-1", f"The RSI is 0.{'0' * 60}1.", f"{'9' * 60} sessions"],
)  # fmt: skip
def test_strange_texts_that_once_broke_or_might(sample_snapshot: Snapshot, text: str) -> None:
    verdict_points_into(text, sample_snapshot)
