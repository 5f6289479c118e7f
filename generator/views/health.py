"""Data health on a day: records unchecked, outdated, ended, due, unlinked, incomplete or untranslated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from generator.iter_text import texts
from generator.model import Catalog, Dataset, Field, Record
from generator.open_data.tables import public_fields
from generator.views.listing import last_day
from generator.views.registry import view

#: Days after which a fact should be compared with its source again; `check_again_after_days` in region.yaml.
CHECK_AGAIN_AFTER_DAYS = 365
#: A record is due this many days before it ends.
DUE_WITHIN_DAYS = 30
#: Fields that every record has; leaving them blank says nothing about quality.
OF_EVERY_RECORD = frozenset("id name aliases sources verified_on owner status sample".split())
MOST_DUE = 50


class Health(NamedTuple):
    """The state of a set of records: how many there are, and how many need attention.

    `drafts` are not among the records, because nobody has confirmed them and the site does not show them.
    `blank_percent` is the share of optional cells without a value, or None if there are no optional cells;
    `untranslated` counts, for each additional language, the records with at least one missing text.
    """

    name: str
    owner: str
    samples: int
    records: int
    unverified: int
    stale: int
    expired: int
    due: int
    unlinked: int
    blank_percent: int | None
    untranslated: tuple[int, ...]
    drafts: int = 0


class Due(NamedTuple):
    """A record that has ended or soon will, with the day, its owner, and whether it is over."""

    record: Record
    on: date
    owner: str
    is_over: bool


@view
def health(catalog: Catalog, today: date) -> tuple[Health, ...]:
    """Return the state of every dataset, in order."""
    return tuple(
        _health(catalog, d.name, d.resource.owner, [(d, r) for r in d], today)._replace(drafts=len(d.drafts))
        for d in catalog
    )


@view
def health_by_owner(catalog: Catalog, today: date) -> tuple[Health, ...]:
    """Return the state of the records that each role maintains, sorted by role; '' means no owner."""
    owned: dict[str, list[tuple[Dataset, Record]]] = {}
    drafts = Counter(owner_of(dataset, record) for dataset in catalog for record in dataset.drafts)
    for dataset in catalog:
        for record in dataset:
            owned.setdefault(owner_of(dataset, record), []).append((dataset, record))
    owners = sorted({*owned, *drafts})
    return tuple(_health(catalog, one, one, owned.get(one, []), today)._replace(drafts=drafts[one]) for one in owners)


@view
def due(catalog: Catalog, today: date) -> tuple[Due, ...]:
    """Return at most 50 records that have ended or will within 30 days, the longest overdue first."""
    last = today + timedelta(days=DUE_WITHIN_DAYS)
    found = [
        Due(record, end, owner_of(dataset, record), end < today)
        for dataset in catalog
        for record in dataset
        if (end := end_of(catalog, dataset, record)) and end <= last
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.record.id))[:MOST_DUE])


@view
def check_again_after_days(catalog: Catalog) -> int:
    """Return after how many days a fact should be checked again in this region."""
    return int(catalog.region.values.get("check_again_after_days", CHECK_AGAIN_AFTER_DAYS))


@view
def addresses_of_others(catalog: Catalog) -> int:
    """Count the external addresses in the data, without sample records: `eportal links` requests each of them."""
    found = (text for dataset in catalog for text in texts(dataset, lambda field: field.format == "uri"))
    return len({text.value for text in found if not text.record.is_sample})


def owner_of(dataset: Dataset, record: Record) -> str:
    """Return the role that maintains a record: its own, or its dataset's, or ''."""
    return str(record.values.get("owner") or dataset.resource.owner)


def checked_on(dataset: Dataset, record: Record) -> date | None:
    """Return the day on which a record was last checked or confirmed, or None if unknown."""
    looked = (f.name for f in dataset.resource.schema.fields if f.remind and f.remind.after_months is not None)
    own = [_day(record.values[name]) for name in looked if record.values.get(name)]
    whole = dataset.resource.verified_on
    return max(own) if own else date.fromisoformat(whole) if whole else None


def end_of(catalog: Catalog, dataset: Dataset, record: Record) -> date | None:
    """Return the day on which a record ends or needs a follow-up, or None if it has no such day or is marked as ended.

    It is the day on which lists drop the record, or an earlier one marked `remind` in the schema.
    """
    if record.values.get("status") == "ended":
        return None
    reminded = (f.name for f in dataset.resource.schema.fields if f.remind and f.remind.before_days is not None)
    ends = [_day(record.values[name]) for name in reminded if record.values.get(name)]
    leaves = last_day(catalog, record)
    return min([*ends, leaves] if leaves else ends, default=None)


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _health(catalog: Catalog, name: str, owner: str, records: list[tuple[Dataset, Record]], today: date) -> Health:
    checks = [checked_on(dataset, record) for dataset, record in records]
    oldest = today - timedelta(days=check_again_after_days(catalog))
    ends = [end for dataset, record in records if (end := end_of(catalog, dataset, record))]
    return Health(
        name=name,
        owner=owner,
        samples=sum(record.is_sample for _, record in records),
        records=len(records),
        unverified=checks.count(None),
        stale=sum(day is not None and day < oldest for day in checks),
        expired=sum(end < today for end in ends),
        due=sum(today <= end <= today + timedelta(days=DUE_WITHIN_DAYS) for end in ends),
        unlinked=sum(is_unlinked(record) for _, record in records),
        blank_percent=_blank_percent(records),
        untranslated=tuple(
            sum(_lacks(dataset, record, language) for dataset, record in records)
            for language in catalog.region.languages[1:]
        ),
    )


def is_unlinked(record: Record) -> bool:
    """Whether no link leads from a record to others or from others to it; sources do not count."""
    out = (linked for name, linked in record.links.items() if name != "sources")
    return not any(out) and not any(record.backlinks.values())


def _blank_percent(records: Iterable[tuple[Dataset, Record]]) -> int | None:
    fields: dict[str, tuple[Field, ...]] = {}
    cells: list[bool] = []
    for dataset, record in records:
        if dataset.name not in fields:
            fields[dataset.name] = tuple(f for f in public_fields(dataset.resource) if _is_optional(f))
        cells += [record.values.get(f.name) in (None, "", ()) for f in fields[dataset.name]]
    return round(100 * sum(cells) / len(cells)) if cells else None


def _is_optional(field: Field) -> bool:
    return not field.required and not field.translation_of and field.name not in OF_EVERY_RECORD


def _lacks(dataset: Dataset, record: Record, language: str) -> bool:
    """Whether any text of a record is missing in a language."""
    values: Any = record.values
    texts = (f.name for f in dataset.resource.schema.fields if f.translatable and values.get(f.name))
    return any(not values.get(f"{name}_{language}") for name in texts)
