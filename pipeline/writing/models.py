"""A chat model behind any OpenAI-compatible endpoint. The only file that imports langchain.

One layer of retries, one deadline for the whole conversation, one error type. The key comes from the environment and
goes to the endpoint it belongs to, nowhere else; nothing that other variables of the environment would add to a
request (organisation, extra headers, a base URL, tracing) leaves the machine.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator

from pipeline.errors import InputError, shown
from pipeline.writing.failures import FAILURES, reason_of_status
from pipeline.writing.outcome import Message, ModelError, Record, Reply, Usage

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage

OPENAI_URL = "https://api.openai.com/v1"
OPENAI_KEY = "OPENAI_API_KEY"
NO_KEY = "none"  # what an endpoint without a key is sent: clients insist on some word
HEADERS = ("host", "accept", "connection", "content-", "user-agent", "authorization", "x-stainless-")
"""How the names of the headers begin that leave for an endpoint other than OpenAI's own."""

NO_CONNECTION = {
    "gaierror": "unknown_host", "ConnectionRefusedError": "refused", "SSLCertVerificationError": "certificate",
}  # fmt: skip
LOCAL = frozenset(("localhost", "127.0.0.1", "::1"))
RETRY_AFTER_CAP = 20.0  # seconds; a server may ask for minutes

THOUGHT = re.compile(r"<(think|thinking|reasoning)>.*?(</\1>|\Z)", re.DOTALL | re.IGNORECASE)
THOUGHT_END = re.compile(r"\A.*</(?:think|thinking|reasoning)>", re.DOTALL | re.IGNORECASE)
FENCE = re.compile(r"^(`{3,}|~{3,})[^\n]*\n(.*?)(?:^\1|\Z)", re.DOTALL | re.MULTILINE)


class Endpoint(Record):
    """Where a model answers and how long it may take. Safe to print and to keep: it names the key, never holds it.

    base_url: where the API begins, OpenAI's own by default. key_variable: the environment variable of its key; unnamed
    it is OPENAI_API_KEY for OpenAI and none elsewhere. timeout: seconds of silence a call may have. deadline: seconds
    for the whole conversation, retries included. pause: seconds before the first retry, doubled at each one.
    tracing: follow LANGSMITH_TRACING; otherwise nothing is traced. Raises InputError for an unusable address.
    """

    model: str = Field(min_length=1)
    base_url: str = OPENAI_URL
    key_variable: str | None = None
    temperature: float | None = None
    timeout: float = Field(default=120.0, gt=0)
    deadline: float = Field(default=300.0, gt=0)
    retries: int = Field(default=2, ge=0)
    pause: float = Field(default=1.0, ge=0)
    tracing: bool = False

    @model_validator(mode="after")
    def _usable(self) -> Self:
        try:
            parts, port = urlsplit(self.base_url), urlsplit(self.base_url).port
        except ValueError:
            parts, port = urlsplit(""), None
        if parts.username or parts.password or parts.query or parts.fragment:
            raise InputError(
                "The base URL of a model is an address alone; this one carries a user, a query or a fragment. "
                "Leave them out and name the variable of the key in the settings."
            )
        if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
            raise InputError(
                f"The base URL of a model begins with http:// or https:// and a host; {shown(self.base_url)} does not. "
                "Write it like http://localhost:11434/v1."
            )
        if self.key_variable == OPENAI_KEY and not self.is_openai:
            raise InputError(
                f"{OPENAI_KEY} goes to OpenAI's own address alone, and {self.base_url} is another. "
                "Keep the key of this endpoint in a variable of its own and name that one."
            )
        return self

    @property
    def is_openai(self) -> bool:
        """Whether the address is OpenAI's own, a regional one included."""
        parts = urlsplit(self.base_url)
        host = parts.hostname or ""
        own = host == "api.openai.com" or host.endswith(".api.openai.com")
        return own and parts.scheme == "https" and parts.port in (None, 443)

    @property
    def key_name(self) -> str | None:
        """The environment variable that holds the key of this endpoint."""
        return self.key_variable or (OPENAI_KEY if self.is_openai else None)

    def key(self, environ: Mapping[str, str]) -> str:
        """The key for this endpoint. Raises InputError where one is named and not set."""
        if self.key_name is None:
            return NO_KEY
        key = environ.get(self.key_name, "").strip()
        if not key:
            raise InputError(
                f"{self.model} at {self.base_url} needs a key; {self.key_name} is not set. "
                "Set it, name another endpoint with --base-url, or write with --writer template."
            )
        return key


