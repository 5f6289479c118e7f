"""Feeds and calendars as strict readers take them: valid, steady, on the right clock, without what is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from lxml import etree

from generator import publish, views
from generator.model import Catalog, Dataset, Record, Site
from generator.publish import atom
from generator.views.news import LATEST
from tests.built import Built
from tests.conftest import TODAY

ATOM = "{http://www.w3.org/2005/Atom}"
#: What RFC 4287 asks of a feed and its entries, as far as ours use it; nothing else may stand in them.
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


@pytest.fixture(scope="session")
def files(real_site: Site) -> dict[str, bytes]:
    """Give all files beside the pages of the real site."""
    return dict(publish.files(real_site))


def changed(site: Site, dataset: str, record_id: str, **values: Any) -> Site:
    """Give the site with some values of a record changed."""
    old = site.catalog[dataset]
    records = tuple(replace(r, values={**r.values, **values}) if r.id == record_id else r for r in old.records)
    made = Dataset(old.resource, records, {r.id: r for r in records})
    return replace(site, catalog=Catalog(site.catalog.package, {**site.catalog.datasets, dataset: made}))


def on(site: Site, day: date) -> dict[str, bytes]:
    """Give the feeds and calendars of a day."""
    later = replace(site, today=day)
    return dict(atom.files(later))


def entries(content: bytes) -> list[Any]:
    """Give the entries of a feed."""
    return etree.fromstring(content).findall(f"{ATOM}entry")


@pytest.fixture(scope="session")
def opportunity(real_site: Site) -> Record:
    """Give an opportunity that the feed of the day has."""
    return next(c.record for c in views.news(real_site.catalog, TODAY) if c.record.dataset == "opportunities")


def test_feeds_are_valid(files: dict[str, bytes], real_site: Site) -> None:
    """Every feed satisfies a grammar of RFC 4287; there is one of everything and one of each sector."""
    grammar = etree.RelaxNG(etree.fromstring(RULES))
    feeds = {path: content for path, content in files.items() if path.startswith("whats-new/")}
    assert len(feeds) == 1 + len(real_site.catalog["sectors"])
    for path, content in feeds.items():
        grammar.assertValid(etree.fromstring(content))
        assert etree.fromstring(content).findtext(f"{ATOM}id") == f"https://careers.example/{path}"


def test_entries_are_the_latest_and_lead_to_pages(files: dict[str, bytes], built: Built) -> None:
    """A feed holds at most 50 entries, newest first, with ids of their own and links that lead somewhere."""
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
    """A reader that knows an entry sees it as updated, and as new only once."""
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
    """Nothing is announced before its day, nor after it has ended."""
    name = opportunity["name"].encode()
    assert name in on(real_site, TODAY)["whats-new/feed.xml"]
    early = opportunity.values["first_listed_on"] - timedelta(days=1)
    assert name not in on(real_site, early)["whats-new/feed.xml"]
    ended = changed(real_site, opportunity.dataset, opportunity.id, status="ended")
    assert name not in on(ended, TODAY)["whats-new/feed.xml"]


def test_feed_of_a_sector_holds_its_sector_only(real_site: Site) -> None:
    """A change is in the feeds of exactly the sectors that it belongs to."""
    changes = views.news(real_site.catalog, TODAY)
    for sector in real_site.catalog["sectors"]:
        own = views.news_of_sector(real_site.catalog, TODAY, sector)
        assert all(sector in change.sectors for change in own)
        assert {c.record for c in changes if sector in c.sectors} <= {c.record for c in own}


def test_pages_name_their_feeds(built: Built) -> None:
    """Browsers find the feed of everything on every page, and that of a sector on its page."""
    for address, tree in built.pages.items():
        feeds = tree.xpath("//link[@rel='alternate'][@type='application/atom+xml']/@href")
        assert len(feeds) == (2 if address.startswith("sectors/") and address != "sectors/" else 1), address
    for link in built.links():
        if link.written.endswith((".xml", ".ics")):
            assert not built.is_dead(link.resolved), link
