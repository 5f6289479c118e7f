"""Freeze today's records for tests of code: `make freeze`, or `make freeze DAY=2027-03-01`.

The day on which the tests run stays the same unless another one is named. The records must have no errors on it, so it
cannot be earlier than the last confirmation of any of them.
"""

from __future__ import annotations

import shutil
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.pipeline import Project, build_site
from tests.project import FROZEN, ROOT, STAFF_CONTENT, TODAY, compose, copy

README = """\
Records as they were when a maintainer last ran `make freeze`, for the tests of code. Nobody edits them by hand:
see tests/project.py.
"""


def freeze(target: Path, day: date) -> None:
    """Write the records, the pages that staff edit, and the day to a folder."""
    paths = [path for pattern in ("data/*", *STAFF_CONTENT) for path in ROOT.glob(pattern) if path.name != "schemas"]
    for path in paths:
        place = target / path.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        copy(path, place)
    (target / "day.txt").write_text(f"{day}\n", encoding="utf-8")
    (target / "README.md").write_text(README, encoding="utf-8")


def errors(records: Path, day: date) -> list[str]:
    """Return the errors that the check finds in frozen records on their day."""
    with TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        compose(project, records)
        return [str(problem) for problem in build_site(Project(project), day).errors]


def main(arguments: list[str]) -> int:
    """Replace tests/frozen/ unless the records have errors on the day of the tests."""
    day = date.fromisoformat(arguments[0]) if arguments else TODAY
    with TemporaryDirectory(dir=FROZEN.parent) as folder:
        fresh = Path(folder) / "frozen"
        freeze(fresh, day)
        if found := errors(fresh, day):
            hint = f"errors on {day}, nothing is frozen; for a later day: make freeze DAY=2027-03-01"
            sys.stderr.write("\n".join([*found, hint, ""]))
            return 1
        shutil.rmtree(FROZEN)
        fresh.rename(FROZEN)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
