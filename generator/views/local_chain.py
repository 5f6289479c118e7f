"""What is near: from an occupation, pathway, sector, skill or activity to employers, offers and opportunities."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from generator.model import Catalog, Record
from generator.views.availability import by_next_day
from generator.views.listing import listed
from generator.views.offered import view

MOST_EMPLOYERS, MOST_OFFERS, MOST_OPPORTUNITIES, MOST_EVENTS = 6, 5, 4, 3


class Near(NamedTuple):
    """What is open near a record, the closest ties first; `all_…` count what there is beside those shown."""

    employers: tuple[Record, ...]
    offers: tuple[Record, ...]
    opportunities: tuple[Record, ...]
    events: tuple[Record, ...]
    all_employers: int
    all_offers: int
    all_opportunities: int


@view
def near(catalog: Catalog, record: Record, today: date) -> Near:
    """Give the employers, open offers, open opportunities and coming events that are tied to a record."""
    offers = _tied(catalog, record, "offers", today)
    employers = _tied(catalog, record, "employers", today) or listed(
        catalog, dict.fromkeys(offer["employer"] for offer in offers), today
    )
    opportunities = _tied(catalog, record, "opportunities", today)
    events = by_start(catalog, listed(catalog, record.backlinks.get("events", ()), today))
    return Near(
        employers[:MOST_EMPLOYERS],
        _soonest(catalog, offers, today),
        by_deadline(catalog, opportunities, today)[:MOST_OPPORTUNITIES],
        events[:MOST_EVENTS],
        len(employers),
        len(offers),
        len(opportunities),
    )


@view
def by_deadline(catalog: Catalog, opportunities: Iterable[Record], today: date) -> tuple[Record, ...]:
    """Sort opportunities by the day on which they close; those that take applications all year come last."""

    def rank(one: Record) -> tuple[date, str]:
        return one["closes_on"] or date.max, one["name"]

    return tuple(sorted(opportunities, key=rank))


@view
def by_start(catalog: Catalog, events: Iterable[Record]) -> tuple[Record, ...]:
    """Sort events by the day and time at which they begin."""
    return tuple(sorted(events, key=lambda event: event["starts_at"]))


def _tied(catalog: Catalog, record: Record, dataset: str, today: date) -> tuple[Record, ...]:
    """Give the open records of a dataset that refer to a record, then those that refer to its pathways."""
    direct = record.backlinks.get(dataset, ())
    through = (found for pathway in _pathways(record) for found in pathway.backlinks[dataset])
    return listed(catalog, dict.fromkeys([*direct, *through]), today)


def _pathways(record: Record) -> tuple[Record, ...]:
    """Give the pathways through which more is tied to a record: those of an occupation, those of a sector."""
    if "pathways" in record.values:
        return tuple(record["pathways"])
    return record.backlinks.get("pathways", ())


def _soonest(catalog: Catalog, offers: tuple[Record, ...], today: date) -> tuple[Record, ...]:
    """Choose the closest ties, and show them by the day on which they can be had."""
    return by_next_day(catalog, offers[:MOST_OFFERS], today)
