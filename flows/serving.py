"""Serving the flow: on a schedule and for runs from the Prefect UI, with a server of its own if none is named."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

from prefect.runner import Runner
from prefect.schedules import Cron, Schedule
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.types.entrypoint import EntrypointType

from flows.server import pages, server
from flows.technical_trader import parameters, technical_trader
from pipeline.errors import InputError
from pipeline.settings import Request

DEPLOYMENT = "after-the-close"
ZONE = "America/New_York"


def serve_flow(request: Request, cron: str, tell: Callable[[str], None]) -> None:
    """Serve the flow with the request's values as defaults until interrupted or terminated.

    cron: when it runs, New York time. Raises InputError for a schedule that is none, UnreachableError without a server.
    """
    schedule = _schedule(cron)
    os.environ.update(request.environment())  # a run is a process of its own and reads its settings again
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)
    with server(tell) as api, temporary_settings({PREFECT_API_URL: api}):
        deployment = technical_trader.to_deployment(
            DEPLOYMENT,
            schedule=schedule,
            parameters=parameters(request),
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        tell(
            f"serving {technical_trader.name}/{DEPLOYMENT} at {pages(api)}, and at {cron} New York time; Ctrl-C ends it"
        )
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
