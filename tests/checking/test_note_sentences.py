"""What an article may say of a note: sentences as different people write them, true and false.

The notes stand below; whether a sentence repeats one is for the reader of this page to judge.
"""

from __future__ import annotations

import time
from datetime import date

import pytest

from pipeline.checking.checker import check, examine
from pipeline.checking.explanation import explain
from pipeline.checking.report import explained
from pipeline.checking.verdict import Verdict
from pipeline.facts.build import build_snapshot
from pipeline.facts.snapshot import Note, Snapshot
from pipeline.market.bars import Bars

NOTES = (
    Note(id="fed", text="We raised the target range by a quarter point to 2.25% to 2.5%.", figures=("2.25%", "2.5%"),
         speaker="Jerome H. Powell", publisher="Federal Reserve", published=date(2018, 12, 19)),
    Note(id="jobs", text="Nonfarm payrolls rose by 155,000 in November, and the jobless rate held at 3.7%. Wages did "
         "not fall.", figures=("155,000", "3.7%"), publisher="Bureau of Labor Statistics", published=date(2018, 12, 7)),
    Note(id="talks", text="Stocks rose because trade talks made progress.", speaker="Ann Lee", publisher="Reuters",
         published=date(2018, 12, 31), kind="cause"),
    Note(id="ecb", text="Inflation rose to 3% and rates fell to 2%. We may cut rates if growth slows.",
         publisher="the ECB", published=date(2018, 12, 28), kind="event"),
    Note(id="poll", text="Nearly 60 percent of members do not expect a recession before June 2019, up from 48 percent.",
         speaker="Kate O'Neil, chief economist", publisher="S&P Global", published=date(2018, 12, 27)),
)  # fmt: skip

TRUE = (
    '"We raised the target range by a quarter point to 2.25% to 2.5%," Jerome H. Powell said on Dec. 19, the Federal '
    "Reserve reported.",
    "“We raised the target range,” Powell said, “by a quarter point to 2.25% to 2.5%.”",
    "'We raised the target range by a quarter point,' Jerome Powell told reporters on Dec. 19, 2018.",
    '"WE RAISED THE TARGET RANGE!" said Powell.',
    'The Federal Reserve "raised the target range by a quarter point," Powell said.',
    "Powell said on Dec. 19 that the Federal Reserve raised its target range to 2.25% to 2.5%.",
    "On Wednesday, Dec. 19, the Federal Reserve's Jerome Powell said it raised the target range by a quarter point.",
    "Jerome Powell, of the Federal Reserve, said it raised the target range.",
    "According to the Federal Reserve, it raised the target range to 2.25%–2.5%.",
    "The Federal Reserve announced on Dec. 19 that it had raised the target range by a quarter point to 2.25%-2.50%.",
    "The target range was raised by a quarter point, according to Jerome Powell.",
    "# Powell says Federal Reserve raised the target range",
    "- The Federal Reserve said in a statement that it raised the target range.",
    "Payrolls rose 155,000 in November, the Bureau of Labor Statistics reported on Dec. 7.",
    "In November, nonfarm payrolls rose by 155,000, according to the Bureau of Labor Statistics.",
    "The Bureau of Labor Statistics wrote in a report that payrolls rose 155,000 and the jobless rate held at 3.7%.",
    "Per the Bureau of Labor Statistics, the jobless rate held at 3.7%.",
    "Wages didn't fall, the Bureau of Labor Statistics said.",
    "The Nasdaq rose 0.77% on the day, while the Bureau of Labor Statistics said the jobless rate held at 3.7%.",
    "The ECB said inflation rose to 3%; the Nasdaq rose 0.77% on the day.",
    "The Nasdaq rose 0.77% on the day. The ECB said on Friday that it may cut rates if growth slows.",
    "Stocks rose because trade talks made progress, Ann Lee told Reuters.",
    "Stocks rose because trade talks made progress, Reuters reported on Monday.",
    '"Stocks rose because trade talks made progress," Lee said.',
    "Nearly 60% of members don't expect a recession before June 2019, Kate O'Neil said on Dec. 27, S&P Global wrote.",
    "**S&P Global** said nearly *60%* of members do not expect a recession.",
)  # fmt: skip


