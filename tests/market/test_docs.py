"""docs/data.md names every source, rule and limit as the code has them."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.market import gate
from pipeline.market.sources import SOURCES

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "data.md").read_text(encoding="utf-8")


def test_every_rule_and_source_has_a_row() -> None:
    rows = set(re.findall(r"^\| `([a-z-]+)` \|", TEXT, re.MULTILINE))
    rules = {rule.__name__.replace("_", "-") for rule in (*gate.RULES, gate.copied_volume)}
    assert rows - {"--source"} == rules | {source.name for source in SOURCES}


def test_the_limits_are_the_codes() -> None:
    least = {kind: f"{100 * value:.0f} %" for kind, value in gate.LEAST.items()}
    assert f"{gate.TIMES} times" in TEXT
    assert f"at least {least['index']} for an index, {least['fund']} for a fund, {least['stock']} for a stock" in TEXT
    assert f"at most {100 * gate.MOST:.0f} %" in TEXT
    assert f"last {gate.RECENT} sessions" in TEXT
    assert f"{100 * gate.OFF_CALENDAR:.0f} % of the last 252 rows lie off it, or {gate.BOTH_WAYS} of them" in TEXT
    assert f"lack {gate.NOT_DAILY} of its sessions" in TEXT
    assert f"a volume {gate.ODD_VOLUME} times more or less" in TEXT
