"""Describe the open data: the files, their sizes, and the meaning of their columns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from generator.model import Catalog, Field
from generator.open_data import package
from generator.open_data.tables import Flat, public_fields, tables
from generator.views.registry import view

BYTES_PER_KILOBYTE = 1000


class File(NamedTuple):
    """A file to download: address below the root, table name, number of rows, and kilobytes (at least 1)."""

    path: str
    name: str
    rows: int
    kilobytes: int


class Download(NamedTuple):
    """The files of one dataset: the table, the same data as JSON, and a table for each of its lists.

    `samples` counts the invented records.
    """

    dataset: str
    title: str
    description: str
    samples: int
    editorial: bool
    csv: File
    json: File
    lists: tuple[File, ...]


@view
def downloads(catalog: Catalog, today: date) -> tuple[Download, ...]:
    """Return the files of every dataset, in the order of the datasets."""
    parts: dict[str, list[Flat]] = {}
    for table in tables(catalog, today):
        parts.setdefault(table.resource.name, []).append(table)
    return tuple(_download(catalog, name, *found, today=today) for name, found in parts.items())


def _download(catalog: Catalog, name: str, main: Flat, *lists: Flat, today: date) -> Download:
    schema, records = main.resource.schema, package.as_records(catalog[name], today)
    return Download(
        name,
        schema.title,
        schema.description,
        len(catalog[name].samples),
        main.resource.editorial,
        _csv(main),
        File(f"{package.FOLDER}/{name}.json", name, len(main), _kilobytes(records)),
        tuple(_csv(one) for one in lists),
    )


def _csv(table: Flat) -> File:
    return File(f"{package.FOLDER}/{table.name}.csv", table.name, len(table), _kilobytes(package.as_csv(table)))


def _kilobytes(content: bytes) -> int:
    return max(1, round(len(content) / BYTES_PER_KILOBYTE))


class Column(NamedTuple):
    """A field in the data dictionary: name (prefixed with its group's), title, kind, meaning and possible values."""

    name: str
    title: str
    kind: str
    description: str
    of: str
    required: bool


@view
def columns(catalog: Catalog, dataset: str) -> tuple[Column, ...]:
    """Return the fields of a dataset as its downloads contain them; the page's text covers the translations."""
    return tuple(_columns(public_fields(catalog[dataset].resource)))


def _columns(fields: tuple[Field, ...], prefix: str = "") -> Iterator[Column]:
    for field in fields:
        if field.translation_of:
            continue
        name = f"{prefix}{field.name}"
        yield Column(name, field.title, _kind(field), field.description, field.reference, field.required)
        yield from _columns(field.fields, f"{name}.")


def _kind(field: Field) -> str:
    """Return the kind of a field as a word that can be translated (see the template `data/dictionary.md.j2`)."""
    if field.reference:
        return "ids" if field.is_list else "id"
    if field.markdown:
        return "prose"
    return "address" if field.format == "uri" else "choice" if field.labels and not field.is_list else field.type
