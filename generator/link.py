"""Turning ids into records: links, backlinks, and what to say about an id that is not there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from generator.diagnostics import did_you_mean, nearest, problem, shown
from generator.model import Catalog, Dataset, Field, Origin, Package, Problem, Record, Resource, Table, dotted

DRAFT = "draft"
SOURCES = "sources"


class Known(NamedTuple):
    """All records by dataset and id, drafts and broken rows too; the datasets where further ones may be hidden.

    `misspelt` are the ids of a dataset that were refused: a reference may mean one of them, once it is mended.
    """

    records: Mapping[str, Mapping[str, Record]]
    torn: frozenset[str]
    misspelt: Mapping[str, tuple[str, ...]]


def link(
    package: Package, tables: Mapping[str, Table], records: Mapping[str, tuple[Record, ...]]
) -> tuple[Catalog, list[Problem]]:
    """Connect all records with each other. Drafts and broken rows are known but not published."""
    problems: list[Problem] = []
    known: dict[str, dict[str, Record]] = {}
    published: dict[str, tuple[Record, ...]] = {}
    for name, found in records.items():
        distinct = _distinct(found)
        published[name] = tuple(r for r in distinct if _is_published(r))
        known[name] = _index(distinct)
    torn = frozenset(r.name for r in package if _is_torn(r, tables[r.name], records[r.name]))
    misspelt = {name: tuple(r.id for r in found if ("id",) in r.faulty) for name, found in records.items()}
    lookup = Known(known, torn, misspelt)
    sound = {name: _among(set(published[name]), found) for name, found in known.items()}
    for resource in package:
        for field, nested in resource.schema.references:
            left = published[resource.name] if nested else _link_at_once(published[resource.name], field, sound)
            for record in left:
                problems += _resolve(record, field, nested, lookup)
    _link_back(package, published)
    problems += _dead_sources(package, lookup)
    datasets = {r.name: _dataset(r, published[r.name], lookup) for r in package}
    return Catalog(package, datasets), problems


def _among(some: set[Record], found: Mapping[str, Record]) -> dict[str, Record]:
    return {id_: record for id_, record in found.items() if record in some}


def _is_published(record: Record) -> bool:
    return not record.row.broken and record.values.get("status") != DRAFT


def _link_at_once(
    records: tuple[Record, ...], field: Field, sound: Mapping[str, Mapping[str, Record]]
) -> Iterator[Record]:
    """Set the links of one field where all ids are those of published records; give the records where they are not."""
    name, targets, is_list = field.name, sound[field.reference], field.is_list
    for record in records:
        value = record.values[name]
        if value is None or value == "":
            record.links[name] = () if is_list else None
        elif not is_list and value in targets:
            record.links[name] = targets[value]
        elif is_list and all(one in targets for one in value):
            record.links[name] = tuple({targets[one].id: targets[one] for one in value}.values())
        else:
            yield record


def _dataset(resource: Resource, published: tuple[Record, ...], known: Known) -> Dataset:
    by_id = {record.id: record for record in published}
    unread = frozenset(id_ for id_, record in known.records[resource.name].items() if record.row.broken)
    return Dataset(resource, published, by_id, unread, whole=resource.name not in known.torn)


def _is_torn(resource: Resource, table: Table, records: tuple[Record, ...]) -> bool:
    """Tell whether there may be records of which not even the id is known."""
    if not table.whole or not all(r.id for r in records):
        return True
    keys = resource.schema.key
    return len(keys) > 1 and not all(r.row.stem or all(map(r.row.values.get, keys)) for r in records)


def _distinct(records: tuple[Record, ...]) -> tuple[Record, ...]:
    """Leave out records without an id, and those whose id (whatever the case) is taken: `validate` reported them."""
    first: dict[str, Record] = {}
    for record in records:
        if record.id:
            first.setdefault(record.id.casefold(), record)
    return tuple(first.values())


def _index(records: tuple[Record, ...]) -> dict[str, Record]:
    """Give the records by id; one in a file of another name is found by the id that it claims, too."""
    claimed = {str(r.row.values["id"]): r for r in records if r.row.stem and r.row.values.get("id")}
    return claimed | {r.id: r for r in records}


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
    target = known.records[field.reference].get(target_id)
    if record.faulty and (where in record.faulty or where[:1] in record.faulty):
        return target, []
    if target and not target.row.broken and target.values.get("status") != DRAFT:
        return target, []
    about = {"dataset": record.dataset, "record": record.id, "field": dotted(where), "value": target_id}
    if target is None:
        return None, _dead(record.row.origin(*where), target_id, field.reference, known, about)
    if target.values.get("status") == DRAFT:
        words = {"shown": shown(target_id), "dataset": field.reference}
        return None, [problem("E302", record.row.origin(*where), about=about, **words)]
    return None, []


def _dead(origin: Origin, target_id: str, dataset: str, known: Known, about: Mapping[str, str]) -> list[Problem]:
    """Say that an id is not there, unless it may stand where something could not be read."""
    if dataset in known.torn or nearest(target_id, known.misspelt[dataset]):
        return []
    targets = known.records[dataset]
    names = {str(r.values["name"]): r.id for r in targets.values() if r.values.get("name")}
    names |= {str(alias): r.id for r in targets.values() for alias in r.values.get("aliases") or ()}
    hint = did_you_mean(target_id, targets, names)
    few = 12
    if "," in target_id:
        hint = "write several ids as a list (in YAML), or with ; between them (in CSV)"
    elif not hint:
        hint = (
            f"write one of: {', '.join(targets)}" if len(targets) <= few else f"write the id of a record in {dataset}"
        )
    return [problem("E301", origin, about=about, hint=hint, shown=shown(target_id), dataset=dataset)]


def _link_back(package: Package, published: Mapping[str, tuple[Record, ...]]) -> None:
    """Fill every record's backlinks: dataset -> the records of it that refer here, in file order."""
    for resource in package:
        references = resource.schema.references
        for name in {(nested or field).reference for field, nested in references}:
            for record in published[name]:
                record.backlinks.setdefault(resource.name, ())
        found = defaultdict[Record, list[Record]](list)
        for record in published[resource.name] if references else ():
            for field, nested in references:
                for target in _linked(record.links[field.name], nested):
                    found[target].append(record)
        for target, records in found.items():
            target.backlinks[resource.name] = tuple(dict.fromkeys(records))  # one may refer here twice


def _linked(value: Any, nested: Field | None) -> tuple[Record, ...]:
    """Give every record that the links of one field lead to."""
    if nested:
        return tuple(group[nested.name] for group in value if group[nested.name])
    return value if isinstance(value, tuple) else (value,) if value else ()


def _dead_sources(package: Package, known: Known) -> Iterator[Problem]:
    """Check the sources that datapackage.yaml gives for whole datasets."""
    for resource in package:
        for source in resource.sources:
            about = {"dataset": resource.name, "field": "sources", "value": source}
            if SOURCES not in known.records:
                words = {"shown": shown(source), "dataset": SOURCES}
                yield problem("E301", resource.origin, about=about, hint=f"list a dataset '{SOURCES}'", **words)
            elif source not in known.records[SOURCES]:
                yield from _dead(resource.origin, source, SOURCES, known, about)
