"""The datasets as flat tables: one for each dataset, each list of references, and each list of groups.

References are IDs. Lists are also in their cell, but a foreign key needs a separate table, because frictionless does
not support keys over lists, and so do groups. Email addresses and phone numbers are on the pages only, because a file
of them would attract spammers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from generator.formulas import all_guarded
from generator.model import Catalog, Dataset, Field, Record, Resource
from generator.open_data.cells import cell, delimiter_of

#: Text formats that are never in a download.
PRIVATE_FORMATS = frozenset(("email", "phone"))
#: The day on which somebody's consent to publication ends.
CONSENT = "consent_ends_on"
RECORD = Field("record", title="Record", description="Id of the record that the row belongs to.")
POSITION = Field("position", type="integer", title="Position", description="Place in the list, from 1.")
LINKED = Field("linked", title="Linked record", description="Id of the record that is referred to.")


@dataclass(frozen=True, slots=True)
class Key:
    """A reference from a column to the IDs of a dataset."""

    field: str
    dataset: str


@dataclass(frozen=True, slots=True)
class Flat:
    """A table to publish: its fields, their cells, and the keys that join it with others.

    `part` is the list in this table, or '' for the table of the dataset itself. All columns have the same length.
    """

    resource: Resource
    part: str
    fields: tuple[Field, ...]
    columns: tuple[list[str], ...]
    key: tuple[str, ...]
    references: tuple[Key, ...]
    delimiters: Mapping[str, str]

    @property
    def name(self) -> str:
        """Return the name of the table and of its file."""
        return f"{self.resource.name}-{self.part}" if self.part else self.resource.name

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.columns[0])


def published(dataset: Dataset, today: date) -> tuple[Record, ...]:
    """Return the records of a dataset that may be published, which excludes stories whose consent has ended."""
    if dataset.resource.schema.field(CONSENT) is None:
        return dataset.records
    return tuple(r for r in dataset if r.values[CONSENT] and r.values[CONSENT] >= today)


def public_fields(resource: Resource) -> tuple[Field, ...]:
    """Return the fields of a dataset that downloads contain, including translations."""
    return tuple(f for f in resource.schema.fields if f.format not in PRIVATE_FORMATS)


def tables(catalog: Catalog, today: date) -> Iterator[Flat]:
    """Yield all tables, each dataset followed by those of its lists."""
    for dataset in catalog:
        yield from tables_of(dataset, today)


def tables_of(dataset: Dataset, today: date) -> Iterator[Flat]:
    """Yield a dataset's table and those of its lists that have rows."""
    resource, records = dataset.resource, published(dataset, today)
    yield _main(resource, records)
    key = [resource.schema.field(name) for name in resource.schema.key]
    owner = (RECORD,) if resource.schema.key == ("id",) else tuple(f for f in key if f)
    for field in public_fields(resource):
        if field.fields or (field.is_list and field.reference):
            part = _part(resource, records, field, owner)
            if len(part):
                yield part


def _main(resource: Resource, records: tuple[Record, ...]) -> Flat:
    """Return a dataset's table with every public field except groups, which have their own tables."""
    fields = tuple(f for f in public_fields(resource) if not f.fields)
    columns = [_column(f, [r.values.get(f.name) for r in records]) for f in fields]
    delimiters = {f.name: sign for f, (sign, _) in zip(fields, columns, strict=True) if f.is_list}
    references = tuple(Key(f.name, f.reference) for f in fields if f.reference and not f.is_list)
    return Flat(resource, "", fields, tuple(cells for _, cells in columns), resource.schema.key, references, delimiters)


def _column(field: Field, values: list[Any]) -> tuple[str, list[str]]:
    """Return the cells of a column and its list separator."""
    if field.type == "string":
        return "", all_guarded([value or "" for value in values])
    sign = delimiter_of(values) if field.is_list else ""
    if field.is_list and field.reference:
        return sign, all_guarded([sign.join(value or ()) for value in values])
    return sign, [cell(field, value, sign) for value in values]


def _part(resource: Resource, records: tuple[Record, ...], field: Field, owner: tuple[Field, ...]) -> Flat:
    """Return the table of one list: a row for each item, with its record's ID and its position."""
    inner = tuple(f for f in field.fields if f.format not in PRIVATE_FORMATS) or (LINKED,)
    fields = (*owner, POSITION, *inner)
    holders = [(record.values, items) for record in records if (items := record.values.get(field.name))]
    of = [[values[name] for values, items in holders for _ in items] for name in resource.schema.key]
    places = [str(i) for _, items in holders for i in range(1, len(items) + 1)]
    found = (
        [[one[f.name] for _, items in holders for one in items] for f in inner]
        if field.fields
        else [[one for _, items in holders for one in items]]
    )
    columns = (
        *(_column(f, values)[1] for f, values in zip(owner, of, strict=True)),
        places,
        *(_column(f, values)[1] for f, values in zip(inner, found, strict=True)),
    )
    references = [Key(f.name, f.reference) for f in inner if f.reference]
    if not field.fields:
        references.append(Key(LINKED.name, field.reference))
    if owner == (RECORD,):
        references.append(Key(RECORD.name, resource.name))
    key = (*(f.name for f in owner), POSITION.name)
    return Flat(resource, field.name, fields, columns, key, tuple(references), {})
