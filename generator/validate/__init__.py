"""Checking the tables against their schemas: rows of text to typed records.

Every column is read once for each distinct value: the standard's types and constraints, with our lines
and our words.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

from generator.messages import nearest, problem, shown
from generator.model import Field, Package, Problem, Raw, Record, Resource, Row, Table, dotted
from generator.validate.standard import cell_reader
from generator.validate.values import MAX_ITEMS, Judged, judge_of, unknown_key

__all__ = ["MAX_ITEMS", "cell_reader", "judge_of", "record_id", "validate", "validate_table"]

KEY_JOINT = "--"


def validate(package: Package, tables: Mapping[str, Table]) -> tuple[dict[str, tuple[Record, ...]], list[Problem]]:
    """Check every table; give typed records (broken rows keep their id, so that links to them hold)."""
    records: dict[str, tuple[Record, ...]] = {}
    problems: list[Problem] = []
    for resource in package:
        records[resource.name], found = validate_table(resource, tables[resource.name])
        problems += found
    return records, problems


def validate_table(resource: Resource, table: Table) -> tuple[tuple[Record, ...], list[Problem]]:
    """Check one table column by column."""
    work = [_Work(row) for row in table.rows]
    problems = [*_unknown_columns(resource, table), *_repeated_ids(resource, work)]
    problems += [] if table.columns else _unknown_keys(resource, work)
    absent = {f.name for f in resource.schema.fields if table.columns and f.name not in table.columns}
    meant = {nearest(name, absent) for name in table.columns if not resource.schema.field(name)}
    for field in resource.schema.fields:
        if field.name in absent and field.required and field.name not in meant:
            first = next(iter(table.columns.values()))
            about = {"dataset": resource.name, "field": field.name}
            problems.append(problem("E202", first, about=about, name=field.name, dataset=resource.name))
        found = list(_column(resource, work, field))
        problems += () if field.name in absent else found
    return tuple(one.record(resource) for one in work), problems


@dataclass(slots=True)
class _Work:
    """A row being checked: its typed values so far, the places at fault, the fields of which enough is said."""

    row: Row
    values: dict[str, Any] = dataclass_field(default_factory=dict)
    faulty: set[tuple[str | int, ...]] = dataclass_field(default_factory=set)
    silent: set[str] = dataclass_field(default_factory=set)

    def record(self, resource: Resource) -> Record:
        """Give the finished record."""
        return Record(
            resource.name, record_id(resource, self.row), self.values, self.row, faulty=frozenset(self.faulty)
        )


def record_id(resource: Resource, row: Row) -> str:
    """Give the id of a row: its file's name where it has one, else its key fields, joined where there are several."""
    return row.stem or KEY_JOINT.join(str(row.values.get(name, "")) for name in resource.schema.key)


def _column(resource: Resource, work: Sequence[_Work], field: Field) -> Iterator[Problem]:
    """Read one column; each distinct value is judged once."""
    judge = judge_of(field)
    judged: dict[Hashable, Judged] = {}
    for one in work:
        raw = one.row.values.get(field.name, "")
        key = raw if isinstance(raw, str) else repr(raw)
        if key not in judged:
            judged[key] = judge(raw)
        one.values[field.name], findings = judged[key]
        for found in findings:
            one.faulty.add((field.name, *found.where))
            if not one.row.broken and field.name not in one.silent:
                yield found.fault.at(
                    one.row.origin_of(found.fault.part, field.name, *found.where),
                    _about(resource, one.row, dotted((field.name, *found.where)), _value_at(raw, found.where)),
                )
    if field.constraints.get("unique"):
        yield from _repeated(resource, work, field)


def _about(resource: Resource, row: Row, name: str, value: Any) -> dict[str, str]:
    return {"dataset": resource.name, "record": record_id(resource, row), "field": name, "value": str(value)[:200]}


def _value_at(raw: Raw, where: Sequence[str | int]) -> Raw:
    """Give the item of a list or the key of a group that a finding is about."""
    for step in where:
        if isinstance(raw, list) and isinstance(step, int):
            raw = raw[step]
        elif isinstance(raw, dict) and step in raw:
            raw = raw[str(step)]
    return raw


def _repeated_ids(resource: Resource, work: Sequence[_Work]) -> Iterator[Problem]:
    """Find ids that are used twice, whatever the case; of the second nothing else is said."""
    keys = resource.schema.key
    seen: dict[str, Row] = {}
    for one in work:
        parts = [str(one.row.values.get(name, "")) for name in keys]
        if not all(parts):
            continue
        identity = record_id(resource, one.row).casefold()
        if identity in seen and not one.row.broken:
            one.silent.update(keys)
            what, advice = f"the id {shown(parts[0])}", "give one of the two another id"
            if len(keys) > 1:
                what = f"the combination {shown(', '.join(parts))} ({', '.join(keys)})"
                advice = f"keep one of the two rows, or correct {keys[-1]}"
            about = _about(resource, one.row, keys[0], parts[0])
            here, first = one.row.origin(keys[0]), seen[identity].origin(keys[0])
            yield problem("E401", here, about=about, shown=what, advice=advice, first=first)
        seen.setdefault(identity, one.row)


def _repeated(resource: Resource, work: Sequence[_Work], field: Field) -> Iterator[Problem]:
    seen: dict[str, Row] = {}
    for row in (one.row for one in work):
        value = str(row.values.get(field.name, ""))
        if value and value in seen and not row.broken:
            about = _about(resource, row, field.name, value)
            yield problem(
                "E211", row.origin(field.name), about=about, shown=shown(value), first=seen[value].origin(field.name)
            )
        seen.setdefault(value, row)


def _unknown_columns(resource: Resource, table: Table) -> Iterator[Problem]:
    """Find columns that the schema does not have."""
    fields = [f.name for f in resource.schema.fields]
    missing = [name for name in fields if name not in table.columns]
    for name, origin in table.columns.items():
        if name not in fields:
            about = {"dataset": resource.name, "value": name}
            yield unknown_key(resource.name, name, fields, missing).at(origin, about)


def _unknown_keys(resource: Resource, work: Sequence[_Work]) -> Iterator[Problem]:
    """Find keys of YAML records that the schema does not have; the field that is meant is then not missing."""
    fields = [f.name for f in resource.schema.fields]
    for one in work:
        if one.row.values.keys() <= set(fields) or one.row.broken:
            continue
        missing = [name for name in fields if name not in one.row.values]
        for name in one.row.values:
            if name not in fields:
                one.silent.add(nearest(name, missing))
                about = _about(resource, one.row, "", name)
                yield unknown_key(resource.name, name, fields, missing).at(one.row.origin(name, "key"), about)
