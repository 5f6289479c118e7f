"""Check tables against their schemas: rows of text become typed records.

Each distinct value of a column is read once, by the types and constraints of the Table Schema standard. Positions and
messages are our own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.diagnostics import nearest, problem, shown
from generator.model import Field, Package, Problem, Raw, Record, Resource, Row, Table, dotted
from generator.validate.quick import MAX_ITEMS, UNSURE, admission_of
from generator.validate.standard import cell_reader
from generator.validate.values import Finding, judge_of, unknown_key

__all__ = ["MAX_ITEMS", "cell_reader", "judge_of", "record_id", "validate", "validate_table"]

KEY_JOINT = "--"
COMMENTED = "everything after # is a comment: put the whole value in quotation marks"


def validate(package: Package, tables: Mapping[str, Table]) -> tuple[dict[str, tuple[Record, ...]], list[Problem]]:
    """Check every table.

    Returns:
        The typed records of each dataset, and the problems found. Broken rows become records too, so that references
        to them are not reported as dead.
    """
    records: dict[str, tuple[Record, ...]] = {}
    problems: list[Problem] = []
    for resource in package:
        records[resource.name], found = validate_table(resource, tables[resource.name])
        problems += found
    return records, problems


def validate_table(resource: Resource, table: Table) -> tuple[tuple[Record, ...], list[Problem]]:
    """Check one table, column by column."""
    work = _Work(resource, table)
    problems = [*_unknown_columns(resource, table), *_repeated_ids(work)]
    problems += [] if table.columns else _unknown_keys(work)
    absent = {f.name for f in resource.schema.fields if table.columns and f.name not in table.columns}
    meant = {nearest(name, absent) for name in table.columns if not resource.schema.field(name)}
    for field in resource.schema.fields:
        if field.name in absent and field.required and field.name not in meant:
            first = next(iter(table.columns.values()))
            about = {"dataset": resource.name, "field": field.name}
            problems.append(problem("E202", first, about=about, name=field.name, dataset=resource.name))
        found = list(_column(work, field))
        problems += () if field.name in absent else found
    return work.records(), problems


class _Work:
    """A table being checked; its rows are identified by their number."""

    def __init__(self, resource: Resource, table: Table) -> None:
        """Start with no values and no faults."""
        self.resource, self.table, self.rows = resource, table, table.rows
        self.ids = _ids(resource, table)
        self.values: list[dict[str, Any]] = [{} for _ in self.rows]
        #: By row number: the places at fault, and the fields about which nothing more is reported.
        self.faulty: dict[int, set[tuple[str | int, ...]]] = {}
        self.silent: dict[int, set[str]] = {}

    def records(self) -> tuple[Record, ...]:
        """Return the finished records."""
        name = self.resource.name
        none = frozenset[tuple[str | int, ...]]()
        faulty = [frozenset(self.faulty[n]) if n in self.faulty else none for n in range(len(self.rows))]
        found = zip(self.ids, self.values, self.rows, faulty, strict=True)
        return tuple(Record(name, id_, values, row, faulty=places) for id_, values, row, places in found)

    def silence(self, number: int, *names: str) -> None:
        """Report nothing more about some fields of a row."""
        self.silent.setdefault(number, set()).update(names)


def record_id(resource: Resource, row: Row) -> str:
    """Return a row's id: its file name if it has one, else its key fields, joined if there are several."""
    return row.stem or KEY_JOINT.join([str(row.values.get(name, "")) for name in resource.schema.key])


def _ids(resource: Resource, table: Table) -> list[str]:
    """Return what `record_id` returns for every row, read from a whole column if possible."""
    if len(resource.schema.key) > 1 or any(row.stem for row in table.rows):
        return [record_id(resource, row) for row in table.rows]
    return [str(raw) for raw in table.column(*resource.schema.key)]


def _column(work: _Work, field: Field) -> Iterator[Problem]:
    """Read one column, checking each distinct value once."""
    name = field.name
    raws: list[Any] = work.table.column(name)
    keys: list[str] = (
        raws if set(map(type, raws)) <= {str} else [raw if isinstance(raw, str) else repr(raw) for raw in raws]
    )
    typed, refused = _judged(field, dict(zip(keys, raws, strict=True)))
    for values, key in zip(work.values, keys, strict=True):
        values[name] = typed[key]
    if refused:
        for number, (key, raw) in enumerate(zip(keys, raws, strict=True)):
            yield from _refusals(work, number, name, raw, refused.get(key, ()))
    if field.constraints.get("unique"):
        yield from _repeated(work, field)


