"""The commands that read and explain: check, facts, rules. They import nothing heavy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.commands.console import say, tell

if TYPE_CHECKING:
    from pipeline.checking.seam import SecondReader
    from pipeline.facts.slots import Span
    from pipeline.facts.snapshot import Snapshot

REJECTED = 1
MANY = 20
"""Findings from which on a wrong snapshot is the likelier reason, where more fails than is proved."""
file = click.Path(path_type=Path)


@click.command()
@click.argument("article", type=file, required=False)
@click.option("--snapshot", "snapshot_file", type=file, metavar="FILE", help="[snapshot.json beside the article]")
@click.option("--spans", "spans_file", type=file, metavar="FILE", help="[spans.json beside the article, if there]")
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@click.option("--explain", is_flag=True, help="Show how each clause was read and judged, too.")
@click.option("--second-reader", metavar="MODEL", help="A model to read what could not be read, or none.  [none]")
@click.option(
    "--second-reader-url", metavar="URL", help="Where it answers: an address, or an endpoint of the settings."
)
@click.option(
    "--schema", is_flag=True, help="Write the JSON Schema of --format json to its file in the project instead."
)
def check(
    article: Path | None,
    snapshot_file: Path | None,
    spans_file: Path | None,
    form: str,
    explain: bool,
    schema: bool,
    **reading: str | None,
) -> int:
    """Prove every statement of an ARTICLE, or say what is wrong. Exits with 1 when it is rejected.

    ARTICLE is a Markdown file, the folder of one, or - for standard input.
    """
    from pipeline.checking import report

    if schema:
        say(report.write_schema())
        return 0
    if article is None:
        raise click.UsageError("Missing argument 'ARTICLE'.")
    from pipeline.checking.checker import examine
    from pipeline.commands.files import STDIN, name_of, read_article
    from pipeline.errors import InputError

    if article.is_dir():
        article = _article_of(article)
    if article == STDIN and snapshot_file is None:
        raise InputError("standard input has no snapshot.json beside it. Name one with --snapshot FILE.")
    text = read_article(article)
    facts = _snapshot(snapshot_file or article.with_name("snapshot.json"))
    beside = article.with_name("spans.json")
    spans_file = spans_file or (beside if article != STDIN and beside.exists() else None)
    spans = _spans(spans_file) if spans_file else ()
    judged = examine(text, facts, spans, second=_second_reader(reading))
    verdict, explanation = judged.verdict, None
    if not verdict.claims and not verdict.findings:
        raise InputError(
            f"{name_of(article)} needs statements to prove, such as a figure, a date or a direction; none was found. "
            f"Name an article about {' and '.join(one.name for one in facts.instruments)}."
        )
    if len(verdict.findings) > MANY and len(verdict.findings) > verdict.proved:
        tell(
            f"technical-trader: more fails than is proved. The snapshot is of {facts.primary.name} as of "
            f"{facts.as_of}; if the article is of another instrument or day, name its own with --snapshot FILE."
        )
    if verdict.second is not None:
        tell(f"technical-trader: {verdict.second.trouble}" if verdict.second.call.error else verdict.second.told)
    if explain:
        from pipeline.checking.explanation import explain as explain_judged

        explanation = explain_judged(judged)
    if form == "sarif":
        from pipeline.checking.sarif import as_sarif

        say(as_sarif(verdict, facts, str(article), text, explanation))
    elif form == "json":
        say(report.as_json(verdict, explanation))
    else:
        told = [report.explained(explanation, verdict.second), ""] if explanation else []
        say("\n".join([*told, report.as_text(verdict, str(article), text)]))
    return 0 if verdict.accepted else REJECTED


def _article_of(folder: Path) -> Path:
    """The article in a folder. Raises InputError where there is none."""
    from pipeline.errors import InputError, shown

    if not (folder / "article.md").exists():
        raise InputError(f"{shown(folder)} needs to be the folder of one article; it holds no article.md. Name one.")
    return folder / "article.md"


def _second_reader(options: dict[str, str | None]) -> SecondReader | None:
    """Who is asked about what was not read, by the options and the settings. Nothing heavy is imported for none."""
    from pipeline.settings import load

    request = load(options)
    if request.second_reader is None:
        return None
    from pipeline.production import second_reader

    return second_reader(request)


def _snapshot(path: Path) -> Snapshot:
    """The snapshot of a file. Raises InputError unless it is one that this version's checker can judge by."""
    from pipeline.commands.files import read_text
    from pipeline.errors import InputError, shown
    from pipeline.facts.catalogue import CATALOGUE_VERSION
    from pipeline.facts.snapshot import read_snapshot

    advice = "Name the file with --snapshot FILE; technical-trader snapshot prints one."
    snapshot = read_snapshot(read_text(path, advice), shown(path))
    if snapshot.catalogue_version != CATALOGUE_VERSION:
        raise InputError(
            f"{shown(path)} holds facts by version {shown(snapshot.catalogue_version)} of the catalogue of measures; "
            f"this program reads version {CATALOGUE_VERSION}. Make it again with technical-trader snapshot."
        )
    return snapshot


def _spans(path: Path) -> tuple[Span, ...]:
    from pipeline.commands.files import read_text
    from pipeline.errors import shown
    from pipeline.facts.slots import read_spans

    return read_spans(read_text(path, "Name the file with --spans FILE."), shown(path))


@click.command()
@click.argument("name", required=False)
@click.option("--write", is_flag=True, help="Write docs/facts.md in the project instead.")
def facts(name: str | None, write: bool) -> int:
    """Print the catalogue of measures: name, unit, meaning, convention and source; or the page of the measure NAME."""
    from pipeline.facts import glossary

    say(glossary.write() if write else glossary.page(name) if name else glossary.listing())
    return 0


@click.command()
@click.argument("name", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--write", is_flag=True, help="Write docs/rules.md in the project, and what it is made of, instead.")
def rules(name: str | None, form: str, write: bool) -> int:
    """Print the checker's rules, or the page of the rule NAME, by name or code."""
    from pipeline.checking import handbook

    if write:
        from pipeline.production import compute_facts, read_bars
        from pipeline.settings import Request

        say(handbook.write(compute_facts(read_bars(Request.model_validate({})))))
    elif form == "json":
        say(handbook.as_json((handbook.find(name),)) if name else handbook.as_json())
    else:
        say(handbook.page(handbook.find(name)) if name else handbook.listing())
    return 0
