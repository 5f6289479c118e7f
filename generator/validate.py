"""Checking values against the schema with frictionless; nothing else imports it.

frictionless' own field readers are called by column, once for each distinct value: the standard's
types and constraints, with our lines and our words. What the standard does not know (text that is
safe to publish) is asked of `text`, again once for each distinct value.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from generator import text
from generator.messages import Fault, constraint_fault, did_you_mean, fault, problem, shown
from generator.model import Field, Origin, Package, Problem, Raw, Record, Resource, Row, SetupError, Table

#: Reads one cell: (value, notes on what is wrong or None).
Reader = Callable[[Any], tuple[Any, Mapping[str, str] | None]]
STANDARD_KEYS = ("name", "type", "constraints")
ISO_DATE_LENGTH = len("2027-02-14")
KEY_JOINT = "--"


class Finding(NamedTuple):
    """What is wrong with a value, and where in it: index of a list, key of a group."""

    fault: Fault
    where: tuple[str | int, ...] = ()


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
    problems = list(_unknown_names(resource, table))
    values: list[dict[str, Any]] = [{} for _ in table.rows]
    absent = {f.name for f in resource.schema.fields if table.columns and f.name not in table.columns}
    for field in resource.schema.fields:
        if field.name in absent and field.required:
            first = next(iter(table.columns.values()))
            about = {"dataset": resource.name, "field": field.name}
            problems.append(problem("E202", first, about=about, name=field.name, dataset=resource.name))
        problems += _column(resource, table, field, values, silent=field.name in absent)
    pairs = zip(table.rows, values, strict=True)
    return tuple(Record(resource.name, record_id(resource, row), typed, row) for row, typed in pairs), problems


def record_id(resource: Resource, row: Row) -> str:
    """Give the id of a row: its key fields, joined where the key has several."""
    return KEY_JOINT.join(str(row.values.get(name, "")) for name in resource.schema.key)


def _column(
    resource: Resource, table: Table, field: Field, values: list[dict[str, Any]], *, silent: bool
) -> Iterator[Problem]:
    """Read one column; each distinct value is judged once."""
    judge = _judge(field)
    judged: dict[Hashable, tuple[Any, list[Finding]]] = {}
    for row, typed in zip(table.rows, values, strict=True):
        raw = row.values.get(field.name, "")
        key = raw if isinstance(raw, str) else repr(raw)
        if key not in judged:
            judged[key] = judge(raw)
        typed[field.name], findings = judged[key]
        if findings and not row.broken and not silent:
            about = {
                "dataset": resource.name,
                "record": record_id(resource, row),
                "field": field.name,
                "value": str(raw)[:200],
            }
            for finding in findings:
                yield finding.fault.at(row.origin(field.name, *finding.where), about)
    if field.constraints.get("unique"):
        yield from _repeated(resource, table, field)


def _repeated(resource: Resource, table: Table, field: Field) -> Iterator[Problem]:
    seen: dict[str, Origin] = {}
    for row in table.rows:
        value = str(row.values.get(field.name, ""))
        if value and value in seen and not row.broken:
            about = {"dataset": resource.name, "record": record_id(resource, row), "field": field.name, "value": value}
            yield problem("E211", row.origin(field.name), about=about, shown=shown(value), first=seen[value])
        seen.setdefault(value, row.origin(field.name))


def _judge(field: Field) -> Callable[[Raw], tuple[Any, list[Finding]]]:
    """Make the function that reads and judges one value of a field."""
    read = cell_reader(field)
    nested = {f.name: _judge(f) for f in field.fields}

    def judge(raw: Raw) -> tuple[Any, list[Finding]]:
        value, notes = read(raw)
        findings = [Finding(constraint_fault(note, field, raw)) for note in notes or ()]
        if value is None or findings:
            return value, findings
        if field.fields:
            return _nested(field, nested, value)
        if isinstance(value, str):
            findings = [Finding(found) for found in text.judge(field, value)]
        elif isinstance(value, list):
            findings = list(_items(field, value))
            value = tuple(value)
        return value, findings

    return judge


def cell_reader(field: Field) -> Reader:
    """Make frictionless' own reader of a field, made strict where the standard is lenient."""
    from frictionless import Field as StandardField

    descriptor: dict[str, Any] = {"name": field.name, "type": field.type}
    constraints = {k: v for k, v in field.constraints.items() if k != "unique"}
    descriptor["constraints"] = constraints
    if field.type == "list":
        descriptor |= {"delimiter": field.delimiter, "itemType": "string"}
    try:
        read: Reader = StandardField.from_descriptor(descriptor).create_cell_reader()
    except Exception as error:  # frictionless raises one class for every fault of a descriptor
        raise SetupError(f"the field '{field.name}' of a schema is not a Table Schema field: {error}") from error
    blank_is_missing = field.required and field.type in ("list", "array")

    def strict(raw: Any) -> tuple[Any, Mapping[str, str] | None]:
        if isinstance(raw, dict) or (isinstance(raw, list) and not field.is_list):
            return None, {"type": ""}
        if isinstance(raw, list) and not raw:
            raw = ""
        value, notes = read(raw)
        if notes and "required" in notes and not blank_is_missing and raw not in ("", None):
            return value, {k: v for k, v in notes.items() if k != "required"}
        if isinstance(value, date) and not isinstance(value, datetime) and len(str(raw)) != ISO_DATE_LENGTH:
            return None, {"type": ""}
        if field.type == "number" and value is not None and not value.is_finite():
            return None, {"type": ""}
        return value, notes

    return strict


