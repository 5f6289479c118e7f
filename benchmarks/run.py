"""Build the same site with every generator, in turns (A B C A B C …), and write times and memory to RESULTS.md.

python benchmarks/run.py --sizes 1000,5000,10000,20000 --runs 3 [--only ours,hugo-data,…]

BENCH_EPORTAL names our command (default: the one in .venv), BENCH_PEERS the folder with the other generators
(`make bench`).
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import measure
import results
from measure import Run

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PEERS = Path(os.environ.get("BENCH_PEERS", ROOT / ".venv" / "bench")).resolve()
EPORTAL = os.environ.get("BENCH_EPORTAL", str(ROOT / ".venv" / "bin" / "eportal")).split()
DAY = "2026-11-24"
ENVIRONMENT = {
    "EPORTAL_TODAY": DAY,
    "SOURCE_DATE_EPOCH": "1795478400",
    "NO_MKDOCS_2_WARNING": "1",
    "PYTHONDONTWRITEBYTECODE": "",  # users' modules are compiled once, not in each run
    "NODE_PATH": str(PEERS / "node_modules"),
}
PROOF = 200
COUNT = itertools.count()
TOO_SLOW = "not measured: it would take longer than"
#: The file in each project that lists what make_data.py wrote; everything else comes from a build.
SOURCES = ".sources"
BASES = {"hugo-md": "Hugo, Markdown", "hugo-data": "Hugo, data", "floor": "floor", "mkdocs": "MkDocs"}


class Generator(NamedTuple):
    """One way to build the site."""

    name: str
    title: str
    folder: str
    command: tuple[str, ...]
    #: Whether a build starts with the previous one's output and cache.
    warm: bool = False


class Setting(NamedTuple):
    """Settings for every size: a generator slower than `patience` gets one turn, one slower than `cap` none."""

    chosen: Sequence[Generator]
    cap: float
    patience: float
    work: Path


class Sized(NamedTuple):
    """The measurements at one size."""

    size: int
    runs: Mapping[str, Sequence[Run]]
    sites: Mapping[str, Mapping[str, Any]]
    skipped: Mapping[str, str]
    differences: Sequence[str]


def generators() -> list[Generator]:
    """Return all ways to build, in the order of their turns; a warm build follows the cold one it reuses."""
    hugo = str(next(PEERS.glob("lib/python*/site-packages/hugo/binaries/hugo*"), PEERS / "hugo"))
    peer = PEERS / "bin"
    python, ours = str(peer / "python"), (*EPORTAL, "build")
    unchecked = (our_python(), str(HERE / "unchecked.py"))
    return [
        Generator("ours", "eportal build", "ours", ours),
        Generator("ours-no-check", "eportal build without the check", "ours", unchecked),
        Generator("hugo-md", "Hugo, from Markdown", "hugo-md", _hugo(hugo)),
        Generator("hugo-data", "Hugo, from data", "hugo-data", _hugo(hugo)),
        Generator("eleventy", "Eleventy, from data", "eleventy", _eleventy()),
        Generator("pelican", "Pelican", "pelican", (str(peer / "pelican"), "-q", "--fatal", "warnings")),
        Generator("zensical", "Zensical, cold", "zensical", (str(peer / "zensical"), "build")),
        Generator(
            "zensical-warm", "Zensical, nothing changed", "zensical", (str(peer / "zensical"), "build"), warm=True
        ),
        Generator("mkdocs", "MkDocs and Material", "mkdocs", (our_python(), "-m", "mkdocs", "build", "-q")),
        Generator("floor", "floor: Jinja and file writes", "floor", (python, "build.py")),
    ]


def _hugo(binary: str) -> tuple[str, ...]:
    return (binary, "--quiet", "--noBuildLock", "--destination", "public")


def _eleventy() -> tuple[str, ...]:
    return ("node", str(PEERS / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"), "--quiet")


def our_python() -> str:
    """Return the Python that runs our command, which has the same version of MkDocs."""
    first = shutil.which(EPORTAL[0]) or EPORTAL[0]
    return first if Path(first).name.startswith("python") else str(Path(first).with_name("python"))


def is_installed(one: Generator) -> bool:
    """Whether a generator's programs are installed."""
    return all(Path(part).exists() for part in one.command if part.startswith("/")) and bool(
        shutil.which(one.command[0])
    )


