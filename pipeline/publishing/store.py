"""The articles on disk: put there whole, never over one that a person has worked on.

A folder holds the current article and, in `versions/N/`, the earlier ones. The same article again changes nothing. An
article that a person edited (article.md is no longer draft.md), approved or declined (review.json is there) stays;
the new one is written beside it as `<instrument>.2`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

from pipeline.publishing.disk import link_tree, recover, staged, swap, sync_folder, turn, write_tree
from pipeline.publishing.paths import article_folder

ARTICLE, DRAFT, PAGE, CHART = "article.md", "draft.md", "article.html", "chart.svg"
SNAPSHOT, SPANS, VERDICT, RUN, REVIEW = "snapshot.json", "spans.json", "verdict.json", "run.json", "review.json"
ATTEMPTS, VERSIONS = "attempts", "versions"


@dataclass(frozen=True, slots=True)
class Article:
    """What is written: the bytes of each file by its name in the folder ("article.md", "attempts/0.md")."""

    as_of: date
    symbol: str
    files: Mapping[str, bytes]


def publish(article: Article, outputs: Path) -> Path:
    """Write an article and give its folder, which is the one already there if it holds the same.

    Raises InputError if the disk refuses; then nothing has changed.
    """
    day = article_folder(outputs, article.as_of, article.symbol).parent
    with turn(outputs):
        day.mkdir(exist_ok=True)
        try:
            recover(day)
            for number in count(1):
                folder = article_folder(outputs, article.as_of, article.symbol, number)
                if _same(folder, article) or _put(article.files, folder):
                    break
        finally:
            with suppress(OSError):
                recover(day)
                day.rmdir()  # only an empty one goes
    return folder


def touched(folder: Path) -> bool:
    """Whether a person edited, approved or declined an article."""
    text = _read(folder / ARTICLE)
    return (folder / REVIEW).exists() or (text is not None and text != _read(folder / DRAFT))


def _same(folder: Path, article: Article) -> bool:
    """Whether a folder holds what the run made; of a touched one, only what the machine wrote is compared."""
    names = (DRAFT, SNAPSHOT) if touched(folder) else tuple(name for name in article.files if name != RUN)
    return all(_read(folder / name) == article.files.get(name) for name in names)


def _put(files: Mapping[str, bytes], folder: Path) -> bool:
    """Put files in a folder's place, what was there among its versions. False if a person has worked on it."""
    if touched(folder):
        return False
    new = staged(folder)
    write_tree(new, files)
    if not folder.exists():
        os.rename(new, folder)
        sync_folder(folder.parent)
        return True
    _keep_versions(folder, new)
    swap(new, folder)
    if touched(new):  # edited while we wrote
        swap(new, folder)
        return False
    return True


def _keep_versions(folder: Path, new: Path) -> None:
    """Give a new folder the versions of the old one, and the old one itself as the latest of them."""
    versions = new / VERSIONS
    versions.mkdir()
    if (folder / VERSIONS).is_dir():
        link_tree(folder / VERSIONS, versions)
    latest = max((int(item.name) for item in versions.iterdir() if item.name.isdigit()), default=0)
    link_tree(folder, versions / str(latest + 1), VERSIONS)


def _read(path: Path) -> bytes | None:
    """A file's bytes, None if there is none."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
