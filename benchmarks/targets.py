"""Measure our own commands side by side, in turns, and write ratios and memory to RESULTS.md.

python benchmarks/targets.py [--runs 5] [--large 20000]

The shipped site next to a benchmark site of as many pages; the check next to importing MkDocs; the memory of a large
site beyond that of an empty one.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import make_data
import measure
import results
import run
import serve

#: Pages of a benchmark site that are not those of employers.
OTHER_PAGES = 63
CAP = 300.0


class Task(NamedTuple):
    """A command and where it runs."""

    title: str
    folder: Path
    command: tuple[str, ...]


class Ratio(NamedTuple):
    """Two tasks: their times, or how much more memory the first takes, may have this relation at most."""

    title: str
    first: str
    second: str
    most: float
    is_memory: bool = False


RATIOS = (
    Ratio("shipped site to as many benchmark pages", "shipped", "as many", 1.5),
    Ratio("check of the shipped data to importing MkDocs", "check", "import mkdocs", 1.5),
    Ratio("check of the shipped data to importing MkDocs' command", "check", "import command", 1.5),
    Ratio("MiB of a large site beyond those of an empty one", "large", "empty", 250, is_memory=True),
)


def tasks(folder: Path, large: int) -> Iterator[tuple[str, Task]]:
    """Make the sites, and yield what is measured on them."""
    shipped = serve.shipped(folder / "shipped").project
    build, python = (*run.EPORTAL, "build"), run.our_python()
    made = measure.run(build, shipped, run.ENVIRONMENT, CAP)
    if made.failure:
        raise SystemExit(made.failure)
    pages = sum(1 for _ in (shipped / "site").rglob("index.html"))
    yield "shipped", Task(f"eportal build, the shipped site ({pages} pages)", shipped, build)
    for name, count in (("as many", pages - OTHER_PAGES), ("large", large), ("empty", 1)):
        make_data.ours(count, folder / name)
        yield name, Task(f"eportal build, a benchmark site of {count:,} employers", folder / name, build)
    yield "check", Task("eportal check, the shipped data", shipped, (*run.EPORTAL, "check"))
    yield "import mkdocs", Task("import mkdocs", shipped, (python, "-c", "import mkdocs"))
    yield "import command", Task("import mkdocs.__main__", shipped, (python, "-c", "import mkdocs.__main__"))


def measured(chosen: Mapping[str, Task], turns: int) -> dict[str, list[measure.Run]]:
    """Run all tasks in turns; each build finds the compiled templates of the one before, as users' builds do."""
    runs: dict[str, list[measure.Run]] = {name: [] for name in chosen}
    for _ in range(turns):
        for name, task in chosen.items():
            shutil.rmtree(task.folder / "site", ignore_errors=True)
            found = measure.run(task.command, task.folder, run.ENVIRONMENT, CAP)
            if found.failure:
                raise SystemExit(f"{task.title}: {found.failure}")
            runs[name].append(found)
            print(f"{name}: {found.seconds:.2f} s, {found.peak_mib:.0f} MiB", file=sys.stderr, flush=True)
    return runs


def main() -> None:
    """Measure, and print both tables."""
    parser = argparse.ArgumentParser(description="Measure our own commands.")
    parser.add_argument("--runs", type=int, default=5, help="turns (default: 5)")
    parser.add_argument("--large", type=int, default=20_000, help="employers of the large site (default: 20000)")
    parser.add_argument("--anyway", action="store_true", help="write RESULTS.md though the machine is busy")
    options = parser.parse_args()
    watch = measure.Watch()
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        chosen = dict(tasks(Path(temporary), options.large))
        runs = measured(chosen, options.runs)
    seconds = {name: measure.median([one.seconds for one in found]) for name, found in runs.items()}
    memory = {name: measure.median([one.peak_mib for one in found]) for name, found in runs.items()}
    rows = [[chosen[name].title, f"{seconds[name]:.2f}", f"{memory[name]:.0f}"] for name in chosen]
    others = watch.others()
    parts = [
        results.preamble(list(run.versions()), others),
        results.table(["Command", "Median s", "Peak MiB"], rows),
        results.table(["Relation", "Measured", "At most"], [_row(one, seconds, memory) for one in RATIOS]),
    ]
    whole = options.runs >= results.TURNS
    results.publish("targets", "\n\n".join(parts), others, anyway=options.anyway, whole=whole)


def _row(one: Ratio, seconds: Mapping[str, float], memory: Mapping[str, float]) -> list[str]:
    if one.is_memory:
        return [one.title, f"{memory[one.first] - memory[one.second]:.0f}", f"{one.most:.0f}"]
    return [one.title, results.times(seconds[one.first], seconds[one.second]), f"{one.most:.1f} x"]


if __name__ == "__main__":
    main()
