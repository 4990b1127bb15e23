"""The Prefect server a command talks to: the one named by PREFECT_API_URL, one that runs here, or one of its own.

A server of our own is a process in a session of its own: Ctrl-C reaches us alone, so that the last words of a run still
find the server, which then ends with us.
"""

from __future__ import annotations

import logging
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from urllib.error import URLError
from urllib.request import urlopen

from prefect.settings import (
    PREFECT_API_URL,
    PREFECT_SERVER_API_HOST,
    PREFECT_SERVER_API_PORT,
    PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS,
    temporary_settings,
)

from pipeline.errors import UnreachableError


@contextmanager
def temporary_server() -> Iterator[str]:
    """The address of the API of the server named, or of one without pages that ends with the context."""
    with _interruptible():
        if api := _named():
            yield api
            return
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with _started("127.0.0.1", port, "--no-ui") as api:
            yield api


@contextmanager
def lasting_server() -> Iterator[str]:
    """The address of the API of the server named, of one that runs here, or of one with pages that ends with us."""
    with _interruptible():
        host, port = PREFECT_SERVER_API_HOST.value(), PREFECT_SERVER_API_PORT.value()
        here = f"http://{host}:{port}/api"
        if api := _named() or (here if _healthy(here) else None):
            with temporary_settings({PREFECT_API_URL: api}):
                yield api
            return
        with _started(host, port) as api:
            yield api


def interrupt(_number: int, _frame: FrameType | None) -> None:
    """A signal's handler: end what was started, quietly, for what asyncio cancels on the way is no error."""
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    raise KeyboardInterrupt


@contextmanager
def _interruptible() -> Iterator[None]:
    """End on SIGTERM as on Ctrl-C."""
    before = {number: signal.signal(number, interrupt) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _named() -> str | None:
    named: str | None = PREFECT_API_URL.value()
    if named and not _healthy(named):
        raise UnreachableError(f"no Prefect server answers at {named}. Start it, or unset PREFECT_API_URL.")
    return named


@contextmanager
def _started(host: str, port: int, *options: str) -> Iterator[str]:
    api = f"http://{host}:{port}/api"
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", host, "--port", str(port), *options]
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(process, api)
        with temporary_settings({PREFECT_API_URL: api}):
            yield api
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], api: str) -> None:
    patience = PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS.value()
    deadline = time.monotonic() + patience
    while not _healthy(api):
        if process.poll() is not None:
            raise UnreachableError(
                f"a Prefect server at {api} ended with code {process.returncode}. Free the port, name another with "
                "PREFECT_SERVER_API_PORT, or name a running server with PREFECT_API_URL."
            )
        if time.monotonic() > deadline:
            raise UnreachableError(
                f"a Prefect server at {api} did not answer within {patience} s. Run again, raise "
                "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS, or use technical-trader write, which needs none."
            )
        time.sleep(0.1)


def _healthy(api: str) -> bool:
    try:
        with urlopen(f"{api}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError, ValueError):
        return False
