"""Accept values that are clearly valid, so that most data is checked without waiting for frictionless.

A value is accepted here only if frictionless would read it as the same value without a note and `text_safety` would
pass it. They check all other values themselves. `tests/test_validate.py` compares the two ways.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from generator import text_safety
from generator.model import Field
from generator.text_safety import MAX_PLAIN, MAX_PROSE
from generator.validate.standard import SHAPES

#: The result for a value that may be valid or not.
UNSURE: Final = object()
MAX_ITEMS = 500

#: Returns the typed value of text, a list or a group that is clearly valid, else UNSURE.
Admission = Callable[[Any], Any]
#: Returns the value of text that is clearly of a type, else UNSURE.
Typed = Callable[[str], Any]

#: The constraints that this module can check, by type.
ANY = {"required", "unique"}
BOUNDS = {*ANY, "minimum", "maximum"}
KNOWN: Mapping[str, set[str]] = {
    "string": {*ANY, "pattern", "enum", "minLength", "maxLength"},
    "list": {*ANY, "minLength", "maxLength"},
    "array": ANY,
    "boolean": ANY,
    "datetime": ANY,
    "integer": BOUNDS,
    "number": BOUNDS,
    "date": BOUNDS,
}
WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
DECIMAL = re.compile(rf"{WHOLE.pattern}(?:\.[0-9]{{1,9}})?")
ISO_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
FLAGS: Mapping[str, bool] = {"true": True, "false": False}


def admission_of(field: Field) -> Admission | None:
    """Return the quick check of a field's values, None if frictionless has to check them all."""
    given = {name: value for name, value in field.constraints.items() if value is not None}
    if not given.keys() <= KNOWN.get(field.type, set()):
        return None
    if not all(isinstance(value, SHAPES.get(name, str)) for name, value in given.items()):
        return None
    admit = _of_type(field, given)
    if admit is None:
        return None
    blank = UNSURE if given.get("required") else None
    blanks: tuple[Any, ...] = ("", []) if field.is_list else ("",)

    def admit_or_blank(raw: Any) -> Any:
        value = admit(raw)
        return blank if value is UNSURE and raw in blanks else value

    return admit_or_blank


def _of_type(field: Field, given: Mapping[str, Any]) -> Admission | None:
    if field.type == "string":
        return _of_string(field, given)
    if field.type == "list":
        return _of_list(field, given)
    if field.type == "array":
        return _of_groups(field) if field.fields else None
    return _of_value(_typed(field), given)


def _of_string(field: Field, given: Mapping[str, Any]) -> Admission | None:
    least = max(1, given.get("minLength", 1))
    most = min(MAX_PROSE if field.markdown else MAX_PLAIN, given.get("maxLength", MAX_PROSE))
    among = frozenset(given["enum"]) if "enum" in given else None
    try:
        pattern = re.compile(f"^{given['pattern']}$") if "pattern" in given else None
    except re.error:
        return None
    is_plain, is_fit = _is_plain(field), _is_fit(field)

    def admit(raw: Any) -> Any:
        good = (
            isinstance(raw, str)
            and least <= len(raw) <= most
            and (pattern is None or pattern.match(raw))
            and (among is None or raw in among)
            and (is_plain(raw) or is_fit(raw))
        )
        return raw if good else UNSURE

    return admit


def _is_plain(field: Field) -> Callable[[str], bool]:
    """Return the fast test that most texts pass; an address never passes it."""
    if field.format:
        return lambda _: False
    return is_harmless_prose if field.markdown else is_harmless_word


def _is_fit(field: Field) -> Callable[[str], bool]:
    """Return the slower test of whether any other text may be published."""

    def is_fit(given: str) -> bool:
        bare = given.strip()
        return bare != "" and (field.markdown or bare == given) and not any(text_safety.judge(field, given))

    return is_fit


def _of_list(field: Field, given: Mapping[str, Any]) -> Admission | None:
    delimiter, least, most = field.delimiter, given.get("minLength", 0), given.get("maxLength", MAX_ITEMS)
    if field.markdown:
        return None
    is_plain, is_fit = _is_plain(field), _is_fit(field)
    admit_item = admission_of(field.item) if field.item else lambda one: one if is_plain(one) or is_fit(one) else UNSURE
    if admit_item is None:
        return None

    def admit(raw: Any) -> Any:
        items = raw.split(delimiter) if isinstance(raw, str) and len(raw) <= MAX_PLAIN else raw
        if not isinstance(items, list) or not all(isinstance(one, str) for one in items):
            return UNSURE
        if not max(1, least) <= len(items) <= min(most, MAX_ITEMS) or len(set(items)) != len(items):
            return UNSURE
        values = tuple(map(admit_item, items))
        return UNSURE if UNSURE in values or None in values else values

    return admit


def _of_groups(field: Field) -> Admission | None:
    admissions = {one.name: admission_of(one) for one in field.fields}
    known = {name: admit for name, admit in admissions.items() if admit}
    if len(known) < len(admissions):
        return None

    def admit(raw: Any) -> Any:
        if not isinstance(raw, list) or not raw:
            return UNSURE
        groups = []
        for item in raw:
            if not isinstance(item, dict) or not item.keys() <= known.keys():
                return UNSURE
            groups.append({name: admit_key(item.get(name, "")) for name, admit_key in known.items()})
            if UNSURE in groups[-1].values():
                return UNSURE
        return tuple(groups)

    return admit


def _of_value(typed: Typed | None, given: Mapping[str, Any]) -> Admission | None:
    """Return the check for a type that text is converted to, None if a bound is not a valid value of the type."""
    if typed is None:
        return None
    least, most = (typed(given[name]) if name in given else None for name in ("minimum", "maximum"))
    if least is UNSURE or most is UNSURE:
        return None

    def admit(raw: Any) -> Any:
        value = typed(raw) if isinstance(raw, str) else UNSURE
        if value is UNSURE or (least is not None and value < least) or (most is not None and value > most):
            return UNSURE
        return value

    return admit


def _typed(field: Field) -> Typed | None:
    if field.type == "boolean":
        return lambda raw: FLAGS.get(raw, UNSURE)
    if field.type == "integer":
        return lambda raw: int(raw) if WHOLE.fullmatch(raw) else UNSURE
    if field.type == "number":
        return lambda raw: Decimal(raw) if DECIMAL.fullmatch(raw) else UNSURE
    if field.type == "date" and not field.format:
        return lambda raw: _or_unsure(date.fromisoformat, raw) if ISO_DATE.fullmatch(raw) else UNSURE
    if field.type == "datetime" and field.format:
        return lambda raw: _or_unsure(lambda one: datetime.strptime(one, field.format), raw)  # noqa: DTZ007
    return None


def _or_unsure(typed: Typed, raw: str) -> Any:
    try:
        return typed(raw)
    except ValueError:
        return UNSURE


def is_harmless_word(given: str) -> bool:
    """Whether text is printable ASCII, not empty, and without < and > and spaces at its ends."""
    return (
        given.isascii()
        and given.isprintable()
        and given != ""
        and given[0] != " " != given[-1]
        and "<" not in given
        and ">" not in given
    )


def is_harmless_prose(given: str) -> bool:
    """Whether prose is printable ASCII without links, pictures or HTML."""
    return given.isascii() and given.replace("\n", "").isprintable() and "[" not in given and "<" not in given
