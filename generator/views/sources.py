"""Where a page's facts come from, and when they were last checked against the source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.model import Catalog, Record
from generator.views.registry import view


@view
def sources_for(catalog: Catalog, record: Record | str, datasets: Iterable[str] = ()) -> tuple[Record, ...]:
    """Return the sources of a page: the record's own or its dataset's, plus those of other datasets shown."""
    found: dict[str, Record] = {}
    own = () if isinstance(record, str) else record.values.get("sources") or ()
    first = record if isinstance(record, str) else record.dataset
    known = catalog["sources"]
    ids = list(own or catalog[first].resource.sources)
    ids += [source for name in datasets for source in catalog[name].resource.sources]
    for source_id in ids:
        found[source_id] = known[source_id]
    return tuple(found.values())


@view
def source_of(catalog: Catalog, dataset: str, field: str = "") -> Record:
    """Return the source that the schema names for a field, or the first source of the dataset."""
    resource = catalog[dataset].resource
    found = resource.schema.field(field)
    return catalog["sources"][(found and found.source) or resource.sources[0]]


@view
def verified_on(catalog: Catalog, record: Record | str) -> Any:
    """Return the day on which a record (or its dataset) was last checked against its source."""
    if not isinstance(record, str) and record.values.get("verified_on"):
        return record["verified_on"]
    return catalog[record if isinstance(record, str) else record.dataset].resource.verified_on


@view
def uses_of_source(catalog: Catalog, source: Record) -> tuple[str, ...]:
    """Return the datasets that name a source."""
    return tuple(d.name for d in catalog if source.id in d.resource.sources or source.backlinks.get(d.name))