def versions() -> Iterator[str]:
    """Yield the versions of everything measured."""
    ask = "import sys, importlib.metadata as m; print(*(f'{n} {m.version(n)}' for n in sys.argv[1:]), sep='; ')"
    python = PEERS / "bin" / "python"
    yield f"Python {'.'.join(map(str, sys.version_info[:3]))}"
    yield _said([our_python(), "-c", ask, "mkdocs", "mkdocs-material"])
    for name in ("hugo", "zensical", "pelican", "jinja2"):
        yield _said([str(python), "-c", ask, name]) or f"{name} not installed"
    package = PEERS / "node_modules" / "@11ty" / "eleventy" / "package.json"
    version = json.loads(package.read_text(encoding="utf-8"))["version"] if package.exists() else "not installed"
    yield f"eleventy {version}"
    yield f"node {_said(['node', '--version'])}"


def _said(command: Sequence[str]) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        return ""


def main() -> None:
    """Verify that all generators build the same site, then measure."""
    options = _options()
    watch = measure.Watch()
    missing, chosen = {}, []
    for one in generators():
        if options.only and one.name not in options.only:
            continue
        if is_installed(one):
            chosen.append(one)
        else:
            missing[one.name] = "not installed"
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        work = options.work or Path(temporary)
        _note(f"proving at {PROOF} that all write the same")
        setting = Setting(chosen, options.cap, options.patience, work)
        proof = at_size(PROOF, 1, setting, missing)
        skipped = dict(proof.skipped)
        for one in chosen:  # a generator whose output differs is not timed
            differs = [line for line in proof.differences if line.startswith(f"{one.folder}: ")]
            if differs:
                skipped[one.name] = f"wrote other pages: {differs[0]}"
        measured: list[Sized] = []
        for size in sorted(options.sizes):
            late = _too_slow(measured[-1], size, setting) if measured else {}
            measured.append(at_size(size, options.runs, setting, skipped | late))
            skipped |= {n: f"{why} at {size}" for n, why in measured[-1].skipped.items() if n not in skipped | late}
    others = watch.others()
    text = "\n\n".join([results.preamble(list(versions()), others), *(as_text(one, chosen) for one in measured)])
    results.publish(
        "build", text, others, anyway=options.anyway, whole=options.runs >= results.TURNS and not options.only
    )


def _too_slow(last: Sized, size: int, setting: Setting) -> dict[str, str]:
    """Return the generators that would exceed the cap at the next size if their time grows linearly."""
    middle = {name: measure.median([run.seconds for run in runs]) for name, runs in last.runs.items()}
    slow = [name for name, seconds in middle.items() if seconds * size / last.size > setting.cap]
    slow += [name for name, why in last.skipped.items() if why.startswith(TOO_SLOW)]
    return dict.fromkeys(slow, f"{TOO_SLOW} {setting.cap:g} s")


def at_size(size: int, turns: int, setting: Setting, skipped: Mapping[str, str]) -> Sized:
    """Measure all generators at one size, in turns, then check that they wrote the same."""
    folder = setting.work / str(size)
    shutil.rmtree(folder, ignore_errors=True)
    # in a separate process, because its peak memory would count as the children's
    made = subprocess.run([sys.executable, str(HERE / "make_data.py"), str(size), str(folder)], check=False)
    if made.returncode:
        raise SystemExit("make_data.py failed")
    failed = dict(skipped)
    runs: dict[str, list[Run]] = {one.name: [] for one in setting.chosen}
    for turn in range(turns):
        for one in setting.chosen:
            former = runs[one.name]
            if one.name in failed or (former and former[0].seconds > setting.patience):
                continue
            run = build(one, folder / one.folder, setting.cap)
            _note(f"{size}, turn {turn + 1}: {one.name}: {run.failure or f'{run.seconds:.2f} s'}")
            if run.failure:
                failed[one.name] = run.failure
                runs[one.name].clear()  # a median of fewer turns than the others would mislead
                for name in ("site", "public"):
                    shutil.rmtree(folder / one.folder / name, ignore_errors=True)
            else:
                runs[one.name].append(run)
    command = [sys.executable, str(HERE / "same.py"), str(folder), "--json"]
    said = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    shutil.rmtree(folder)
    return Sized(size, runs, said["sites"], failed, said["differences"])


