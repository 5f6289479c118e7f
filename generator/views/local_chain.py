"""Link an occupation, pathway, sector, skill or activity to local employers, offers and opportunities."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from generator.model import Catalog, Record
from generator.views.availability import by_next_day
from generator.views.listing import listed
from generator.views.pathways import ProgramsAt, programs_after
from generator.views.registry import view

#: Occupations list colleges by the official crosswalk instead (`views/ways_in.py`).
OCCUPATIONS = "occupations"
MOST_EMPLOYERS, MOST_OFFERS, MOST_OPPORTUNITIES, MOST_EVENTS, MOST_PLACES = 2, 2, 2, 1, 2


class Near(NamedTuple):
    """Local links of a record, closest first; `all_…` counts everything, `more_…` what is not shown."""

    employers: tuple[Record, ...]
    offers: tuple[Record, ...]
    opportunities: tuple[Record, ...]
    events: tuple[Record, ...]
    places: tuple[ProgramsAt, ...]
    all_employers: int
    all_offers: int
    all_opportunities: int
    more_places: int


@view
def near(catalog: Catalog, record: Record, today: date) -> Near:
    """Return the employers, open offers, opportunities, coming events and other programs linked to a record."""
    offers = _tied(catalog, record, "offers", today)
    employers = _tied(catalog, record, "employers", today) or listed(
        catalog, dict.fromkeys(offer["employer"] for offer in offers), today
    )
    opportunities = _tied(catalog, record, "opportunities", today)
    events = by_start(catalog, listed(catalog, record.backlinks.get("events", ()), today))
    places = () if record.dataset == OCCUPATIONS else programs_after(catalog, _pathways(record))
    return Near(
        employers[:MOST_EMPLOYERS],
        _soonest(catalog, offers, today),
        by_deadline(catalog, opportunities, today)[:MOST_OPPORTUNITIES],
        events[:MOST_EVENTS],
        places[:MOST_PLACES],
        len(employers),
        len(offers),
        len(opportunities),
        len(places[MOST_PLACES:]),
    )


@view
def by_deadline(catalog: Catalog, opportunities: Iterable[Record], today: date) -> tuple[Record, ...]:
    """Sort opportunities by closing date, those open all year last; samples come after all real ones."""

    def rank(one: Record) -> tuple[bool, date, str]:
        return one.is_sample, one["closes_on"] or date.max, one["name"]

    return tuple(sorted(opportunities, key=rank))


@view
def by_start(catalog: Catalog, events: Iterable[Record]) -> tuple[Record, ...]:
    """Sort events by when they start, those without a date last; samples come after all real ones."""

    def rank(one: Record) -> tuple[bool, bool, str, str]:
        return one.is_sample, one["starts_at"] is None, str(one["starts_at"]), one["name"]

    return tuple(sorted(events, key=rank))


def _tied(catalog: Catalog, record: Record, dataset: str, today: date) -> tuple[Record, ...]:
    """Return a dataset's open records that refer to a record, then those that refer to its pathways."""
    direct = record.backlinks.get(dataset, ())
    through = (found for pathway in _pathways(record) for found in pathway.backlinks[dataset])
    return listed(catalog, dict.fromkeys([*direct, *through]), today)


def _pathways(record: Record) -> tuple[Record, ...]:
    """Return the pathways that link a record to more: those of an occupation or of a sector."""
    if "pathways" in record.values:
        return tuple(record["pathways"])
    return record.backlinks.get("pathways", ())


def _soonest(catalog: Catalog, offers: tuple[Record, ...], today: date) -> tuple[Record, ...]:
    """Return the most closely linked offers, sorted by when they are next available."""
    return by_next_day(catalog, offers[:MOST_OFFERS], today)
