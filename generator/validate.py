"""Checking values against the schema with frictionless; nothing else imports it.

frictionless' own field readers are called by column, once for each distinct value: the standard's
types and constraints, with our lines and our words. What the standard does not know (text that is
safe to publish) is asked of `text`, again once for each distinct value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date, datetime
from typing import Any, NamedTuple

from generator import text
from generator.load.text import MAX_VALUE
from generator.messages import Fault, constraint_fault, did_you_mean, fault, nearest, problem, shown
from generator.model import Field, Origin, Package, Problem, Raw, Record, Resource, Row, SetupError, Table, dotted

#: Reads one cell: (value, notes on what is wrong or None).
Reader = Callable[[Any], tuple[Any, Mapping[str, str] | None]]
STANDARD_KEYS = ("name", "type", "constraints")
ISO_DATE_LENGTH = len("2027-02-14")
KEY_JOINT = "--"
SPACES = " \t\u00a0"
#: Neither 1e999999999, which would fill the memory when written out, nor 1_000 nor other scripts' digits.
NUMBER = re.compile(r"[+-]?(?:[0-9]{1,30}\.?[0-9]{0,30}|\.[0-9]{1,30})")
MAX_ITEMS = 500


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
    judge = _judge(field)
    judged: dict[Hashable, tuple[Any, list[Finding]]] = {}
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
    seen: dict[str, Origin] = {}
    for one in work:
        parts = [str(one.row.values.get(name, "")) for name in keys]
        if not all(parts):
            continue
        identity, here = record_id(resource, one.row).casefold(), one.row.origin(keys[0])
        if identity in seen and not one.row.broken:
            one.silent.update(keys)
            what, advice = f"the id {shown(parts[0])}", "give one of the two another id"
            if len(keys) > 1:
                what = f"the combination {shown(', '.join(parts))} ({', '.join(keys)})"
                advice = f"keep one of the two rows, or correct {keys[-1]}"
            about = _about(resource, one.row, keys[0], parts[0])
            yield problem("E401", here, about=about, shown=what, advice=advice, first=seen[identity])
        seen.setdefault(identity, here)


def _repeated(resource: Resource, work: Sequence[_Work], field: Field) -> Iterator[Problem]:
    seen: dict[str, Origin] = {}
    for row in (one.row for one in work):
        value = str(row.values.get(field.name, ""))
        if value and value in seen and not row.broken:
            about = _about(resource, row, field.name, value)
            yield problem("E211", row.origin(field.name), about=about, shown=shown(value), first=seen[value])
        seen.setdefault(value, row.origin(field.name))


def _judge(field: Field) -> Callable[[Raw], tuple[Any, list[Finding]]]:
    """Make the function that reads and judges one value of a field."""
    read = cell_reader(field)
    nested = {f.name: _judge(f) for f in field.fields}

    def judge(raw: Raw) -> tuple[Any, list[Finding]]:
        if isinstance(raw, str) and not field.markdown and raw != (bare := raw.strip(SPACES)):
            value, findings = judge(bare)
            return value, findings if not bare and findings else [Finding(fault("E209", shown=shown(raw)))]
        if isinstance(raw, str) and len(raw) > MAX_VALUE:  # before any pattern sees it
            return None, [Finding(fault("E117", what=f"this value ({len(raw)} characters)", limit=MAX_VALUE))]
        if isinstance(raw, list) and not nested and (groups := list(_groups_among(raw))):
            return None, groups
        value, notes = read(raw)
        findings = [Finding(constraint_fault(note, field, raw)) for note in notes or ()]
        if value is None or findings:
            return _calmed(field, value), findings
        if field.fields:
            return _nested(field, nested, value)
        if isinstance(value, str):
            findings = [Finding(found) for found in text.judge(field, value)]
        elif isinstance(value, list):
            findings = list(_items(field, value))
            value = tuple(value)
        return _calmed(field, value) if findings else value, findings

    return judge


def _calmed(field: Field, value: Any) -> Any:
    """Give a refused value so that it cannot break the page it is shown on, should somebody render it all the same."""
    if isinstance(value, str) and not field.markdown:
        return text.one_line(value)
    if isinstance(value, list | tuple):
        return tuple(text.one_line(str(one)) for one in value) if not field.fields else None
    return value


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
        if field.type in ("integer", "number") and value is not None and not NUMBER.fullmatch(str(raw).strip()):
            return None, {"type": ""}
        return value, notes

    return strict


def _groups_among(items: Sequence[Any]) -> Iterator[Finding]:
    """Find items of a list that are no text: mostly a sentence that contains ': '."""
    hint = "put the item between quotation marks if it contains ': '"
    for i, item in enumerate(items):
        if not isinstance(item, str):
            yield Finding(fault("E204", hint, shown="this item", wanted="plain text"), (i,))


def _items(field: Field, items: Sequence[Any]) -> Iterator[Finding]:
    """Judge the items of a list: none empty, none twice, each good as text."""
    if len(items) > MAX_ITEMS:
        yield Finding(fault("E117", what=f"this list ({len(items)} items)", limit=f"{MAX_ITEMS} items"))
        return
    whole = shown(field.delimiter.join(map(str, items)))
    for i, item in enumerate(items):
        if not item.strip():
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
        missing = [name for name in judges if name not in item]
        meant = {nearest(key, missing) for key in unknown}
        findings += [Finding(_unknown_key(field.name, key, judges, missing), (i, key, "key")) for key in unknown]
        typed = {}
        for name, judge in judges.items():
            typed[name], found = judge(item.get(name, ""))
            findings += [Finding(f.fault, (i, name, *f.where)) for f in found if name not in meant]
        result.append(typed)
    return tuple(result), findings


def _unknown_key(name: str, key: str, known: Iterable[str], missing: Iterable[str]) -> Fault:
    hint = did_you_mean(key, missing) or did_you_mean(key, known) or f"the fields are: {', '.join(known)}"
    return fault("E201", hint, name=key, dataset=name)


def _unknown_columns(resource: Resource, table: Table) -> Iterator[Problem]:
    """Find columns that the schema does not have."""
    fields = [f.name for f in resource.schema.fields]
    missing = [name for name in fields if name not in table.columns]
    for name, origin in table.columns.items():
        if name not in fields:
            about = {"dataset": resource.name, "value": name}
            yield _unknown_key(resource.name, name, fields, missing).at(origin, about)


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
                yield _unknown_key(resource.name, name, fields, missing).at(one.row.origin(name, "key"), about)
