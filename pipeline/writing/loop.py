"""The writing loop: a model's draft goes round until it is proved, or the template writer's article takes its place.

Only the sentences the checker rejects are sent back, by number, with the checker's own words and the facts it judged
by; only those are replaced.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace as replaced
from hashlib import sha256

from pipeline.checking.verdict import Finding, Verdict
from pipeline.errors import DefectError, InputError
from pipeline.facts.catalogue import Measure, catalogue
from pipeline.facts.slots import SLOT
from pipeline.facts.snapshot import Snapshot
from pipeline.market.instruments import WELL_KNOWN
from pipeline.writing.draft import Draft, Rendered, render
from pipeline.writing.failures import FAILURES
from pipeline.writing.outcome import Attempt, Chat, Check, Message, ModelError, Outcome, Reply, WriteTemplate, Written
from pipeline.writing.prompts import Prompts, read_prompts
from pipeline.writing.sentences import owners, replace, sentences, tidy
from pipeline.writing.sheet import citable, fact_sheet
from pipeline.writing.template import frame
from pipeline.writing.template.desk import Desk
from pipeline.writing.template.names import full_name

ROUNDS = 2
NUMBERED = re.compile(r"[\s>*_#(\[-]*(?:sentence\s+)?(\d+)[\])*_]*(?::[*_]*|[.)][*_]*(?=\s))(.*)", re.IGNORECASE)
"""A line of an answer that begins a new sentence: "3: ...", "**3.** ...", "[3] ...", but not "3.5% ..."."""

MARK = re.compile(r"\A[#>*-]+\s+")
DELETE = "DELETE"
PLAIN_NAMES = ("Acme Industries", "Zenith Holdings")


def write_with_template(
    snapshot: Snapshot, check: Check, write_template: WriteTemplate, *, measures: Mapping[str, Measure] | None = None
) -> Written:
    """The template writer's article. Raises DefectError if the checker rejects it, InputError for names of a user's."""
    draft = write_template(snapshot)
    rendered = render(draft, snapshot, measures or catalogue())
    verdict = check(rendered.text, snapshot, rendered.spans)
    if not verdict.accepted:
        first = "; ".join(f"{one.line}:{one.column} {one.message}" for one in verdict.findings[:3])
        own = [one for one in snapshot.instruments if WELL_KNOWN.get(one.symbol) != one]
        if own and _proved_by_other_names(snapshot, check, write_template, measures or catalogue()):
            raise InputError(
                f"an article needs names that cannot be taken for other words; with {own[0].name!r} for "
                f"{own[0].symbol} it cannot be proved ({first}). Give {own[0].symbol} another name, short and aliases "
                "in the instruments.toml beside its bars."
            )
        raise DefectError(
            f"The checker rejects the template writer's article on {snapshot.primary.name} as of {snapshot.as_of}: "
            f"{first}. Report it with the snapshot; nothing is written."
        )
    attempt = Attempt(round=0, kind="template", writer=draft.writer, draft=draft.text, findings=verdict.findings)
    return Written("template", draft, rendered, verdict, (attempt,))


def _proved_by_other_names(
    snapshot: Snapshot, check: Check, write_template: WriteTemplate, measures: Mapping[str, Measure]
) -> bool:
    """Whether the article is accepted once the user's instruments have names that are no other words."""
    plain = {"short": "", "aliases": (), "nouns": ()}
    renamed = tuple(
        one if WELL_KNOWN.get(one.symbol) == one else one.model_copy(update={"name": name, **plain})
        for one, name in zip(snapshot.instruments, PLAIN_NAMES, strict=False)
    )
    other = snapshot.model_copy(update={"instruments": renamed})
    rendered = render(write_template(other), other, measures)
    return check(rendered.text, other, rendered.spans).accepted


