"""Adds the apostrophe that keeps spreadsheets from running text as a formula, and removes it again."""

from __future__ import annotations

import re

GUARD = "'"
#: Text that a spreadsheet would run (OWASP, "CSV injection"), or would run if its own apostrophe were removed.
FORMULA_LIKE = re.compile(r"'*[=+\-@\t\r]")
#: The first characters of such text.
FIRST_SIGNS = frozenset("'=+-@\t\r")


def guarded(text: str) -> str:
    """Return text with a leading apostrophe if a spreadsheet would take it for a formula."""
    return f"{GUARD}{text}" if FORMULA_LIKE.match(text) else text


def all_guarded(texts: list[str]) -> list[str]:
    """Guard all text in a column; the first characters show quickly that most columns need no guard."""
    return texts if FIRST_SIGNS.isdisjoint({text[:1] for text in texts}) else [guarded(text) for text in texts]


def unguarded(text: str) -> str:
    """Return text without the apostrophe that `guarded` added."""
    return text[1:] if text[:1] == GUARD and FORMULA_LIKE.match(text) else text
