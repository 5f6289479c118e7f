"""Finds what data owners should confirm: facts last checked long ago, dates that are near, and drafts.

The schemas say when a fact is old, and how many days ahead to remind of a date (`remind`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from generator.model import Catalog, Dataset, Field, Origin, Remind
from generator.pr_report.summary import code, plain

MONTHS_IN_A_YEAR, LAST_DAY_OF_EVERY_MONTH = 12, 28
#: Nobody needs to check records that have ended.
OVER = ("ended",)
#: The field that a dataset may set once for all its records.
CHECKED = "verified_on"
NOBODY = "no owner yet"
DRAFT = "is a draft, so the site does not show it"
REQUEST = (
    "Please compare each of these with its source or ask the partner. Correct what has changed, and set the date to "
    "the day you checked it. If something is over, set `status: ended`. Drafts are not on the site: delete the word "
    "`draft` once you know that the record is right."
)


class Reminder(NamedTuple):
    """One thing to reconfirm: its owner, what it is, and why."""

    owner: str
    dataset: str
    record: str
    name: str
    why: str
    origin: Origin


def reminders(catalog: Catalog, today: date) -> tuple[Reminder, ...]:
    """Return all reminders, sorted by owner, dataset and place."""
    found = [one for dataset in catalog for one in (*_of_dataset(dataset, today), *_of_drafts(dataset))]
    return tuple(sorted(found, key=lambda one: (one.owner, one.dataset, one.origin)))


def _of_dataset(dataset: Dataset, today: date) -> Iterator[Reminder]:
    resource = dataset.resource
    watched = tuple((field, field.remind) for field in resource.schema.fields if field.remind)
    yield from _of_all(dataset, [field for field, remind in watched if remind.after_months], today)
    for record in dataset:
        if record.values.get("status") in OVER:
            continue
        owner = str(record.values.get("owner") or resource.owner or NOBODY)
        for field, remind in watched:
            if why := _why(record.values.get(field.name), remind, today):
                place, name = record.row.origin(field.name), str(record.values.get("name") or "")
                yield Reminder(owner, dataset.name, record.id, name, why, place)


def _of_drafts(dataset: Dataset) -> Iterator[Reminder]:
    """Yield a reminder for each draft, so that a table of drafts without pages is not forgotten."""
    for record in dataset.drafts:
        owner = str(record.values.get("owner") or dataset.resource.owner or NOBODY)
        name = str(record.values.get("name") or "")
        yield Reminder(owner, dataset.name, record.id, name, DRAFT, record.row.origin("status"))


def _of_all(dataset: Dataset, looked: list[Field], today: date) -> Iterator[Reminder]:
    """Yield one reminder for all records checked along with their dataset, unless another field dates each of them."""
    resource, day = dataset.resource, _day(dataset.resource.verified_on)
    own = next((field for field in looked if field.name == CHECKED), None)
    inherits = [record for record in dataset if not record.values.get(CHECKED)]
    if inherits and own and own.remind and looked == [own] and (why := _why(day, own.remind, today)):
        why = f"{len(inherits)} records {why.replace('was', 'were', 1)}"
        yield Reminder(resource.owner or NOBODY, dataset.name, "", "", why, resource.origin)


def _why(day: object, remind: Remind, today: date) -> str:
    """Return why a record must be looked at, or '' if it need not be yet."""
    if not isinstance(day, date):
        return ""
    if remind.after_months:
        return f"{remind.words} {day}" if day < _months_before(today, remind.after_months) else ""
    if day - timedelta(days=remind.before_days or 0) > today:
        return ""
    return f"{remind.words} {day}{', which has passed' if day < today else ''}"


def _months_before(today: date, months: int) -> date:
    years, month = divmod(today.month - 1 - months, MONTHS_IN_A_YEAR)
    return date(today.year + years, month + 1, min(today.day, LAST_DAY_OF_EVERY_MONTH))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def reminders_as_json(found: Iterable[Reminder]) -> str:
    """Return a JSON list of objects, one for each reminder."""
    rows = [
        {**one._asdict(), "origin": str(one.origin), "path": one.origin.path, "line": one.origin.line} for one in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def reminders_as_markdown(found: Iterable[Reminder], repository: str = "") -> str:
    """Return a section for each owner: what to look at, dataset by dataset, each with its place."""
    return "\n".join(f"# {plain(owner)}\n\n{text}" for owner, text in by_owner(found, repository).items())


def by_owner(found: Iterable[Reminder], repository: str = "") -> dict[str, str]:
    """Return owner -> the text of the issue that asks to reconfirm."""
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


def write_issues(folder: Path, texts: Mapping[str, str]) -> None:
    """Write a file for each owner, named by a number: an owner's name comes from data and never makes a path."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (owner, text) in enumerate(texts.items(), start=1):
        title = " ".join(f"Reconfirm: {owner}".split())
        (folder / f"{number:02}.md").write_text(f"{title}\n{text}", encoding="utf-8")
