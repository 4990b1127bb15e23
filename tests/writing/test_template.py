"""The template writer: what every article of it must be, over many dates of the sample.

Directions, bands and style limits are written out here again, from the checker's brief and the style guide, so that a
wrong word in the writer's tables does not agree with itself.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from pipeline.facts.build import build_snapshot
from pipeline.facts.catalogue import catalogue
from pipeline.facts.snapshot import Snapshot
from pipeline.market.bars import Bars
from pipeline.market.instruments import Instrument
from pipeline.market.sources import open_source
from pipeline.writing.draft import render
from pipeline.writing.template import write

ROOT = Path(__file__).resolve().parents[2]
MEASURES = catalogue()
SLOT = r"\[\[(?P<fact>[^\]|]+)(?:\|\w+)?\]\]"
UP = """up rose gained climbed advanced added surged jumped rallied soared risen above ahead leads beat beating outpaced
outpacing outperformed outperforming"""
DOWN = """down fell lost dropped declined retreated tumbled slumped sank plunged slipped fallen below behind trails
trailed trailing lagged lagging underperformed underperforming"""
SIGN_OF = dict.fromkeys(UP.split(), 1) | dict.fromkeys(DOWN.split(), -1)
NAMES = """Nasdaq Composite S P Jan Feb March April May June July Aug Sept Oct Nov Dec Monday Tuesday Wednesday Thursday
Friday RSI MACD ADX ATR DI K D R Bollinger Williams CCI"""
ANY = "|".join(SIGN_OF)
FORBIDDEN = (
    r"will|would|could|should|may|might|can|must|expect\w*|poised|likely|target|because|due to|driven|thanks|fuel\w*|"
    r"fear\w*|hope\w*|analysts?|historic|unprecedented|skyrocket\w*|explod\w*|n/?a|nan|none"
)


@dataclass(frozen=True)
class Article:
    """One article with the snapshot it was written from."""

    snapshot: Snapshot
    slotted: str
    text: str

    @property
    def blocks(self) -> list[str]:
        """Blocks of the printed article: headline, dek, as-of line, then the body."""
        return self.text.strip().split("\n\n")

    @property
    def paragraphs(self) -> list[str]:
        """Body paragraphs without table, method and disclosure."""
        return [block for block in self.blocks[3:-2] if not block.startswith("|")]


def written(snapshot: Snapshot) -> Article:
    draft = write(snapshot)
    return Article(snapshot, draft.text, render(draft, snapshot, MEASURES).text)


@cache
def bars(symbol: str) -> Bars:
    return open_source("sample").load(symbol)


@cache
def articles() -> tuple[Article, ...]:
    """Forty articles of random dates, both indexes, one in four without a benchmark."""
    rng = random.Random(20181231)
    days = [day.date() for day in bars("IXIC").frame.index][29:]
    made = []
    for place, day in enumerate(rng.sample(days, 40)):
        one, other = rng.sample(("IXIC", "SPX"), 2)
        made.append(written(build_snapshot(bars(one), bars(other) if place % 4 else None, day)))
    return tuple(made)


def of_day(day: date, benchmark: bool = True) -> Article:
    return written(build_snapshot(bars("IXIC"), bars("SPX") if benchmark else None, day))


def renamed(instrument: Instrument, day: date) -> Article:
    sample = bars("IXIC")
    return written(build_snapshot(Bars(instrument, sample.frame, sample.source, sample.description), None, day))


def words(text: str) -> int:
    return sum(any(char.isalnum() for char in token) for token in text.split())


def sentences(paragraph: str) -> list[str]:
    return [part.strip(" .") for part in re.split(r"\.\s+(?=[A-Z])", paragraph)]


def test_has_headline_dek_date_table_and_disclosure() -> None:
    article = of_day(date(2018, 12, 31))
    title, dek, as_of = article.blocks[:3]
    assert title.startswith("# Nasdaq Composite ")
    assert dek.startswith("*")
    assert dek.endswith(".*")
    assert as_of == "Data as of the close, Mon. Dec. 31, 2018 (ET)"
    assert "| Nasdaq Composite | 6,635.28 | +0.77% | +0.77% | -9.48% | -3.88% | -3.88% | -18.42% |" in article.text
    assert "not investment advice" in article.blocks[-1]
    assert article.blocks[-2].startswith("*Method: ")


@pytest.mark.slow
def test_at_least_six_paragraphs_of_350_to_700_words() -> None:
    for article in articles():
        assert len(article.paragraphs) >= 6, article.snapshot.as_of
        assert 350 <= words(article.text) <= 700, (article.snapshot.as_of, words(article.text))


def test_lede_is_one_sentence_of_about_20_to_25_words() -> None:
    lengths = [words(article.paragraphs[0]) for article in articles()]
    assert all(len(sentences(article.paragraphs[0])) == 1 for article in articles())
    assert all(15 <= length <= 28 for length in lengths)
    assert sum(20 <= length <= 25 for length in lengths) >= 0.9 * len(lengths)


def test_headline_is_short_and_has_one_figure() -> None:
    for article in articles():
        title = article.blocks[0].removeprefix("# ")
        assert words(title) <= 12, title
        assert len(re.findall(SLOT, article.slotted.split("\n")[0])) == 1, title


def test_no_sentence_twice() -> None:
    for article in articles():
        told = [sentence for paragraph in article.paragraphs for sentence in sentences(paragraph)]
        assert len(told) == len(set(told)), article.snapshot.as_of


def test_no_level_is_told_twice_with_its_distance() -> None:
    for article in articles():
        body = article.slotted.split("\n\n", 4)[-1]
        distances = re.findall(r"\[\[([^\]|]+\.distance_[^\]|]+)(?:\|\w+)?\]\] (?:above|below) the \d+-day", body)
        assert len(distances) == len(set(distances)), article.snapshot.as_of


def test_no_verb_of_movement_twice_in_a_paragraph() -> None:
    verbs = "rose gained climbed advanced surged jumped rallied fell lost dropped declined retreated tumbled slumped"
    for article in articles():
        for paragraph in article.paragraphs:
            for verb in verbs.split():
                assert len(re.findall(rf"\b{verb}\b", paragraph)) <= 1, paragraph


def test_every_slot_resolves_and_nothing_is_left_over() -> None:
    for article in articles():
        assert not re.search(r"[\[\]{}]|  | ,| \.(?!\d)|,,|\.\.", article.text), article.snapshot.as_of


def test_no_forecast_cause_or_hype() -> None:
    for article in articles():
        prose = "\n".join((*article.blocks[:2], *article.paragraphs))
        assert not (found := re.search(rf"\b({FORBIDDEN})\b(?! \d)", prose, re.I)), found


def test_capitalised_words_inside_sentences_are_known_names() -> None:
    for article in articles():
        for paragraph in article.paragraphs:
            for sentence in sentences(paragraph):
                inner = re.findall(r"(?<=[a-z0-9,;:%(] )[A-Z][A-Za-z]*", re.sub(r": [A-Z]", ": x", sentence))
                assert set(inner) <= set(NAMES.split()), sentence


DIRECTIONS = (
    (r"\.change_", rf"\b(?P<word>{ANY}) {SLOT}"),
    (r"\.points_", rf"\b(?P<word>{ANY}) {SLOT}"),
    (r"\.distance_", rf"{SLOT} (?P<word>above|below)\b"),
    (r"\.spread_", rf"{SLOT} (?P<word>ahead|behind)\b"),
    (r"\.spread_", rf"\b(?P<word>{ANY}) (?:it|the (?:S&P 500|Nasdaq|Nasdaq Composite)) by {SLOT}"),
    (r"\.spread_", rf"\b(?P<word>leads|trails) the [\w& ]+ by \[\[[^\]]+\]\] [\w ]+ and by {SLOT}"),
)
"""A fact's id and how a word of direction stands by its slot."""


