"""What all tests share: the project itself, small projects to break, and the site built once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from generator.model import Catalog, Site
from generator.pipeline import Project, build_site
from tests.built import Built

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"
TODAY = date(2026, 11, 24)
PARTS = ("data", "content", "overrides", "mkdocs.yml")

#: The same examples in every run, however slow the machine is.
settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.load_profile("steady")


def copy_project(target: Path) -> Path:
    """Copy what a county edits (data, content, theme, settings) to a folder of its own."""
    target.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, target / part, dirs_exist_ok=True)
        else:
            shutil.copyfile(source, target / part)
    return target


def eportal(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def edit(path: Path, old: str, new: str) -> None:
    """Change a file as a person would; what is to be changed must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path}: no {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the real project, as the working directory, free to be broken."""
    project = copy_project(tmp_path / "project")
    monkeypatch.chdir(project)
    return project


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the small base project of the golden cases, as the working directory."""
    project = tmp_path / "project"
    shutil.copytree(GOLDEN / "_base", project)
    monkeypatch.chdir(project)
    return project


@pytest.fixture
def check() -> Callable[..., Site]:
    """Give the function that runs the pipeline over the working directory."""

    def run(*, release: bool = False, today: date = TODAY) -> Site:
        return build_site(Project(Path()), today, release=release)

    return run


@pytest.fixture(scope="session")
def site_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the real site once, as `make site` does; give its folder."""
    project = copy_project(tmp_path_factory.mktemp("built") / "project")
    done = eportal("build", "--today", TODAY.isoformat(), cwd=project, SOURCE_DATE_EPOCH="1795478400")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stderr, done.stderr
    return project / "site"


@pytest.fixture(scope="session")
def real_site() -> Site:
    """Run the pipeline over the real project once."""
    return build_site(Project(ROOT), TODAY)


@pytest.fixture(scope="session")
def catalog(real_site: Site) -> Catalog:
    """Give the real data, linked."""
    return real_site.catalog


@pytest.fixture(scope="session")
def built(site_dir: Path, catalog: Catalog) -> Built:
    """Give the real site as built, ready to be read."""
    return Built(site_dir, catalog.region["site_url"])
