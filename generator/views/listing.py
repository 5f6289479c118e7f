"""Which records are still shown in lists and found by search: those that have not ended."""

from __future__ import annotations

from datetime import date

from generator.model import Record

ENDED = "ended"


def is_listed(record: Record, today: date) -> bool:
    """Tell whether a record belongs in lists and search on a day; its page stays either way."""
    return record.values.get("status") != ENDED
