"""Starts a record: writes a file (or a line of one) with every field, ready to be filled in."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

from generator.diagnostics import did_you_mean, example_of, shown, type_words
from generator.load import load_table, row_id
from generator.load.data_files import record_path
from generator.load.text import shown_path
from generator.model import Field, Package, Resource
from generator.pages import is_segment

#: Editors with YAML support find the schema of a record by this line.
EDITOR_LINE = "# yaml-language-server: $schema=../schemas/json/{}.json\n"


class RefusedError(Exception):
    """A record that cannot be started; the message says why and what to do."""


def new_record(package: Package, dataset: str, record_id: str) -> str:
    """Add an empty record to a dataset.

    Returns:
        A sentence that says where it is and what to do next.

    Raises:
        RefusedError: the dataset is unknown, the id is not valid or taken, or its records have no ids.
    """
    resource = package.get(dataset)
    if resource is None:
        names = [r.name for r in package]
        hint = did_you_mean(dataset, names) or f"the datasets are: {', '.join(names)}"
        raise RefusedError(f"no dataset {shown(dataset)}: {hint}")
    if resource.schema.key != ("id",):
        raise RefusedError(
            f"the records of {dataset} have no ids: add a line to its file, or work with a spreadsheet: "
            f"eportal template {dataset} --with-records"
        )
    _check_id(package, resource, record_id)
    path = record_path(package.root, dataset, record_id)
    if path.suffix == ".csv":
        _append_csv(path, record_id)
    elif path.parent == package.root:
        text = path.read_text(encoding="utf-8").rstrip("\n")
        path.write_text(f"{text}\n\n{_as_item(yaml_record(resource, record_id))}", encoding="utf-8")
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_text(EDITOR_LINE.format(dataset) + yaml_record(resource, record_id), encoding="utf-8")
    return f"{shown_path(path)}: added {record_id}; fill it in, then run: eportal check"


def _check_id(package: Package, resource: Resource, record_id: str) -> None:
    if not is_segment(record_id):
        raise RefusedError(
            f"{shown(record_id)} is not a valid id: write lowercase letters, digits and single hyphens, at most 64"
        )
    table, _ = load_table(package.root, resource)
    taken = next((row for row in table.rows if row_id(row).casefold() == record_id), None)
    if taken:
        raise RefusedError(f"the id {shown(record_id)} is already taken: see {taken.origin('id')}")


def yaml_record(resource: Resource, record_id: str) -> str:
    """Return a YAML record with every field: required ones blank, others commented out."""
    lines = [f"id: {record_id}"]
    for field in resource.schema.fields:
        if field.name == "id" or field.translation_of:
            continue
        lines.append(f"# {field.title}: {_words(field)}")
        value = "draft" if field.name == "status" else ""
        mark = "" if field.required or value else "# "
        lines.append(f"{mark}{field.name}: {value}".rstrip())
    return "\n".join(lines) + "\n"


def _words(field: Field) -> str:
    parts = [field.description, example_of(field), "" if field.type == "string" else type_words(field)]
    needed = "required" if field.required else "optional"
    return "; ".join(dict.fromkeys(part.rstrip(".") for part in [*parts, needed] if part))


def _as_item(text: str) -> str:
    first, *rest = text.splitlines()
    return "\n".join([f"- {first}", *(f"  {line}" for line in rest)]) + "\n"


def _append_csv(path: Path, record_id: str) -> None:
    text = path.read_text(encoding="utf-8-sig")
    heading = next(csv.reader(StringIO(text)))
    line = StringIO()
    csv.writer(line, lineterminator="\n").writerow([record_id if name == "id" else "" for name in heading])
    path.write_text(f"{text.rstrip(chr(10))}\n{line.getvalue()}", encoding="utf-8")