def _judged(field: Field, distinct: Mapping[str, Raw]) -> tuple[dict[str, Any], dict[str, list[Finding]]]:
    """Return the typed value of each distinct value, and what is wrong with those that are refused."""
    admit = admission_of(field)
    judge = None if admit else judge_of(field)
    typed: dict[str, Any] = {}
    refused: dict[str, list[Finding]] = {}
    for key, raw in distinct.items():
        value = admit(raw) if admit else UNSURE
        if value is UNSURE:
            judge = judge or judge_of(field)
            value, findings = judge(raw)
            if findings:
                refused[key] = findings
        typed[key] = value
    return typed, refused


def _refusals(work: _Work, number: int, name: str, raw: Raw, findings: Sequence[Finding]) -> Iterator[Problem]:
    """Record the faults of one value of a row, and report them unless its field is silenced."""
    row = work.rows[number]
    for found in findings:
        where = (name, *found.where)
        if found.fault.is_error:  # a warning must not make later checks skip the value
            work.faulty.setdefault(number, set()).add(where)
        if not row.broken and name not in work.silent.get(number, ()):
            about = _about(work, number, dotted(where), _value_at(raw, found.where))
            here, fault = row.origin_of(found.fault.part, *where), found.fault
            fault = fault._replace(hint=COMMENTED) if fault.code == "E203" and _is_commented(row, here.line) else fault
            yield fault.at(here, about)


def _is_commented(row: Row, line: int) -> bool:
    """Whether YAML read a value as a comment: `city: #12 Main Street`."""
    text = row.lines[line - 1] if row.path.endswith(".yaml") and line <= len(row.lines) else ""
    return ": #" in text


def _about(work: _Work, number: int, name: str, value: Any) -> dict[str, str]:
    return {"dataset": work.resource.name, "record": work.ids[number], "field": name, "value": str(value)[:200]}


def _value_at(raw: Raw, where: Sequence[str | int]) -> Raw:
    """Return the item of a list or the value in a group that a finding is about."""
    for step in where:
        if isinstance(raw, list) and isinstance(step, int):
            raw = raw[step]
        elif isinstance(raw, dict) and step in raw:
            raw = raw[str(step)]
    return raw


def _repeated_ids(work: _Work) -> Iterator[Problem]:
    """Report ids that are used twice, case-insensitively; nothing else is reported about the second one."""
    identities = [id_.casefold() for id_ in work.ids]
    if len(set(identities)) == len(identities):
        return
    keys = work.resource.schema.key
    seen: dict[str, Row] = {}
    for number, (row, identity) in enumerate(zip(work.rows, identities, strict=True)):
        parts = [str(row.values.get(name, "")) for name in keys]
        if not all(parts):
            continue
        if identity in seen and not row.broken:
            work.silence(number, *keys)
            what, advice = f"the id {shown(parts[0])}", "give one of them another id"
            if len(keys) > 1:
                what = f"the combination {shown(', '.join(parts))} ({', '.join(keys)})"
                advice = f"keep one of the two rows, or correct {keys[-1]}"
            about = _about(work, number, keys[0], parts[0])
            here, first = row.origin(keys[0]), seen[identity].origin(keys[0])
            yield problem("E401", here, about=about, shown=what, advice=advice, first=first)
        seen.setdefault(identity, row)


def _repeated(work: _Work, field: Field) -> Iterator[Problem]:
    seen: dict[str, Row] = {}
    for number, row in enumerate(work.rows):
        value = str(row.values.get(field.name, ""))
        if value and value in seen and not row.broken:
            about = _about(work, number, field.name, value)
            yield problem(
                "E211", row.origin(field.name), about=about, shown=shown(value), first=seen[value].origin(field.name)
            )
        seen.setdefault(value, row)


def _unknown_columns(resource: Resource, table: Table) -> Iterator[Problem]:
    """Report columns that the schema does not have."""
    fields = [f.name for f in resource.schema.fields]
    missing = [name for name in fields if name not in table.columns]
    for name, origin in table.columns.items():
        if name not in fields:
            about = {"dataset": resource.name, "value": name}
            yield unknown_key(resource.name, name, fields, missing).at(origin, about)


def _unknown_keys(work: _Work) -> Iterator[Problem]:
    """Report unknown keys of YAML records; the field that is probably meant is then not reported as missing."""
    fields = [f.name for f in work.resource.schema.fields]
    known = set(fields)
    for number, row in enumerate(work.rows):
        if row.values.keys() <= known or row.broken:
            continue
        missing = [name for name in fields if name not in row.values]
        for name in row.values:
            if name not in known:
                work.silence(number, nearest(name, missing))
                about = _about(work, number, "", name)
                yield unknown_key(work.resource.name, name, fields, missing).at(row.origin(name, "key"), about)
