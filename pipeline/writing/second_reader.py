"""The checker's second reader as a chat model: one question about all clauses, one answer in JSON, no value sent.

It is off unless one is named. Whatever goes wrong on the way is an answer that says so, never an error: the verdict is
then the first reader's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from pipeline.checking.second.exchange import Answer, Call, Question, parse
from pipeline.errors import InputError
from pipeline.writing.models import Endpoint, connect
from pipeline.writing.outcome import Chat, Message, ModelError
from pipeline.writing.prompts import PROMPTS, Prompts, read_prompts

FOLDER = PROMPTS / "second_reader"
VARIABLES: dict[str, tuple[str, ...]] = {"system": (), "question": ("question", "clauses")}
"""What each prompt of a second reader may name."""
ADVICE = {
    "--model": "--second-reader", "--base-url": "--second-reader-url",
    "write with --writer template": "check with --second-reader none",
}  # fmt: skip
"""What the model client's messages advise a writer to do, and what a second reader's user does instead."""


class ModelReader:
    """A second reader (`pipeline.checking.seam.SecondReader`) that asks a model."""

    def __init__(self, chat: Chat, prompts: Prompts | None = None) -> None:
        self.chat, self.prompts = chat, prompts or read_prompts(FOLDER, VARIABLES)

    def propose(self, question: Question) -> Answer:
        """The model's readings, with what the call cost."""
        call = Call(model=self.chat.model, prompts_sha256=self.prompts.sha256)
        try:
            reply = self.chat(self.messages(question))
        except ModelError as error:
            spent = {**error.usage.model_dump(), "tries": error.tries, "error": _advised(error)}
            return Answer(call=call.model_copy(update=spent))
        spent = {**reply.usage.model_dump(), "seconds": reply.seconds, "tries": reply.tries}
        return parse(reply.text, call.model_copy(update=spent))

    def messages(self, question: Question) -> tuple[Message, Message]:
        """What is sent. The article's text stands in JSON strings, a clause a line, so that it cannot pose as more."""
        clauses = [json.dumps(one.model_dump()) for one in question.clauses]
        return (
            Message(role="system", content=self.prompts.fill("system")),
            Message(role="user", content=self.prompts.fill("question", question=question, clauses=clauses)),
        )


def connect_reader(endpoint: Endpoint, environ: Mapping[str, str] | None = None) -> ModelReader:
    """A second reader at an endpoint, not yet asked. Raises InputError when its key is missing."""
    try:
        return ModelReader(connect(endpoint, environ))
    except InputError as error:
        raise InputError(_advised(error)) from None


def _advised(error: Exception) -> str:
    """A message of the model client with the advice for a second reader."""
    message = str(error)
    for writer, reader in ADVICE.items():
        message = message.replace(writer, reader)
    return message
