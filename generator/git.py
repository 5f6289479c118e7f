"""Run git, without a shell. The only module that does; revisions that people name are resolved to a commit first."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from generator.model import SetupError, UnknownRevisionError

NO_SUCH_REVISION = 1  # with --quiet; git explains every other failure itself


def commit_of(root: Path, revision: str) -> str:
    """Return the full hash of the commit that a branch, a tag or a short hash names; options are not accepted.

    Raises:
        UnknownRevisionError: there is no such commit, branch or tag.
        SetupError: git is not installed, or there is no repository.
    """
    if "\0" not in revision:
        done = _run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if done.returncode == 0:
            return done.stdout.decode("ascii").strip()
        if done.returncode != NO_SUCH_REVISION:
            raise SetupError(f"git: {_words(done)}")
    raise UnknownRevisionError(f"no revision '{revision}': name a commit, a branch or a tag")


def ask(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Run a git command in `root`, and return its output.

    Args:
        root: a folder in the repository.
        arguments: the command; of what people name, only what `commit_of` returned may be among them.
        given: the command's input.

    Raises:
        SetupError: git is not installed, there is no repository, or git fails.
    """
    done = _run(root, *arguments, given=given)
    if done.returncode:
        raise SetupError(f"git {arguments[0]}: {_words(done)}")
    return done.stdout


def _run(root: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    git = shutil.which("git")
    if git is None:
        raise SetupError(
            "git: the program is not installed; install git, or use a command that does not compare revisions"
        )
    return subprocess.run((git, *arguments), cwd=root, input=given, capture_output=True, check=False)  # noqa: S603 - no shell


def _words(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ") if lines else "failed"
