"""Writes records to the files of a dataset (CSV or YAML) in canonical form, keeping comments."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.formatter import csv_text
from generator.formatter.parts import Part, part_of, read_parts
from generator.formatter.yaml_form import list_file, record_file
from generator.load.text import read_text
from generator.model import Field, Raw, Resource, Table

#: Record -> its new values by field, or None if it is removed.
Edits = Mapping[str, Mapping[str, Raw] | None]


def rewrite(root: Path, resource: Resource, table: Table, edits: Edits) -> dict[Path, str | None]:
    """Return the new text of every file that changes, None for one to delete; nothing is written yet."""
    if not edits:
        return {}
    name = resource.name
    if (root / f"{name}.csv").exists():
        return {root / f"{name}.csv": _csv(resource, table, edits)}
    if (root / f"{name}.yaml").exists():
        return {root / f"{name}.yaml": _yaml_list(root / f"{name}.yaml", resource, edits)}
    return {
        root / name / f"{id_}.yaml": _file(root / name / f"{id_}.yaml", resource, new) for id_, new in edits.items()
    }


def _csv(resource: Resource, table: Table, edits: Edits) -> str:
    from generator.validate import record_id

    left = dict(edits)
    rows = []
    for row in table.rows:
        new = left.pop(record_id(resource, row), {})
        if new is not None:
            rows.append({**row.values, **_cells(resource, new)})
    rows += [_cells(resource, new) for new in left.values() if new is not None]
    used = {name for new in edits.values() for name, raw in (new or {}).items() if raw}
    columns = [*table.columns, *sorted(used - set(table.columns))]
    return csv_text(resource.schema, columns, rows)


def _cells(resource: Resource, values: Mapping[str, Raw]) -> dict[str, Raw]:
    delimiters = {field.name: field.delimiter for field in resource.schema.fields}
    return {
        name: delimiters[name].join(map(str, raw)) if isinstance(raw, list) else raw for name, raw in values.items()
    }


def _yaml_list(path: Path, resource: Resource, edits: Edits) -> str:
    whole = read_parts(read_text(path)[0] or "")
    if whole.kind != "list":  # an empty file
        whole = Part("list", above=whole.above)
    left = dict(edits)
    kept = []
    for record in whole.parts:
        id_ = _id_of(record, resource)
        new = left.pop(id_, {})
        if new is not None:
            _change(record, resource, new)
            kept.append(record)
    kept += [_change(Part("group"), resource, new) for new in left.values() if new is not None]
    whole.parts = kept
    return list_file(whole, resource.schema.fields)


def _id_of(record: Part, resource: Resource) -> str:
    parts = (record.part(name) for name in resource.schema.key)
    return "--".join(part.text if part else "" for part in parts)


def _file(path: Path, resource: Resource, new: Mapping[str, Raw] | None) -> str | None:
    if new is None:
        return None
    record = read_parts(read_text(path)[0] or "") if path.exists() else Part("group")
    return record_file(_change(record, resource, new), resource.schema.fields)


def _change(record: Part, resource: Resource, values: Mapping[str, Raw]) -> Part:
    """Set the values of a record's fields; a field that becomes blank is removed unless it has a comment."""
    fields = {field.name: field for field in resource.schema.fields}
    for name, raw in values.items():
        new = part_of(_as_prose(fields[name], raw), name)
        old = record.part(name)
        if old is None:
            record.parts += [new] if raw else []
        elif not raw and not (old.above or old.beside or old.commented):
            record.parts.remove(old)
        else:
            old.kind, old.text, old.parts = new.kind, new.text, new.parts
    return record


def _as_prose(field: Field, raw: Raw) -> Raw:
    """End prose with a line break, as literal blocks do."""
    return f"{raw}\n" if field.markdown and isinstance(raw, str) and raw else raw
