"""Articles on disk: whole or not at all, once each, and never over a person's work."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from stories import tree

from pipeline.errors import InputError
from pipeline.publishing import disk
from pipeline.publishing.store import Article, publish, touched

DAY = date(2026, 1, 16)
STEPS = ("mkdir", "open", "fsync", "link", "rename", "replace")
CLEANING = ("unlink", "rmdir")


def article(text: str, when: str = "t1", symbol: str = "RUT") -> Article:
    files = {"article.md": text.encode(), "draft.md": text.encode(), "snapshot.json": f"s {text}".encode(),
             "run.json": when.encode(), "attempts/1-draft.md": b"a"}  # fmt: skip
    return Article(DAY, symbol, files)


def current(folder: Path) -> dict[str, bytes]:
    """The article's own files, without its versions."""
    return {name: data for name, data in tree(folder).items() if not name.startswith("versions")}


def leftovers(outputs: Path) -> list[str]:
    return [path.name for path in outputs.rglob(".*") if path.name != ".lock"]


def test_an_article_is_written_whole(tmp_path: Path) -> None:
    folder = publish(article("one"), tmp_path / "new" / "outputs")
    assert folder == tmp_path / "new/outputs/2026-01-16/RUT"
    assert tree(folder) == dict(article("one").files)
    assert not leftovers(tmp_path)


def test_the_same_again_changes_nothing_even_at_another_time(tmp_path: Path) -> None:
    folder = publish(article("one"), tmp_path)
    before = (folder / "article.md").stat()
    assert publish(article("one", when="t2"), tmp_path) == folder
    assert tree(folder) == dict(article("one").files)
    assert (folder / "article.md").stat() == before


def test_another_article_keeps_the_earlier_ones(tmp_path: Path) -> None:
    for text in ("one", "two", "three"):
        folder = publish(article(text), tmp_path)
        (folder / "mine.txt").write_text(f"beside {text}")
    assert current(folder) == {**article("three").files, "mine.txt": b"beside three"}
    assert current(folder / "versions/1") == {**article("one").files, "mine.txt": b"beside one"}
    assert current(folder / "versions/2") == {**article("two").files, "mine.txt": b"beside two"}
    assert sorted(path.name for path in (folder / "versions").iterdir()) == ["1", "2"]
    assert not leftovers(tmp_path)


def edit(folder: Path) -> None:
    (folder / "article.md").write_text("one, as I would say it")


def approve(folder: Path) -> None:
    (folder / "review.json").write_text('{"status": "approved"}')


@pytest.mark.parametrize("work", [edit, approve])
def test_a_persons_work_stays_and_the_new_stands_beside(work: Callable[[Path], None], tmp_path: Path) -> None:
    folder = publish(article("one"), tmp_path)
    assert not touched(folder)
    work(folder)
    assert touched(folder)
    kept = tree(folder)
    assert publish(article("one", when="t2"), tmp_path) == folder  # what the machine made is there already
    beside = publish(article("two"), tmp_path)
    assert beside.name == "RUT.2"
    assert publish(article("two"), tmp_path) == publish(article("three"), tmp_path) == beside
    assert current(beside) == dict(article("three").files)
    assert current(beside / "versions/1") == dict(article("two").files)
    work(beside)
    assert publish(article("four"), tmp_path).name == "RUT.3"
    assert tree(folder) == kept


def test_an_edit_while_we_write_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = publish(article("one"), tmp_path)
    exchange = disk.swap

    def slow(new: Path, old: Path) -> None:
        if not touched(folder) and not touched(new):
            edit(folder)
        exchange(new, old)

    monkeypatch.setattr("pipeline.publishing.store.swap", slow)
    assert publish(article("two"), tmp_path).name == "RUT.2"
    assert (folder / "article.md").read_text() == "one, as I would say it"
    assert not (folder / "versions").exists()
    assert not leftovers(tmp_path)