@pytest.fixture(scope="module")
def noted(sample_bars: dict[str, Bars]) -> Snapshot:
    """The Nasdaq Composite against the S&P 500 on Monday, Dec. 31, 2018, with the notes."""
    return build_snapshot(sample_bars["IXIC"], sample_bars["SPX"], notes=NOTES)


def found(verdict: Verdict) -> list[tuple[str, str]]:
    """The rules and words of the findings."""
    return [(one.rule, one.text) for one in verdict.findings]


@pytest.mark.parametrize("sentence", TRUE)
def test_a_note_may_be_repeated_with_attribution(noted: Snapshot, sentence: str) -> None:
    verdict = check(sentence, noted)
    assert not found(verdict)
    assert verdict.claims, "an attribution is a claim"
    assert all(claim.verdict == "supported" for claim in verdict.claims)


@pytest.mark.parametrize("sentence", TRUE)
def test_without_the_notes_nothing_of_it_may_be_said(sample_snapshot: Snapshot, sentence: str) -> None:
    assert not check(sentence, sample_snapshot).accepted


FALSE = (
    # quotations
    ('"We cut the target range by a quarter point," Powell said.', "misquoted-note", "cut"),
    ('"We raised the target range by a quarter point to 2.25% to 2.75%," Powell said.', "misquoted-note", "2.75%"),
    ('"The bank is done with its work," Powell said.', "misquoted-note", "The bank is done with its work"),
    ('"We raised the target range to 2.25% to 2.5%," Powell said.', "misquoted-note", "We raised the target range"),
    ('"We raised the target range ... to 2.25%," Powell said.', "misquoted-note", "We raised"),
    ("Powell said 'the range was raised'.", "misquoted-note", "the range was raised"),
    ('"We raised the target range by a quarter point."', "unsourced-quotation", "We raised the target range"),
    ('"We raised the target range," said the Bureau of Labor Statistics.', "misattributed-note", "Bureau"),
    ('"We raised the target range," Jerome Lewis said on Dec. 19.', "misattributed-note", "Jerome Lewis"),
    ('"wages did fall," the Bureau of Labor Statistics said.', "misquoted-note", "wages did fall"),
    ('"expect a recession before June 2019," S&P Global said.', "misquoted-note", "expect a recession"),
    # figures
    ("Powell said the Federal Reserve raised its target range to 2.25% to 2.75%.", "wrong-note-figure", "2.75%"),
    ("Powell said the Federal Reserve raised its target range to 2.25 points.", "wrong-note-figure", "2.25 points"),
    ("Payrolls rose by 115,000 in November, the Bureau of Labor Statistics reported.", "wrong-note-figure", "115,000"),
    ("Powell said the Federal Reserve raised the target range by three quarters.", "wrong-note-figure", "three"),
    ("Nearly 48% of members do not expect a recession, S&P Global said.", "beyond-note", "48%"),
    # prices in somebody's mouth
    ("The Federal Reserve said the Nasdaq fell 9%.", "wrong-note-figure", "9%"),
    ("The Federal Reserve said the Nasdaq rose 0.77% on the day.", "wrong-note-figure", "0.77%"),
    ("The Nasdaq rose 0.77% on the day, according to Powell.", "wrong-note-figure", "0.77%"),
    ("The Nasdaq rose 0.77% because trade talks made progress, Reuters reported.", "wrong-note-figure", "0.77%"),
    ('"We raised the target range by a quarter point," Powell said, as the Nasdaq fell.', "beyond-note", "as"),
    # dates
    ("Powell said on Dec. 18 that the Federal Reserve raised the target range.", "wrong-note-date", "Dec. 18"),
    ("Powell said on Tuesday, Dec. 19, that it raised the target range.", "wrong-note-date", "Tuesday, Dec. 19"),
    ("Powell said on Dec. 19, 2017, that it raised the target range.", "wrong-note-date", "Dec. 19, 2017"),
    ("The ECB said on Thursday that inflation rose to 3%.", "wrong-note-date", "Thursday"),
    ("Payrolls rose 155,000 in October, the Bureau of Labor Statistics reported.", "wrong-note-date", "October"),
    ("Payrolls rose 155,000 on Dec. 7, the Bureau of Labor Statistics reported.", "wrong-note-date", "Dec. 7"),
    ("Powell said it raised the target range today.", "wrong-note-date", "today"),
    # sources
    ("Yellen said the Federal Reserve raised its target range to 2.25% to 2.5%.", "misattributed-note", "Yellen"),
    ("According to Goldman Sachs, payrolls rose 155,000 in November.", "misattributed-note", "Goldman Sachs"),
    ("Jane Powell said the Federal Reserve raised the target range.", "misattributed-note", "Jane Powell"),
    ("Powell said it raised the target range, Bloomberg reported.", "misattributed-note", "Bloomberg"),
    ("Powell said it raised the target range, Reuters reported.", "misattributed-note", "Reuters"),
    ("Payrolls rose 155,000 in November, the Federal Reserve reported.", "misattributed-note", "Federal Reserve"),
    # words
    ("Powell said the Federal Reserve lowered the target range.", "beyond-note", "lowered"),
    ("Powell said in Chicago that it raised the target range.", "beyond-note", "Chicago"),
    ("Powell said the Nasdaq fell.", "beyond-note", "Nasdaq fell"),
    ("The Federal Reserve said buyers will return.", "beyond-note", "buyers will return"),
    ("Powell said it raised the target range, and stocks rose.", "beyond-note", "stocks rose"),
    ("Wages did fall, the Bureau of Labor Statistics said.", "beyond-note", "Wages did fall"),
    ("Inflation fell to 2%, the ECB said.", "beyond-note", "Inflation fell to 2%"),
    ("Inflation rose to 2%, the ECB said.", "beyond-note", "Inflation rose to 2%"),
    ("Inflation rose from 3%, the ECB said.", "beyond-note", "Inflation rose from 3%"),
    ("Rates rose to 3%, the ECB said.", "beyond-note", "Rates rose to 3%"),
    ("The ECB said it cut rates.", "beyond-note", "cut rates"),
    ("The ECB said it may cut rates.", "beyond-note", "may cut rates"),
    ("S&P Global said 60% of members do not expect a recession.", "beyond-note", "60%"),
    ("Members expect a recession, S&P Global said.", "beyond-note", "Members expect a recession"),
    ("The Federal Reserve was raised by a quarter point, Powell said.", "beyond-note", "raised by a quarter point"),
    # causes
    ("Powell said it raised the target range because trade talks made progress.", "unsourced-cause", "because"),
    ("Stocks rose because earnings grew, Reuters reported.", "beyond-note", "earnings grew"),
    ("Trade talks made progress because stocks rose, Reuters reported.", "beyond-note", "because"),
)  # fmt: skip


