"""Search answers what students, families, teachers, employers, and staff type, with the shipped data."""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
from pathlib import Path

from playwright._impl._driver import compute_driver_executable

from tests.conftest import ROOT

#: Share of the queries whose first result must be right; the rest leaves room for edits of the data.
ENOUGH = 0.95
#: Most kilobytes of the index, compressed.
MOST = 80
#: A list answers with any of its pages, such as a college for the name of a city.
LISTS = ("institutions/", "schools/", "sources/")


def is_right(first: str, wanted: str) -> bool:
    """Whether an address is one of those wanted, which are separated by |; filters of a list don't matter."""
    plain = first.partition("?")[0]
    return any(plain == one or (plain.startswith(one) and one.startswith(LISTS)) for one in wanted.split("|"))


def test_first_result_is_right(site_dir: Path) -> None:
    """Nearly all of the queries have the right page as their first result of all."""
    with (ROOT / "tests" / "search_queries.csv").open(encoding="utf-8", newline="") as file:
        wanted = {row["query"]: row["first"] for row in csv.DictReader(file)}
    node, script = compute_driver_executable()[0], ROOT / "tests" / "js" / "answers.mjs"
    command = [node, script, site_dir.resolve(), json.dumps(list(wanted))]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    firsts = dict(zip(wanted, json.loads(done.stdout), strict=True))
    wrong = {query: first for query, first in firsts.items() if not is_right(first, wanted[query])}
    assert len(wanted) >= 120
    assert len(wrong) <= (1 - ENOUGH) * len(wanted), wrong


def test_index_is_small(site_dir: Path) -> None:
    """What opening search loads stays within its budget."""
    assert len(gzip.compress((site_dir / "search" / "index.json").read_bytes())) <= MOST * 1000