class Trip:
    """Counts the calls that change the disk and does something at one of them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, names: Sequence[str], at: int, act: Callable[[], None]):
        self.calls = 0

        def trap(real: Callable[..., Any]) -> Callable[..., Any]:
            def call(*args: Any, **kwargs: Any) -> Any:
                self.calls += 1
                if self.calls == at:
                    act()
                return real(*args, **kwargs)

            return call

        for name in names:
            if name == "open":
                monkeypatch.setattr(disk, "open", trap(open), raising=False)
            else:
                monkeypatch.setattr(os, name, trap(getattr(os, name)))
        monkeypatch.setattr(disk, "_exchange", trap(disk._exchange))


def without_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "_exchange", lambda _one, _other: False)


def steps(monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...], tmp_path: Path) -> int:
    """How many steps the second article takes."""
    publish(article("one"), tmp_path / "count")
    with monkeypatch.context() as patched:
        trip = Trip(patched, names, -1, lambda: None)
        publish(article("two"), tmp_path / "count")
    assert trip.calls > 20
    return trip.calls


@pytest.fixture(params=[True, False], ids=["exchange", "two renames"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """A system that can exchange two folders in one step, and one that cannot."""
    if not request.param:
        without_exchange(monkeypatch)
    return bool(request.param)


def whole(folder: Path) -> str:
    """Which article a folder holds; fails if it is neither the old nor the new one, whole."""
    found = current(folder)
    assert found in (dict(article("one").files), dict(article("two").files))
    return found["article.md"].decode()


@pytest.mark.usefixtures("system")
def test_a_failing_disk_leaves_the_old_article_or_the_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError(errno.EIO, "Input/output error")

    seen = set()
    for step in range(1, steps(monkeypatch, STEPS, tmp_path) + 1):
        outputs = tmp_path / str(step)
        folder = publish(article("one"), outputs)
        with monkeypatch.context() as patched:
            Trip(patched, STEPS, step, fail)
            with suppress(InputError):  # a link that fails becomes a copy
                publish(article("two"), outputs)
        seen.add(whole(folder))
        assert not leftovers(outputs), step
        publish(article("two"), outputs)
        assert (whole(folder), whole(folder / "versions/1")) == ("two", "one")
    assert seen == {"one", "two"}


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork to die in the middle of a write")
def test_a_killed_run_leaves_the_old_article_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: bool
) -> None:
    seen = set()
    for step in range(1, steps(monkeypatch, STEPS + CLEANING, tmp_path) + 1):
        outputs = tmp_path / str(step)
        folder = publish(article("one"), outputs)
        if not (child := os.fork()):
            Trip(monkeypatch, STEPS + CLEANING, step, lambda: os._exit(9))
            publish(article("two"), outputs)
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
        if system or folder.exists():  # between the two renames the old one is beside, until the next run
            seen.add(whole(folder))
        publish(article("two"), outputs)
        assert (whole(folder), whole(folder / "versions/1")) == ("two", "one")
        assert not leftovers(outputs), step
    assert seen == {"one", "two"}


@pytest.mark.usefixtures("system")
def test_a_first_article_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        trip = Trip(patched, STEPS, -1, lambda: None)
        publish(article("one"), tmp_path / "count")

    def fail() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    said = []
    for step in range(1, trip.calls):
        outputs = tmp_path / str(step)
        with monkeypatch.context() as patched:
            Trip(patched, STEPS, step, fail)
            try:
                publish(article("one"), outputs)
            except InputError as error:
                said.append(str(error))
                assert [path for path in outputs.rglob("*") if path.name != ".lock"] == []
    assert len(said) > 10
    assert all("has none left. Free some space" in message for message in said)


def test_many_runs_at_once_take_turns(tmp_path: Path) -> None:
    texts = [f"text {number}" for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        folders = set(pool.map(lambda text: publish(article(text), tmp_path), texts))
    (folder,) = folders
    versions = [folder / "versions" / str(number) for number in range(1, 8)]
    held = [current(place) for place in (folder, *versions)]
    assert sorted(files["article.md"].decode() for files in held) == texts
    assert all(files == dict(article(files["article.md"].decode()).files) for files in held)


def test_a_run_that_waits_too_long_says_so(tmp_path: Path) -> None:
    with (
        disk.turn(tmp_path),
        pytest.raises(InputError, match=r"another has held it for 0.05 seconds. Let it end"),
        disk.turn(tmp_path, patience=0.05),
    ):
        pass


def test_outputs_that_are_a_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "outputs").write_text("mine")
    with pytest.raises(InputError, match=r"articles need a folder; .*outputs is a file. Move it"):
        publish(article("one"), tmp_path / "outputs")
    assert (tmp_path / "outputs").read_text() == "mine"


def test_outputs_below_a_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match=r"file.outputs refuses: Not a directory"):
        publish(article("one"), tmp_path / "file" / "outputs")


def test_outputs_that_may_not_be_written_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusing system call stands in for permissions, which an administrator's tests would ignore."""

    def refuse(path: Any, *_args: Any, **_kwargs: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(os, "mkdir", refuse)
    with pytest.raises(InputError, match=r"refuses: Permission denied .* name another folder with --outputs"):
        publish(article("one"), tmp_path / "outputs")


def test_a_file_in_an_articles_place_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "2026-01-16").mkdir()
    (tmp_path / "2026-01-16/RUT").write_text("mine")
    with pytest.raises(InputError, match="Not a directory"):
        publish(article("one"), tmp_path)
    assert (tmp_path / "2026-01-16/RUT").read_text() == "mine"
    assert not leftovers(tmp_path)


def test_a_folder_is_asked_before_anything_is_made(tmp_path: Path) -> None:
    """A file in the folder's place is refused at once; a folder not there yet is not made by asking."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    for place in (blocked, blocked / "below"):
        with pytest.raises(InputError, match="articles need a folder"):
            disk.ask(place)
    disk.ask(tmp_path / "new" / "outputs")
    assert not (tmp_path / "new").exists()
