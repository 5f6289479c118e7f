"""Progress: a line for people who wait, and silence for everybody else."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from generator.progress import ERASE, PACE, PATIENCE, Progress
from tests.conftest import ROOT


class Terminal(StringIO):
    """A stream that somebody watches."""

    def isatty(self) -> bool:
        """Say that somebody does."""
        return True


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        """Give the time."""
        return self.now


def test_a_long_command_says_what_it_does() -> None:
    """After two seconds there is a line, changed in place at a calm pace, and gone in the end."""
    stream, clock = Terminal(), Clock()
    tell = Progress(stream, {}, clock)
    for now, words in ((1.9, "Reading"), (PATIENCE, "Checking"), (PATIENCE + PACE / 2, "Linking"), (9.0, "Writing")):
        clock.now = now
        tell(words)
    tell.clear()
    tell.clear()
    assert stream.getvalue() == f"{ERASE}Checking …{ERASE}Writing …{ERASE}"


@pytest.mark.parametrize(
    ("stream", "environment"), [(StringIO(), {}), (Terminal(), {"CI": "true"}), (Terminal(), {"TERM": "dumb"})]
)
def test_nobody_watches_nothing_is_said(stream: StringIO, environment: dict[str, str]) -> None:
    """A file, a pipe, CI and a terminal that cannot rewrite a line stay clean."""
    clock = Clock()
    tell = Progress(stream, environment, clock)
    clock.now = 99.0
    tell("Writing")
    tell.clear()
    assert stream.getvalue() == ""


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
    """`check` and `build` say on a terminal what they do, and leave the line empty; in CI there is none."""
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
