"""Tests of code read frozen records: an edit of the data reaches none of them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from generator.model import Site
from tests import freeze
from tests.conftest import PROJECT, ROOT, TODAY, once
from tests.project import FROZEN

#: Reading the records of the repository, or all of it as a project. Schemas are code.
LIVE = re.compile(r"""Project\(ROOT\)|ROOT / f?"(?:data(?!/schemas)|content/about)""")
#: What is written from the setup (docs/data-dictionary.md, data/schemas/json) is compared with the real setup.
COMPARES_WHAT_IS_WRITTEN = {"test_editor_schemas.py"}


def files(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by its path, except compiled templates, which other tests leave there."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.relative_to(folder).parts[0] != ".cache")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_the_project_of_the_tests_is_frozen_records_and_code_of_today() -> None:
    """Records and the pages that staff write come from tests/frozen/, all else from the repository."""
    found = files(PROJECT)
    frozen = {name: text for name, text in files(FROZEN).items() if name.startswith(("data/", "content/"))}
    assert found.items() >= frozen.items()
    for name, text in found.items() - frozen.items():
        assert (ROOT / name).read_bytes() == text, name
        assert not name.startswith("data/") or name.startswith("data/schemas/"), name


def test_the_frozen_records_fit_the_schemas_of_today(real_site: Site) -> None:
    """After a schema changes, the frozen records must be updated: make freeze."""
    assert [str(problem) for problem in real_site.problems] == []


def test_no_test_of_code_reads_the_records_of_the_repository() -> None:
    """Only tests/shipped/ does; everywhere else it is `PROJECT`, not `ROOT`."""
    paths = [*(ROOT / "tests").glob("*.py"), *(ROOT / "tests" / "browser").glob("*.py")]
    tests = {path.name: path.read_text(encoding="utf-8") for path in paths if path.name.startswith("test_")}
    assert {name for name, text in tests.items() if LIVE.search(text)} == COMPARES_WHAT_IS_WRITTEN


def test_what_is_frozen_is_all_that_staff_edit(tmp_path: Path) -> None:
    """Freezing takes every record, no schema and no template, and notes the day."""
    freeze.freeze(tmp_path, date(2027, 3, 1))
    names = set(files(tmp_path))
    assert {"day.txt", "data/region.yaml", "data/addresses.txt", "data/wages.csv", "content/about/cte.md"} <= names
    assert {name for name in names if name.endswith(".j2") or "schemas" in name} == set()
    assert (tmp_path / "day.txt").read_text(encoding="utf-8") == "2027-03-01\n"


def test_records_are_not_frozen_before_their_time() -> None:
    """A record that was confirmed after the day of the tests is an error on it."""
    assert freeze.errors(FROZEN, TODAY) == []
    assert freeze.errors(FROZEN, date(2025, 1, 1))


def test_a_shared_folder_is_made_once() -> None:
    """The first who asks makes it; one that was not finished does not count."""
    made = []

    def fails(folder: Path) -> None:
        (folder / "half").touch()
        raise OSError

    with pytest.raises(OSError, match=r"^$"):
        once("test-of-once", fails)
    for _ in range(2):
        folder = once("test-of-once", made.append)
    assert len(made) == 1
    assert list(folder.iterdir()) == []
