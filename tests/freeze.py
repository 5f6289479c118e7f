"""Freeze today's records for tests of code: `make freeze`, or `make freeze DAY=2027-03-01`.

Of the occupations in brief, only some are kept: tests build the site many times, and hundreds of pages of one kind
show no more than twenty do.

The day on which the tests run stays the same unless another one is named. The records must have no errors on it, so it
cannot be earlier than the last confirmation of any of them.
"""

from __future__ import annotations

import csv
import re
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.pipeline import Project, build_site
from tests.project import FROZEN, ROOT, STAFF_CONTENT, TODAY, compose, copy

#: Of the occupations in brief that no other record names, one in this many is kept.
ONE_IN = 26
WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
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
    leave_out(target / "data", set(spare(target / "data")))
    (target / "day.txt").write_text(f"{day}\n", encoding="utf-8")
    (target / "README.md").write_text(README, encoding="utf-8")


def spare(data: Path) -> Iterator[str]:
    """Yield the ids of the occupations in brief that the tests can do without."""
    files = sorted((data / "occupations").glob("*.yaml"))
    others = (path for path in data.rglob("*.yaml") if path.parent.name != "occupations")
    named = {word for path in others for word in WORD.findall(path.read_text(encoding="utf-8"))}
    brief = [path.stem for path in files if "\ndescription:" not in path.read_text(encoding="utf-8")]
    yield from (name for place, name in enumerate(brief) if place % ONE_IN and name not in named)


def leave_out(data: Path, occupations: set[str]) -> None:
    """Remove occupations, and the rows of tables and the addresses that belong to them."""
    for name in occupations:
        (data / "occupations" / f"{name}.yaml").unlink()
    for path in data.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        columns = [header.index(name) for name in ("occupation", "related") if name in header]
        if columns:
            kept = [row for row in rows if occupations.isdisjoint(row[column] for column in columns)]
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows([header, *kept])
    words = data / "search_words.csv"
    words.write_text(without(occupations, words.read_text(encoding="utf-8")), encoding="utf-8")
    manifest = data / "addresses.txt"
    lines = manifest.read_text(encoding="utf-8").splitlines(keepends=True)
    manifest.write_text("".join(line for line in lines if occupations.isdisjoint(line.split("/"))), encoding="utf-8")


def without(occupations: set[str], text: str) -> str:
    """Remove the addresses of occupations from lists that are separated by semicolons."""
    gone = re.sub(r"/occupations/([a-z0-9-]+)/;?", lambda found: "" if found[1] in occupations else found[0], text)
    return re.sub(r";(?=$)", "", gone, flags=re.MULTILINE)


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
