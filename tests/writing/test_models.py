"""The model over the wire: a real local server speaking the OpenAI protocol, well and badly."""

from __future__ import annotations

import json
import socket
import threading
import time
import traceback
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from scripted import ARTICLE, REPAIRED, SOARED, TEMPLATE, Rejects, write_template
from werkzeug import Response

from pipeline.errors import InputError
from pipeline.facts.snapshot import Snapshot
from pipeline.writing import models
from pipeline.writing.failures import FAILURES
from pipeline.writing.loop import write_with_model
from pipeline.writing.models import Endpoint, bare_text, connect
from pipeline.writing.outcome import Message, ModelError, Reply, Usage

ASK = (Message(role="system", content="You write."), Message(role="user", content="Write {braces} & [[A.b]]."))
SECRET = "sk-secret-1234567890"
PATH = "/v1/chat/completions"


@pytest.fixture(scope="module")
def started() -> Iterator[HTTPServer]:
    """One server for the file; threaded, so that a call that hangs does not block the next."""
    server = HTTPServer(threaded=True)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def server(started: HTTPServer) -> HTTPServer:
    """The server without what the test before expected of it."""
    started.clear()
    return started


def completion(text: str | None = "It rose.", finish: str = "stop", **message: Any) -> dict[str, Any]:
    """A chat completion as the protocol has it."""
    return {
        "id": "c1", "object": "chat.completion", "created": 1, "model": "served",
        "choices": [
            {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text, **message}},
        ],
        "usage": {"prompt_tokens": 12, "completion_tokens": 34, "total_tokens": 46},
    }  # fmt: skip


def answer(body: object, status: int = 200, **headers: str) -> Response:
    """A JSON response."""
    text = body if isinstance(body, str) else json.dumps(body)
    return Response(text, status, headers, content_type="application/json")


def error(status: int, code: str | None = None, **headers: str) -> Response:
    """An error of the protocol whose message repeats the key, as some servers do."""
    return answer({"error": {"message": f"Incorrect key {SECRET}", "code": code}}, status, **headers)


def trickle() -> Iterator[bytes]:
    """A byte now and then: each read succeeds, the whole never does."""
    for _ in range(30):
        yield b" "
        time.sleep(0.1)


def endpoint(server: HTTPServer, **settings: Any) -> Endpoint:
    """The server as an endpoint, with little patience."""
    given = {"base_url": server.url_for("/v1"), "retries": 1, "pause": 0.0, "timeout": 0.3, "deadline": 5.0, **settings}
    return Endpoint(model="gpt-test", **given)


def ask(server: HTTPServer, *responses: Response, **settings: Any) -> Reply:
    """One question, with the server's responses in order."""
    for response in responses:
        server.expect_ordered_request(PATH, method="POST").respond_with_response(response)
    return connect(endpoint(server, **settings), {"TEST_KEY": SECRET})(ASK)


HTML = Response("<html>Welcome</html>", 200, content_type="text/html")
BROKEN = answer('{"id": "c1", "choi')
BAD_GATEWAY = Response("<html>Bad gateway</html>", 502, content_type="text/html")
TABLE: dict[str, tuple[list[Response], str, int]] = {
    "401": ([error(401, "invalid_api_key")], "unauthorised", 1),
    "402": ([error(402)], "no_credit", 1),
    "403": ([error(403)], "forbidden", 1),
    "404": ([error(404, "model_not_found")], "not_found", 1),
    "400": ([error(400)], "bad_request", 1),
    "context": ([error(400, "context_length_exceeded")], "too_long", 1),
    "429": ([error(429), error(429)], "rate_limited", 2),
    "no credit": ([error(429, "insufficient_quota")], "no_credit", 1),
    "500": ([error(500), error(500)], "server_error", 2),
    "502 in HTML": ([BAD_GATEWAY, BAD_GATEWAY], "server_error", 2),
    "redirect": ([Response("", 307, {"location": "http://example.com/v1"})], "redirected", 1),
    "HTML with 200": ([HTML], "not_openai", 1),
    "a list": ([answer([1])], "not_openai", 1),
    "null message": ([answer({**completion(), "choices": [{"index": 0, "message": None}]})], "not_openai", 1),
    "broken JSON": ([BROKEN, BROKEN], "malformed", 2),
    "error with 200": ([answer({"error": {"message": "overloaded"}})], "error_answer", 1),
    "empty choices": ([answer({**completion(), "choices": []})], "no_choices", 1),
    "null choices": ([answer({**completion(), "choices": None})], "no_choices", 1),
    "another protocol": ([answer({"hello": "world"})], "no_choices", 1),
    "cut off": ([answer(completion("It ro", "length"))], "truncated", 1),
    "refusal": ([answer(completion(None, refusal="I cannot."))], "refusal", 1),
    "content filter": ([answer(completion("", "content_filter"))], "filtered", 1),
    "empty text": ([answer(completion(" \n"))], "empty", 1),
    "null text": ([answer(completion(None))], "empty", 1),
    "nothing but thoughts": ([answer(completion("<think>Hm. Hm"))], "empty", 1),
}


