"""Sort, group and count the records of any dataset, and find what is linked to one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, Literal, NamedTuple
from unicodedata import combining, normalize

from generator.model import Catalog, Record
from generator.views.listing import listed
from generator.views.registry import view


@view
def by_name(catalog: Catalog, records: Iterable[Record]) -> tuple[Record, ...]:
    """Sort records by name, ignoring case and accents."""

    def rank(record: Record) -> tuple[str, str]:
        name = record["name"].casefold()
        bare = "".join(c for c in normalize("NFKD", name) if not combining(c))
        return bare, name

    return tuple(sorted(records, key=rank))


class Group(NamedTuple):
    """Records that have a value in common: the key (a record or a value) and the records."""

    key: Any
    records: tuple[Record, ...]


@view
def grouped(catalog: Catalog, records: Iterable[Record], name: str) -> tuple[Group, ...]:
    """Group records by a field, in the order in which its values are listed (datasets) or first occur."""
    groups: dict[Any, list[Record]] = defaultdict(list)
    for record in records:
        value = record[name]
        for one in value if isinstance(value, tuple) else (value,):
            groups[one].append(record)
    keys = list(groups)
    if keys and all(hasattr(k, "dataset") for k in keys):  # records
        by_id = {key.id: key for key in keys}
        keys = [by_id[record.id] for record in catalog[keys[0].dataset] if record.id in by_id]
    return tuple(Group(key, tuple(groups[key])) for key in keys)


@view
def figures(catalog: Catalog) -> dict[str, int]:
    """Count the records of every dataset, for the figures on the home page."""
    return {d.name: len(d) for d in catalog}


@view
def share_of_samples(catalog: Catalog, dataset: str, today: date) -> Literal["all", "some", "none"]:
    """Return how many of the records that a dataset lists on a day are invented."""
    found = [record.is_sample for record in listed(catalog, catalog[dataset], today)]
    return "none" if not any(found) else "all" if all(found) else "some"


@view
def real(catalog: Catalog, records: Iterable[Record]) -> tuple[Record, ...]:
    """Return the records that are not invented, for counts."""
    return tuple(record for record in records if not record.is_sample)


@view
def counted(catalog: Catalog, records: Iterable[Record]) -> tuple[Record, ...]:
    """Return the records that figures count: the real ones, or the samples as long as there are no others."""
    found = tuple(records)
    return real(catalog, found) or found


@view
def resources_for(catalog: Catalog, record: Record) -> tuple[Record, ...]:
    """Return the public resources linked to a record."""
    return record.backlinks.get("resources", ())


@view
def further_words(catalog: Catalog, record: Record) -> str:
    """Return the words of a record's other names and official title that its name lacks, each once, for filters."""
    own = str(record["name"]).casefold().split()
    more = record.values.get("nearest_for") or ()
    names = (*(record["other_names"] or ()), *more, record.values.get("soc_title") or "")
    words = " ".join(str(name) for name in names).casefold().split()
    return " ".join(word for word in dict.fromkeys(words) if not any(word in one for one in own))
