"""The list of pages for search engines (https://www.sitemaps.org/protocol.html), plain and packed.

Records that are not open any more keep their page and leave the list.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator

from markupsafe import escape

from generator.model import Site
from generator.views.listing import is_listed

PATH = "sitemap.xml"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
ENTRY = "<url><loc>{}</loc><lastmod>{}</lastmod></url>\n"


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield the list, in the order of the pages; every page may have changed on the day of the build."""
    root, day = escape(site.catalog.region["site_url"]), site.today.isoformat()
    listed = (p for p in site.pages if not p.record or is_listed(site.catalog, p.record, site.today))
    entries = "".join([ENTRY.format(f"{root}{escape(page.url)}", day) for page in listed])
    content = f"{HEAD}{entries}</urlset>\n".encode()
    yield PATH, content
    yield f"{PATH}.gz", gzip.compress(content, mtime=0)
