"""Helpers for tests of reviews: a small project in a git repository."""

from __future__ import annotations

import subprocess
from pathlib import Path

AUTHOR = ("-c", "user.name=Tester", "-c", "user.email=tester@county.example", "-c", "commit.gpgsign=false")


def git(project: Path, *arguments: str) -> str:
    """Run git in a project and require it to succeed."""
    done = subprocess.run(["git", *AUTHOR, *arguments], cwd=project, capture_output=True, text=True, check=True)
    return done.stdout


def commit(project: Path, message: str) -> None:
    """Commit everything."""
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", message)


def begin(project: Path) -> None:
    """Turn a project into a repository with everything committed on `main`, and switch to the branch `change`."""
    git(project, "init", "--quiet", "--initial-branch", "main")
    commit(project, "Begin")
    git(project, "switch", "--quiet", "--create", "change")
