"""Read data files: strict CSV and strict YAML become rows of text, each value with its position.

This package knows file formats only; `validate` and `rules` check whether the values make sense.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.diagnostics import nearest, problem
from generator.load.csv_file import read_csv
from generator.load.data_files import dataset_file
from generator.load.package import read_package
from generator.load.text import MAX_RECORDS, listing, shown_path
from generator.load.yaml_file import read_yaml
from generator.model import Origin, Package, Problem, Resource, Row, Table

__all__ = ["MANIFEST", "load", "load_table", "published_addresses", "read_package", "row_id", "shown_path"]

#: The addresses that the site has had, one per line.
MANIFEST = "addresses.txt"
#: What data/ may contain in addition to datasets.
OTHER_ENTRIES = frozenset({"datapackage.yaml", "region.yaml", "schemas", "README.md", MANIFEST})
UNLISTED = "belongs to no dataset in datapackage.yaml"
OTHER_FORM = "other"
SPREADSHEETS = (".xlsx", ".xls", ".ods", ".numbers")
#: How a dataset may be stored, in the order in which `load_table` looks for it.
FORMS = (".csv", ".yaml", "folder", OTHER_FORM)


def load(package: Package) -> tuple[dict[str, Table], list[Problem]]:
    """Read the files of every dataset. If a file cannot be read, only its own rows are missing."""
    tables: dict[str, Table] = {}
    stray = dict(_stray_files(package))
    problems = list(stray)
    for resource in package:
        tables[resource.name], found = load_table(package.root, resource)
        if resource.name not in stray.values():  # otherwise its file exists under another name
            problems += found
        elif found:
            problems += [p for p in found if p.code != "E101"]
    return tables, problems


def load_table(root: Path, resource: Resource) -> tuple[Table, list[Problem]]:
    """Read one dataset from a CSV file, a YAML list, or a folder with a YAML file per record."""
    name = resource.name
    file, folder = dataset_file(root, name), root / name
    if file and file.suffix == ".csv":
        table, problems = read_csv(name, file, [f.name for f in resource.schema.fields])
    elif file:
        table, problems = read_yaml(name, [file], one_each=False)
    elif folder.is_dir():
        table, problems = read_yaml(name, [p for p in listing(folder) if _is_record(p)], one_each=True)
    else:
        return Table(name, (), whole=False), [problem("E101", resource.origin, about={"dataset": name}, name=name)]
    place = Origin(shown_path(file or folder))
    if not table.rows:
        if all(p.severity == "warning" for p in problems):
            problems.append(problem("E108", place, about={"dataset": name}, name=name))
        table = Table(name, (), table.columns, whole=False)
    if len(table.rows) > MAX_RECORDS:
        what = f"the number of records ({len(table.rows)})"
        problems.append(problem("E117", place, about={"dataset": name}, what=what, limit=MAX_RECORDS))
    return table, problems


def _stray_files(package: Package) -> Iterator[tuple[Problem, str]]:
    """Yield a problem for each file that would be silently ignored, and the dataset it is probably meant for."""
    names = [r.name for r in package]
    used: set[str] = set()
    for path in sorted(listing(package.root), key=lambda p: (FORMS.index(_form(p)), p.name)):
        if path.name.startswith(".") or path.name in OTHER_ENTRIES or path.is_symlink():  # `pages` reports links
            continue
        if _form(path) == OTHER_FORM or path.stem not in names:
            meant = nearest(path.stem, names)
            hint = f"did you mean '{_file_of(meant, path)}'?" if meant else ""
            if meant and path.suffix.lower() in SPREADSHEETS:
                hint = f"import it with `eportal import {meant} {path.name}`, and keep it out of data/"
            yield problem("E109", Origin(shown_path(path)), hint=hint, name=path.name, why=UNLISTED), meant
        elif path.stem in used:
            why = f"is ignored: the records of '{path.stem}' are in another file"
            hint = "move all records into one of the two files, and the other file out of data/"
            yield problem("E109", Origin(shown_path(path)), hint=hint, name=path.name, why=why), ""
        elif path.is_dir():
            yield from ((found, "") for found in _stray_in_folder(path))
        used.add(path.stem)


def _form(path: Path) -> str:
    """Return how an entry of data/ stores records: one of FORMS."""
    if path.is_dir():
        return "folder"
    return path.suffix if path.suffix in FORMS else OTHER_FORM


def _file_of(dataset: str, path: Path) -> str:
    """Return the name that a misnamed file should have."""
    if path.is_dir():
        return f"{dataset}/"
    return f"{dataset}{'.yaml' if path.suffix.lower() in ('.yaml', '.yml') else '.csv'}"


def _is_record(path: Path) -> bool:
    """Whether an entry of a dataset's folder is a record's file."""
    return path.suffix == ".yaml" and not path.is_dir()


def _stray_in_folder(folder: Path) -> Iterator[Problem]:
    for path in listing(folder):
        if not _is_record(path):
            hint = (
                f"rename it to {path.stem}.yaml"
                if path.suffix == ".yml"
                else "the name of a record's file ends in .yaml"
            )
            name, why = f"{folder.name}/{path.name}", "is not a record"
            yield problem("E109", Origin(shown_path(path)), hint=hint, name=name, why=why)


def published_addresses(root: Path) -> list[str]:
    """Return the lines of the manifest: every address the site has had; empty if there is no manifest."""
    manifest = root / MANIFEST
    return manifest.read_text(encoding="utf-8").splitlines() if manifest.exists() else []


def row_id(row: Row) -> str:
    """Return the id written in a row, '' if there is none."""
    value = row.values.get("id", "")
    return value if isinstance(value, str) else ""