@pytest.mark.parametrize(("facts", "pattern"), DIRECTIONS)
def test_directions_agree_with_the_facts(facts: str, pattern: str) -> None:
    """The verb, side or place told with a figure, against the sign of the fact the figure came from."""
    checked = 0
    for article in articles():
        for match in re.finditer(pattern, article.slotted):
            if re.search(facts, match["fact"]):
                value = article.snapshot.by_id[match["fact"]].number
                assert (value > 0) - (value < 0) == SIGN_OF[match["word"]], match[0]
                checked += 1
    assert checked >= 2


def test_connectives_agree_with_the_signs() -> None:
    """ "but" between two distances or changes told with sides needs two directions, "and" one."""
    average = r"(?:its|the) \d+-day (?:exponential )?(?:moving )?average(?: of \[\[[^\]]+\]\])?"
    pattern = rf"(?P<one>above|below) {average} (?P<link>and|but) {SLOT} (?P<two>above|below) {average}"
    links = [match for article in articles() for match in re.finditer(pattern, article.slotted)]
    for match in links:
        assert (match["link"] == "and") == (match["one"] == match["two"]), match[0]
    assert {match["link"] for match in links} == {"and", "but"}


def test_verbs_fit_the_size_of_the_move() -> None:
    """Bands of the checker's brief: gentle verbs up to 1.25 average true ranges, strong ones from 0.5."""
    gentle = r"edge[sd]|inche[sd]|tick(?:s|ed)|slip(?:s|ped)"
    strong = r"surge[sd]|soar\w+|plunge[sd]|tumble[sd]|slump\w+"
    checked = 0
    for article in articles():
        for match in re.finditer(rf"\b(?P<verb>{gentle}|{strong})(?: up| down)? {SLOT}", article.slotted):
            owner, _, measure = match["fact"].partition(".")
            if measure not in ("change_1d", "points_1d"):
                continue
            facts = article.snapshot.by_id
            size = abs(facts[f"{owner}.change_1d"].number) / facts[f"{owner}.atr_pct_14"].number
            assert size <= Decimal("1.25") if re.fullmatch(gentle, match["verb"]) else size >= Decimal("0.5"), match[0]
            checked += 1
    assert checked > 10


