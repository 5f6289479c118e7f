"""What the tests of reviews share: a small project kept in git."""

from __future__ import annotations

import subprocess
from pathlib import Path

AUTHOR = ("-c", "user.name=Tester", "-c", "user.email=tester@county.example", "-c", "commit.gpgsign=false")


def git(project: Path, *arguments: str) -> str:
    """Run git in a project; it must succeed."""
    done = subprocess.run(["git", *AUTHOR, *arguments], cwd=project, capture_output=True, text=True, check=True)
    return done.stdout


def commit(project: Path, message: str) -> None:
    """Commit everything."""
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", message)


def begin(project: Path) -> None:
    """Make a project a repository whose branch `main` holds it, and leave it for the branch `change`."""
    git(project, "init", "--quiet", "--initial-branch", "main")
    commit(project, "Begin")
    git(project, "switch", "--quiet", "--create", "change")