def write_with_model(
    snapshot: Snapshot,
    chat: Chat,
    check: Check,
    write_template: WriteTemplate,
    *,
    measures: Mapping[str, Measure] | None = None,
    prompts: Prompts | None = None,
    check_draft: Check | None = None,
    rounds: int = ROUNDS,
    fallback: bool = True,
) -> Written:
    """An accepted article, by the model if it gets there within a number of repair rounds, else by the template writer.

    check_draft: judges the model's drafts where another than `check` is to, such as one with a second reader.
    Raises ModelError (with the attempts so far) instead of falling back when `fallback` is off, and DefectError when
    the template writer's article is rejected too.
    """
    measures, prompts = measures or catalogue(), prompts or read_prompts()
    attempts: list[Attempt] = []
    try:
        written = _Conversation(snapshot, chat, check_draft or check, measures, prompts, attempts).run(rounds)
    except ModelError as error:
        if not fallback:
            error.attempts = tuple(attempts)
            raise
        stand_in = write_with_template(snapshot, check, write_template, measures=measures)
        story = (*attempts, *(one.model_copy(update={"round": len(attempts)}) for one in stand_in.attempts))
        written = replaced(stand_in, outcome="fallback", attempts=story, reason=str(error))
    return replaced(written, prompts_sha256=prompts.sha256)


class _Conversation:
    """One article's conversation with a model. `attempts` is the caller's, so that it survives an error."""

    def __init__(
        self, snapshot: Snapshot, chat: Chat, check: Check, measures: Mapping[str, Measure], prompts: Prompts,
        attempts: list[Attempt],
    ) -> None:  # fmt: skip
        self.snapshot, self.chat, self.check = snapshot, chat, check
        self.measures, self.prompts, self.attempts = measures, prompts, attempts
        self.desk = Desk(snapshot, measures)

    def run(self, rounds: int) -> Written:
        """Write, check, repair. Raises ModelError when the model fails or never gets there."""
        opening = self._opening()
        text = whole(self._ask(opening, 0).text, self.desk)
        seen = {text}
        for number in range(rounds + 1):
            draft, rendered, verdict = self._judge(text)
            if verdict.accepted:
                return self._accepted(number, draft, rendered, verdict)
            if number == rounds:
                break
            bad = rejected(text, rendered, verdict)
            request = Message(role="user", content=self._repair_request(text, bad))
            answer = self._ask((*opening, Message(role="assistant", content=text), request), number + 1)
            text = replace(text, new_sentences(answer.text, bad))
            if text in seen:
                self._record(draft=text, findings=verdict.findings)
                raise self._unproved("repeated", verdict, number + 1)
            seen.add(text)
        raise self._unproved("unproved", verdict, rounds)

    def _opening(self) -> tuple[Message, Message]:
        """Who the model is, and what it is to write from."""
        instrument, benchmark = self.snapshot.primary, self.snapshot.benchmark
        system = self.prompts.fill("system", instrument=full_name(instrument), symbol=instrument.symbol)
        request = self.prompts.fill(
            "article",
            instrument=full_name(instrument),
            benchmark=full_name(benchmark) if benchmark else "",
            as_of=frame.as_of_line(self.desk),
            sheet=fact_sheet(self.snapshot, self.measures),
        )
        return Message(role="system", content=system), Message(role="user", content=request)

    def _ask(self, messages: Sequence[Message], number: int) -> Reply:
        """One call, on record whether it succeeds or not."""
        call = Attempt(
            round=number, kind="repair" if number else "draft", writer=self.chat.model, prompt_sha256=digest(messages)
        )
        try:
            reply = self.chat(messages)
        except ModelError as error:
            spent = {"usage": error.usage, "tries": error.tries, "error": str(error)}
            self.attempts.append(call.model_copy(update=spent))
            raise
        spent = {"usage": reply.usage, "seconds": reply.seconds, "tries": reply.tries}
        self.attempts.append(call.model_copy(update=spent))
        return reply

    def _record(self, **what: object) -> None:
        """Add to the record of the last call what came of it."""
        self.attempts[-1] = self.attempts[-1].model_copy(update=what)

    def _judge(self, text: str) -> tuple[Draft, Rendered, Verdict]:
        """A draft, printed and checked, on record."""
        draft = Draft(text, self.chat.model)
        rendered = render(draft, self.snapshot, self.measures)
        verdict = self.check(rendered.text, self.snapshot, rendered.spans)
        second = verdict.second and verdict.second.model_copy(update={"considered": ()})
        self._record(draft=text, findings=verdict.findings, second=second)
        return draft, rendered, verdict

    def _accepted(self, number: int, draft: Draft, rendered: Rendered, verdict: Verdict) -> Written:
        """The article, unless it lacks what every article tells: text without any claim is proved, and useless."""
        if missing := self._missing_beats(rendered, verdict):
            self._record(missing=missing)
            raise self._failure("incomplete", missing=", ".join(missing))
        outcome: Outcome = "repaired" if number else "model"
        return Written(outcome, draft, rendered, verdict, tuple(self.attempts))

    def _missing_beats(self, rendered: Rendered, verdict: Verdict) -> tuple[str, ...]:
        """What every article tells and this one does not."""
        told = {fact for claim in verdict.claims for fact in claim.facts} | {span.fact for span in rendered.spans}
        symbol = self.snapshot.primary.symbol
        beats = {
            "a headline": rendered.text.startswith("# "),
            "its as-of line": frame.as_of_line(self.desk) in rendered.text,
            "the close": f"{symbol}.close" in told,
            "a change over a period": any(fact.startswith(f"{symbol}.change_") for fact in told),
        }
        return tuple(beat for beat, is_told in beats.items() if not is_told)

    def _repair_request(self, text: str, bad: Mapping[int, Sequence[Finding]]) -> str:
        """The repair prompt for the rejected sentences."""
        asked = []
        for sentence in sentences(text):
            if findings := bad.get(sentence.number):
                named = [slot[1] for slot in SLOT.finditer(sentence.text)]
                judged_by = [fact for finding in findings for fact in finding.facts]
                asked.append({
                    "number": sentence.number,
                    "text": sentence.text,
                    "findings": [{"message": finding.message, "help": finding.help} for finding in findings],
                    "facts": citable(self.snapshot, self.measures, (*judged_by, *named)),
                })  # fmt: skip
        return self.prompts.fill("repair", sentences=asked)

    def _unproved(self, reason: str, verdict: Verdict, rounds: int) -> ModelError:
        """The error of a model that never gets there, with the first thing that is wrong."""
        after = "1 repair round" if rounds == 1 else f"{rounds} repair rounds"
        first = next((one.message for one in verdict.findings), "none")
        return self._failure(reason, rounds=after, finding="".join(char for char in first if char.isprintable()))

    def _failure(self, reason: str, **about: str) -> ModelError:
        """The error of a reason, in words."""
        return ModelError(reason, FAILURES[reason].says.format(model=self.chat.model, **about))


