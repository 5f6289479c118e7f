"""The canonical form of data files: one way to write each value, so that a diff shows what changed and nothing else.

A file that cannot be read is left alone. Comments are kept. What is written is read again and must be the same.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from generator.diagnostics import did_you_mean
from generator.formatter.parts import read_parts
from generator.formatter.yaml_form import list_file, record_file
from generator.load.csv_file import read_csv
from generator.load.data_files import dataset_file
from generator.load.text import read_text, shown_path
from generator.load.yaml_file import read_yaml
from generator.model import Package, Problem, Resource, Schema, SetupError, Table


class Formatted(NamedTuple):
    """A file and its canonical text; if the file cannot be read, the text is None and there are problems."""

    path: Path
    text: str | None
    problems: tuple[Problem, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the canonical form differs from the file."""
        return self.text is not None and self.path.read_bytes() != self.text.encode()

    @property
    def first_line(self) -> int:
        """The first line that the canonical form changes, counted from 1."""
        old, new = self.path.read_bytes().split(b"\n"), (self.text or "").encode().split(b"\n")
        same = (a == b for a, b in zip(old, new, strict=False))
        return next((i for i, equal in enumerate(same, start=1) if not equal), min(len(old), len(new)))


class NoDataFileError(Exception):
    """A file that belongs to no dataset; the message says so."""


def data_files(package: Package, chosen: Sequence[Path] = ()) -> Iterator[tuple[Path, Resource]]:
    """Yield the files of all datasets, or the chosen ones, each with its dataset.

    Raises:
        NoDataFileError: a chosen file belongs to no dataset.
    """
    files = {path.absolute(): (path, resource) for resource in package for path in _files(package.root, resource)}
    wanted = [path for one in chosen for path in (_below(one) if one.is_dir() else [one])]
    for path in wanted:
        if path.absolute() not in files:
            hint = did_you_mean(shown_path(path), [shown_path(known) for known in files])
            what = "not a file of a dataset" if path.exists() else "there is no such file"
            raise NoDataFileError(f"{shown_path(path)}: {what}{hint and '; '}{hint}")
    yield from (files[path.absolute()] for path in wanted) if chosen else files.values()


def _below(folder: Path) -> list[Path]:
    found = sorted(folder.rglob("*.*"))
    if not found:
        raise NoDataFileError(f"{shown_path(folder)}: no file of a dataset is in this folder")
    return found


def _files(root: Path, resource: Resource) -> Iterator[Path]:
    """Yield the files that hold a dataset, as `load` chooses them."""
    file = dataset_file(root, resource.name)
    yield from [file] if file else sorted((root / resource.name).glob("*.yaml"))


def formatted(path: Path, resource: Resource) -> Formatted:
    """Return the canonical text of a file."""
    table, problems = _table(path, resource)
    errors = tuple(p for p in problems if p.severity == "error")
    text, _ = read_text(path)
    if errors or text is None:
        return Formatted(path, None, errors)
    return Formatted(path, _canonical(path, text, resource, table))


def _table(path: Path, resource: Resource) -> tuple[Table, list[Problem]]:
    if path.suffix == ".csv":
        return read_csv(resource.name, path, [f.name for f in resource.schema.fields])
    return read_yaml(resource.name, [path], one_each=path.parent.name == resource.name)


def _canonical(path: Path, text: str, resource: Resource, table: Table) -> str:
    if path.suffix == ".csv":
        return csv_text(resource.schema, list(table.columns), [row.values for row in table.rows])
    part = read_parts(text)
    written = (list_file if part.kind == "list" else record_file)(part, resource.schema.fields)
    again = read_parts(written)
    if again.value != part.value or again.words != part.words:
        raise SetupError(
            f"{shown_path(path)}: cannot be formatted without losing something: leave the file as it is and report this"
        )
    return written


def csv_text(schema: Schema, columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Return the text of a CSV file: columns in the order of the schema, quotation marks only where needed."""
    order = {field.name: i for i, field in enumerate(schema.fields)}
    heading = sorted(columns, key=lambda name: order.get(name, len(order)))
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows([str(row.get(name, "")) for name in heading] for row in rows)
    return text.getvalue()
