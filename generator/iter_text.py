"""Every text of a record with its field and its place; alone knows how lists and groups lie within each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from generator.model import Dataset, Field, Origin, Record


class Text(NamedTuple):
    """A text, the field that says what it is, and where it is in its record: name, index of a list, key of a group."""

    value: str
    field: Field
    record: Record
    where: tuple[str | int, ...]

    def origin_of(self, part: str) -> Origin:
        """Give the place of a part of the text."""
        return self.record.row.origin_of(part, *self.where)


def _every(_: Field) -> bool:
    return True


def texts(dataset: Dataset, wanted: Callable[[Field], bool] = _every) -> Iterator[Text]:
    """Give the texts of a dataset, record by record, in the order of the schema; not those that were refused.

    `wanted` tells of which fields: of a large table most can be passed by.
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