@pytest.mark.parametrize(("sentence", "rule", "words"), FALSE)
def test_what_is_not_the_notes_is_one_finding_at_its_words(
    noted: Snapshot, sentence: str, rule: str, words: str
) -> None:
    findings = found(check(sentence, noted))
    assert [name for name, _ in findings] == [rule]
    text = findings[0][1]
    assert words in text or text in words
    if rule in ("wrong-note-figure", "wrong-note-date"):
        assert text == words, "the shortest run whose replacement makes it true"


@pytest.mark.parametrize("sentence", [
    "Powell raised the target range.",
    "The Nasdaq rose 0.77% on the day after the Federal Reserve raised the target range.",
    "Powell and Reuters lifted the Nasdaq.",
    "Stocks rose because trade talks made progress.",  # the cause without who gave it
    "He said it raised the target range.",
    "Powell warned that it raised the target range.",  # a colour the note does not have
    "Glassnode reported that the session closed higher.",
    "The target range is 2.25% to 2.5%.",
])  # fmt: skip
def test_outside_an_attribution_a_source_is_an_unknown_name(noted: Snapshot, sentence: str) -> None:
    assert not check(sentence, noted).accepted


def test_figures_of_a_note_are_claims_proved_by_it(noted: Snapshot) -> None:
    text = "The Nasdaq rose 0.77% on the day. Payrolls rose 155,000, the Bureau of Labor Statistics said on Dec. 7."
    claims = {claim.text: claim for claim in check(text, noted).claims}
    assert claims["155,000"].facts == claims["Dec. 7"].facts == ("jobs",)
    assert claims["0.77%"].facts == ("IXIC.change_1d",)
    assert all(text[claim.start : claim.end] == claim.text for claim in claims.values())


