"""Words that lean on what was claimed before: nearness said of a level, words that point back at
one, denials that leave out what they deny."""

from __future__ import annotations

from pipeline.checking.clauses import ANCHORS
from pipeline.checking.mentions import Mention
from pipeline.checking.reading.stage import Stage
from pipeline.checking.tokens import words

_AUXILIARIES = words("did does do has have had is are was were")
_ENDS_CLAUSE = frozenset({"", ".", ",", ";"})
_OWNERS = words("instrument pronoun period timeframe")
_POINTERS = (["level"], ["price"])
_POINTING = words("that this the same such")


class Leaning(Stage):
    """What is asked of words that have no claim of their own."""

    def level_near(self, mention: Mention) -> bool:
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

    def said_near(self, mention: Mention) -> bool:
        """Whether "close" or "near" ends a clause whose subject is a level ("the 200-day average is close")."""
        said = self.norms(mention.first, mention.last)
        leads = [m for m in self.clause.mentions if m.kind in ("measure", "record") and m.last <= mention.first]
        being = self.word_before(mention) in _AUXILIARIES and self.word_after(mention) in _ENDS_CLAUSE
        return said in (["close"], ["near"]) and being and bool(leads)

    def instrument_follows(self, mention: Mention) -> bool:
        """Whether the name of an instrument comes right after a mention."""
        return any(m.kind == "instrument" and 0 <= m.first - mention.last <= 2 for m in self.clause.mentions)

    def elliptic(self, mention: Mention) -> bool:
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

    def stands_for_close(self, noun: Mention) -> bool:
        """Whether "the price" or "the market" is what something stands above or below."""
        sided = any(m.kind == "relation" and m.last == noun.first for m in self.clause.mentions)
        return sided and self.norms(noun.last - 1, noun.last)[0] in ("price", "market")

    def points(self, noun: Mention) -> bool:
        """Whether a word for a price points back at a level ("above that level") rather than names the close."""
        said = self.norms(noun.first, noun.last)
        told = next((n for m in reversed(self.ms) if m.kind == "measure" for n in m.values), self.state.measure)
        closing = said == ["close"] and told.endswith("_close") and told != "previous_close"
        return (said in _POINTERS or closing) and self.word_before(noun) in _POINTING
