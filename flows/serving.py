"""Serving the flow: on a schedule and for runs from the Prefect UI, with a server of its own if none is named."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress

from prefect.runner import Runner
from prefect.schedules import Cron, Schedule
from prefect.types.entrypoint import EntrypointType

from flows.server import interrupt, lasting_server
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
    with lasting_server() as api:
        deployment = technical_trader.to_deployment(
            DEPLOYMENT,
            schedule=schedule,
            parameters=parameters(request),
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        tell(f"serving {technical_trader.name}/{DEPLOYMENT} at {cron} New York time; Ctrl-C ends it")
        tell(f"runs can be started and watched at {api.removesuffix('/api')}")
        runner = Runner(pause_on_shutdown=False)
        runner.handle_sigterm = interrupt  # type: ignore[method-assign]  # its own never awaits the end
        runner.add_deployment(deployment)  # type: ignore[arg-type]
        with suppress(KeyboardInterrupt):
            asyncio.run(runner.start())


def _schedule(cron: str) -> Schedule:
    try:
        return Cron(cron, timezone=ZONE)
    except ValueError:
        raise InputError(f"--at needs five fields of cron, such as 30 16 * * 1-5; found {cron!r}.") from None
