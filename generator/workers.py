"""Share work among processes forked from this one, so that they have all of its data.

`concurrent.futures` would start a thread for each pool, and no process may be forked safely after that; here a second
group of helpers begins while the first still works. If the system can't fork (Windows), or threads are running
already, one process does all the work.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
import traceback
from collections.abc import Callable

from generator.model import SetupError

#: The numbers of this many jobs fit into the smallest pipe of any system.
MOST_JOBS = 500
#: More processes would only wait for the disk.
MOST_PROCESSES = 8


def processes() -> int:
    """Return how many processes may work at once: one for each available core."""
    if "fork" not in multiprocessing.get_all_start_methods() or threading.active_count() > 1:
        return 1
    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1, MOST_PROCESSES)


class Workers:
    """A few processes that do numbered jobs; the main process joins in at the end.

    A job writes its own files and returns nothing, so the result is the same no matter which process does which job.
    """

    def __init__(self, do: Callable[[int], None], jobs: int, processes: int) -> None:
        """Queue the jobs and start the helpers."""
        self.do, self.jobs, self.is_finished = do, jobs, False
        context = multiprocessing.get_context("fork" if processes > 1 else None)
        self.queue, self.failures = context.SimpleQueue(), context.SimpleQueue()
        self.helpers = [context.Process(target=self._help) for _ in range(min(processes, jobs) - 1)]
        for number in range(jobs):
            self.queue.put(number)
        for _ in range(len(self.helpers) + 1):
            self.queue.put(None)  # the end, once for each process
        for helper in self.helpers:
            helper.start()

    def _help(self) -> None:
        gc.freeze()  # looking for garbage among the parent's objects would copy them
        try:
            self._work()
        except SetupError as error:
            self.failures.put(error)
        except Exception:  # noqa: BLE001 - whatever it is, the first process raises it
            self.failures.put(RuntimeError(traceback.format_exc()))

    def _work(self, tell: Callable[[int, int], None] | None = None) -> None:
        """Take jobs until none are left, or the main process has ended."""
        parent = multiprocessing.parent_process()
        while (number := self.queue.get()) is not None and (parent is None or parent.is_alive()):
            if tell:
                tell(number, self.jobs)
            self.do(number)
        self.is_finished = True

    def finish(self, tell: Callable[[int, int], None] | None = None) -> None:
        """Do what is left, and wait for the helpers.

        Args:
            tell: called with the number of jobs started so far, and the number of all jobs.

        Raises:
            SetupError: raised by a job, here or in a helper.
            RuntimeError: a helper ended for another reason.
        """
        try:
            self._work(tell)
        finally:
            failures = self.stop()
        for failure in failures:
            raise failure

    def stop(self) -> list[Exception]:
        """Remove the remaining jobs from the queue, wait for the helpers, and return what they raised."""
        while not self.is_finished:
            self.is_finished = self.queue.get() is None
        for helper in self.helpers:
            helper.join()
        failures: list[Exception] = []
        while not self.failures.empty():
            failures.append(self.failures.get())
        ended = [RuntimeError(f"a helper process was ended ({one.exitcode})") for one in self.helpers if one.exitcode]
        self.helpers.clear()
        return failures + list(ended)
