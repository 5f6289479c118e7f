"""The commands with which staff keep the data up: reads arguments, calls one function, prints, gives the exit code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from generator import canonical, load, report
from generator.load.text import shown_path
from generator.pipeline import Project
from generator.upkeep import change_words, states

DATA_ERRORS = 1


class Command(Protocol):
    """Adds a command to the command line; see `generator.cli`."""

    def __call__(self, name: str, run: object, text: str, example: str, *, day: bool = True) -> argparse.ArgumentParser:
        """Give the command's parser."""


def add(command: Command, project: Callable[[argparse.Namespace], Project]) -> None:
    """Add the commands to the command line; `project` gives the one that they work on."""

    def on(run: Callable[[argparse.Namespace, Project], int]) -> Callable[[argparse.Namespace], int]:
        return lambda options: run(options, project(options))

    text = "Tell which records differ between two git revisions, field by field."
    one = command("diff", on(diff), text, "eportal diff origin/main --format markdown", day=False)
    one.add_argument("base", metavar="BASE", help="a commit, branch or tag to compare with")
    one.add_argument("head", metavar="HEAD", nargs="?", help="the other one (default: the files as they are now)")
    one.add_argument("--format", choices=change_words.FORMATS, default="markdown", help="for people or for programs")

    text = "Put data files into canonical form; comments stay."
    one = command("fmt", on(fmt), text, "eportal fmt --check", day=False)
    one.add_argument("files", metavar="FILE", nargs="*", type=Path, help="files or folders of data (default: all)")
    one.add_argument("--check", action="store_true", help="only tell which files are not in canonical form")


def diff(options: argparse.Namespace, project: Project) -> int:
    """Print which records differ between two states."""
    try:
        base = states.state_of(project, options.base)
        head = states.state_of(project, options.head) if options.head else states.working_state(project)
    except states.UnknownRevisionError as error:
        return _refused(str(error))
    print(change_words.FORMATS[options.format](change_words.report_of(base, head)))
    return 0


def fmt(options: argparse.Namespace, project: Project) -> int:
    """Put data files into canonical form, or tell which are not."""
    package = load.read_package(project.data)
    try:
        chosen = list(canonical.data_files(package, options.files))
    except canonical.NoDataFileError as error:
        return _refused(str(error))
    code = 0
    for path, resource in chosen:
        found = canonical.formatted(path, resource)
        if found.text is None:
            print(report.as_text(found.problems))
            print(f"{shown_path(path)}: left as it is, for it cannot be read", file=sys.stderr)
            code = DATA_ERRORS
        elif found.changed and options.check:
            print(f"{shown_path(path)}:{found.first_line}: not in canonical form; run: eportal fmt {shown_path(path)}")
            code = DATA_ERRORS
        elif found.changed:
            path.write_bytes(found.text.encode())
            print(f"{shown_path(path)}: put into canonical form")
    return code


def _refused(words: str) -> int:
    print(f"eportal: {words}", file=sys.stderr)
    return DATA_ERRORS
