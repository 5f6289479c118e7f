"""Check that the site is ready for the public: no sample records and no placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from generator.diagnostics import problem, shown
from generator.diagnostics.about import about
from generator.model import Catalog, Problem

#: A domain name that ends in .example, which belongs to nobody (RFC 2606), or a phone number for fiction.
PLACEHOLDER = re.compile(r"\.example(?![\w-]|\.\w)|\b555-01\d\d\b", re.IGNORECASE)


def ready_for_release(catalog: Catalog) -> Iterator[Problem]:
    """A release has no sample records, and no placeholders in other records or in the region's settings."""
    for dataset in catalog:
        if samples := dataset.samples:
            here, count = samples[0].row.origin("sample"), len(samples)
            yield problem("E601", here, about=about(samples[0], "sample"), name=dataset.name, count=count)
        for record in dataset:
            if record.is_sample:  # its placeholders will go with it
                continue
            for where, text in _placeholders(record.values):
                yield problem("E602", record.row.origin(*where), about=about(record, *where), shown=shown(text))
    region = catalog.region
    named = [(str(key), str(region.values.get(key, ""))) for key in region.values.get("placeholders") or ()]
    found = [(str(key), text) for (key, *_), text in _placeholders(region.values)]
    for key, text in dict.fromkeys(named + found):
        place = region.origins[key if key in region.origins else "placeholders"]
        yield problem("E602", place, about={"field": key, "value": text}, shown=shown(text))


def _placeholders(value: Any, *where: str | int) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield (where, text) for every text with a placeholder, at any depth."""
    if isinstance(value, str) and PLACEHOLDER.search(value):
        yield where, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _placeholders(one, *where, key)
    elif isinstance(value, list | tuple):
        for i, one in enumerate(value):
            yield from _placeholders(one, *where, i)
