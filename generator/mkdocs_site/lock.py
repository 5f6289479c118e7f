"""One build at a time for each site folder: a lock file next to it, which also says who holds it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from generator.load.text import shown_path
from generator.model import SetupError

#: Longer than a build of a county's site takes, even on a slow machine, so that a second build waits its turn. A build
#: that was killed keeps its lock until its helper processes notice, which takes a moment.
PATIENCE_SECONDS = 60.0
PAUSE_SECONDS = 0.1


@contextmanager
def locked(target: Path, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Hold the lock of a site folder.

    The system releases it when the process ends, however it ends.

    Args:
        target: the site folder; the lock is a hidden file next to it.
        patience: how many seconds to wait for a running build.

    Raises:
        SetupError: another build of the same folder is running; the message names its process and start.
    """
    path = target.with_name(f".{target.name}.lock")
    end = time.monotonic() + patience
    while (held := _try(path)) is None:
        if time.monotonic() > end:
            raise SetupError(
                f"{shown_path(target)}: another build is writing this folder ({_holder(path)}); "
                "wait until it is done, or name another folder with --site-dir"
            )
        time.sleep(PAUSE_SECONDS)
    try:
        yield
    finally:
        with suppress(OSError):  # Windows doesn't remove open files; the next build takes it over
            path.unlink()
        os.close(held)


def _try(path: Path) -> int | None:
    """Return the open lock file if the lock is free, else None."""
    number = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    if not _lock(number) or not _is_same(number, path):
        os.close(number)
        return None
    os.ftruncate(number, 0)
    started = datetime.now().astimezone()
    os.write(number, f"process {os.getpid()}, started {started:%H:%M:%S}".encode())
    return number


def _lock(number: int) -> bool:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        try:
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_same(number: int, path: Path) -> bool:
    """Whether the locked file is still the one at the path: the previous holder removes it when it is done."""
    try:
        return os.path.samestat(os.fstat(number), path.stat())
    except FileNotFoundError:
        return False


def _holder(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8") or "just started"
    except OSError:
        return "unknown process"
