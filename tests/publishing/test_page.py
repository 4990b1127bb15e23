"""The page: self-contained, the proof at the right words, and nothing from outside that is not text."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from html.parser import HTMLParser

import pytest
from stories import altered, claim, finding, run_of, visible

from pipeline.checking.second.exchange import Call, SecondReading
from pipeline.checking.verdict import Verdict
from pipeline.facts.snapshot import Gap, Note, Snapshot
from pipeline.publishing.page import SCRIPT, Story, inline_chart, render_page
from pipeline.publishing.record import Review
from pipeline.writing.draft import Rendered

MakeStory = Callable[..., Story]
EVIL = "</title></style><script>alert('x')</script><img src=x onerror=alert(1)>{{ 7*7 }}\"'`"


class Reader(HTMLParser):
    """Collects what a page could load or run."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.ids: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_data(self, data: str) -> None:
        if self.lasttag == "script" and data.strip():
            self.scripts.append(data)


def page_of(story: Story) -> str:
    return render_page(story).decode()


def cards(page: str, words: str) -> list[str]:
    """The cards of the stretches that show some words, as text."""
    marked = r'<(?:span|mark) class="(?:claim|finding)[^>]*>([^<]*)(<span class="card".*?</span></span>)'
    found = re.findall(marked, page)
    return [unescape(re.sub(r"<[^>]*>", " ", card)) for text, card in found if text == words]


def test_the_same_story_gives_the_same_bytes(story: MakeStory) -> None:
    assert render_page(story()) == render_page(story())


def test_a_proved_figure_shows_its_fact(story: MakeStory) -> None:
    """The rows are the sample's first and last session: the RSI remembers all of them."""
    page = page_of(story())
    (card,) = cards(page, "42.38")
    assert "42.38" in card
    assert "IXIC.rsi_14" in card
    assert "Nasdaq Composite · as of Dec. 31, 2018" in card
    assert "sample:IXIC, rows 1999-01-04 to 2018-12-31" in card
    assert len(cards(page, "6,635.28")) == 2  # in the headline and in bold


def test_what_a_second_reader_read_says_so(story: MakeStory, rendered: Rendered) -> None:
    """At the words and where the making is told; the model's name is text."""
    text, name = rendered.text, "<b>m & n</b>"
    read = claim(text, "42.38", "IXIC.rsi_14").model_copy(update={"reader": "second"})
    second = SecondReading(call=Call(model=name), asked=1, proved=1)
    page = page_of(story(verdict=Verdict(verdict="accepted", claims=(read,), second=second)))
    (card,) = cards(page, "42.38")
    assert f"Read by a second reader, the model {name}; proved by the facts" in card
    assert (
        f"Second reader: 1 claim of these stood in words that the checker could not read. A language model, {name}"
        in (unescape(visible(page)))
    )
    assert "<b>m" not in page
    assert "econd reader" not in page_of(story())


def test_every_proved_figure_is_marked_and_reachable_by_keyboard(story: MakeStory, rendered: Rendered) -> None:
    page = page_of(story())
    marks = re.findall(r'<span class="claim" tabindex="0" aria-describedby="(card-\d+)">', page)
    assert len(marks) == len(rendered.spans) == 7
    assert len(set(marks)) == 7
    assert set(marks) <= set(Reader(page).ids)


def test_the_text_is_that_of_the_article(story: MakeStory, rendered: Rendered) -> None:
    """Nothing added, nothing lost: the words between headline and scoreboard are the article's own."""
    text = unescape(visible(page_of(story())))
    words = re.sub(r"[#*]", "", rendered.text).split()
    caption = text.index("The dot is the close")
    body = (
        text[text.index("Nasdaq Composite edges") : text.index("Nasdaq Composite: daily closes")]
        + text[text.index("\n", caption) : text.index("Scoreboard")]
    )
    assert body.split() == words


def test_a_claim_without_proof_is_not_underlined(story: MakeStory, rendered: Rendered) -> None:
    text = rendered.text
    claims = (claim(text, "less than", verdict="not_enough_info"), claim(text, "gauge", verdict="refuted"))
    assert 'class="claim"' not in page_of(story(verdict=Verdict(verdict="rejected", claims=claims)))


