"""Headings and cells of a dataset's spreadsheet: which column is which field, and how a value is written in a cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from generator.diagnostics import folded
from generator.formatter.parts import part_of
from generator.formatter.yaml_form import list_file
from generator.input_parsing import BULLET, guarded
from generator.model import Field, Raw, Schema

REQUIRED = " *"
NUMERIC = ("integer", "number")
NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,10})?")


def headings(schema: Schema) -> dict[str, str]:
    """Return field -> heading: the title, with the field's name if another field has the same title."""
    titles = Counter(folded(field.title) for field in schema.fields)
    names = {folded(field.name) for field in schema.fields}
    return {field.name: _heading(field, titles, names) for field in schema.fields}


def _heading(field: Field, titles: Mapping[str, int], names: set[str]) -> str:
    title = folded(field.title)
    clear = titles[title] == 1 and (title not in names or title == folded(field.name))
    return (field.title if clear else f"{field.title} ({field.name})") + (REQUIRED if field.required else "")


def field_of(schema: Schema, heading: str) -> Field | None:
    """Find the field that a heading names by its name, its title or both, case-insensitively."""
    wanted = folded(heading)
    for spelling in (lambda f: f.name, lambda f: f"{f.title} ({f.name})"):
        found = [field for field in schema.fields if folded(spelling(field)) == wanted]
        if found:
            return found[0]
    titled = [field for field in schema.fields if folded(field.title) == wanted]
    return titled[0] if len(titled) == 1 else None


def cell_text(field: Field, raw: Raw) -> str:
    """Return the text of a cell for a value; reading it returns the same value."""
    if isinstance(raw, str) and field.type == "list":
        raw = [part for part in raw.split(field.delimiter) if part]
    if field.fields and isinstance(raw, list):
        return list_file(part_of(raw), field.fields).rstrip("\n") if raw else ""
    if isinstance(raw, list):
        items = [str(item) for item in raw]
        bulleted = any(";" in item or BULLET.match(item) for item in items)
        return guarded("\n".join(f"• {item}" if bulleted else item for item in items))
    if field.type in NUMERIC and NUMBER.fullmatch(str(raw)):
        return str(raw)  # a negative number is not a formula
    return guarded(str(raw).rstrip("\n"))


def cell_value(field: Field, raw: Raw) -> str | float | bool:
    """Return the value of a workbook cell: numbers and booleans as such, everything else as text."""
    text = cell_text(field, raw)
    if field.type in NUMERIC and NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    if field.type == "boolean" and text in ("true", "false"):
        return text == "true"
    return text
