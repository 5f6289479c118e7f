"""What a page reads: while a template is filled, every record and dataset that it looks at is noted here.

The noting kinds stand in for those of `model` where pages are remembered, and only there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from generator.model import Catalog, Dataset, Page, Record, Site

#: What was read since `begin`: records, names of datasets, WHERE.
_read: set[Record | str] = set()
#: Noted when a page reads where a record stands in its file: places are no part of what is compared.
WHERE = "?"
#: The ways to look at a tuple.
LOOKS = (
    *("__iter__", "__len__", "__getitem__", "__contains__", "__add__", "__mul__"),
    *("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__hash__", "__repr__", "index", "count"),
)


def begin(page: Page) -> None:
    """Begin to note for a page; its own record is always a part of it."""
    _read.clear()
    if page.record:
        _read.add(page.record)


def read(record: Record) -> None:
    """Note that a page rests on a record being there."""
    _read.add(record)


def tokens() -> list[str] | None:
    """Give what was read, sorted: `dataset` for all of its records, `dataset/id` for one; None if it cannot be told."""
    if WHERE in _read:
        return None
    whole = {one for one in _read if isinstance(one, str)}
    single = {f"{one.dataset}/{one.id}" for one in _read if isinstance(one, Record) and one.dataset not in whole}
    return sorted(whole | single)


def _noting(slot: str, what: str = "") -> property:
    """Make a slot of a record one that notes its record (or something else) when it is read."""
    value_of: Callable[[Record], Any] = getattr(Record, slot).__get__

    def get(record: Record) -> Any:
        _read.add(what or record)
        return value_of(record)

    return property(get)


#: A record that notes that it is read. Its layout is that of Record, so that one can become the other.
NotedRecord = type(
    "NotedRecord",
    (Record,),
    {
        "__slots__": (),
        **{n: _noting(n) for n in ("values", "links", "backlinks", "faulty")},
        "row": _noting("row", WHERE),
    },
)


class NotedCatalog(Catalog):
    """A catalog that notes which datasets are asked for."""

    __slots__ = ()

    def __getitem__(self, name: str) -> Dataset:
        """Find a dataset by name."""
        _read.add(name)
        return Catalog.__getitem__(self, name)

    def __iter__(self) -> Iterator[Dataset]:
        """Go through the datasets in order."""
        _read.update(self.datasets)
        return Catalog.__iter__(self)


def _looking(method: str, name: str) -> Callable[..., Any]:
    plain = getattr(tuple, method)

    def look(records: tuple[Any, ...], *arguments: Any) -> Any:
        _read.add(name)
        return plain(records, *arguments)

    return look


def noted(site: Site) -> Site:
    """Give a site whose catalog notes what is read of it; its records become noting ones."""
    for dataset in site.catalog:
        for record in dataset:
            object.__setattr__(record, "__class__", NotedRecord)
    catalog = NotedCatalog(site.catalog.package, site.catalog.datasets)
    return Site(catalog, site.pages, site.redirects, site.problems, site.today)


def listed(catalog: Catalog, name: str, records: tuple[Any, ...]) -> tuple[Any, ...]:
    """Give the records of a dataset as templates get them; where the catalog notes, so do they when looked at."""
    if not isinstance(catalog, NotedCatalog):
        return records
    methods = {method: _looking(method, name) for method in LOOKS}
    made: tuple[Any, ...] = type("NotedRecords", (tuple,), {"__slots__": (), **methods})(records)
    return made
