"""What an instrument is called: the full name first, then a shorter one, then a noun where no doubt is left.

Builders write `{A}`, `{B}`, `{V}` for the names, `{A's}`, `{B's}`, `{V's}` for the possessive, and `{it}`, `{its}`
where a noun may stand for the article's instrument. V is the proxy whose volume is told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.market.instruments import Instrument

NOUN_OF_KIND = {"index": "index", "fund": "fund", "stock": "stock", "crypto": "token"}
MARK = re.compile(r"\{(A|B|V|it|its)('s)?\}")
ACTIVE_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#~])")


def safe(name: str) -> str:
    """A name from a file as Markdown text: one line, nothing in it active."""
    return ACTIVE_MARKDOWN.sub(r"\\\1", " ".join(name.split()))


def full_name(instrument: Instrument) -> str:
    """The name of a first mention, with its article: "the Nasdaq Composite", "Bitcoin"."""
    article = instrument.kind == "index" or (instrument.kind == "fund" and " " in instrument.name)
    return f"the {safe(instrument.name)}" if article else safe(instrument.name)


def later_name(instrument: Instrument) -> str:
    """The name after the first mention: "the Nasdaq", "IWM"."""
    if not instrument.short:
        return full_name(instrument)
    return f"the {safe(instrument.short)}" if instrument.kind == "index" else safe(instrument.short)


def possessive(name: str) -> str:
    """A name as an owner; a name that ends in s takes the apostrophe alone."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def capitalised(text: str) -> str:
    """A sentence with its first letter in upper case; a brand such as iShares keeps its own."""
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]


@dataclass(slots=True)
class Names:
    """The names of the instruments, with what has been said of them so far.

    A noun ("the index", "the tech-heavy index") stands for A only when the sentence before named A, or meant it, and
    neither sentence names another.
    """

    primary: Instrument
    benchmark: Instrument | None
    proxy: Instrument | None = None
    named: set[str] = field(default_factory=set)
    focus: str = ""
    nouns_used: int = 0

    def resolve(self, template: str) -> str:
        """A sentence with its names. Nothing is remembered: see `told`."""
        named = set(self.named)
        noun_allowed = self.focus == "A" and "{B" not in template and "{V" not in template
        others = {"B": self.benchmark, "V": self.proxy}

        def word(match: re.Match[str]) -> str:
            mark, owner = match[1], bool(match[2]) or match[1] == "its"
            if mark in ("it", "its") and noun_allowed:
                text = f"the {self._nouns[self.nouns_used % len(self._nouns)]}"
            else:
                who = mark if mark in others else "A"
                instrument = others.get(who) or self.primary
                text = later_name(instrument) if who in named else full_name(instrument)
                named.add(who)
            return possessive(text) if owner else text

        return capitalised(MARK.sub(word, template))

    def told(self, template: str) -> None:
        """Remember a sentence that was used."""
        marks = {match[1] for match in MARK.finditer(template)}
        if marks & {"it", "its"} and self.focus == "A" and not marks & {"B", "V"}:
            self.nouns_used += 1
        if marks & {"A", "it", "its"}:
            self.named.add("A")
        self.named |= marks & {"B", "V"}
        self.focus = "A" if not marks & {"B", "V"} and (marks or self.focus == "A") else ""

    def new_paragraph(self) -> None:
        """A paragraph starts with a name, not with a noun."""
        self.focus = ""

    @property
    def _nouns(self) -> tuple[str, ...]:
        """The kind's own noun, then up to two of the instrument's, such as "small-cap index"."""
        heads = (NOUN_OF_KIND[self.primary.kind], "gauge")
        own = [noun for noun in self.primary.nouns if len(noun.split()) == 2 and noun.split()[-1] in heads]
        return (NOUN_OF_KIND[self.primary.kind], *map(safe, own[:2]))