def _items(field: Field, items: Sequence[Any]) -> Iterator[Finding]:
    """Judge the items of a list: none empty, none twice, each good as text."""
    whole = shown(field.delimiter.join(map(str, items)))
    for i, item in enumerate(items):
        if not isinstance(item, str):
            yield Finding(constraint_fault("type", field, item), (i,))
        elif not item.strip():
            yield Finding(fault("E210", what="there is an empty item", shown=whole), (i,))
        elif item in items[:i]:
            yield Finding(fault("E210", what=f"{shown(item)} stands twice", shown=whole), (i,))
        else:
            yield from (Finding(found, (i,)) for found in text.judge(field, item))


def _nested(field: Field, judges: Mapping[str, Any], items: Sequence[Any]) -> tuple[Any, list[Finding]]:
    """Judge a list of groups (criteria with id and statement): each key by its own field."""
    result, findings = [], []
    for i, item in enumerate(items):
        if not isinstance(item, dict):
            keys = ", ".join(f"{f.name}: …" for f in field.fields)
            findings.append(Finding(fault("E204", shown="this item", wanted=f"a group of keys ({keys})"), (i,)))
            continue
        unknown = [key for key in item if key not in judges]
        findings += [Finding(_unknown_key(field, key, judges), (i, key, "key")) for key in unknown]
        typed = {}
        for name, judge in judges.items():
            typed[name], found = judge(item.get(name, ""))
            findings += [Finding(f.fault, (i, name, *f.where)) for f in found]
        result.append(typed)
    return tuple(result), findings


def _unknown_key(field: Field, key: str, known: Mapping[str, Any]) -> Fault:
    hint = did_you_mean(key, known) or f"the keys are: {', '.join(known)}"
    return fault("E201", hint, name=key, dataset=field.name)


def _unknown_names(resource: Resource, table: Table) -> Iterator[Problem]:
    """Find columns (once, in the heading) and keys (in each record) that the schema does not have."""
    fields = {f.name: f for f in resource.schema.fields}
    rows = table.rows if not table.columns else ()
    named = [*table.columns.items()]
    named += [(key, row.origin(key, "key")) for row in rows for key in row.values if key not in fields]
    for name, origin in named:
        if name not in fields:
            missing = [n for n in fields if n not in table.columns]
            hint = did_you_mean(name, missing if table.columns else fields)
            hint = hint or f"the fields are: {', '.join(fields)}"
            about = {"dataset": resource.name, "field": name}
            yield problem("E201", origin, about=about, hint=hint, name=name, dataset=resource.name)
