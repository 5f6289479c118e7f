"""Reads the data of a git revision from the repository, without a shell and without a checkout."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from generator import git, load
from generator.diff.changes import State
from generator.load.text import MAX_BYTES
from generator.model import SetupError
from generator.pipeline import Project

DATA, CONTENT = "data", "content"
REGULAR_FILES = ("100644", "100755")


def state_of(project: Project, revision: str) -> State:
    """Read the data of a revision.

    Raises:
        UnknownRevisionError: there is no such revision.
    """
    commit = git.commit_of(project.root, revision)
    files = dict(_files(project.root, commit))
    with tempfile.TemporaryDirectory() as folder:
        _write(project.root, {p: h for p, h in files.items() if p.startswith(f"{DATA}/")}, Path(folder).resolve())
        templates = frozenset(p.removeprefix(f"{CONTENT}/") for p in files if p.startswith(f"{CONTENT}/"))
        return read_state(Path(folder).resolve() / DATA, templates, f"{Path(folder).resolve()}/")


def working_state(project: Project) -> State:
    """Read the data of the working tree."""
    content = project.content
    templates = frozenset(p.relative_to(content).as_posix() for p in content.rglob("*") if p.is_file())
    return read_state(project.data, templates)


def read_state(data: Path, templates: frozenset[str] = frozenset(), root: str = "") -> State:
    """Read a data folder; `root` is left out of paths."""
    if not data.is_dir():
        return State(root=root)
    try:
        package = load.read_package(data)
    except SetupError as error:
        return State(broken_setup=str(error).replace(root, "") if root else str(error))
    tables, problems = load.load(package)
    return State(package, tables, tuple(p for p in problems if p.severity == "error"), templates, root=root)


def _files(root: Path, commit: str) -> Iterator[tuple[str, str]]:
    """Yield (path, hash) of the regular files in data/ and content/; links and submodules are left out."""
    for entry in git.ask(root, "ls-tree", "-r", "-z", commit, "--", DATA, CONTENT).split(b"\0"):
        if entry:
            about, _, path = entry.partition(b"\t")
            mode, _, hash_ = about.decode("ascii").split(" ")
            if mode in REGULAR_FILES:
                yield path.decode("utf-8", "replace"), hash_


def _write(root: Path, files: dict[str, str], folder: Path) -> None:
    """Write files from the repository into a folder, byte for byte."""
    asked = "".join(f"{hash_}\n" for hash_ in files.values()).encode("ascii")
    answer = git.ask(root, "cat-file", "--batch", given=asked)
    at = 0
    for path in files:
        heading = answer[at : answer.index(b"\n", at)]
        size = int(heading.split(b" ")[2])
        start = at + len(heading) + 1
        at = start + size + 1
        target = folder / path
        if target.resolve().is_relative_to(folder) and size <= MAX_BYTES:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(answer[start : start + size])
