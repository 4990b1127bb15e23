"""The cache: when no network is asked, what happens without one, and files that are broken, hostile or contested."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest
from fake_yahoo import NEW_YORK, WEEK, FakeYahoo, at, frame

from pipeline.errors import UnreachableError
from pipeline.market import cache as caching
from pipeline.market import yahoo_history
from pipeline.market.cache import BarCache, Kept, Label, UnusableError
from pipeline.market.quality import checked_frame
from pipeline.market.sources.yahoo import DESCRIPTION, YahooSource

yfinance = pytest.importorskip("yfinance")

HERE = Path(__file__).resolve().parent
FRIDAY, TUESDAY = at("2026-01-16T22:00"), at("2026-01-20T22:00")
GONE = OSError("no network in tests")
Load = Callable[..., list[date]]


def never() -> datetime:
    pytest.fail("the clock is read")


@pytest.fixture
def yahoo(monkeypatch: pytest.MonkeyPatch) -> FakeYahoo:
    fake = FakeYahoo(currency="USD", exchangeTimezoneName=NEW_YORK)
    monkeypatch.setattr(yfinance, "Ticker", fake)
    monkeypatch.setattr(yahoo_history, "PAUSE", 0.0)
    fake.answers["^RUT"] = frame(WEEK[:5])  # to Friday the 16th
    return fake


def load(folder: Path, now: Callable[[], datetime] = FRIDAY, as_of: date | None = None) -> list[date]:
    """A new run's sessions."""
    return [stamp.date() for stamp in YahooSource(cache=folder, now=now).load("RUT", as_of).frame.index]


# When the network is asked


def test_a_second_run_asks_no_network(yahoo: FakeYahoo, tmp_path: Path) -> None:
    first = YahooSource(cache=tmp_path, now=FRIDAY).load("RUT")
    second = YahooSource(cache=tmp_path, now=at("2026-01-20T20:59")).load("RUT")  # nothing has closed since
    assert yahoo.asked == ["^RUT"]
    pd.testing.assert_frame_equal(first.frame, second.frame, check_freq=False)
    assert (second.retrieved, second.description, second.told) == (FRIDAY(), first.description, first.told)


def test_a_session_that_is_kept_needs_neither_network_nor_clock(yahoo: FakeYahoo, tmp_path: Path) -> None:
    load(tmp_path)
    for day in (WEEK[4], WEEK[0], date(2026, 1, 17), date(1999, 1, 4)):  # kept, no session, before them all
        assert load(tmp_path, never, day) == WEEK[:5]
    assert yahoo.asked == ["^RUT"]


def test_a_new_session_is_fetched_and_replaces_the_whole_history(yahoo: FakeYahoo, tmp_path: Path) -> None:
    load(tmp_path)
    split = (5.0, 6.0, 4.5, 5.5, 1000)  # two for one: the past changes too
    yahoo.answers["^RUT"] = frame(dict.fromkeys(WEEK[:6], split))
    closes = YahooSource(cache=tmp_path, now=TUESDAY).load("RUT").frame["close"]
    assert closes.tolist() == [5.5] * 6
    assert load(tmp_path, TUESDAY) == WEEK[:6]
    assert yahoo.asked == ["^RUT", "^RUT"]


def test_a_session_missing_between_kept_ones_is_asked_for_again(yahoo: FakeYahoo, tmp_path: Path) -> None:
    yahoo.answers["^RUT"] = frame([day for day in WEEK[:5] if day.day != 14])
    load(tmp_path)
    yahoo.answers["^RUT"] = frame(WEEK[:5])
    assert load(tmp_path, FRIDAY, date(2026, 1, 14)) == WEEK[:5]


def test_what_was_told_of_kept_bars_is_told_again(yahoo: FakeYahoo, tmp_path: Path) -> None:
    yahoo.answers["^RUT"] = frame([*WEEK[:5], date(2026, 1, 19), WEEK[5]])
    first = YahooSource(cache=tmp_path, now=TUESDAY).load("RUT").told
    assert first == ("RUT: bars on days that are no session are left out: 2026-01-19.",)
    assert YahooSource(cache=tmp_path, now=never).load("RUT", WEEK[0]).told == first


