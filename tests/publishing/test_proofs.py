"""How each sentence was proved, on the page: every claim with its fact, closed until it is asked for, and only text."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from stories import visible

from pipeline.checking.checker import examine
from pipeline.checking.explanation import ClauseRead, Explanation, Judgement, ReadAs, Stated, explain
from pipeline.facts.snapshot import Snapshot
from pipeline.publishing.page import Story, render_page
from pipeline.publishing.proofs import proofs
from pipeline.writing.draft import Rendered

MakeStory = Callable[..., Story]


@pytest.fixture(scope="module")
def explanation(rendered: Rendered, snapshot: Snapshot) -> Explanation:
    """How the article was read."""
    return explain(examine(rendered.text, snapshot, rendered.spans))


def test_every_claim_is_told_under_its_sentence(explanation: Explanation) -> None:
    told = proofs(explanation)
    decided = [one.text for clause in explanation.clauses for one in clause.claims if one.verdict]
    assert [claim.words for one in told for part in one.parts for claim in part.claims] == decided
    last = told[-1]
    assert (last.words, last.told, last.findings) == ("Its RSI(14) reads 42.38.", "1 claim proved", "")
    (claim,) = last.parts[0].claims
    assert claim.reading is not None
    assert (claim.reading.about, claim.reading.holds, claim.reading.truth) == ("the Nasdaq's RSI", "holds", "42.38")
    assert claim.reading.facts == ("IXIC.rsi_14",)


def test_a_sentence_of_two_clauses_tells_them_apart_and_what_was_carried(snapshot: Snapshot) -> None:
    text = "The Nasdaq is down 3.88% this year, and the S&P 500 is down 6.24%."
    (one,) = proofs(explain(examine(text, snapshot)))
    assert (one.words, one.told) == (text, "2 claims proved")
    assert [part.words for part in one.parts] == [text[:35], text[36:]]
    assert "ytd" not in one.parts[0].focus
    assert "ytd" in one.parts[1].focus
    assert one.parts[1].mentions == "S&P 500 (instrument), down (direction), 6.24% (figure)"


def test_the_cells_of_a_row_are_one_sentence_with_what_their_headings_name(snapshot: Snapshot) -> None:
    table = "| | Close | Year |\n|---|---|---|\n| Nasdaq | 6,635.28 | -3.88% |"
    row = proofs(explain(examine(table, snapshot)))[-1]
    assert (row.words, row.told) == ("Nasdaq 6,635.28 -3.88%", "2 claims proved")
    assert [part.words for part in row.parts] == ["", ""]
    assert row.parts[1].mentions == "IXIC (instrument of the heading), ytd (period of the heading), -3.88% (figure)"


def test_what_is_not_proved_says_why_and_by_which_rule(snapshot: Snapshot) -> None:
    wrong, free = proofs(explain(examine("The Nasdaq closed at 6,653.28 on Dec. 31. So it goes.", snapshot)))
    assert (wrong.told, wrong.findings) == ("1 of 2 claims proved", "NUM01")
    claim = wrong.parts[0].claims[0]
    assert claim.verdict == "refuted"
    assert claim.reading is not None
    assert (claim.reading.holds, claim.reading.truth) == ("does not hold", "6,635.28")
    assert (free.told, free.parts) == ("nothing to prove", ())


def test_a_reading_of_several_facts_holds_only_if_all_do(snapshot: Snapshot) -> None:
    """Both indexes: one of them rose 0.77%, the other 0.85%."""
    (one,) = proofs(explain(examine("Both indexes rose 0.77% on the day.", snapshot)))
    claim = next(claim for claim in one.parts[0].claims if claim.words == "0.77%")
    assert claim.reading is not None
    assert claim.reading.holds == "does not hold"
    assert claim.reading.facts == ("IXIC.change_1d", "SPX.change_1d")


def test_a_claim_that_denies_its_statement_says_so() -> None:
    """A second reader took the words to say that it is not so; it is not, and that proves them."""
    stated = Stated(form="ordered", about="the Nasdaq's close", attributes={}, holds=False, truth="6,635.28")
    read = ReadAs(cost=0.0, used=True, plausible=True, denied=True, statements=(stated,))
    claim = Judgement(
        start=0, end=5, text="above", kind="relation", verdict="supported", reader="second", readings=(read,)
    )
    clause = ClauseRead(
        start=0, end=5, line=1, sentence=1, text="above", focus="", state={}, status="read", claims=(claim,)
    )
    (one,) = proofs(Explanation(clauses=(clause,)))
    (proved,) = one.parts[0].claims
    assert proved.reading is not None
    assert proved.reading.holds == "said not to hold, does not hold"


def test_the_page_shows_it_closed_and_without_a_script(story: MakeStory, explanation: Explanation) -> None:
    page = render_page(story(explanation=explanation)).decode()
    sentences = len(proofs(explanation))
    assert f"How it was proved ({sentences} sentences)" in page
    part = page[page.index('<ol class="proofs">') : page.index("</ol>", page.index('<ol class="proofs">'))]
    assert part.count("<li>") == sentences
    assert part.count("<details>") == part.count("</details>") == part.count("<summary>")
    assert "<details open" not in page
    assert "IXIC.rsi_14" in part
    assert "the Nasdaq&#39;s RSI holds: <b>42.38</b>" in part


def test_without_an_explanation_there_is_no_such_part(story: MakeStory) -> None:
    assert "How it was proved" not in render_page(story()).decode()


def test_hostile_words_are_text(story: MakeStory, snapshot: Snapshot) -> None:
    evil = "</summary><script>alert(1)</script><img src=x onerror=alert(1)>"
    text = f"The Nasdaq closed at 6,635.28 {evil} on `Dec. 31`."
    page = render_page(story(text=text, explanation=explain(examine(text, snapshot)))).decode()
    part = page[page.index('<ol class="proofs">') :]
    assert not re.search(r"<(img|script)\b[^>]*(onerror|alert)", part)
    shown = unescape(visible(part))
    assert "6,635.28" in shown


def test_the_proofs_do_not_double_the_page(story: MakeStory, explanation: Explanation) -> None:
    assert len(render_page(story(explanation=explanation))) < 1.5 * len(render_page(story()))
