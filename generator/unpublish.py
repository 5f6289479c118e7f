"""Decide which records stay unpublished: drafts, records whose consent has ended, and records that wait for either.

A record waits when it cannot be shown without the unpublished record it refers to: an offer waits for its draft
employer. A list merely leaves the unpublished item out, as long as the list is optional or another item remains.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple

from generator.diagnostics import problem, shown
from generator.diagnostics.about import about
from generator.model import Field, Package, Problem, Record, Resource, dotted

DRAFT = "draft"
CONSENT = "consent_ends_on"
#: Why a record is unpublished. A record that waits has the reason of the record it waits for.
Reason = Literal["draft", "withdrawn"]
#: Dataset -> id -> reason. Datasets without unpublished records are not in it.
Unpublished = Mapping[str, Mapping[str, Reason]]
Records = Mapping[str, tuple[Record, ...]]


class _Use(NamedTuple):
    """A place where a record refers to an unpublished one."""

    record: Record
    where: tuple[str | int, ...]
    dataset: str
    target: str


def find_unpublished(package: Package, records: Records, today: date) -> tuple[Unpublished, list[Problem]]:
    """Return the records that must not be published on a day, with warnings that say why.

    Args:
        package: the datasets and their schemas.
        records: the checked records of each dataset, before linking.
        today: the day of the site; consent that ended before it no longer counts.
    """
    unpublished: dict[str, dict[str, Reason]] = {}
    problems: list[Problem] = []
    for resource in package:
        for record in records[resource.name]:
            if record.values.get("status") == DRAFT:
                unpublished.setdefault(resource.name, {})[record.id] = "draft"
            elif _consent_has_ended(record, today):
                unpublished.setdefault(resource.name, {})[record.id] = "withdrawn"
                day = shown(record.values[CONSENT])
                problems.append(problem("E415", record.row.origin(CONSENT), about=about(record, CONSENT), shown=day))
    if unpublished:
        waiting = _hold_back(package, records, unpublished)
        problems += _grouped("E416", waiting)
        problems += _grouped("E302", _left_out(package, records, unpublished))
    return unpublished, problems


def _consent_has_ended(record: Record, today: date) -> bool:
    day = record.values.get(CONSENT)
    return isinstance(day, date) and day < today and (CONSENT,) not in record.faulty


def _hold_back(package: Package, records: Records, unpublished: dict[str, dict[str, Reason]]) -> list[_Use]:
    """Add the records that wait to `unpublished`, until no further record has to wait; return what each waits for."""
    waiting: list[_Use] = []
    found = True
    while found:
        found = False
        for resource in package:
            for record in _published(resource, records, unpublished):
                if use := next(_waits_for(resource, record, unpublished), None):
                    unpublished.setdefault(resource.name, {})[record.id] = unpublished[use.dataset][use.target]
                    waiting.append(use)
                    found = True
    return waiting


def _published(resource: Resource, records: Records, unpublished: Unpublished) -> Iterator[Record]:
    """Yield the published records of a dataset that has references into one with unpublished records."""
    if any((nested or field).reference in unpublished for field, nested in resource.schema.references):
        for record in records[resource.name]:
            if not record.row.broken and record.id not in unpublished.get(resource.name, ()):
                yield record


def _waits_for(resource: Resource, record: Record, unpublished: Unpublished) -> Iterator[_Use]:
    """Yield the references without which the record cannot be shown, where they lead to unpublished records."""
    for field, nested in resource.schema.references:
        uses = list(_uses(record, field, nested, unpublished)) if not nested or nested.required else []
        if not field.is_list or (field.required and uses and len(uses) == len(record.values[field.name])):
            yield from uses


def _left_out(package: Package, records: Records, unpublished: Unpublished) -> Iterator[_Use]:
    """Yield the items of lists that are left out because they are drafts (other reasons have a warning already)."""
    for resource in package:
        for record in _published(resource, records, unpublished):
            for field, nested in resource.schema.references:
                for use in _uses(record, field, nested, unpublished):
                    if unpublished[use.dataset][use.target] == "draft":
                        yield use


def _uses(record: Record, field: Field, nested: Field | None, unpublished: Unpublished) -> Iterator[_Use]:
    """Yield each place of one field that refers to an unpublished record."""
    dataset = (nested or field).reference
    hidden = unpublished.get(dataset, {})
    value = record.values.get(field.name)
    if not hidden or not value or (field.name,) in record.faulty:
        return
    for i, item in enumerate(value if field.is_list else (value,)):
        target = item.get(nested.name) if nested else item
        if isinstance(target, str) and target in hidden:
            steps: tuple[str | int, ...] = (field.name, i) if field.is_list else (field.name,)
            yield _Use(record, (*steps, nested.name) if nested else steps, dataset, target)


def _grouped(code: str, uses: Iterator[_Use] | list[_Use]) -> Iterator[Problem]:
    """Yield one warning for each unpublished record and dataset that refers to it: one cause, one problem."""
    groups: dict[tuple[str, str, str], list[_Use]] = {}
    for use in uses:
        groups.setdefault((use.record.dataset, use.dataset, use.target), []).append(use)
    for (name, dataset, target), found in groups.items():
        first = found[0]
        others = len({use.record.id for use in found}) - 1
        details = {"dataset": name, "record": first.record.id, "field": dotted(first.where), "value": target}
        words = {"shown": shown(target), "dataset": dataset, "others": f" (and {others} more here)" if others else ""}
        yield problem(code, first.record.row.origin(*first.where), about=details, **words)