def rejected(text: str, rendered: Rendered, verdict: Verdict) -> dict[int, list[Finding]]:
    """The findings of each sentence of a draft that has any, by its number."""
    found: dict[int, list[Finding]] = {}
    for finding in verdict.findings:
        for sentence in owners(text, rendered.spans, finding.start, finding.end):
            found.setdefault(sentence.number, []).append(finding)
    return dict(sorted(found.items()))


def new_sentences(answer: str, bad: Mapping[int, object]) -> dict[int, str]:
    """The replacements in a model's answer ("3: The index rose …"), for the sentences it was asked about alone.

    A sentence goes on over the lines that follow it, to the next number or an empty line.
    """
    lines: dict[int, list[str]] = {}
    current: list[str] = []
    for line in answer.splitlines():
        if match := NUMBERED.match(line):
            current = lines[int(match[1])] = [match[2]]
        elif line.strip():
            current.append(line)
        else:
            current = []
    new: dict[int, str] = {}
    for number, parts in lines.items():
        sentence = MARK.sub("", " ".join(" ".join(parts).split()))
        if number in bad and sentence:
            new[number] = "" if sentence.strip("[]().* ").upper() == DELETE else sentence
    return new


def whole(answer: str, desk: Desk) -> str:
    """A model's first answer as the draft that is judged: its article with the method and the disclosure."""
    return "\n\n".join((article_text(answer), frame.method(desk), frame.disclosure()))


def article_text(answer: str) -> str:
    """The article in a model's answer: from its headline on, if it has one."""
    headline = re.search(r"^# ", answer, re.MULTILINE)
    return tidy(answer[headline.start() :] if headline else answer)


def digest(messages: Sequence[Message]) -> str:
    """SHA-256 of a conversation."""
    return sha256("\0".join(f"{message.role}\0{message.content}" for message in messages).encode()).hexdigest()
