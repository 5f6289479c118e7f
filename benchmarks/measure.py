"""Running a command: how long it takes, how much memory, within a limit of time; and what the machine is."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

TAIL = 600
#: So many cores may others keep busy for figures to be quoted.
QUIET = 0.1


class Run(NamedTuple):
    """One run: `failure` says why it is none."""

    seconds: float
    peak_mib: float
    failure: str = ""


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str], cap: float) -> Run:
    """Run a command in a process group of its own; end the group when the time is up.

    The memory is the largest resident set of any one process of the tree (`ru_maxrss` of wait4), as GNU time -v gives.
    """
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **environment}, stdout=said, stderr=said, start_new_session=True
        )
        late = threading.Event()

        def end() -> None:
            late.set()
            os.killpg(process.pid, signal.SIGKILL)

        timer = threading.Timer(cap, end)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        if late.is_set():
            return Run(seconds, 0, f"took longer than {cap:g} s")
        if process.returncode:
            said.seek(0)
            return Run(seconds, 0, f"failed: {said.read().decode('utf-8', 'replace')[-TAIL:].strip()}")
    return Run(seconds, usage.ru_maxrss / 1024)


def median(values: Sequence[float]) -> float:
    """Give the median; of none, not a number."""
    return statistics.median(values) if values else float("nan")


def machine() -> str:
    """Say what the machine is, without its name."""
    cores = len(os.sched_getaffinity(0))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    models = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if line.startswith("model name")
    ]
    system = f"{os.uname().sysname} {os.uname().machine}"
    return f"{cores} cores ({models[0] if models else 'unknown'}), {memory:.0f} GiB of memory, {system}"


class Watch:
    """Tells how much of the machine others used while we measured."""

    def __init__(self) -> None:
        """Begin to watch."""
        self.start, self.used, self.own = time.perf_counter(), _used(), _own()

    def others(self) -> float:
        """Give how many cores others kept busy on average since the beginning; what a host took away counts too."""
        elapsed = time.perf_counter() - self.start
        return max(0.0, (_used() - self.used) - (_own() - self.own)) / elapsed


def _used() -> float:
    """Give the seconds that all cores together have been busy."""
    cpu = Path("/proc/stat").read_text(encoding="utf-8").split("\n", 1)[0]
    user, nice, system, _, _, irq, soft, steal = map(int, cpu.split()[1:9])
    return (user + nice + system + irq + soft + steal) / os.sysconf("SC_CLK_TCK")


def _own() -> float:
    """Give the seconds of this process and its children."""
    return sum(os.times()[:4])
