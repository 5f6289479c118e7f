"""The command line `eportal`, built with click.

Exit codes: 0 for success (warnings allowed), 1 for errors in the data, 2 for a broken setup or a mistyped command.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from generator.cli.group import eportal

__all__ = ["eportal", "main", "run"]

INTERRUPTED = 130  # what shells expect after Ctrl-C: 128 + SIGINT


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit with its code."""
    gc.disable()  # objects live until the run ends: collecting garbage would take a tenth of the time and find nothing
    code = run(sys.argv[1:] if arguments is None else arguments)
    gc.freeze()  # otherwise Python collects once more on exit
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    try:
        code: int = eportal.main([*arguments], prog_name="eportal", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return INTERRUPTED
    return code