def test_without_an_answer_and_a_session_asked_for_it_says_where_the_cache_ends(
    yahoo: FakeYahoo, tmp_path: Path
) -> None:
    load(tmp_path)
    yahoo.answers["^RUT"] = GONE
    for as_of in (None, date(2026, 1, 20)):
        with pytest.raises(UnreachableError) as caught:
            load(tmp_path, TUESDAY, as_of)
        assert str(caught.value).startswith("Yahoo could not be reached for ^RUT: 'no network in tests'.")
        assert str(caught.value).endswith(
            "The cache of RUT ends on 2026-01-16: --as-of 2026-01-16 writes about that session."
        )
    assert load(tmp_path, TUESDAY, date(2026, 1, 16)) == WEEK[:5]


def test_an_answer_shorter_than_what_is_kept_does_not_replace_it(yahoo: FakeYahoo, tmp_path: Path) -> None:
    load(tmp_path)
    yahoo.answers["^RUT"] = frame(WEEK[:3])
    bars = YahooSource(cache=tmp_path, now=TUESDAY).load("RUT")
    assert bars.last == WEEK[4]
    assert "Yahoo did not have 2026-01-20" in bars.told[0]
    assert load(tmp_path, never, WEEK[4]) == WEEK[:5]


def test_the_default_folder_is_where_the_system_keeps_such_things(
    yahoo: FakeYahoo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caching, "user_cache", lambda: pytest.fail("a folder was named"))
    load(tmp_path)
    monkeypatch.undo()
    if sys.platform.startswith("linux"):
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
        assert caching.user_cache() == tmp_path / "home" / "technical-trader"
    assert caching.user_cache().is_absolute()
    assert yahoo.asked == ["^RUT"]


# Files


def kept(*days: date, symbol: str = "^RUT", close: float = 11.0) -> Kept:
    rows = "".join(f"{day},10,12,9,{close},500\n" for day in days or WEEK)
    bars = checked_frame(f"date,open,high,low,close,volume\n{rows}".encode(), "made by hand")
    moment = datetime(2026, 1, 21, 22, tzinfo=UTC)
    first, last = bars.index[0].date(), bars.index[-1].date()
    return Kept(bars, Label(symbol=symbol, retrieved=moment, first=first, last=last, description="by hand"))


def test_what_is_written_is_read_to_the_last_digit(tmp_path: Path) -> None:
    bars = kept(close=11.123456789012345)
    bars.frame.loc["2026-01-14", "volume"] = float("nan")
    BarCache(tmp_path).write("^RUT", bars)
    found = BarCache(tmp_path).read("^RUT")
    assert found is not None
    pd.testing.assert_frame_equal(found.frame, bars.frame, check_exact=True, check_freq=False)
    assert found.label.model_copy(update={"sha256": ""}) == bars.label


def test_a_csv_and_a_small_json_are_all_there_is(tmp_path: Path) -> None:
    BarCache(tmp_path / "new" / "folder").write("^RUT", kept())
    label, bars = sorted((tmp_path / "new" / "folder").iterdir(), key=lambda file: file.suffix, reverse=True)
    assert label.name == "%5ERUT.json"
    assert bars.name == f"%5ERUT.{sha256(bars.read_bytes()).hexdigest()[:12]}.csv"
    assert bars.read_text().startswith("date,open,high,low,close,volume\n2026-01-12,10.0,12.0,9.0,11.0,500.0\n")
    assert json.loads(label.read_text())["retrieved"] == "2026-01-21T22:00:00Z"
    assert label.stat().st_size < 400


@pytest.mark.parametrize("symbol", ["^GSPC", "BRK-B", "../x", "/etc/x", "..", "A/B", "A\\B", "a%2Fb", "A\0B", "é", "*"])
def test_a_symbol_is_escaped_to_a_name_in_the_folder(tmp_path: Path, symbol: str) -> None:
    folder = tmp_path / "a" / "b"
    BarCache(folder).write(symbol, kept(symbol=symbol))
    assert BarCache(folder).read(symbol) is not None
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {file.parent for file in files} == {folder}
    assert len(files) == 2