def test_one_changed_word_of_a_quotation_is_marked_alone(noted: Snapshot) -> None:
    text = '"We raised the target range by a quarter point to 2.25% to 2.75%," Powell said.'
    assert found(check(text, noted)) == [("misquoted-note", "2.75")]


def test_a_changed_figure_is_refuted_and_the_help_has_the_right_one(noted: Snapshot) -> None:
    (finding,) = check("The jobless rate held at 3.8%, the Bureau of Labor Statistics said.", noted).findings
    assert (finding.severity, finding.code, finding.text, finding.facts) == ("refuted", "NOTE04", "3.8%", ("jobs",))
    assert "3.7%" in finding.help


def test_prices_around_a_note_are_proved_as_ever(noted: Snapshot) -> None:
    """A sentence of a note neither hides a wrong price beside it nor changes what later sentences are about."""
    said = "Powell said it raised the target range"
    assert found(check(f"The Nasdaq rose 7.70% on the day, while {said}.", noted)) == [("wrong-figure", "7.70%")]
    assert found(check(f"{said}; the Nasdaq fell 0.77% on the day.", noted)) != []
    assert not found(check(f"The Nasdaq rose 0.77% on the day. {said}. It closed at 6,635.28.", noted))


def test_words_of_a_verbatim_quotation_are_the_speakers(sample_bars: dict[str, Bars]) -> None:
    """What would be residue, a hole or a forecast in the article's own words is none in a quotation."""
    text = "TODO: buyers will target 9,000 up to, and including, None of the banks."
    note = Note(id="odd", text=text, speaker="Ann Lee", published=date(2018, 12, 31))
    snapshot = build_snapshot(sample_bars["IXIC"], notes=[note])
    assert not found(check(f'"{text[:-1]}," Ann Lee said.', snapshot))
    assert found(check(f"Ann Lee said nothing. {text}", snapshot))


def test_front_matter_may_be_quoted_as_a_whole(noted: Snapshot) -> None:
    assert not found(
        check('---\ntitle: "The Nasdaq closed at 6,635.28"\n---\nThe Nasdaq rose 0.77% on the day.', noted)
    )


def test_explain_names_the_note(noted: Snapshot) -> None:
    said = explained(explain(examine("Powell said it raised the target range to 9%.", noted)))
    assert "attributed to note fed" in said
    assert "not the note's figure: 9%" in said


@pytest.mark.slow
@pytest.mark.parametrize("text", [
    "Powell said inflation rose to 3% and rates fell to 2%. ", '"We raised the target range," Powell said. ', "said ",
    "Powell said rates and the ECB said inflation ", "Powell ", "Foo said rates rose. ", "according to the Powell ",
])  # fmt: skip
def test_hostile_texts_cost_time_in_proportion(sample_bars: dict[str, Bars], text: str) -> None:
    """200 long notes of the same sources, and 50 KB that names them."""
    notes = [
        NOTES[n % 5].model_copy(update={"id": f"n{n}", "text": (NOTES[n % 5].text + " ") * 10}) for n in range(200)
    ]  # fmt: skip
    snapshot = build_snapshot(sample_bars["IXIC"], notes=notes)
    start = time.perf_counter()
    check(text * (50_000 // len(text)), snapshot)
    assert time.perf_counter() - start < 10
