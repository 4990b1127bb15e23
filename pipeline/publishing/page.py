"""The article's page: one self-contained HTML file that shows, at every proved word, the fact that proves it."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.checking.explanation import Explanation
from pipeline.checking.verdict import Claim, Finding, Verdict
from pipeline.facts.catalogue import catalogue
from pipeline.facts.snapshot import Snapshot
from pipeline.facts.units import ap_date
from pipeline.publishing.chart import chart_alt, chart_caption
from pipeline.publishing.evidence import Evidence, disclosure_lines, gap_lines, making_lines, method_lines, noted
from pipeline.publishing.markup import Mark, to_html
from pipeline.publishing.palette import DARK, LIGHT
from pipeline.publishing.proofs import proofs
from pipeline.publishing.record import Review, Run
from pipeline.publishing.scoreboard import scoreboard
from pipeline.publishing.store import ARTICLE, CHART, DRAFT, RUN, SNAPSHOT, SPANS, VERDICT

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"
SCRIPT = (
    "const page=document.documentElement;"
    "addEventListener('keydown',event=>{if(event.key==='Escape')page.classList.add('quiet')});"
    "for(const kind of ['mouseover','focusin'])addEventListener(kind,()=>page.classList.remove('quiet'));"
    "addEventListener('beforeprint',()=>document.querySelectorAll('details').forEach(fold=>fold.open=true));"
)
"""Escape hides an open card, print opens the folds. Everything else works without it."""
FILES = (ARTICLE, DRAFT, CHART, SNAPSHOT, SPANS, VERDICT, RUN)


@dataclass(frozen=True, slots=True)
class Story:
    """All that a page shows. text: the article as it stands. edited: a person changed it since it was written.
    explanation: how each sentence was read and proved, where that is told."""

    text: str
    snapshot: Snapshot
    verdict: Verdict
    run: Run
    chart: bytes
    review: Review | None = None
    edited: bool = False
    explanation: Explanation | None = None


def render_page(story: Story) -> bytes:
    """The page. Deterministic: it holds no times of the run."""
    from markupsafe import Markup

    snapshot, verdict, run = story.snapshot, story.verdict, story.run
    measures = catalogue()
    evidence = Evidence(snapshot, measures)
    marker = _Marker(story, evidence)
    pieces = to_html(story.text, marker.marks, marker.wrap)
    used = [fact for claim in verdict.claims if claim.verdict == "supported" for fact in claim.facts]
    safe = {
        "headline": Markup(pieces.headline), "dek": [Markup(line) for line in pieces.dek],
        "as_of": Markup(pieces.as_of), "body": Markup(pieces.body),
    }  # fmt: skip
    as_of = ap_date(snapshot.as_of)
    return html(
        "article.html.j2",
        title=pieces.title or f"{snapshot.primary.name}, {as_of}",
        language=run.language,
        snapshot=snapshot,
        verdict=verdict,
        as_of=as_of,
        status=story.review.status if story.review else "draft",
        pieces=safe,
        chart=Markup(inline_chart(story.chart, chart_alt(snapshot))),
        caption=chart_caption(snapshot),
        scoreboard=scoreboard(snapshot, measures) if "<table" not in pieces.body else None,
        facts=evidence.shown(used),
        proofs=proofs(story.explanation) if story.explanation else (),
        notes=noted(snapshot),
        gaps=gap_lines([gap for gap in snapshot.gaps if gap.kind != "note"]),
        lapsed=[gap for gap in snapshot.gaps if gap.kind == "note"],
        method=method_lines(snapshot),
        making=making_lines(run, verdict, story.review, story.edited),
        disclosure=disclosure_lines(run, story.edited),
        files=FILES,
    )


def html(template: str, **values: Any) -> bytes:
    """A template of this folder with the styles, colours and script that all pages share."""
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    text = environment().get_template(template).render(
        light=LIGHT, dark=DARK, script=_markup(SCRIPT), script_hash=f"sha256-{digest}", **values
    )  # fmt: skip
    return text.encode("utf-8", "replace")


def inline_chart(svg: bytes, alt: str) -> str:
    """A chart to stand in a page: its description as label, its colours as the page's."""
    from markupsafe import escape

    text = svg.decode("utf-8")
    text = text[text.index("<svg") :]
    for name, colour in LIGHT.items():
        text = text.replace(colour, f"var(--{name})")
    text = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", text, count=1, flags=re.DOTALL)
    return text.replace("<svg", f'<svg role="img" aria-label="{escape(alt)}"', 1)


@cache
def environment() -> Environment:
    """The templates, with everything escaped and a missing value an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip


class _Marker:
    """Turns marked stretches into elements with a card."""

    def __init__(self, story: Story, evidence: Evidence) -> None:
        self.evidence = evidence
        self.second = story.verdict.second.call.model if story.verdict.second else ""
        self.items: list[Claim | Finding] = [
            *(claim for claim in story.verdict.claims if claim.verdict == "supported"),
            *story.verdict.findings,
            *story.verdict.warnings,
        ]
        self.marks = [Mark(item.start, item.end) for item in self.items]
        self.element = environment().get_template("card.html.j2").module.mark  # type: ignore[attr-defined]
        self.seen: set[tuple[int, ...]] = set()

    def wrap(self, inner: str, numbers: tuple[int, ...]) -> str:
        """The element around a stretch. Only the first stretch of the same marks can be reached by the keyboard."""
        if not numbers or not inner.strip():
            return inner
        anchor = "" if numbers in self.seen else f"card-{len(self.seen) + 1}"
        self.seen.add(numbers)
        items = [self.items[number] for number in numbers]
        findings = [item for item in items if isinstance(item, Finding)]
        claims = [item for item in items if isinstance(item, Claim)]
        mild = all(finding.severity == "warning" for finding in findings)
        kind = "claim" if not findings else "finding warning" if mild else "finding"
        facts = self.evidence.shown(fact for claim in claims for fact in claim.facts)
        form = claims[0].form if claims else ""
        read_by = self.second if any(claim.reader == "second" for claim in claims) else ""
        return str(self.element(_markup(inner), kind, anchor, findings, facts, form, read_by))


def _markup(text: str) -> str:
    from markupsafe import Markup

    return Markup(text)