class EndpointChat:
    """A model in conversation (`pipeline.writing.outcome.Chat`). The deadline runs from its first call."""

    def __init__(self, endpoint: Endpoint, key: str) -> None:
        self.endpoint = endpoint
        self._key = key
        self._ends: float | None = None

    @property
    def model(self) -> str:
        """The model's name as asked for."""
        return self.endpoint.model

    def __repr__(self) -> str:
        return f"EndpointChat({self.endpoint!r})"

    def __call__(self, messages: Sequence[Message]) -> Reply:
        """The model's answer. Raises ModelError; call it where no event loop runs."""
        import asyncio

        importlib.import_module("langchain_openai")  # more than a second that is not the model's
        started = time.monotonic()
        if self._ends is None:
            self._ends = started + self.endpoint.deadline
        reply = asyncio.run(self._answer(messages, self._ends - started))
        return reply.model_copy(update={"seconds": round(time.monotonic() - started, 3)})

    async def _answer(self, messages: Sequence[Message], seconds: float) -> Reply:
        """Ask until there is an answer, an error that a retry does not mend, or no time left."""
        import asyncio

        tries = 0
        try:
            async with asyncio.timeout(seconds):
                while True:
                    tries += 1
                    try:
                        return _read(await self._ask(messages)).model_copy(update={"tries": tries})
                    except Exception as error:
                        reason, status, wait = _diagnose(error)
                        usage = error.usage if isinstance(error, ModelError) else None
                    if not FAILURES[reason].retry or tries > self.endpoint.retries:
                        raise self._failure(reason, tries, status, usage) from None
                    await asyncio.sleep(self.endpoint.pause * 2 ** (tries - 1) if wait is None else wait)
        except TimeoutError:
            raise self._failure("deadline", max(tries, 1)) from None

    async def _ask(self, messages: Sequence[Message]) -> AIMessage:
        """One call over a fresh connection, without langchain's or openai's own retries."""
        from langchain.chat_models import init_chat_model
        from langsmith import tracing_context
        from openai import DefaultAsyncHttpxClient

        async def keep_own_headers(request: Any) -> None:
            if not self.endpoint.is_openai:
                for name in [name for name in request.headers if not name.startswith(HEADERS)]:
                    del request.headers[name]
            request.headers["authorization"] = f"Bearer {self._key}"

        given: dict[str, Any] = {} if self.endpoint.temperature is None else {"temperature": self.endpoint.temperature}
        async with DefaultAsyncHttpxClient(
            follow_redirects=False,
            trust_env=urlsplit(self.endpoint.base_url).hostname not in LOCAL,  # a proxy cannot reach this machine
            event_hooks={"request": [keep_own_headers]},
        ) as http:
            model = init_chat_model(
                self.model.removeprefix("openai:"), model_provider="openai", base_url=self.endpoint.base_url,
                api_key=self._key, timeout=self.endpoint.timeout, max_retries=0, http_async_client=http,
                use_responses_api=False, disable_streaming=True, cache=False, **given,
            )  # fmt: skip
            with tracing_context(enabled=None if self.endpoint.tracing else False):
                answer: AIMessage = await model.ainvoke([(message.role, message.content) for message in messages])
        return answer

    def _failure(self, reason: str, tries: int, status: int = 0, usage: Usage | None = None) -> ModelError:
        """The error of a reason, in words."""
        key = f"the key in {self.endpoint.key_name}" if self.endpoint.key_name else "calls without a key"
        words = FAILURES[reason].says.format(
            model=self.model, where=self.endpoint.base_url, key=key, status=status,
            seconds=f"{self.endpoint.deadline:g}", silence=f"{self.endpoint.timeout:g}",
            tries="1 try" if tries == 1 else f"{tries} tries",
        )  # fmt: skip
        return ModelError(reason, words, usage=usage, tries=tries)


def connect(endpoint: Endpoint, environ: Mapping[str, str] | None = None) -> EndpointChat:
    """A conversation with an endpoint's model, not yet begun. Raises InputError when its key is missing."""
    return EndpointChat(endpoint, endpoint.key(os.environ if environ is None else environ))


def bare_text(text: str) -> str:
    """A model's text without its reasoning and without a Markdown fence (and what is said around it)."""
    text = THOUGHT_END.sub("", THOUGHT.sub("", text)).strip()
    fenced = FENCE.search(text)
    return (fenced[2] if fenced else text).strip()


def _read(answer: AIMessage) -> Reply:
    """The reply in an answer. Raises ModelError (without words yet) for one that is no article."""
    told = answer.response_metadata.get("token_usage") or {}
    usage = Usage(input_tokens=told.get("prompt_tokens"), output_tokens=told.get("completion_tokens"))
    text = bare_text(str(answer.text))
    finish = answer.response_metadata.get("finish_reason")
    by_finish = {"length": "truncated", "content_filter": "filtered"}.get(finish or "")
    reason = "refusal" if answer.additional_kwargs.get("refusal") else by_finish or ("" if text else "empty")
    if reason:
        raise ModelError(reason, reason, usage=usage)
    return Reply(text=text, usage=usage)


def _diagnose(error: Exception) -> tuple[str, int, float | None]:
    """The reason of an exception, its HTTP status (0 without one) and the seconds the server asks to wait."""
    import openai

    if isinstance(error, ModelError):
        return error.reason, 0, None
    if isinstance(error, openai.APIStatusError):
        return reason_of_status(error.status_code, error.code), error.status_code, _retry_after(error.response.headers)
    if isinstance(error, openai.APITimeoutError):
        return "timeout", 0, None
    causes = tuple(_causes(error))
    if isinstance(error, openai.APIConnectionError | OSError):
        names = (type(cause).__name__ for cause in causes)
        return next((NO_CONNECTION[name] for name in names if name in NO_CONNECTION), "dropped"), 0, None
    if any(isinstance(cause, json.JSONDecodeError) for cause in causes):
        return "malformed", 0, None
    if isinstance(error, ValueError) and error.args and isinstance(error.args[0], dict):
        return "error_answer", 0, None
    if isinstance(error, TypeError | IndexError | KeyError):
        return "no_choices", 0, None
    return "not_openai", 0, None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An exception and all that led to it, groups opened."""
    todo, seen = [error], set[int]()
    while todo:
        one = todo.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        todo += [cause for cause in (one.__cause__, one.__context__) if cause is not None]
        todo += one.exceptions if isinstance(one, BaseExceptionGroup) else []


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds of a Retry-After header, capped; None where it is absent or a date."""
    try:
        return max(0.0, min(float(headers.get("retry-after", "")), RETRY_AFTER_CAP))
    except ValueError:
        return None
