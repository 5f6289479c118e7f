"""What is new: employers, offers and opportunities that were added or confirmed again, newest first.

This covers every dataset whose records have the days on which they were first listed and last confirmed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from generator.model import Catalog, Record
from generator.views.listing import is_listed
from generator.views.registry import view

LISTED, CONFIRMED = "first_listed_on", "last_confirmed_on"
#: Entries in a feed and on the page: enough that a reader who checks once a week misses nothing.
LATEST = 50


class Change(NamedTuple):
    """A record that was added (`is_new`) or confirmed again on a day, with the sectors it belongs to."""

    record: Record
    is_new: bool
    on: date
    sectors: tuple[Record, ...]


@view
def news(catalog: Catalog, today: date) -> tuple[Change, ...]:
    """Return the latest changes up to a day, newest first, without records that are no longer listed."""
    return tuple(_changes(catalog, today)[:LATEST])


@view
def news_of_sector(catalog: Catalog, today: date, sector: Record) -> tuple[Change, ...]:
    """Return the latest changes in one sector."""
    return tuple([change for change in _changes(catalog, today) if sector in change.sectors][:LATEST])


def _changes(catalog: Catalog, today: date) -> list[Change]:
    datasets = (d for d in catalog if d.resource.schema.field(LISTED) and d.resource.schema.field(CONFIRMED))
    found = [
        Change(record, confirmed == listed, confirmed, sectors_of(catalog, record))
        for dataset in datasets
        for record in dataset
        if (listed := record.values[LISTED]) and (confirmed := record.values[CONFIRMED] or listed)
        if listed <= confirmed <= today and is_listed(catalog, record, today)
    ]
    return sorted(found, key=lambda change: -change.on.toordinal())


@view
def sectors_of(catalog: Catalog, record: Record) -> tuple[Record, ...]:
    """Return a record's sectors: its own, or those of its pathways and occupations, or its employer's."""
    own = _linked(record, "sectors")
    near = [s for name in ("pathways", "occupations") for one in _linked(record, name) for s in _linked(one, "sector")]
    found = own or near or [s for employer in _linked(record, "employer") for s in _linked(employer, "sectors")]
    return tuple(sector for sector in catalog["sectors"] if sector in found) if "sectors" in catalog.datasets else ()


def _linked(record: Record, name: str) -> list[Record]:
    return list(_several(record[name])) if record.values.get(name) else []


def _several(value: Any) -> Iterator[Record]:
    yield from value if isinstance(value, tuple) else (value,)
