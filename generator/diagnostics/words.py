"""Describe a schema's field in words: what it accepts, and what is wrong with a value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from generator.diagnostics.days import days_of, moments_of, no_such_day
from generator.diagnostics.problems import Fault, fault, shown
from generator.diagnostics.slips import numbers_meant
from generator.diagnostics.spelling import did_you_mean
from generator.model import Field

THOUSANDS = re.compile(r"(?<![0-9])[0-9]{1,3}(,[0-9]{3})+(?![0-9,])")
THOUSANDS_APART = re.compile(r"[^0-9]*[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?[^0-9]*")
WITH_UNIT = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?([A-Za-z]{2,})\.?")
#: Letters that look like digits, as in 9O and 1l.
LETTERS_FOR_DIGITS = str.maketrans("OoIl", "0011")
TYPE_WORDS: Mapping[str, str] = {
    "integer": "a whole number (digits only, such as 1200)",
    "number": "a number (digits and at most one point, such as 1200 or 4.5)",
    "boolean": "true or false",
    "date": "a date in the form 2027-02-14 (year-month-day)",
    "datetime": "a date and time in the form 2027-02-14T15:30:00",
    "time": "a time in the form 15:30:00",
    "year": "a year with four digits",
    "list": "a list",
    "array": "a list",
    "object": "a group of keys",
    "string": "text",
}
A_MOMENT = datetime(2027, 2, 14, 15, 30)  # noqa: DTZ001 - an example; times in files have no zone
YES_AND_NO: Mapping[str, str] = dict.fromkeys(("yes", "y", "1", "on"), "true") | dict.fromkeys(
    ("no", "n", "0", "off"), "false"
)


def constraint_fault(note: str, field: Field, value: Any) -> Fault:
    """Convert a note of frictionless's field reader to a fault, worded for staff.

    Args:
        note: the note's key: `type` or the name of the broken constraint.
        field: the field of the value.
        value: the value as written.
    """
    if note == "required":
        return fault("E203", example=example_of(field) or f"write the {field.title[:1].lower()}{field.title[1:]}")
    if note in ("minLength", "maxLength"):
        return _length_fault(note, field, value)
    text = shown(_joined(value, field))
    if note == "type":
        return _type_fault(field, value, text)
    if note in ("minimum", "maximum"):
        return fault("E205", example_of(field), shown=text, wanted=range_words(field))
    if note == "enum":
        return fault("E206", field.retired.get(str(value)) or _allowed(field, str(value)), shown=text)
    return fault("E207", shown=text, form=form_words(field))


def _allowed(field: Field, value: str) -> str:
    """Return the values that a field allows, after the one that was probably meant."""
    allowed = [str(v) for v in field.constraints["enum"]]
    hints = (did_you_mean(value, allowed), f"allowed: {', '.join(allowed)}")
    return " ".join(hint for hint in hints if hint)


def _length_fault(note: str, field: Field, value: Any) -> Fault:
    items = value.split(field.delimiter) if field.is_list and isinstance(value, str) else value
    advice = "shorten it" if note == "maxLength" else "write more"
    unit = "items" if field.is_list else "characters"
    return fault("E208", found=len(items), unit=unit, wanted=length_words(field), advice=advice)


def _type_fault(field: Field, value: Any, text: str) -> Fault:
    if isinstance(value, list):
        advice = "write one value after the colon, without '- ' and without brackets"
        return fault("E204", advice, shown=f"a list ({text})", wanted="a single value")
    if isinstance(value, dict):
        advice = "put quotation marks around text that contains ': '"
        return fault("E204", advice, shown="a group of keys", wanted=type_words(field))
    return fault("E204", _type_hint(field, value), shown=text, wanted=type_words(field))


def _type_hint(field: Field, value: Any) -> str:
    """Return a correction for the most common mistakes: 1,200, $1200, 2/14/2027, yes."""
    text = str(value).strip()
    correction = ""
    if field.type == "integer" and field.delimiter in field.example and (numbers := numbers_meant(text)):
        every = f"every {field.name.removesuffix('s')}: " if len(numbers) > 1 else ""
        correction = every + field.delimiter.join(map(str, numbers))
    elif field.type in ("integer", "number"):
        digits = text.translate(LETTERS_FOR_DIGITS)
        correction = (
            digits
            if digits.isdigit() and digits != text and text[:1].isdigit()
            else plain_number(text, whole=field.type == "integer")
        )
        if not correction and (found := WITH_UNIT.fullmatch(text)):
            correction = found[1] if _is_unit_of(found[2], field) else "only the number, without the unit"
    elif field.type == "boolean":
        correction = YES_AND_NO.get(text.casefold(), "")
    elif field.type in ("date", "datetime"):
        correction = next(iter((days_of if field.type == "date" else moments_of)(text)), "")
        if not correction and (why := no_such_day(text[: len("2027-02-14")])):
            return why
    if correction:
        return f"write {correction}"
    if field.type in ("integer", "number") and len(text.split()) > 1 and not text.strip("0123456789 "):
        return "put a comma between two numbers"
    return example_of(field) if field.example else ""


def _is_unit_of(unit: str, field: Field) -> bool:
    """Whether the unit after a number is the field's own, as its name shows."""
    return unit.casefold().rstrip("s") in (part.rstrip("s") for part in field.name.split("_"))


