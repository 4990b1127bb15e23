"""The template writer: an article from a snapshot without a model, deterministic, good enough to publish.

Families of small sentence builders, one file per topic, look at the facts and give every wording of a sentence; the
composer picks among them. Newsworthiness decides the headline, the lede and the order of the topics.
"""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.facts.catalogue import Measure, catalogue
from pipeline.facts.snapshot import Snapshot
from pipeline.writing.draft import Draft
from pipeline.writing.template.article import compose
from pipeline.writing.template.desk import Desk

WRITER = "template"


def write(snapshot: Snapshot, measures: Mapping[str, Measure] | None = None) -> Draft:
    """The article of a snapshot as Markdown with slots. The same snapshot gives the same bytes in every process."""
    return Draft(compose(Desk(snapshot, measures or catalogue())), WRITER)


__all__ = ["WRITER", "write"]