def build(one: Generator, folder: Path, cap: float) -> Run:
    """Move away a former build's output unless this build reuses it, and build."""
    listed = folder / SOURCES
    if not listed.exists():
        listed.write_text("\n".join([SOURCES, *(path.name for path in folder.iterdir())]), encoding="utf-8")
    environment = {**ENVIRONMENT, "XDG_CACHE_HOME": str(folder / ".home-cache")}
    left = _left(folder)
    if not one.warm:
        _put_away(left)
    elif not left:
        measure.run(one.command, folder, environment, cap)
    return measure.run(one.command, folder, environment, cap)


def _left(folder: Path) -> list[Path]:
    sources = (folder / SOURCES).read_text(encoding="utf-8").split("\n")
    return [path for path in folder.iterdir() if path.name not in sources]


def _put_away(left: Sequence[Path]) -> None:
    """Move a build's output out of the way; it is deleted with the size's folder.

    ext4 does not reuse the inodes of deleted files for a while and skips them for every new file, so a build right
    after a large deletion would be slowed down.
    """
    for path in left:
        away = path.parent.parent / ".away" / str(next(COUNT))
        away.parent.mkdir(exist_ok=True)
        path.rename(away)


def as_text(sized: Sized, chosen: Sequence[Generator]) -> str:
    """Return the table for one size."""
    middle = {name: measure.median([run.seconds for run in runs]) for name, runs in sized.runs.items()}
    rows = [
        row(one, sized, [results.times(middle[one.name], middle.get(base, float("nan"))) for base in BASES])
        for one in chosen
        if sized.runs[one.name]
    ]
    heading = ["Builder", "Turns", "Median s", "Least–most s", *(f"to {base}" for base in BASES.values())]
    lines = [f"### {sized.size:,} employers", "", results.table([*heading, "Peak MiB", "Pages", "Bytes a page"], rows)]
    names = {one.name: one.title for one in generators()}
    lines += [f"\n{names.get(name, name)}: {why.splitlines()[-1]}" for name, why in sized.skipped.items()]
    lines += [f"\n**Differs:** {line}" for line in sized.differences]
    return "\n".join(lines)


def row(one: Generator, sized: Sized, ratios: Sequence[str]) -> list[str]:
    """Return the row of one generator."""
    seconds = [run.seconds for run in sized.runs[one.name]]
    site = sized.sites.get(one.folder, {"pages": "–", "bytes": "–"})
    return [
        one.title,
        str(len(seconds)),
        f"{measure.median(seconds):.2f}",
        f"{min(seconds):.2f}–{max(seconds):.2f}",
        *ratios,
        f"{measure.median([run.peak_mib for run in sized.runs[one.name]]):.0f}",
        str(site["pages"]),
        str(site["bytes"]),
    ]


def _options() -> argparse.Namespace:
    def listed(kind: Callable[[str], Any]) -> Callable[[str], list[Any]]:
        return lambda text: [kind(part) for part in text.split(",") if part]

    parser = argparse.ArgumentParser(description="Compare our build with its peers.")
    parser.add_argument("--sizes", type=listed(int), default=[1000, 5000, 10000, 20000], help="employers, with commas")
    parser.add_argument("--runs", type=int, default=3, help="turns at each size (default: 3)")
    parser.add_argument("--only", type=listed(str), help="names of builders, with commas")
    parser.add_argument("--cap", type=float, default=150, help="seconds after which a build is ended (default: 150)")
    words = "seconds: a builder that takes longer has one turn at that size (default: 25)"
    parser.add_argument("--patience", type=float, default=25, help=words)
    parser.add_argument("--work", type=Path, help="an empty folder to work in (default: a temporary one)")
    parser.add_argument(
        "--anyway", action="store_true", help="write RESULTS.md though the machine is busy or turns are few"
    )
    return parser.parse_args()


def _note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
