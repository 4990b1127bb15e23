"""Relative performance: the instrument against its benchmark."""

from __future__ import annotations

from pipeline.writing.template.desk import Builder, Desk, Missing
from pipeline.writing.template.news import is_longest, is_tied, rank_of, relative_streak
from pipeline.writing.template.periods import dated, spans, starting
from pipeline.writing.template.verbs import an, joined, move, side


def _ahead(desk: Desk, period: str) -> bool:
    """Whether the instrument is ahead over a period; Missing where the spread is absent or prints as zero."""
    if not desk.shown(f"spread_{period}"):
        raise Missing(f"spread_{period}")
    return desk.number(f"spread_{period}") > 0


def _longer(desk: Desk) -> list[str]:
    """The week, the year and the 12 months, as far as their spreads add something."""
    return [period for period in ("1w", "ytd", "12m") if desk.tells(period) and desk.has(f"spread_{period}")
            and desk.shown(f"spread_{period}")]  # fmt: skip


def day(desk: Desk) -> list[str]:
    """The session's spread, set against a longer one where the order is another."""
    ahead, spread = _ahead(desk, "1d"), desk.slot("spread_1d")
    place = "ahead of" if ahead else "behind"
    verbs = ("trailed", "lagged", "underperformed") if not ahead else (
        ("outperformed",) if move(desk).direction == "down" else ("beat", "outpaced", "outperformed"))  # fmt: skip
    texts = [f"{{A}} {verb} {{B}} by {spread} on the day" for verb in verbs]
    texts.append(f"{{A}} finished {spread} {place} {{B}} on the day")
    longer = _longer(desk)
    if longer and _ahead(desk, longer[0]) != ahead:
        gap, verb = desk.slot(f"spread_{longer[0]}"), "leads" if not ahead else "trails"
        return [f"{text} but {verb} it by {gap} {span}." for text in texts for span in spans(desk, longer[0])]
    other = move(desk, who="B")
    told = [f"{{B}} {text} on the day, {spread} {'less' if ahead else 'more'} than {{A}}." for text in other.past()
            if not other.prints_zero and other.agrees(move(desk)) and other.direction == "up"]  # fmt: skip
    return [f"{text}." for text in texts] + told


def week_and_year(desk: Desk) -> list[str]:
    """The spread of the week and of the year, or of the one that adds something."""
    told = [period for period in _longer(desk) if period != "12m"]
    if not told:
        raise Missing("spread_1w")
    first = told[0]
    ahead, gap = _ahead(desk, first), desk.slot(f"spread_{first}")
    verb, place = ("leads", "ahead of") if ahead else ("trails", "behind")
    if len(told) == 1:
        return [f"{span}, {{A}} is {gap} {place} {{B}}." for span in starting(desk, first)] + [
            f"{{A}} {verb} {{B}} by {gap} {span}." for span in spans(desk, first)
        ]
    later_ahead, later = _ahead(desk, told[1]), desk.slot(f"spread_{told[1]}")
    later_verb, later_place = ("leads", "ahead of") if later_ahead else ("trails", "behind")
    pairs = [(one, two) for one in spans(desk, first) for two in spans(desk, told[1]) if two != "this year"]
    if ahead == later_ahead:
        return [f"{{A}} {verb} {{B}} by {gap} {one} and by {later} {two}." for one, two in pairs] + [
            f"{span}, {{A}} is {gap} {place} {{B}}, and since the start of the year {later}."
            for span in starting(desk, first)
        ]
    return [f"{{A}} {verb} {{B}} by {gap} {one} but {later_verb} it by {later} {two}." for one, two in pairs] + [
        f"{span}, {{A}} is {gap} {place} {{B}}, but since the start of the year it is {later} {later_place} it."
        for span in starting(desk, first)
    ]


def alone(period: str) -> Builder:
    """The spread of one period alone, where the others were told before or add nothing."""

    def builder(desk: Desk) -> list[str]:
        if not desk.tells(period):
            raise Missing(f"change_{period}")
        ahead, gap = _ahead(desk, period), desk.slot(f"spread_{period}")
        verb, place = ("leads", "ahead of") if ahead else ("trails", "behind")
        return [f"{span}, {{A}} is {gap} {place} {{B}}." for span in starting(desk, period)] + [
            f"{{A}} {verb} {{B}} by {gap} {span}." for span in spans(desk, period)
        ]

    builder.__name__ = f"alone_{period}"
    return builder


