"""The sitemap for search engines (https://www.sitemaps.org/protocol.html), plain and compressed.

A closed record keeps its page but is not in the sitemap.
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


def sitemap_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield the sitemap in page order; every page counts as changed on the day of the build."""
    root, day = escape(site.catalog.region["site_url"]), site.today.isoformat()
    listed = (p for p in site.pages if not p.record or is_listed(site.catalog, p.record, site.today))
    entries = "".join([ENTRY.format(f"{root}{escape(page.url)}", day) for page in listed])
    content = f"{HEAD}{entries}</urlset>\n".encode()
    yield PATH, content
    yield f"{PATH}.gz", gzip.compress(content, mtime=0)
