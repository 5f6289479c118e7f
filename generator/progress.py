"""Shows on a terminal what a long command is doing; the only module that decides when.

One line, redrawn in place by rich. It appears after two seconds, and neither in CI nor where nobody watches (a file,
a pipe). No thread redraws it, because processes are forked while it is shown. With --verbose each step is a line of
its own, with the time it took, wherever the output goes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.live import Live

#: Seconds before anything is shown, and between two changes of the line.
PATIENCE, PACE = 2.0, 0.1
#: "quiet" or "verbose"; passed on to MkDocs' process by the command line.
VERBOSITY_VARIABLE = "EPORTAL_VERBOSITY"

#: Takes a few words on what is being done now.
Tell = Callable[[str], None]


def silent(_: str) -> None:
    """Show nothing."""


class Progress:
    """The progress of one command, from the moment this is made."""

    def __init__(
        self, stream: TextIO, environment: Mapping[str, str], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Start the clock."""
        verbosity = environment.get(VERBOSITY_VARIABLE)
        is_terminal = stream.isatty() and not environment.get("CI") and environment.get("TERM") != "dumb"
        self.stream, self.clock, self.is_verbose = stream, clock, verbosity == "verbose"
        self.is_watched = is_terminal and verbosity not in ("quiet", "verbose")
        self.due = clock() + PATIENCE
        self.live: Live | None = None
        self.step, self.since = "", clock()

    def __call__(self, words: str) -> None:
        """Show what is being done now, if the command takes long."""
        now = self.clock()
        if self.is_verbose:
            self._finish_step(now)
            self.step, self.since = words, now
        elif self.is_watched and now >= self.due:
            self._show(words)
            self.due = now + PACE

    def clear(self) -> None:
        """Remove the line: before anything else is printed, and at the end."""
        if self.is_verbose:
            self._finish_step(self.clock())
        if self.live is not None:
            self.live.stop()
            self.live = None

    def _finish_step(self, now: float) -> None:
        if self.step:
            self.stream.write(f"{now - self.since:6.2f} s  {self.step}\n")
            self.stream.flush()
        self.step = ""

    def _show(self, words: str) -> None:
        from rich.console import Console  # only a long command on a terminal needs it
        from rich.live import Live
        from rich.text import Text

        if self.live is None:
            console = Console(file=self.stream)
            self.live = Live(
                console=console, auto_refresh=False, transient=True, redirect_stdout=False, redirect_stderr=False
            )
            self.live.start()
        self.live.update(Text(f"{words} …", no_wrap=True, overflow="ellipsis"), refresh=True)