def test_little_changed_is_little() -> None:
    quiet = [article for article in articles() if "little changed" in article.paragraphs[0]]
    for article in quiet:
        symbol, facts = article.snapshot.primary.symbol, article.snapshot.by_id
        assert abs(facts[f"{symbol}.change_1d"].number) < facts[f"{symbol}.atr_pct_14"].number / 10
    assert quiet


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2009, 3, 9), "lowest close in 52 weeks|52-week closing low"),
        (date(2017, 7, 24), "record close|highest close|at a record"),
        (date(2016, 11, 4), "for a ninth straight session"),
        (date(2010, 7, 16), r"(?:closes|crosses) below its 50-day average"),
    ],
)
def test_headline_leads_with_the_biggest_news(day: date, told: str) -> None:
    """2009-03-09 the bear market's low, 2017-07-24 a record, 2016-11-04 nine losses running, 2010-07-16 a crossing."""
    assert re.search(told, of_day(day).blocks[0])


def test_markets_sound_like_themselves() -> None:
    assert re.search(r"buyers", of_day(date(2017, 7, 24)).text, re.I)
    crash = of_day(date(2000, 4, 14)).text  # the Nasdaq's 9.7% fall
    assert re.search(r"# Nasdaq Composite (plunges|tumbles|slumps|sinks) 9\.7%", crash)
    assert not re.search(r"\b(slipped|edged|inched)\b", crash)


def test_week_in_progress_is_told_so_far() -> None:
    for article in articles():
        over = article.snapshot.by_id[f"{article.snapshot.primary.symbol}.is_last_session_of_week"].value
        prose = " ".join(article.blocks[:2] + article.paragraphs)
        wrong = r"so far this week" if over else r"\b(on|for) the week\b"
        assert not re.search(wrong, prose, re.I), article.snapshot.as_of


def test_full_name_first_then_the_short_one() -> None:
    article = of_day(date(2018, 12, 31))
    body = " ".join(article.paragraphs)
    assert article.paragraphs[0].startswith("The Nasdaq Composite ")
    assert body.count("Nasdaq Composite") == 1
    assert body.count("the Nasdaq") + body.count("The Nasdaq") > 4


def test_same_bytes_in_another_process_with_another_hash_seed(tmp_path) -> None:  # type: ignore[no-untyped-def]
    snapshot = build_snapshot(bars("IXIC"), bars("SPX"), date(2018, 12, 31))
    file = tmp_path / "snapshot.json"
    file.write_text(snapshot.model_dump_json(), encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from pipeline.facts.snapshot import read_snapshot; "
        "from pipeline.writing.template import write; "
        "sys.stdout.buffer.write(write(read_snapshot(Path(sys.argv[1]).read_text('utf-8'))).text.encode())"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(file)],
        capture_output=True, check=True, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": "12345"},
    )  # fmt: skip
    assert run.stdout.decode() == write(snapshot).text


def test_neighbouring_sessions_are_worded_differently() -> None:
    one, two = of_day(date(2013, 5, 14)), of_day(date(2013, 5, 15))

    def shapes(article: Article) -> set[str]:
        masked = re.sub(r"[$\d][\d.,%]*|\b\w+day\b", "#", " ".join(article.paragraphs))
        return set(sentences(masked))

    assert len(shapes(one) & shapes(two)) < 0.5 * len(shapes(one))


def test_without_benchmark_no_other_instrument_is_named() -> None:
    article = of_day(date(2018, 12, 31), benchmark=False)
    assert "S&P" not in article.text
    assert "SPX" not in article.slotted
    assert len(article.paragraphs) >= 6


