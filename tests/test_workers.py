"""Workers: the result does not depend on the number of processes, and no failure in one is lost."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import workers
from generator.model import SetupError
from generator.workers import MOST_JOBS, Workers

PARENT = os.getpid()


def writing(folder: Path) -> Callable[[int], None]:
    """Return a job that writes a file with its number."""
    return lambda number: (folder / str(number)).touch()


@pytest.mark.parametrize("processes", [1, 2, 5])
@pytest.mark.parametrize("jobs", [0, 1, 7, MOST_JOBS])
def test_every_job_is_done(tmp_path: Path, processes: int, jobs: int) -> None:
    """One or many processes do all jobs, and no worker is left running."""
    work = Workers(writing(tmp_path), jobs, processes)
    assert len(work.helpers) == max(0, min(processes, jobs) - 1)
    work.finish()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(map(str, range(jobs)))
    assert work.helpers == []


def in_a_helper(act: Callable[[], None]) -> Callable[[int], None]:
    """Return a job that acts in a worker, and in the first process waits until a worker has started."""
    begun, begin = os.pipe()

    def job(_: int) -> None:
        if os.getpid() == PARENT:
            os.read(begun, 1)
        else:
            os.write(begin, b"x")
            act()

    return job


def failing(error: Exception) -> Callable[[], None]:
    """Return a function that raises an error."""

    def act() -> None:
        raise error

    return act


def test_a_broken_setup_that_a_helper_finds_is_raised_here() -> None:
    """A broken setup found by a worker is raised with the worker's message."""
    work = Workers(in_a_helper(failing(SetupError("content/x.md.j2: broken"))), 2, 2)
    with pytest.raises(SetupError, match=r"content/x\.md\.j2: broken"):
        work.finish()


def test_another_failure_of_a_helper_shows_where() -> None:
    """A bug in a worker is raised with the worker's traceback."""
    work = Workers(in_a_helper(failing(ValueError("odd"))), 2, 2)
    with pytest.raises(RuntimeError, match=r"Traceback(.|\n)*ValueError: odd"):
        work.finish()


def test_a_helper_that_is_killed_is_noticed() -> None:
    """A killed worker is reported as a failure."""
    work = Workers(in_a_helper(lambda: os.kill(os.getpid(), signal.SIGKILL)), 2, 2)
    with pytest.raises(RuntimeError, match="was ended"):
        work.finish()


def test_own_failure_ends_the_others() -> None:
    """If the first process fails, waiting jobs are dropped and running workers are awaited."""

    def job(_: int) -> None:
        raise SetupError("content/x.md.j2: broken")

    work = Workers(job, MOST_JOBS, 3)
    with pytest.raises(SetupError):
        work.finish()
    assert work.helpers == []
    assert work.stop() == []


def test_threads_keep_helpers_away() -> None:
    """No worker is forked while other threads run, as in the preview, because a fork would corrupt their state."""
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    assert workers.processes() == 1
    stop.set()
    thread.join()


def test_no_fork_no_helpers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without fork, one process does all the work."""
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert workers.processes() == 1


def test_there_is_a_process_for_each_core() -> None:
    """There is one process for each available core, up to a limit."""
    assert 1 <= workers.processes() <= workers.MOST_PROCESSES