def test_replaced_bars_are_removed_once_nobody_reads_them_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = BarCache(tmp_path)
    for symbol in ("A", "A.B"):
        cache.write(symbol, kept(symbol=symbol, close=9.5))
    cache.write("A", kept(symbol="A", close=10.5))
    assert len(list(tmp_path.glob("*.csv"))) == 3
    for file in tmp_path.glob("*.csv"):
        os.utime(file, (0, 0))
    cache.write("A", kept(symbol="A", close=11.5))
    assert sorted(file.name.rsplit(".", 2)[0] for file in tmp_path.glob("*.csv")) == ["A", "A.B"]
    assert cache.read("A.B") is not None
    monkeypatch.setattr(caching.time, "time", lambda: 1e12)  # a disk and a machine may not agree on the time
    cache.write("A", kept(symbol="A", close=11.5))
    assert cache.read("A") is not None


def spoil(folder: Path, how: str) -> None:
    """Break what is kept for ^RUT."""
    label, bars = folder / "%5ERUT.json", next(folder.glob("*.csv"))
    text, raw = label.read_text(), bars.read_bytes()
    digest = sha256(raw).hexdigest()
    if how == "faulty bars with their digest":
        raw = raw.replace(b"2026-01-14", b"2026-01-12")
    if how == "other days than labelled":
        raw = raw[: raw.rindex(b"2026-01-16")]
    if how in ("faulty bars with their digest", "other days than labelled"):
        new = sha256(raw).hexdigest()
        (folder / f"%5ERUT.{new[:12]}.csv").write_bytes(raw)
        label.write_text(text.replace(digest, new))
    elif how == "a price changed":
        bars.write_bytes(raw.replace(b",11.0,", b",11.5,", 1))
    elif how == "bars cut off":
        bars.write_bytes(raw[:60])
    elif how == "bars that are no text":
        bars.write_bytes(b"\x00\xff" * 40)
    elif how == "bars gone":
        bars.unlink()
    else:
        label.write_bytes({
            "label empty": b"", "label cut off": text[:30].encode(), "label of bytes": b"\xff\xfe\x00",
            "label a list": b"[1]", "label without a field": text.replace('"first"', '"fist"').encode(),
            "label of another symbol": text.replace("^RUT", "^GSPC").encode(),
            "label without a zone": text.replace("00Z", "00").encode(),
            "digest that leads elsewhere": text.replace(digest, "../../../x").encode(),
            "label with a tail": f"{text}{{".encode(),
        }[how])  # fmt: skip


@pytest.mark.parametrize("how", [
    "faulty bars with their digest", "other days than labelled", "a price changed", "bars cut off",
    "bars that are no text", "bars gone",
    "label empty", "label cut off", "label of bytes", "label a list", "label without a field",
    "label of another symbol", "label without a zone", "digest that leads elsewhere", "label with a tail",
])  # fmt: skip
def test_a_broken_cache_is_told_in_a_line_and_fetched_anew(yahoo: FakeYahoo, tmp_path: Path, how: str) -> None:
    load(tmp_path)
    spoil(tmp_path / "yahoo", how)
    with pytest.raises(UnusableError):
        BarCache(tmp_path / "yahoo").read("^RUT")
    bars = YahooSource(cache=tmp_path, now=FRIDAY).load("RUT")
    assert [stamp.date() for stamp in bars.frame.index] == WEEK[:5]
    assert len(bars.told) == 1
    assert bars.told[0].startswith("RUT: the cache was of no use and is passed over: ")
    assert bars.told[0].isprintable()
    assert len(bars.told[0]) < 300
    assert yahoo.asked == ["^RUT", "^RUT"]
    assert YahooSource(cache=tmp_path, now=FRIDAY).load("RUT").told == ()  # mended


@pytest.mark.parametrize("refusal", ["a file", "a file above", "read only"])
@pytest.mark.usefixtures("yahoo")
def test_a_folder_that_refuses_costs_the_cache_and_not_the_article(tmp_path: Path, refusal: str) -> None:
    folder = tmp_path / "cache"
    if refusal == "read only":
        if not hasattr(os, "geteuid") or os.geteuid() == 0:
            pytest.skip("root writes anywhere")
        folder.mkdir(mode=0o500)
    else:
        folder.write_text("not a folder")
    bars = YahooSource(cache=folder / "x" if refusal == "a file above" else folder, now=FRIDAY).load("RUT")
    assert bars.last == WEEK[4]
    assert bars.told[-1].startswith("RUT: the bars could not be kept for the next run: ")


