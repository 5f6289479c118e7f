"""Format one value for the open data: a cell of a CSV file, or JSON."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from generator.formulas import guarded
from generator.model import Field

#: Separators for the items of a list; the first that no item in the column contains is used.
DELIMITERS = (";", "|", "¦", " / ")
DATETIME = "%Y-%m-%dT%H:%M"


def plain(value: Any) -> str:
    """Format one value: blank for None, true and false, ISO 8601 dates, numbers with all their digits."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case datetime():
            return value.strftime(DATETIME)
        case date():
            return value.isoformat()
        case Decimal():
            return format(value, "f")
        case _:
            return str(value)


def cell(field: Field, value: Any, delimiter: str = DELIMITERS[0]) -> str:
    """Return a CSV cell; numbers are unchanged (-1.3), and text that looks like a formula is guarded."""
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return guarded(delimiter.join(plain(one) for one in value))
    text = value if isinstance(value, str) else plain(value)
    return guarded(text) if field.type in ("string", "any") else text


def delimiter_of(values: list[Any]) -> str:
    """Return the separator for a column of lists: `;` unless an item contains it."""
    items = [one for value in values for one in value or () if isinstance(one, str)]
    found = (sign for sign in DELIMITERS if not any(sign in one for one in items))
    return next(found, DELIMITERS[-1])


def compact(value: Any) -> bytes:
    """Return compact JSON for a script to fetch."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def json_value(value: Any) -> Any:
    """Return a value as a type that JSON supports: numbers, and dates in ISO 8601."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return plain(value)
