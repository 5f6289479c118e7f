"""Asking git, without a shell; the only module that runs it. What people name is resolved to a commit first."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from generator.model import SetupError, UnknownRevisionError

NO_SUCH_REVISION = 1  # with --quiet; every other failure has words of git's own


def commit_of(root: Path, revision: str) -> str:
    """Give the full name of the commit that a branch, tag or short name stands for; an option is none of these.

    Raises:
        UnknownRevisionError: there is none.
        SetupError: there is no git, or no repository.
    """
    if "\0" not in revision:
        done = _run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if done.returncode == 0:
            return done.stdout.decode("ascii").strip()
        if done.returncode != NO_SUCH_REVISION:
            raise SetupError(f"git: {_words(done)}")
    raise UnknownRevisionError(f"there is no revision '{revision}' here; name a commit, a branch or a tag")


def ask(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Run a command of git below `root`; of what people name, only what `commit_of` gave may be among the arguments.

    Raises:
        SetupError: there is no git, no repository, or git fails.
    """
    done = _run(root, *arguments, given=given)
    if done.returncode:
        raise SetupError(f"git {arguments[0]}: {_words(done)}")
    return done.stdout


def _run(root: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    git = shutil.which("git")
    if git is None:
        raise SetupError("git: the program is not installed; this command compares with a revision of git")
    return subprocess.run((git, *arguments), cwd=root, input=given, capture_output=True, check=False)  # noqa: S603 - no shell


def _words(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else "failed"
