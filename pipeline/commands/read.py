"""The commands that read and explain: check, facts, rules. They import nothing heavy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.commands.console import say, tell

if TYPE_CHECKING:
    from pipeline.checking.seam import SecondReader

REJECTED = 1
file = click.Path(path_type=Path)


@click.command()
@click.argument("article", type=file)
@click.option("--snapshot", "snapshot_file", type=file, metavar="FILE", help="[snapshot.json beside the article]")
@click.option("--spans", "spans_file", type=file, metavar="FILE", help="[spans.json beside the article, if there]")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--explain", is_flag=True, help="show how each clause was read instead")
@click.option("--second-reader", metavar="MODEL", help="A model to read what could not be read, or none.  [none]")
@click.option(
    "--second-reader-url", metavar="URL", help="Where it answers: an address, or an endpoint of the settings."
)
def check(
    article: Path, snapshot_file: Path | None, spans_file: Path | None, form: str, explain: bool, **reading: str | None
) -> int:
    """Prove every statement of an ARTICLE, or say what is wrong. Exits with 1 when it is rejected."""
    from pipeline.checking.checker import check as judge
    from pipeline.checking.report import as_json, as_text
    from pipeline.checking.report import explain as explained
    from pipeline.errors import InputError, shown
    from pipeline.facts.slots import read_spans
    from pipeline.facts.snapshot import read_snapshot

    article = article / "article.md" if article.is_dir() else article
    text = _article(article)
    snapshot_file = snapshot_file or article.with_name("snapshot.json")
    facts = read_snapshot(_read(snapshot_file, "--snapshot"), str(snapshot_file))
    beside = article.with_name("spans.json")
    spans_file = spans_file or (beside if beside.exists() else None)
    spans = read_spans(_read(spans_file, "--spans"), str(spans_file)) if spans_file else ()
    verdict = judge(text, facts, spans, second=_second_reader(reading))
    if verdict.second is not None:
        tell(f"technical-trader: {verdict.second.trouble}" if verdict.second.call.error else verdict.second.told)
    if explain:
        say(explained(text, facts, verdict.second))
    elif not verdict.claims and not verdict.findings:
        raise InputError(f"{shown(article)} needs statements to prove; none was found in it. Name an article.")
    else:
        say(as_json(verdict) if form == "json" else as_text(verdict, article.name, text))
    return 0 if verdict.accepted else REJECTED


def _second_reader(options: dict[str, str | None]) -> SecondReader | None:
    """Who is asked about what was not read, by the options and the settings. Nothing heavy is imported for none."""
    from pipeline.settings import load

    request = load(options)
    if request.second_reader is None:
        return None
    from pipeline.production import second_reader

    return second_reader(request)


def _article(path: Path) -> str:
    """The text of an article. Raises InputError if it is a page or empty: neither can be proved."""
    from pipeline.errors import InputError, shown

    text = _read(path)
    if path.suffix.lower() in (".html", ".htm") or text.lstrip()[:9].lower() == "<!doctype":
        raise InputError(f"{shown(path)} is a page, not a text. Check the article.md beside it.")
    if not text.strip():
        raise InputError(f"{shown(path)} needs a text to prove; it is empty. Name an article.")
    return text


def _read(path: Path, option: str = "") -> str:
    """The text of a file, byte for byte. Raises InputError with what to do."""
    from pipeline.errors import InputError, shown

    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(f"{shown(path)} needs to be text in UTF-8; found {error.reason} at byte {error.start}. "
                         "Save it as UTF-8.") from None  # fmt: skip
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        advice = f"Name the file with {option} FILE." if option else "Name an article, such as outputs/.../article.md."
        raise InputError(f"{shown(path)} cannot be read: {reason}. {advice}") from None


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
def rules(name: str | None) -> int:
    """Print the checker's rules, or the page of the rule NAME."""
    from pipeline.checking.report import rule_catalogue

    say(rule_catalogue(name))
    return 0
