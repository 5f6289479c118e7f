"""Check the same table with `eportal check`, jsonschema, pydantic and polars, in turns; write times to RESULTS.md.

python benchmarks/validate.py --sizes 1000,10000,100000 --runs 3

All run the same checks on 20 columns: required, type, pattern, categories, bounds, length, unique ID, a reference,
a list of references without repetition, and order of dates. First a table with known faults verifies that all find
them.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import measure
import results
import run

HERE = Path(__file__).resolve().parent
ORGS, TOPICS = 500, 40
CITIES = ["escondido", "oceanside", "poway", "vista"]
STATES = ["open", "full", "closed"]
ID = "[a-z0-9]+(-[a-z0-9]+)*"
REQUIRED = {"required": True}
#: The table: name, type, and constraints of the Table Schema.
FIELDS: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
    ("id", "string", {"required": True, "pattern": ID, "maxLength": 64}),
    ("name", "string", {"required": True, "maxLength": 140}),
    ("org", "string", REQUIRED),
    ("topics", "list", REQUIRED),
    ("state", "string", {"required": True, "enum": STATES}),
    ("city", "string", {"required": True, "enum": CITIES}),
    ("opens_on", "date", REQUIRED),
    ("closes_on", "date", REQUIRED),
    ("seats", "integer", {"required": True, "minimum": 1, "maximum": 500}),
    ("hours", "integer", {"minimum": 1, "maximum": 400}),
    ("grade_min", "integer", {"minimum": 5, "maximum": 12}),
    ("wage_usd_per_hour", "number", {"minimum": 0}),
    ("score", "number", {"minimum": 0, "maximum": 100}),
    ("paid", "boolean", {}),
    ("remote", "boolean", {}),
    ("code", "string", {"pattern": r"[0-9]{2}\.[0-9]{4}"}),
    ("phone", "string", {"pattern": r"[0-9]{3}-[0-9]{3}-[0-9]{4}"}),
    ("mail", "string", {"pattern": r"[a-z0-9.]+@[a-z0-9.]+", "maxLength": 80}),
    ("summary", "string", {"required": True, "maxLength": 240}),
    ("note", "string", {"maxLength": 500}),
)
#: Faults for the verification, one per row: field -> value.
FAULTS: tuple[tuple[str, str], ...] = (
    ("org", "org-nowhere"),
    ("topics", "topic-1;topic-nowhere"),
    ("topics", "topic-1;topic-1"),
    ("state", "shut"),
    ("opens_on", "2027-02-30"),
    ("closes_on", "2020-01-01"),
    ("seats", "0"),
    ("hours", "many"),
    ("wage_usd_per_hour", "-1"),
    ("paid", "perhaps"),
    ("code", "1.2"),
    ("summary", ""),
    ("note", "x" * 501),
    ("id", "row-000001"),
)
WORKERS = ("jsonschema", "pydantic", "polars")


def rows(count: int) -> Iterator[dict[str, str]]:
    """Yield rows without faults."""
    for n in range(1, count + 1):
        yield {
            "id": f"row-{n:06}",
            "name": f"Offer number {n}",
            "org": f"org-{n * 7 % ORGS + 1}",
            "topics": f"topic-{n % TOPICS + 1};topic-{(n + 1) % TOPICS + 1};topic-{(n + 2) % TOPICS + 1}",
            "state": STATES[n % len(STATES)],
            "city": CITIES[n * 3 % len(CITIES)],
            "opens_on": f"2027-{n % 12 + 1:02}-{n % 28 + 1:02}",
            "closes_on": f"2028-{n % 12 + 1:02}-{n % 28 + 1:02}",
            "seats": str(n % 500 + 1),
            "hours": "" if n % 5 == 0 else str(n % 400 + 1),
            "grade_min": str(n % 8 + 5),
            "wage_usd_per_hour": f"{n % 60 + 16}.50",
            "score": str(n % 101),
            "paid": "true" if n % 2 else "false",
            "remote": "" if n % 3 else "true",
            "code": f"{n % 90 + 10}.{n % 9000 + 1000}",
            "phone": f"619-555-{n % 10000:04}",
            "mail": f"desk{n}@org{n % ORGS}.example",
            "summary": f"What offer {n} is about and for whom, in a sentence that is as long as people write.",
            "note": "" if n % 4 else f"Ask at desk {n % 50}, then sign in at the gate of the north yard.",
        }


def faulty(count: int) -> Iterator[dict[str, str]]:
    """Yield rows with a fault in every tenth, until all faults have been used."""
    for n, row in enumerate(rows(count)):
        place = n // 10 - 1
        yield row | (dict([FAULTS[place]]) if n % 10 == 0 and 0 <= place < len(FAULTS) else {})


def write_data(folder: Path, table: Iterator[dict[str, str]]) -> None:
    """Write a data folder in our format, whose CSV files the others read."""
    (folder / "schemas").mkdir(parents=True)
    (folder / "region.yaml").write_text((HERE / "peers" / "ours" / "data" / "region.yaml").read_text(encoding="utf-8"))
    names = ("orgs", "topics", "table")
    resources = [{"name": name, "verified_on": "2026-11-01", "owner": "nobody"} for name in names]
    package = {"name": "benchmark", "title": "A table", "resources": resources}
    (folder / "datapackage.yaml").write_text(json.dumps(package), encoding="utf-8")
    for name, title, count in (("org", "Organisations", ORGS), ("topic", "Topics", TOPICS)):
        schema = {"title": title, "fields": [_field("id", "string", {**REQUIRED, "pattern": ID})]}
        (folder / "schemas" / f"{name}s.yaml").write_text(json.dumps(schema), encoding="utf-8")
        ids = "".join(f"{name}-{i}\n" for i in range(1, count + 1))
        (folder / f"{name}s.csv").write_text(f"id\n{ids}", encoding="utf-8")
    keys = [
        {"fields": field, "reference": {"resource": to, "fields": "id"}}
        for field, to in (("org", "orgs"), ("topics", "topics"))
    ]
    schema = {"title": "Table", "fields": [_field(*f) for f in FIELDS]}
    schema |= {"ordered": [["opens_on", "closes_on"]], "foreignKeys": keys}
    (folder / "schemas" / "table.yaml").write_text(json.dumps(schema), encoding="utf-8")
    with (folder / "table.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, [name for name, _, _ in FIELDS], lineterminator="\n")
        out.writeheader()
        out.writerows(table)


def _field(name: str, kind: str, constraints: Mapping[str, Any]) -> dict[str, Any]:
    form = {"description": "as the pattern says"} if "pattern" in constraints else {}
    return {"name": name, "type": kind, "title": name, "constraints": dict(constraints), **form}


# Verification and measurement.


def prove(commands: Mapping[str, Sequence[str]], folder: Path) -> None:
    """Exit unless all find exactly the faulty rows."""
    write_data(folder / "data", faulty(1000))
    for name, command in commands.items():
        asked = [*command, "--format", "json"] if name == "eportal check" else command
        said = subprocess.run(asked, cwd=folder, capture_output=True, text=True, check=False)
        text = said.stdout.strip()
        if name == "eportal check":
            found = len({problem["line"] for problem in json.loads(text) if problem["severity"] == "error"})
        else:
            found = int(text) if text.isdigit() else -1
        if found != len(FAULTS):
            raise SystemExit(f"{name} finds {found} faulty rows of {len(FAULTS)}\n{text[-3000:]}{said.stderr[-2000:]}")


def measure_size(count: int, commands: Mapping[str, Sequence[str]], times: int, cap: float, folder: Path) -> str:
    """Check one table with all, in turns, and return a table of times."""
    # in a separate process, as in run.py
    subprocess.run([sys.executable, __file__, "--write", str(count), str(folder / "data")], check=True)
    return turns(f"{count:,} rows", commands, times, cap, folder)


def turns(title: str, commands: Mapping[str, Sequence[str]], times: int, cap: float, folder: Path) -> str:
    """Run commands in turns and return a table of times, each compared with the first."""
    runs: dict[str, list[measure.Run]] = {name: [] for name in commands}
    failed: dict[str, str] = {}
    for _ in range(times):
        for name, command in commands.items():
            if name in failed:
                continue
            one = measure.run(command, folder, run.ENVIRONMENT, cap)
            print(f"{title}: {name}: {one.failure or f'{one.seconds:.2f} s'}", file=sys.stderr, flush=True)
            if one.failure:
                failed[name] = one.failure.splitlines()[-1]
            else:
                runs[name].append(one)
    first = measure.median([one.seconds for one in next(iter(runs.values()))])
    lines = [
        [
            name,
            f"{measure.median([one.seconds for one in done]):.2f}",
            f"{min(one.seconds for one in done):.2f}–{max(one.seconds for one in done):.2f}",
            results.times(first, measure.median([one.seconds for one in done])),
            f"{measure.median([one.peak_mib for one in done]):.0f}",
        ]
        for name, done in runs.items()
        if done
    ]
    heading = ["Command", "Median s", "Least–most s", f"{next(iter(commands))} ÷ it", "Peak MiB"]
    text = f"### {title}\n\n{results.table(heading, lines)}"
    return "\n\n".join([text, *(f"{name}: {why}" for name, why in failed.items())])


def main() -> None:
    """Verify, then measure; or write a table, when called by this script itself."""
    parser = argparse.ArgumentParser(description="Compare our check with its peers.")
    sizes = [1000, 10000, 100000]
    parser.add_argument("--sizes", type=lambda t: [int(n) for n in t.split(",")], default=sizes, help="rows")
    parser.add_argument("--runs", type=int, default=3, help="turns at each size (default: 3)")
    parser.add_argument("--cap", type=float, default=600, help="seconds after which a check is ended (default: 600)")
    parser.add_argument(
        "--anyway", action="store_true", help="write RESULTS.md though the machine is busy or turns are few"
    )
    parser.add_argument("--write", nargs=2, metavar=("N", "DIR"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write:
        write_data(Path(options.write[1]), rows(int(options.write[0])))
        return
    watch = measure.Watch()
    python = str(run.PEERS / "bin" / "python")
    commands: dict[str, Sequence[str]] = {"eportal check": [*run.EPORTAL, "check", "--data", "data"]}
    missing = []
    for name in WORKERS:
        if _version(python, name):
            commands[name] = [python, str(HERE / "checkers.py"), name, "data"]
        else:
            missing.append(f"{name}: not installed")
    parts = []
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        prove(commands, Path(temporary, "proof"))
        for size in options.sizes:
            folder = Path(temporary, str(size))
            parts.append(measure_size(size, commands, options.runs, options.cap, folder))
    shipped = {
        "eportal check": [*run.EPORTAL, "check"],
        "import frictionless": [run.our_python(), "-c", "import frictionless"],
        "import nothing": [run.our_python(), "-c", "pass"],
    }
    parts.append(turns("The data of this repository", shipped, max(options.runs, 3), options.cap, run.ROOT))
    named = [f"{name} {_version(python, name)}" for name in commands if name in WORKERS]
    others = watch.others()
    preamble = results.preamble([f"Python {sys.version.split()[0]}", *named, *missing], others)
    text = "\n\n".join([preamble, *parts])
    results.publish("check", text, others, anyway=options.anyway, whole=options.runs >= results.TURNS)


def _version(python: str, name: str) -> str:
    if not Path(python).exists():
        return ""
    ask = "import sys, importlib.metadata as m; print(m.version(sys.argv[1]))"
    return subprocess.run([python, "-c", ask, name], capture_output=True, text=True, check=False).stdout.strip()


if __name__ == "__main__":
    main()