def test_a_write_that_fails_leaves_the_old_pair_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = BarCache(tmp_path)
    cache.write("^RUT", kept(close=9.5))
    before = sorted(tmp_path.iterdir())

    def full(_handle: int, _mode: str) -> None:
        os.close(_handle)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    with pytest.raises(OSError, match="No space left"):
        cache.write("^RUT", kept(close=11.0))
    assert sorted(tmp_path.iterdir()) == before
    found = cache.read("^RUT")
    assert found is not None
    assert found.frame["close"].unique().tolist() == [9.5]


@pytest.mark.slow
def test_readers_see_whole_pairs_while_processes_write(tmp_path: Path) -> None:
    code = f"""
import sys
sys.path[:0] = [{str(HERE)!r}, {str(HERE.parents[1])!r}]
from pathlib import Path
from pipeline.market.cache import BarCache
from test_cache import kept
for turn in range(60):
    BarCache(Path({str(tmp_path)!r})).write("^RUT", kept(close=9 + turn % 3 + float(sys.argv[1])))
"""
    writers = [subprocess.Popen([sys.executable, "-c", code, part]) for part in ("0.25", "0.75")]
    cache, seen, done = BarCache(tmp_path), set[float](), threading.Event()

    def read() -> None:
        while not done.is_set():
            if (found := cache.read("^RUT")) is not None:
                seen.update(found.frame["close"].unique().tolist())

    reader = threading.Thread(target=read)
    reader.start()
    codes = [writer.wait() for writer in writers]
    done.set()
    reader.join()
    assert codes == [0, 0]
    assert len(seen) > 1
    assert seen <= {9.25, 9.75, 10.25, 10.75, 11.25, 11.75}
    assert not list(tmp_path.glob(".*"))


# End to end


@pytest.mark.slow
def test_an_article_from_kept_bars_without_a_network(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from pipeline import cli

    as_of = "2026-01-16"

    def no_network(symbol: str) -> None:
        pytest.fail(f"{symbol} is asked for")

    monkeypatch.setattr("pipeline.market.sources.yahoo.history", no_network)
    moment = datetime(2026, 8, 21, 22, tzinfo=UTC)
    for ours, theirs in (("RUT", "^RUT"), ("SPX", "^GSPC"), ("IWM", "IWM"), ("SPY", "SPY")):
        bars = checked_frame((shared / "market" / f"{ours}.csv").read_bytes(), ours)
        first, last = bars.index[0].date(), bars.index[-1].date()
        told = ("RUT: a remark.",) if ours == "RUT" else ()
        label = Label(symbol=theirs, retrieved=moment, first=first, last=last, description=DESCRIPTION, told=told)
        BarCache(tmp_path / "cache" / "yahoo").write(theirs, Kept(bars, label))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        cli.main(["write", "--source", "yahoo", "--cache", "cache", "--instrument", "Russell 2000", "--as-of", as_of])
    out, err = capsys.readouterr()
    assert ended.value.code == 0
    assert "accepted: " in out
    assert "technical-trader: RUT: a remark." in err
    article = (tmp_path / "outputs" / as_of / "RUT" / "article.md").read_text(encoding="utf-8")
    assert "2,677.74" in article  # the published close
    assert "computed from daily bars from Yahoo Finance" in article
    snapshot = json.loads((tmp_path / "outputs" / as_of / "RUT" / "snapshot.json").read_text(encoding="utf-8"))
    assert {source["retrieved"] for source in snapshot["sources"]} == {"2026-08-21T22:00:00Z"}
    run = json.loads((tmp_path / "outputs" / as_of / "RUT" / "run.json").read_text(encoding="utf-8"))
    assert "cache" not in run["settings"]  # no paths of a machine


def test_yahoo_without_an_answer_is_exit_code_three(
    yahoo: FakeYahoo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from pipeline import cli

    yahoo.answers["^RUT"] = yfinance.exceptions.YFRateLimitError()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        cli.main(["write", "--source", "yahoo", "--cache", "cache", "--instrument", "RUT", "--benchmark", "none"])
    assert ended.value.code == 3
    err = capsys.readouterr().err
    assert "technical-trader: Yahoo takes no more requests from here for now" in err
    assert "Traceback" not in err
    assert not (tmp_path / "outputs").exists()
