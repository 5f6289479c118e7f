"""What changed since another revision of the project. The only module of this folder that knows git."""

from __future__ import annotations

import subprocess
import tarfile
from io import BytesIO
from pathlib import Path

from generator.model import SetupError

#: What a county edits, and what pages are made of.
PARTS = ("data", "content", "overrides", "mkdocs.yml")


def start_of(root: Path, base: str) -> str:
    """Give the commit at which the present branch left `base`: later changes there are not its own."""
    return _git(root, "merge-base", base, "HEAD").decode().strip()


def changed_paths(root: Path, base: str) -> frozenset[str]:
    """Give the files that differ from the revision `base`, as paths below `root`; new files count."""
    changed = _git(root, "diff", "--name-only", "--relative", "-z", start_of(root, base), "--")
    fresh = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    return frozenset(path for path in (changed + fresh).decode().split("\0") if path)


def checkout(root: Path, base: str, folder: Path) -> None:
    """Put the project as it was where the branch left `base` into a folder."""
    start = start_of(root, base)
    parts = [part for part in PARTS if _git(root, "ls-tree", "-z", start, "--", part)]
    with tarfile.open(fileobj=BytesIO(_git(root, "archive", start, "--", *parts))) as archive:
        archive.extractall(folder, filter="data")


def _git(root: Path, *arguments: str) -> bytes:
    """Run git below `root`.

    Raises:
        SetupError: there is no git, no repository, or no such revision.
    """
    if any(argument.startswith("--output") for argument in arguments):
        raise SetupError("git: an option stands where a revision belongs")
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)  # noqa: S603, S607 - git as installed, arguments as a list
    except FileNotFoundError:
        raise SetupError("git: the program is not installed; this command compares with a revision of git") from None
    if done.returncode:
        words = done.stderr.decode(errors="replace").strip().splitlines()
        raise SetupError(f"git {arguments[0]}: {words[0] if words else 'failed'}; name a revision such as origin/main")
    return done.stdout
