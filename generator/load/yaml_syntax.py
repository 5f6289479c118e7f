"""Explain why YAML cannot be read: the parser's error in plain language, where the mistake is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from generator.diagnostics import problem
from generator.model import Origin, Problem

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
CLOSE_IT = 'put the same mark at the end of the text; inside "…", write \\" for a mark that belongs to it'
QUOTE_IT = "put the whole value in quotation marks"
OTHER_WORDS = (
    "the indentation or the punctuation is off",
    "compare it with a similar file: 'key: value', lists with '- ', the same indentation for all keys of a record",
)
#: The parser's words -> (what is wrong, what to do).
WORDS: Mapping[str, tuple[str, str]] = {
    "mapping values are not allowed in this context": (
        "there is a second ': ' on this line",
        "put the whole value in quotation marks, or write '>-' after the key and the value on the next line, indented",
    ),
    "indented too far": (
        "this line is indented further than the keys above it",
        "indent it as far as the other keys of the record",
    ),
    "could not find expected ':'": (
        "this line does not begin with 'key: '",
        "write 'key: value' with a colon and a space; if the line continues a value, indent it further than the key",
    ),
    "found character that cannot start any token": ("a value cannot begin with this character", QUOTE_IT),
    "found unknown escape character": (
        "a backslash has a special meaning inside double quotation marks",
        "remove the backslash, or use single quotation marks",
    ),
    "block sequence entries are not allowed in this context": (
        "a list cannot begin on the same line as its key",
        "begin the list on the next line, or put quotation marks around text that begins with '-'",
    ),
    "did not find expected ',' or ']'": ("the list that begins here is not closed", "put ] at its end"),
    "did not find expected ',' or '}'": ("the group that begins here is not closed", "put } at its end"),
    "did not find expected '-' indicator": (
        "this line does not belong to an item of the list",
        "indent it as far as the lines around it; begin a new item with '- '",
    ),
}
#: Errors that are reported where something begins that is never closed, not where the parser gave up.
REPORTED_WHERE_IT_OPENS = (
    "could not find expected ':'",
    "did not find expected ',' or ']'",
    "did not find expected ',' or '}'",
)


def syntax_problem(name: str, text: str, error: yaml.MarkedYAMLError) -> Problem:
    """Return a parser's error as a problem in plain language, where the mistake is."""
    what, context = (error.problem or "").strip(), (error.context or "").strip()
    where = Origin(name, *place_of(error.problem_mark or error.context_mark))
    opened = Origin(name, *place_of(error.context_mark or error.problem_mark))
    line = (text.split("\n")[where.line - 1 : where.line] or [""])[0]
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return problem("E111", Origin(name, where.line, line.find("\t") + 1))
    if what == "but found another document":
        return problem(
            "E113",
            where,
            what="a second document (---)",
            hint="remove the line '---': a file contains one record or one list",
        )
    if "quoted scalar" in context and "escape" not in what:
        return problem("E106", opened, hint=CLOSE_IT)
    if "alias" in what or "alias" in context or "anchor" in context:
        return problem("E113", opened, what="an alias (*name)")
    if what == "mapping values are not allowed in this context" and ": " not in line[: where.column - 1]:
        what = "indented too far"
    if place := _runaway_quote(text):
        return problem("E106", Origin(name, *place), hint=CLOSE_IT)
    reason, advice = WORDS.get(what, OTHER_WORDS)
    return problem("E112", opened if what in REPORTED_WHERE_IT_OPENS else where, reason=reason, advice=advice)


def _runaway_quote(text: str) -> tuple[int, int] | None:
    """Return where the last quoted text before the error begins, if a mark on a later line closes it."""
    last = None
    try:
        for token in yaml.scan(text, Loader=LOADER):
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"'):
                last = token
    except yaml.YAMLError:
        pass
    if last and last.start_mark.line != last.end_mark.line:
        return place_of(last.start_mark)
    return None


def unreadable_problem(name: str, text: str, error: Exception) -> Problem:
    """Report a character that no YAML file may contain."""
    code = getattr(error, "character", None)
    at = text.find(chr(code)) if isinstance(code, int) else -1
    if at < 0 or not isinstance(code, int):
        return problem("E112", Origin(name), reason=str(error).split("\n")[0], advice="retype it")
    before = text[:at].split("\n")
    return problem("E502", Origin(name, len(before), len(before[-1]) + 1), name=f"control character (U+{code:04X})")


def place_of(mark: Any) -> tuple[int, int]:
    """Return the line and column (from 1) of one of PyYAML's marks, or the top of the file without one."""
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
