"""Slots and spans: how a draft names a fact, and which stretch of the rendered text a fact printed.

A slot is `[[fact id]]` or `[[fact id|form]]`; forms are `pipeline.facts.units.FORMS`.
"""

from __future__ import annotations

import re

from pydantic import BaseModel, ConfigDict

SLOT = re.compile(r"\[\[\s*([^\[\]|\s]+)\s*(?:\|\s*([a-z]+)\s*)?\]\]")


class Span(BaseModel):
    """A stretch of the rendered text (code points, half-open) printed from a fact in a form."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: int
    end: int
    fact: str
    form: str = "plain"
