"""Taking back what may no longer be published: records whose consent has ended. Alone knows which field says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from generator.diagnostics import problem, shown
from generator.model import Catalog, Dataset, Problem, Record
from generator.rules.about import about

UNTIL = "consent_ends_on"


def withdraw(catalog: Catalog, today: date) -> tuple[Catalog, list[Problem]]:
    """Give the catalog without records whose consent has ended; their addresses will lead to the dataset's index."""
    gone = {dataset.name: tuple(r for r in dataset if _has_ended(r, today)) for dataset in catalog}
    if not any(gone.values()):
        return catalog, []
    kept = {dataset.name: _without(dataset, gone[dataset.name]) for dataset in catalog}
    for dataset in kept.values():
        for record in dataset:
            _forget(record, gone)
    return replace(catalog, datasets=kept), [found for records in gone.values() for found in _told(records)]


def _has_ended(record: Record, today: date) -> bool:
    day = record.values.get(UNTIL)
    return isinstance(day, date) and day < today and (UNTIL,) not in record.faulty


def _without(dataset: Dataset, gone: tuple[Record, ...]) -> Dataset:
    ids = {record.id for record in gone}
    kept = tuple(record for record in dataset if record.id not in ids)
    return replace(dataset, records=kept, by_id={r.id: r for r in kept}, withdrawn=tuple(r.id for r in gone))


def _forget(record: Record, gone: Mapping[str, tuple[Record, ...]]) -> None:
    """Take withdrawn records out of a record's backlinks."""
    for name, found in record.backlinks.items():
        if gone[name]:
            record.backlinks[name] = tuple(one for one in found if one not in gone[name])


def _told(records: tuple[Record, ...]) -> Iterator[Problem]:
    for record in records:
        here, day = record.row.origin(UNTIL), record.values[UNTIL]
        yield problem("E415", here, about=about(record, UNTIL), shown=shown(day))
