"""The list of commands. A command's module is imported only when that command runs, which keeps `--help` fast."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from generator import __version__
from generator.cli.options import VERBOSITY_OPTIONS, wants_color

BROKEN_SETUP = 2

#: Heading in `eportal --help` -> command -> (where it is, what it does). The sentences repeat the first lines of the
#: commands' docstrings (a test compares them), so that listing the commands imports none of them.
SECTIONS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "Build the site": {
        "check": ("site:check", "Report every problem in the data."),
        "build": ("site:build", "Check the data and build the site."),
        "serve": ("site:serve", "Preview the site while you work."),
        "export": ("site:export_pages", "Write all pages as plain Markdown."),
        "addresses": ("site:addresses", "List every address of the site."),
    },
    "Edit the data": {
        "new": ("records:new", "Start a new record."),
        "fmt": ("records:fmt", "Format data files, keeping their comments."),
        "template": ("sheets:template", "Write a spreadsheet for a dataset, with drop-down lists and notes."),
        "import": ("sheets:import_sheet", "Import a spreadsheet into a dataset."),
        "intake": ("intake:intake", "Turn an issue made with a form into a draft record."),
        "describe": ("records:describe", "Write the data dictionary, JSON Schemas or issue forms."),
    },
    "Review a change": {
        "diff": ("review:diff", "List the records that differ between two git revisions."),
        "summary": ("review:summary", "Summarize a change for its reviewers, in Markdown."),
        "preview": ("review:preview", "Write the pages that a change affects to one HTML file."),
    },
    "Keep the data current": {
        "figures": ("figures:figures", "Renew figures from the publishers' own files."),
        "freshness": ("upkeep:freshness", "List the facts that data owners should reconfirm."),
        "links": ("upkeep:links", "Check whether every link to another site still works."),
    },
}
COMMANDS: Mapping[str, tuple[str, str]] = {
    name: entry for commands in SECTIONS.values() for name, entry in commands.items()
}
#: What to do about an error of the operating system, by its kind.
ADVICE: Mapping[type[OSError], str] = {
    FileNotFoundError: "there is no such file or folder",
    IsADirectoryError: "this is a folder; choose a file",
    NotADirectoryError: "this is a file; choose a folder",
    FileExistsError: "this is a file; choose a folder",
    PermissionError: "permission denied; give yourself read and write access",
}


class LazyGroup(click.Group):
    """A group that imports a command when it is asked for, as click's documentation recommends."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of all commands."""
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as above
        """Import a command; None if there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(f"generator.cli.{module}"), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; if it is unknown, suggest the closest."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as error:
            from generator.diagnostics import did_you_mean

            hint = did_you_mean(args[0], COMMANDS) or "type 'eportal --help' for the list"
            raise click.UsageError(f"no command '{args[0]}': {hint}", ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """List the commands under their headings."""
        for heading, commands in SECTIONS.items():
            with formatter.section(heading):
                formatter.write_dl([(f"{name:9}", sentence) for name, (_, sentence) in commands.items()])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - as above
        """Show examples, and how to complete commands with the Tab key."""
        with formatter.section("Examples"):
            formatter.write("".join(f"  {line}\n" for line in ("eportal check", "eportal new pathways marine-biology")))
        with formatter.section("To complete commands with the Tab key in bash (or zsh_source, fish_source)"):
            formatter.write('  eval "$(_EPORTAL_COMPLETE=bash_source eportal)"\n')

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; turn what stops it into one line on stderr and an exit code."""
        from generator.model import SetupError, UnknownRevisionError

        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:  # `eportal check | head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        except UnknownRevisionError as error:
            return _broken(str(error))
        except SetupError as error:
            return _broken(f"the setup is broken: {error}")
        except OSError as error:  # the disk is full, a folder is read-only: the core reports what it cannot read itself
            return _broken(f"{error.filename or 'system'}: {ADVICE.get(type(error), error.strerror)}")
        return code


def _broken(words: str) -> int:
    click.echo(f"eportal: {words}", err=True)
    return BROKEN_SETUP


@click.group(
    cls=LazyGroup,
    params=[*VERBOSITY_OPTIONS],
    context_settings={"max_content_width": 120, "help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, message="eportal %(version)s")
@click.pass_context
def eportal(ctx: click.Context) -> None:
    """Check the data of a career ePortal and build its site."""
    ctx.color = None if wants_color(os.environ) else False
