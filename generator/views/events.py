"""Events: which are still to come, where they are, and on which clock."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from generator.model import Catalog, Record
from generator.views.listing import is_listed, zone_of
from generator.views.registry import view

DATASET = "events"


@view
def coming_events(catalog: Catalog, today: date) -> tuple[Record, ...]:
    """Give the events that have not ended before a day, soonest first; those called off are left out."""
    found = [event for event in catalog[DATASET] if is_coming(catalog, event, today)]
    return tuple(sorted(found, key=lambda event: (instant(catalog, event, "starts_at"), event.id)))


@view
def is_coming(catalog: Catalog, event: Record, today: date) -> bool:
    """Tell whether an event can still be visited on a day: there is a calendar file for it then."""
    held = event.values.get("status") not in ("paused", "ended")
    return held and event.values["ends_at"].date() >= today and is_listed(catalog, event, today)


def instant(catalog: Catalog, event: Record, field: str) -> datetime:
    """Give the moment that a time of an event stands for."""
    moment: datetime = event.values[field]
    return moment.replace(tzinfo=ZoneInfo(zone_of(catalog, event)))


def place_of(catalog: Catalog, event: Record) -> str:
    """Give where an event is in one line, for a calendar: place, address, city, else where it is online."""
    parts = [event.values.get(name) for name in ("place", "address", "city")]
    return ", ".join(part for part in parts if part) or str(event.values.get("online_url") or "")
