"""One value as it is published: in a cell of a CSV file, in JSON."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from generator.formulas import guarded
from generator.model import Field

#: Tried in turn for the items of a list: the first that no item of the column contains.
DELIMITERS = (";", "|", "¦", " / ")
DATETIME = "%Y-%m-%dT%H:%M"


def plain(value: Any) -> str:
    """Write one value: blank for none, true and false, days by ISO 8601, numbers with all their digits."""
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
    """Return the cell of a CSV file; typed numbers stay as they are (-1.3), text is guarded."""
    if value is None:
        return ""
    if isinstance(value, tuple | list):
        return guarded(delimiter.join(plain(one) for one in value))
    text = value if isinstance(value, str) else plain(value)
    return guarded(text) if field.type in ("string", "any") else text


def delimiter_of(values: list[Any]) -> str:
    """Return the sign that stands between the items of a column of lists: `;` unless an item contains it."""
    items = [one for value in values for one in value or () if isinstance(one, str)]
    found = (sign for sign in DELIMITERS if not any(sign in one for one in items))
    return next(found, DELIMITERS[-1])


def compact(value: Any) -> bytes:
    """Write JSON for a script to fetch, without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def json_value(value: Any) -> Any:
    """Return a value that JSON does not know as one that it does: numbers, days by ISO 8601."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return plain(value)
