"""What must be gone before the public sees the site: sample records and placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.diagnostics import problem, shown
from generator.diagnostics.about import about
from generator.model import Catalog, Problem

#: A name below .example, which belongs to nobody (RFC 2606).
PLACEHOLDER = re.compile(r"\.example(?![\w-]|\.\w)", re.IGNORECASE)


def ready_for_release(catalog: Catalog) -> Iterator[Problem]:
    """No sample records, and no placeholder in the region's settings or in any other dataset."""
    for dataset in catalog:
        if dataset.resource.sample:  # its placeholders go with it
            told = {"dataset": dataset.name}
            yield problem("E601", dataset.resource.origin, about=told, name=dataset.name)
            continue
        for record in dataset:
            for where, text in _placeholders(record.values):
                yield problem("E602", record.row.origin(*where), about=about(record, *where), shown=shown(text))
    region = catalog.region
    for (key, *_), text in _placeholders(region.values):
        told = {"field": str(key), "value": text}
        yield problem("E602", region.origins[str(key)], about=told, shown=shown(text))


def _placeholders(value: Any, *where: str | int) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Find texts with a placeholder, however deep: (where, text)."""
    if isinstance(value, str) and PLACEHOLDER.search(value):
        yield where, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _placeholders(one, *where, key)
    elif isinstance(value, list | tuple):
        for i, one in enumerate(value):
            yield from _placeholders(one, *where, i)
