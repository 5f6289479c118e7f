"""Finds what changed since another revision of the project, and checks out the project as it was then."""

from __future__ import annotations

import tarfile
from io import BytesIO
from pathlib import Path

from generator import git

#: What a county edits and pages are made from.
PARTS = ("data", "content", "overrides", "mkdocs.yml")


def start_of(root: Path, base: str) -> str:
    """Return the commit at which the current branch left `base`: later changes there do not belong to the branch."""
    return git.ask(root, "merge-base", git.commit_of(root, base), "HEAD").decode().strip()


def changed_paths(root: Path, base: str) -> frozenset[str]:
    """Return the files that differ from the revision `base`, as paths below `root`, including new files."""
    changed = git.ask(root, "diff", "--name-only", "--relative", "-z", start_of(root, base), "--")
    fresh = git.ask(root, "ls-files", "--others", "--exclude-standard", "-z")
    return frozenset(path for path in (changed + fresh).decode().split("\0") if path)


def checkout(root: Path, base: str, folder: Path) -> None:
    """Write the project, as it was when the branch left `base`, into a folder."""
    start = start_of(root, base)
    parts = [part for part in PARTS if git.ask(root, "ls-tree", "-z", start, "--", part)]
    with tarfile.open(fileobj=BytesIO(git.ask(root, "archive", start, "--", *parts))) as archive:
        archive.extractall(folder, filter="data")
