"""The apostrophe that keeps spreadsheets from running text as a formula: put before it, and taken off again."""

from __future__ import annotations

import re

GUARD = "'"
#: A text that a spreadsheet would run (OWASP, "CSV injection"), or one that only its own apostrophes keep from that.
FORMULA_LIKE = re.compile(r"'*[=+\-@\t\r]")
#: What such a text begins with.
FIRST_SIGNS = frozenset("'=+-@\t\r")


def guarded(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    return f"{GUARD}{text}" if FORMULA_LIKE.match(text) else text


def all_guarded(texts: list[str]) -> list[str]:
    """Guard all texts of a column; most columns hold none that needs it, which their first signs tell at once."""
    return texts if FIRST_SIGNS.isdisjoint({text[:1] for text in texts}) else [guarded(text) for text in texts]


def unguarded(text: str) -> str:
    """Take off the apostrophe that `guarded` has put before a text."""
    return text[1:] if text[:1] == GUARD and FORMULA_LIKE.match(text) else text
