"""Feeds and calendars are valid for strict readers, stable, in the right time zone, and without past events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from lxml import etree

from generator import publish, views
from generator.model import Catalog, Dataset, Record, Site
from generator.publish import atom, calendar
from generator.views.news import LATEST
from tests.built import Built
from tests.conftest import TODAY

ATOM = "{http://www.w3.org/2005/Atom}"
#: What RFC 4287 requires of a feed and its entries, as far as we use it; nothing else is allowed.
RULES = """
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.w3.org/2005/Atom"
         datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start><element name="feed">
    <attribute name="xml:lang"/>
    <ref name="names"/>
    <element name="link"><attribute name="rel"><value>self</value></attribute><ref name="address"/></element>
    <ref name="page"/>
    <element name="updated"><ref name="moment"/></element>
    <element name="author"><element name="name"><ref name="words"/></element></element>
    <zeroOrMore><element name="entry">
      <ref name="names"/>
      <ref name="page"/>
      <element name="published"><ref name="moment"/></element>
      <element name="updated"><ref name="moment"/></element>
      <zeroOrMore><element name="category"><attribute name="term"/><attribute name="label"/></element></zeroOrMore>
      <optional><element name="summary"><ref name="words"/></element></optional>
    </element></zeroOrMore>
  </element></start>
  <define name="names">
    <element name="title"><ref name="words"/></element>
    <element name="id"><data type="anyURI"><param name="minLength">8</param></data></element>
  </define>
  <define name="page">
    <element name="link"><attribute name="rel"><value>alternate</value></attribute><ref name="address"/></element>
  </define>
  <define name="moment"><data type="dateTime"><param name="pattern">.+[+-]\\d\\d:\\d\\d</param></data></define>
  <define name="words"><data type="string"><param name="minLength">1</param></data></define>
  <define name="address">
    <attribute name="type"/>
    <attribute name="href"><data type="anyURI"><param name="pattern">https://.+</param></data></attribute>
  </define>
</grammar>
"""
ZONES = ["America/Los_Angeles", "America/New_York", "America/Phoenix", "Pacific/Honolulu", "Europe/Dublin"]


@pytest.fixture(scope="session")
def files(real_site: Site) -> dict[str, bytes]:
    """Return all files published in addition to the real site's pages."""
    return dict(publish.published_files(real_site))


def changed(site: Site, dataset: str, record_id: str, **values: Any) -> Site:
    """Return the site with some values of a record changed."""
    old = site.catalog[dataset]
    records = tuple(replace(r, values={**r.values, **values}) if r.id == record_id else r for r in old.records)
    made = Dataset(old.resource, records, {r.id: r for r in records})
    return replace(site, catalog=Catalog(site.catalog.package, {**site.catalog.datasets, dataset: made}))


def on(site: Site, day: date) -> dict[str, bytes]:
    """Return the feeds and calendars for a day."""
    later = replace(site, today=day)
    return dict((*atom.feed_files(later), *calendar.calendar_files(later)))


def entries(content: bytes) -> list[Any]:
    """Return the entries of a feed."""
    return etree.fromstring(content).findall(f"{ATOM}entry")


@pytest.fixture(scope="session")
def event(real_site: Site) -> Record:
    """Return a coming event."""
    return views.events.coming_events(real_site.catalog, TODAY)[0]


@pytest.fixture(scope="session")
def opportunity(real_site: Site) -> Record:
    """Return an opportunity that is in today's feed."""
    return next(c.record for c in views.news.news(real_site.catalog, TODAY) if c.record.dataset == "opportunities")


def test_feeds_are_valid(files: dict[str, bytes], real_site: Site) -> None:
    """Every feed matches a grammar of RFC 4287; there is one for the whole site and one for each sector."""
    grammar = etree.RelaxNG(etree.fromstring(RULES))
    feeds = {path: content for path, content in files.items() if path.startswith("whats-new/")}
    assert len(feeds) == 1 + len(real_site.catalog["sectors"])
    for path, content in feeds.items():
        grammar.assertValid(etree.fromstring(content))
        assert etree.fromstring(content).findtext(f"{ATOM}id") == f"https://careers.example/{path}"


