"""The files that the filters of long lists fetch: the facets of each item, which only a script reads.

The only module that defines the format of `<list>/facets.json`; `overrides/assets/js/record-filter.js` reads it.
Within the page, the facets would be a fifth of its size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from generator.model import Record, Site
from generator.open_data.cells import compact
from generator.views.availability import next_day
from generator.views.card_facets import card_facets
from generator.views.facets import facet_values
from generator.views.listing import listed
from generator.views.records import further_words

OCCUPATION_FACETS = ("sector", "pathways", "entry_education", "on_the_job_training")


def facet_files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield (path in the site, JSON) for each list with a file: ID -> facet -> its values, separated by spaces."""
    addresses = {page.url for page in site.pages}
    for dataset, facets_of in LISTS.items():
        records = site.catalog.datasets.get(dataset)
        if records is not None and f"{dataset}/" in addresses:
            found = {record.id: facets_of(site, record) for record in listed(site.catalog, records, site.today)}
            yield f"{dataset}/facets.json", compact(found)


def _of_offer(site: Site, offer: Record) -> dict[str, str]:
    """Return an offer's facets; `next` is the ISO date of the first day on which it is available."""
    day = next_day(site.catalog, offer, site.today)
    return dict(card_facets(site.catalog, offer)) | ({"next": day.isoformat()} if day else {})


def _of_occupation(site: Site, occupation: Record) -> dict[str, str]:
    """Return an occupation's facets; `words` are other words by which people look for it."""
    found = {name: facet_values(site.catalog, occupation, name) for name in OCCUPATION_FACETS}
    return {**found, "words": further_words(site.catalog, occupation)}


#: Dataset whose index fetches a file -> the facets of one record.
LISTS: Mapping[str, Callable[[Site, Record], dict[str, str]]] = {"offers": _of_offer, "occupations": _of_occupation}
