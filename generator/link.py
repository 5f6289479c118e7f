"""Turn ids into records: links, backlinks, and what to report about an id that does not exist.

Records refer to each other in circles, so `link` makes all of them first and fills their links before it returns.
Nothing changes them afterward: links and backlinks are read-only mappings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from generator.diagnostics import did_you_mean, nearest, problem, shown
from generator.model import NOTHING, Catalog, Dataset, Field, Origin, Package, Problem, Record, Resource, Table, dotted
from generator.unpublish import Unpublished

SOURCES = "sources"
FEW_IDS = 12


class Known(NamedTuple):
    """Every record by dataset and id, unpublished and broken ones too, and where more may be hidden.

    `published` holds those that may be linked to. `torn` names the datasets that could not be read to the end.
    `misspelled` holds ids that were refused: a reference may mean one of them once it is corrected.
    """

    records: Mapping[str, Mapping[str, Record]]
    published: Mapping[str, Mapping[str, Record]]
    torn: frozenset[str]
    misspelled: Mapping[str, tuple[str, ...]]


class _Open(NamedTuple):
    """A record that is being linked, and the mappings behind its read-only links and backlinks."""

    record: Record
    links: dict[str, Any]
    backlinks: dict[str, tuple[Record, ...]]


def link(
    package: Package, tables: Mapping[str, Table], records: Mapping[str, tuple[Record, ...]], unpublished: Unpublished
) -> tuple[Catalog, list[Problem]]:
    """Connect the published records with each other; unpublished and broken ones are known but not linked."""
    distinct = {name: _distinct(found) for name, found in records.items()}
    torn = frozenset(r.name for r in package if _is_torn(r, tables[r.name], records[r.name]))
    misspelled = {name: tuple(r.id for r in found if ("id",) in r.faulty) for name, found in records.items()}
    targets = {(nested or field).reference for r in package for field, nested in r.schema.references}
    opened = {r.name: _opened(r, distinct[r.name], unpublished, is_target=r.name in targets) for r in package}
    published = {name: _index(tuple(one.record for one in found)) for name, found in opened.items()}
    known = Known({name: _index(found) for name, found in distinct.items()}, published, torn, misspelled)
    problems: list[Problem] = []
    for resource in package:
        for field, nested in resource.schema.references:
            left = opened[resource.name] if nested else _link_at_once(opened[resource.name], field, published)
            for one in left:
                problems += _resolve(one, field, nested, known)
    _link_back(package, opened)
    problems += _dead_sources(package, known)
    datasets = {r.name: _dataset(r, opened[r.name], unpublished, known) for r in package}
    return Catalog(package, datasets), problems


def _opened(
    resource: Resource, records: tuple[Record, ...], unpublished: Unpublished, *, is_target: bool
) -> list[_Open]:
    """Return the records of a dataset that will be published, ready to be linked."""
    hidden = unpublished.get(resource.name, {})
    has_links = bool(resource.schema.references)
    made = []
    for old in records:
        if old.row.broken or old.id in hidden:
            continue
        links: dict[str, Any] = {}
        backlinks: dict[str, tuple[Record, ...]] = {}
        new = Record(
            old.dataset,
            old.id,
            old.values,
            old.row,
            MappingProxyType(links) if has_links else NOTHING,
            MappingProxyType(backlinks) if is_target else NOTHING,
            old.faulty,
        )
        made.append(_Open(new, links, backlinks))
    return made


def _link_at_once(opened: list[_Open], field: Field, published: Mapping[str, Mapping[str, Record]]) -> Iterator[_Open]:
    """Link one field where every id is that of a published record; yield the records where one is not."""
    name, targets, is_list = field.name, published[field.reference], field.is_list
    for one in opened:
        value = one.record.values[name]
        if value is None or value == "":
            one.links[name] = () if is_list else None
        elif not is_list and value in targets:
            one.links[name] = targets[value]
        elif is_list and all(id_ in targets for id_ in value):
            one.links[name] = tuple({targets[id_].id: targets[id_] for id_ in value}.values())
        else:
            yield one


def _dataset(resource: Resource, opened: list[_Open], unpublished: Unpublished, known: Known) -> Dataset:
    records = tuple(one.record for one in opened)
    by_id = {record.id: record for record in records}
    unread = frozenset(id_ for id_, record in known.records[resource.name].items() if record.row.broken)
    hidden = unpublished.get(resource.name, {})
    withdrawn = tuple(id_ for id_, reason in hidden.items() if reason == "withdrawn")
    found = known.records[resource.name]
    drafts = tuple(found[id_] for id_, why in hidden.items() if why == "draft" and not found[id_].row.broken)
    return Dataset(
        resource,
        records,
        by_id,
        unread,
        whole=resource.name not in known.torn,
        withdrawn=withdrawn,
        drafts=drafts,
    )


def _is_torn(resource: Resource, table: Table, records: tuple[Record, ...]) -> bool:
    """Whether there may be records whose id is not known either."""
    if not table.whole or not all(r.id for r in records):
        return True
    keys = resource.schema.key
    return len(keys) > 1 and not all(r.row.stem or all(map(r.row.values.get, keys)) for r in records)


def _distinct(records: tuple[Record, ...]) -> tuple[Record, ...]:
    """Leave out records without an id, and those whose id is taken (case-insensitively): `validate` reported them."""
    first: dict[str, Record] = {}
    for record in records:
        if record.id:
            first.setdefault(record.id.casefold(), record)
    return tuple(first.values())


def _index(records: tuple[Record, ...]) -> dict[str, Record]:
    """Index records by id; a record whose file has another name is also found by the id it claims."""
    claimed = {str(r.row.values["id"]): r for r in records if r.row.stem and r.row.values.get("id")}
    return claimed | {r.id: r for r in records}


def _resolve(one: _Open, field: Field, nested: Field | None, known: Known) -> Iterator[Problem]:
    """Set the links of one field; an id that leads to no published record gives no link."""
    value = one.record.values[field.name]
    if nested:
        groups = []
        for i, group in enumerate(one.links.get(field.name, value) or ()):
            where = (field.name, i, nested.name)
            target, problems = _target(one.record, where, group[nested.name], nested, known)
            yield from problems
            if target or not (nested.required and _is_hidden(group[nested.name], nested, known)):
                groups.append({**group, nested.name: target})
        one.links[field.name] = tuple(groups)
        return
    found: dict[str, Record] = {}
    for i, target_id in enumerate(value or () if field.is_list else (value,)):
        steps: tuple[str | int, ...] = (field.name, i) if field.is_list else (field.name,)
        target, problems = _target(one.record, steps, target_id, field, known)
        yield from problems
        if target:
            found[target.id] = target
    one.links[field.name] = tuple(found.values()) if field.is_list else next(iter(found.values()), None)


def _is_hidden(target_id: object, field: Field, known: Known) -> bool:
    """Whether an id belongs to a record that exists but is not published."""
    return isinstance(target_id, str) and target_id in known.records[field.reference]


def _target(
    record: Record, where: tuple[str | int, ...], target_id: object, field: Field, known: Known
) -> tuple[Record | None, list[Problem]]:
    """Return the published record that an id refers to, and what is wrong with the id."""
    if not isinstance(target_id, str) or not target_id.strip():
        return None, []
    target = known.published[field.reference].get(target_id)
    refused = record.faulty and (where in record.faulty or where[:1] in record.faulty)
    if target or refused or _is_hidden(target_id, field, known):
        return target, []
    about = {"dataset": record.dataset, "record": record.id, "field": dotted(where), "value": target_id}
    return None, _dead(record.row.origin(*where), target_id, field.reference, known, about)


def _dead(origin: Origin, target_id: str, dataset: str, known: Known, about: Mapping[str, str]) -> list[Problem]:
    """Report an id that does not exist, unless it may belong to something that could not be read."""
    if dataset in known.torn or nearest(target_id, known.misspelled[dataset]):
        return []
    targets = known.records[dataset]
    names = {str(r.values["name"]): r.id for r in targets.values() if r.values.get("name")}
    names |= {str(alias): r.id for r in targets.values() for alias in r.values.get("aliases") or ()}
    hint = did_you_mean(target_id, targets, names)
    if "," in target_id:
        hint = "write several ids as a list (in YAML), or with ; between them (in CSV)"
    elif not hint:
        is_short = len(targets) <= FEW_IDS
        hint = f"write one of: {', '.join(targets)}" if is_short else f"write the id of a record in {dataset}"
    return [problem("E301", origin, about=about, hint=hint, shown=shown(target_id), dataset=dataset)]


def _link_back(package: Package, opened: Mapping[str, list[_Open]]) -> None:
    """Fill every record's backlinks: dataset -> its records that refer here, in file order."""
    backlinks = {one.record: one.backlinks for found in opened.values() for one in found}
    for resource in package:
        references = resource.schema.references
        for name in {(nested or field).reference for field, nested in references}:
            for one in opened[name]:
                one.backlinks.setdefault(resource.name, ())
        found = defaultdict[Record, list[Record]](list)
        for one in opened[resource.name] if references else ():
            for field, nested in references:
                for target in _linked(one.links[field.name], nested):
                    found[target].append(one.record)
        for target, records in found.items():
            backlinks[target][resource.name] = tuple(dict.fromkeys(records))  # one may refer here twice


def _linked(value: Any, nested: Field | None) -> tuple[Record, ...]:
    """Return every record that the links of one field lead to."""
    if nested:
        return tuple(group[nested.name] for group in value if group[nested.name])
    return value if isinstance(value, tuple) else (value,) if value else ()


def _dead_sources(package: Package, known: Known) -> Iterator[Problem]:
    """Check the sources that datapackage.yaml names for whole datasets, and schemas for single fields."""
    for resource in package:
        fields = (field.source for field in resource.schema.all_fields if field.source)
        for source in dict.fromkeys((*resource.sources, *fields)):
            about = {"dataset": resource.name, "field": "sources", "value": source}
            words = {"shown": shown(source), "dataset": SOURCES}
            if SOURCES not in known.records:
                yield problem("E301", resource.origin, about=about, hint=f"list a dataset '{SOURCES}'", **words)
            elif source not in known.records[SOURCES]:
                yield from _dead(resource.origin, source, SOURCES, known, about)
            elif source not in known.published[SOURCES]:
                yield problem("E303", resource.origin, about=about, name=resource.name, **words)
