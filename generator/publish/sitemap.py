"""For search engines: the sitemap (https://www.sitemaps.org/protocol.html), plain and compressed, and robots.txt.

A closed record keeps its page but is not in the sitemap.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import date

from markupsafe import escape

from generator.model import Page, Site
from generator.views.listing import is_listed

PATH = "sitemap.xml"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
ENTRY = "<url><loc>{}</loc>{}</url>\n"
CHANGED = "<lastmod>{}</lastmod>"
ROBOTS = "User-agent: *\nDisallow:\n\nSitemap: {}\n"
#: Fields with a day on which somebody wrote or confirmed a record.
DAYS = ("first_listed_on", "last_confirmed_on", "verified_on")


def sitemap_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield the sitemap in page order, and robots.txt, which names it."""
    root = escape(site.catalog.region["site_url"])
    listed = (p for p in site.pages if not p.record or is_listed(site.catalog, p.record, site.today))
    entries = "".join([ENTRY.format(f"{root}{escape(page.url)}", _changed(page, site.today)) for page in listed])
    content = f"{HEAD}{entries}</urlset>\n".encode()
    yield PATH, content
    yield f"{PATH}.gz", gzip.compress(content, mtime=0)
    yield "robots.txt", ROBOTS.format(f"{site.catalog.region['site_url']}{PATH}").encode()


def _changed(page: Page, today: date) -> str:
    """Return the day on which a record was last written or confirmed; '' if the record does not have one.

    The day of the build would say that every page changes every night, so search engines would stop believing it.
    """
    values = page.record.values if page.record else {}
    days = [day for name in DAYS if isinstance(day := values.get(name), date) and day <= today]
    return CHANGED.format(max(days)) if days else ""
