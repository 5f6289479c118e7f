"""Read one cell by the Table Schema standard. The only module that imports frictionless."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from generator.model import Field, SetupError

#: The value of a cell, and notes on what is wrong with it: `{"pattern": …}`, or None.
Cell = tuple[Any, Mapping[str, str] | None]
Reader = Callable[[Any], Cell]
#: Readers by descriptor: frictionless takes a millisecond to make one, and many fields are alike.
_readers: dict[str, Reader] = {}
WRONG_TYPE: Cell = (None, {"type": ""})
ISO_DATE_LENGTH = len("2027-02-14")
#: The types of constraint values that are not text.
SHAPES: Mapping[str, type | tuple[type, ...]] = {
    "required": bool,
    "unique": (bool, str),
    "minLength": int,
    "maxLength": int,
    "enum": list,
}
#: Excludes 1e999999999 (which would fill the memory when written out), 1_000, and digits of other scripts.
NUMBER = re.compile(r"[+-]?(?:[0-9]{1,30}\.?[0-9]{0,30}|\.[0-9]{1,30})")


def cell_reader(field: Field) -> Reader:
    """Return the reader of a field's cells: the standard's own, made strict where the standard is lenient."""
    read = _standard_reader(field)
    blank_is_missing = field.required and field.type in ("list", "array")

    def strict(raw: Any) -> Cell:
        if isinstance(raw, dict) or (isinstance(raw, list) and not field.is_list):
            return WRONG_TYPE
        if isinstance(raw, list) and not raw:
            raw = ""
        value, notes = read(raw)
        if notes and "required" in notes and not blank_is_missing and raw not in ("", None):
            return value, {k: v for k, v in notes.items() if k != "required"}
        if isinstance(value, date) and not isinstance(value, datetime) and len(str(raw)) != ISO_DATE_LENGTH:
            return WRONG_TYPE
        if field.type in ("integer", "number") and value is not None and not NUMBER.fullmatch(str(raw).strip()):
            return WRONG_TYPE
        return value, notes

    return strict


def _standard_reader(field: Field) -> Reader:
    """Return frictionless's own reader of a field's cells."""
    constraints = {k: v for k, v in field.constraints.items() if k != "unique"}  # checked for the whole column
    descriptor: dict[str, Any] = {"type": field.type, "constraints": constraints}
    if field.type == "list":
        descriptor |= {"delimiter": field.delimiter, "itemType": "string"}
    if field.type == "datetime" and field.format:
        descriptor["format"] = field.format
    key = repr(descriptor)
    try:
        if key not in _readers:
            _readers[key] = _standard_field(descriptor).create_cell_reader()
    except Exception as error:  # frictionless raises one class for every fault of a descriptor
        raise SetupError(f"the field '{field.name}' of a schema is not a valid Table Schema field: {error}") from error
    return _readers[key]


def _standard_field(descriptor: dict[str, Any]) -> Any:
    """Return frictionless's field: made directly if its descriptor is clearly valid.

    Otherwise frictionless checks the descriptor, for which it loads all its plugins and a JSON Schema validator.
    """
    import frictionless  # importing it takes a quarter of a second

    kind = vars(frictionless.fields).get(f"{descriptor['type'].capitalize()}Field")
    constraints = descriptor["constraints"]
    if kind and all(
        name in kind.supported_constraints and isinstance(value, SHAPES.get(name, str))
        for name, value in constraints.items()
    ):
        names = {"delimiter": "delimiter", "itemType": "item_type", "format": "format"}
        given = {name: descriptor[key] for key, name in names.items() if key in descriptor}
        return kind(name="value", constraints=constraints, **given)
    return frictionless.Field.from_descriptor({"name": "value", **descriptor})