def test_a_claim_of_two_facts_shows_both_and_a_claim_without_any_its_form(story: MakeStory, rendered: Rendered) -> None:
    text = rendered.text
    claims = (claim(text, "less than", "IXIC.change_ytd", "SPX.change_ytd", "NO.such"), claim(text, "on Monday"))
    page = page_of(story(verdict=Verdict(verdict="accepted", claims=claims)))
    (card,) = cards(page, "less than")
    assert card.index("-3.88%") < card.index("-6.24%")
    assert "NO.such" not in page
    assert "Proved: level" in cards(page, "on Monday")[0]


def test_findings_are_marked_in_place_and_listed(story: MakeStory, rendered: Rendered) -> None:
    text = rendered.text
    wrong = finding(text, "Its RSI", "unproved", message="no fact is named `<RSI>`", help="write RSI(14) & its value")
    mild = finding(text, "naïve", "warning", message="a word of taste", help="")
    figure = claim(text, "Its RSI(14) reads 42.38", "IXIC.rsi_14")
    page = page_of(story(verdict=Verdict(verdict="rejected", findings=(wrong,), warnings=(mild,), claims=(figure,))))
    (card,) = cards(page, "Its RSI")
    said = "unproved: no fact is named `<RSI>`", "Help: write RSI(14) & its value", "wrong-value (NUM01)"
    assert all(words in card for words in (*said, "IXIC.rsi_14"))
    assert 'mark class="finding" tabindex="0"' in page
    assert 'mark class="finding warning" tabindex="0"' in page
    shown = unescape(visible(page))
    assert "Rejected by the checker" in shown
    assert "Findings (1)" in shown
    assert "Its RSI (line 10, column 1)" in shown
    assert "Remarks on style (1)" in shown


def test_nothing_is_loaded_and_only_our_script_may_run(story: MakeStory) -> None:
    reader = Reader(page_of(story()))
    assert reader.tags & {"link", "img", "iframe", "object", "base", "form", "video"} == set()
    assert [script.strip() for script in reader.scripts] == [SCRIPT]
    policy = next(value for _tag, name, value in reader.attributes if name == "content" and "default-src" in value)
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-")
    addresses = [value for _tag, name, value in reader.attributes if name in ("href", "src")]
    assert not [address for address in addresses if address.startswith(("http", "//", "data"))]
    assert "url(" not in page_of(story())
    assert "@import" not in page_of(story())


def test_hostile_text_is_text_everywhere(story: MakeStory, snapshot: Snapshot, rendered: Rendered) -> None:
    named = snapshot.primary.model_copy(update={"name": EVIL})
    note = Note(id="n1", text=EVIL, speaker=EVIL, publisher=EVIL, url="javascript:alert(1)")
    changed = altered(snapshot, instruments=(named, *snapshot.instruments[1:]), notes=(note,))
    text = f"# {EVIL}\n\n[go](javascript:alert(1)) {EVIL}\n\n{rendered.text}"
    bad = finding(text, "go", message=EVIL, help=EVIL, rule=EVIL, code=EVIL)
    verdict = Verdict(verdict="rejected", findings=(bad,), claims=(claim(text, "naïve", "IXIC.close"),))
    run = run_of(snapshot, writer=EVIL, outcome="model", reason=EVIL)
    review = Review(status="declined", by=EVIL, note=EVIL)
    page = page_of(story(text=text, snapshot=changed, verdict=verdict, run=run, review=review, edited=True))
    reader = Reader(page)
    assert [script.strip() for script in reader.scripts] == [SCRIPT]
    assert "img" not in reader.tags
    assert not [name for _tag, name, _value in reader.attributes if name.startswith("on")]
    assert not [value for _tag, name, value in reader.attributes if name == "href" and "javascript" in value]
    assert page.count("{{ 7*7 }}") > 8


def test_notes_show_who_said_them_when_and_where(story: MakeStory, snapshot: Snapshot) -> None:
    """With a link that gives nothing away, and with the reason why another one is not told."""
    note = Note(id="fed", text='It rose "5%" & more.', speaker="Ann Lee", publisher="A&P", published=date(2018, 12, 19),
                valid_until=date(2019, 1, 30), url="https://a.org/?x=1&y='2'")  # fmt: skip
    gap = Gap(id="old", kind="note", reason="expired on 2018-12-30, before the session")
    page = page_of(story(snapshot=altered(snapshot, notes=(note,), gaps=(*snapshot.gaps, gap))))
    shown = unescape(visible(page))
    assert "Notes (1)" in shown
    assert 'It rose "5%" & more.' in shown
    assert "Ann Lee, A&P · published Dec. 19, 2018, valid until Jan. 30, 2019 · https://a.org/" in shown
    assert "old\nexpired on 2018-12-30" in shown.replace("<br>", "\n") or "oldexpired on 2018-12-30" in shown
    assert f"Not available ({len(snapshot.gaps)})" in shown
    assert re.findall(r'<a href="(https[^"]*)" rel="([^"]*)"', page) == [
        ("https://a.org/?x=1&amp;y=&#39;2&#39;", "noopener noreferrer")
    ]
    assert "Notes (" not in visible(page_of(story()))


