"""Proxies: an index's volume is another instrument's, told under that one's name or not at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from pipeline.facts.build import build_snapshot
from pipeline.facts.catalogue import catalogue
from pipeline.facts.proxies import wanted
from pipeline.facts.snapshot import Snapshot, read_snapshot
from pipeline.market.bars import Bars
from pipeline.market.instruments import Instrument, instrument

OF_VOLUME = {name for name, one in catalogue().items() if one.needs_volume}


def hand(symbol: str, sessions: int = 80, start: str = "2024-01-02", seed: int = 5, **given: object) -> Bars:
    rng = np.random.default_rng(seed)
    close = 100 + rng.normal(0, 1, sessions).cumsum()
    volume = rng.integers(10**6, 10**8, sessions).astype(float)
    frame = pd.DataFrame({"open": close, "high": close + 1, "low": close - 1, "close": close, "volume": volume},
                         index=pd.bdate_range(start, periods=sessions))  # fmt: skip
    return Bars(instrument(symbol).model_copy(update=given), frame, "hand", f"bars of {symbol}")


def reasons(snapshot: Snapshot, symbol: str) -> set[str]:
    """What the gaps of volume say after the measure's name."""
    gaps = [gap for gap in snapshot.gaps if gap.instrument == symbol and gap.measure in OF_VOLUME]
    assert {gap.measure for gap in gaps} == OF_VOLUME
    return {gap.reason.removeprefix(f"{gap.measure} ") for gap in gaps}


NONE = "needs real volume: RUT is an index, and the volume printed for it is not its own"


def test_the_proxy_has_facts_of_volume_alone_and_the_gap_names_it() -> None:
    made = build_snapshot(hand("RUT"), proxies=(hand("IWM", seed=6),))
    assert [one.symbol for one in made.proxies] == ["IWM"]
    assert [one.symbol for one in made.instruments] == ["RUT"]
    assert {fact.measure for fact in made.facts if fact.instrument == "IWM"} == OF_VOLUME
    assert {source.instrument for source in made.sources} == {"RUT", "IWM"}
    assert reasons(made, "RUT") == {f"{NONE}; the volume facts of its proxy IWM are in the snapshot"}
    own = build_snapshot(hand("IWM", seed=6))
    assert {fact for fact in own.facts if fact.measure in OF_VOLUME} == {f for f in made.facts if f.instrument == "IWM"}
    assert read_snapshot(made.model_dump_json()) == made


def test_without_a_proxy_the_gap_says_so() -> None:
    assert reasons(build_snapshot(hand("RUT")), "RUT") == {f"{NONE}; its proxy IWM is not in the source"}
    alone = build_snapshot(hand("IXIC"))
    assert reasons(alone, "IXIC") == {NONE.replace("RUT", "IXIC")}
    assert alone.proxies == ()


def test_a_proxy_without_the_session_stands_for_nothing() -> None:
    day = pd.bdate_range("2024-01-02", periods=80)[-1].date()
    made = build_snapshot(hand("RUT"), proxies=(hand("IWM", sessions=79),))
    assert made.proxies == ()
    assert reasons(made, "RUT") == {f"{NONE}; its proxy IWM has no session on {day}"}


@pytest.mark.parametrize("given", [{"kind": "index"}, {}])
def test_a_proxy_without_volume_of_its_own_is_none(given: dict[str, str]) -> None:
    proxy = hand("IWM", **given)
    if not given:
        proxy.frame["volume"] = np.nan
    made = build_snapshot(hand("RUT"), proxies=(proxy,))
    assert not [fact for fact in made.facts if fact.instrument == "IWM"]
    assert reasons(made, "RUT") == {f"{NONE}; its proxy IWM has none either"}


def test_a_short_proxy_leaves_gaps() -> None:
    made = build_snapshot(hand("RUT"), proxies=(hand("IWM", sessions=30, start="2024-03-12"),))
    assert made.get("IWM.volume_ratio_20") is not None
    assert [gap.reason for gap in made.gaps if gap.id == "IWM.volume_sma_50"] == [
        "volume_sma_50 needs 50 daily bars; IWM has 30 (2024-03-12 to 2024-04-22)"
    ]


def test_what_is_told_already_is_not_told_twice() -> None:
    funds = hand("SPY", seed=6)
    made = build_snapshot(hand("SPX"), funds, proxies=(funds, hand("IWM")))
    assert made.proxies == ()
    assert len({fact.id for fact in made.facts}) == len(made.facts)
    assert {reason.rpartition("; ")[2] for reason in reasons(made, "SPX")} == {
        "the volume facts of its proxy SPY are in the snapshot"
    }
    assert wanted([instrument("RUT"), instrument("SPX"), instrument("IWM")]) == ("SPY",)
    assert wanted([Instrument(symbol="ACME", name="Acme", kind="stock", volume_from="IWM")]) == ()


def test_nothing_after_the_session_is_looked_at() -> None:
    index, fund = hand("RUT"), hand("IWM", seed=6)
    day: date = index.frame.index[69].date()
    late = build_snapshot(index, as_of=day, proxies=(fund,))
    early = build_snapshot(index.up_to(day), proxies=(fund.up_to(day),))
    assert late == early
    assert late.digest != build_snapshot(index, as_of=day).digest


IMPOSSIBLE = {
    "a price of the proxy": ({"id": "IWM.close", "measure": "close", "unit": "dollars"}, "only volume is told"),
    "a volume of the index": ({"id": "RUT.volume", "instrument": "RUT"}, "an index has no volume of its own"),
    "dollars": ({"unit": "dollars"}, "its unit is shares, not dollars"),
    "a ratio that is not so": ({"value": Decimal(1)}, "over IWM.volume_sma_20"),
}


@pytest.mark.parametrize(("change", "fault"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_what_no_honest_snapshot_holds(change: dict[str, object], fault: str) -> None:
    data = build_snapshot(hand("RUT"), proxies=(hand("IWM", seed=6),)).model_dump()
    next(fact for fact in data["facts"] if fact["id"] == "IWM.volume").update(change)
    data["gaps"] = [gap for gap in data["gaps"] if gap["id"] != "RUT.volume"]
    with pytest.raises(ValidationError, match=fault):
        Snapshot.model_validate(data)


def test_other_sums_of_volume_that_do_not_come_out() -> None:
    data = build_snapshot(hand("RUT"), proxies=(hand("IWM", seed=6),)).model_dump()
    facts = {fact["id"]: fact for fact in data["facts"]}
    facts["IWM.up_volume_20"]["value"] *= 30
    facts["IWM.obv_direction_20"]["value"] = "flat"
    with pytest.raises(ValidationError) as caught:
        Snapshot.model_validate(data)
    for fault in ("are more than 20 times", "IWM.obv_change_20", "IWM.obv_direction_20: flat contradicts"):
        assert fault in str(caught.value)


def test_an_instrument_that_stands_twice() -> None:
    data = build_snapshot(hand("RUT"), hand("IWM", seed=6)).model_dump()
    data["proxies"] = (data["instruments"][1],)
    with pytest.raises(ValidationError, match="an instrument stands twice among RUT, IWM, IWM"):
        Snapshot.model_validate(data)
