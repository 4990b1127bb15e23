"""The Prefect server a command talks to: the one named by PREFECT_API_URL, one that runs here, or one of its own."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

from prefect.settings import PREFECT_API_URL, PREFECT_SERVER_API_HOST, PREFECT_SERVER_API_PORT

from pipeline.errors import UnreachableError

PATIENCE = 90.0  # seconds for a server to come up on a cold disk


def named_server() -> str | None:
    """The address of the API of PREFECT_API_URL, if it is set. Raises UnreachableError if nothing answers there."""
    named: str | None = PREFECT_API_URL.value()
    if named and not _healthy(named):
        raise UnreachableError(f"no Prefect server answers at {named}. Start it, or unset PREFECT_API_URL.")
    return named


@contextmanager
def server(tell: Callable[[str], None]) -> Iterator[str]:
    """The address of a server's API; a server that had to be started ends with the context."""
    host, port = PREFECT_SERVER_API_HOST.value(), PREFECT_SERVER_API_PORT.value()
    here = f"http://{host}:{port}/api"
    if running := named_server() or (here if _healthy(here) else None):
        yield running
        return
    tell(f"starting a Prefect server at {pages(here)}")
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", host, "--port", str(port)]
    # In a session of its own, so that Ctrl-C reaches us alone and the last words of a run still find the server.
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        _wait(process, here)
        yield here
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def pages(api: str) -> str:
    """The address of the UI of a server's API."""
    return api.removesuffix("/api")


def _wait(process: subprocess.Popen[bytes], api: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not _healthy(api):
        if process.poll() is not None:
            raise UnreachableError(
                f"a Prefect server at {api} ended with code {process.returncode}. Free the port, name another with "
                "PREFECT_SERVER_API_PORT, or name a running server with PREFECT_API_URL."
            )
        if time.monotonic() > deadline:
            raise UnreachableError(f"a Prefect server at {api} did not answer within {PATIENCE:g} s. Run it again.")
        time.sleep(0.25)


def _healthy(api: str) -> bool:
    try:
        with urlopen(f"{api}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError, ValueError):
        return False
