"""iCalendar (RFC 5545) files of coming events: one with all of them, and one for each.

The only module that imports icalendar, which escapes text and folds lines. It writes time zones itself, because
icalendar starts daylight saving time an hour late.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, Event, Timezone, TimezoneDaylight, TimezoneStandard

from generator.model import Catalog, Record, Site
from generator.views.events import DATASET, coming_events, place_of
from generator.views.listing import zone_of

ALL = "calendar"
DAY = timedelta(days=1)
SAMPLE = "Sample: "


def calendar_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield the calendar of all coming events and a file for each of them."""
    if "starts_at" not in _names(site.catalog):
        return
    events = coming_events(site.catalog, site.today)
    yield f"{DATASET}/{ALL}.ics", _calendar(site, events)
    for event in events:
        yield f"{DATASET}/{event.id}.ics", _calendar(site, (event,))


def _names(catalog: Catalog) -> set[str]:
    return {field.name for field in catalog[DATASET].resource.schema.fields}


def _calendar(site: Site, events: tuple[Record, ...]) -> bytes:
    """Return a calendar with the time zones of its events; one without events still has the region's."""
    region = site.catalog.region
    calendar = Calendar()
    calendar.add("prodid", f"-//{region['site_name']}//eportal//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", region["site_name"])
    spans: dict[str, list[datetime]] = {} if events else {region.timezone: [datetime.combine(site.today, time())]}
    for event in events:
        spans.setdefault(zone_of(site.catalog, event), []).extend((event.values["starts_at"], event.values["ends_at"]))
    for zone, times in sorted(spans.items()):
        calendar.add_component(time_zone(zone, min(times).year, max(times).year))
    for event in events:
        calendar.add_component(_event(site, event))
    return bytes(calendar.to_ical())


def _event(site: Site, record: Record) -> Event:
    """Return one event; its UID never changes, and its stamp is the day of the build."""
    root, zone = site.catalog.region["site_url"], ZoneInfo(zone_of(site.catalog, record))
    event = Event()
    event.add("uid", f"{record.id}@{urlsplit(root).hostname}")
    event.add("dtstamp", datetime.combine(site.today, time(), UTC))
    event.add("dtstart", record.values["starts_at"].replace(tzinfo=zone))
    event.add("dtend", record.values["ends_at"].replace(tzinfo=zone))
    event.add("summary", f"{SAMPLE if record.is_sample else ''}{record.values['name']}")
    address = f"{root}{record.url}"
    notes = ("Sample event: invented." if record.is_sample else "", record.values.get("summary"), address)
    event.add("description", "\n\n".join(note for note in notes if note))
    event.add("url", address)
    if place := place_of(site.catalog, record):
        event.add("location", place)
    event.add("status", "CONFIRMED")
    return event


def time_zone(name: str, first_year: int, last_year: int) -> Timezone:
    """Return a time zone with every clock change from the year before the first through the last."""
    zone = ZoneInfo(name)
    start = datetime(first_year - 1, 1, 1, tzinfo=UTC)
    made = Timezone()
    made.add("tzid", name)
    made.add_component(_observance(zone, start, start))
    moment = start
    while moment.year <= last_year:
        if _offset(zone, moment) != _offset(zone, moment + DAY):
            change = _change(zone, moment, moment + DAY)
            made.add_component(_observance(zone, change - timedelta(seconds=1), change))
        moment += DAY
    return made


def _observance(zone: ZoneInfo, before: datetime, at: datetime) -> Component:
    """Return when a UTC offset starts, in local time by the previous offset."""
    clock = at.astimezone(zone)
    part: Any = TimezoneDaylight() if clock.dst() else TimezoneStandard()
    part.add("dtstart", (at + _offset(zone, before)).replace(tzinfo=None))
    part.add("tzoffsetfrom", _offset(zone, before))
    part.add("tzoffsetto", _offset(zone, at))
    part.add("tzname", clock.tzname())
    return part  # type: ignore[no-any-return]


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Return the second at which the clock changes between two moments."""
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if _offset(zone, middle) == _offset(zone, before):
            before = middle
        else:
            after = middle
    return after
