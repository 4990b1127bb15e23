"""Drafts with slots: where they stand, and what is counted of them."""

from __future__ import annotations

import re
import tomllib

import pytest

from benchmarks import drafts
from benchmarks.corruption.trial import judge_clean
from pipeline.facts.slots import SLOT


@pytest.mark.parametrize("name", drafts.batches())
def test_every_draft_has_a_place_and_slots(name: str) -> None:
    folder = drafts.DRAFTS / name
    places = tomllib.loads((folder / "batch.toml").read_text(encoding="utf-8"))["drafts"]
    assert sorted(f"{key}.md" for key in places) == sorted(path.name for path in folder.glob("*.md"))
    for key, place in places.items():
        named = [slot[1].split(".")[0] for slot in SLOT.finditer((folder / f"{key}.md").read_text(encoding="utf-8"))]
        assert len(named) > 20
        assert place["instrument"] in named


@pytest.mark.slow
@pytest.mark.parametrize("name", drafts.batches())
def test_drafts_accepted_only_rise(name: str) -> None:
    """Of whole batches: one that cannot be measured whole here is skipped with the reason."""
    found, skipped = drafts.load(name)
    if skipped:
        pytest.skip("; ".join(skipped))
    text = (drafts.DRAFTS / name / "batch.toml").read_text(encoding="utf-8")
    assert sum(one.with_spans.accepted for one in judge_clean(found)) >= tomllib.loads(text)["accepted"]


def test_a_draft_is_printed_and_its_findings_counted() -> None:
    nasdaq = next(one for one in drafts.load("first")[0] if one.snapshot.primary.symbol == "IXIC")
    assert not SLOT.search(nasdaq.text)
    assert "*Method:" in nasdaq.text
    (clean,) = judge_clean([nasdaq])
    found = re.fullmatch(
        r"(\d) of 1 drafts accepted whole; (\d+) findings in (\d+) claims, .*", drafts.figures([clean])
    )
    assert found is not None
    assert int(found[1]) == (int(found[2]) == 0)
    assert int(found[3]) == len(clean.with_spans.claims) > 40