def test_entries_are_the_latest_and_lead_to_pages(files: dict[str, bytes], built: Built) -> None:
    """A feed has at most 50 entries, newest first, with unique IDs and working links."""
    feed = etree.fromstring(files["whats-new/feed.xml"])
    found = feed.findall(f"{ATOM}entry")
    days = [e.findtext(f"{ATOM}updated") for e in found]
    assert days == sorted(days, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == days[0]
    ids = [e.findtext(f"{ATOM}id") for e in found]
    assert 2 < len(ids) == len(set(ids)) <= LATEST
    assert all(one.startswith("tag:careers.example,20") for one in ids)
    for entry in found:
        assert not built.is_dead(entry.find(f"{ATOM}link").get("href"))
    assert any("Sample record" in (e.findtext(f"{ATOM}summary") or "") for e in found)


def test_confirming_again_moves_an_entry_and_keeps_its_id(real_site: Site, opportunity: Record) -> None:
    """A confirmed entry is updated for readers that know it and does not appear as new."""
    day = TODAY + timedelta(days=1)
    again = changed(real_site, opportunity.dataset, opportunity.id, last_confirmed_on=day)
    first = entries(on(again, day)["whats-new/feed.xml"])[0]
    before = [
        e
        for e in entries(on(real_site, TODAY)["whats-new/feed.xml"])
        if e.findtext(f"{ATOM}id") == first.findtext(f"{ATOM}id")
    ]
    assert len(before) == 1
    assert first.findtext(f"{ATOM}title") == f"Confirmed again: {opportunity['name']}"
    assert first.findtext(f"{ATOM}updated") == f"{day.isoformat()}T00:00:00-08:00"
    assert first.findtext(f"{ATOM}published") == before[0].findtext(f"{ATOM}published")


def test_what_is_not_yet_or_no_longer_listed_is_out_of_the_feeds(real_site: Site, opportunity: Record) -> None:
    """Nothing is announced before its day or after it has ended."""
    name = opportunity["name"].encode()
    assert name in on(real_site, TODAY)["whats-new/feed.xml"]
    early = opportunity.values["first_listed_on"] - timedelta(days=1)
    assert name not in on(real_site, early)["whats-new/feed.xml"]
    ended = changed(real_site, opportunity.dataset, opportunity.id, status="ended")
    assert name not in on(ended, TODAY)["whats-new/feed.xml"]


def test_feed_of_a_sector_holds_its_sector_only(real_site: Site) -> None:
    """A change is in exactly the feeds of the sectors that it belongs to."""
    changes = views.news.news(real_site.catalog, TODAY)
    for sector in real_site.catalog["sectors"]:
        own = views.news.news_of_sector(real_site.catalog, TODAY, sector)
        assert all(sector in change.sectors for change in own)
        assert {c.record for c in changes if sector in c.sectors} <= {c.record for c in own}


def test_pages_name_their_feeds(built: Built) -> None:
    """Browsers find the main feed on the main pages, and a sector's feed on its page."""
    for address, tree in built.pages.items():
        feeds = tree.xpath("//link[@rel='alternate'][@type='application/atom+xml']/@href")
        depth = address.rstrip("/").count("/")
        assert len(feeds) == (not depth or (depth == 1 and address.startswith("sectors/"))), address
        assert depth or feeds[0].endswith("feed.xml"), address
    for link in built.links():
        if link.written.endswith((".xml", ".ics")):
            assert not built.is_dead(link.resolved), link


def times(calendar_: Calendar) -> Iterator[tuple[datetime, datetime]]:
    """Yield the start and end of every event in a calendar."""
    for one in calendar_.walk("VEVENT"):
        yield one.decoded("dtstart"), one.decoded("dtend")


def test_calendars_are_valid(files: dict[str, bytes], real_site: Site) -> None:
    """Strict parsers accept every calendar; lines end in CRLF and have at most 75 octets."""
    calendars = {path: content for path, content in files.items() if path.endswith(".ics")}
    coming = views.events.coming_events(real_site.catalog, TODAY)
    assert set(calendars) == {"events/calendar.ics", *(f"events/{event.id}.ics" for event in coming)}
    for content in calendars.values():
        read = Calendar.from_ical(content)
        assert not read.errors
        lines = content.split(b"\r\n")
        assert lines[-1] == b""
        assert max(map(len, lines)) <= 75
        assert not any(b"\n" in line or b"\r" in line for line in lines)
        for one in read.walk("VEVENT"):
            assert not one.errors
            assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "URL"} <= set(one)
            assert one.decoded("dtstamp") == datetime.combine(TODAY, time(), UTC)


