"""The writing loop, against a scripted model that runs out loudly and a checker that looks for given words."""

from __future__ import annotations

import pytest
from scripted import ARTICLE, REPAIRED, SOARED, TEMPLATE, Rejects, Scripted, write_template

from pipeline.errors import DefectError, InputError
from pipeline.facts.snapshot import Snapshot
from pipeline.writing.draft import Draft
from pipeline.writing.loop import new_sentences, write_with_model, write_with_template
from pipeline.writing.outcome import ModelError, Usage


def test_the_script_runs_out_loudly() -> None:
    """The double itself: one call too many is a failed test, not a repeated answer."""
    chat = Scripted("one")
    chat([])
    with pytest.raises(AssertionError, match="no answer number 2"):
        chat([])


def test_a_draft_that_is_proved_at_once(sample_snapshot: Snapshot) -> None:
    """One call, with the persona and the sheet; the article ends with method and disclosure."""
    chat = Scripted(f"Here it is:\n\n{ARTICLE}")
    written = write_with_model(sample_snapshot, chat, Rejects(), write_template)
    assert (written.outcome, written.reason) == ("model", "")
    assert written.draft.writer == "scripted"
    assert written.draft.text.startswith(ARTICLE.strip())
    assert "0.77%" in written.rendered.text
    assert "not investment advice" in written.rendered.text
    assert [message.role for message in chat.asked[0]] == ["system", "user"]
    assert "[[IXIC.close]] 6,635.28" in chat.asked[0][1].content
    (attempt,) = written.attempts
    assert (attempt.kind, attempt.writer, attempt.seconds) == ("draft", "scripted", 0.5)
    assert attempt.usage == Usage(input_tokens=10, output_tokens=5)
    assert attempt.draft == written.draft.text
    assert len(attempt.prompt_sha256 or "") == len(written.prompts_sha256 or "") == 64


def test_only_the_rejected_sentence_is_sent_back_and_replaced(sample_snapshot: Snapshot) -> None:
    """Every other byte of the draft stays, even when the model rewrites a proved sentence too."""
    chat = Scripted(ARTICLE, f"1: # Another Headline\n{SOARED}: {REPAIRED}\n{SOARED + 1}: It rose in the year.")
    written = write_with_model(sample_snapshot, chat, Rejects("soared"), write_template)
    assert written.outcome == "repaired"
    first, second = written.attempts
    assert second.draft == first.draft.replace("The tech-heavy index soared.", REPAIRED)
    assert [finding.text for finding in first.findings] == ["soared"]
    assert (second.kind, second.round, second.findings) == ("repair", 1, ())
    assert second.prompt_sha256 != first.prompt_sha256
    request = chat.asked[1][-1].content
    assert f"{SOARED}: The tech-heavy index soared." in request
    assert "`soared` is hype; write rose" in request
    assert "[[IXIC.points_1d]] 50.76 (points)" in request
    assert "lagged" not in request
    assert [message.role for message in chat.asked[1]] == ["system", "user", "assistant", "user"]
    assert chat.asked[1][2].content == first.draft


def test_two_rounds_then_the_template_writer(sample_snapshot: Snapshot) -> None:
    """A model that swaps one mistake for another is asked twice more, no oftener."""
    chat = Scripted(ARTICLE, f"{SOARED}: It jumped.", f"{SOARED}: It leapt.")
    written = write_with_model(sample_snapshot, chat, Rejects("soared", "jumped", "leapt"), write_template)
    assert written.outcome == "fallback"
    assert written.draft == TEMPLATE
    assert [attempt.kind for attempt in written.attempts] == ["draft", "repair", "repair", "template"]
    assert [attempt.round for attempt in written.attempts] == [0, 1, 2, 3]
    assert written.reason.startswith("scripted gives no article that the checker accepts after 2 repair rounds; ")
    assert "`leapt` is hype" in written.reason


@pytest.mark.parametrize("answer", ["", "I cannot.", f"{SOARED}: The tech-heavy index soared.", "99: It rose."])
def test_a_round_that_changes_nothing_is_the_last(sample_snapshot: Snapshot, answer: str) -> None:
    """No answer to the question asked, or the same sentence again."""
    written = write_with_model(sample_snapshot, Scripted(ARTICLE, answer), Rejects("soared"), write_template)
    assert written.outcome == "fallback"
    assert "repeats a draft that is not proved after 1 repair round;" in written.reason


def test_a_sentence_that_cannot_be_said_is_dropped(sample_snapshot: Snapshot) -> None:
    """DELETE takes it out and joins its neighbours."""
    chat = Scripted(ARTICLE, f"{SOARED}: DELETE")
    written = write_with_model(sample_snapshot, chat, Rejects("soared"), write_template)
    assert written.outcome == "repaired"
    assert "to [[IXIC.close]]. It fell\n[[IXIC.change_ytd]] in the year." in written.draft.text


def test_an_unknown_slot_comes_with_those_that_look_like_it(sample_snapshot: Snapshot) -> None:
    """The slot stays in the text for the checker to find, and the request offers the right one."""
    chat = Scripted(ARTICLE.replace("[[IXIC.close]]", "[[IXIC.clse]]"), f"{SOARED - 1}: It closed at [[IXIC.close]].")
    written = write_with_model(sample_snapshot, chat, Rejects("[[IXIC.clse]]"), write_template)
    assert written.outcome == "repaired"
    assert "close [[IXIC.close]] 6,635.28" in chat.asked[1][-1].content


