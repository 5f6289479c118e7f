"""What data owners are asked to reconfirm on a day: facts checked long ago, dates that come near.

Alone knows after how long a fact counts as old, and how far ahead a date is told.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from generator.model import Catalog, Dataset, Origin, Record
from generator.review.summary import code, plain

MONTHS_IN_A_YEAR, LAST_DAY_OF_EVERY_MONTH = 12, 28
#: Field -> months after which somebody must look again. Facts hold a year, what a partner said half of one.
OLD_AFTER_MONTHS = {"verified_on": 12, "last_confirmed_on": 6}
#: Field -> words for a date that comes near or is past.
ENDS = {
    "review_by_on": "should be reviewed by",
    "closes_on": "closes on",
    "consent_ends_on": "has a consent that ends on",
}
SOON = timedelta(days=30)
#: Records that have ended need nobody's time.
OVER = ("ended",)
NOBODY = "nobody yet"
REQUEST = (
    "Please compare each of these with its source or ask the partner, correct what has changed, and set the date "
    "to the day on which you looked. Set `status: ended` where something is over."
)


class Reminder(NamedTuple):
    """One thing to reconfirm: whose, what, why."""

    owner: str
    dataset: str
    record: str
    name: str
    why: str
    origin: Origin


def reminders(catalog: Catalog, today: date) -> tuple[Reminder, ...]:
    """Give all reminders, sorted by owner, dataset and place."""
    found = [one for dataset in catalog for one in _of_dataset(dataset, today)]
    return tuple(sorted(found, key=lambda one: (one.owner, one.dataset, one.origin)))


def _of_dataset(dataset: Dataset, today: date) -> Iterator[Reminder]:
    resource = dataset.resource
    day = _day(resource.verified_on)
    inherits = [record for record in dataset if not record.values.get("verified_on")]
    confirmed = dataset.resource.schema.field("last_confirmed_on")
    if day and inherits and not confirmed and day < _months_before(today, OLD_AFTER_MONTHS["verified_on"]):
        why = f"{len(inherits)} records were last checked on {day}"
        yield Reminder(resource.owner or NOBODY, dataset.name, "", "", why, resource.origin)
    for record in dataset:
        if record.values.get("status") in OVER:
            continue
        owner = str(record.values.get("owner") or resource.owner or NOBODY)
        for field, why in _reasons(record, today):
            place = record.row.origin(field)
            yield Reminder(owner, dataset.name, record.id, str(record.values.get("name") or ""), why, place)


def _reasons(record: Record, today: date) -> Iterator[tuple[str, str]]:
    for field, months in OLD_AFTER_MONTHS.items():
        day = record.values.get(field)
        if isinstance(day, date) and day < _months_before(today, months):
            yield field, f"was last {'confirmed' if 'confirmed' in field else 'checked'} on {day}"
    for field, words in ENDS.items():
        day = record.values.get(field)
        if isinstance(day, date) and day - SOON <= today:
            yield field, f"{words} {day}{', which is past' if day < today else ''}"


def _months_before(today: date, months: int) -> date:
    years, month = divmod(today.month - 1 - months, MONTHS_IN_A_YEAR)
    return date(today.year + years, month + 1, min(today.day, LAST_DAY_OF_EVERY_MONTH))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def as_json(found: Iterable[Reminder]) -> str:
    """Give a list of objects, one for each reminder."""
    rows = [
        {**one._asdict(), "origin": str(one.origin), "path": one.origin.path, "line": one.origin.line} for one in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_markdown(found: Iterable[Reminder], repository: str = "") -> str:
    """Give a part for each owner: what to look at, dataset by dataset, each with its place."""
    return "\n".join(f"# {plain(owner)}\n\n{text}" for owner, text in by_owner(found, repository).items())


def by_owner(found: Iterable[Reminder], repository: str = "") -> dict[str, str]:
    """Give owner -> the text of the issue that asks to reconfirm."""
    return {owner: _text(tuple(ones), repository) for owner, ones in groupby(found, lambda one: one.owner)}


def _text(found: tuple[Reminder, ...], repository: str) -> str:
    lines = [REQUEST, ""]
    for dataset, ones in groupby(found, lambda one: one.dataset):
        lines += [f"## {dataset}", ""]
        for one in ones:
            place = f"{one.origin.path}:{one.origin.line}"
            address = f"{repository}/blob/HEAD/{one.origin.path}#L{one.origin.line}"
            link = f"[{place}]({address})" if repository else code(place)
            subject = f"{plain(one.name)} " if one.name else f"{code(one.record)} " if one.record else ""
            lines.append(f"- [ ] {subject}{one.why} ({link})")
        lines.append("")
    return "\n".join(lines)
