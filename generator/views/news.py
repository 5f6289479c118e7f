"""What is new: employers, offers and opportunities that were listed or confirmed again, newest first.

Any dataset whose records say when they were first listed and last confirmed takes part.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from generator.model import Catalog, Record
from generator.views.listing import is_listed
from generator.views.registry import view

LISTED, CONFIRMED = "first_listed_on", "last_confirmed_on"
#: Entries of a feed and of the page: as many as a reader that asks once a week may have missed.
LATEST = 50


class Change(NamedTuple):
    """A record that was listed (`is_new`) or confirmed again on a day, with the sectors that it belongs to."""

    record: Record
    is_new: bool
    on: date
    sectors: tuple[Record, ...]


@view
def news(catalog: Catalog, today: date) -> tuple[Change, ...]:
    """Give the latest changes up to a day, newest first; what is no longer listed is left out."""
    return tuple(_changes(catalog, today)[:LATEST])


@view
def news_of_sector(catalog: Catalog, today: date, sector: Record) -> tuple[Change, ...]:
    """Give the latest changes of one sector."""
    return tuple([change for change in _changes(catalog, today) if sector in change.sectors][:LATEST])


def _changes(catalog: Catalog, today: date) -> list[Change]:
    datasets = (d for d in catalog if d.resource.schema.field(LISTED) and d.resource.schema.field(CONFIRMED))
    found = [
        Change(record, confirmed == listed, confirmed, sectors_of(catalog, record))
        for dataset in datasets
        for record in dataset
        if (listed := record.values[LISTED]) and (confirmed := record.values[CONFIRMED])
        if listed <= confirmed <= today and is_listed(catalog, record, today)
    ]
    return sorted(found, key=lambda change: -change.on.toordinal())


@view
def sectors_of(catalog: Catalog, record: Record) -> tuple[Record, ...]:
    """Give the sectors of a record: its own, else those of its pathways and occupations, else its employer's."""
    own = _linked(record, "sectors")
    near = [s for name in ("pathways", "occupations") for one in _linked(record, name) for s in _linked(one, "sector")]
    found = own or near or [s for employer in _linked(record, "employer") for s in _linked(employer, "sectors")]
    return tuple(sector for sector in catalog["sectors"] if sector in found) if "sectors" in catalog.datasets else ()


def _linked(record: Record, name: str) -> list[Record]:
    return list(_several(record[name])) if record.values.get(name) else []


def _several(value: Any) -> Iterator[Record]:
    yield from value if isinstance(value, tuple) else (value,)