@pytest.mark.parametrize(("answer", "missing"), [
    ("I am sorry, but I cannot write about markets.", "a headline, its as-of line, the close, a change over a period"),
    (ARTICLE.replace("Data as of the close, Mon. Dec. 31, 2018 (ET)", ""), "its as-of line"),
    (ARTICLE.replace("[[IXIC.close]]", "the end of the year"), "the close"),
    (ARTICLE.replace("# ", ""), "a headline"),
])  # fmt: skip
def test_text_that_tells_nothing_is_no_article(sample_snapshot: Snapshot, answer: str, missing: str) -> None:
    """The checker has nothing against it, but the article lacks what every article tells."""
    written = write_with_model(sample_snapshot, Scripted(answer), Rejects(), write_template)
    assert written.outcome == "fallback"
    assert f"without {missing}. " in written.reason
    assert ", ".join(written.attempts[0].missing) == missing


def test_a_model_that_cannot_be_reached(sample_snapshot: Snapshot) -> None:
    """The template writer stands in and the reason is the model's; without a fallback the error is raised."""
    dead = ModelError("refused", "Nothing answers there. Start it.", tries=2)
    written = write_with_model(sample_snapshot, Scripted(dead), Rejects(), write_template)
    assert (written.outcome, written.reason) == ("fallback", "Nothing answers there. Start it.")
    assert (written.attempts[0].error, written.attempts[0].tries) == (written.reason, 2)
    with pytest.raises(ModelError, match="Nothing answers there") as raised:
        write_with_model(sample_snapshot, Scripted(dead), Rejects(), write_template, fallback=False)
    assert raised.value.exit_code == 3
    assert len(raised.value.attempts) == 1


def test_a_model_that_fails_while_repairing(sample_snapshot: Snapshot) -> None:
    """What it had written stays on record."""
    dead = ModelError("timeout", "It is silent. Raise the timeout.")
    written = write_with_model(sample_snapshot, Scripted(ARTICLE, dead), Rejects("soared"), write_template)
    assert [attempt.error for attempt in written.attempts] == ["", "It is silent. Raise the timeout.", ""]
    assert written.attempts[0].findings


def test_the_template_writer_when_asked_for(sample_snapshot: Snapshot) -> None:
    """No model, no reason, no prompts."""
    written = write_with_template(sample_snapshot, Rejects(), write_template)
    assert (written.outcome, written.reason, written.prompts_sha256) == ("template", "", None)
    assert written.rendered.text == TEMPLATE.text
    assert [attempt.kind for attempt in written.attempts] == ["template"]


def test_a_template_article_that_is_rejected_is_a_defect(sample_snapshot: Snapshot) -> None:
    """Asked for or standing in, it is exit 70 with what the checker says."""
    with pytest.raises(DefectError, match="1:1 `headline` is hype") as raised:
        write_with_template(sample_snapshot, Rejects("headline"), write_template)
    assert raised.value.exit_code == 70
    dead = ModelError("refused", "Nothing answers there.")
    with pytest.raises(DefectError):
        write_with_model(sample_snapshot, Scripted(dead), Rejects("headline"), write_template)


@pytest.mark.parametrize(("answer", "new"), [
    ("3: It rose.", {3: "It rose."}), ("**3:** It rose.", {3: "It rose."}), ("Sentence 3: It rose.", {3: "It rose."}),
    ("3. It rose.", {3: "It rose."}), ("[3]: It rose.", {3: "It rose."}), ("- 3) It rose.", {3: "It rose."}),
    ("3: # It rose", {3: "It rose"}), ("3: -DI stood still.", {3: "-DI stood still."}),
    ("3: *It rose.*", {3: "*It rose.*"}),
    ("4: no\n3: It rose.\n5: Yes.", {3: "It rose.", 5: "Yes."}), ("3.5% was the gain.", {}), ("3,677.74 rose.", {}),
    ("3: DELETE", {3: ""}), ("3: (delete).", {3: ""}), ("3:", {}), ("3: \n5: Yes.", {5: "Yes."}),
    ("3: It is 3: 4.", {3: "It is 3: 4."}),
    ("3: It rose\non the day.\n\nDone.\n5: Yes.", {3: "It rose on the day.", 5: "Yes."}),
])  # fmt: skip
def test_reading_an_answer(answer: str, new: dict[int, str]) -> None:
    """Asked about sentences 3 and 5."""
    assert new_sentences(answer, {3: None, 5: None}) == new


def test_a_name_of_the_users_that_cannot_be_read_is_input_and_no_defect(sample_snapshot: Snapshot) -> None:
    """With another name the same article is accepted, so the name is why; where it is not, the program is."""
    odd = sample_snapshot.primary.model_copy(update={"name": "RSI"})
    named = sample_snapshot.model_copy(update={"instruments": (odd, *sample_snapshot.instruments[1:])})

    def write(snapshot: Snapshot) -> Draft:
        return Draft(f"# {snapshot.primary.name} rose", "template")

    with pytest.raises(InputError, match=r"with 'RSI' for IXIC it cannot be proved .* in the instruments\.toml"):
        write_with_template(named, Rejects("RSI"), write)
    with pytest.raises(DefectError):
        write_with_template(named, Rejects("rose"), write)
