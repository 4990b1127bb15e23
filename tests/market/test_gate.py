"""The gate on bars that can be read: the real files, and one defect at a time put into the sample."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipeline.errors import HeldError, InputError
from pipeline.market import gate
from pipeline.market.bars import Bars
from pipeline.market.instruments import Instrument
from pipeline.market.sources.csv import CsvSource

LAST = date(2018, 12, 31)
STOCK = Instrument(symbol="ACME", name="Acme", kind="stock")


def seen(bars: Bars, as_of: date | None = None, accepted: tuple[str, ...] = ()) -> dict[str, list[str]]:
    return {one.rule: [str(day) for day in one.days] for one in gate.judge([bars], as_of or bars.last, accepted)}


def changed(bars: Bars, change: Callable[[pd.DataFrame], pd.DataFrame], instrument: Instrument | None = None) -> Bars:
    return Bars(instrument or bars.instrument, change(bars.frame.copy()), "test", "")


def scaled(
    day: str, factor: float, columns: tuple[str, ...] = ("open", "high", "low", "close"), *, after: bool = False
):  # type: ignore[no-untyped-def]
    def change(frame: pd.DataFrame) -> pd.DataFrame:
        rows = frame.index >= day if after else frame.index == day
        frame.loc[rows, list(columns)] *= factor
        return frame

    return change


@pytest.fixture
def index(sample_bars: dict[str, Bars]) -> Bars:
    return sample_bars["SPX"]


FILES = {
    "SPX": {"large-move": ["1987-10-19", "2020-03-16"], "no-volume": ["2023-05-24"]},
    "RUT": {"large-move": ["1987-10-19", "2020-03-16"], "no-volume": ["2023-07-25", "2023-10-13", "2026-08-21"]},
    "SPY": {"large-move": ["2020-03-16"], "odd-volume": ["1994-09-30"]},
    "IWM": {
        "odd-volume": ["2008-03-25", "2008-03-28", "2008-04-04", "2008-04-22", "2008-04-24", "2008-07-03", "2019-07-30"]
    },
    "BTC-USD": {"large-move": ["2020-03-12"]},
}


@pytest.mark.parametrize("symbol", FILES)
def test_the_real_files_are_remarked_on_and_never_held(symbol: str, shared: Path) -> None:
    """Every defect that PROVENANCE.md lists and one file can show; crashes are real and years old."""
    found = seen(CsvSource(shared / "market").load(symbol))
    raw = pd.read_csv(shared / "market" / f"{symbol}.csv")
    assert found.pop("no-range", []) == raw.date[raw.high == raw.low].tolist(), (
        "SPX has closes alone in its first years"
    )
    assert found == FILES[symbol]


def test_an_index_with_the_volume_of_another(shared: Path) -> None:
    source = CsvSource(shared / "market")
    found = gate.judge([source.load("RUT"), source.load("SPX")], date(2026, 1, 16))
    assert [one.instrument for one in found if one.rule == "copied-volume"] == ["SPX"]
    found = gate.judge([source.load("IWM"), source.load("SPY")], date(2026, 1, 16))
    assert not any(one.rule == "copied-volume" for one in found)


def test_the_sample_is_sound(sample_bars: dict[str, Bars]) -> None:
    assert seen(sample_bars["SPX"]) == {}
    assert seen(sample_bars["IXIC"]) == {"no-volume": ["2015-05-12", "2018-01-09"]}


def test_a_move_holds_for_twenty_sessions(shared: Path) -> None:
    """The crash of March 2020: held on the day and for 19 sessions, a remark from the next one on, nothing before."""
    bars = CsvSource(shared / "market").load("RUT")
    days = [day.date() for day in bars.frame.index]
    crash = days.index(date(2020, 3, 16))
    for later in (0, 1, 19):
        with pytest.raises(HeldError, match=r"2020-03-16 \(-14\.3%, limit 13\.8%\).*--accept RUT:2020-03-16"):
            gate.judge([bars], days[crash + later])
    assert seen(bars, days[crash + 20])["large-move"] == ["1987-10-19", "2020-03-16"]
    assert seen(bars, days[crash - 1])["large-move"] == ["1987-10-19"], "what is not yet known holds nothing"
    assert seen(bars, days[crash], ("RUT:2020-03-16",))["large-move"] == ["1987-10-19", "2020-03-16"]


@pytest.mark.parametrize(
    ("factor", "words"),
    [(0.5, "as a 2-for-1 split does"), (1 / 7, "as a 7-for-1 split does"), (10, "as a 1-for-10 reverse split does")],
)
def test_a_split_nobody_adjusted(index: Bars, factor: float, words: str) -> None:
    with pytest.raises(HeldError, match=words):
        seen(changed(index, scaled("2018-12-20", factor, after=True), STOCK))


def test_a_split_of_a_wild_stock_is_seen_by_its_factor(index: Bars) -> None:
    """Daily moves of 4 % put the limit at 40 %, so 3-for-2, a fall of a third, is within it."""
    rng = np.random.default_rng(4)
    wild = np.exp(np.cumsum(rng.choice([-1, 1], len(index)) * 0.04)) * 50

    def prices(frame: pd.DataFrame) -> pd.DataFrame:
        for name in ("open", "high", "low", "close"):
            frame[name] = wild
        return scaled("2018-12-20", 2 / 3, after=True)(frame)  # type: ignore[no-any-return]

    with pytest.raises(HeldError, match=r"2018-12-20 \(-3[0-9.]+%, limit 40\.0%, as a 1\.5-for-1 split does\)"):
        seen(changed(index, prices, STOCK))


def test_a_bad_print(index: Bars) -> None:
    with pytest.raises(HeldError, match=r"limit .*, undone the next session, as a bad print is"):
        seen(changed(index, scaled("2018-12-20", 10)))
    old = seen(changed(index, scaled("2015-06-03", 10)))
    assert old["large-move"] == ["2015-06-03", "2015-06-04"], "out and back"


def test_a_bad_print_does_not_raise_the_limit_for_what_follows(index: Bars) -> None:
    spoilt = changed(index, scaled("2018-06-04", 10))
    assert gate.limits(spoilt)[-1] == pytest.approx(gate.limits(index)[-1], rel=0.05)


def test_a_high_far_away(index: Bars) -> None:
    with pytest.raises(HeldError, match="highs or lows past the limit: 2018-12-20"):
        seen(changed(index, scaled("2018-12-20", 1.4, ("high",))))
    assert seen(changed(index, scaled("2015-06-03", 0.5, ("low",))))["far-extreme"] == ["2015-06-03"]


def test_a_missing_session(index: Bars) -> None:
    with pytest.raises(HeldError, match="sessions of XNYS without a row: 2018-12-20"):
        seen(changed(index, lambda frame: frame.drop(pd.Timestamp("2018-12-20"))))
    old = changed(index, lambda frame: frame.drop(pd.Timestamp("2015-06-03")))
    assert seen(old) == {"missing-session": ["2015-06-03"]}
    assert seen(old, date(2015, 6, 2)) == {}
    recent = changed(index, lambda frame: frame.drop(pd.Timestamp("2018-12-20")))
    assert seen(recent, accepted=("SPX:2018-12-20",)) == {"missing-session": ["2018-12-20"]}


def test_a_row_on_a_saturday(index: Bars) -> None:
    def saturday(day: str) -> Callable[[pd.DataFrame], pd.DataFrame]:
        return lambda frame: pd.concat([frame, frame.iloc[[-1]].set_axis([pd.Timestamp(day)]) * 1.001]).sort_index()

    with pytest.raises(HeldError, match="no session of XNYS: 2018-12-22"):
        seen(changed(index, saturday("2018-12-22")))
    assert "off-calendar" in seen(changed(index, saturday("2015-06-06")))


def test_the_wrong_calendar(shared: Path) -> None:
    """Bitcoin as a stock of New York: its weekends are no sessions there."""
    bars = CsvSource(shared / "market").load("BTC-USD")
    with pytest.raises(
        InputError, match=r"\d\d rows on days that are no session of XNYS and none for 0 of its sessions"
    ):
        seen(Bars(STOCK, bars.frame, "", ""))


def test_a_stuck_feed(index: Bars) -> None:
    def stuck(frame: pd.DataFrame) -> pd.DataFrame:
        frame.iloc[-1] = frame.iloc[-2]
        return frame

    with pytest.raises(HeldError, match="rows that repeat the one before: 2018-12-31"):
        seen(changed(index, stuck))


def test_no_volume_at_all_is_said_once(index: Bars) -> None:
    def empty(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(volume=np.nan)

    assert [one.text() for one in gate.judge([changed(index, empty)], LAST)] == ["SPX: no volume in any row"]


def test_everything_that_holds_is_told_at_once(index: Bars) -> None:
    spoilt = changed(index, scaled("2018-12-20", 10))
    spoilt = changed(spoilt, lambda frame: frame.drop(pd.Timestamp("2018-12-27")))
    with pytest.raises(HeldError) as held:
        seen(spoilt)
    assert "2018-12-27" in str(held.value)
    assert str(held.value).endswith("--accept SPX:2018-12-27,SPX:2018-12-20,SPX:2018-12-21")
    assert seen(spoilt, accepted=("SPX:2018-12-27", "SPX:2018-12-20", "SPX:2018-12-21"))


@pytest.mark.parametrize("kind", gate.LEAST)
def test_a_calm_series_has_the_limit_of_its_kind(kind: str, index: Bars) -> None:
    calm = index.frame.assign(**dict.fromkeys(("open", "high", "low", "close"), 100.0))
    one = Instrument(symbol="A", name="A", kind=kind)  # type: ignore[arg-type]
    assert gate.limits(Bars(one, calm, "", ""))[-1] == gate.LEAST[kind]  # type: ignore[index]


def test_later_rows_change_nothing(index: Bars) -> None:
    day = date(2015, 6, 3)
    absurd = changed(index, scaled("2015-06-04", 1000, after=True))
    assert gate.judge([absurd], day) == gate.judge([index.up_to(day)], day)


def test_bars_that_begin_later_are_passed_over(shared: Path) -> None:
    """The proxy IWM begins in 2000; an article about 1995 does without."""
    source = CsvSource(shared / "market")
    day = date(1995, 2, 1)
    assert {one.instrument for one in gate.judge([source.load("RUT"), source.load("IWM")], day)} == {"RUT"}


def test_new_york_bars_under_another_calendar_of_weekdays(index: Bars) -> None:
    """London and New York share most sessions; each has holidays of its own."""
    for code in ("XLON", "XHKG", "24/5"):
        wrong = Bars(index.instrument.model_copy(update={"calendar": code}), index.frame, "", "")
        with pytest.raises(InputError, match=f"no session of {code}"):
            seen(wrong)


def test_weekly_bars_are_no_daily_ones(index: Bars) -> None:
    weekly = changed(index, lambda frame: frame.groupby(frame.index.to_period("W")).tail(1))
    with pytest.raises(InputError, match=r"needs daily bars .* none for \d+ of its sessions"):
        seen(weekly)


def test_a_volume_of_part_of_a_session(shared: Path) -> None:
    fund = CsvSource(shared / "market").load("SPY")
    last = str(fund.last)
    with pytest.raises(HeldError, match=rf"volumes far from those before: {last} \(8\.82e-07 times the usual\)"):
        seen(changed(fund, scaled(last, 1e-6, ("volume",))))
    assert "odd-volume" not in seen(changed(index_like(fund), scaled(last, 1e-6, ("volume",))))


def index_like(fund: Bars) -> Bars:
    """The same bars as of an index, whose volume is not its own."""
    return Bars(fund.instrument.model_copy(update={"kind": "index"}), fund.frame, "", "")


def test_a_stuck_feed_with_another_volume(index: Bars) -> None:
    def stuck(frame: pd.DataFrame) -> pd.DataFrame:
        frame.iloc[-1, :4] = frame.iloc[-2, :4]
        return frame

    with pytest.raises(HeldError, match="rows that repeat the one before: 2018-12-31"):
        seen(changed(index, stuck))


def test_a_price_with_too_few_digits(index: Bars) -> None:
    tiny = changed(
        index, lambda frame: frame.assign(**{name: frame[name] / 1e6 for name in ("open", "high", "low", "close")})
    )
    with pytest.raises(InputError, match=r"needs prices of 0\.01 and more; SPX closed at 0\.0025"):
        seen(tiny)


def test_accepted_sessions_are_marked_and_idle_ones_refused(shared: Path) -> None:
    bars = CsvSource(shared / "market").load("RUT")
    found = gate.judge([bars], date(2020, 3, 20), ("rut:2020-03-16", "SPX:2020-03-16"))
    assert "2020-03-16 (-14.3%, limit 13.8%, accepted)" in " ".join(one.text() for one in found)
    with pytest.raises(InputError, match="nothing holds an article at RUT:2020-03-17"):
        gate.judge([bars], date(2020, 3, 20), ("RUT:2020-03-17",))
    assert gate.judge([bars], date(2020, 1, 10), ("RUT:2020-03-16",)), "an entry of the settings, in an earlier article"


def test_a_finding_of_the_last_year_is_pressing(shared: Path) -> None:
    bars = CsvSource(shared / "market").load("RUT")
    for day, pressing in ((date(2020, 6, 1), True), (date(2021, 3, 17), True), (date(2021, 3, 18), False)):
        [crash] = [one for one in gate.judge([bars], day) if one.rule == "large-move"]
        assert crash.pressing(day) is pressing
    assert not any(one.pressing(date(2023, 7, 26)) for one in gate.judge([bars], date(2023, 7, 26))), "volume alone"
