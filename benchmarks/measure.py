"""Measure a command's time and memory within a time limit, and describe the machine."""

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
#: Results are only publishable if other processes use at most this many cores.
QUIET = 0.1


class Run(NamedTuple):
    """One run; `failure` says why it does not count."""

    seconds: float
    peak_mib: float
    failure: str = ""


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str], cap: float) -> Run:
    """Run a command in its own process group, and end the group when the time is up.

    Memory is the largest resident set of any one process in the tree (`ru_maxrss` of wait4), as reported by GNU time
    -v.
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
    """Return the median, or NaN if there are no values."""
    return statistics.median(values) if values else float("nan")


def machine() -> str:
    """Describe the machine, without its name."""
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
    """Measures how much of the machine other processes use during a benchmark."""

    def __init__(self) -> None:
        """Start measuring."""
        self.start, self.used, self.own = time.perf_counter(), _used(), _own()

    def others(self) -> float:
        """Return how many cores others used on average since the start, including a virtual machine's host."""
        elapsed = time.perf_counter() - self.start
        return max(0.0, (_used() - self.used) - (_own() - self.own)) / elapsed


def _used() -> float:
    """Return the total busy seconds of all cores."""
    cpu = Path("/proc/stat").read_text(encoding="utf-8").split("\n", 1)[0]
    user, nice, system, _, _, irq, soft, steal = map(int, cpu.split()[1:9])
    return (user + nice + system + irq + soft + steal) / os.sysconf("SC_CLK_TCK")


def _own() -> float:
    """Return the seconds used by this process and its children."""
    return sum(os.times()[:4])