def plain_number(text: str, *, whole: bool) -> str:
    """Return a number without the marks that people put around it ($1,200, 4,5, 85%, 12.0), else ''."""
    decimal_comma = "" if THOUSANDS.search(text) else "."
    spaces = "" if THOUSANDS_APART.fullmatch(text) else " "
    bare = text.replace(",", decimal_comma).replace("$", "").replace(" ", spaces).removesuffix("%").strip()
    if whole and "." in bare:
        cut = text.removesuffix(".0")
        return cut if cut != text and cut.isdigit() else ""
    return bare if bare != text and bare.replace(".", "", 1).lstrip("-").isdigit() else ""


def _joined(value: Any, field: Field) -> Any:
    return field.delimiter.join(map(str, value)) if isinstance(value, list | tuple) else value


def example_of(field: Field) -> str:
    """Return "for example: …" if the schema has an example, else what it says about the values."""
    if field.example:
        return f"for example: {field.example}"
    if field.reference:
        return f"write the id of a record in {field.reference}"
    allowed = field.constraints.get("enum")
    return f"one of: {', '.join(map(str, allowed))}" if allowed else field.description


def type_words(field: Field) -> str:
    """Return what a field accepts, in words."""
    if field.type == "list" and field.reference:
        return f"a list of ids of {field.reference}"
    if field.fields:
        return f"a list of groups, each with {', '.join(f.name for f in field.fields)}"
    if field.type == "datetime" and field.format:
        return f"a date and time in the form {A_MOMENT.strftime(field.format)}"
    return TYPE_WORDS.get(field.type, field.type)


def range_words(field: Field) -> str:
    """Return the bounds of a field's values, in words."""
    low, high = field.constraints.get("minimum"), field.constraints.get("maximum")
    if low is not None and high is not None:
        return f"between {low} and {high}"
    return f"at least {low}" if low is not None else f"at most {high}"


def length_words(field: Field) -> str:
    """Return the allowed lengths of a field's values, in words."""
    low, high = field.constraints.get("minLength"), field.constraints.get("maxLength")
    if low is not None and high is not None:
        return f"{low} to {high}"
    return f"at least {low}" if low is not None else f"at most {high}"


def form_words(field: Field) -> str:
    """Return what a field's pattern requires, in words: the schema's example and description."""
    example = f"write it like this: {field.example}" if field.example else ""
    return "; ".join(part for part in (example, field.description) if part)
