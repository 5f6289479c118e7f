"""Fixtures with the county's own data on the current day, replacing those of tests/conftest.py with records.

These tests must pass after any edit that CONTRIBUTING.md allows, so they name no value that staff may change.
`EPORTAL_SHIPPED` names another project to test: test_edits.py edits a copy and runs this folder's tests on it.
"""

from __future__ import annotations

import os
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from generator import load, pipeline, views
from generator.model import Catalog, Site
from generator.pipeline import Project, build_site
from tests.built import Built
from tests.conftest import ROOT, built_once, copy_project


@pytest.fixture(scope="session")
def shipped() -> Path:
    """Return the project whose data is tested, which is the repository."""
    return Path(os.environ.get("EPORTAL_SHIPPED", ROOT))


@pytest.fixture(scope="session")
def today(shipped: Path) -> date:
    """Return the current day in the region, as a build would."""
    return pipeline.today(None, os.environ, load.read_package(shipped / "data").region)


@pytest.fixture(scope="session")
def real_site(shipped: Path, today: date) -> Site:
    """Return the shipped data, read and checked."""
    return build_site(Project(shipped), today)


@pytest.fixture(scope="session")
def site_dir(shipped: Path, today: date) -> Path:
    """Return the site of the shipped data as it would be published today."""
    return built_once("shipped", partial(copy_project, source=shipped), today) / "site"


# pytest keeps one value of a session's fixture, whichever test asks first. So what tests/conftest.py derives from the
# fixtures above has to be derived here again, or a worker that has tested the frozen project would be given that one.


@pytest.fixture(scope="session")
def catalog(real_site: Site) -> Catalog:
    """Return the linked records."""
    return real_site.catalog


@pytest.fixture(scope="session")
def built(site_dir: Path, catalog: Catalog) -> Built:
    """Return the built site, ready to be read."""
    return Built(site_dir, catalog.region["site_url"])


@pytest.fixture(scope="session")
def ended(catalog: Catalog, today: date) -> set[str]:
    """Return the addresses of records that are closed on the day of the build."""
    return {record.url for dataset in catalog for record in views.listing.not_listed(catalog, dataset, today)}
