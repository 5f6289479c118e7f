"""Events: which are coming up, where, and in which time zone."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from generator.model import Catalog, Record
from generator.views.listing import is_listed, zone_of
from generator.views.registry import view

DATASET = "events"


@view
def coming_events(catalog: Catalog, today: date) -> tuple[Record, ...]:
    """Return the events with a date that are not over on a day, soonest first, without canceled ones."""
    found = [event for event in catalog[DATASET] if is_coming(catalog, event, today)]
    return tuple(sorted(found, key=lambda event: (instant(catalog, event, "starts_at"), event.id)))


@view
def is_coming(catalog: Catalog, event: Record, today: date) -> bool:
    """Whether an event can still be attended on a day, and so has a calendar file."""
    held = event.values.get("status") not in ("paused", "ended")
    ends: datetime | None = event.values["ends_at"]
    return held and ends is not None and ends.date() >= today and is_listed(catalog, event, today)


def instant(catalog: Catalog, event: Record, field: str) -> datetime:
    """Return an event's time as a datetime with its time zone."""
    moment: datetime = event.values[field]
    return moment.replace(tzinfo=ZoneInfo(zone_of(catalog, event)))


def place_of(catalog: Catalog, event: Record) -> str:
    """Return an event's location on one line for a calendar: place, address and city, or where it is online."""
    parts = [event.values.get(name) for name in ("place", "address", "city")]
    return ", ".join(part for part in parts if part) or str(event.values.get("online_url") or "")
