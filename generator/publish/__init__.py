"""What is published along with the pages, one module for each kind of file.

Every module is a function of the site alone: the same data on the same day gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from generator import qr
from generator.model import Site
from generator.open_data import package
from generator.publish import atom, facets, requests, sitemap
from generator.publish.redirects import redirects
from generator.views.events import DATASET as EVENTS

__all__ = ["files", "groups", "redirects"]


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield every file published along with the pages: (path in the site, its bytes)."""
    return chain.from_iterable(groups(site))


def groups(site: Site) -> list[Iterator[tuple[str, bytes]]]:
    """Return the files in groups that can be made side by side; those that take longest come first."""
    return [
        package.files(site),
        qr.files(site),
        _calendar(site),
        *(kind.files(site) for kind in (atom, sitemap, requests, facets)),
        ((path, text.encode()) for path, text in redirects(site)),
    ]


def _calendar(site: Site) -> Iterator[tuple[str, bytes]]:
    if EVENTS in site.catalog.datasets:
        from generator.publish import calendar  # icalendar takes a tenth of a second to import

        yield from calendar.files(site)
