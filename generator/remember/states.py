"""The state of what a page may read, as digests: of a record, and of all records of a dataset."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.model import Catalog, Record
from generator.remember.memory import digest

#: The slots of a record, read past what notes that they are read.
_values, _links, _backlinks = (getattr(Record, slot).__get__ for slot in ("values", "links", "backlinks"))


class States:
    """The digests of a catalog's records, made when they are asked for and kept."""

    def __init__(self, catalog: Catalog, base: str) -> None:
        """Begin without any; `base` is the digest of what every page rests on."""
        self.datasets, self.base, self.digests = catalog.datasets, base, dict[str, str]()

    def key(self, name: str, read: Iterable[str]) -> str:
        """Give the digest of all that something is made of, by what it reads."""
        return digest("\n".join([self.base, name, *[f"{one} {self.of(one)}" for one in read]]).encode())

    def of(self, token: str) -> str:
        """Give the digest of a record, or of all records of a dataset, as they are now; '' for what is not there."""
        known = self.digests.get(token)
        if known is None:
            name, is_one, record_id = token.partition("/")
            dataset = self.datasets.get(name)
            if dataset is None:
                return ""
            if is_one:
                record = dataset.by_id.get(record_id)
                known = digest(_written(record)) if record else ""
            else:
                states = (f"{record.id} {self.of(f'{name}/{record.id}')}" for record in dataset)
                known = digest("\n".join(states).encode())
            self.digests[token] = known
        return known


def _written(record: Record) -> bytes:
    """Give all that a record holds: its values, the records it leads to and those that lead to it."""
    held = (_values(record), _ids(_links(record)), _ids(_backlinks(record)))
    return repr(held).encode("utf-8", "backslashreplace")


def _ids(value: Any) -> Any:
    """Give a value with ids in the place of records."""
    if isinstance(value, Record):
        return value.id
    if isinstance(value, dict):
        return {key: _ids(one) for key, one in value.items()}
    return [_ids(one) for one in value] if isinstance(value, tuple) else value
