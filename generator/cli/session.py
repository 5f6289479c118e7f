"""What a command works on and how it reports: the project in the working directory, the site, messages."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator import load, pipeline, report
from generator.cli import options
from generator.cli.options import VERBOSITY, wants_color
from generator.model import Package, Problem, SetupError, Site
from generator.progress import VERBOSITY_VARIABLE, Progress

if TYPE_CHECKING:
    from rich.console import Console

DATA_ERRORS = 1
COLORS = {"error": "red", "warning": "yellow"}


class RefusedError(click.ClickException):
    """A request that the data does not allow; the message says why and what to do."""

    exit_code = DATA_ERRORS

    def show(self, file: object = None) -> None:  # noqa: ARG002 - click's signature
        """Print the message."""
        click.echo(f"eportal: {self.message}", err=True)


def project(data: Path | None = None) -> pipeline.Project:
    """Return the project in the working directory.

    Args:
        data: another folder of data, if one was named.

    Raises:
        SetupError: there is no project here.
    """
    root = Path.cwd()
    if not (data or root / "data").is_dir():
        raise SetupError(f"{data or 'data'}: there is no such folder; run eportal in the project's own folder")
    return pipeline.Project(root, data)


def package() -> Package:
    """Read the setup of the project's data."""
    return load.read_package(project().data)


def day(given: str | None, found: Package) -> date:
    """Return the date to use: the option, else EPORTAL_TODAY, else today in the region."""
    return pipeline.today(given, os.environ, found.region)


def site(today: str | None, data: Path | None = None, *, release: bool = False) -> Site:
    """Read and check the project's data."""
    here = project(data)
    found, tell = load.read_package(here.data), progress()
    try:
        return pipeline.build_site(here, day(today, found), package=found, release=release, tell=tell)
    finally:
        tell.clear()


def environment(today: str | None) -> dict[str, str]:
    """Return the settings that MkDocs and the plugin read from the environment."""
    settings = {"NO_MKDOCS_2_WARNING": "1", VERBOSITY_VARIABLE: _verbosity()}
    return settings | ({"EPORTAL_TODAY": today} if today else {})


def progress() -> Progress:
    """Return the progress line, which shows on a terminal what a long command is doing."""
    return Progress(sys.stderr, {**os.environ, VERBOSITY_VARIABLE: _verbosity()})


def _verbosity() -> str:
    return str(click.get_current_context().meta.get(VERBOSITY, ""))


def note(text: str) -> None:
    """Print what succeeded, unless --quiet is set."""
    if _verbosity() != "quiet":
        click.echo(text)


def announce(text: str) -> None:
    """Print on stderr, immediately, what a command that keeps running is doing."""
    click.echo(text, err=True)


def problem_lines(problems: Iterable[Problem]) -> str:
    """Return one line per problem, with the severity in color; click removes the color if it is not wanted."""
    return "\n".join(map(_problem_line, problems))


def _problem_line(p: Problem) -> str:
    rest = str(p).removeprefix(f"{p.origin}: {p.severity}")
    return f"{p.origin}: {click.style(p.severity, fg=COLORS[p.severity], bold=True)}{rest}"


def refuse_errors(found: Site) -> None:
    """Print the problems and exit if the data has errors."""
    if found.errors:
        click.echo(problem_lines(found.errors), err=True)
        click.echo(report.summary(found.errors), err=True)
        click.get_current_context().exit(DATA_ERRORS)


def draw_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Draw a table on the terminal, unless it has no rows."""
    from rich.table import Table
    from rich.text import Text

    table = Table()
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))  # as text: square brackets in data are not markup
    if table.row_count:
        _console().print(table)


def draw_markdown(text: str) -> None:
    """Draw Markdown on the terminal."""
    from rich.markdown import Markdown

    _console().print(Markdown(text, hyperlinks=False))


def show_markdown(text: str) -> None:
    """Draw Markdown on a terminal; print it unchanged elsewhere."""
    if options.is_terminal():
        draw_markdown(text)
    else:
        click.echo(text.removesuffix("\n"))


def _console() -> Console:
    from rich.console import Console  # slow to import, and only for terminals

    return Console(no_color=not wants_color(os.environ))
