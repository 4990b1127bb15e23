"""From what was written to the files of an article. The same inputs give the same bytes, but for run.json's times."""

from __future__ import annotations

import json

from pipeline.checking.checker import examine
from pipeline.checking.explanation import explain
from pipeline.checking.second.exchange import VARIES
from pipeline.facts.snapshot import Snapshot
from pipeline.publishing.page import Story, render_page
from pipeline.publishing.record import Run
from pipeline.publishing.store import (
    ARTICLE,
    ATTEMPTS,
    CHART,
    DRAFT,
    PAGE,
    RUN,
    SNAPSHOT,
    SPANS,
    VERDICT,
    Article,
)
from pipeline.writing.outcome import Written


def compose(written: Written, snapshot: Snapshot, run: Run, chart: bytes) -> Article:
    """An article ready for `publish`. run: from `pipeline.publishing.record.record`. chart: from `draw_chart`."""
    text = written.rendered.text
    explanation = explain(examine(text, snapshot, written.rendered.spans, second=written.verdict.second))
    page = render_page(Story(text, snapshot, written.verdict, run, chart, explanation=explanation))
    spans = [span.model_dump() for span in written.rendered.spans]
    files = {
        ARTICLE: _encoded(text),
        DRAFT: _encoded(text),
        PAGE: page,
        CHART: chart,
        SNAPSHOT: _encoded(snapshot.model_dump_json(indent=1) + "\n"),
        SPANS: _encoded(json.dumps(spans, indent=1) + "\n"),
        VERDICT: _encoded(written.verdict.model_dump_json(indent=1, exclude={"second": VARIES}) + "\n"),
        RUN: _encoded(run.model_dump_json(indent=1) + "\n"),
    }
    for number, attempt in enumerate(written.attempts, 1):
        if attempt.draft:
            files[f"{ATTEMPTS}/{number}-{attempt.kind}.md"] = _encoded(attempt.draft)
    return Article(snapshot.as_of, snapshot.primary.symbol, files)


def _encoded(text: str) -> bytes:
    """UTF-8; what cannot be encoded (half a surrogate pair) becomes a question mark, so that offsets stay."""
    return text.encode("utf-8", "replace")
