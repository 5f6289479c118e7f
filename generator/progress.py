"""Saying on a terminal what a long command is doing; alone knows when that is wanted.

One line, rewritten in place. It is shown after two seconds only, and neither in CI nor where nobody watches (a file,
a pipe). No thread moves it: record pages are written by forks.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TextIO

#: Seconds before anything is said, and between two changes of the line.
PATIENCE, PACE = 2.0, 0.1
ERASE = "\r\x1b[K"

#: Says in a few words what is being done now.
Tell = Callable[[str], None]


def silent(_: str) -> None:
    """Say nothing."""


class Progress:
    """The line of one command, begun when it is made."""

    def __init__(
        self, stream: TextIO, environment: Mapping[str, str], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin to count the time."""
        is_watched = stream.isatty() and not environment.get("CI") and environment.get("TERM") != "dumb"
        self.stream, self.clock, self.is_watched = stream, clock, is_watched
        self.due, self.is_shown = clock() + PATIENCE, False

    def __call__(self, words: str) -> None:
        """Show what is being done now, if the command takes long."""
        if self.is_watched and (now := self.clock()) >= self.due:
            self.stream.write(f"{ERASE}{words} …")
            self.stream.flush()
            self.due, self.is_shown = now + PACE, True

    def clear(self) -> None:
        """Take the line away, before anything else is printed and at the end."""
        if self.is_shown:
            self.stream.write(ERASE)
            self.stream.flush()
            self.is_shown = False
