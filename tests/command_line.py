"""Helpers for tests of the command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from generator.cli import eportal
from generator.cli.group import COMMANDS


def commands() -> Iterator[tuple[str, click.Command]]:
    """Yield each command with its name."""
    group = click.Context(eportal, info_name="eportal")
    for name in COMMANDS:
        command = eportal.get_command(group, name)
        assert command is not None, name
        yield name, command


def parse(arguments: Sequence[str]) -> click.Context:
    """Parse the arguments of one command without running it; raise click's error if they are wrong."""
    name, *rest = arguments
    return dict(commands())[name].make_context(name, rest)
