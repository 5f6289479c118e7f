"""Reads text as people type it into spreadsheets and forms, as the value that a data file holds.

Labels become values, names become ids, lists are split, and dates, numbers, yes and no get the form of data files.
Whether the result is right is for `validate` and `link` to check. Only what cannot be decided is a fault here:
a date with two meanings, a name that several records share.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from generator.diagnostics import YES_AND_NO, Fault, plain_number, shown
from generator.formulas import guarded, unguarded
from generator.input_parsing.choices import Names, chosen, partition
from generator.input_parsing.dates import day, moment
from generator.load.yaml_file import tree_of
from generator.model import Field, Raw

__all__ = ["BULLET", "Names", "Typed", "guarded", "read", "unguarded"]

SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u3000\t ]+")
#: What copying from web pages and documents leaves behind: zero-width space, byte order mark, soft hyphen.
LEFT_BEHIND = re.compile("[\u200b\ufeff\u00ad]")
QUOTES = (("“", "”"), ("„", "“"), ("«", "»"), ("‘", "’"))
BULLET = re.compile(r"[-*•–][ \t]+")
WHOLE = re.compile(r"(-?[0-9]+)\.0+")
FURTHER_YES_AND_NO = {"x": "true", "✓": "true", "✔": "true", "sí": "true", "si": "true"}


class Typed(NamedTuple):
    """What text was read as: the raw value, notes on what was changed, and faults that cannot be decided."""

    raw: Raw = ""
    notes: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


def read(field: Field, typed: str, names: Names) -> Typed:
    """Read what a person typed for a field; `names` finds the records that it may refer to.

    The value is text, a list of texts or a list of groups, as a YAML file would hold it; '' means blank.
    """
    text = unguarded(unicodedata.normalize("NFC", LEFT_BEHIND.sub("", typed)).replace("\r\n", "\n").replace("\r", "\n"))
    if field.fields:
        return _groups(field, text, names)
    if field.type == "list":
        return _list(field, text, names)
    if field.markdown:
        return Typed(text.strip("\n") if text.strip() else "")
    return _one(field, _one_line(text), names)


def _one_line(text: str) -> str:
    """Return plain text as one line, without typographic quotation marks around the whole."""
    bare = " ".join(line.strip() for line in text.strip().split("\n"))
    for opening, closing in QUOTES:
        inside = bare[1:-1]
        if bare[:1] == opening and bare[1:][-1:] == closing and not set(inside) & {opening, closing}:
            return inside.strip()
    return bare


def _one(field: Field, text: str, names: Names) -> Typed:
    """Read a single value."""
    if not text:
        return Typed()
    known = names.choices(field)
    if known is not None:
        found = chosen(known, text)
        if len(found) > 1:
            return Typed(text, faults=(names.several(field, text, found),))
        return _noted(text, found[0]) if found else Typed(text)
    if field.type != "string":
        text = SPACES.sub(" ", text)
    if field.type == "date":
        value, fault = day(text)
        return Typed(text, faults=(fault,)) if fault else _noted(text, value)
    if field.type == "datetime":
        value, fault = moment(text)
        return Typed(text, faults=(fault,)) if fault else _noted(text, value)
    return _noted(text, _written(field, text))


def _written(field: Field, text: str) -> str:
    """Return a number, yes or no, or an address in the form of data files; other text unchanged."""
    whole = WHOLE.sub(r"\1", text) if WHOLE.fullmatch(text) else text
    if field.type in ("integer", "year"):
        return plain_number(whole, whole=True) or whole
    if field.type == "number":
        return plain_number(text, whole=False) or text
    if field.type == "boolean":
        folded = whole.casefold()
        return folded if folded in ("true", "false") else {**YES_AND_NO, **FURTHER_YES_AND_NO}.get(folded, text)
    if field.format == "uri" and text.casefold().startswith("www."):
        return f"https://{text}"
    if field.format in ("email", "phone"):
        return re.sub(r"(?i)^(mailto|tel):\s*", "", text)
    return text


def _noted(text: str, value: str) -> Typed:
    """Return a value, with a note if it differs from what was typed."""
    harmless = value == text or value == text.casefold() or value == WHOLE.sub(r"\1", text)
    return Typed(value, () if harmless else (f"{shown(text)} was read as {shown(value)}",))


def _list(field: Field, text: str, names: Names) -> Typed:
    """Read a list: one item per line, or separated by semicolons, or by commas if only one reading is possible."""
    item = _item_field(field)
    items: list[Raw] = []
    notes: list[str] = []
    faults: list[Fault] = []
    for part in _parts(item, text, names):
        read_part = _one(item, _one_line(part), names)
        notes += read_part.notes
        faults += read_part.faults
        if read_part.raw and read_part.raw not in items:
            items.append(read_part.raw)
    return Typed(items or "", tuple(notes), tuple(faults))


def _item_field(field: Field) -> Field:
    """Return the field by which each item of a list is read."""
    typed = field.item or field
    constraints = {} if field.item is None else field.item.constraints
    type_ = "string" if typed.type == "list" else typed.type
    return Field(name=field.name, type=type_, reference=field.reference, labels=field.labels, constraints=constraints)


def _parts(item: Field, text: str, names: Names) -> Iterator[str]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    bulleted = bool(lines) and all(BULLET.match(line) for line in lines)
    if bulleted:
        yield from (BULLET.sub("", line, count=1) for line in lines)
    elif len(lines) > 1:
        yield from (line.removesuffix(";") for line in lines)
    elif ";" in text:
        yield from (part for part in text.split(";") if part.strip())
    elif "," in text:
        yield from _at_commas(item, text, names)
    elif lines:
        yield text


def _at_commas(item: Field, text: str, names: Names) -> tuple[str, ...]:
    """Split at commas if every part is a known value, a number or fits the schema's pattern; otherwise don't."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    known = names.choices(item)
    if known is not None:
        return partition(known, parts) or (text,)
    pattern = item.constraints.get("pattern")
    if item.type == "integer" and all(part.isdigit() for part in parts):
        return tuple(parts)
    if pattern and all(re.fullmatch(pattern, part) for part in parts):
        return tuple(parts)
    return (text,)


def _groups(field: Field, text: str, names: Names) -> Typed:
    """Read a list of groups, written as in a YAML file: `- topic: pay`, then `  statement: …`."""
    if not text.strip():
        return Typed()
    tree, _ = tree_of(field.name, text)
    if tree is None or not isinstance(tree.value, list):
        return Typed(text.strip())
    nested = {one.name: one for one in field.fields}
    groups: list[Raw] = []
    notes: list[str] = []
    faults: list[Fault] = []
    for group in tree.value:
        if not isinstance(group, dict):
            return Typed(text.strip())
        values: dict[str, Raw] = {}
        for key, value in group.items():
            found = read(nested[key], value, names) if key in nested and isinstance(value, str) else Typed(value)
            values[key] = found.raw
            notes += found.notes
            faults += found.faults
        groups.append(values)
    return Typed(groups, tuple(notes), tuple(faults))