def test_words_proved_by_a_note_show_it(story: MakeStory, snapshot: Snapshot) -> None:
    note = Note(id="fed", text="It rose 5%.", speaker=EVIL, published=date(2018, 12, 19), url="https://a.org/")
    text = "It rose 5%, somebody said."
    verdict = Verdict(verdict="accepted", claims=(claim(text, "5%", "fed"),))
    (card,) = cards(page_of(story(text=text, snapshot=altered(snapshot, notes=(note,)), verdict=verdict)), "5%")
    assert "It rose 5%." in card
    assert "published Dec. 19, 2018" in card
    assert EVIL in card


def test_what_stands_below_the_article(story: MakeStory, snapshot: Snapshot) -> None:
    shown = unescape(visible(page_of(story())))
    assert "Facts used (6)" in shown  # seven figures, the close twice
    assert f"Not available ({len(snapshot.gaps)})" in shown
    assert all(gap.id in shown and gap.reason.removeprefix(f"{gap.measure} ") in shown for gap in snapshot.gaps)
    assert "Nasdaq Composite: daily bars" in shown
    assert "5,031 sessions from Jan. 4, 1999 to Dec. 31, 2018" in shown
    assert snapshot.digest[:16] in shown
    assert "Writer: template; outcome: template." in shown
    assert "Checker: 7 claims proved, 0 findings." in shown


@pytest.mark.parametrize(
    ("values", "said", "unsaid"),
    [
        ({"outcome": "template"}, "without a language model", "A person edited"),
        ({"outcome": "model", "writer": "m-1"}, "written by a language model (m-1)", "prepared wordings"),
        (
            {"outcome": "repaired", "writer": "m-1"},
            "Writer: language model m-1; outcome: repaired",
            "prepared wordings",
        ),
        ({"outcome": "fallback", "reason": "The model refused."}, "The model refused.", "written by a language model"),
    ],
)
def test_the_author_is_disclosed(
    story: MakeStory, snapshot: Snapshot, values: dict[str, str], said: str, unsaid: str
) -> None:
    shown = unescape(visible(page_of(story(run=run_of(snapshot, **values)))))
    assert said in shown
    assert unsaid not in shown
    assert "This is not investment advice" in shown


def test_a_table_of_the_article_takes_the_place_of_the_scoreboard(story: MakeStory) -> None:
    assert "Scoreboard" in page_of(story())
    own = page_of(story(text="# Up\n\n| | Day |\n|---|---:|\n| Nasdaq | 1% |\n", verdict=Verdict(verdict="accepted")))
    assert "Scoreboard" not in own
    assert own.count("<table") == 1


def test_an_edit_and_a_decision_are_shown(story: MakeStory) -> None:
    fresh = unescape(visible(page_of(story())))
    assert "Draft" in fresh
    assert "Rejected" not in fresh
    assert "Status: draft, not yet reviewed by a person." in fresh
    review = Review(status="approved", by="A. Editor", note="Fine.")
    decided = unescape(visible(page_of(story(edited=True, review=review))))
    assert "Approved by A. Editor: Fine." in decided
    assert "A person edited it." in decided
    assert "not yet reviewed" not in decided


def test_the_chart_takes_the_pages_colours_and_has_a_description() -> None:
    svg = b'<?xml version="1.0"?>\n<!DOCTYPE svg>\n<svg width="1"><path style="stroke: #1d1c1a; fill: #fdfcf9"/></svg>'
    assert inline_chart(svg, 'a "b" <c>') == (
        '<svg role="img" aria-label="a &#34;b&#34; &lt;c&gt;" width="1">'
        '<path style="stroke: var(--ink); fill: var(--paper)"/></svg>'
    )


def test_text_that_cannot_be_encoded_does_not_stop_the_page(story: MakeStory) -> None:
    assert b"half ? pair" in render_page(story(text="# half \ud83d pair", verdict=Verdict(verdict="accepted")))