@pytest.mark.parametrize(
    ("lost", "never"),
    [
        (r"\.rsi_", r"RSI (?!and)|overbought|oversold"),
        (r"\.(sma|ema)_(50|100|200)$|distance_(sma|ema)_(50|100|200)$", r"50-day average|200-day average of"),
        (r"\.(record|is_record|distance_record|drawdown)", r"record close of|record close is"),
        (r"/SPX\.", r"percentage points"),
        (r"\.(atr|bollinger|realized)_", r"average true range|Bollinger|volatility"),
        (r"change_(1w|mtd|ytd|12m)$", r"so far this week|this month|year to date|12 months"),
    ],
)
def test_a_missing_fact_drops_its_sentences(lost: str, never: str) -> None:
    snapshot = build_snapshot(bars("IXIC"), bars("SPX"), date(2013, 5, 15))
    kept = tuple(fact for fact in snapshot.facts if not re.search(lost, fact.id))
    assert len(kept) < len(snapshot.facts)
    article = written(Snapshot.model_construct(**{**dict(snapshot), "facts": kept}))
    assert re.search(never, " ".join(written(snapshot).paragraphs))
    assert not re.search(never, " ".join(article.paragraphs))
    assert "[[" not in article.text


def test_many_gaps_leave_a_whole_article() -> None:
    snapshot = build_snapshot(bars("IXIC"), bars("SPX"), date(2018, 12, 31))
    lost = {fact.id: random.Random(fact.id).random() for fact in snapshot.facts}  # whatever else there is
    for share in (0.05, 0.3, 0.6):
        kept = tuple(fact for fact in snapshot.facts if fact.measure == "close" or lost[fact.id] > share)
        article = written(Snapshot.model_construct(**{**dict(snapshot), "facts": kept}))
        assert not re.search(r"[\[\]{}]|  | ,|\.\.", article.text)
        assert len(article.paragraphs) >= 3
        assert all(re.match(r"[A-Z].*[.:]", paragraph, re.DOTALL) for paragraph in article.paragraphs)


def test_shortest_history_still_makes_an_article() -> None:
    first = bars("IXIC").frame.index[29].date()
    for benchmark in (False, True):
        article = of_day(first, benchmark)
        assert len(article.paragraphs) >= 6
        assert 250 <= words(article.text) <= 700
        assert "record" not in " ".join(article.paragraphs)


def test_a_very_long_run_leads_the_article() -> None:
    """The made-up closes start below the real one before them, so 25 of the 26 rise."""
    sample = bars("IXIC")
    frame = sample.frame.iloc[:300].copy()
    for column in ("open", "high", "low", "close"):
        frame.iloc[-26:, frame.columns.get_loc(column)] = [3000.0 + step for step in range(26)]
    article = written(build_snapshot(Bars(sample.instrument, frame, sample.source, sample.description)))
    assert article.blocks[0].endswith("for a twenty-fifth straight session")
    assert "the longest such run in data that begin Jan. 4, 1999" in article.paragraphs[0]


def test_a_stock_has_no_article_and_dollars() -> None:
    article = renamed(Instrument(symbol="ACME", name="Acme", kind="stock"), date(2018, 12, 31))
    assert article.paragraphs[0].startswith("Acme ")
    assert "$6,635.28" in article.paragraphs[0]
    assert "the stock" in article.text.lower()
    assert not re.search(r"\bindex\b|the Acme", " ".join(article.paragraphs))


def test_crypto_has_a_week_of_seven_days() -> None:
    """Monday, Dec. 31, 2018 starts a week that ends on a Sunday."""
    instrument = Instrument(symbol="XYZ-USD", name="Xyz", kind="crypto", calendar="24/7")
    article = renamed(instrument, date(2018, 12, 28))
    assert "so far this week" in article.text.lower()
    assert "the token" in article.text.lower()


def test_names_from_a_file_are_inert_markdown() -> None:
    name = "Evil *Corp* <b>#1</b> `x`"
    article = renamed(Instrument(symbol="EVIL", name=name, kind="stock"), date(2018, 12, 31))
    assert r"Evil \*Corp\* \<b\>\#1\</b\> \`x\`" in article.paragraphs[0]


@pytest.mark.slow
def test_real_series_of_other_kinds(shared) -> None:  # type: ignore[no-untyped-def]
    """Known truth of 2026-01-16: a record close, and 11 sessions ahead of the S&P 500, the longest since June 2008."""
    source = open_source("csv", shared / "market")
    day = date(2026, 1, 16)
    article = written(build_snapshot(source.load("RUT"), source.load("SPX"), day))
    assert "2,677.74" in article.paragraphs[0]
    assert "11 " in article.text
    assert "June 6, 2008" in article.text
    for symbol in ("BTC-USD", "IWM"):
        other = written(build_snapshot(source.load(symbol), source.load("SPX"), day))
        assert len(other.paragraphs) >= 6
        assert "$" in other.paragraphs[0]
