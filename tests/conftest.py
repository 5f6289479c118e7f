"""Fixtures for all tests: the frozen project, small projects to break, and the site, built once per run.

- `PROJECT` (tests/project.py) is the project that tests of code read: records frozen in `tests/frozen/`, with
  everything else as it is today. Staff edits never change it. `ROOT` is the repository itself: use `ROOT / "docs"`,
  but `PROJECT / "data"`. `TODAY` is the day of the frozen records.
- After changing a schema, run `make freeze` and commit `tests/frozen/`.
- Tests of the county's own data are in `tests/shipped/`. There the same fixtures (`catalog`, `real_site`,
  `built` …) contain the repository's data on the current day, `today`.
- `once` and `built_once` (tests/project.py) create a folder or a site once per test run, for all workers.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from generator import views
from generator.model import Catalog, Site
from generator.pipeline import Project, build_site
from tests.built import Built
from tests.project import EPOCH, PROJECT, ROOT, RUN, TODAY, build, built_once, copy_project, eportal, once

__all__ = [
    "EPOCH",
    "GOLDEN",
    "PROJECT",
    "ROOT",
    "RUN",
    "TODAY",
    "build",
    "built_once",
    "copy_project",
    "edit",
    "eportal",
    "once",
]

GOLDEN = Path(__file__).parent / "golden"

# The same examples in every run, however slow the machine is.
settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.load_profile("steady")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that needs a whole site as slow."""
    for item in items:
        if "site_dir" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


def edit(path: Path, old: str, new: str) -> None:
    """Change a file as a person would; fail if the text to change is missing."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path}: no {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="session")
def today() -> date:
    """Return the day the site is built for."""
    return TODAY


@pytest.fixture
def real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the frozen project that a test may break, and make it the working directory."""
    project = copy_project(tmp_path / "project")
    monkeypatch.chdir(project)
    return project


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the golden cases' base project and make it the working directory."""
    project = tmp_path / "project"
    shutil.copytree(GOLDEN / "_base", project)
    monkeypatch.chdir(project)
    return project


@pytest.fixture
def check() -> Callable[..., Site]:
    """Return a function that runs the pipeline in the working directory."""

    def run(*, release: bool = False, today: date = TODAY) -> Site:
        return build_site(Project(Path()), today, release=release)

    return run


@pytest.fixture(scope="session")
def site_dir() -> Path:
    """Return the site of the frozen project, built as `make site` does."""
    return built_once("built", copy_project) / "site"


@pytest.fixture(scope="session")
def real_site() -> Site:
    """Return the frozen project, read and checked."""
    site = build_site(Project(PROJECT), TODAY)
    assert site.errors == (), "the frozen records do not fit the schemas of today: run `make freeze`"
    return site


@pytest.fixture(scope="session")
def catalog(real_site: Site) -> Catalog:
    """Return the linked records."""
    return real_site.catalog


@pytest.fixture(scope="session")
def ended(catalog: Catalog, today: date) -> set[str]:
    """Return the addresses of records that are closed on the day of the build."""
    return {record.url for dataset in catalog for record in views.listing.not_listed(catalog, dataset, today)}


@pytest.fixture(scope="session")
def built(site_dir: Path, catalog: Catalog) -> Built:
    """Return the built site, ready to be read."""
    return Built(site_dir, catalog.region["site_url"])