@pytest.mark.parametrize("case", TABLE)
def test_each_failure_has_a_name_and_says_what_to_do(server: HTTPServer, case: str) -> None:
    """One kind of error for all of them, with the tries it deserves and without the server's words or the key."""
    responses, reason, tries = TABLE[case]
    with pytest.raises(ModelError) as raised:
        ask(server, *responses, key_variable="TEST_KEY")
    assert (raised.value.reason, raised.value.tries) == (reason, tries)
    assert len(server.log) == tries
    assert raised.value.exit_code == 3
    told = "".join(traceback.format_exception(raised.value))
    assert SECRET not in told
    assert "\n" not in str(raised.value)
    assert str(raised.value).endswith(".")
    assert str(raised.value).count(". ") >= 1


def test_nothing_answers() -> None:
    """A port that was just free, and a name that is reserved for no host (RFC 2606)."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for url, reason in ((f"http://127.0.0.1:{port}/v1", "refused"), ("http://nowhere.invalid/v1", "unknown_host")):
        with pytest.raises(ModelError) as raised:
            connect(Endpoint(model="gpt-test", base_url=url, timeout=2.0), {})(ASK)
        assert raised.value.reason == reason
        assert url in str(raised.value)


@pytest.mark.slow
@pytest.mark.parametrize(("hangs_up", "reason"), [(False, "timeout"), (True, "dropped")])
def test_a_server_that_never_answers_is_tried_again(hangs_up: bool, reason: str) -> None:
    """One that takes the connection and stays silent, and one that hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
        if hangs_up:
            listener.settimeout(5)
            thread = threading.Thread(target=lambda: [listener.accept()[0].close() for _ in range(2)])
            thread.start()
        with pytest.raises(ModelError) as raised:
            connect(Endpoint(model="gpt-test", base_url=url, retries=1, pause=0.0, timeout=0.2), {})(ASK)
        if hangs_up:
            thread.join()
    assert (raised.value.reason, raised.value.tries) == (reason, 2)


def test_a_trickle_cannot_outlast_the_deadline(server: HTTPServer) -> None:
    """Three seconds of single bytes, each within the timeout of a read."""
    began = time.monotonic()
    with pytest.raises(ModelError) as raised:
        ask(server, Response(trickle(), content_type="application/json"), deadline=0.6)
    assert raised.value.reason == "deadline"
    assert time.monotonic() - began < 1.5


def test_the_deadline_is_for_the_whole_conversation(server: HTTPServer) -> None:
    """A second question gets what the first one left."""
    server.expect_request(PATH).respond_with_json(completion())
    chat = connect(endpoint(server, deadline=0.4), {})
    assert chat(ASK).text == "It rose."
    time.sleep(0.4)
    with pytest.raises(ModelError, match=r"does not finish within 0\.4 seconds"):
        chat(ASK)
    assert len(server.log) == 1


def test_an_answer_with_its_cost(server: HTTPServer) -> None:
    """Text, tokens and tries; the messages travel as they are."""
    reply = ask(server, error(503), answer(completion()))
    assert (reply.text, reply.tries) == ("It rose.", 2)
    assert reply.usage == Usage(input_tokens=12, output_tokens=34)
    body = server.log[-1][0].get_json()
    assert body["messages"] == [message.model_dump() for message in ASK]
    assert body["model"] == "gpt-test"


