"""Verbs of movement, each with the size of move it may tell, and the words that go with a direction.

Sizes are in units of atr_pct_14 times the square root of the sessions in the period, as in the checker's bands, with
a margin: a gentle verb is kept well below its limit and a strong one well above.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pipeline.writing.template.desk import Desk, Missing, Who

Direction = Literal["up", "down", "unchanged"]

FLAT, GENTLE, STRONG, FIERCE = Decimal("0.1"), Decimal("0.4"), Decimal("1.2"), Decimal("2")
SMALL = Decimal("0.5")
"""Percent; from here on a gentle verb reads oddly however wild the instrument is."""
LARGE = Decimal("1.5")
"""Percent; below it a strong verb reads oddly however calm the instrument is."""

PAST: dict[str, dict[str, tuple[str, ...]]] = {
    "up": {
        "gentle": ("edged up", "inched up", "ticked up", "rose", "added"),
        "plain": ("rose", "gained", "climbed", "advanced", "added"),
        "strong": ("surged", "jumped", "rallied"),
        "fierce": ("soared", "surged"),
    },
    "down": {
        "gentle": ("slipped", "edged down", "inched down", "ticked down", "fell"),
        "plain": ("fell", "lost", "dropped", "declined", "retreated"),
        "strong": ("tumbled", "slumped", "sank"),
        "fierce": ("plunged", "tumbled"),
    },
}
PRESENT: dict[str, dict[str, tuple[str, ...]]] = {
    "up": {
        "gentle": ("edges up", "inches up", "ticks up"),
        "plain": ("rises", "gains", "climbs", "advances"),
        "strong": ("surges", "jumps", "rallies"),
        "fierce": ("soars", "surges"),
    },
    "down": {
        "gentle": ("slips", "edges down", "inches down"),
        "plain": ("falls", "loses", "drops", "declines"),
        "strong": ("tumbles", "slumps", "sinks"),
        "fierce": ("plunges", "tumbles"),
    },
}
NOUNS: dict[str, tuple[str, ...]] = {"up": ("gain", "advance", "rise"), "down": ("loss", "decline", "drop")}

FAMILIES = """
rise rose rises rising risen|gain gained gains gaining|climb climbed climbs|advance advanced advances
add added adds|edge edged edges|inch inched inches|tick ticked ticks|surge surged surges|jump jumped jumps
rally rallied rallies|soar soared soars|fall fell falls falling fallen|lose lost loses losing
drop dropped drops|decline declined declines|retreat retreated retreats|slip slipped slips
tumble tumbled tumbles|slump slumped slumps|sink sank sinks|plunge plunged plunges|stand stood stands standing
lie lay lies lying|closed closes|end ended ends ending|finish finished finishes finishing|put puts putting
leave left leaves leaving|bring brought brings bringing|beat beats beating beaten
trail trailed trails trailing|lag lagged lags lagging|lead led leads leading
outpace outpaced outpaces outpacing|outperform outperformed outperforming
underperform underperformed underperforming|run ran runs running|read reads reading|show shows showed
come came comes coming|go goes going gone|touch touched touches|cross crossed crosses crossing
move moved moves moving|begin began begins|set sets setting|trade traded trades trading|turn turned turns|even
open opened
""".replace("\n", "|")

LEMMA: dict[str, str] = {form: family.split()[0] for family in FAMILIES.split("|") if family for form in family.split()}
"""Word to the name of its family: words heard once in a paragraph. Forms of be and have may come again."""


@dataclass(frozen=True, slots=True)
class Move:
    """A change over a period: its direction, and its size in units of the instrument's usual range (None: unknown)."""

    desk: Desk
    period: str
    who: Who
    direction: Direction
    size: Decimal | None

    @property
    def slot(self) -> str:
        """The slot of the change in percent."""
        return self.desk.slot(f"change_{self.period}", who=self.who)

    @property
    def flat(self) -> bool:
        """Whether the change is small enough to be called little changed."""
        return self.direction == "unchanged" or (self.size is not None and self.size < FLAT)

    @property
    def prints_zero(self) -> bool:
        """Whether the figure prints as zero, so that no direction can be read from it."""
        return self.desk.shown(f"change_{self.period}", self.who) == 0

    @property
    def tier(self) -> str:
        """Which verbs may tell the change."""
        if self.size is None or self.period not in ("1d", "1w"):
            return "plain"
        if self.size < GENTLE and abs(self.desk.shown(f"change_{self.period}", self.who)) < SMALL:
            return "gentle"
        # The size of a week counts its sessions as one here; a strong verb must hold for all five.
        scale = Decimal("2.3") if self.period == "1w" else Decimal(1)
        if self.size < STRONG * scale or abs(self.desk.number(f"change_{self.period}", self.who)) < LARGE:
            return "plain"
        return "fierce" if self.size >= FIERCE * scale else "strong"

    def past(self) -> tuple[str, ...]:
        """Verb phrases in the past tense with the figure: "rose [[IXIC.change_1d]]"."""
        if self.direction == "unchanged":
            return ("was unchanged",)
        if self.prints_zero:
            return ("was little changed",)
        return tuple(f"{verb} {self.slot}" for verb in self.verbs())

    def verbs(self, tense: dict[str, dict[str, tuple[str, ...]]] = PAST) -> tuple[str, ...]:
        """The bare verbs of a change that is not zero."""
        return tense[self.direction][self.tier]

    def nouns(self) -> tuple[str, ...]:
        """Nouns for the change: "gain". Raises Missing when unchanged or printed as zero."""
        return NOUNS[self.adverb]

    @property
    def adverb(self) -> str:
        """ "up" or "down"; Missing when unchanged or printed as zero."""
        if self.direction == "unchanged" or self.prints_zero:
            raise Missing(f"change_{self.period}")
        return self.direction

    def agrees(self, other: Move) -> bool:
        """Whether two changes have one direction."""
        return self.direction == other.direction


def move(desk: Desk, period: str = "1d", who: Who = "A") -> Move:
    """The change of an instrument over a period. Raises Missing."""
    value = desk.number(f"change_{period}", who)
    direction: Direction = "up" if value > 0 else "down" if value < 0 else "unchanged"
    usual = desk.number("atr_pct_14", who) if desk.has("atr_pct_14", who=who) else Decimal(0)
    return Move(desk, period, who, direction, abs(value) / usual if usual else None)


def side(value: Decimal) -> str:
    """ "above" or "below"; Missing at exactly zero, where neither is true."""
    if not value:
        raise Missing("side")
    return "above" if value > 0 else "below"


def joined(one: object, other: object) -> str:
    """The connective two signs allow: "and" when they agree, "but" when they differ."""
    return "and" if one == other else "but"


def an(word: str) -> str:
    """The indefinite article of a spelled-out number or noun: "an eighth", "a third"."""
    vowel = word[:1].lower() in "aeiou" and not word.lower().startswith("one")
    return "an" if vowel else "a"
