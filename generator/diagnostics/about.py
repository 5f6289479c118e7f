"""Describe what a problem is about: dataset, record, field and value."""

from __future__ import annotations

from typing import Any

from generator.model import Record, dotted


def about(record: Record, *where: str | int) -> dict[str, str]:
    """Return the dataset, record, field and value of a problem; `where` may lead into lists and groups."""
    value: Any = record.values.get(str(where[0]), "") if where else ""
    for step in where[1:]:
        value = value[step]
    field = dotted(where) if where else ""
    return {"dataset": record.dataset, "record": record.id, "field": field, "value": str(value)[:200]}