def test_unknown_usage_is_unknown(server: HTTPServer) -> None:
    """A server that counts no tokens; and one whose answer is cut off but counted."""
    assert ask(server, answer({**completion(), "usage": None})).usage == Usage()
    server.clear()
    with pytest.raises(ModelError) as raised:
        ask(server, answer(completion("It", "length")))
    assert raised.value.usage == Usage(input_tokens=12, output_tokens=34)


def test_the_wait_a_server_asks_for_is_capped(server: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """An hour is not waited for."""
    monkeypatch.setattr(models, "RETRY_AFTER_CAP", 0.01)
    assert ask(server, error(429, **{"Retry-After": "3600"}), answer(completion())).tries == 2


def test_a_key_travels_to_its_own_address_only(server: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the environment holds for OpenAI stays; neither URLs nor headers of it reach another endpoint."""
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID", "OPENAI_ADMIN_KEY"):
        monkeypatch.setenv(name, SECRET)
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", f"X-Extra: {SECRET}\nAuthorization: Bearer {SECRET}")
    monkeypatch.setenv("OPENAI_BASE_URL", server.url_for("/elsewhere"))
    monkeypatch.setenv("OPENAI_API_BASE", server.url_for("/elsewhere"))
    server.expect_request(PATH).respond_with_json(completion())
    connect(endpoint(server))(ASK)
    ((request, _),) = server.log
    assert request.headers["Authorization"] == "Bearer none"
    assert SECRET not in str(request.headers)
    monkeypatch.setenv("LOCAL_KEY", "local")
    connect(endpoint(server, key_variable="LOCAL_KEY"))(ASK)
    assert server.log[-1][0].headers["Authorization"] == "Bearer local"


@pytest.mark.parametrize(("url", "own"), [
    ("https://api.openai.com/v1", True), ("https://eu.api.openai.com/v1", True), ("https://API.OpenAI.com/v1", True),
    ("http://api.openai.com/v1", False), ("https://api.openai.com:8443/v1", False), ("https://openai.com/v1", False),
    ("https://api.openai.com.evil.example/v1", False), ("https://evilapi.openai.com.example/v1", False),
    ("http://localhost:11434/v1", False),
])  # fmt: skip
def test_which_addresses_get_the_key_of_openai(url: str, own: bool) -> None:
    """Its own host over TLS, regional ones included."""
    there = Endpoint(model="m", base_url=url)
    assert there.is_openai is own
    assert there.key({"OPENAI_API_KEY": SECRET}) == (SECRET if own else "none")
    if not own:
        with pytest.raises(InputError, match="goes to OpenAI's own address alone"):
            Endpoint(model="m", base_url=url, key_variable="OPENAI_API_KEY")


@pytest.mark.parametrize("environ", [{}, {"OPENAI_API_KEY": " "}])
def test_a_missing_key_is_wrong_input(environ: dict[str, str]) -> None:
    """Exit 2, before any connection, naming the variable; a variable of the settings as well."""
    with pytest.raises(InputError, match="OPENAI_API_KEY is not set") as raised:
        connect(Endpoint(model="gpt-test"), environ)
    assert raised.value.exit_code == 2
    with pytest.raises(InputError, match="MY_KEY is not set"):
        connect(Endpoint(model="m", base_url="http://localhost:1/v1", key_variable="MY_KEY"), environ)


@pytest.mark.parametrize("url", [
    "localhost:11434", "ftp://host/v1", "http://", "http://host:99999/v1", "https://user:pass@host/v1",
    "https://host/v1?key=abc", "",
])  # fmt: skip
def test_an_address_that_cannot_be_used(url: str) -> None:
    """Wrong input; a password in it is not repeated."""
    with pytest.raises(InputError, match="base URL of a model") as raised:
        Endpoint(model="m", base_url=url)
    assert "pass@" not in str(raised.value)


def test_this_machine_is_reached_without_a_proxy(server: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy of the environment is for other machines."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert ask(server, answer(completion())).text == "It rose."


def test_a_key_is_nowhere_to_be_read() -> None:
    """Not in the conversation's printed form, not in the endpoint that a run keeps."""
    chat = connect(Endpoint(model="m"), {"OPENAI_API_KEY": SECRET})
    assert SECRET not in f"{chat!r} {chat.endpoint.model_dump_json()}"


@pytest.fixture
def traced_environment(server: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An environment that switches tracing on, to the server."""
    from langsmith.utils import get_env_var

    for name, value in (("TRACING", "true"), ("API_KEY", "x"), ("ENDPOINT", server.url_for("/trace"))):
        monkeypatch.setenv(f"LANGSMITH_{name}", value)
    get_env_var.cache_clear()
    yield
    get_env_var.cache_clear()


@pytest.mark.usefixtures("traced_environment")
def test_prompts_go_to_the_endpoint_alone(server: HTTPServer) -> None:
    """Nothing is uploaded beside the call."""
    ask(server, answer(completion()))
    assert [request.path for request, _ in server.log] == [PATH]


@pytest.mark.usefixtures("traced_environment")
@pytest.mark.parametrize("asked_for", [False, True])
def test_tracing_is_on_where_it_is_asked_for(
    server: HTTPServer, monkeypatch: pytest.MonkeyPatch, asked_for: bool
) -> None:
    """What langsmith itself says in the middle of a call."""
    from langchain_core.messages import AIMessage
    from langsmith.utils import tracing_is_enabled

    seen = []

    class Model:
        async def ainvoke(self, _: object) -> AIMessage:
            seen.append(tracing_is_enabled())
            return AIMessage("It rose.")

    monkeypatch.setattr("langchain.chat_models.init_chat_model", lambda *_, **__: Model())
    assert ask(server, tracing=asked_for).text == "It rose."
    assert seen == [asked_for]


@pytest.mark.parametrize(("text", "bare"), [
    ("It rose.", "It rose."), ("It rose `2%`.", "It rose `2%`."), ("<think>never ends", ""),
    ("<think>Up?\nYes.</think>\n\nIt rose.", "It rose."), ("Up? Yes.</think>It rose.", "It rose."),
    ("<THINKING>a</THINKING>It rose.", "It rose."), ("```markdown\n# A\n\nB.\n```", "# A\n\nB."),
    ("Here it is:\n```\n# A\n```\nEnjoy!", "# A"), ("```md\n# A\n\nB.", "# A\n\nB."),
])  # fmt: skip
def test_reasoning_and_fences_are_taken_off(text: str, bare: str) -> None:
    """What is left is the article."""
    assert bare_text(text) == bare


def test_every_failure_can_be_put_into_words() -> None:
    """No sentence names something that nobody fills in."""
    known = dict.fromkeys(("model", "where", "key", "status", "seconds", "silence", "tries"), "x")
    for reason, failure in FAILURES.items():
        assert "{" not in failure.says.format(**known, rounds="x", finding="x", missing="x"), reason


WHOLE = {
    "proved at once": ([ARTICLE], "model"),
    "repaired": ([f"<think>Up.</think>```\n{ARTICLE}\n```", f"{SOARED}: {REPAIRED}"], "repaired"),
    "never right": ([ARTICLE, f"{SOARED}: It soared on.", f"{SOARED}: It soared off."], "fallback"),
}


@pytest.mark.parametrize("case", WHOLE)
def test_the_whole_way_over_the_wire(server: HTTPServer, sample_snapshot: Snapshot, case: str) -> None:
    """Draft, proof, repair and stand-in, with the model behind a real endpoint."""
    texts, outcome = WHOLE[case]
    for text in texts:
        server.expect_ordered_request(PATH).respond_with_json(completion(text))
    check = Rejects() if outcome == "model" else Rejects("soared")
    written = write_with_model(sample_snapshot, connect(endpoint(server), {}), check, write_template)
    server.check_assertions()
    assert written.outcome == outcome
    assert len(server.log) == len(texts)
    assert [attempt.usage.output_tokens for attempt in written.attempts][: len(texts)] == [34] * len(texts)
    assert (written.draft == TEMPLATE) == (outcome == "fallback")
    if outcome == "repaired":
        assert REPAIRED in written.draft.text


def test_a_dead_endpoint_leaves_the_template_writer(sample_snapshot: Snapshot) -> None:
    """One clear sentence says why."""
    chat = connect(Endpoint(model="llama", base_url="http://127.0.0.1:9/v1"), {})
    written = write_with_model(sample_snapshot, chat, Rejects(), write_template)
    assert (written.outcome, written.draft) == ("fallback", TEMPLATE)
    assert written.reason == (
        "Nothing answers at http://127.0.0.1:9/v1. Start the server of llama there, or correct --base-url."
    )
