"""Reading data files: strict CSV and strict YAML to rows of text, each value with its place.

Knows file formats and nothing else: whether a value makes sense is for `validate` and `rules`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.load.csv_file import read_csv
from generator.load.package import read_package
from generator.load.text import MAX_RECORDS, shown_path
from generator.load.yaml_file import read_yaml
from generator.messages import did_you_mean, problem
from generator.model import Origin, Package, Problem, Resource, Row, Table

__all__ = ["load", "read_package"]

#: What data/ holds beside datasets.
OTHER_ENTRIES = frozenset({"datapackage.yaml", "region.yaml", "schemas", "README.md", "addresses.txt"})


def load(package: Package) -> tuple[dict[str, Table], list[Problem]]:
    """Read the files of every dataset; a file that cannot be read costs its own rows only."""
    tables: dict[str, Table] = {}
    problems = list(_strangers(package))
    for resource in package:
        tables[resource.name], found = load_table(package.root, resource)
        problems += found
    return tables, problems


def load_table(root: Path, resource: Resource) -> tuple[Table, list[Problem]]:
    """Read one dataset: one CSV file, one YAML list, or a folder with a YAML file per record."""
    name = resource.name
    csv_path, yaml_path, folder = root / f"{name}.csv", root / f"{name}.yaml", root / name
    if csv_path.exists():
        table, problems = read_csv(name, csv_path, [f.name for f in resource.schema.fields])
    elif yaml_path.exists():
        table, problems = read_yaml(name, [yaml_path], one_each=False)
    elif folder.is_dir():
        table, problems = read_yaml(name, sorted(folder.glob("*.yaml")), one_each=True)
    else:
        missing = problem("E101", Origin(shown_path(root / "datapackage.yaml")), about={"dataset": name}, name=name)
        return Table(name, (), whole=False), [missing]
    place = Origin(shown_path(next((p for p in (csv_path, yaml_path) if p.exists()), folder)))
    if not table.rows and not problems:
        problems = [problem("E108", place, about={"dataset": name}, name=name)]
    if len(table.rows) > MAX_RECORDS:
        what = f"the number of records ({len(table.rows)})"
        problems.append(problem("E117", place, about={"dataset": name}, what=what, limit=MAX_RECORDS))
    return table, problems


def _strangers(package: Package) -> Iterator[Problem]:
    """Find what lies in data/ and would be silently ignored, and links that lead out of it."""
    names = [r.name for r in package]
    for path in sorted(package.root.iterdir()):
        if path.name.startswith(".") or path.name in OTHER_ENTRIES:
            continue
        is_data = path.is_dir() or path.suffix in (".csv", ".yaml")
        if not is_data or path.stem not in names:
            hint = did_you_mean(path.stem, names)
            yield problem("E109", Origin(shown_path(path)), hint=hint, name=path.name)
        elif path.is_dir():
            yield from _strangers_in_folder(path)


def _strangers_in_folder(folder: Path) -> Iterator[Problem]:
    for path in sorted(folder.iterdir()):
        if path.suffix != ".yaml" or path.is_dir():
            hint = "a record's file ends in .yaml"
            yield problem("E109", Origin(shown_path(path)), hint=hint, name=f"{folder.name}/{path.name}")


def row_id(row: Row) -> str:
    """Give the id a row claims, '' where it has none."""
    value = row.values.get("id", "")
    return value if isinstance(value, str) else ""
