"""Iterate over the texts of records with their fields and places, including those in lists and groups."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from generator.model import Dataset, Field, Origin, Record


class Text(NamedTuple):
    """Text with its field, its record, and its place in the record: field name, list index, key of a group."""

    value: str
    field: Field
    record: Record
    where: tuple[str | int, ...]

    def origin_of(self, part: str) -> Origin:
        """Return the place of a part of the text."""
        return self.record.row.origin_of(part, *self.where)


def _every(_: Field) -> bool:
    return True


def texts(dataset: Dataset, wanted: Callable[[Field], bool] = _every) -> Iterator[Text]:
    """Yield the texts of a dataset, record by record in the order of the schema, except those that were refused.

    Args:
        dataset: the dataset.
        wanted: whether the texts of a field are needed; skipping the others saves time on large tables.
    """
    fields = [f for f in dataset.resource.schema.fields if any(wanted(one) for one in (f, *f.fields))]
    for record in dataset if fields else ():
        for field in fields:
            found = _texts(record.values.get(field.name), field, record, (field.name,))
            yield from (text for text in found if wanted(text.field))


def _texts(value: Any, field: Field, record: Record, where: tuple[str | int, ...]) -> Iterator[Text]:
    if where in record.faulty:
        return
    if isinstance(value, str):
        yield Text(value, field, record, where)
    elif isinstance(value, Mapping):
        for nested in field.fields:
            yield from _texts(value.get(nested.name), nested, record, (*where, nested.name))
    elif isinstance(value, tuple):
        for i, one in enumerate(value):
            yield from _texts(one, field, record, (*where, i))
