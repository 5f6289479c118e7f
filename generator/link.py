"""Turning ids into records: links, backlinks, and what to say about an id that is not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.messages import did_you_mean, problem, shown
from generator.model import Catalog, Dataset, Field, Origin, Package, Problem, Record, Resource, Table

DRAFT = "draft"


class Known(NamedTuple):
    """All records by dataset and id, drafts and broken rows too, and the datasets not read to their end."""

    records: Mapping[str, Mapping[str, Record]]
    torn: frozenset[str]


def link(
    package: Package, tables: Mapping[str, Table], records: Mapping[str, tuple[Record, ...]]
) -> tuple[Catalog, list[Problem]]:
    """Connect all records with each other. Drafts and broken rows are known but not published."""
    problems: list[Problem] = []
    known: dict[str, dict[str, Record]] = {}
    for name, found in records.items():
        known[name], repeated = _index(found)
        problems += repeated
    published = {
        name: tuple(r for r in by_id.values() if not r.row.broken and r.values.get("status") != DRAFT)
        for name, by_id in known.items()
    }
    lookup = Known(known, frozenset(name for name, table in tables.items() if not table.whole))
    for resource in package:
        for record in published[resource.name]:
            for field, nested in resource.schema.references:
                problems += _resolve(record, field, nested, lookup)
    _link_back(package, published)
    problems += _dead_sources(package, known)
    datasets = {r.name: Dataset(r, published[r.name], {x.id: x for x in published[r.name]}) for r in package}
    return Catalog(package, datasets), problems


def _index(records: tuple[Record, ...]) -> tuple[dict[str, Record], list[Problem]]:
    """Give the records by id, and a problem for each id that is used twice (whatever the case)."""
    by_id: dict[str, Record] = {}
    folded: dict[str, Record] = {}
    problems = []
    for record in records:
        first = folded.get(record.id.casefold())
        if not record.id:
            continue
        if first is None:
            folded[record.id.casefold()] = by_id[record.id] = record
            continue
        about = {"dataset": record.dataset, "record": record.id, "field": "id", "value": record.id}
        where = _id_origin(first)
        problems.append(problem("E401", _id_origin(record), about=about, shown=shown(record.id), first=where))
    return by_id, problems


def _id_origin(record: Record) -> Origin:
    return record.row.origin("id") if "id" in record.row.values else record.origin


def _resolve(record: Record, field: Field, nested: Field | None, known: Known) -> Iterator[Problem]:
    """Set the links of one field; a dead id gives a problem and no link."""
    value = record.values[field.name]
    if nested:
        groups = record.links.get(field.name, value) or ()
        targets = []
        for i, group in enumerate(groups):
            target, problems = _target(record, (field.name, i, nested.name), group[nested.name], nested, known)
            targets.append({**group, nested.name: target})
            yield from problems
        record.links[field.name] = tuple(targets)
        return
    found: dict[str, Record] = {}
    for i, target_id in enumerate(value or () if field.is_list else (value,)):
        where: tuple[str | int, ...] = (field.name, i) if field.is_list else (field.name,)
        target, problems = _target(record, where, target_id, field, known)
        yield from problems
        if target:
            found[target.id] = target
    record.links[field.name] = tuple(found.values()) if field.is_list else next(iter(found.values()), None)


def _target(
    record: Record, where: tuple[str | int, ...], target_id: object, field: Field, known: Known
) -> tuple[Record | None, list[Problem]]:
    """Find the record that one id stands for, and what is wrong with the id."""
    if not isinstance(target_id, str) or not target_id.strip():
        return None, []
    about = {"dataset": record.dataset, "record": record.id, "field": str(where[0]), "value": target_id}
    targets = known.records[field.reference]
    target = targets.get(target_id)
    if target is None:
        if field.reference in known.torn:  # it may stand in the part that could not be read
            return None, []
        return None, [
            _dead(record.row.origin(*where), target_id, field.reference, known.records[field.reference], about)
        ]
    if target.values.get("status") == DRAFT:
        words = {"shown": shown(target_id), "dataset": field.reference}
        return None, [problem("E302", record.row.origin(*where), about=about, **words)]
    return (None if target.row.broken else target), []


def _dead(
    origin: Origin, target_id: str, dataset: str, targets: Mapping[str, Record], about: Mapping[str, str]
) -> Problem:
    names = {str(r.values["name"]): r.id for r in targets.values() if r.values.get("name")}
    names |= {str(alias): r.id for r in targets.values() for alias in r.values.get("aliases") or ()}
    hint = did_you_mean(target_id, targets, names)
    few = 12
    if not hint and len(targets) <= few:
        hint = f"write one of: {', '.join(targets)}"
    return problem("E301", origin, about=about, hint=hint, shown=shown(target_id), dataset=dataset)


def _link_back(package: Package, published: Mapping[str, tuple[Record, ...]]) -> None:
    """Fill every record's backlinks: dataset -> the records of it that refer here, in file order."""
    for resource in package:
        for field, nested in resource.schema.references:
            target_dataset = (nested or field).reference
            for record in published[target_dataset]:
                record.backlinks.setdefault(resource.name, ())
    for resource in package:
        found: dict[int, tuple[Record, dict[str, Record]]] = {}
        for record in published[resource.name]:
            for target in _linked(record, resource):
                found.setdefault(id(target), (target, {}))[1][record.id] = record
        for target, records in found.values():
            target.backlinks[resource.name] = tuple(records.values())


def _linked(record: Record, resource: Resource) -> Iterator[Record]:
    """Give every record that a record refers to."""
    for field, nested in resource.schema.references:
        value = record.links[field.name]
        if nested:
            yield from (group[nested.name] for group in value if group[nested.name])
        elif field.is_list:
            yield from value
        elif value:
            yield value


def _dead_sources(package: Package, known: Mapping[str, Mapping[str, Record]]) -> Iterator[Problem]:
    """Check the sources that datapackage.yaml gives for whole datasets."""
    origin = Origin(str(package.root / "datapackage.yaml"))
    for resource in package:
        for source in resource.sources:
            if source not in known.get("sources", {}):
                about = {"dataset": resource.name, "field": "sources", "value": source}
                yield _dead(origin, source, "sources", known.get("sources", {}), about)
