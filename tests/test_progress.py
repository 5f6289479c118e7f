"""Progress: a line on a terminal, and no output elsewhere."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import threading
from io import StringIO
from pathlib import Path

import pytest

from generator.progress import PACE, PATIENCE, VERBOSITY_VARIABLE, Progress
from tests.conftest import ROOT

ERASE = "\x1b[2K"


class Terminal(StringIO):
    """A stream that claims to be a terminal."""

    def isatty(self) -> bool:
        """Claim to be a terminal."""
        return True


class Clock:
    """A clock that tests set by hand."""

    now = 0.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


def visible(stream: Terminal) -> list[str]:
    """Return each text that the line showed."""
    parts = re.split(r"[\r\n]+", re.sub(r"\x1b\[[0-9?]*[a-zA-Z]", "", stream.getvalue()))
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def test_a_long_command_says_what_it_does() -> None:
    """After two seconds a line appears, is redrawn in place at a calm pace, and is cleared at the end."""
    stream, clock = Terminal(), Clock()
    tell = Progress(stream, {}, clock)
    threads = threading.active_count()
    for now, words in ((1.9, "Reading"), (PATIENCE, "Checking"), (PATIENCE + PACE / 2, "Linking"), (9.0, "Writing")):
        clock.now = now
        tell(words)
        assert threading.active_count() == threads, "processes are forked meanwhile"
    tell.clear()
    tell.clear()
    assert visible(stream) == ["Checking …", "Writing …"]
    assert stream.getvalue().count(ERASE) >= 2


def test_a_long_line_is_cut_off() -> None:
    """A line wider than the terminal is shortened to one line, so that it can be redrawn in place."""
    stream, clock = Terminal(), Clock()
    tell = Progress(stream, {}, clock)
    clock.now = 9.0
    tell("Writing " * 99)
    tell.clear()
    (shown,) = visible(stream)
    assert shown.endswith("…")
    assert len(shown) <= 200


@pytest.mark.parametrize(
    ("stream", "environment"),
    [
        (StringIO(), {}),
        (Terminal(), {"CI": "true"}),
        (Terminal(), {"TERM": "dumb"}),
        (Terminal(), {VERBOSITY_VARIABLE: "quiet"}),
    ],
)
def test_nobody_watches_nothing_is_said(stream: StringIO, environment: dict[str, str]) -> None:
    """A file, a pipe, CI, a terminal that cannot redraw a line, and a quiet command get no progress line."""
    clock = Clock()
    tell = Progress(stream, environment, clock)
    clock.now = 99.0
    tell("Writing")
    tell.clear()
    assert stream.getvalue() == ""


@pytest.mark.parametrize("stream", [StringIO(), Terminal()])
def test_verbose_prints_each_step_with_its_time(stream: StringIO) -> None:
    """A step is printed when the next one starts, and the last one at the end."""
    clock = Clock()
    tell = Progress(stream, {VERBOSITY_VARIABLE: "verbose"}, clock)
    tell("Reading")
    clock.now = 1.5
    tell("Checking")
    clock.now = 1.75
    tell.clear()
    tell.clear()
    assert stream.getvalue() == "  1.50 s  Reading\n  0.25 s  Checking\n"


SLOW = """
import generator.progress
generator.progress.PATIENCE = 0.0
generator.progress.PACE = 0.0
from generator import cli
cli.main({arguments})
"""


@pytest.mark.parametrize("ci", ["", "true"])
@pytest.mark.parametrize("arguments", [["check"], ["build"]])
def test_commands_tell_on_a_terminal_only(small: Path, arguments: list[str], ci: str) -> None:
    """`check` and `build` show their progress on a terminal and clear the line; in CI they show none."""
    here, there = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-c", SLOW.format(arguments=arguments)],
        cwd=small,
        env={**os.environ, "PYTHONPATH": str(ROOT), "CI": ci, "TERM": "xterm"},
        stdout=subprocess.PIPE,
        stderr=there,
        check=False,
        timeout=300,
    )
    os.close(there)
    said = os.read(here, 100_000).decode() if not ci or done.returncode else ""
    os.close(here)
    assert done.returncode == 0, said
    assert ("Reading the data" in said) == (not ci)
    assert b"\x1b" not in done.stdout
