"""The flow technical-trader: the stages of pipeline.production, each as a Prefect task.

    bars -> facts -> draft -> check -> chart -> publish

Addresses, keys and paths come from the settings and the environment of the process that runs the flow, never from
parameters, which a server keeps in plain text.
"""

from __future__ import annotations

import logging
import os
from contextvars import ContextVar
from datetime import date
from inspect import signature
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.logging.handlers import APILogWorker
from prefect.runtime import flow_run

from flows.server import temporary_server
from pipeline.production import P, Produced, Progress, R, Stage, produce
from pipeline.settings import Request, WriterName, load

WATCHER: ContextVar[Progress | None] = ContextVar("WATCHER", default=None)
"""Who is told of the stages of a direct run; a served one shows its tasks in the UI."""


def as_task(stage: Stage[P, R], subject: str, /, *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a stage as a task named after it and its subject. No cache: the same inputs may be asked for again."""
    step = task(name=stage.name, description=stage.doing, task_run_name=lambda: f"{stage.name} {subject}",
                cache_policy=NO_CACHE, persist_result=False)  # fmt: skip
    return step(stage.function)(*args, **kwargs)


def run_name() -> str:
    """The name of a run: the instrument and the session asked for."""
    given: dict[str, Any] = flow_run.parameters
    return f"{given.get('instrument') or 'article'} {given.get('as_of') or 'last session'}"


@flow(name="technical-trader", flow_run_name=run_name, persist_result=False)
def technical_trader(
    instrument: str | None = None,
    benchmark: str | None = None,
    as_of: date | None = None,
    source: str | None = None,
    writer: WriterName | None = None,
    model: str | None = None,
) -> Produced:
    """Write, prove and publish one article. What is left empty is as in the settings.

    Args:
        instrument: The symbol the article is about.
        benchmark: The symbol it is compared with, or none.
        as_of: The session, the last one held if empty.
        source: Where the bars come from: sample, csv or yahoo.
        writer: Who writes; auto is the model if one is named, else the template.
        model: The name of the model.
    """
    given = {"instrument": instrument, "benchmark": benchmark, "as_of": as_of, "source": source, "writer": writer,
             "model": model}  # fmt: skip
    return produce(load(given), run_stage=as_task, progress=WATCHER.get())


def parameters(request: Request) -> dict[str, Any]:
    """The parameters of a run of the flow that does a request; the rest of it goes by `Request.environment`."""
    values = request.model_dump(include=set(signature(technical_trader.fn).parameters))
    return values | {"benchmark": request.benchmark or "none"}


def run_flow(request: Request, progress: Progress) -> Produced:
    """Run the flow once in this process, on the server of PREFECT_API_URL or a temporary one.

    Raises what the stages raise, and UnreachableError without a server. Only a server's log gets a traceback.
    """
    os.environ.update(request.environment())
    for name in ("prefect.flow_runs", "prefect.task_runs", "prefect.engine"):
        logging.getLogger(name).propagate = False
    watcher = WATCHER.set(progress)
    try:
        with temporary_server():
            try:
                produced: Produced = technical_trader(**parameters(request))
                return produced
            finally:
                APILogWorker.drain_all(timeout=5)  # while the server is there
    finally:
        WATCHER.reset(watcher)
