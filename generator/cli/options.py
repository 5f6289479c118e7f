"""What commands have in common: their class, the options that several share, and kinds of values.

Options come in one order everywhere: what to work on (arguments), --today, --data, --format, --output, then what only
this command has, then -q, -v and --help.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

LAST_PORT = 65_535
VERBOSITY = "eportal.verbosity"
#: The format of a result that rich draws on a terminal.
DRAWN = "drawn"
Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def wants_color(environment: Mapping[str, str]) -> bool:
    """Whether color is wanted on a terminal (https://no-color.org); anywhere else, click removes it anyway."""
    return not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def is_terminal() -> bool:
    """Whether the output goes to a terminal, so that it can be drawn."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _set_verbosity(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's signature
    if value:
        ctx.meta[VERBOSITY] = param.name


#: On the group and on every command, so that `eportal -q check` and `eportal check -q` are the same.
VERBOSITY_OPTIONS = (
    click.Option(
        ["-q", "--quiet"],
        is_flag=True,
        expose_value=False,
        callback=_set_verbosity,
        help="Print only problems and results.",
    ),
    click.Option(
        ["-v", "--verbose"],
        is_flag=True,
        expose_value=False,
        callback=_set_verbosity,
        help="Also print each step and the time it took.",
    ),
)


class Command(click.Command):
    """A command with examples at the end of its help, and with -q and -v."""

    def __init__(self, *args: Any, examples: Iterable[str] = (), **settings: Any) -> None:
        """Add the options that every command has."""
        super().__init__(*args, **settings)
        self.examples = tuple(examples)
        self.params += VERBOSITY_OPTIONS

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Show the examples."""
        with formatter.section("Examples"):
            formatter.write("".join(f"  {example}\n" for example in self.examples))


def command(name: str, *examples: str) -> Callable[[Callable[..., Any]], Command]:
    """Turn a function into a command; its docstring is the help."""
    return click.command(name, cls=Command, examples=examples)


class Day(click.ParamType[str]):
    """A date such as 2027-02-14."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the date in ISO form."""
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            self.fail(f"'{value}' is not a date; write it like 2027-02-14", param, ctx)


class HostAndPort(click.ParamType[str]):
    """A host and a port such as 127.0.0.1:8001."""

    name = "address"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the text if it is a host and a port."""
        host, _, port = value.rpartition(":")
        if not host or not port.isdecimal() or int(port) > LAST_PORT:
            self.fail(f"'{value}' is not a host and a port; write it like 127.0.0.1:8001", param, ctx)
        return value


class Link(click.ParamType[tuple[str, str]]):
    """Words and an address such as Preview=https://example.org/preview.html."""

    name = "link"

    def convert(
        self, value: str | tuple[str, str], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Split a link into its words and its address."""
        if isinstance(value, tuple):
            return value
        words, _, address = value.partition("=")
        if not words or not address.startswith("https://"):
            self.fail(f"'{value}' is not a link; write it like Preview=https://example.org/preview.html", param, ctx)
        return words, address


class DatasetName(click.ParamType[str]):
    """The name of a dataset; the Tab key completes it. Whether it exists is for the command to check."""

    name = "dataset"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG002 - click's signature
        """Return the datasets that begin with what was typed, if this is a project's folder."""
        from generator import load
        from generator.model import SetupError

        try:
            names = [resource.name for resource in load.read_package(Path("data"))]
        except SetupError:
            return []
        return [CompletionItem(name) for name in names if name.startswith(incomplete)]


PATH = click.Path(path_type=Path)

dataset_argument = click.argument(
    "dataset", metavar="DATASET", type=DatasetName(), help="A dataset listed in data/datapackage.yaml."
)
base_argument = click.argument("base", metavar="BASE", help="The revision to compare with, such as origin/main.")
today_option = click.option(
    "--today",
    metavar="DATE",
    type=Day(),
    help="Use this date, such as 2027-02-14 (default: EPORTAL_TODAY, or today in the region).",
)


def format_option(
    formats: Iterable[str], words: str, *, drawn_on_terminal: bool = False
) -> Callable[[Decorated], Decorated]:
    """Make the option --format; the first of the formats is the default.

    Args:
        formats: the names to choose from.
        words: the help.
        drawn_on_terminal: whether the command draws its result on a terminal if no format was named; it is then
            called with the format DRAWN.
    """
    names = [*formats]

    def or_drawn(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str:
        return value or (DRAWN if drawn_on_terminal and is_terminal() else names[0])

    default = f"{names[0]}, drawn on a terminal" if drawn_on_terminal else names[0]
    return click.option(
        "--format", "format_", type=click.Choice(names), callback=or_drawn, help=f"{words}  [default: {default}]"
    )


def output_option(words: str, *, required: bool = False) -> Callable[[Decorated], Decorated]:
    """Make the option -o, --output."""
    return click.option("-o", "--output", metavar="FILE", type=PATH, required=required, help=words)
