"""Writing so that a crash leaves the whole old thing or the whole new one, and two writers take turns."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import InputError

STAGED, DISPLACED = ".new", ".old"
"""Ends of the names of a folder not yet in its place and of one just taken from it; both begin with a dot."""
_NO_EXCHANGE = {errno.ENOSYS, errno.EINVAL, errno.EXDEV, errno.EOPNOTSUPP, errno.EPERM, errno.ENOTTY}
_NO_ROOM = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}


def staged(folder: Path) -> Path:
    """Where a folder is made before it is put in its place."""
    return folder.with_name(f".{folder.name}{STAGED}")


@contextmanager
def turn(outputs: Path, patience: float = 60.0) -> Iterator[None]:
    """Make the outputs folder and hold its lock; what the disk refuses becomes an InputError.

    The lock is the system's, on `outputs/.lock`: it is free again when its holder dies.
    """
    try:
        outputs.mkdir(parents=True, exist_ok=True)
        with open(outputs / ".lock", "ab") as lock:
            deadline = time.monotonic() + patience
            while not _acquire(lock.fileno()):
                if time.monotonic() > deadline:
                    raise InputError(f"one run at a time writes to {outputs}; another has held it for {patience:g} "
                                     "seconds. Let it end, or name another folder with --outputs.")  # fmt: skip
                time.sleep(0.02)
            yield
    except OSError as error:
        raise _refused(outputs, error) from error


def ask(outputs: Path) -> None:
    """Raise InputError where the outputs folder could not be made or written to; makes nothing."""
    place = outputs.absolute()
    while not place.exists():
        place = place.parent
    if not place.is_dir() or not os.access(place, os.W_OK):
        raise _refused(outputs, PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place)))


def _refused(outputs: Path, error: OSError) -> InputError:
    """The disk's refusal as a message to a person."""
    if outputs.exists() and not outputs.is_dir():
        return InputError(f"articles need a folder; {outputs} is a file. Move it, or name a folder with --outputs.")
    if error.errno in _NO_ROOM:
        return InputError(f"articles need room on the disk; {outputs} has none left. Free some space, "
                          "or name another folder with --outputs.")  # fmt: skip
    where = error.filename2 or error.filename or outputs
    return InputError(f"articles need a folder that can be written to; {outputs} refuses: {error.strerror} ({where}). "
                      "Mend that, or name another folder with --outputs.")  # fmt: skip


def _acquire(descriptor: int) -> bool:
    """Whether the lock of an open file is ours now."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
            return False
        raise
    return True


def write_tree(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their relative names into a new folder, and wait until the disk has them."""
    folder.mkdir()
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, data)
    for parent in {(folder / name).parent for name in files}:
        sync_folder(parent)


def write_file(path: Path, data: bytes) -> None:
    """Write one file so that it is replaced whole or not at all."""
    new = staged(path)
    try:
        _write(new, data)
        os.replace(new, path)
    finally:
        new.unlink(missing_ok=True)
    sync_folder(path.parent)


def _write(path: Path, data: bytes) -> None:
    with open(path, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the disk has a folder's names, where the system can."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def link_tree(source: Path, target: Path, *leave_out: str) -> None:
    """The same files under a second name: links where the file system has them, else copies."""
    target.mkdir(exist_ok=True)
    for item in source.iterdir():
        if item.name in leave_out:
            continue
        if item.is_dir() and not item.is_symlink():
            link_tree(item, target / item.name)
            continue
        try:
            os.link(item, target / item.name, follow_symlinks=False)
        except (OSError, NotImplementedError):
            shutil.copy2(item, target / item.name, follow_symlinks=False)


def swap(new: Path, current: Path) -> None:
    """Exchange two folders in one step; where the system has no such step, in two that `recover` can finish."""
    if not _exchange(new, current):
        old = current.with_name(f".{current.name}{DISPLACED}")
        os.rename(current, old)
        os.rename(new, current)
        os.rename(old, new)
    sync_folder(current.parent)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names atomically. False where the system cannot."""
    import ctypes

    if sys.platform == "win32":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    if hasattr(libc, "renameat2"):
        here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE of Linux
        failed = libc.renameat2(here, names[0], here, names[1], exchange)
    elif hasattr(libc, "renamex_np"):
        failed = libc.renamex_np(names[0], names[1], 2)  # RENAME_SWAP of macOS
    else:
        return False
    if failed and (code := ctypes.get_errno()) not in _NO_EXCHANGE:
        raise OSError(code, os.strerror(code), str(one), None, str(other))
    return not failed


def recover(day: Path) -> None:
    """Finish or undo what was left half done in a date's folder: what was displaced goes back, the rest is deleted."""
    for item in sorted(day.iterdir()):
        if item.name.startswith(".") and item.name.endswith(DISPLACED):
            home = item.with_name(item.name[1 : -len(DISPLACED)])
            if not home.exists():
                os.rename(item, home)
    for item in sorted(day.iterdir()):
        if item.name.startswith(".") and item.name.endswith((STAGED, DISPLACED)):
            shutil.rmtree(item)
