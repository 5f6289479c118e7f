"""Measure the preview: from saving a file to the reloaded page, and from the start to the first page.

python benchmarks/serve.py [--size 10000] [--runs 5]

Asks as the script on a page does: waits for the next version, then fetches the page, until it shows what was saved.
Once with the data of this repository, once with a benchmark site of many employers.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import make_data
import measure
import results
import run

ROOT = run.ROOT
VERSION = "_preview/version?shown="
PARTS = ("data", "content", "overrides")


class Case(NamedTuple):
    """A project, a page of it, and words in a file that the page shows."""

    title: str
    project: Path
    page: str
    file: Path
    words: str
    most: float


class Times(NamedTuple):
    """Seconds: from the start to the first page, and from each save to the page that shows it."""

    first: float
    saves: list[float]


def shipped(folder: Path) -> Case:
    """Copy the data of this repository."""
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part)
    shutil.copyfile(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    record = "data/pathways/patient-care.yaml"
    return Case("the shipped data", folder, "pathways/patient-care/", folder / record, "name: Patient Care", 0.5)


def employers(count: int, folder: Path) -> Case:
    """Make a benchmark site of so many employers."""
    make_data.ours(count, folder)
    table, words = folder / "data" / "employers.csv", "opens its doors"
    first = table.read_text(encoding="utf-8").splitlines()[1].partition(",")[0]
    return Case(f"{count:,} employers", folder, f"employers/{first}/", table, words, 1.5)


def measured(case: Case, turns: int) -> Times:
    """Save a word more in each turn, and wait for the page that shows it."""
    text = case.file.read_text(encoding="utf-8")
    begin = time.perf_counter()
    with serving(case.project) as site:
        fetched(f"{site}{case.page}")
        first = time.perf_counter() - begin
        saves = []
        for turn in range(turns):
            mark = f"turn{turn}"
            version = fetched(f"{site}{VERSION}")
            begin = time.perf_counter()
            case.file.write_text(text.replace(case.words, f"{case.words} {mark}", 1), encoding="utf-8")
            while mark not in fetched(f"{site}{case.page}"):
                version = fetched(f"{site}{VERSION}{version}")
            saves.append(time.perf_counter() - begin)
    return Times(first, saves)


@contextmanager
def serving(project: Path) -> Iterator[str]:
    """Run the preview on a free port, and end it; its memory counts once."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [*run.EPORTAL, "serve", "--address", address, "--today", run.DAY]
    environment = {**os.environ, **run.ENVIRONMENT}
    process = subprocess.Popen(
        command, cwd=project, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield f"http://{address}/"
    finally:
        process.terminate()
        process.wait()


def fetched(address: str) -> str:
    """Return the text at an address; wait for the server to begin."""
    while True:
        try:
            with urllib.request.urlopen(address, timeout=120) as answer:  # noqa: S310 - our own server
                text: str = answer.read().decode()
                return text
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{address}: {error}") from error
        except urllib.error.URLError:
            time.sleep(0.02)


def main() -> None:
    """Measure both sites, print the table, and put it into RESULTS.md."""
    parser = argparse.ArgumentParser(description="Measure the preview.")
    parser.add_argument("--size", type=int, default=10_000, help="employers of the benchmark site (default: 10000)")
    parser.add_argument("--runs", type=int, default=5, help="saves (default: 5)")
    parser.add_argument("--anyway", action="store_true", help="write RESULTS.md though the machine is busy")
    options = parser.parse_args()
    watch, rows = measure.Watch(), []
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        folder = Path(temporary)
        for case in (shipped(folder / "shipped"), employers(options.size, folder / "employers")):
            times = measured(case, options.runs)
            middle = measure.median(times.saves)
            least, most = min(times.saves), max(times.saves)
            figures = (f"{middle:.2f}", f"{least:.2f}–{most:.2f}", f"{case.most:.1f}", f"{times.first:.2f}")
            rows.append([case.title, *figures])
            print(*rows[-1], file=sys.stderr, flush=True)
    heading = ["Preview", "Save to page, median s", "Least–most s", "At most s", "Start to first page s"]
    others = watch.others()
    text = "\n\n".join([results.preamble(list(run.versions()), others), results.table(heading, rows)])
    results.publish("serve", text, others, anyway=options.anyway, whole=options.runs >= results.TURNS)


if __name__ == "__main__":
    main()
