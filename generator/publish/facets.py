"""The file that the filter of /offers/ fetches: the facets of the open offers, and when each is next available.

The only module that defines the format of `offers/facets.json`; `overrides/assets/js/record-filter.js` reads it.
Within the page, the facets would be a fifth of its size, and only a script reads them.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Catalog, Record, Site
from generator.open_data.cells import compact
from generator.views.availability import next_day
from generator.views.card_facets import card_facets
from generator.views.listing import listed

#: The page that fetches the file.
ASKS = "offers/"


def facet_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield (path in the site, JSON): ID -> facet -> its values, separated by spaces; `next` is an ISO date."""
    offers = site.catalog.datasets.get("offers")
    if offers is None or not any(page.url == ASKS for page in site.pages):
        return
    found = {offer.id: _facets(site.catalog, offer, site) for offer in listed(site.catalog, offers, site.today)}
    yield f"{ASKS}facets.json", compact(found)


def _facets(catalog: Catalog, offer: Record, site: Site) -> dict[str, str]:
    day = next_day(catalog, offer, site.today)
    return dict(card_facets(catalog, offer)) | ({"next": day.isoformat()} if day else {})
