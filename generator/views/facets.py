"""The facets by which a list is narrowed: which values occur in it, in an order that people know."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from generator.model import Catalog, Record


class Label(NamedTuple):
    """Words that the schema (or region.yaml) has for a value; a template gets them by label(*words)."""

    dataset: str
    field: str
    value: str


class Option(NamedTuple):
    """A value to choose, and what has its words: the record, the label of a category, or the text itself."""

    value: str
    words: str | Label | Record


def facet(catalog: Catalog, records: Iterable[Record], name: str) -> tuple[Option, ...]:
    """Give the values of a field that occur in records: linked records and categories in the order of their list."""
    found: dict[str, Any] = {}
    dataset = ""
    for record in records:
        dataset = record.dataset
        for value in _values(record, name):
            found.setdefault(facet_key(value), value)
    if not found:
        return ()
    first = next(iter(found.values()))
    field = catalog[dataset].resource.schema.field(name)
    if hasattr(first, "dataset"):
        order = [r.id for r in catalog[first.dataset]]
        return tuple(Option(key, found[key]) for key in order if key in found)
    if field and field.labels:
        return tuple(Option(key, Label(dataset, name, key)) for key in field.labels if key in found)
    return tuple(Option(key, str(found[key])) for key in sorted(found, key=lambda key: (len(key), key)))


def facet_values(catalog: Catalog, record: Record, name: str) -> str:
    """Give a record's values of a field as a filter reads them: parted by spaces."""
    return " ".join(facet_key(value) for value in _values(record, name))


def facet_key(value: Any) -> str:
    """Give the text that stands for a value: the id of a record, else the value itself."""
    return str(value.id if hasattr(value, "dataset") else value)


def _values(record: Record, name: str) -> tuple[Any, ...]:
    value = record[name]
    return () if value is None else value if isinstance(value, tuple) else (value,)