def test_events_keep_their_ids(files: dict[str, bytes], event: Record) -> None:
    """An event has the same UID in both calendars on every day, so adding it twice changes nothing."""
    for path in ("events/calendar.ics", f"events/{event.id}.ics"):
        uids = [str(one["UID"]) for one in Calendar.from_ical(files[path]).walk("VEVENT")]
        assert f"{event.id}@careers.example" in uids
        assert len(uids) == len(set(uids))


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2027-03-13T15:30", "2027-03-13T23:30"),  # the day before daylight saving begins
        ("2027-03-14T03:30", "2027-03-14T10:30"),  # an hour and a half after the change
        ("2027-03-15T15:30", "2027-03-15T22:30"),
        ("2027-11-06T15:30", "2027-11-06T22:30"),
        ("2027-11-07T15:30", "2027-11-07T23:30"),  # daylight saving ended during the night
    ],
)
def test_moments_are_right_across_daylight_saving(real_site: Site, event: Record, local: str, utc: str) -> None:
    """A time computed from the calendar's own zone rules is the moment in the region's time zone."""
    start = datetime.fromisoformat(local)
    moved = changed(real_site, "events", event.id, starts_at=start, ends_at=start + timedelta(hours=2), timezone=None)
    content = on(moved, TODAY)[f"events/{event.id}.ics"]
    wanted = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert [begin.astimezone(UTC) for begin, _ in times(Calendar.from_ical(content))] == [wanted]
    own_rules = tzical(StringIO(content.decode())).get("America/Los_Angeles")
    assert start.replace(tzinfo=own_rules).astimezone(UTC) == wanted


@given(st.sampled_from(ZONES), st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 31)))  # noqa: DTZ001 - local times
def test_zone_rules_in_the_file_equal_the_real_ones(name: str, moment: datetime) -> None:
    """Our VTIMEZONE gives the offset of the time zone database at any hour."""
    content = calendar.time_zone(name, 2026, 2030).to_ical().decode()
    own = tzical(StringIO(f"BEGIN:VCALENDAR\r\n{content}END:VCALENDAR\r\n")).get(name)
    real = ZoneInfo(name)
    clock = moment.replace(tzinfo=UTC).astimezone(real).replace(tzinfo=None, fold=0)
    if (
        clock.replace(tzinfo=real).utcoffset() == clock.replace(tzinfo=real, fold=1).utcoffset()
    ):  # skip hours that do not exist
        assert clock.replace(tzinfo=own).utcoffset() == clock.replace(tzinfo=real).utcoffset()


def test_past_event_leaves_the_calendar_on_the_day_after(real_site: Site, event: Record) -> None:
    """An event is in the calendar on its own day; on the next day it is gone and has no file."""
    last = event.values["ends_at"].date()
    alone, all_events = f"events/{event.id}.ics", "events/calendar.ics"
    today, tomorrow = on(real_site, last), on(real_site, last + timedelta(days=1))
    assert event.id.encode() in today[all_events]
    assert alone in today
    assert event.id.encode() not in tomorrow[all_events]
    assert alone not in tomorrow


@pytest.mark.parametrize("status", ["paused", "ended"])
def test_event_that_is_called_off_is_in_no_calendar(real_site: Site, event: Record, status: str) -> None:
    """A paused or ended event is not in the calendar."""
    files = on(changed(real_site, "events", event.id, status=status), TODAY)
    assert event.id.encode() not in files["events/calendar.ics"]
    assert f"events/{event.id}.ics" not in files


def test_calendar_without_events_is_still_one(real_site: Site) -> None:
    """A calendar without events still has the component that RFC 5545 requires: its time zone."""
    read = Calendar.from_ical(on(real_site, date(2099, 1, 1))["events/calendar.ics"])
    assert [one.name for one in read.subcomponents] == ["VTIMEZONE"]


def test_event_without_a_date_is_in_no_calendar(real_site: Site, event: Record) -> None:
    """An event that only says when it usually takes place has nothing to put into a calendar; it stays listed."""
    usually = changed(real_site, "events", event.id, starts_at=None, ends_at=None, recurs="In March")
    files = on(usually, TODAY)
    assert f"events/{event.id}.ics" not in files
    assert event.id.encode() not in files["events/calendar.ics"]
    assert views.listing.is_listed(usually.catalog, usually.catalog["events"][event.id], TODAY)


def test_what_was_only_read_about_is_new_once(real_site: Site, opportunity: Record) -> None:
    """A record that nobody has confirmed is news on the day it was listed, and never confirmed again."""
    read = changed(real_site, opportunity.dataset, opportunity.id, last_confirmed_on=None)
    (found,) = (change for change in views.news.news(read.catalog, TODAY) if change.record.id == opportunity.id)
    assert (found.is_new, found.on) == (True, opportunity.values["first_listed_on"])


def test_hostile_text_stays_text(real_site: Site, event: Record) -> None:
    """Line breaks, commas and keywords of the format in a text start no new line or component."""
    nasty = "x\r\nEND:VEVENT\nBEGIN:VALARM; a, b \\ " + "é" * 90
    content = on(changed(real_site, "events", event.id, name=nasty), TODAY)[f"events/{event.id}.ics"]
    read = Calendar.from_ical(content)
    assert [one.name for one in read.walk()].count("VEVENT") == 1
    assert "VALARM" not in {one.name for one in read.walk()}
    summary = str(read.walk("VEVENT")[0]["SUMMARY"]).replace("\n", "")
    assert summary == f"Sample: {nasty}".replace("\r\n", "\n").replace("\n", "")
