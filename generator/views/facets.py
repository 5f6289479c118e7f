"""The facets by which a list is narrowed: which values occur in it, in an order that people know."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from generator.model import Catalog, Record
from generator.views.card_facets import READERS
from generator.views.registry import view

#: The field whose categories a facet of another name has.
LABELLED = {"pay": "pay_kind", "size": "size_band", "audience": "audiences"}


class Label(NamedTuple):
    """Words that the schema (or region.yaml) has for a value; a template gets them by label(*words)."""

    dataset: str
    field: str
    value: str


class Option(NamedTuple):
    """A value to choose, and what has its words: the record, the label of a category, or the text itself."""

    value: str
    words: str | Label | Record


class Facet(NamedTuple):
    """One facet of a list: its name, and the values that occur."""

    name: str
    options: tuple[Option, ...]


@view
def facet(catalog: Catalog, records: Iterable[Record], name: str) -> tuple[Option, ...]:
    """Give the values of a field that occur in records: linked records and categories in the order of their list."""
    found = tuple(records)
    values = (value for record in found for value in _values(record, name))
    return _options(catalog, found[0].dataset, name, values) if found else ()


@view
def list_facets(catalog: Catalog, records: Iterable[Record]) -> tuple[Facet, ...]:
    """Give the facets of a list of cards with the values that occur on them, as `card_facets` writes them."""
    found = tuple(records)
    if not found:
        return ()
    dataset = found[0].dataset
    readers = READERS[dataset].items()
    values = ((name, [value for record in found for value in read(catalog, record)]) for name, read in readers)
    return tuple(Facet(name, _options(catalog, dataset, LABELLED.get(name, name), many)) for name, many in values)


def _options(catalog: Catalog, dataset: str, field: str, values: Iterable[Any]) -> tuple[Option, ...]:
    """Give the values once each, in the order of their dataset or of the schema's categories, else by size."""
    found = {facet_key(value): value for value in values}
    if not found:
        return ()
    first = next(iter(found.values()))
    schema_field = catalog[dataset].resource.schema.field(field)
    if hasattr(first, "dataset"):
        order = [r.id for r in catalog[first.dataset]]
        return tuple(Option(key, found[key]) for key in order if key in found)
    if schema_field and schema_field.labels:
        return tuple(Option(key, Label(dataset, field, key)) for key in schema_field.labels if key in found)
    return tuple(Option(key, key) for key in sorted(found, key=lambda key: (len(key), key)))


@view
def facet_values(catalog: Catalog, record: Record, name: str) -> str:
    """Give a record's values of a field as a filter reads them: parted by spaces."""
    return " ".join(facet_key(value) for value in _values(record, name))


def facet_key(value: Any) -> str:
    """Give the text that stands for a value: the id of a record, else the value itself."""
    return str(value.id if hasattr(value, "dataset") else value)


def _values(record: Record, name: str) -> tuple[Any, ...]:
    value = record[name]
    return () if value is None else value if isinstance(value, tuple) else (value,)
