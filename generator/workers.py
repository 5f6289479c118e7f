"""Sharing out work among processes: forks of this one, which know all that it knows. Alone knows `os.fork`.

Where there is no fork (Windows), or threads run that a fork would tear, the one process does it all.
"""

from __future__ import annotations

import gc
import os
import pickle
import struct
import threading
import traceback
from collections.abc import Callable
from typing import NamedTuple

from generator.model import SetupError

#: How a job's number is written into the queue, a pipe: all of them fit into the smallest that a system gives.
NUMBER = struct.Struct("=H")
MOST_JOBS = 500
#: More would wait for the disk.
MOST_PROCESSES = 8


def processes() -> int:
    """Give how many processes may work at once: one for each core that we may use."""
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    return min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1, MOST_PROCESSES)


class Helper(NamedTuple):
    """A forked process, and the pipe on which it says why it failed."""

    pid: int
    answer: int


class Workers:
    """A few processes that do numbered jobs; the one that began takes part in the end.

    A job writes its own files and gives nothing back, so that the result is the same whoever does which.
    """

    def __init__(self, do: Callable[[int], None], jobs: int, processes: int) -> None:
        """Queue the jobs and let the helpers begin."""
        self.do, self.jobs, self.helpers = do, jobs, list[Helper]()
        self.parent = os.getpid()
        self.queue, feed = os.pipe()
        os.write(feed, b"".join(map(NUMBER.pack, range(jobs))))
        os.close(feed)
        for _ in range(min(processes, jobs) - 1):
            self.helpers.append(self._fork())

    def _fork(self) -> Helper:
        answer, tell = os.pipe()
        pid = os.fork()
        if pid:
            os.close(tell)
            return Helper(pid, answer)
        failed = b""
        try:
            gc.freeze()  # what was there before is not ours to tidy up: looking at it would copy it
            self._work()
        except SetupError as error:
            failed = pickle.dumps(error)
        except BaseException:  # noqa: BLE001 - a helper ends here, whatever happens, and never returns to the caller's code
            failed = pickle.dumps(RuntimeError(traceback.format_exc()))
        finally:
            os.write(tell, failed)
            os._exit(1 if failed else 0)

    def _work(self, tell: Callable[[int, int], None] | None = None) -> None:
        """Take jobs until none is left."""
        while read := os.read(self.queue, NUMBER.size):
            if os.getpid() != self.parent and os.getppid() != self.parent:
                return  # nobody waits for this any more
            [number] = NUMBER.unpack(read)
            if tell:
                tell(number, self.jobs)
            self.do(number)

    def finish(self, tell: Callable[[int, int], None] | None = None) -> None:
        """Do what is left, and wait for the helpers; `tell` is given the jobs begun so far, and all.

        Raises:
            SetupError: what a job raised, here or in a helper.
            RuntimeError: a helper ended otherwise.
        """
        try:
            self._work(tell)
        finally:
            failures = self.stop()
        for failure in failures:
            raise failure

    def stop(self) -> list[Exception]:
        """Take the jobs that nobody has begun out of the queue, wait for the helpers; give what they raised."""
        while self.helpers and os.read(self.queue, NUMBER.size * MOST_JOBS):
            pass
        failures: list[Exception] = []
        for helper in self.helpers:
            with os.fdopen(helper.answer, "rb") as answer:
                failed = answer.read()
            _, status = os.waitpid(helper.pid, 0)
            if failed:
                failures.append(pickle.loads(failed))  # noqa: S301 - written by our own fork
            elif status:
                failures.append(RuntimeError(f"a helper process was ended ({os.waitstatus_to_exitcode(status)})"))
        self.helpers.clear()
        if self.queue >= 0:
            os.close(self.queue)
            self.queue = -1
        return failures
