"""Words that stand for others here: "near" said of a level, and what a clause leaves out ("the S&P 500 did not")."""

from __future__ import annotations

from dataclasses import replace

from pipeline.checking.clauses import ANCHORS
from pipeline.checking.mentions import Mention
from pipeline.checking.reading.stage import Stage
from pipeline.checking.tokens import words

_AUXILIARIES = words("did does do has have had is are was were")
_ENDS_CLAUSE = frozenset({"", ".", ",", ";"})
_OWNERS = words("instrument pronoun period timeframe")


class Leaning(Stage):
    """A stage that knows words of nearness and of echo that the tables have under another kind."""

    def leaning(self, mention: Mention) -> Mention | None:
        """A mention as the word of nearness or echo it is here; None where it is none."""
        if mention.kind in ("hedge", "measure") and self._said_near(mention):
            return replace(mention, kind="nearness", values=(), sign=1, note="")
        if mention.kind in ("hedge", "negation") and self._level_near(mention):
            return replace(mention, kind="nearness", values=(), sign=1 if mention.kind == "hedge" else -1, note="")
        as_much = mention.kind == "hedge" and self.norms(mention.first, mention.last) == ["as", "much", "as"]
        if as_much and self._instrument_follows(mention):
            return replace(mention, kind="echo", values=("equal",))
        if mention.kind in ("negation", "quantifier") and self._elliptic(mention):
            return replace(mention, kind="echo", values=("opposite",))
        return None

    def _level_near(self, mention: Mention) -> bool:
        """Whether "near", "close to" or "far from" is said of a level rather than of a figure or a label."""
        said = self.norms(mention.first, mention.last)
        if mention.values[:1] != ("about",) if mention.kind == "hedge" else said[-1:] not in (["from"], ["near"]):
            return False
        if not {"near", "close", "closer", "nearer", "far", "nowhere"} & set(said):
            return False
        near = [m for m in self.clause.mentions if mention.last <= m.first <= mention.last + 4]
        return bool(near) and near[next((n for n, m in enumerate(near) if m.kind not in _OWNERS), -1)].kind in (
            "measure", "record"
        )  # fmt: skip

    def _said_near(self, mention: Mention) -> bool:
        """Whether "close" or "near" ends a clause whose subject is a level ("the 200-day average is close")."""
        said = self.norms(mention.first, mention.last)
        leads = [m for m in self.clause.mentions if m.kind in ("measure", "record") and m.last <= mention.first]
        being = self.word_before(mention) in _AUXILIARIES and self.word_after(mention) in _ENDS_CLAUSE
        return said in (["close"], ["near"]) and being and bool(leads)

    def _instrument_follows(self, mention: Mention) -> bool:
        """Whether the name of an instrument comes right after a mention."""
        return any(m.kind == "instrument" and 0 <= m.first - mention.last <= 2 for m in self.clause.mentions)

    def _elliptic(self, mention: Mention) -> bool:
        """Whether a denial leaves out what it denies: "nor did the S&P 500", "the S&P 500 did not"."""
        said = self.norms(mention.first, mention.last)
        told = any(m.kind in ANCHORS and m.kind != "date" for m in self.clause.mentions)
        if said[0] in ("nor", "neither"):
            auxiliary = bool(_AUXILIARIES & {*said, self.word_after(mention)})
            return (
                not told
                and auxiliary
                and any(m.kind == "instrument" and 0 <= m.first - mention.last <= 2 for m in self.clause.mentions)
            )
        if self.word_after(mention) not in _ENDS_CLAUSE:
            return False
        verb = mention.first - (said == ["not"])
        auxiliary = said[-1].endswith("n't") or bool(_AUXILIARIES & set(self.norms(verb, verb + 1)))
        return auxiliary and any(m.kind == "instrument" and m.last == verb for m in self.clause.mentions)
