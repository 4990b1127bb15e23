"""Serving the flow: on a schedule and for runs from the Prefect UI, with a server of its own if none is named."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from urllib.error import URLError
from urllib.request import urlopen

from prefect.runner import Runner
from prefect.schedules import Cron, Schedule
from prefect.settings import PREFECT_API_URL, PREFECT_SERVER_API_HOST, PREFECT_SERVER_API_PORT, temporary_settings
from prefect.types.entrypoint import EntrypointType

from flows.technical_trader import parameters, technical_trader
from pipeline.errors import InputError, UnreachableError
from pipeline.settings import Request

DEPLOYMENT = "after-the-close"
ZONE = "America/New_York"
PATIENCE = 90.0  # seconds for a server to come up on a cold disk

Tell = Callable[[str], None]


def serve_flow(request: Request, cron: str, tell: Tell) -> None:
    """Serve the flow with the request's values as defaults until interrupted or terminated.

    cron: when it runs, New York time. Raises InputError for a schedule that is none, UnreachableError without a server.
    """
    schedule = _schedule(cron)
    os.environ.update(request.environment())  # a run is a process of its own and reads its settings again
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)
    with _server(tell) as api, temporary_settings({PREFECT_API_URL: api}):
        deployment = technical_trader.to_deployment(
            DEPLOYMENT,
            schedule=schedule,
            parameters=parameters(request),
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        tell(f"serving {technical_trader.name}/{DEPLOYMENT} at {_ui(api)}, and at {cron} New York time; Ctrl-C ends it")
        runner = Runner(pause_on_shutdown=False)
        runner.handle_sigterm = _end  # type: ignore[method-assign]  # its own never awaits the end
        runner.add_deployment(deployment)  # type: ignore[arg-type]
        with suppress(KeyboardInterrupt):
            asyncio.run(runner.start())


def _schedule(cron: str) -> Schedule:
    try:
        return Cron(cron, timezone=ZONE)
    except ValueError:
        raise InputError(f"--at needs five fields of cron, such as 30 16 * * 1-5; found {cron!r}.") from None


def _end(_number: int, _frame: FrameType | None) -> None:
    """End what was started, quietly: what asyncio cancels on the way is no error."""
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    raise KeyboardInterrupt


@contextmanager
def _server(tell: Tell) -> Iterator[str]:
    """The address of a running server's API: the one named, one already running here, or one that ends with us."""
    if named := PREFECT_API_URL.value():
        if not _healthy(named):
            raise UnreachableError(f"no Prefect server answers at {named}. Start it, or unset PREFECT_API_URL.")
        yield named
        return
    host, port = PREFECT_SERVER_API_HOST.value(), PREFECT_SERVER_API_PORT.value()
    api = f"http://{host}:{port}/api"
    if _healthy(api):
        yield api
        return
    tell(f"starting a Prefect server at {_ui(api)}")
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", host, "--port", str(port)]
    # A session of its own: Ctrl-C reaches us alone, and the server outlives the last word of a run.
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        deadline = time.monotonic() + PATIENCE
        while not _healthy(api):
            if server.poll() is not None:
                raise UnreachableError(
                    f"a Prefect server at {api} ended with code {server.returncode}. Free the port, name another with "
                    "PREFECT_SERVER_API_PORT, or name a running server with PREFECT_API_URL."
                )
            if time.monotonic() > deadline:
                raise UnreachableError(f"a Prefect server at {api} did not answer within {PATIENCE:g} s. Try again.")
            time.sleep(0.25)
        yield api
    finally:
        server.terminate()
        try:
            server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _healthy(api: str) -> bool:
    try:
        with urlopen(f"{api}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError, ValueError):
        return False


def _ui(api: str) -> str:
    return api.removesuffix("/api")
