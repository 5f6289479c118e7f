"""Files published in addition to the pages, with one module for each kind.

Every module depends on the site alone: the same data on the same day gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from generator.model import Site
from generator.open_data.package import open_data_files
from generator.publish.atom import feed_files
from generator.publish.facets import facet_files
from generator.publish.occupations import occupation_files
from generator.publish.redirects import redirects
from generator.publish.requests import request_files
from generator.publish.sitemap import sitemap_files
from generator.qr import qr_files
from generator.views.events import DATASET as EVENTS

__all__ = ["file_groups", "published_files", "redirects"]


def published_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield every file published in addition to the pages, as (path in the site, its bytes)."""
    return chain.from_iterable(file_groups(site))


def file_groups(site: Site) -> list[Iterator[tuple[str, bytes]]]:
    """Return the files in groups that can be written in parallel, slowest first."""
    return [
        open_data_files(site),
        qr_files(site),
        _calendar(site),
        feed_files(site),
        sitemap_files(site),
        request_files(site),
        facet_files(site),
        occupation_files(site),
        ((path, text.encode()) for path, text in redirects(site)),
    ]


def _calendar(site: Site) -> Iterator[tuple[str, bytes]]:
    if EVENTS in site.catalog.datasets:
        from generator.publish.calendar import calendar_files  # icalendar takes a tenth of a second to import

        yield from calendar_files(site)
