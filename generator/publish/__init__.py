"""What is published beside pages, a module for each kind: `files` gives all of it as (path in the site, bytes).

Every module is a function of the site alone: the same data on the same day gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator import qr
from generator.model import Site
from generator.open_data import package
from generator.publish import atom, facets, requests, sitemap
from generator.publish.redirects import redirects
from generator.views.events import DATASET as EVENTS

__all__ = ["files", "redirects"]


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Give every file beside the pages: (path in the site, its bytes)."""
    for path, text in redirects(site):
        yield path, text.encode()
    for kind in (sitemap, atom, qr, requests, facets):
        yield from kind.files(site)
    if EVENTS in site.catalog.datasets:
        from generator.publish import calendar  # icalendar takes a tenth of a second to import

        yield from calendar.files(site)
    yield from package.files(site)
