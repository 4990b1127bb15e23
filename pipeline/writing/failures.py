"""The failures of a model, each with what a person can do about it and whether another try can mend it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """says: one line for people, filled in with the {model}, {where} it answers, and what the reason is about."""

    says: str
    retry: bool = False


FAILURES: dict[str, Failure] = {
    "refused": Failure("Nothing answers at {where}. Start the server of {model} there, or correct --base-url."),
    "unknown_host": Failure("The host of {where} is not known. Correct --base-url, or check the network."),
    "certificate": Failure("The certificate of {where} is not trusted here. Correct --base-url, or trust it."),
    "dropped": Failure(
        "The connection to {where} broke before an answer came ({tries}). Check the network, or run again.", retry=True
    ),
    "unauthorised": Failure("{where} does not accept {key} (401). Set a key that is valid there."),
    "forbidden": Failure("{where} does not allow {key} to use {model} (403). Name a model that the key may use."),
    "not_found": Failure(
        "{where} knows no model {model}, or is not where the API begins (404). Correct --model, or --base-url, which "
        "often ends in /v1."
    ),
    "too_long": Failure("What it is told is too long for {model} at {where}. Name a model with a larger context."),
    "bad_request": Failure(
        "{where} does not accept the request ({status}). Check --model, and that the endpoint speaks chat completions."
    ),
    "rate_limited": Failure("{where} limits the rate of calls ({tries}). Wait, then run again.", retry=True),
    "no_credit": Failure("{where} reports no credit for {key}. Add some, or name another endpoint."),
    "redirected": Failure("{where} sends the call to another address ({status}). Put that address in --base-url."),
    "server_error": Failure("{where} fails with status {status} ({tries}). Run again later.", retry=True),
    "timeout": Failure(
        "{where} is silent for {silence} seconds ({tries}). Raise the timeout in the settings, or name a faster model.",
        retry=True,
    ),
    "deadline": Failure(
        "{model} at {where} does not finish within {seconds} seconds ({tries}). Raise the deadline in the settings, or "
        "name a faster model."
    ),
    "not_openai": Failure(
        "{where} answers with something other than a chat completion. Correct --base-url, which often ends in /v1."
    ),
    "malformed": Failure("{where} answers with broken JSON ({tries}). Run again, or check the server.", retry=True),
    "error_answer": Failure("{where} answers with an error in place of text. Look at the log of the server."),
    "no_choices": Failure("{where} answers without any choice of text. Check --model and the log of the server."),
    "truncated": Failure("{model} stops before its answer ends. Raise its limit of tokens, or name another model."),
    "refusal": Failure("{model} declines to answer. Name another model."),
    "filtered": Failure("A content filter at {where} stops the answer. Name another model or endpoint."),
    "empty": Failure("{model} answers with no text. Name another model."),
    "unproved": Failure(
        "{model} gives no article that the checker accepts after {rounds}; its first finding: {finding}. Run again, or "
        "name a stronger model."
    ),
    "repeated": Failure(
        "{model} repeats a draft that is not proved after {rounds}; its first finding: {finding}. Run again, or name a "
        "stronger model."
    ),
    "incomplete": Failure("{model} gives an article without {missing}. Run again, or name a stronger model."),
}

BY_STATUS = {401: "unauthorised", 402: "no_credit", 403: "forbidden", 404: "not_found", 408: "timeout", 413: "too_long"}
BY_CODE = {"insufficient_quota": "no_credit", "context_length_exceeded": "too_long", "model_not_found": "not_found"}


def reason_of_status(status: int, code: object = None) -> str:
    """The reason behind an HTTP status and the `code` of the error in its body, if any."""
    if isinstance(code, str) and code in BY_CODE:
        return BY_CODE[code]
    if status in BY_STATUS:
        return BY_STATUS[status]
    if status == 429:
        return "rate_limited"
    if status >= 500:
        return "server_error"
    return "redirected" if 300 <= status < 400 else "bad_request"
