"""Finds the differences between two states of the data: records added, removed, renamed, changed field by field.

Compares what is written, so the data need not be clean: rows that cannot be read are left out, never called removed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from generator.model import Field, Origin, Package, Problem, Raw, Resource, Row, Table
from generator.validate import record_id

Kind = Literal["added", "removed", "renamed", "changed"]
ALIASES = "aliases"
RECORD_TEMPLATE, INDEX_TEMPLATES = "record.md.j2", ("index.md.j2", "index.md")


class FieldChange(NamedTuple):
    """A field with what was written before and after; '' means blank."""

    field: str
    old: Raw
    new: Raw


class RecordChange(NamedTuple):
    """A record that differs; `address` is its page, or else the page that lists it, or ''."""

    kind: Kind
    dataset: str
    id: str
    name: str
    address: str
    origin: Origin
    fields: tuple[FieldChange, ...] = ()
    former_id: str = ""


class State(NamedTuple):
    """The data at one time: datasets, their rows as written, what could not be read, and which templates exist."""

    package: Package | None = None
    tables: Mapping[str, Table] = {}
    problems: tuple[Problem, ...] = ()
    templates: frozenset[str] = frozenset()
    broken_setup: str = ""
    root: str = ""

    def address(self, dataset: str, id_: str) -> str:
        """Return the address of a record's page, else of its dataset's page, else ''."""
        if f"{dataset}/{RECORD_TEMPLATE}" in self.templates:
            return f"/{dataset}/{id_}/"
        return f"/{dataset}/" if any(f"{dataset}/{name}" in self.templates for name in INDEX_TEMPLATES) else ""

    def rows(self, resource: Resource) -> dict[str, Row]:
        """Return the readable rows of a dataset by id; of two with the same id, the first."""
        rows: dict[str, Row] = {}
        for row in self.tables[resource.name].rows if resource.name in self.tables else ():
            rows.setdefault(record_id(resource, row), row)
        return rows

    def is_whole(self, dataset: str) -> bool:
        """Whether all rows of a dataset could be read; a dataset that is not listed has none."""
        return dataset not in self.tables or self.tables[dataset].whole

    def origin(self, row: Row) -> Origin:
        """Return the place of a row, as a path in the project."""
        place = row.origin()
        return Origin(place.path.removeprefix(self.root), place.line, place.column)


def compare(base: State, head: State) -> tuple[RecordChange, ...]:
    """Return all differences, in the order of the datasets; none if the setup of either side is broken."""
    if base.broken_setup or head.broken_setup:
        return ()
    resources = {resource.name: resource for state in (base, head) for resource in state.package or ()}
    order = [r.name for state in (head, base) for r in state.package or ()]
    return tuple(one for name in dict.fromkeys(order) for one in _dataset(resources[name], base, head))


def _dataset(resource: Resource, base: State, head: State) -> Iterator[RecordChange]:
    old, new = base.rows(resource), head.rows(resource)
    name = resource.name
    gone = {id_: row for id_, row in old.items() if id_ not in new and not row.broken and head.is_whole(name)}
    fresh = {id_: row for id_, row in new.items() if id_ not in old and not row.broken and base.is_whole(name)}
    renamed = {id_: former for id_, row in fresh.items() if (former := _former(resource, row, gone))}
    for id_, row in new.items():
        before = old.get(renamed.get(id_, id_))
        kind: Kind = "renamed" if id_ in renamed else "changed" if before else "added"
        if row.broken or (before is None and id_ not in fresh) or (before is not None and before.broken):
            continue
        fields = tuple(_fields(resource, before, row))
        if fields or kind != "changed":
            address = head.address(name, id_)
            yield RecordChange(kind, name, id_, name_of(row), address, head.origin(row), fields, renamed.get(id_, ""))
    for id_, row in gone.items():
        if id_ not in renamed.values():
            fields = tuple(_fields(resource, row, None))
            yield RecordChange("removed", name, id_, name_of(row), base.address(name, id_), base.origin(row), fields)


def _former(resource: Resource, row: Row, gone: Mapping[str, Row]) -> str:
    """Return the id that a new record had before, or '' if its aliases name no record that is gone."""
    field = resource.schema.field(ALIASES)
    aliases = written(field, row.values.get(ALIASES, "")) if field else ""
    return next((alias for alias in aliases if isinstance(alias, str) and alias in gone), "") if aliases else ""


def _fields(resource: Resource, old: Row | None, new: Row | None) -> Iterator[FieldChange]:
    known = {field.name: field for field in resource.schema.fields}
    before, after = (row.values if row else {} for row in (old, new))
    for name in [*known, *(n for n in (*before, *after) if n not in known)]:
        one, other = (written(known.get(name), values.get(name, "")) for values in (before, after))
        if one != other:
            yield FieldChange(name, one, other)


def written(field: Field | None, raw: Raw) -> Raw:
    """Return what is written in a field, in the same form for a CSV cell and YAML; '' means blank."""
    if field is not None and field.type == "list" and isinstance(raw, str):
        raw = [part.strip() for part in raw.split(field.delimiter) if part.strip()]
    if field is not None and field.markdown and isinstance(raw, str):
        raw = raw.rstrip("\n")
    return raw or ""


def name_of(row: Row) -> str:
    """Return the name of a record as written, or '' if it has none."""
    name = row.values.get("name", "")
    return name if isinstance(name, str) else ""
