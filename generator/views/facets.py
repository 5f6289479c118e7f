"""The facets that narrow a list: which values occur in it, in a familiar order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from generator.model import Catalog, Record
from generator.views.card_facets import READERS
from generator.views.registry import view

#: Facets that take their categories from a field with a different name.
LABELLED = {"pay": "pay_kind", "size": "size_band", "audience": "audiences"}


class Label(NamedTuple):
    """Where the label for a value is found in the schema or region.yaml; a template calls label(*words)."""

    dataset: str
    field: str
    value: str


class Option(NamedTuple):
    """A value to choose, and the source of its label: the record, the label of a category, or the text itself."""

    value: str
    words: str | Label | Record


class Facet(NamedTuple):
    """One facet of a list: its name and the values that occur."""

    name: str
    options: tuple[Option, ...]


@view
def facet(catalog: Catalog, records: Iterable[Record], name: str) -> tuple[Option, ...]:
    """Return the values of a field that occur in records; linked records and categories keep their listed order."""
    found = tuple(records)
    values = (value for record in found for value in _values(record, name))
    return _options(catalog, found[0].dataset, name, values) if found else ()


@view
def list_facets(catalog: Catalog, records: Iterable[Record]) -> tuple[Facet, ...]:
    """Return the facets of a list of cards with the values that occur, as written by `card_facets`."""
    found = tuple(records)
    if not found:
        return ()
    dataset = found[0].dataset
    readers = READERS[dataset].items()
    values = ((name, [value for record in found for value in read(catalog, record)]) for name, read in readers)
    return tuple(Facet(name, _options(catalog, dataset, LABELLED.get(name, name), many)) for name, many in values)


def _options(catalog: Catalog, dataset: str, field: str, values: Iterable[Any]) -> tuple[Option, ...]:
    """Return each value once, in the order of its dataset or of the schema's categories, or sorted."""
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
    """Return a record's values of a field as a filter reads them: separated by spaces."""
    return " ".join(facet_key(value) for value in _values(record, name))


def facet_key(value: Any) -> str:
    """Return the key for a value: the ID of a record, otherwise the value itself."""
    return str(value.id if hasattr(value, "dataset") else value)


def _values(record: Record, name: str) -> tuple[Any, ...]:
    value = record[name]
    return () if value is None else value if isinstance(value, tuple) else (value,)