def twelve_months(desk: Desk) -> list[str]:
    """The 12 months of both."""
    if not (desk.tells("12m") and desk.has("spread_12m")):
        raise Missing("change_12m")
    mine, theirs, gap = move(desk, "12m"), move(desk, "12m", "B"), desk.slot("spread_12m")
    place = "ahead of" if _ahead(desk, "12m") else "behind"
    link, other_link = ("and", "and") if mine.agrees(theirs) else ("while", "but")
    texts = [
        f"Over the past 12 months, {{A}} is {mine.adverb} {mine.slot} {link} {{B}} is {theirs.adverb} {theirs.slot}.",
        f"{{A}} is {mine.adverb} {mine.slot} from a year earlier, {gap} {place} {{B}}.",
    ]
    texts += [
        f"The past 12 months show {an(noun)} {noun} of {mine.slot} for {{A}} {other_link} {an(other)} {other} of "
        f"{theirs.slot} for {{B}}."
        for noun in mine.nouns()
        for other in theirs.nouns()
        if noun != other
    ]
    return texts


def run(desk: Desk) -> list[str]:
    """The run of sessions ahead or behind."""
    found = relative_streak(desk)
    if found is None:
        raise Missing("relative streak")
    words, verb = desk.count(found.measure), "beaten" if found.up else "trailed"
    texts = [
        f"{{A}} has {verb} {{B}} in {words} straight sessions",
        f"For {words} sessions in a row, {{A}} has {verb} {{B}}",
    ]
    rank = rank_of(desk, found, "common_data_start")
    return [f"{text}, {rank}." if rank else f"{text}." for text in texts]


def longest_run(desk: Desk) -> list[str]:
    """The longest such run, when the current one is worth comparing."""
    found = relative_streak(desk, least=5)
    if found is None or is_longest(desk, found) or is_tied(desk, found) or not desk.long_history:
        raise Missing("relative streak")
    longest, start = f"longest_{found.measure}", desk.slot("common_data_start")
    noun = "outperformance" if found.up else "underperformance"
    return [
        f"The longest run of {noun} against {{B}} in data that begin {start} is {desk.count(longest)} sessions, "
        f"which ended on {dated(desk, longest)}.",
        f"In data that begin {start}, {{A's}} longest run of {noun} against {{B}} is {desk.count(longest)} sessions, "
        f"up to {dated(desk, longest)}.",
    ]


def ratio(desk: Desk) -> list[str]:
    """The ratio of the two against its own averages."""
    where, distance = side(desk.shown("distance_ratio_sma_50")), desk.slot("distance_ratio_sma_50")
    value = desk.slot("ratio")
    texts = [
        f"The ratio of {{A}} to {{B}} closed at {value}, {distance} {where} its 50-day average",
        f"At {value}, the ratio of {{A}} to {{B}} is {distance} {where} its 50-day average",
        f"The ratio of {{A}} to {{B}}, at {value}, stands {distance} {where} its 50-day average",
    ]
    if desk.has("distance_ratio_sma_200") and desk.shown("distance_ratio_sma_200"):
        far = side(desk.number("distance_ratio_sma_200"))
        tail = f" {joined(where, far)} {desk.slot('distance_ratio_sma_200')} {far} its 200-day average"
        texts = [f"{text}{tail}" for text in texts]
    return [f"{text}." for text in texts]


def beta(desk: Desk) -> list[str]:
    """Beta and correlation."""
    slope, shared = desk.slot("beta_252"), desk.slot("correlation_252")
    return [
        f"{{A's}} 252-day beta to {{B}} is {slope}, with a correlation of {shared}.",
        f"Over 252 sessions, {{A}} shows a beta of {slope} to {{B}} and a correlation of {shared}.",
    ]


RELATIVE: tuple[Builder, ...] = (
    run, longest_run, day, week_and_year, alone("ytd"), twelve_months, ratio, beta, alone("mtd"),
)  # fmt: skip
