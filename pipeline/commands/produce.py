"""The commands that make something: write, run, snapshot, serve."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from pipeline.commands.console import say, stopwatch, tell

if TYPE_CHECKING:
    from pipeline.production import Produced

Command = TypeVar("Command", bound=Callable[..., Any])


def _options(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    def add(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


folder = click.Path(path_type=Path)

bars_options = _options(
    click.option("--instrument", metavar="SYMBOL", help="What the article is about.  [IXIC]"),
    click.option("--benchmark", metavar="SYMBOL", help="What it is compared with, or none.  [SPX]"),
    click.option("--source", metavar="NAME",
                 help="Where bars come from: sample, csv or yahoo.  [sample, csv with --data]"),
    click.option("--data", type=folder, metavar="DIR", help="The folder of SYMBOL.csv of source csv."),
    click.option("--notes", type=folder, metavar="FILE", help="Sourced statements, a .yaml or .toml file."),
    click.option("--cache", type=folder, metavar="DIR",
                 help="The folder for what source yahoo fetched.  [the system's for caches]"),
    click.option("--accept", metavar="SYMBOL:DATE,...", multiple=True, callback=lambda *given: given[2] or None,
                 help="Sessions a person has looked at, that would hold the article."),
)  # fmt: skip
as_of_option = click.option("--as-of", metavar="DATE", help="The session, as YYYY-MM-DD.  [the last one held]")
article_options = _options(
    bars_options,
    click.option("--writer", metavar="NAME", help="auto (the model if one is named), template or model.  [auto]"),
    click.option("--model", metavar="NAME", help="The model that writes."),
    click.option("--base-url", metavar="URL", help="Where it answers: an address, or an endpoint of the settings."),
    click.option("--second-reader", metavar="MODEL",
                 help="A model that reads what the checker could not, in the model's drafts, or none.  [none]"),
    click.option("--second-reader-url", metavar="URL", help="Where that one answers.  [as --base-url]"),
    click.option("--fallback/--no-fallback", default=None,
                 help="Whether the template stands in for a model that gives no article.  [fallback]"),
    click.option("--outputs", type=folder, metavar="DIR", help="The folder of articles.  [outputs]"),
)  # fmt: skip


@click.command()
@article_options
@as_of_option
def write(**options: Any) -> int:
    """Write one article, prove it and publish it, in this process."""
    from pipeline.production import produce
    from pipeline.settings import load

    return _report(produce(load(options), progress=stopwatch()))


@click.command()
@article_options
@as_of_option
def run(**options: Any) -> int:
    """Do what write does, as a run of the Prefect flow.

    Uses the server of PREFECT_API_URL, or a temporary one that needs some seconds to start.
    """
    from pipeline.settings import load

    request, progress = load(options), stopwatch()
    progress("prefect", "start Prefect, which takes some seconds")
    from flows.technical_trader import run_flow

    return _report(run_flow(request, progress))


@click.command()
@bars_options
@as_of_option
@click.option("--schema", is_flag=True, help="Write the JSON Schema of snapshots to its file in the project instead.")
def snapshot(schema: bool, **options: Any) -> int:
    """Print the snapshot, every fact an article may state, as JSON."""
    if schema:
        from pipeline.facts.build import SCHEMA_FILE, write_schema

        write_schema()
        say(SCHEMA_FILE)
        return 0
    from pipeline.production import compute_facts, read_bars
    from pipeline.settings import load

    loaded = read_bars(load(options))
    _tell_all(loaded.told)
    say(compute_facts(loaded).model_dump_json(indent=2))
    return 0


@click.command()
@article_options
@click.option("--at", "cron", metavar="CRON", default="30 16 * * 1-5", help="When, in New York.  [30 16 * * 1-5]")
def serve(cron: str, **options: Any) -> int:
    """Serve the flow: after each close, and for runs from the UI.

    Runs on weekdays after the New York close; what a run is asked for otherwise is given in the Prefect UI. Uses the
    server of PREFECT_API_URL or the one at http://127.0.0.1:4200, else starts one there that ends with this command.
    """
    from pipeline.production import read_bars
    from pipeline.settings import load

    request = load(options)
    _tell_all(read_bars(request).told)  # so that a request that cannot be done is told now, not after the close
    tell("starting Prefect, which takes some seconds")
    from flows.serving import serve_flow

    serve_flow(request, cron, tell)
    return 0


def _tell_all(remarks: Iterable[str]) -> None:
    """What a source says of the bars, a line each."""
    for remark in remarks:
        tell(f"technical-trader: {remark}")


def _report(produced: Produced) -> int:
    """Print the result of a run and give its exit code."""
    written, folder = produced.written, produced.folder
    verdict = written.verdict
    _tell_all(produced.told)
    say(f"article   {folder / 'article.md'}")
    say(f"page      {folder / 'article.html'}")
    say(f"verdict   {verdict.verdict}: {verdict.proved} of {len(verdict.claims)} claims proved")
    say(f"writer    {written.draft.writer} ({written.outcome})")
    if verdict.second is not None and verdict.second.call.error:
        tell(f"technical-trader: {verdict.second.trouble}")
    if written.outcome == "fallback":
        tell(f"technical-trader: the template writer stood in. {written.reason}")
    if produced.kept:
        tell(
            f"technical-trader: a person has worked on this article, so it stays as it is; the verdict is of "
            f"draft.md beside it. Prove the text as it stands with: technical-trader check {folder / 'article.md'}"
        )
    return 0
