"""The apostrophe that keeps spreadsheets from running text as a formula: put before it, and taken off again."""

from __future__ import annotations

import re

GUARD = "'"
#: A text that a spreadsheet would run (OWASP, "CSV injection"), or one that only its own apostrophes keep from that.
FORMULA_LIKE = re.compile(r"'*[=+\-@\t\r]")


def guarded(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    return f"{GUARD}{text}" if FORMULA_LIKE.match(text) else text


def unguarded(text: str) -> str:
    """Take off the apostrophe that `guarded` has put before a text."""
    return text[1:] if text[:1] == GUARD and FORMULA_LIKE.match(text) else text
