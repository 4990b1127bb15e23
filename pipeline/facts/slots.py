"""Slots and spans: how a draft names a fact, and which stretch of the rendered text a fact printed.

A slot is `[[fact id]]` or `[[fact id|form]]`; forms are `pipeline.facts.units.FORMS`.
"""

from __future__ import annotations

import re

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from pipeline.errors import InputError

SLOT = re.compile(r"\[\[\s*([^\[\]|\s]+)\s*(?:\|\s*([a-z]+)\s*)?\]\]")


class Span(BaseModel):
    """A stretch of the rendered text (code points, half-open) printed from a fact in a form."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: int
    end: int
    fact: str
    form: str = "plain"


def read_spans(text: str, where: str = "spans.json") -> tuple[Span, ...]:
    """Spans from JSON text. Raises InputError with the first fault and the place."""
    try:
        return TypeAdapter(tuple[Span, ...]).validate_json(text)
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(map(str, fault["loc"])) or "the file"
        raise InputError(
            f"{where} needs a list of spans; found {place}: {fault['msg']}. Name the spans.json of the article with "
            "--spans, or move the file away to check without it."
        ) from None
