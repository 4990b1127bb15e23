"""The front page of an outputs folder: every article by date and instrument, with its state and verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from pydantic import ValidationError

from pipeline.checking.verdict import Verdict
from pipeline.facts.units import WEEKDAYS, ap_date
from pipeline.publishing.disk import turn, write_file
from pipeline.publishing.markup import title_of
from pipeline.publishing.page import html
from pipeline.publishing.paths import article_folders, read_folder_name
from pipeline.publishing.record import Review, Run
from pipeline.publishing.store import ARTICLE, DRAFT, REVIEW, RUN, VERDICT, VERSIONS

INDEX = "index.html"
STATES = ("draft", "approved", "declined", "unreadable")
_HEAD = 4000
"""Characters of an article in which its headline is looked for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One article in the list. problem: why it cannot be read, else empty; then only the first four are set."""

    as_of: str
    symbol: str
    link: str
    status: str
    problem: str = ""
    number: int = 1
    headline: str = ""
    verdict: str = ""
    proved: int = 0
    findings: int = 0
    writer: str = ""
    outcome: str = ""
    edited: bool = False
    versions: int = 0


def write_index(outputs: Path) -> Path:
    """Make index.html anew from the folders. Raises InputError if the disk refuses."""
    with turn(outputs):
        write_file(outputs / INDEX, render_index(list(entries(outputs))))
    return outputs / INDEX


def render_index(articles: list[Entry]) -> bytes:
    """The page of some entries, which come grouped by date."""
    days = [(_day(day), list(group)) for day, group in groupby(articles, key=lambda entry: entry.as_of)]
    counts = {state: sum(entry.status == state for entry in articles) for state in STATES}
    return html(
        "index.html.j2", title="Technical Trader: articles", language="en", days=days, total=len(articles),
        counts={state: number for state, number in counts.items() if number},
    )  # fmt: skip


def entries(outputs: Path) -> Iterator[Entry]:
    """Every article of an outputs folder, the latest date first; one that cannot be read says why."""
    for folder in article_folders(outputs):
        symbol, number = read_folder_name(folder.name)
        as_of, link = folder.parent.name, f"{folder.parent.name}/{quote(folder.name)}/"
        try:
            yield _entry(folder, as_of, symbol, number, link)
        except ValidationError as error:
            fault = error.errors()[0]
            place = ".".join(map(str, fault["loc"])) or "the file"
            yield Entry(as_of, symbol, link, "unreadable", f"{error.title.lower()}.json: {place}: {fault['msg']}")
        except (OSError, ValueError) as error:
            reason = f"{Path(error.filename).name}: {error.strerror}" if isinstance(error, OSError) else str(error)
            yield Entry(as_of, symbol, link, "unreadable", reason)


def _entry(folder: Path, as_of: str, symbol: str, number: int, link: str) -> Entry:
    text = (folder / ARTICLE).read_bytes()
    run = Run.model_validate_json((folder / RUN).read_bytes())
    verdict = Verdict.model_validate_json((folder / VERDICT).read_bytes())
    review = Review.model_validate_json((folder / REVIEW).read_bytes()) if (folder / REVIEW).exists() else None
    versions = folder / VERSIONS
    return Entry(
        as_of, symbol, link, review.status if review else "draft", number=number,
        headline=title_of(text.decode("utf-8", "replace")[:_HEAD]), verdict=verdict.verdict, proved=verdict.proved,
        findings=len(verdict.findings), writer=run.writer, outcome=run.outcome,
        edited=text != (folder / DRAFT).read_bytes(),
        versions=sum(item.name.isdigit() for item in versions.iterdir()) if versions.is_dir() else 0,
    )  # fmt: skip


def _day(text: str) -> str:
    """A date as a heading: "Friday, Jan. 16, 2026"."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{WEEKDAYS[day.weekday()]}, {ap_date(day)}"
