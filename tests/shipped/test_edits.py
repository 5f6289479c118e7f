"""After edits that CONTRIBUTING.md describes, made today, the check and the tests of the data still pass."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from generator import views
from generator.model import Catalog
from tests.conftest import ROOT, copy_project, eportal


def put(path: Path, field: str, value: str) -> None:
    """Change the value after a field's colon and nothing else."""
    text, count = re.subn(rf"^{field}: .*$", f"{field}: {value}", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert count == 1, f"{path}: {field}"
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def edited(shipped: Path, catalog: Catalog, today: date, tmp_path: Path) -> Path:
    """Return a copy of the project with an offer confirmed, a phone number changed and an offer retired."""
    project = copy_project(tmp_path / "project", shipped)
    confirmed, retired, *_ = views.listing.listed(catalog, catalog["offers"], today)
    called = next(employer for employer in catalog["employers"] if employer["contact_phone"])
    put(project / f"data/offers/{confirmed.id}.yaml", "last_confirmed_on", today.isoformat())
    put(project / f"data/employers/{called.id}.yaml", "contact_phone", "619-555-0199")
    put(project / f"data/employers/{called.id}.yaml", "last_confirmed_on", today.isoformat())
    put(project / f"data/offers/{retired.id}.yaml", "status", "ended")
    return project


@pytest.mark.slow
def test_edits_of_today_pass(edited: Path) -> None:
    """The check finds no errors, and every other test in this folder passes on the edited project."""
    done = eportal("check", cwd=edited)
    assert done.returncode == 0, done.stdout
    environment = {name: value for name, value in os.environ.items() if name != "EPORTAL_TEST_RUN"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/shipped", "--ignore", __file__, "-p", "no:cacheprovider"],
        cwd=ROOT,
        env={**environment, "EPORTAL_SHIPPED": str(edited)},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stdout
