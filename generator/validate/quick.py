"""Admitting at once what is surely good: plain ASCII within its field's constraints.

What is admitted here frictionless would read without a note and `text` would pass; all else they judge themselves.
`tests/test_validate.py` holds the two ways against each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from generator.model import Field
from generator.text import MAX_PLAIN, MAX_PROSE

#: The answer to a text that may be good or bad.
UNSURE: Final = object()
MAX_ITEMS = 500
KNOWN = {"required", "unique", "pattern", "enum", "minLength", "maxLength"}
KNOWN_OF_LISTS = {"required", "unique"}

#: Gives the typed value of a text that is surely good, else UNSURE.
Admission = Callable[[str], Any]


def admission_of(field: Field) -> Admission | None:
    """Make the quick test of a field's texts; None where there is none for its type."""
    constraints = {name: value for name, value in field.constraints.items() if value is not None}
    if field.format or field.fields or field.item:
        return None
    if field.type == "string" and constraints.keys() <= KNOWN:
        return _of_string(constraints, markdown=field.markdown)
    if field.type == "list" and constraints.keys() <= KNOWN_OF_LISTS and not field.markdown:
        return _of_list(field.delimiter)
    return None


def _of_string(given: Mapping[str, Any], *, markdown: bool) -> Admission:
    least = max(1, int(given.get("minLength", 1)))
    most = min(MAX_PROSE if markdown else MAX_PLAIN, int(given.get("maxLength", MAX_PROSE)))
    pattern = re.compile(f"^{given['pattern']}$") if "pattern" in given else None
    among = frozenset(given["enum"]) if "enum" in given else None
    is_harmless = _is_harmless_prose if markdown else is_harmless_word

    def admit(text: str) -> Any:
        good = (
            least <= len(text) <= most
            and is_harmless(text)
            and (pattern is None or pattern.match(text))
            and (among is None or text in among)
        )
        return text if good else UNSURE

    return admit


def _of_list(delimiter: str) -> Admission:
    def admit(text: str) -> Any:
        items = text.split(delimiter)
        good = len(text) <= MAX_PLAIN and len(items) <= MAX_ITEMS and len(set(items)) == len(items)
        return tuple(items) if good and all(map(is_harmless_word, items)) else UNSURE

    return admit


def is_harmless_word(text: str) -> bool:
    """Tell whether a text is printable ASCII without marks of HTML, blanks around it, or nothing in it."""
    return (
        text.isascii()
        and text.isprintable()
        and text != ""
        and text[0] != " " != text[-1]
        and "<" not in text
        and ">" not in text
    )


def _is_harmless_prose(text: str) -> bool:
    """Tell whether prose is printable ASCII without links, pictures and HTML."""
    return text.isascii() and text.replace("\n", "").isprintable() and "[" not in text and "<" not in text
