"""Atom feeds (RFC 4287) of what is new: one for the whole site and one per sector, in every language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from generator import translations
from generator.model import Catalog, Page, Site
from generator.views.news import LISTED, Change, news, news_of_sector

FOLDER = "whats-new"
NAMESPACE = "http://www.w3.org/2005/Atom"


def feed_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield every feed, if the site has a page of what is new."""
    pages = {page.url: page for page in site.pages}
    for language in site.catalog.region.languages:
        prefix = "" if language == site.catalog.region.languages[0] else f"{language}/"
        page = pages.get(f"{prefix}{FOLDER}/")
        if page is None:
            continue
        yield f"{page.url}feed.xml", _feed(site, page, "feed", "", news(site.catalog, site.today), pages)
        for sector in site.catalog["sectors"] if "sectors" in site.catalog.datasets else ():
            changes, of = news_of_sector(site.catalog, site.today, sector), _text(sector, "name", page)
            yield (
                f"{page.url}{sector.id}.xml",
                _feed(site, page, sector.id, of, changes, pages),
            )


def _feed(  # noqa: PLR0913, PLR0917 - what makes one feed differ from another
    site: Site, page: Page, name: str, of: str, changes: tuple[Change, ...], pages: dict[str, Page]
) -> bytes:
    region, words = site.catalog.region, translations.load(page.language).gettext
    root: str = region["site_url"]
    own = f"{root}{page.url}{name}.xml"
    feed = ET.Element("feed", {"xmlns": NAMESPACE, "xml:lang": page.language})
    _add(feed, "title", ": ".join(part for part in (region["site_name"], of, words("What's new")) if part))
    _add(feed, "id", own)
    _add(feed, "link", rel="self", type="application/atom+xml", href=own)
    _add(feed, "link", rel="alternate", type="text/html", href=f"{root}{page.url}")
    _add(feed, "updated", _moment(max((c.on for c in changes), default=site.today), region.timezone))
    _add(_add(feed, "author"), "name", region.values.get("office") or region["site_name"])
    for change in changes:
        _entry(feed, change, page, pages, site.catalog)
    ET.indent(feed, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'.encode()


def _entry(feed: ET.Element, change: Change, page: Page, pages: dict[str, Page], catalog: Catalog) -> None:
    """Add an entry; confirming its record again changes its update date but not its ID."""
    record, region = change.record, catalog.region
    words, prefix = translations.load(page.language).gettext, page.url.removesuffix(f"{FOLDER}/")
    root: str = region["site_url"]
    listed: date = record.values[LISTED]
    entry = _add(feed, "entry")
    mark = words("New") if change.is_new else words("Confirmed again")
    sample = f"{words('Sample')}: " if record.is_sample else ""
    _add(entry, "title", f"{mark}: {sample}{_text(record, 'name', page)}")
    _add(entry, "id", f"tag:{urlsplit(root).hostname},{listed.isoformat()}:{prefix}{record.dataset}/{record.id}")
    own = f"{prefix}{record.url}"
    shown = f"{root}{own}" if own in pages else f"{root}{page.url}#{record.dataset}-{record.id}"
    _add(entry, "link", rel="alternate", type="text/html", href=shown)
    _add(entry, "published", _moment(listed, region.timezone))
    _add(entry, "updated", _moment(change.on, region.timezone))
    schema = catalog[record.dataset].resource.schema
    _add(entry, "category", term=record.dataset, label=words(schema.title))
    for sector in change.sectors:
        _add(entry, "category", term=sector.id, label=_text(sector, "name", page))
    invented = words("Sample record, invented.") if record.is_sample else ""
    if summary := " ".join(part for part in (invented, _text(record, "summary", page)) if part):
        _add(entry, "summary", summary)


def _text(record: Any, name: str, page: Page) -> str:
    """Return a record's text in the page's language, or in the first one."""
    return str(record.values.get(f"{name}_{page.language}") or record.values.get(name) or "")


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    element.text = text or None
    return element


def _moment(day: date, zone: str) -> str:
    """Return the start of a day in the region's time zone: 2026-11-24T00:00:00-08:00."""
    return datetime.combine(day, time(), ZoneInfo(zone)).isoformat()
