"""The projects that tests use, and the folder that the processes of one test run share.

Tests of code never read the data that the county edits. They read `PROJECT`: the records in `tests/frozen/` with
today's code (schemas, templates, theme, settings), on the day `TODAY`. This way an edit of data cannot break a
test of code. After changing a schema or records that tests need, run `make freeze` (tests/freeze.py) and commit
what it writes. Tests of the data itself are in `tests/shipped/`.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

ROOT = Path(__file__).parent.parent
FROZEN = ROOT / "tests" / "frozen"
#: What staff edit in addition to the records in `data/`; it is frozen with them.
STAFF_CONTENT = ("content/about/*.md", "content/assets/pictures/*")
CODE = ("data/schemas", "content", "overrides", "mkdocs.yml")

#: The day of the frozen records, also used as the time of a build.
TODAY = date.fromisoformat((FROZEN / "day.txt").read_text(encoding="utf-8").strip())
EPOCH = str(int(datetime.combine(TODAY, time(), UTC).timestamp()))


def copy(source: Path, target: Path) -> None:
    """Copy a file or folder to a place that may already exist."""
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True, copy_function=shutil.copyfile)
    else:
        shutil.copyfile(source, target)


def compose(target: Path, records: Path = FROZEN) -> None:
    """Assemble a project from today's code and separately stored records."""
    (target / "data").mkdir(parents=True)
    for part in CODE:
        copy(ROOT / part, target / part)
    for path in (path for pattern in STAFF_CONTENT for path in target.glob(pattern)):
        path.unlink()
    for part in ("data", "content"):
        copy(records / part, target / part)


def run_folder() -> Path:
    """Return the folder shared by the processes of this test run; the first one creates and removes it."""
    if kept := os.environ.get("EPORTAL_TEST_RUN"):
        return Path(kept)
    folder = tempfile.mkdtemp(prefix="eportal-tests-")
    os.environ["EPORTAL_TEST_RUN"] = folder
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


RUN = run_folder()


def once(name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that is made once per test run, by the first worker that needs it. No test may change it.

    Args:
        name: The name of the folder within the run's own.
        make: Fills the folder, which is empty.
    """
    folder, unfinished = RUN / name, RUN / f"{name}-unfinished"
    with (RUN / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(folder)
    return folder


#: The frozen project. Read it, or change a copy of it.
PROJECT = once("frozen", compose)


def copy_project(target: Path, source: Path = PROJECT) -> Path:
    """Copy what a county edits (data, content, theme, settings) to a folder that may be changed."""
    target.mkdir(parents=True, exist_ok=True)
    for part in ("data", "content", "overrides", "mkdocs.yml"):
        copy(source / part, target / part)
    return target


def eportal(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does, in a separate process."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def build(project: Path, day: date = TODAY) -> Path:
    """Build a project's site as `make site` does without any warning, and return the site's folder."""
    done = eportal("build", "--today", day.isoformat(), cwd=project, SOURCE_DATE_EPOCH=EPOCH)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout + done.stderr, done.stdout + done.stderr
    return project / "site"


def built_once(name: str, make: Callable[[Path], object], day: date = TODAY) -> Path:
    """Create a project and its site once per test run, and return the project's folder."""

    def made(folder: Path) -> None:
        make(folder)
        build(folder, day)

    return once(name, made)
