"""Golden cases: each folder, named for a behavior, is copied over the project in `_base` and has an expected result.

`expected.txt` contains the problems as `eportal check` prints them; `expected/` contains rendered pages;
`remove.txt` names files that the case removes. Run with UPDATE_GOLDEN=1 to write the current results.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from generator import report
from generator.model import SetupError
from generator.pipeline import Project, build_site, markdown
from tests.conftest import GOLDEN, TODAY

CASES = sorted(path for path in GOLDEN.iterdir() if path.is_dir() and not path.name.startswith("_"))
OWN_FILES = ("expected.txt", "remove.txt", "expected")


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_case(case: Path, small: Path) -> None:
    """The case gives exactly its expected problems and pages."""
    lay_over(case, small)
    problems, pages = outcome()
    if os.environ.get("UPDATE_GOLDEN"):
        write_expected(case, problems, pages)
    assert problems == (case / "expected.txt").read_text(encoding="utf-8")
    for path in sorted((case / "expected").rglob("*.md")):
        assert pages[path.relative_to(case / "expected").as_posix()] == path.read_text(encoding="utf-8")


@pytest.mark.usefixtures("small")
def test_base_is_clean() -> None:
    """The base project of all cases has no problems."""
    assert outcome()[0] == "no problems\n"


def lay_over(case: Path, project: Path) -> None:
    """Copy a case's files over a copy of the base."""
    ignore = shutil.ignore_patterns(*OWN_FILES)
    shutil.copytree(case, project, dirs_exist_ok=True, ignore=ignore, symlinks=True)
    if (case / "remove.txt").exists():
        for name in (case / "remove.txt").read_text(encoding="utf-8").split():
            target = project / name
            shutil.rmtree(target) if target.is_dir() else target.unlink()


def outcome() -> tuple[str, dict[str, str]]:
    """Run the pipeline in the working directory and return the problems as text, and the pages if valid."""
    project = Project(Path())
    try:
        site = build_site(project, TODAY)
    except SetupError as error:
        return f"setup: {error}\n", {}
    lines = [text for text in (report.as_text(site.problems), report.summary(site.problems)) if text]
    pages = {} if site.errors else {page.uri: text for page, text in markdown(site, project)}
    return "\n".join(lines) + "\n", pages


def write_expected(case: Path, problems: str, pages: dict[str, str]) -> None:
    """Write the current results, whose diff is then reviewed."""
    (case / "expected.txt").write_text(problems, encoding="utf-8")
    for path in (case / "expected").rglob("*.md"):
        path.write_text(pages[path.relative_to(case / "expected").as_posix()], encoding="utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_one_mistake_gives_one_problem(case: Path) -> None:
    """One mistake gives one problem (cases named `several_…` contain several mistakes)."""
    lines = (case / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 2 or case.name.startswith("several_")
